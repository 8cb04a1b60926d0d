//! `state.sqlite`: opening it, its schema, and how firmly a transaction is put on disk.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction};

use super::ArchiveError;

/// The version of the schema below; a newer file is refused.
const VERSION: i64 = 1;
const SCHEMA: &str = include_str!("schema.sql");
/// What older states of this version lack, and can be read without.
const LATER: &str = "CREATE INDEX IF NOT EXISTS captures_by_digest ON captures (sha256);
    CREATE TABLE IF NOT EXISTS checks (
      url     INTEGER PRIMARY KEY REFERENCES urls (id),
      at      TEXT NOT NULL,             -- when the portal last answered: with it, that it is as it was, or that it is gone
      gone_at TEXT                       -- since when it is gone; null: it is there
    ) STRICT;";
/// The same for a state that may not be written.
const STAND_IN: &str = "CREATE TEMP TABLE checks (url INTEGER PRIMARY KEY, at TEXT NOT NULL, gone_at TEXT)";

/// How long another program may hold the database before we give up.
const PATIENCE: Duration = Duration::from_secs(5);

/// So much of the database a crawl keeps in memory. Hardly any page is asked for twice and the system keeps the file in
/// its own cache, so twice as much saves no time.
const CACHE_KIB: i64 = 1000;

/// Opens the database for writing, and makes it if it is missing.
pub(super) fn open(path: &Path) -> Result<Connection, ArchiveError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.set_prepared_statement_cache_capacity(64);
    if version(&connection, path)? == 0 {
        let all = format!("BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;");
        connection.execute_batch(&all)?;
    }
    connection.execute_batch(LATER)?;
    Ok(connection)
}

/// Whether a file is a state: neither missing, nor empty, nor without our tables.
pub(super) fn is_ours(path: &Path) -> Result<bool, ArchiveError> {
    if path.metadata().map_or(0, |file| file.len()) == 0 {
        return Ok(false);
    }
    match open_read_only(path) {
        Ok(_) => Ok(true),
        Err(ArchiveError::Missing { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Opens the database for reading only, also in a folder that may not be written.
pub(super) fn open_read_only(path: &Path) -> Result<Connection, ArchiveError> {
    if !path.is_file() {
        return Err(ArchiveError::Missing { path: path.to_owned() });
    }
    let plain = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    plain.busy_timeout(PATIENCE)?;
    plain.set_prepared_statement_cache_capacity(64);
    match version(&plain, path) {
        Ok(1..) => with_checks(plain),
        Ok(_) => Err(ArchiveError::Missing { path: path.to_owned() }),
        Err(ArchiveError::ReadOnly { .. }) => immutable(path),
        Err(error) => Err(error),
    }
}

/// A WAL database needs to write beside itself even for reading. Where that is not allowed nobody else writes either,
/// so it may be read as a file that never changes, unless a run was killed and left its log behind.
fn immutable(path: &Path) -> Result<Connection, ArchiveError> {
    let log = path.with_extension("sqlite-wal");
    if log.metadata().is_ok_and(|log| log.len() > 0) {
        return Err(ArchiveError::Unfinished { path: path.to_owned() });
    }
    let mut uri = url::Url::from_file_path(std::path::absolute(path).map_err(|error| ArchiveError::at(path, error))?)
        .map_err(|()| ArchiveError::Missing { path: path.to_owned() })?;
    uri.set_query(Some("immutable=1"));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(uri.as_str(), flags)?;
    version(&connection, path)?;
    with_checks(connection)
}

/// An older state knows nothing of checks.
fn with_checks(connection: Connection) -> Result<Connection, ArchiveError> {
    if !connection.table_exists(None, "checks")? {
        connection.execute_batch(STAND_IN)?;
    }
    Ok(connection)
}

fn version(connection: &Connection, path: &Path) -> Result<i64, ArchiveError> {
    let found: i64 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(
            |error| match ArchiveError::from(error) {
                ArchiveError::ReadOnly { .. } => ArchiveError::ReadOnly { path: path.to_owned() },
                ArchiveError::Corrupt { .. } => ArchiveError::Corrupt { path: path.to_owned() },
                other => other,
            },
        )?;
    if found > VERSION { Err(ArchiveError::TooNew { path: path.to_owned(), found }) } else { Ok(found) }
}

/// How firmly a transaction is put on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    /// Survives a power cut: what was fetched.
    Full,
    /// Survives the death of the process; a power cut may lose the last ones, which are then asked for again.
    Normal,
}

/// Runs `change` in one transaction.
pub(super) fn transaction<T>(
    connection: &mut Connection,
    durability: Durability,
    change: impl FnOnce(&Transaction<'_>) -> Result<T, ArchiveError>,
) -> Result<T, ArchiveError> {
    let level = if durability == Durability::Full { "FULL" } else { "NORMAL" };
    connection.pragma_update(None, "synchronous", level)?;
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let value = change(&transaction)?;
    transaction.commit()?;
    Ok(value)
}
