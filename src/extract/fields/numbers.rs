//! 发文字号, 索引号 and 访问量.

use super::orders::{labelled_order, order_below, order_line, order_number, order_of_title, serial};
use super::sources::Sources;
use crate::extract::explain::Trace;
use crate::extract::rules::NumberRule;
use crate::model::Document;
use crate::page::{Label, Labelled, document_number, folded, is_placeholder, same_letters};
use crate::text::{fold_char, is_blank, is_ideograph};

/// Most characters of an 索引号.
const LONGEST_INDEX: usize = 59;

/// The 发文字号: labelled, else alone at the head of the text, else in the title, else the name of the file.
pub(super) fn document_number(sources: &Sources<'_>, document: &Document, trace: &mut Trace<'_>) -> Option<String> {
    let mut unfilled = false;
    // 字号： is a tool of the page as often.
    let named = |found: &&Labelled| found.label == Label::Number || found.word == "字号";
    let labelled = sources.labels.iter().filter(named).filter(|_| trace.allows(NumberRule::Label.name()));
    let labelled: Vec<_> = labelled.collect();
    for found in labelled {
        unfilled |= found.label == Label::Number;
        if found.value.is_empty() {
            continue;
        }
        trace.field("document_number", &found.value, || found.word.to_owned());
        // 云 政 发〔2023〕9号: letters set apart are one word.
        let joined: String = found.value.chars().filter(|&c| !is_blank(c)).collect();
        let value =
            if document_number::is_document_number(&joined) { &joined } else { found.value.trim_matches(is_blank) };
        let unsigned = || document_number::is_number_without_sign(value).then_some(value);
        if let Some(number) = document_number::find_document_number(value).or_else(unsigned) {
            trace.choose("document_number", &found.value, NumberRule::Label.name());
            return Some(written(number));
        }
    }
    let numbered = |value| order_number(value).or_else(|| labelled_order(value));
    let order = sources.with(Label::Number).find_map(|found| numbered(found.value.as_str()));
    // 12号 behind a label says less than the number at the head of the text.
    let is_bare = |number: &str| number.starts_with(|c: char| c.is_ascii_digit());
    let headed = || sources.opening.iter().any(|text| document_number::heads_with_number(text));
    let order = order.filter(|order| trace.allows(NumberRule::OrderLabel.name()) && !(is_bare(order) && headed()));
    let found = match order {
        Some(number) => Some((NumberRule::OrderLabel, number.to_owned())),
        None => unlabelled(sources, document, unfilled, trace),
    };
    let (rule, number) = found?;
    trace.field("document_number", &number, || rule.to_string());
    trace.choose("document_number", &number, rule.name());
    Some(written(&number))
}

/// The number that no label says.
fn unlabelled(
    sources: &Sources<'_>,
    document: &Document,
    unfilled: bool,
    trace: &Trace<'_>,
) -> Option<(NumberRule, String)> {
    let title = document.title.as_deref().unwrap_or_default();
    let joined: Vec<_> = sources.opening.iter().map(|text| document_number::joined(text)).collect();
    let opening: Vec<&str> = joined.iter().map(AsRef::as_ref).collect();
    let lines = || opening.iter().copied();
    let line = || lines().find(|text| document_number::heads_with_number(text));
    let plain = |text: &&str| document_number::is_year_first_number(text) || document_number::is_plain_number(text);
    // The label is there and empty, and the file to download is named by the number.
    let mut files = document.attachments.iter().map(|file| file.name.as_str());
    let mut downloads = files.clone().chain(sources.with(Label::Tool).map(|found| found.value.as_str()));
    let mut named = || {
        let empty = unfilled.then(|| downloads.find_map(document_number::find_document_number)).flatten();
        // The text may cite the number of another, which hangs on the page, too.
        let cited = |name: &str, number: &str| lines().any(|line| line.contains(number) && !line.contains(name));
        let own = |name| number_of_file(name, title, document.attachments.len()).filter(|number| !cited(name, number));
        empty.or_else(|| files.find_map(own))
    };
    let below = || lines().find_map(|line| serial(title, line));
    let in_title = || document_number::number_of_title(title).or_else(|| order_of_title(title));
    let whole = |number: Option<&str>| number.map(str::to_owned);
    let found = [
        (NumberRule::Line, whole(line().and_then(document_number::find_document_number)).or_else(|| broken(&opening))),
        (NumberRule::Line, whole(lines().find(plain).or_else(|| lines().find_map(|line| before_title(line, title))))),
        (NumberRule::OrderLine, whole(lines().find_map(order_line))),
        (NumberRule::OrderLines, whole(below()).or_else(|| order_below(&opening))),
        (NumberRule::Title, whole(in_title().or_else(|| lines().find_map(|line| beside_title(line, title))))),
        (NumberRule::File, whole(named())),
    ];
    let mut found = found.into_iter().filter(|(rule, _)| trace.allows(rule.name()));
    found.find_map(|(rule, number)| Some((rule, number?)))
}

/// A number that a line end breaks behind its year.
fn broken(opening: &[&str]) -> Option<String> {
    let pairs = opening.iter().zip(opening.iter().skip(1));
    let joined =
        pairs.filter(|(head, _)| head.ends_with(['〕', ']', '］'])).map(|(head, rest)| format!("{head}{rest}"));
    joined.into_iter().find(|number| document_number::is_document_number(number))
}

