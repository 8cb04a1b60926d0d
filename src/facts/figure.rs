//! Figures: numbers with a measure word or a unit, as they stand in running text.

use std::ops::Range;

use super::numeral::{Form, Numeral, numeral};
use super::reading::Reading;
use crate::model::{CitationRecord, FIGURE_SCHEMA, FigureRecord, Role};
use crate::text::{begins, ends};
use crate::words::{FIGURE_BOUNDS, FIGURE_BOUNDS_BEHIND, FIGURE_UNITS, NO_FIGURE_BOUNDS, UNIT_COMPOUNDS, Word};

/// The figures of a text, in reading order.
pub(super) fn figures(reading: &Reading<'_>, citations: &[CitationRecord]) -> Vec<FigureRecord> {
    let text = &reading.folded;
    let mut titles = citations.iter().map(|citation| citation.start..citation.end).peekable();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        // A number in the title or the number of another document is none of this text.
        while titles.next_if(|title| title.end <= at).is_some() {}
        if let Some(title) = titles.peek().filter(|title| title.contains(&at)) {
            at = title.end;
            continue;
        }
        let Some(number) = number_at(text, at) else {
            // The digits behind the first ones of what is no number are none either.
            at += 1 + text[at + 1..].iter().take_while(|c| text[at].is_ascii_digit() && c.is_ascii_digit()).count();
            continue;
        };
        at = number.place.end;
        if let Some(figure) = figure(text, number).filter(|figure| !is_apart(reading.role(figure.place.start))) {
            at = figure.place.end;
            figure.push(reading, &mut found);
        }
    }
    found
}

/// Parts of a paper whose numbers are days, addresses and copies.
fn is_apart(role: Option<Role>) -> bool {
    let apart = [
        Role::Title,
        Role::Addressee,
        Role::Toc,
        Role::AnnexNote,
        Role::Signature,
        Role::Date,
        Role::Cc,
        Role::Imprint,
        Role::Copies,
    ];
    role.is_some_and(|role| apart.contains(&role))
}

/// A number that is not a part of a longer one, of a word or of a name.
fn number_at(text: &[char], at: usize) -> Option<Numeral> {
    const BEFORE_DIGITS: [char; 5] = ['第', '〔', '·', '№', '#'];
    const BEFORE_WORDS: [char; 13] = ['每', '同', '另', '唯', '统', '专', '单', '之', '其', '任', '某', '逐', '进'];
    let before = text.get(..at)?;
    let last = before.last().copied().unwrap_or('\n');
    if let Some(share) = percent_in_words(text, at) {
        return Some(share);
    }
    let number = numeral(text, at).or_else(|| round(text, at))?;
    let in_digits = matches!(number.form, Form::Digits | Form::Scaled);
    // 8:30 is a time, 办理时限：3个工作日 is none.
    let is_time = last == ':' && before.iter().rev().nth(1).is_some_and(char::is_ascii_digit);
    let joined = in_digits
        && (last.is_ascii_alphanumeric() || matches!(last, '.' | '×' | '*' | '+' | '/' | '#' | '№') || is_time)
        // 2.3万 behind 了 is a number, 1.2.3 is a place.
        || text.get(number.place.end) == Some(&'.') && text.get(number.place.end + 1).is_some_and(char::is_ascii_digit);
    // 数十人 are several tens, 人数三十人 is a count.
    let is_several = last == '数' && matches!(text[at], '十' | '百' | '千' | '万' | '亿');
    let named = BEFORE_DIGITS.contains(&last)
        || (!in_digits && (BEFORE_WORDS.contains(&last) || ends_in_numeral(before) || is_several));
    (!joined && !named).then_some(number)
}

/// 上百个, 近千人: a power of ten that is said to be reached.
fn round(text: &[char], at: usize) -> Option<Numeral> {
    let value = match text.get(at)? {
        '百' => 100.0,
        '千' => 1000.0,
        '万' => 10_000.0,
        _ => return None,
    };
    let before = text.get(..at)?;
    let is_said =
        before.last().is_some_and(|c| matches!(c, '上' | '近')) && !ends(before, "以上") && !ends(before, "最近");
    is_said.then_some(Numeral { place: at..at + 1, value, is_rough: true, form: Form::Chinese })
}

/// 几 and 半 before a Chinese numeral belong to it, and so do further numerals.
fn ends_in_numeral(before: &[char]) -> bool {
    before.last().is_some_and(|c| "一二三四五六七八九十百千万亿零〇几半".contains(*c) || c.is_ascii_digit())
}

