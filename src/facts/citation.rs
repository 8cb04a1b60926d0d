//! Laws and documents that a text cites: 《…》 with the number beside it, and numbers that stand alone.

use std::collections::HashMap;
use std::ops::Range;

use super::cited::{numbered, order, standard, written};
use super::reading::Reading;
use crate::model::{CITATION_SCHEMA, CitationKind, CitationRecord, Role};
use crate::text::{begins, ends, is_blank};
use crate::words::{DOCUMENT_TYPES, NO_LAWS};

/// Most characters of a title between 《 and 》.
const LONGEST_TITLE: usize = 150;

/// The works that a text cites, in reading order.
pub(super) fn citations(reading: &Reading<'_>) -> Vec<CitationRecord> {
    let mut found: Vec<CitationRecord> = Vec::new();
    // Short titles that the text announced, and what they stand for.
    let mut short: HashMap<String, (String, Option<String>)> = HashMap::new();
    let mut at = 0;
    while at < reading.folded.len() {
        if let Some(work) = titled(reading, at) {
            at = work.end;
            // 国办发〔2016〕8号《关于…》 was read as a number alone.
            found.pop_if(|last| {
                last.title.is_none() && last.document_number == work.number && last.end + 3 > work.place.start
            });
            if is_heading(reading.role(work.place.start)) {
                continue;
            }
            found.extend(work.record(reading, &mut short));
        } else if let Some(place) = numbered(&reading.folded, at).filter(|place| is_cited(reading, place, &found)) {
            at = place.end;
            let number = written(reading.view(place.start, place.end));
            found.push(record(reading, CitationKind::Document, None, Some(number), place));
        } else {
            at += 1;
        }
    }
    found
}

/// The paper's own title and list of annexes cite nothing.
fn is_heading(role: Option<Role>) -> bool {
    matches!(role, Some(Role::Title | Role::Toc | Role::AnnexNote | Role::Imprint | Role::Cc))
}

/// A bare number cites a document, unless it is that of this one or heads an attached one.
fn is_cited(reading: &Reading<'_>, place: &Range<usize>, found: &[CitationRecord]) -> bool {
    let text = &reading.folded;
    let own = reading.document.document_number.as_deref();
    let is_own = own.is_some_and(|own| own == written(&text[place.clone()]));
    let starts = place.start == 0 || text.get(place.start - 1) == Some(&'\n');
    let stops = text.get(place.end).is_none_or(|c| *c == '\n');
    let taken = found.last().is_some_and(|last| last.end > place.start);
    let alone = starts && stops;
    !(is_own || alone || taken || is_heading(reading.role(place.start)))
}

/// A title in 《》 and what is said of it directly behind.
struct Work {
    /// 《 to 》.
    place: Range<usize>,
    /// Where reading goes on.
    end: usize,
    number: Option<String>,
    /// 以下简称《条例》
    alias: Option<String>,
}

/// The work whose 《 stands at a place.
fn titled(reading: &Reading<'_>, at: usize) -> Option<Work> {
    let text = &reading.folded;
    if text.get(at) != Some(&'《') {
        return None;
    }
    let mut depth = 0;
    let mut close = None;
    for (n, c) in text.iter().enumerate().skip(at).take(LONGEST_TITLE + 2) {
        match c {
            '《' => depth += 1,
            '》' => depth -= 1,
            // A title may be broken over two lines, never over a paragraph.
            '\n' if text.get(n + 1) == Some(&'\n') => break,
            '。' => break,
            _ => {}
        }
        if depth == 0 {
            close = Some(n);
            break;
        }
    }
    let close = close.filter(|&close| close > at + 1)?;
    let mut work = Work { place: at..close + 1, end: close + 1, number: number_before(text, at), alias: None };
    work.read_behind(text);
    Some(work)
}

/// 国办发〔2016〕8号《关于…》: the number stands before the title.
fn number_before(text: &[char], at: usize) -> Option<String> {
    let mut end = at;
    for word in ["文件", "文"] {
        if ends(text.get(..end)?, word) {
            end -= word.chars().count();
            break;
        }
    }
    if text.get(..end)?.last() != Some(&'号') {
        let from = end.saturating_sub(24);
        let norm = (from..end).find(|&n| {
            let starts = n == 0 || !text[n - 1].is_ascii_alphanumeric();
            starts && text.get(n..end).is_some_and(|view| standard(view) == Some(view.len()))
        })?;
        return text.get(norm..end).map(|number| number.iter().collect());
    }
    let from = end.saturating_sub(40);
    let place = (from..end).rev().find_map(|open| numbered(text, open)).filter(|place| place.end == end)?;
    Some(written(&text[place]))
}

