//! The output of one shard: JSON Lines or Parquet, there as a whole or not at all.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

use crate::cli::ShardForm;
use crate::export::Pages;
use crate::model::digest;
use crate::write::atomic::{Replacement, remove_stale};

/// Takes the lines of a shard.
pub(super) enum Output {
    Lines { file: Replacement, sha256: Sha256, bytes: u64 },
    Table { pages: Pages, path: PathBuf },
}

impl Output {
    pub(super) fn begin(form: ShardForm, path: &Path) -> anyhow::Result<Self> {
        Ok(match form {
            ShardForm::Jsonl => Self::Lines { file: Replacement::begin(path)?, sha256: Sha256::new(), bytes: 0 },
            ShardForm::Parquet => {
                remove_stale(path);
                Self::Table { pages: Pages::begin(path)?, path: path.to_owned() }
            }
        })
    }

    pub(super) fn line(&mut self, line: &[u8]) -> anyhow::Result<()> {
        match self {
            Self::Lines { file, sha256, bytes } => {
                sha256.update(line);
                *bytes += line.len() as u64;
                file.write_all(line)?;
            }
            Self::Table { pages, .. } => pages.line(line)?,
        }
        Ok(())
    }

    /// Puts it in its place; gives its length and SHA-256.
    pub(super) fn finish(self) -> anyhow::Result<(u64, String)> {
        let (bytes, sha256) = match self {
            Self::Lines { file, sha256, bytes } => {
                file.commit()?;
                (bytes, sha256)
            }
            Self::Table { pages, path } => {
                pages.finish()?;
                hashed(&path).with_context(|| format!("failed to read `{}` again", path.display()))?
            }
        };
        Ok((bytes, digest::hex(&sha256.finalize())))
    }
}

/// The length of a file and the digest of its bytes.
fn hashed(path: &Path) -> io::Result<(u64, Sha256)> {
    let mut file = BufReader::with_capacity(64 << 10, File::open(path)?);
    let (mut bytes, mut sha256) = (0, Sha256::new());
    loop {
        let part = file.fill_buf()?;
        if part.is_empty() {
            return Ok((bytes, sha256));
        }
        sha256.update(part);
        let n = part.len();
        bytes += n as u64;
        file.consume(n);
    }
}
