//! Reads WARC files record by record, whoever wrote them; broken bytes are an error, never a panic or a cut record.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// Longest head of a record. An address is at most 64 KiB, longer ones no client takes; a head holds two, and a title.
const MAX_HEAD: u64 = 256 << 10;
/// Largest block of a record; more is taken for a broken or hostile file.
const MAX_BLOCK: u64 = 1 << 30;

/// One record of a WARC file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarcRecord {
    /// Named fields in their order.
    pub fields: Vec<(String, String)>,
    /// The block.
    pub block: Vec<u8>,
}

impl WarcRecord {
    /// The first field of this name, whatever its case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body of the HTTP message in the block; the whole block if there is none.
    pub fn body(&self) -> &[u8] {
        if !self.block.starts_with(b"HTTP/") {
            return &self.block;
        }
        let end = self.block.windows(4).position(|four| four == b"\r\n\r\n");
        end.map_or(&[], |end| &self.block[end + 4..])
    }

    /// [`WarcRecord::body`] without keeping the record.
    pub fn into_body(mut self) -> Vec<u8> {
        let start = self.block.len() - self.body().len();
        self.block.drain(..start);
        self.block
    }
}

/// The records of a `.warc.gz` stream, one gzip member each. It ends after the first error.
#[derive(Debug)]
pub struct WarcReader<R> {
    input: Option<R>,
}

impl<R: BufRead> WarcReader<R> {
    /// Reads from the start of a file.
    pub fn new(input: R) -> Self {
        Self { input: Some(input) }
    }
}

impl<R: BufRead> Iterator for WarcReader<R> {
    type Item = io::Result<WarcRecord>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut input = self.input.take()?;
        match input.fill_buf() {
            Ok([]) => return None,
            Ok(_) => {}
            Err(error) => return Some(Err(error)),
        }
        let mut gzip = io::BufReader::new(GzDecoder::new(input));
        let record = record(&mut gzip).and_then(|record| {
            // The rest of the member must be read, or the checksum is not checked and the next one not found.
            let rest = io::copy(&mut (&mut gzip).take(MAX_HEAD), &mut io::sink())?;
            if rest == 0 { Ok(record) } else { Err(broken("more than one record in a gzip member")) }
        });
        if record.is_ok() {
            self.input = Some(gzip.into_inner().into_inner());
        }
        Some(record)
    }
}

/// Reads head and block of one record.
fn record(input: &mut impl BufRead) -> io::Result<WarcRecord> {
    let mut head = input.by_ref().take(MAX_HEAD);
    let mut line = String::new();
    next_line(&mut head, &mut line)?;
    if !line.starts_with("WARC/1.") {
        return Err(broken("no `WARC/1.` at the head of a record"));
    }
    let mut fields: Vec<(String, String)> = Vec::with_capacity(12);
    loop {
        next_line(&mut head, &mut line)?;
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = fields.last_mut()
        {
            // A folded line goes on with the value before (WARC 1.1 section 4).
            value.push(' ');
            value.push_str(line.trim());
        } else {
            let (name, value) = line.split_once(':').ok_or_else(|| broken("a field without a colon"))?;
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    let mut record = WarcRecord { fields, block: Vec::new() };
    let length = record.field("Content-Length").and_then(|length| length.parse::<u64>().ok());
    let length = length.ok_or_else(|| broken("a record without `Content-Length`"))?;
    if length > MAX_BLOCK {
        return Err(broken("a record of more than 1 GiB"));
    }
    record.block.reserve_exact(usize::try_from(length.min(1 << 20)).unwrap_or(0));
    input.take(length).read_to_end(&mut record.block)?;
    if record.block.len() as u64 != length {
        return Err(broken("a record that is cut off"));
    }
    let mut end = [0; 4];
    input.read_exact(&mut end)?;
    if end == *b"\r\n\r\n" { Ok(record) } else { Err(broken("a record whose length is wrong")) }
}

/// Reads one line of the head without its end.
fn next_line(head: &mut impl BufRead, line: &mut String) -> io::Result<()> {
    let mut bytes = Vec::new();
    head.read_until(b'\n', &mut bytes)?;
    if bytes.pop() != Some(b'\n') {
        return Err(broken("a record head that is cut off"));
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    line.clear();
    line.push_str(&String::from_utf8_lossy(&bytes));
    Ok(())
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the WARC file holds {what}"))
}
