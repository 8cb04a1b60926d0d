//! `gongwen status`: each source, its last run, what the archive holds of it.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Serialize;

use super::terminal::{Paint, printable, say, written};
use super::{Context, Exit};
use crate::archive::{Archive, ArchiveError};
use crate::model::{SourceId, SourceReport, SourceStatus};

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
    /// Named by its list and not asked for: not allowed by robots.txt, or on another site.
    skipped: u64,
    gone: u64,
    /// The newest day that its list shows, and how many days ago that was.
    newest: Option<Date>,
    newest_age: Option<i64>,
    /// The portal family of its list.
    profile: Option<String>,
    /// How many items its first list page names: in the last run, and usually.
    items: Option<u32>,
    usual_items: Option<u32>,
    /// Since when its list has been built as it is, if it was built otherwise before.
    layout_changed: Option<Timestamp>,
}

/// So many runs say what is usual.
const HISTORY: usize = 10;

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
    let today = Offset::constant(8).to_datetime(context.now).date();
    let lines: Result<Vec<Line>, ArchiveError> =
        names.into_iter().map(|(source, name)| line(source, name, archive.as_ref(), today)).collect();
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

fn line(source: SourceId, name: Option<String>, archive: Option<&Archive>, today: Date) -> Result<Line, ArchiveError> {
    let held = archive.map(|archive| archive.overview(&source)).transpose()?.unwrap_or_default();
    let history = archive.map(|archive| archive.source_history(&source, HISTORY)).transpose()?.unwrap_or_default();
    let usual_items = usual(history.iter().filter_map(|(_, report)| report.first_page).collect());
    let (last_run, last) = history.into_iter().next().unzip();
    let newest = held.newest.max(last.as_ref().and_then(|report: &SourceReport| report.newest));
    let layout = last.as_ref().and_then(|report| report.layout.as_ref()).filter(|layout| layout.changed);
    Ok(Line {
        source,
        name,
        last_run,
        status: last.as_ref().map(|report| report.status),
        newest,
        newest_age: newest.and_then(|day| today.since(day).ok()).map(|age| i64::from(age.get_days())),
        profile: last.as_ref().and_then(|report| report.profile.clone()),
        items: last.as_ref().and_then(|report| report.first_page),
        usual_items,
        layout_changed: layout.map(|layout| layout.since),
        detail: last.and_then(|report| report.detail),
        articles: held.done,
        pending: held.pending,
        failed: held.failed,
        skipped: held.skipped,
        gone: held.gone,
    })
}

/// The number in the middle.
fn usual(mut items: Vec<u32>) -> Option<u32> {
    items.sort_unstable();
    items.get(items.len() / 2).copied()
}

/// The lines as a table; a source that is not well has its detail below it.
fn table(lines: &[Line], paint: Paint) -> String {
    const HEAD: [&str; 11] =
        ["source", "last run", "status", "articles", "pending", "failed", "gone", "items", "usual", "newest", "age"];
    let rows: Vec<[String; 11]> = lines.iter().map(cells).collect();
    let width = |n: usize| rows.iter().map(|row| row[n].len()).chain([HEAD[n].len()]).max().unwrap_or_default();
    let widths: [usize; 11] = std::array::from_fn(width);
    let padded = |cells: &[String; 11]| -> String {
        let cell = |(n, text): (usize, &String)| {
            // Numbers are read from their right end.
            if (3..9).contains(&n) || n == 10 {
                format!("{text:>0$}", widths[n])
            } else {
                format!("{text:<0$}", widths[n])
            }
        };
        cells.iter().enumerate().map(cell).collect::<Vec<_>>().join("  ")
    };
    let mut text = paint.dim(&(padded(&HEAD.map(ToOwned::to_owned)) + "  name")) + "\n";
    for (line, row) in lines.iter().zip(&rows) {
        text.push_str(&padded(row));
        text.push_str("  ");
        text.push_str(&printable(line.name.as_deref().unwrap_or("(not configured)")));
        text.push('\n');
        if let Some(since) = line.layout_changed {
            let said = format!("  its list page has been built in another way since {}", since.strftime("%Y-%m-%d"));
            text.push_str(&paint.dim(&said));
            text.push('\n');
        }
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

fn cells(line: &Line) -> [String; 11] {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    [
        line.source.to_string(),
        or_dash(line.last_run.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string())),
        line.status.map_or("never", SourceStatus::as_str).to_owned(),
        line.articles.to_string(),
        line.pending.to_string(),
        line.failed.to_string(),
        line.gone.to_string(),
        or_dash(line.items.map(|items| items.to_string())),
        or_dash(line.usual_items.map(|items| items.to_string())),
        or_dash(line.newest.map(|day| day.to_string())),
        or_dash(line.newest_age.map(|days| format!("{days} d"))),
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
            skipped: 0,
            gone: 0,
            newest: Some("2026-02-28".parse().unwrap()),
            newest_age: Some(3),
            profile: Some("trs_static".to_owned()),
            items: Some(15),
            usual_items: Some(15),
            layout_changed: None,
        }
    }

    #[test]
    fn what_is_usual_is_the_number_in_the_middle() {
        for (items, expect) in [(vec![], None), (vec![15, 0, 15], Some(15)), (vec![3, 20, 4, 20], Some(20))] {
            assert_eq!(usual(items), expect);
        }
    }

    #[test]
    fn the_table_is_aligned_and_tells_what_is_wrong() {
        let mut broken = known("yunxi", 1200);
        broken.status = Some(SourceStatus::Blocked);
        broken.detail = Some("a bot wall answered\u{1b}[2J".to_owned());
        broken.name = None;
        broken.items = Some(0);
        broken.layout_changed = Some("2026-03-01T02:30:00Z".parse().unwrap());
        let never = Line {
            last_run: None,
            status: None,
            newest: None,
            newest_age: None,
            items: None,
            usual_items: None,
            failed: 0,
            ..known("new", 0)
        };
        let expected = "\
source   last run          status    articles  pending  failed  gone  items  usual  newest      age  name
qingshi  2026-03-01 02:30  complete        30        0       1     0     15     15  2026-02-28  3 d  青石镇
yunxi    2026-03-01 02:30  blocked       1200        0       1     0      0     15  2026-02-28  3 d  (not configured)
  its list page has been built in another way since 2026-03-01
  a bot wall answered[2J
new      -                 never            0        0       0     0      -      -  -             -  青石镇
";
        assert_eq!(table(&[known("qingshi", 30), broken, never], Paint::plain()), expected);
    }
}
