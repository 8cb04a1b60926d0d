//! The facts that closing lines and titles state: who signed, for whom, when, how many copies.

use crate::model::{Document, Outline, Role, Section};
use crate::text::{find_date, fold_char, is_blank};

use super::lines::Text;
use super::{genre, part, tail};

/// Reads the facts out of the rows.
pub(super) fn add(document: &Document, text: &Text, outline: &mut Outline) {
    let mut sections = std::mem::take(&mut outline.sections);
    for row in &mut sections {
        let view = &text.folded[row.start..row.end];
        let own = row.parent.is_none();
        match row.role {
            Role::Signature if own && outline.issuers.is_empty() => outline.issuers = bodies(text, row),
            Role::Addressee if own && outline.addressees.is_empty() => outline.addressees = names(view, "，、"),
            Role::Cc if outline.cc.is_empty() => outline.cc = names(view, "，,、。\n"),
            Role::Date if own && outline.dated.is_none() => outline.dated = date(view),
            Role::Imprint if outline.printed.is_none() => outline.printed = date(view),
            Role::Copies if outline.copies.is_none() => outline.copies = tail::copies(view),
            _ => {}
        }
    }
    outline.sections = sections;
    if let Some(title) = genre::folded_title(document) {
        let name = genre::genre(&title, outline);
        outline.document_type = genre::document_type(&title).map(str::to_owned);
        outline.report_year = genre::report_year(&title, name, outline);
        outline.genre = Some(name.to_owned());
    }
    part::label(outline);
}

fn date(view: &[char]) -> Option<jiff::civil::Date> {
    find_date(&view.iter().collect::<String>())
}

/// One body a line, or several on a line with blanks between.
fn bodies(text: &Text, row: &Section) -> Vec<String> {
    let printed = text.slice(row.start, row.end);
    printed.lines().map(|line| line.trim_matches(is_blank).to_owned()).filter(|line| !line.is_empty()).collect()
}

fn names(view: &[char], between: &str) -> Vec<String> {
    let folded: String = between.chars().map(fold_char).collect();
    let text: String = view.iter().collect();
    let list =
        text.split_once(':').map_or(text.as_str(), |(before, behind)| if behind.is_empty() { before } else { behind });
    list.split(|c| folded.contains(c))
        .map(|name| name.trim_matches(is_blank).to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}