impl Work {
    /// Reads （国发〔2015〕1号，以下简称《意见》） behind the title.
    fn read_behind(&mut self, text: &[char]) {
        let rest = text.get(self.end..).unwrap_or_default();
        let closes = |c: &char| matches!(c, ')' | '】');
        let inside = match rest.first() {
            Some('(' | '【') => {
                let mut depth = 0;
                let close = rest.iter().take(120).position(|c| {
                    depth += i32::from(*c == '(' || *c == '【') - i32::from(closes(c));
                    depth == 0
                });
                close.and_then(|close| rest.get(1..close))
            }
            _ => None,
        };
        if let Some(inside) = inside {
            let number = number_in(inside);
            self.alias = alias(inside);
            if number.is_some() || self.alias.is_some() {
                self.end += inside.len() + 2;
            }
            self.number = number.or(self.number.take());
            return;
        }
        // 《…》国办发〔2021〕30号, 《…》第711号令
        let next = rest.get(..rest.len().min(40)).unwrap_or_default();
        let direct = (1..next.len()).find_map(|open| numbered(next, open)).filter(|place| place.start == 0);
        if let Some(place) = direct {
            self.number = next.get(..place.end).map(written);
            self.end += place.end;
        } else if let Some(length) = standard(next) {
            self.number = next.get(..length).map(|number| number.iter().collect());
            self.end += length;
        }
    }

    /// The citation, unless it is the announcement of a short title.
    fn record(
        self,
        reading: &Reading<'_>,
        short: &mut HashMap<String, (String, Option<String>)>,
    ) -> Option<CitationRecord> {
        let printed = reading.printed(self.place.start + 1, self.place.end - 1).replace('\n', "");
        let printed = printed.trim_matches(is_blank).to_owned();
        if printed.is_empty() || is_alias_here(&reading.folded, self.place.start) {
            return None;
        }
        let known = short.get(&printed).cloned();
        let (title, number) = known.unwrap_or((printed, None));
        let number = self.number.or(number);
        if let Some(alias) = self.alias {
            short.insert(alias, (title.clone(), number.clone()));
        }
        let kind = kind(&title, number.as_deref());
        Some(record(reading, kind, Some(title), number, self.place))
    }
}

/// The first number in what stands in brackets behind a title.
fn number_in(inside: &[char]) -> Option<String> {
    (0..inside.len()).find_map(|n| {
        if let Some(place) = numbered(inside, n) {
            return Some(written(&inside[place]));
        }
        let begins_here = n == 0 || matches!(inside[n - 1], ',' | '、' | ';' | ' ' | '日');
        let length = order(&inside[n..]).or_else(|| standard(&inside[n..])).filter(|_| begins_here)?;
        inside
            .get(n..n + length)
            .map(|number| if standard(number).is_some() { number.iter().collect() } else { written(number) })
    })
}

/// 以下简称《条例》, 以下简称“条例”, 简称《条例》
fn alias(inside: &[char]) -> Option<String> {
    let at = (0..inside.len()).find(|&n| begins(&inside[n..], "简称"))? + 2;
    let rest = &inside[at..];
    let open = rest.iter().take(3).position(|c| matches!(c, '《' | '“' | '"' | '「'))?;
    let close = rest.iter().skip(open + 1).position(|c| matches!(c, '》' | '”' | '"' | '」'))?;
    Some(rest[open + 1..open + 1 + close].iter().collect()).filter(|name: &String| !name.is_empty())
}

/// The title behind 以下简称 is the short form of the one before.
fn is_alias_here(text: &[char], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    ends(before, "简称") || ends(before, "简称为") || ends(before, "简称:")
}

/// What a work is, by the last word of its title.
fn kind(title: &str, number: Option<&str>) -> CitationKind {
    let mut name = title.trim_end_matches(is_blank);
    // （试行）（2020年修订） and 第三版 behind the title.
    while let Some(open) = name.ends_with(['）', ')', '〉', '】']).then(|| name.rfind(['（', '(', '【'])).flatten()
    {
        let Some(bare) = name.get(..open).filter(|bare| !bare.is_empty()) else { break };
        name = bare.trim_end_matches(is_blank);
    }
    let name = name.trim_end_matches(['》', '〉']);
    if number.is_some_and(|number| standard(&number.chars().collect::<Vec<_>>()).is_some()) {
        return CitationKind::Standard;
    }
    let is_law = ["法典", "宪法"].iter().any(|word| name.ends_with(word))
        || name.ends_with('法') && NO_LAWS.ends(name).is_none();
    if is_law {
        return CitationKind::Law;
    }
    match DOCUMENT_TYPES.ends(name).and_then(|word| word.meaning) {
        Some("rules") => CitationKind::Rules,
        Some("paper") | None if number.is_none() => CitationKind::Other,
        _ => CitationKind::Document,
    }
}

fn record(
    reading: &Reading<'_>,
    kind: CitationKind,
    title: Option<String>,
    number: Option<String>,
    place: Range<usize>,
) -> CitationRecord {
    CitationRecord {
        schema: CITATION_SCHEMA.to_owned(),
        doc_id: reading.document.id.clone(),
        section_id: reading.section_id(place.start),
        kind,
        title,
        document_number: number,
        start: place.start,
        end: place.end,
    }
}
