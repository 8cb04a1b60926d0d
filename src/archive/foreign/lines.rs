//! Pages as JSON Lines of `{"url": …, "html": …}`, from a file, packed or not, or from standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use serde::Deserialize;
use url::Url;

use super::zstandard::Zstandard;
use super::{ForeignPage, Told};
use crate::archive::ArchiveError;

/// Longest line that is read.
const MAX_LINE: u64 = 64 << 20;

/// One line of the input, or a row of a table: not read yet, so that this can be done on any thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its first byte, unpacked; the number of a row.
    pub offset: u64,
    content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Json(Vec<u8>),
    Row {
        url: Option<String>,
        html: Vec<u8>,
        /// Whether the table says that it is text, so UTF-8.
        is_text: bool,
    },
    TooLong,
}

/// The keys that are read; all others are let through.
#[derive(Deserialize)]
struct Keys {
    url: Option<Url>,
    html: String,
}

impl Line {
    /// A row of a table; text is UTF-8, other bytes are as the server sent them.
    #[cfg(feature = "parquet")]
    pub(super) fn of_row(n: u64, url: Option<String>, html: Vec<u8>, is_text: bool) -> Self {
        let is_long = html.len() as u64 > MAX_LINE;
        Self { offset: n, content: if is_long { Content::TooLong } else { Content::Row { url, html, is_text } } }
    }

    /// The page.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn page(self) -> Result<ForeignPage, Told> {
        let offset = self.offset;
        let told = |why: String| Told { offset, why };
        let (url, html, length, is_text) = match self.content {
            Content::TooLong => return Err(told(format!("more than {} MiB", MAX_LINE >> 20))),
            Content::Json(text) => {
                let keys: Keys = serde_json::from_slice(&text)
                    .map_err(|error| told(format!("no line of `{{\"url\": …, \"html\": …}}`: {error}")))?;
                (keys.url, keys.html.into_bytes(), text.len(), true)
            }
            Content::Row { url, html, is_text } => {
                let url = url.map(|url| url.parse()).transpose();
                let url = url.map_err(|error| told(format!("its `url` is no address: {error}")))?;
                let length = html.len();
                (url, html, length, is_text)
            }
        };
        Ok(ForeignPage {
            url,
            fetched_at: None,
            status: 200,
            // Text is UTF-8 by now, whatever the page says of itself.
            content_type: Some(if is_text { "text/html; charset=utf-8" } else { "text/html" }.to_owned()),
            headers: Vec::new(),
            length: length as u64,
            body: html,
            offset,
        })
    }
}

/// The lines of an input; it ends after the first error of the disk.
pub struct Lines {
    path: PathBuf,
    input: Box<dyn BufRead + Send>,
    at: u64,
    is_done: bool,
}

impl Lines {
    /// Whether a file is read as lines: by its name.
    pub fn are_in(path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
        path.as_os_str() == "-" || [".jsonl", ".ndjson", ".json"].iter().any(|end| name.ends_with(end))
    }

    /// Opens a file; `-` is standard input.
    ///
    /// # Errors
    /// What the disk says.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        let open = || -> io::Result<Box<dyn BufRead + Send>> {
            let input: Box<dyn Read + Send> =
                if path.as_os_str() == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
            let mut input = BufReader::with_capacity(64 << 10, input);
            let head = input.fill_buf()?;
            Ok(if head.starts_with(&[0x1f, 0x8b]) {
                Box::new(BufReader::new(MultiGzDecoder::new(input)))
            } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
                Box::new(BufReader::new(Zstandard::new(input, &[])?))
            } else {
                Box::new(input)
            })
        };
        let input = open().map_err(|error| ArchiveError::at(path, error))?;
        Ok(Self { path: path.to_owned(), input, at: 0, is_done: false })
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        loop {
            let offset = self.at;
            let mut text = Vec::new();
            self.at += (&mut self.input).take(MAX_LINE).read_until(b'\n', &mut text)? as u64;
            if text.is_empty() {
                return Ok(None);
            }
            let is_whole = text.ends_with(b"\n") || (text.len() as u64) < MAX_LINE;
            if !is_whole {
                self.at += self.input.skip_until(b'\n')? as u64;
            }
            if !text.iter().all(u8::is_ascii_whitespace) {
                let content = if is_whole { Content::Json(text) } else { Content::TooLong };
                return Ok(Some(Line { offset, content }));
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Result<Line, Told>, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        match self.line() {
            Ok(line) => line.map(|line| Ok(Ok(line))),
            Err(error) if error.raw_os_error().is_some() => {
                self.is_done = true;
                Some(Err(ArchiveError::at(&self.path, error)))
            }
            Err(error) => {
                self.is_done = true;
                Some(Ok(Err(Told { offset: self.at, why: error.to_string() })))
            }
        }
    }
}
