//! The day of publication: what the page shows, checked against its tags and its address.

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::head_days::{behind_address, behind_number, behind_tools, below_text, beside_name, of_badge};
use super::sources::Sources;
use crate::extract::explain::Trace;
use crate::extract::rules::DayRule;
use crate::model::{DayOrigin, Document, Warning, WarningCode};
use crate::page::{
    Label, LabelLine, Labelled, address_chars, behind, document_number, folded, goes_on, letters, line_class, posted,
    posted_by,
};
use crate::text::{DateTime, address_day, dates, is_blank, of_epoch, parse_datetime};
use crate::words::META_TAGS;

/// No portal is older.
const OLDEST: i16 = 1991;
/// Most characters that stand around a day that is alone in its line, and behind one that begins it.
const AROUND: (usize, usize) = (4, 24);
/// Most characters of a value behind which a day may stand.
const LONGEST_VALUE: usize = 79;

/// A day, where it was found, and by which rule.
#[derive(Clone)]
struct FoundDay {
    value: DateTime,
    origin: String,
    rule: DayRule,
}

/// Fills the day and, if a time is shown, the instant of publication.
pub(super) fn published(sources: &Sources<'_>, document: &mut Document, trace: &mut Trace<'_>) {
    let shown = shown_day(sources, document, trace);
    let tags = META_TAGS.iter().filter(|tag| tag.meaning == Some("published"));
    let mut tags = tags.map(|tag| tag.text).filter(|_| trace.allows(DayRule::Tag.name()));
    let tagged = tags.find_map(|tag| {
        let day = first_day(&sources.meta.first(&[tag])?)?;
        Some(FoundDay { value: day, origin: format!("meta {tag}"), rule: DayRule::Tag })
    });
    for FoundDay { value: day, origin, .. } in shown.iter().chain(&tagged) {
        trace.field("published", &day.date.to_string(), || origin.clone());
    }
    if let (Some(shown), Some(tagged)) = (&shown, &tagged)
        && shown.value.date != tagged.value.date
    {
        let detail = format!("shown {}, tagged {}", shown.value.date, tagged.value.date);
        document.warnings.push(Warning::of_document(WarningCode::DateConflict, detail));
    }
    let found = shown.or_else(|| Some(unless_made_anew(sources, tagged.clone()?, document, trace)));
    let found = found.or_else(|| document_day(sources, trace)).or_else(|| day_of_address(sources, trace));
    let Some(FoundDay { value: day, rule, .. }) = found else { return };
    trace.choose("published", &day.date.to_string(), rule.name());
    document.published = Some(day.date);
    document.published_from = Some(match rule {
        DayRule::Tag => DayOrigin::Meta,
        DayRule::Address => DayOrigin::Url,
        DayRule::Label
        | DayRule::DayLabel
        | DayRule::UnderTitle
        | DayRule::BehindValue
        | DayRule::BesideName
        | DayRule::Badge
        | DayRule::BelowText
        | DayRule::TimeElement
        | DayRule::DocumentDay => DayOrigin::Page,
    });
    let tagged = tagged.filter(|tagged| tagged.value.date == day.date).and_then(|tagged| time(&tagged.value));
    let time = match (time(&day), tagged) {
        // A template may print the hours of a clock of twelve.
        (Some(one), Some(other)) if one.duration_until(other).unsigned_abs().as_secs() == 12 * 3600 => {
            Some(one.max(other))
        }
        (shown, tagged) => shown.or(tagged),
    };
    document.published_at = time.map(|time| format!("{}T{}+08:00", day.date, time.strftime("%H:%M:%S")));
}

/// The day that the page shows, best label first.
fn shown_day(sources: &Sources<'_>, document: &Document, trace: &Trace<'_>) -> Option<FoundDay> {
    // 最后更新： stands in the foot of a site as often, and a text is changed after its publication.
    let is_late = |word: &str| ["最", "更新", "修改", "审核"].iter().any(|late| word.contains(late));
    let by_label = |label: Label, rule: DayRule, late: bool| {
        let mut found = sources.with(label).filter(|found| late || !is_late(found.word));
        let day =
            |found: &Labelled| Some(FoundDay { value: first_day(&found.value)?, origin: found.word.to_owned(), rule });
        found.find_map(day).filter(|_| trace.allows(rule.name()))
    };
    let allowed = |day: &FoundDay| trace.allows(day.rule.name());
    by_label(Label::Published, DayRule::Label, true)
        .or_else(|| by_label(Label::Day, DayRule::DayLabel, false))
        .or_else(|| bare_day(sources, document.title_lines.last()).filter(allowed))
        .or_else(|| day_behind_value(sources).filter(allowed))
        .or_else(|| unlabelled("day beside a name", DayRule::BesideName, beside_name(&sources.around)).filter(allowed))
        .or_else(|| unlabelled("day in a badge", DayRule::Badge, of_badge(&sources.around)).filter(allowed))
        .or_else(|| unlabelled("day below the text", DayRule::BelowText, below_text(sources)).filter(allowed))
        .or_else(|| by_label(Label::Day, DayRule::DayLabel, true))
        .or_else(|| of_time_element(sources).filter(allowed))
}

