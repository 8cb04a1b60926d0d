//! Taking the captures of WARC files into the state: those that a killed run left behind, and all of them anew.

use rusqlite::{Transaction, params};

use super::ArchiveError;
use super::about::{About, FIELD};
use super::captures::value;
use super::note::{Note, Place};
use super::reader::WarcRecord;
use super::scan::{Found, Placed, Scan};
use crate::model::{Reason, Reject, SourceId, Stage, digest};

/// What was found in a file.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// How many captures the state has more now.
    pub(super) captures: usize,
    /// Where the last whole record ends.
    pub(super) end: u64,
    /// Where it begins, if it is one that says nothing of any page.
    pub(super) idle: Option<u64>,
    /// Bytes that are no whole record: where, how many, and what is wrong.
    pub(super) damage: Vec<(u64, u64, String)>,
}

/// A capture as it stands in a file.
pub(super) struct Restored {
    pub(super) note: Note,
    about: About,
    /// Its `WARC-Record-ID`, which the record behind it names.
    id: String,
    offset: u64,
    length: u64,
}

/// Takes what is left of a scan into the state.
pub(super) fn take_in(
    change: &Transaction<'_>,
    source: &SourceId,
    (file, name): (i64, &str),
    mut scan: Scan,
) -> Result<Taken, ArchiveError> {
    let mut taken = Taken::default();
    let mut last: Option<Restored> = None;
    while let Some(found) = scan.next()? {
        match found {
            Found::Damage { offset, length, why } => taken.damage.push((offset, length, why)),
            Found::Record(placed) => {
                taken.end = placed.offset + placed.length;
                taken.idle = (placed.record.field("WARC-Type") == Some("warcinfo")).then_some(placed.offset);
                if let Some(last) = &mut last {
                    last.complete(&placed.record);
                }
                let Some(next) = restored(source, &placed) else { continue };
                if let Some(before) = last.replace(next) {
                    taken.captures += usize::from(before.put(change, file, name)?);
                }
            }
        }
    }
    if let Some(last) = last {
        taken.captures += usize::from(last.put(change, file, name)?);
    }
    Ok(taken)
}

/// The capture that a record holds; `None` for a record of another kind.
pub(super) fn restored(source: &SourceId, placed: &Placed) -> Option<Restored> {
    let record = &placed.record;
    let again = is_revisit(record);
    if !again && record.field("WARC-Type") != Some("response") || !record.block.starts_with(b"HTTP/") {
        return None;
    }
    let body = record.body();
    let head = String::from_utf8_lossy(&record.block[..record.block.len() - body.len()]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let final_url: url::Url = record.field("WARC-Target-URI")?.parse().ok()?;
    let about = record.field(FIELD).map(About::parse).unwrap_or_default();
    let note = Note {
        source: source.clone(),
        kind: about.kind(),
        url: about.asked.clone().unwrap_or_else(|| final_url.clone()),
        final_url,
        fetched_at: value(record.field("WARC-Date")?).ok()?,
        status,
        content_type: header(record, "content-type"),
        etag: header(record, "etag"),
        last_modified: header(record, "last-modified"),
        sha256: if again {
            record.field("WARC-Payload-Digest")?.strip_prefix("sha256:")?.to_owned()
        } else {
            digest::sha256_hex(body)
        },
        bytes: body.len() as u64,
        reject: about.reject,
    };
    let id = record.field("WARC-Record-ID").unwrap_or_default().to_owned();
    Some(Restored { note, about, id, offset: placed.offset, length: placed.length })
}

/// The head of an answer whose bytes an earlier record holds.
pub(super) fn is_revisit(record: &WarcRecord) -> bool {
    record.field("WARC-Type") == Some("revisit")
}

/// The first header of this name, if it is text.
fn header(record: &WarcRecord, name: &str) -> Option<String> {
    let lines = record.block.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let mut headers = lines.skip(1).take_while(|line| !line.is_empty());
    headers
        .find_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let (key, rest) = line.split_at(colon);
            key.eq_ignore_ascii_case(name.as_bytes()).then(|| std::str::from_utf8(rest.get(1..)?).ok())
        })?
        .map(|text| text.trim().to_owned())
}

impl Restored {
    /// Whether it only tells that an address was asked for.
    pub(super) fn is_check(&self) -> bool {
        self.about.checked
    }

    /// Adds what a metadata record says of this capture. Before captures said it of themselves, it stood only there.
    /// Says whether it is one.
    pub(super) fn complete(&mut self, record: &WarcRecord) -> bool {
        if record.field("WARC-Type") != Some("metadata") || record.field("WARC-Concurrent-To") != Some(&self.id) {
            return false;
        }
        let block = String::from_utf8_lossy(&record.block);
        for (name, text) in block.lines().filter_map(|line| line.split_once(": ")) {
            match name {
                "asked" => {
                    if let Ok(url) = text.parse() {
                        self.note.url = url;
                    }
                }
                "kind" => self.note.kind = crate::model::CaptureKind::parse(text).unwrap_or(self.note.kind),
                "reject" if self.note.reject.is_none() => {
                    self.note.reject = Reason::parse(text).map(|reason| Reject { stage: Stage::Fetch, reason });
                }
                _ => {}
            }
        }
        true
    }

    /// Puts it into the state; says whether it is a capture.
    fn put(self, change: &Transaction<'_>, file: i64, name: &str) -> Result<bool, ArchiveError> {
        let known = self.note.address(change)?;
        if self.about.checked {
            // What it speaks of may be lost.
            if known.sha256.is_some() {
                self.note.outcome_if_newest(change, known.id)?;
                self.note.checked(change, known.id)?;
            }
            return Ok(false);
        }
        let listed = self.about.listed.map(|day| day.to_string());
        change
            .prepare_cached("UPDATE urls SET title = coalesce(?2, title), listed = coalesce(?3, listed) WHERE id = ?1")?
            .execute(params![known.id, self.about.title, listed])?;
        self.note.outcome_if_newest(change, known.id)?;
        self.note.checked(change, known.id)?;
        self.note.capture(change, known.id, Place { file, name, offset: self.offset, length: self.length })?;
        Ok(true)
    }
}
