//! The functions of the Python package that are written in Rust: text or bytes in, lines of JSON out, the lock of Python let go.

use gongwen::extract::Rules;
use gongwen::model::{PageFormat, RecordLimits, Without};
use gongwen::reading::{RawPage, inputs, line, page_records, plain_records};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use url::Url;

/// The native half of the package `gongwen`.
#[pymodule]
mod _gongwen {
    #[pymodule_export]
    use super::{extract_json, structure_json};

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name is that of Python")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}

/// The lines that `gongwen extract --jsonl` prints for a page or file, without the last line feed.
#[pyfunction]
#[pyo3(signature = (html, url=None, *, file="-", text=false))]
fn extract_json(
    py: Python<'_>,
    html: &Bound<'_, PyAny>,
    url: Option<&str>,
    file: &str,
    text: bool,
) -> PyResult<String> {
    let bytes = bytes_of(html)?;
    let url = url.map(Url::parse).transpose().map_err(|error| PyValueError::new_err(format!("`url`: {error}")))?;
    let format = if text { PageFormat::Plain } else { PageFormat::Html };
    let lines = py.detach(|| lines(file, bytes, format, url.as_ref()));
    lines.map_err(|error| PyValueError::new_err(error.to_string()))
}

/// The lines that `gongwen structure` prints for plain text, without the last line feed.
#[pyfunction]
#[pyo3(signature = (text, title_lines=0))]
fn structure_json(py: Python<'_>, text: &str, title_lines: usize) -> PyResult<String> {
    let lines = py.detach(|| {
        let sections = plain_records(text, title_lines, Without::NOTHING).sections;
        let lines: serde_json::Result<Vec<String>> = sections.iter().map(serde_json::to_string).collect();
        lines.map(|lines| lines.join("\n"))
    });
    lines.map_err(|error| PyValueError::new_err(error.to_string()))
}

/// What is to be read; half of a surrogate pair in a `str` is no text and becomes U+FFFD.
fn bytes_of(html: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    if let Ok(bytes) = html.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    let text = html.cast::<PyString>().map_err(|_| PyTypeError::new_err("`html` is neither str nor bytes"))?;
    Ok(text.to_string_lossy().into_owned().into_bytes())
}

/// A line for the page, or for each file of an archive.
fn lines(file: &str, bytes: Vec<u8>, format: PageFormat, url: Option<&Url>) -> serde_json::Result<String> {
    let mut out = String::new();
    for input in inputs(file, bytes, format, url) {
        let bytes = input.bytes.as_deref().map_err(|reject| *reject);
        let raw = bytes.map(|bytes| RawPage::saved(bytes, input.format, input.url.as_ref()));
        let made = raw.and_then(|raw| page_records(raw, Rules::default(), &RecordLimits::default()));
        out += &line(&input.name, made.as_ref().map(|made| &made.records).map_err(|reject| *reject))?;
    }
    out.truncate(out.trim_end().len());
    Ok(out)
}
