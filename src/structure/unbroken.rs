//! A whole document in one line, as pages print it that lost their line breaks: the line is cut where that is certain.
//!
//! Nothing is edited: what was one line is dealt out as several. It is done only where one line holds nearly all of the
//! text and counts 一、二、 at beginnings of sentences, so that a paragraph with a list in it stays a paragraph.

use crate::text::{is_blank, is_ideograph, parse_date};

use super::items::items;
use super::kind::Kind;
use super::lines::{Line, Text, behind_label};
use super::marker::Marker;
use super::names::is_body;
use super::roles::is_remark;
use super::sentence::{clauses, theme};
use super::shape::shape;

/// The line holds at least so many of ten characters of the text.
const SHARE: usize = 7;
/// A paragraph of several sections has at least so many characters.
const SECTIONS: usize = 24;
/// A heading without a mark behind it, above the first section in it, has at most so many characters.
const HEADING: usize = 30;
/// What says when a text was adopted has at most so many characters.
const ADOPTED: usize = 120;
/// What lists in running text are numbered with.
const LISTED: [Kind; 4] = [Kind::CnParen, Kind::Arabic, Kind::ArabicParen, Kind::Circled];
/// Who signs and the day have at most so many characters.
const SIGNATURE: usize = 60;

/// Cuts the line that holds a whole document.
pub(super) fn split_whole_documents(text: &mut Text) {
    let all: usize = text.lines.iter().map(Line::len).sum();
    let Some(n) = text.lines.iter().position(|line| !line.table && line.len() * 10 >= all * SHARE) else { return };
    let line = text.lines[n];
    let cuts = cuts(text, &line);
    if cuts.is_empty() {
        return;
    }
    let starts = std::iter::once(line.start).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([line.end]);
    let piece =
        |(start, end): (usize, usize)| Line { centred: false, ..text.piece(&line, start, text.trim_end(start, end)) };
    let pieces: Vec<Line> = starts.zip(ends).filter(|(start, end)| start < end).map(piece).collect();
    text.lines.splice(n..=n, pieces);
}

/// Cuts `某条例（2020年3月1日县人大常委会通过）第一章　总则`: the title, when it was adopted, and the first chapter.
pub(super) fn split_adopted(text: &mut Text) {
    let mut lines = Vec::with_capacity(text.lines.len());
    for line in &text.lines {
        let Some((open, chapter)) = adopted(text, line) else {
            lines.push(*line);
            continue;
        };
        let pieces = [(line.start, open), (open, chapter), (chapter, line.end)];
        let pieces = pieces.map(|(start, end)| text.piece(line, start, text.trim_end(start, end)));
        lines.extend(pieces.into_iter().filter(|piece| piece.len() > 0));
    }
    text.lines = lines;
}

/// Where the remark opens that says when a text was adopted, and where its first chapter begins behind it.
fn adopted(text: &Text, line: &Line) -> Option<(usize, usize)> {
    let view = &text.folded[..line.end];
    let open = (line.start..line.end).take(HEADING).find(|&at| view[at] == '(').filter(|_| !line.table)?;
    let close = (open..line.end).take(ADOPTED).find(|&at| view[at] == ')')?;
    let chapter = text.skip_blanks(close + 1, line.end);
    if view.get(chapter) != Some(&'第') || line.marker().is_some() || !is_remark(&view[open..=close]) {
        return None;
    }
    let first = text.readings_at(chapter, line.end)[0]?;
    let opens = matches!(first.kind, Kind::Book | Kind::Part | Kind::Chapter | Kind::Article) && first.number == 1;
    let plain = !view[line.start..open].iter().any(|c| "。;:,".contains(*c));
    (opens && plain && shape(text, &first, line.end).score >= 0).then_some((open, chapter))
}

/// Cuts a paragraph of several sections: `（一）完善制度。修订三项。（二）强化培训。组织六期。`
///
/// It begins with a marker, the others stand at beginnings of sentences and count on, and each has a heading and a text:
/// a list without headings is one of items.
pub(super) fn split_sections(text: &mut Text) {
    let mut lines = Vec::with_capacity(text.lines.len());
    for line in &text.lines {
        let starts = sections(text, line);
        if starts.len() < 2 {
            lines.push(*line);
            continue;
        }
        let ends = starts.iter().copied().skip(1).chain([line.end]);
        let pieces = starts.iter().copied().zip(ends);
        lines.extend(pieces.map(|(start, end)| text.piece(line, start, text.trim_end(start, end))));
    }
    text.lines = lines;
}

