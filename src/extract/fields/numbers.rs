//! 发文字号, 索引号 and 访问量.

use super::sources::Sources;
use crate::extract::explain::Trace;
use crate::extract::rules::NumberRule;
use crate::model::Document;
use crate::page::{Label, is_placeholder, line_class};
use crate::text::{fold_char, is_blank};

/// Most characters of an 索引号.
const LONGEST_INDEX: usize = 59;

/// The 发文字号: labelled, else alone at the head of the text, else in the title, else the name of the file.
pub(super) fn document_number(sources: &Sources<'_>, document: &Document, trace: &mut Trace<'_>) -> Option<String> {
    let mut unfilled = false;
    let labelled = sources.with(Label::Number).filter(|_| trace.allows(NumberRule::Label.name()));
    let labelled: Vec<_> = labelled.collect();
    for found in labelled {
        unfilled = true;
        if found.value.is_empty() {
            continue;
        }
        trace.field("document_number", &found.value, || found.word.to_owned());
        if let Some(number) = line_class::find_document_number(&found.value) {
            trace.choose("document_number", &found.value, NumberRule::Label.name());
            return Some(written(number));
        }
    }
    let line = || sources.opening.iter().copied().find(|text| line_class::is_document_number(text));
    let in_title = || document.title.as_deref().and_then(line_class::find_document_number);
    // The label is there and empty, and the file to download is named by the number.
    let files = document.attachments.iter().map(|file| file.name.as_str());
    let mut files = files.chain(sources.with(Label::Tool).map(|found| found.value.as_str()));
    let found = [
        (NumberRule::Line, line().and_then(line_class::find_document_number)),
        (NumberRule::Title, in_title()),
        (NumberRule::File, unfilled.then(|| files.find_map(line_class::find_document_number)).flatten()),
    ];
    let mut found = found.into_iter().filter(|(rule, _)| trace.allows(rule.name()));
    let (rule, number) = found.find_map(|(rule, number)| Some((rule, number?)))?;
    trace.field("document_number", number, || rule.to_string());
    trace.choose("document_number", number, rule.name());
    Some(written(number))
}

/// The 索引号.
pub(super) fn index_number(sources: &Sources<'_>, trace: &mut Trace<'_>) -> Option<String> {
    let found = sources.with(Label::Index).find(|found| {
        let value = &found.value;
        let digits = value.chars().any(|c| c.is_ascii_digit());
        !is_placeholder(value) && digits && value.chars().count() <= LONGEST_INDEX
    })?;
    trace.field("index_number", &found.value, || found.word.to_owned());
    Some(found.value.chars().filter(|&c| !is_blank(c)).collect())
}

/// How often the page was looked at.
pub(super) fn views(sources: &Sources<'_>, trace: &mut Trace<'_>) -> Option<u64> {
    sources.with(Label::Views).find_map(|found| {
        let digits: String =
            found.value.chars().map(fold_char).take_while(|c| c.is_ascii_digit() || *c == ',').collect();
        let views = digits.replace(',', "").parse().ok()?;
        trace.field("views", &found.value, || found.word.to_owned());
        Some(views)
    })
}

/// A 发文字号 with its brackets as 〔〕 and without blanks (GB/T 9704-2012 7.2.5).
fn written(number: &str) -> String {
    number
        .chars()
        .filter(|&c| !is_blank(c))
        .map(|c| match c {
            '[' | '【' | '（' | '(' | '［' | '﹝' | '<' | '〈' => '〔',
            ']' | '】' | '）' | ')' | '］' | '﹞' | '>' | '〉' => '〕',
            c => c,
        })
        .collect()
}
