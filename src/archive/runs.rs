//! The history of runs, and of each source in them: what `status` shows and health is judged from.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::captures::value;
use super::state::{Durability, transaction};
use super::{Archive, ArchiveError};
use crate::model::{SourceId, SourceReport};

/// One run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRecord {
    /// Its id, which names its report.
    pub id: String,
    /// `crawl`, `build` …
    pub verb: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; `None` while it runs, and forever if it was killed.
    pub finished_at: Option<Timestamp>,
    /// Its exit code.
    pub exit: Option<u8>,
}

impl Archive {
    /// Notes that a run begins; gives its id, which sorts by time.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn start_run(&mut self, verb: &str, at: Timestamp) -> Result<String, ArchiveError> {
        // A build keeps no state, and a state that was made anew knows no runs.
        let reports = self.shelf.root().with_file_name("runs");
        let has_report = |id: &str| reports.join(format!("{id}.json")).exists();
        transaction(&mut self.state, Durability::Normal, |change| {
            let stem = at.strftime("%Y%m%dT%H%M%SZ").to_string();
            let mut insert = change
                .prepare_cached("INSERT INTO runs (id, verb, started_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")?;
            let mut id = stem.clone();
            // Two runs may begin in one second.
            for n in 2.. {
                if !has_report(&id) && insert.execute(params![id, verb, at.to_string()])? == 1 {
                    break;
                }
                id = format!("{stem}-{n}");
            }
            Ok(id)
        })
    }

    /// Notes what a run found at a source.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn note_source(&mut self, run: &str, found: &SourceReport) -> Result<(), ArchiveError> {
        let report = serde_json::to_string(found).map_err(|error| ArchiveError::Value(error.to_string()))?;
        transaction(&mut self.state, Durability::Normal, |change| {
            change
                .prepare_cached("INSERT OR REPLACE INTO source_runs (source, run, report) VALUES (?, ?, ?)")?
                .execute(params![found.source.as_str(), run, report])?;
            Ok(())
        })
    }

    /// Notes that a run is over.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn finish_run(&mut self, run: &str, at: Timestamp, exit: u8) -> Result<(), ArchiveError> {
        transaction(&mut self.state, Durability::Normal, |change| {
            change.execute(
                "UPDATE runs SET finished_at = ?2, exit = ?3 WHERE id = ?1",
                params![run, at.to_string(), exit],
            )?;
            Ok(())
        })
    }

    /// The last run, if there was one: that which began last, whatever the clock said then.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn last_run(&self) -> Result<Option<RunRecord>, ArchiveError> {
        let mut query = self
            .state
            .prepare_cached("SELECT id, verb, started_at, finished_at, exit FROM runs ORDER BY rowid DESC LIMIT 1")?;
        let found = query
            .query_row([], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get::<_, Option<String>>(3)?, row.get(4)?))
            })
            .optional()?;
        let Some((id, verb, started_at, finished_at, exit)) = found else { return Ok(None) };
        let finished_at = finished_at.map(|at| value(&at)).transpose()?;
        Ok(Some(RunRecord { id, verb, started_at: value(&started_at)?, finished_at, exit }))
    }

    /// What the last runs found at a source, newest first, with the time at which each began.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn source_history(
        &self,
        source: &SourceId,
        runs: usize,
    ) -> Result<Vec<(Timestamp, SourceReport)>, ArchiveError> {
        let mut query = self.state.prepare_cached(
            "SELECT r.started_at, s.report FROM source_runs s JOIN runs r ON r.id = s.run WHERE s.source = ?
             ORDER BY r.rowid DESC LIMIT ?",
        )?;
        let mut rows = query.query(params![source.as_str(), i64::try_from(runs).unwrap_or(i64::MAX)])?;
        let mut history = Vec::new();
        while let Some(row) = rows.next()? {
            let report: String = row.get(1)?;
            let report = serde_json::from_str(&report).map_err(|error| ArchiveError::Value(error.to_string()))?;
            history.push((value(&row.get::<_, String>(0)?)?, report));
        }
        Ok(history)
    }
}
