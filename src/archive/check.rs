//! Whether the archive holds what the state says, before a reader finds out that it does not.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;
use serde::Serialize;

use super::rebuild::Damage;
use super::repair::files;
use super::restore::{is_revisit, restored};
use super::scan::{Found, Placed, Scan};
use super::{ArchiveError, Lock, Shelf, state};
use crate::model::{SourceId, digest, page_key};

/// What was looked at, and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// WARC files.
    pub files: u64,
    /// Records in them.
    pub records: u64,
    /// What is wrong; empty = all is well.
    pub damage: Vec<Damage>,
}

/// What the state says of one capture.
struct Claim {
    length: u64,
    sha256: String,
    /// Address by its key, final address, time, status, type: as the record has them.
    said: [String; 5],
}

/// Reads all of the archive of an output folder and changes nothing.
///
/// # Errors
/// [`ArchiveError::Missing`] if there is neither a state nor a WARC file, [`ArchiveError::Locked`] if a run is at work.
pub fn check(output: &Path) -> Result<Checked, ArchiveError> {
    let _lock = Lock::share(output)?;
    let path = output.join("state.sqlite");
    let shelf = Shelf::new(output);
    let mut checked = Checked::default();
    let on_disk = shelf.files()?;
    let whole = |path: &Path, why: String| Damage { path: path.to_owned(), offset: None, bytes: None, why };
    let state = match state::open_read_only(&path) {
        Ok(state) => Some(state),
        Err(ArchiveError::Missing { path }) if on_disk.is_empty() => return Err(ArchiveError::Missing { path }),
        Err(error @ (ArchiveError::Missing { .. } | ArchiveError::Corrupt { .. })) => {
            let why = match error {
                ArchiveError::Missing { .. } => "it is missing: run `gongwen archive rebuild`".to_owned(),
                error => error.to_string(),
            };
            checked.damage.push(whole(&path, why));
            None
        }
        Err(error) => return Err(error),
    };
    let known = match &state {
        Some(state) => {
            checked.damage.extend(broken_state(state).into_iter().map(|why| whole(&path, why)));
            files(state).unwrap_or_default()
        }
        None => Vec::new(),
    };
    for (source, path) in on_disk {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let file = known.iter().find(|file| file.source == source && file.name == name);
        let mut claims = BTreeMap::new();
        match (file, &state) {
            (Some(file), Some(state)) => match self::claims(state, file.id) {
                Ok(found) => claims = found,
                Err(error) => checked.damage.push(whole(&path, format!("what the state says of it: {error}"))),
            },
            (None, Some(_)) => checked.damage.push(whole(&path, "the state does not know this file".to_owned())),
            _ => {}
        }
        one(&source, &path, claims, file.is_some(), &mut checked)?;
    }
    for file in &known {
        let path = shelf.path(&file.source, &file.name);
        if file.committed > 0 && !path.exists() {
            checked.damage.push(whole(&path, "the file is not there".to_owned()));
        }
    }
    Ok(checked)
}

/// Looks at one file.
fn one(
    source: &SourceId,
    path: &Path,
    mut claims: BTreeMap<u64, Claim>,
    is_known: bool,
    checked: &mut Checked,
) -> Result<(), ArchiveError> {
    checked.files += 1;
    let mut unknown = 0;
    let mut scan = Scan::open(path, 0)?;
    let mut damage = Vec::new();
    let mut note = |offset: u64, bytes: u64, why: String| {
        damage.push(Damage { path: path.to_owned(), offset: Some(offset), bytes: Some(bytes), why });
    };
    while let Some(found) = scan.next()? {
        let placed = match found {
            Found::Damage { offset, length, why } => {
                note(offset, length, why);
                continue;
            }
            Found::Record(placed) => placed,
        };
        checked.records += 1;
        let claim = claims.remove(&placed.offset);
        if let Some(why) = wrong_digest(&placed).or_else(|| contradiction(source, &placed, claim.as_ref())) {
            note(placed.offset, placed.length, why);
        } else if is_known && claim.is_none() && restored(source, &placed).is_some_and(|found| !found.is_check()) {
            unknown += 1;
        }
    }
    for (offset, claim) in claims {
        note(offset, claim.length, "the capture that the state names cannot be read here".to_owned());
    }
    if unknown > 0 {
        let why =
            format!("{unknown} captures that the state does not know: the next run takes them in, or says what to do");
        damage.push(Damage { path: path.to_owned(), offset: None, bytes: None, why });
    }
    checked.damage.extend(damage);
    Ok(())
}

/// Whether a record has another digest than it says.
fn wrong_digest(placed: &Placed) -> Option<String> {
    let record = &placed.record;
    let differs = |field: &str, bytes: &[u8]| {
        let said = record.field(field)?.strip_prefix("sha256:")?;
        (digest::sha256_hex(bytes) != said).then(|| format!("its bytes do not have its `{field}`"))
    };
    let payload = || if is_revisit(record) { None } else { differs("WARC-Payload-Digest", record.body()) };
    differs("WARC-Block-Digest", &record.block).or_else(payload)
}

/// Where the state says otherwise than the record.
fn contradiction(source: &SourceId, placed: &Placed, claim: Option<&Claim>) -> Option<String> {
    let claim = claim?;
    let Some(found) = restored(source, placed) else { return Some("the state takes it for a capture".to_owned()) };
    let differs = if claim.length != placed.length || claim.sha256 != found.note.sha256 {
        "length or digest"
    } else if claim.said != found.note.said() {
        "address, time, status or type"
    } else {
        return None;
    };
    Some(format!("the state has another {differs}: run `gongwen archive rebuild`"))
}

/// What SQLite finds wrong with the state, and addresses that are not filed under their own key.
fn broken_state(state: &Connection) -> Vec<String> {
    let damaged = || -> Result<Vec<String>, rusqlite::Error> {
        let mut query = state.prepare("PRAGMA integrity_check(10)")?;
        let mut found = query.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        found.retain(|line| line != "ok");
        let mut query = state.prepare("SELECT key, url FROM urls")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (key, url): (String, String) = (row.get(0)?, row.get(1)?);
            if url.parse().map_or(true, |url| page_key(&url) != key) {
                found.push(format!("`{url}` is filed under `{key}`"));
            }
        }
        Ok(found)
    };
    let found = damaged().unwrap_or_else(|error| vec![error.to_string()]);
    found.into_iter().map(|line| format!("{line}: run `gongwen archive rebuild`")).collect()
}

fn claims(state: &Connection, file: i64) -> Result<BTreeMap<u64, Claim>, ArchiveError> {
    let mut query = state.prepare_cached(
        "SELECT c.offset, c.length, c.sha256, u.key, c.final_url, c.fetched_at, c.status, c.content_type
         FROM captures c JOIN urls u ON u.id = c.url WHERE c.file = ?",
    )?;
    let mut rows = query.query([file])?;
    let mut claims = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let status: u16 = row.get(6)?;
        let content_type: Option<String> = row.get(7)?;
        let claim = Claim {
            length: row.get::<_, i64>(1)?.cast_unsigned(),
            sha256: row.get(2)?,
            said: [row.get(3)?, row.get(4)?, row.get(5)?, status.to_string(), content_type.unwrap_or_default()],
        };
        claims.insert(row.get::<_, i64>(0)?.cast_unsigned(), claim);
    }
    Ok(claims)
}
