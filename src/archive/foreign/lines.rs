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

/// One line of the input: not read yet, so that this can be done on any thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its first byte, unpacked.
    pub offset: u64,
    text: Vec<u8>,
    is_whole: bool,
}

/// The keys that are read; all others are let through.
#[derive(Deserialize)]
struct Keys {
    url: Option<Url>,
    html: String,
}

impl Line {
    /// The page.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn page(self) -> Result<ForeignPage, Told> {
        let told = |why: String| Told { offset: self.offset, why };
        if !self.is_whole {
            return Err(told(format!("a line of more than {} MiB", MAX_LINE >> 20)));
        }
        let keys: Keys = serde_json::from_slice(&self.text)
            .map_err(|error| told(format!("no line of `{{\"url\": …, \"html\": …}}`: {error}")))?;
        Ok(ForeignPage {
            url: keys.url,
            fetched_at: None,
            status: 200,
            // JSON is UTF-8, whatever the page says of itself.
            content_type: Some("text/html; charset=utf-8".to_owned()),
            headers: Vec::new(),
            length: self.text.len() as u64,
            body: keys.html.into_bytes(),
            offset: self.offset,
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
                return Ok(Some(Line { offset, text, is_whole }));
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
