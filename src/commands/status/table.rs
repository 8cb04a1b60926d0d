//! The sources as a table of 80 columns, with what is wrong below those that are not well.

use jiff::Timestamp;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::Line;
use crate::commands::Exit;
use crate::commands::terminal::{Paint, printable};
use crate::language::told;
use crate::model::{SourceStatus, shrank};

/// A terminal is at least as wide as this.
const WIDTH: usize = 80;

/// The longest name of a source that is shown whole.
const LONGEST_ID: usize = 24;

const HEAD: [&str; 6] = ["source", "status", "last run", "pages", "items", "newest"];

/// The lines as a table; a source that is not well has the reasons below it.
pub(super) fn table(lines: &[Line], paint: Paint) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let rows: Vec<[String; 6]> = lines.iter().map(cells).collect();
    let width =
        |n: usize| rows.iter().map(|row| row[n].width()).chain([told(HEAD[n]).width()]).max().unwrap_or_default();
    let widths: [usize; 6] = std::array::from_fn(width);
    let padded = |cells: &[String; 6]| -> String {
        let cell = |(n, text): (usize, &String)| {
            let gap = " ".repeat(widths[n].saturating_sub(text.width()));
            // Numbers are read from their right end.
            if n == 3 || n == 4 { gap + text } else { text.clone() + &gap }
        };
        cells.iter().enumerate().map(cell).collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut text = paint.dim(&padded(&HEAD.map(|head| told(head).into_owned()))) + "\n";
    for (line, row) in lines.iter().zip(&rows) {
        let row = padded(row);
        text += &if line.failing { paint.alarm(&row) } else { row };
        text.push('\n');
        for (note, is_alarm) in notes(line) {
            for part in wrapped(&printable(&told(&note)), WIDTH - 2) {
                text += "  ";
                text += &if is_alarm { paint.alarm(&part) } else { paint.dim(&part) };
                text.push('\n');
            }
        }
    }
    text
}

fn cells(line: &Line) -> [String; 6] {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let items = match (line.items, line.usual_items) {
        (Some(items), Some(usual)) if shrank(items, usual) => Some(told(&format!("{items} of {usual}")).into_owned()),
        (items, _) => items.map(|items| items.to_string()),
    };
    [
        cut(&printable(line.source.as_str()), LONGEST_ID),
        told(line.status.map_or("never", SourceStatus::as_str)).into_owned(),
        or_dash(line.last_run.map(|at| at.strftime("%Y-%m-%d").to_string())),
        line.articles.to_string(),
        or_dash(items),
        or_dash(line.newest.map(|day| day.to_string())),
    ]
}

fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// What is to be said below a source, and whether that is what is wrong with it.
fn notes(line: &Line) -> Vec<(String, bool)> {
    let mut notes = Vec::new();
    if line.failing {
        let name = line.name.as_deref().unwrap_or("not configured");
        let runs = if line.failures == 1 { "1 run".to_owned() } else { format!("{} runs", line.failures) };
        let since = line.failing_since.map_or_else(String::new, |at| format!("failing since {}, {runs}", minute(at)));
        let good = line.last_success.map_or_else(|| "never well".to_owned(), |at| format!("last well {}", minute(at)));
        notes.push((format!("{name}: {since}; {good}"), line.exit == Exit::Gate));
    }
    if let Some(detail) = line.detail.as_ref().filter(|_| line.status != Some(SourceStatus::Complete)) {
        notes.push((detail.clone(), line.failing));
    }
    if let Some(since) = line.layout_changed {
        let day = since.strftime("%Y-%m-%d");
        notes.push((format!("its list page has been built in another way since {day}"), false));
    }
    let Line { pending, failed, .. } = line;
    let open = [(*pending, format!("{pending} still to be fetched")), (*failed, format!("{failed} failed"))];
    let open: Vec<String> = open.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
    if !open.is_empty() {
        notes.push((format!("articles: {}", open.join(", ")), false));
    }
    notes
}

/// The text without what is beyond so many columns.
fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= columns
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// The text in lines of so many columns, broken at blanks where there are some.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        for piece in pieces(word, columns) {
            let Some(line) = lines.last_mut() else { continue };
            if line.is_empty() {
                line.push_str(&piece);
            } else if line.width() + 1 + piece.width() <= columns {
                line.push(' ');
                line.push_str(&piece);
            } else {
                lines.push(piece);
            }
        }
    }
    lines
}

/// A word that is too long for a line, as an address is, in pieces.
fn pieces(word: &str, columns: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        let full = pieces.last().is_none_or(|piece| piece.width() + c.width().unwrap_or(0) > columns);
        if full {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(source: &str, articles: u64) -> Line {
        Line {
            source: source.parse().unwrap(),
            name: Some("青石镇 法治政府建设".to_owned()),
            last_run: Some("2026-03-01T02:30:00Z".parse().unwrap()),
            status: Some(SourceStatus::Complete),
            detail: None,
            failing: false,
            failing_since: None,
            failures: 0,
            last_success: Some("2026-03-01T02:30:00Z".parse().unwrap()),
            articles,
            pending: 0,
            failed: 0,
            skipped: 0,
            gone: 0,
            newest: Some("2026-02-28".parse().unwrap()),
            newest_age: Some(3),
            profile: Some("trs_static".to_owned()),
            items: Some(15),
            usual_items: Some(15),
            layout_changed: None,
            exit: Exit::Done,
        }
    }

    #[test]
    fn the_table_is_aligned_and_tells_what_is_wrong_since_when() {
        let broken = Line {
            status: Some(SourceStatus::Changed),
            detail: Some("the first list page names 1 items, as a rule it names 15\u{1b}[2J".to_owned()),
            failing: true,
            failing_since: Some("2026-02-27T02:30:00Z".parse().unwrap()),
            failures: 3,
            last_success: Some("2026-02-26T02:30:00Z".parse().unwrap()),
            items: Some(1),
            layout_changed: Some("2026-02-27T02:30:00Z".parse().unwrap()),
            failed: 2,
            exit: Exit::Gate,
            ..known("yunxi-xian-fazhi-zhengfu-jianshe", 1200)
        };
        let never = Line { last_run: None, status: None, newest: None, items: None, ..known("new", 0) };
        let expected = "\
source                    status    last run    pages    items  newest
yunxi-xian-fazhi-zhengf…  changed   2026-03-01   1200  1 of 15  2026-02-28
  青石镇 法治政府建设: failing since 2026-02-27 02:30, 3 runs; last well
  2026-02-26 02:30
  the first list page names 1 items, as a rule it names 15[2J
  its list page has been built in another way since 2026-02-27
  articles: 2 failed
qingshi                   complete  2026-03-01     30       15  2026-02-28
new                       never     -               0        -  -
";
        let text = table(&[broken, known("qingshi", 30), never], Paint::plain());
        assert_eq!(text, expected);
    }

    #[test]
    fn no_line_is_wider_than_a_terminal() {
        let address = format!("list page `http://www.example.gov.cn/{}`: 一二三", "a".repeat(200));
        let line =
            Line { detail: Some(address), status: Some(SourceStatus::Unreachable), failing: true, ..known("a", 1) };
        let widest = Line { source: "b".repeat(64).parse().unwrap(), articles: 123_456, ..known("b", 1) };
        for line in table(&[line, widest], Paint::plain()).lines() {
            assert!(line.width() <= WIDTH, "{line}");
        }
    }
}