/// 百分之三十, 百分之九十五点六.
fn percent_in_words(text: &[char], at: usize) -> Option<Numeral> {
    const WORDS: &str = "百分之";
    if !begins(text.get(at..)?, WORDS) {
        return None;
    }
    let from = at + WORDS.chars().count();
    // 百 alone is no number elsewhere.
    let all = || {
        (text.get(from) == Some(&'百')).then_some(Numeral {
            place: from..from + 1,
            value: 100.0,
            is_rough: false,
            form: Form::Chinese,
        })
    };
    let whole = numeral(text, from).or_else(all)?;
    let mut value = whole.value;
    let mut end = whole.place.end;
    if text.get(end) == Some(&'点') {
        let part: String = text[end + 1..]
            .iter()
            .map_while(|c| "零一二三四五六七八九".chars().position(|digit| digit == *c))
            .map(|digit| digit.to_string())
            .collect();
        if let Ok(read) = format!("{value}.{part}").parse::<f64>()
            && !part.is_empty()
        {
            value = read;
            end += 1 + part.len();
        }
    }
    Some(Numeral { place: at..end, value, ..whole })
}

/// A number with its unit, and the other end if it is a range.
struct Figure {
    place: Range<usize>,
    low: Option<(Range<usize>, f64)>,
    value: f64,
    value_at: usize,
    is_rough: bool,
    unit: Option<String>,
}

/// The figure that a number opens; `None` if it is a day, an ordinal, a marker or a number without a unit.
fn figure(text: &[char], first: Numeral) -> Option<Figure> {
    let start = first.place.start;
    let is_share = begins(text.get(start..)?, "百分之");
    if is_share {
        let is_rough = first.is_rough || is_rough_around(text, &first.place);
        let (value_at, place) = (start, first.place);
        return Some(Figure { place, low: None, value: first.value, value_at, is_rough, unit: Some("%".to_owned()) });
    }
    if let Some((mark, second)) = range_end(text, &first.place, first.value)
        && let Some((length, unit)) = self::unit(text, &second)
    {
        // 3万—5万元, 10—20件, 5%—8%
        let low = (first.place, scaled_like(first.value, first.form, &second));
        let place = low.0.start..second.place.end + length;
        debug_assert!(mark < second.place.start);
        return Some(Figure {
            place,
            low: Some(low),
            value: second.value,
            value_at: second.place.start,
            is_rough: true,
            unit,
        });
    }
    let (length, unit) = self::unit(text, &first)?;
    let place = start..first.place.end + length;
    if let Some((_, second)) = range_end(text, &place, first.value)
        && let Some((length, other)) = self::unit(text, &second)
        && other == unit
    {
        // 3万元—5万元
        let end = second.place.end + length;
        let (value, value_at) = (second.value, second.place.start);
        return Some(Figure {
            place: start..end,
            low: Some((place, first.value)),
            value,
            value_at,
            is_rough: true,
            unit,
        });
    }
    let is_rough = first.is_rough || is_rough_around(text, &place);
    Some(Figure { place, low: None, value: first.value, value_at: start, is_rough, unit })
}

/// 3—5万元 is 30000 to 50000: the scale behind the second number counts for both.
fn scaled_like(value: f64, form: Form, second: &Numeral) -> f64 {
    let scale =
        if form == Form::Digits && second.form == Form::Scaled && value < second.value { second.value } else { 0.0 };
    let powers = [1e8, 1e4, 1e3, 1e2];
    match powers.iter().find(|power| scale >= **power && value * **power <= second.value) {
        Some(power) => value * power,
        None => value,
    }
}

/// The second number of a range, and where the mark between stands.
fn range_end(text: &[char], first: &Range<usize>, value: f64) -> Option<(usize, Numeral)> {
    let end = first.end;
    let rest = text.get(end..)?;
    let percent = usize::from(rest.first() == Some(&'%'));
    let mark = ["——", "—", "-", "–", "~", "～", "至", "到"]
        .iter()
        .find(|mark| begins(rest.get(percent..).unwrap_or_default(), mark))?;
    let at = end + percent + mark.chars().count();
    let second = numeral(text, at).filter(|second| second.value > value)?;
    Some((end + percent, second))
}

/// The unit behind a number with its length in characters; 10万 may have none.
fn unit(text: &[char], number: &Numeral) -> Option<(usize, Option<String>)> {
    let end = number.place.end;
    let rest = text.get(end..)?;
    let blank = usize::from(
        rest.first() == Some(&' ') && rest.get(1).is_some_and(|c| FIGURE_UNITS.starts_view(&[*c]).is_some()),
    );
    let rest = rest.get(blank..)?;
    let Some(word) = FIGURE_UNITS.starts_view(rest) else {
        let ends_here = rest.first().is_none_or(|c| "，。、；！）,;)+\n ".contains(*c));
        return (number.form == Form::Scaled && ends_here).then_some((0, None));
    };
    let length = word.text.chars().count();
    let behind = rest.get(length..).unwrap_or_default();
    if !counts_with(text, number, word) || goes_on(word, rest) {
        return None;
    }
    let mut name = word.text.replace('％', "%");
    // 万元/亩, 元/平方米
    let mut total = length + blank;
    if behind.first() == Some(&'/')
        && let Some(per) = FIGURE_UNITS.starts_view(behind.get(1..).unwrap_or_default())
    {
        name = format!("{name}/{}", per.text);
        total += 1 + per.text.chars().count();
    }
    Some((total, Some(name)))
}