fn unlabelled(origin: &str, rule: DayRule, day: Option<DateTime>) -> Option<FoundDay> {
    Some(FoundDay { value: day?, origin: origin.to_owned(), rule })
}

/// The day that markup gives of a time in words: `<time datetime="2023-02-28">3 天前</time>`.
fn of_time_element(sources: &Sources<'_>) -> Option<FoundDay> {
    let value = sources.times.iter().find_map(|time| first_day(time))?;
    Some(FoundDay { value, origin: "time".to_owned(), rule: DayRule::TimeElement })
}

/// A day that stands for that of the publication where nothing else does: 生成日期; beside a 发文字号 it is the document's.
fn document_day(sources: &Sources<'_>, trace: &mut Trace<'_>) -> Option<FoundDay> {
    let rule = DayRule::DocumentDay;
    let made = |word: &str| word.contains("生成");
    if sources.with(Label::Number).any(|found| document_number::find_document_number(&found.value).is_some()) {
        return None;
    }
    let mut labels = sources.with(Label::Dated).filter(|found| made(found.word) && trace.allows(rule.name()));
    let found = labels.find_map(|found| Some((first_day(&found.value)?, found.word)));
    let (value, word) = found?;
    trace.field("published", &value.date.to_string(), || word.to_owned());
    Some(FoundDay { value, origin: word.to_owned(), rule })
}

/// The day in the address, where neither page nor tags say any.
fn day_of_address(sources: &Sources<'_>, trace: &mut Trace<'_>) -> Option<FoundDay> {
    let rule = DayRule::Address;
    let address = sources.url.and_then(|url| address_day(url.path()));
    // 成文日期 says when the text was written; one of the same day speaks for the address.
    let differs = |found: &Labelled| first_day(&found.value).is_some_and(|day| Some(day.date) != address);
    let address = address.filter(|_| !sources.with(Label::Dated).any(differs));
    let date = address.filter(|_| trace.allows(rule.name()))?;
    trace.field("published", &date.to_string(), || "address".to_owned());
    Some(FoundDay { value: DateTime { date, time: None }, origin: "address".to_owned(), rule })
}

/// A tag that is much later than the address says when the page was made anew, not when it was published.
fn unless_made_anew(
    sources: &Sources<'_>,
    tagged: FoundDay,
    document: &mut Document,
    trace: &mut Trace<'_>,
) -> FoundDay {
    let address = sources.url.and_then(|url| address_day(url.path()));
    let older = |day: jiff::civil::Date| day.checked_add(1.year()).is_ok_and(|later| later < tagged.value.date);
    let rule = DayRule::Address;
    let Some(address) = address.filter(|&day| older(day) && trace.allows(rule.name())) else { return tagged };
    let (said, found) = (tagged.value.date.to_string(), address.to_string());
    trace.field("published", &found, || "address".to_owned());
    let detail = format!("address {found}, tagged {said}");
    document.warnings.push(Warning::of_document(WarningCode::DateConflict, detail));
    FoundDay { value: DateTime { date: address, time: None }, origin: "address".to_owned(), rule }
}

/// A day alone in its line between the title and the body, or below a title in the box of the body.
fn bare_day(sources: &Sources<'_>, title: Option<&String>) -> Option<FoundDay> {
    let in_digits = |line: &&str| {
        let mut days = dates(line).filter(|_| !line.contains('年'));
        days.next().is_some_and(|day| day.start == 0 && line.chars().count() == day.end)
    };
    let below = sources.dropped.iter().copied().filter(|line| in_digits(line) || posted(line).is_some());
    let shown =
        |title: &String| sources.head.first().is_some_and(|head| behind(letters(head), &folded(title)).is_some());
    let is_titled = title.is_some_and(shown);
    let by = || sources.head.iter().find_map(|line| posted_by(line));
    let found = sources.head.iter().copied().chain(below).chain(sources.above).find_map(|line| {
        // The clock of a portal stands above the title.
        let tells_day = !is_titled && line.contains('年') && line.contains("星期");
        if tells_day || ["今天", "现在", "农历"].iter().any(|word| line.contains(word)) {
            return None;
        }
        let line = behind_tools(title.and_then(|title| line.strip_prefix(title.as_str())).unwrap_or(line));
        let line = behind_address(behind_number(line));
        if let Some(posted) = posted(line).filter(|posted| posted.is_certain || line.contains("星期")) {
            return Some(posted.day);
        }
        let text = LabelLine::read(line, &[]).before(line);
        // `[ 2023-02-28 ] [字体：大 中 小]`
        let text = text.trim_matches(|c: char| is_blank(c) || "[]【】|—".contains(c));
        let found = dates(text).next()?;
        let rest = text.chars().count().saturating_sub(found.end - found.start);
        // `2023年2月28日 10:30 某局`: what follows may name the body that published.
        let behind: String = text.chars().skip(found.end).collect();
        let behind = behind.trim_start_matches(is_blank);
        let is_head = || text.chars().nth(found.start + 4).is_some_and(|c| "-/.".contains(c)) && !goes_on(behind);
        let short = found.start == 0 && rest <= AROUND.1 && !line_class::is_sentence(text);
        let leads = short && (text != line || is_head());
        // `县政府办 2023-02-28 10:30`: the time of day tells that the site has put it there.
        // The address of the site may stand beside its name.
        let rest_said = rest.saturating_sub(address_chars(text));
        let named = found.value.time.is_some() && rest_said <= AROUND.1 && !line_class::is_sentence(text);
        (rest <= AROUND.0 || leads || named).then_some(found.value)
    });
    let value = found.or_else(by)?;
    Some(FoundDay { value, origin: "day under the title".to_owned(), rule: DayRule::UnderTitle })
}

