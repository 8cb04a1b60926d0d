//! Whether a record has the digest of its block that it names, in the spellings of all writers.

use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::archive::WarcRecord;
use crate::model::digest::{base32, hex};

/// Whether it names a digest that we know, and has it.
pub(super) fn is_verified(record: &WarcRecord) -> bool {
    holds(record) == Some(true)
}

/// Whether it names a digest that we know, and has another.
pub(super) fn is_wrong(record: &WarcRecord) -> bool {
    holds(record) == Some(false)
}

/// `sha1:` in base32 is the usual form, hex is met as well (WARC 1.1 section 5.8).
fn holds(record: &WarcRecord) -> Option<bool> {
    let (algorithm, said) = record.field("WARC-Block-Digest")?.split_once(':')?;
    let hash = match algorithm.to_ascii_lowercase().as_str() {
        "sha1" => Sha1::digest(&record.block).to_vec(),
        "sha256" | "sha-256" => Sha256::digest(&record.block).to_vec(),
        _ => return None,
    };
    let said = said.trim_end_matches('=');
    Some(said.eq_ignore_ascii_case(&hex(&hash)) || said.eq_ignore_ascii_case(&base32(&hash)))
}