/// Cuts `答：（一）…` where a line below counts on: the answer is a list, and its first item stands behind the label.
pub(super) fn split_answers(text: &mut Text) {
    let mut lines = Vec::with_capacity(text.lines.len());
    for (n, line) in text.lines.iter().enumerate() {
        match first_of_answer(text, n) {
            Some(at) => {
                lines.push(text.piece(line, line.start, text.trim_end(line.start, at)));
                lines.push(text.piece(line, at, line.end));
            }
            None => lines.push(*line),
        }
    }
    text.lines = lines;
}

/// Where item 1 begins behind 答：, if item 2 begins a line before the next question.
fn first_of_answer(text: &Text, n: usize) -> Option<usize> {
    let line = &text.lines[n];
    let label = |line: &Line, word: char| behind_label(text.view(line), word);
    let at = text.skip_blanks(line.start + label(line, '答').filter(|_| !line.table)?, line.end);
    let first = text.readings_at(at, line.end)[0].filter(|first| first.number == 1 && first.kind > Kind::Article)?;
    let below = &text.lines[n + 1..];
    let answer = below.iter().position(|line| label(line, '答').is_some());
    // The line above the next answer asks.
    let below = answer.map_or(below, |answer| &below[..answer.saturating_sub(1)]);
    let next = below.iter().take_while(|line| label(line, '问').is_none()).find_map(|line| {
        let marker = line.readings.into_iter().flatten().find(|marker| marker.kind == first.kind)?;
        (marker.mark == first.mark).then_some(marker.number)
    });
    (next == Some(2)).then_some(at)
}

/// A paragraph that counts `1.力量不足；2.经费紧张；3.设备老化。` is a list in running text as 一是…二是… is, unless a line
/// below says that its number is one of a list of lines.
pub(super) fn leave_lists_in_paragraphs(text: &mut Text) {
    let mut open: Option<(Kind, u16)> = None;
    for n in 0..text.lines.len() {
        let line = text.lines[n];
        let Some(first) = line.marker().filter(|first| !line.table && LISTED.contains(&first.kind)) else { continue };
        let counts = || items(&text.folded, line.start, line.end).first().is_some_and(|item| item.start == line.start);
        let begins = open == Some((first.kind, first.number)) || (first.number == 1 && counts());
        open = None;
        let last = counted(text, &line, &first);
        let next = text.lines[n + 1..].iter().find_map(|line| line.number(first.kind));
        let counts_as_line = next.is_some_and(|next| first.number < next && next <= last);
        if begins && last > first.number && !counts_as_line {
            open = Some((first.kind, last + 1));
            text.lines[n].readings = [None; 2];
        }
    }
}

/// The last number of the run that a line begins with and goes on with; its first number where it does not.
fn counted(text: &Text, line: &Line, first: &Marker) -> u16 {
    let (mut last, mut restarts) = (first.number, false);
    let (mut open, mut boundary) = (0u32, false);
    for at in first.end..line.end {
        let c = text.folded[at];
        if boundary && open == 0 && !is_blank(c) {
            let marker = text.readings_at(at, line.end)[0];
            let sure =
                |marker: &Marker| marker.weight >= first.kind.weight() && shape(text, marker, line.end).score >= 0;
            let same = marker.filter(|marker| marker.kind == first.kind && marker.mark == first.mark && sure(marker));
            restarts |= same.is_some_and(|marker| marker.number == 1);
            last += u16::from(same.is_some_and(|marker| marker.number == last + 1));
        }
        match c {
            '“' | '《' => open += 1,
            '”' | '》' => open = open.saturating_sub(1),
            _ => {}
        }
        boundary = matches!(c, '。' | ';' | ':') || (boundary && is_blank(c));
    }
    // `1.甲类：1.一级；2.二级。` counts in its item 1.
    if restarts { first.number } else { last }
}

/// Where the sections of a paragraph begin; nothing if it is none.
fn sections(text: &Text, line: &Line) -> Vec<usize> {
    let kinds = [Kind::CnParen, Kind::Arabic];
    let Some(first) = line.marker().filter(|first| !line.table && kinds.contains(&first.kind)) else {
        return Vec::new();
    };
    if line.len() < SECTIONS {
        return Vec::new();
    }
    let found = candidates(text, line);
    let rest = run(inside(&found, first.end, line.end), first.kind, first.number + 1);
    let markers: Vec<Marker> = std::iter::once(first).chain(rest).collect();
    let ends = markers.iter().skip(1).map(|next| next.start).chain([line.end]);
    let headed = |(marker, end): (&Marker, usize)| {
        let words = &text.folded[text.skip_blanks(marker.end, end)..end];
        clauses(words).stop.is_some_and(|stop| stop <= HEADING && stop + 4 < words.len() && theme(&words[..stop]) > 0)
    };
    let all = markers.len() > 1 && markers.iter().zip(ends).all(headed);
    if all { markers.iter().map(|marker| marker.start).collect() } else { Vec::new() }
}