/// The number before the title in the line that shows both: 云政办发〔2023〕8号 关于…的通知.
fn before_title<'a>(line: &'a str, title: &str) -> Option<&'a str> {
    let number = document_number::number_of_title(line)?;
    let rest = line.trim_start_matches(|c: char| is_blank(c) || "(（【[".contains(c)).strip_prefix(number)?;
    (!title.is_empty() && same_letters(rest, title)).then_some(number)
}

/// The number before or behind the title in the line that shows both; the tags may say the title without.
fn beside_title<'a>(line: &'a str, title: &str) -> Option<&'a str> {
    let at = line.find(title).filter(|_| !title.is_empty() && line.len() > title.len())?;
    let (before, behind) = (line.get(..at)?, line.get(at + title.len()..)?);
    let frames = |c: char| is_blank(c) || "()（）【】[]《》：:—-－".contains(c);
    let rest = match (before.trim_matches(frames), behind.trim_matches(frames)) {
        ("", _) => behind,
        (_, "") => before,
        _ => return None,
    };
    let bare = rest.trim_matches(frames);
    let number = Some(bare).filter(|bare| document_number::is_document_number(bare));
    let apart = rest.trim_matches(|c: char| is_blank(c) || "《》：:—-－".contains(c));
    number.or_else(|| order_line(apart)).or_else(|| order_line(bare))
}

/// The number in the name of a file that has the title of the document, or that is its only file and named by nothing else.
fn number_of_file<'a>(name: &'a str, title: &str, files: usize) -> Option<&'a str> {
    /// Fewest letters of a title that a file may have without the body that it begins with.
    const SUBJECT: usize = 8;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let number = document_number::find_document_number(stem)?;
    let rest = stem.replacen(number, "", 1);
    let (rest, title) = (folded(&rest), folded(title));
    let reads = || ["解读", "问答", "答记者问", "图解", "转发"].iter().any(|word| title.contains(word));
    let own = if rest.is_empty() { files == 1 && !reads() } else { title.ends_with(&rest) };
    (own && (rest.is_empty() || rest.chars().count() >= SUBJECT)).then_some(number)
}

/// The 索引号.
pub(super) fn index_number(sources: &Sources<'_>, trace: &mut Trace<'_>) -> Option<String> {
    let values = sources.with(Label::Index).map(|found| (found.word, before_label(&found.value)));
    let (word, value) = values.into_iter().find(|(_, value)| {
        let digits = value.chars().any(|c| c.is_ascii_digit());
        !is_placeholder(value) && digits && value.chars().count() <= LONGEST_INDEX
    })?;
    trace.field("index_number", value, || word.to_owned());
    Some(value.chars().filter(|&c| !is_blank(c)).collect())
}

/// An 索引号 without the label behind it that no list has: A001/2023-12 归口科室：办公室.
fn before_label(value: &str) -> &str {
    let Some((head, _)) = value.split_once(['：', ':']) else { return value };
    let number = head.trim_end_matches(is_ideograph);
    let label = head.len() - number.len();
    let stands = number.ends_with(|c: char| is_blank(c) || c.is_ascii_digit()) && label > 0;
    if stands { number.trim_end_matches(is_blank) } else { value }
}

/// How often the page was looked at.
pub(super) fn views(sources: &Sources<'_>, trace: &mut Trace<'_>) -> Option<u64> {
    sources.with(Label::Views).find_map(|found| {
        let views = count(&found.value)?;
        trace.field("views", &found.value, || found.word.to_owned());
        Some(views)
    })
}

/// 1024, 1,024, 1.2万.
fn count(value: &str) -> Option<u64> {
    const TEN_THOUSAND: u64 = 10_000;
    let value = value.trim_start_matches(|c: char| is_blank(c) || "[【（(".contains(c));
    let text: String = value.chars().map(fold_char).filter(|&c| c != ',').collect();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    if !rest.trim_start_matches(is_blank).starts_with(['万', 'w', 'W']) {
        return number.split('.').next()?.parse().ok();
    }
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let part = format!("{part:0<4}").get(..4)?.parse::<u64>().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(TEN_THOUSAND)?.checked_add(part)
}

/// A 发文字号 with the brackets of its year as 〔〕 and without blanks (GB/T 9704-2012 7.2.5).
fn written(number: &str) -> String {
    let width = |c: char| if c.is_numeric() { fold_char(c) } else { c };
    let number: String = number.chars().filter(|&c| !is_blank(c)).map(width).collect();
    let year = number.rfind(document_number::OPENING).filter(|&at| {
        let year = number.get(at..).unwrap_or_default().chars().skip(1);
        matches!(year.take_while(char::is_ascii_digit).count(), 2 | 4)
    });
    let Some(open) = year else { return number };
    let (head, rest) = number.split_at(open);
    let digits = rest.chars().skip(1).take_while(char::is_ascii_digit).count();
    let (year, rest): (String, String) =
        (rest.chars().skip(1).take(digits).collect(), rest.chars().skip(digits + 1).collect());
    // 〔2023年〕3号 has a letter too many, and in 公告（2023年第3号） the bracket holds more than the year.
    let rest = rest.strip_prefix('年').unwrap_or(&rest);
    match rest.strip_prefix(|c: char| !c.is_alphanumeric()) {
        Some(rest) => format!("{head}〔{year}〕{rest}"),
        None => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_may_be_counted_in_tens_of_thousands() {
        for (value, views) in [
            ("1024", Some(1024)),
            ("1,024次", Some(1024)),
            ("[12]", Some(12)),
            ("1.2万", Some(12_000)),
            ("3万+", Some(30_000)),
            ("１.２３４５万次", Some(12_345)),
            ("[无]", None),
            ("", None),
        ] {
            assert_eq!(count(value), views, "{value}");
        }
    }
}
