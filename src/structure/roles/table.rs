//! Tables, their captions and notes, and footnotes.

use crate::model::Role;
use crate::text::{begins, ends, is_blank};
use crate::words::NOTE_LABELS;

use super::rule::{RoleRule, Roles, role};
use crate::structure::kind::Kind;
use crate::structure::lines::Text;
use crate::structure::marker::Marker;

/// How far the notes of a table have been counted.
#[derive(Debug, Clone, Copy)]
enum Counted {
    /// They have no numbers.
    Not,
    /// 说明： alone announces a count from 1.
    Announced,
    /// The last one's number.
    Last(Kind, u16),
}

/// Tables, their captions and notes, and footnotes.
pub(in super::super) fn mark_tables(text: &Text, roles: &mut Roles) {
    let mut counted = Counted::Not;
    for n in 0..text.lines.len() {
        let line = &text.lines[n];
        let view = text.view(line);
        let beside = n > 0 && matches!(role(roles, n - 1), Some(Role::Table | Role::Note));
        if line.table {
            roles[n] = Some(RoleRule::DataTable);
            if n > 0 && roles[n - 1].is_none() && is_caption(text.view(&text.lines[n - 1])) {
                roles[n - 1] = Some(RoleRule::NumberedCaption);
            }
        } else if let Some((at, first)) = note(text, n).filter(|(_, first)| beside || first.is_some()) {
            roles[n] = Some(RoleRule::LabelledNote);
            counted = match first {
                Some(marker) => Counted::Last(marker.kind, marker.number),
                None if at == line.end => Counted::Announced,
                None => Counted::Not,
            };
        } else if beside && let Some(next) = next_note(text, n, counted) {
            // 注：①… and ②… on the next line
            roles[n] = Some(RoleRule::CountedNote);
            counted = Counted::Last(next.0, next.1);
        } else if is_footnote(view) {
            roles[n] = Some(RoleRule::BracketedFootnote);
        } else {
            counted = Counted::Not;
        }
    }
}

/// `注：数据截至年底。` or `注：1.数据截至年底。`: where the words begin, and their number. Away from a table only notes with
/// a number are told from running text.
fn note(text: &Text, n: usize) -> Option<(usize, Option<Marker>)> {
    let line = &text.lines[n];
    let label = NOTE_LABELS.starts_view(text.view(line))?;
    let at = text.skip_blanks(line.start + label.text.chars().count(), line.end);
    Some((at, text.readings_at(at, line.end)[0].filter(|marker| marker.number == 1)))
}

/// The number of a line that goes on counting the notes of a table.
fn next_note(text: &Text, n: usize, counted: Counted) -> Option<(Kind, u16)> {
    let marker = text.lines[n].marker()?;
    let expected = match counted {
        Counted::Not => false,
        Counted::Announced => {
            marker.number == 1 && matches!(marker.kind, Kind::Circled | Kind::Arabic | Kind::ArabicParen)
        }
        Counted::Last(kind, number) => kind == marker.kind && marker.number == number + 1,
    };
    expected.then_some((marker.kind, marker.number))
}

/// `表1-1 执法案件统计表`
fn is_caption(view: &[char]) -> bool {
    let Some(rest) =
        ["附表", "附图", "表", "图"].iter().find_map(|word| begins(view, word).then(|| &view[word.chars().count()..]))
    else {
        return false;
    };
    let first = rest.iter().find(|c| !is_blank(**c));
    view.len() <= 50
        && first.is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
        && !ends(view, "。")
}

/// `[1] 数据来源：县财政局。`
fn is_footnote(view: &[char]) -> bool {
    let digits = view.iter().skip(1).take_while(|c| c.is_ascii_digit()).count();
    view.first() == Some(&'[')
        && (1..=2).contains(&digits)
        && view.get(digits + 1) == Some(&']')
        && view.len() > digits + 4
}
