//! How much the archive holds of a source: what `status` shows.

use jiff::civil::Date;

use super::captures::value;
use super::{Archive, ArchiveError, UrlStatus};
use crate::model::SourceId;

/// The articles of one source, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overview {
    /// In the archive, also those that the portal has withdrawn since.
    pub archived: u64,
    /// In the archive, and there when they were asked for last.
    pub done: u64,
    /// Named by a list and still to be fetched.
    pub pending: u64,
    /// Asked for in vain.
    pub failed: u64,
    /// Not asked for: not allowed by robots.txt, on another site, or opened by a script only.
    pub skipped: u64,
    /// 404 or 410.
    pub gone: u64,
    /// The newest day that a list showed of one in the archive.
    pub newest: Option<Date>,
}

impl Archive {
    /// Counts the articles of a source.
    ///
    /// # Errors
    /// A failure of the state.
    pub fn overview(&self, source: &SourceId) -> Result<Overview, ArchiveError> {
        let mut query = self.state.prepare_cached(
            "SELECT state, count(*), max(CASE WHEN sha256 IS NOT NULL THEN listed END),
                    state = 'failed' AND sha256 IS NULL
                    AND (reason IN ('robots', 'other_host') OR stage = 'discover' AND reason = 'script_only'),
                    count(sha256)
             FROM urls WHERE source = ? AND kind = 'article' GROUP BY 1, 4",
        )?;
        let mut rows = query.query([source.as_str()])?;
        let mut overview = Overview::default();
        while let Some(row) = rows.next()? {
            let n = row.get::<_, i64>(1)?.cast_unsigned();
            overview.archived += row.get::<_, i64>(4)?.cast_unsigned();
            match UrlStatus::parse(&row.get::<_, String>(0)?)? {
                UrlStatus::Done => overview.done = n,
                UrlStatus::Pending => overview.pending = n,
                UrlStatus::Failed if row.get(3)? => overview.skipped = n,
                UrlStatus::Failed => overview.failed = n,
                UrlStatus::Gone => overview.gone = n,
            }
            let newest = row.get::<_, Option<String>>(2)?.map(|day| value(&day)).transpose()?;
            overview.newest = overview.newest.max(newest);
        }
        Ok(overview)
    }
}
