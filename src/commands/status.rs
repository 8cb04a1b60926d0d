//! `gongwen status`: each source, its last run, what the archive holds of it.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::terminal::{Paint, printable, say, written};
use super::{Context, Exit};
use crate::archive::{Archive, ArchiveError};
use crate::model::{SourceId, SourceStatus};

/// What is known about one source.
#[derive(Debug, Serialize)]
struct Line {
    source: SourceId,
    /// As the configuration says; null for a source that it has no more.
    name: Option<String>,
    /// When its last run began.
    last_run: Option<Timestamp>,
    status: Option<SourceStatus>,
    detail: Option<String>,
    /// Articles in the archive.
    articles: u64,
    pending: u64,
    failed: u64,
    gone: u64,
    /// The newest day that its list shows.
    newest: Option<Date>,
}

/// The verb.
pub(super) fn run(context: &Context) -> anyhow::Result<Exit> {
    let config = context.config()?;
    let mut names: BTreeMap<SourceId, Option<String>> =
        config.sources.iter().map(|source| (source.id.clone(), Some(source.name.clone()))).collect();
    let archive = match Archive::open_read_only(&context.global.output) {
        Ok(archive) => Some(archive),
        Err(error @ ArchiveError::Missing { .. }) => {
            say(context, &format!("{error}\n"));
            None
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(archive) = &archive {
        for source in archive.sources()? {
            names.entry(source).or_default();
        }
    }
    let lines: Result<Vec<Line>, ArchiveError> =
        names.into_iter().map(|(source, name)| line(source, name, archive.as_ref())).collect();
    let lines = lines?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    written(if context.global.json {
        writeln!(out, "{}", serde_json::to_string(&lines)?).and_then(|()| out.flush())
    } else {
        let text = table(&lines, Paint::stdout(context.global.color));
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    })?;
    Ok(Exit::Done)
}

fn line(source: SourceId, name: Option<String>, archive: Option<&Archive>) -> Result<Line, ArchiveError> {
    let held = archive.map(|archive| archive.overview(&source)).transpose()?.unwrap_or_default();
    let history = archive.map(|archive| archive.source_history(&source, 1)).transpose()?;
    let (last_run, last) = history.unwrap_or_default().pop().unzip();
    Ok(Line {
        source,
        name,
        last_run,
        status: last.as_ref().map(|report| report.status),
        newest: held.newest.max(last.as_ref().and_then(|report| report.newest)),
        detail: last.and_then(|report| report.detail),
        articles: held.done,
        pending: held.pending,
        failed: held.failed,
        gone: held.gone,
    })
}

/// The lines as a table; a source that is not well has its detail below it.
fn table(lines: &[Line], paint: Paint) -> String {
    const HEAD: [&str; 8] = ["source", "last run", "status", "articles", "pending", "failed", "gone", "newest"];
    let rows: Vec<[String; 8]> = lines.iter().map(cells).collect();
    let width = |n: usize| rows.iter().map(|row| row[n].len()).chain([HEAD[n].len()]).max().unwrap_or_default();
    let widths: [usize; 8] = std::array::from_fn(width);
    let padded = |cells: &[String; 8]| -> String {
        let cell = |(n, text): (usize, &String)| {
            // Numbers are read from their right end.
            if (3..7).contains(&n) { format!("{text:>0$}", widths[n]) } else { format!("{text:<0$}", widths[n]) }
        };
        cells.iter().enumerate().map(cell).collect::<Vec<_>>().join("  ")
    };
    let mut text = paint.dim(&(padded(&HEAD.map(ToOwned::to_owned)) + "  name")) + "\n";
    for (line, row) in lines.iter().zip(&rows) {
        text.push_str(&padded(row));
        text.push_str("  ");
        text.push_str(&printable(line.name.as_deref().unwrap_or("(not configured)")));
        text.push('\n');
        if let (Some(status), Some(detail)) = (line.status, &line.detail)
            && status != SourceStatus::Complete
        {
            text.push_str("  ");
            text.push_str(&paint.alarm(detail));
            text.push('\n');
        }
    }
    text
}

fn cells(line: &Line) -> [String; 8] {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    [
        line.source.to_string(),
        or_dash(line.last_run.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string())),
        line.status.map_or("never", SourceStatus::as_str).to_owned(),
        line.articles.to_string(),
        line.pending.to_string(),
        line.failed.to_string(),
        line.gone.to_string(),
        or_dash(line.newest.map(|day| day.to_string())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(source: &str, articles: u64) -> Line {
        Line {
            source: source.parse().unwrap(),
            name: Some("青石镇".to_owned()),
            last_run: Some("2026-03-01T02:30:00Z".parse().unwrap()),
            status: Some(SourceStatus::Complete),
            detail: None,
            articles,
            pending: 0,
            failed: 1,
            gone: 0,
            newest: Some("2026-02-28".parse().unwrap()),
        }
    }

    #[test]
    fn the_table_is_aligned_and_tells_what_is_wrong() {
        let mut broken = known("yunxi", 1200);
        broken.status = Some(SourceStatus::Blocked);
        broken.detail = Some("a bot wall answered\u{1b}[2J".to_owned());
        broken.name = None;
        let never = Line { last_run: None, status: None, newest: None, failed: 0, ..known("new", 0) };
        let expected = "\
source   last run          status    articles  pending  failed  gone  newest      name
qingshi  2026-03-01 02:30  complete        30        0       1     0  2026-02-28  青石镇
yunxi    2026-03-01 02:30  blocked       1200        0       1     0  2026-02-28  (not configured)
  a bot wall answered[2J
new      -                 never            0        0       0     0  -           青石镇
";
        assert_eq!(table(&[known("qingshi", 30), broken, never], Paint::plain()), expected);
    }
}