/// A day without a label behind the value of another.
fn day_behind_value(sources: &Sources<'_>) -> Option<FoundDay> {
    let labels = sources.labels.iter().filter(|found| match found.label {
        Label::Publisher | Label::Author | Label::Views | Label::Credit => true,
        // 发布机构：县政府办 2023-02-28
        Label::Other => ["机构", "单位", "部门"].iter().any(|body| found.word.ends_with(body)),
        _ => false,
    });
    labels.filter(|found| found.value.chars().count() <= LONGEST_VALUE).find_map(|found| {
        let origin = format!("day behind {}", found.word);
        Some(FoundDay { value: first_day(&found.value)?, origin, rule: DayRule::BehindValue })
    })
}

fn time(day: &DateTime) -> Option<Time> {
    day.time.filter(|time| time.hour() != 0 || time.minute() != 0)
}

/// The first day of a value; of two glued values the first is the publication's.
fn first_day(value: &str) -> Option<DateTime> {
    dates(value)
        .map(|found| found.value)
        .find(|day| day.date.year() >= OLDEST)
        .or_else(|| compact_day(value))
        .or_else(|| of_clock(value))
        .or_else(|| of_century(value))
        .or_else(|| half_worded(value))
}

/// 2023年02-28, and perhaps a time.
fn half_worded(value: &str) -> Option<DateTime> {
    let (year, rest) = value.trim_matches(is_blank).split_once('年')?;
    let is_day = year.len() == 4 && rest.get(2..3) == Some("-");
    is_day.then(|| parse_datetime(&format!("{year}-{rest}"))).flatten()
}

/// 23-02-28, and perhaps a time.
fn of_century(value: &str) -> Option<DateTime> {
    let value = value.trim_matches(is_blank);
    let day = value.split(is_blank).next()?;
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let digits = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = parts.len() == 3 && parts.iter().all(digits);
    is_day.then(|| dates(&format!("20{value}")).next()).flatten().map(|found| found.value)
}

/// What programs print of their clock: Wed Nov 08 10:22:00 CST 2023, Nov 8, 2023 10:22:00 AM, milliseconds since 1970.
fn of_clock(value: &str) -> Option<DateTime> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let value = value.trim_matches(is_blank);
    if value.bytes().all(|byte| byte.is_ascii_digit()) && matches!(value.len(), 10 | 13) {
        return of_epoch(value.parse().ok()?).filter(|shown| shown.date.year() > 2000);
    }
    let words: Vec<&str> = value.split(|c: char| is_blank(c) || c == ',').filter(|word| !word.is_empty()).collect();
    let month = |word: &str| {
        let head = word.get(..3).filter(|_| word.is_ascii())?;
        MONTHS.iter().position(|month| head.eq_ignore_ascii_case(month))
    };
    let (at, month) = words.iter().enumerate().find_map(|(at, word)| Some((at, month(word)?)))?;
    // Nov 8, 2023, or Wed, 08 Nov 2023.
    let day = |at: usize| words.get(at)?.parse::<i8>().ok();
    let (day, at) = day(at + 1).map(|day| (day, at + 1)).or_else(|| Some((day(at.checked_sub(1)?)?, at)))?;
    let year = words
        .iter()
        .skip(at + 1)
        .find_map(|word| word.parse::<i16>().ok().filter(|year| (OLDEST..2100).contains(year)))?;
    Some(DateTime { date: Date::new(year, i8::try_from(month + 1).ok()?, day).ok()?, time: None })
}

/// `20230228`, and nothing else.
fn compact_day(value: &str) -> Option<DateTime> {
    let value = value.trim_matches(is_blank);
    let number = |from: usize, to: usize| value.get(from..to)?.parse::<i16>().ok();
    let digits = matches!(value.len(), 8 | 14) && value.bytes().all(|byte| byte.is_ascii_digit());
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (digits && date.year() >= OLDEST).then_some(DateTime { date, time: None })
}