/// Where to cut: before 一、二、…, before the lists inside each of them, and before who signs.
fn cuts(text: &Text, line: &Line) -> Vec<usize> {
    let found = candidates(text, line);
    let chapters = run(&found, Kind::Cn, 1);
    let mut cuts: Vec<usize> = chapters.iter().map(|marker| marker.start).collect();
    let mut last = 0;
    for (n, chapter) in chapters.iter().enumerate() {
        let end = chapters.get(n + 1).map_or(line.end, |next| next.start);
        let inner = inside(&found, chapter.end, end);
        let headed = below_heading(text, chapter, end);
        let first = inner.iter().find(|marker| marker.kind == Kind::CnParen).copied();
        let first = headed.or(first).map_or(1, |marker| marker.number);
        if first != 1 && first != last + 1 {
            continue;
        }
        let mut parts = run(inner, Kind::CnParen, first);
        if let Some(marker) = headed.filter(|marker| parts.first().is_none_or(|part| part.start > marker.start)) {
            parts = run(inner, Kind::CnParen, first + 1);
            parts.insert(0, marker);
        }
        last = parts.last().map_or(last, |part| part.number);
        for (n, part) in parts.iter().enumerate() {
            cuts.push(part.start);
            let end = parts.get(n + 1).map_or(end, |next| next.start);
            let items = run(inside(&found, part.end, end), Kind::Arabic, 1);
            cuts.extend(items.iter().map(|item| item.start).filter(|_| items.len() > 1));
        }
    }
    if chapters.len() < 2 || (chapters.len() == 2 && cuts.len() == 2) {
        return Vec::new();
    }
    cuts.extend(signature(text, line));
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// Markers at beginnings of sentences, outside quotations and titles.
fn candidates(text: &Text, line: &Line) -> Vec<Marker> {
    let mut found = Vec::new();
    let (mut open, mut boundary) = (0u32, true);
    for at in line.start..line.end {
        let c = text.folded[at];
        if boundary && open == 0 && (c == '(' || is_ideograph(c) || c.is_ascii_digit()) {
            let marker = text.readings_at(at, line.end)[0];
            let marker = marker.filter(|marker| matches!(marker.kind, Kind::Cn | Kind::CnParen | Kind::Arabic));
            found.extend(marker.filter(|marker| marker.weight >= 30 && shape(text, marker, line.end).score >= 0));
        }
        match c {
            '“' | '《' => open += 1,
            '”' | '》' => open = open.saturating_sub(1),
            _ => {}
        }
        let wide = text.chars[at] == '\u{3000}';
        boundary = matches!(c, '。' | ';' | ':' | '!' | '?' | '”') || wide || (boundary && is_blank(c));
    }
    found
}

/// The markers that count on from `first`.
fn run(found: &[Marker], kind: Kind, first: u16) -> Vec<Marker> {
    let mut next = first;
    let mut run = Vec::new();
    for marker in found.iter().filter(|marker| marker.kind == kind) {
        if marker.number == next {
            run.push(*marker);
            next += 1;
        }
    }
    run
}

fn inside(found: &[Marker], start: usize, end: usize) -> &[Marker] {
    let first = found.partition_point(|marker| marker.start < start);
    let behind = found.partition_point(|marker| marker.start < end);
    &found[first..behind.max(first)]
}

/// `一、主要举措和成效（一）加强领导。`: the first section stands behind the heading of its chapter, without a mark.
fn below_heading(text: &Text, chapter: &Marker, end: usize) -> Option<Marker> {
    let reach = (chapter.end + HEADING).min(end);
    let at = (chapter.end + 2..reach).find(|&at| text.folded[at] == '(')?;
    let heading = &text.folded[chapter.end..at];
    let marker = text.readings_at(at, end)[0]?;
    let plain = !heading.iter().any(|c| "。;:,“《".contains(*c));
    (plain && marker.kind == Kind::CnParen).then_some(marker)
}

/// `…取得成效。青石镇人民政府2023年2月1日`
fn signature(text: &Text, line: &Line) -> Vec<usize> {
    let Some(stop) = (line.start..line.end).rev().take(SIGNATURE).find(|&at| text.folded[at] == '。') else {
        return Vec::new();
    };
    let body = text.skip_blanks(stop + 1, line.end);
    let digit = |at: &usize| text.folded[*at].is_ascii_digit() || "一二〇○".contains(text.folded[*at]);
    let day = (body..line.end)
        .filter(digit)
        .find(|&at| at > body && parse_date(&text.slice(at, line.end)).is_some())
        .filter(|&at| is_body(&text.folded[body..text.trim_end(body, at)]));
    day.map_or_else(Vec::new, |day| vec![body, day])
}