/// Whether a number counts with a unit: 三次 does, 三个 and 2022年 do not.
fn counts_with(text: &[char], number: &Numeral, word: Word) -> bool {
    const MOST_OF_A_SPAN: f64 = 200.0;
    let before = text.get(..number.place.start).unwrap_or_default();
    let behind = text.get(number.place.end..).unwrap_or_default();
    let one = number.form == Form::OneDigit;
    // 一次 and 一件 are articles, 一批 and 十大 are no counts.
    if one && (text.get(number.place.start) == Some(&'一') || word.meaning.is_none()) {
        return false;
    }
    if word.meaning != Some("span") {
        return true;
    }
    let dated = before.last().is_some_and(|c| matches!(c, '年' | '月' | '于' | '在' | '自' | '至' | '日'));
    let within = ["内", "以内", "以上", "以下", "前", "来", "后", "期", "间", "制"];
    let counted = within.iter().any(|word| begins(behind.get(1..).unwrap_or_default(), word));
    let year = word.text == "年"
        && !begins(behind, "年度")
        && !behind.get(1).is_some_and(|c| "级初底中末".contains(*c) || c.is_ascii_digit());
    let day = word.text == "日" && counted;
    let week = word.text == "周" && !begins(behind, "周边");
    number.value < MOST_OF_A_SPAN
        && !dated
        && (year || day || week || (number.is_rough && word.text != "日"))
        && !(one && word.text == "周")
}

/// Words that begin like a unit: 个人, 项目, 条例, 次日, 级别, 人民.
fn goes_on(word: Word, from_unit: &[char]) -> bool {
    let behind = word.behind(from_unit);
    if matches!(word.text, "级" | "类" | "届" | "分" | "成" | "门" | "面" | "头") {
        return !ends_clause(behind) && !matches!(word.text, "门" | "头" | "分" | "类");
    }
    UNIT_COMPOUNDS.starts_view(from_unit).is_some_and(|other| other.text.starts_with(word.text))
}

/// Whether the clause ends here or goes on with 以上 or 的.
fn ends_clause(behind: &[char]) -> bool {
    behind.first().is_none_or(|c| "，。、；！）,;)\n 的以".contains(*c))
}

/// 近, 约, 超 before it, 左右, 以上 behind it.
fn is_rough_around(text: &[char], place: &Range<usize>) -> bool {
    let before = text.get(..place.start).unwrap_or_default();
    let behind = text.get(place.end..).unwrap_or_default();
    // 以上 within a name of two characters at least: 路上3家 is no estimate.
    let is_bound = FIGURE_BOUNDS
        .ends_view(before)
        .is_some_and(|word| word.text != "上" || !text.get(place.start).is_some_and(char::is_ascii_digit));
    let is_another = NO_FIGURE_BOUNDS.ends_view(before).is_some();
    (is_bound && !is_another) || is_bounded(text, place.start) || FIGURE_BOUNDS_BEHIND.starts_view(behind).is_some()
}

/// 至少召开1次, 最高补贴20万元: the bound stands before a verb.
fn is_bounded(text: &[char], at: usize) -> bool {
    let clause = text.get(at.saturating_sub(6)..at).unwrap_or_default();
    let clause = clause.rsplit(|c| "，。、；：\n,;:".contains(*c)).next().unwrap_or_default();
    // A number between takes the bound for itself.
    let clause = clause.rsplit(char::is_ascii_digit).next().unwrap_or_default();
    let is_bound = |n: usize| FIGURE_BOUNDS.starts_view(&clause[n..]).is_some_and(|word| word.meaning == Some("bound"));
    (0..clause.len()).any(is_bound)
}

impl Figure {
    /// Its records: two for a range.
    fn push(self, reading: &Reading<'_>, found: &mut Vec<FigureRecord>) {
        let context = reading.clause(self.place.start, self.place.end);
        let record = |place: Range<usize>, value: f64| FigureRecord {
            schema: FIGURE_SCHEMA.to_owned(),
            doc_id: reading.document.id.clone(),
            section_id: reading.section_id(place.start),
            value,
            approximate: self.is_rough,
            unit: self.unit.clone(),
            context: context.clone(),
            start: place.start,
            end: place.end,
        };
        if let Some((place, value)) = self.low.clone() {
            found.push(record(place, value));
        }
        found.push(record(self.value_at..self.place.end, self.value));
    }
}
