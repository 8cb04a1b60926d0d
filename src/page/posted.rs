//! The day that a portal puts under a title without a label: `2023-02-28 10:20　点击：[12]`.

use super::label::{Label, LabelLine};
use super::line_class::{holds_tool, is_furniture, is_sentence};
use crate::text::{DateTime, dates, is_blank, is_ideograph, parse_datetime};
use crate::words::BODIES;

/// Most characters of the name of the body that posted a page.
const LONGEST_NAME: usize = 16;
/// What parts a day from the names beside it.
const STROKES: &str = "|｜│丨/·•";

/// A line that begins with a day and goes on with nothing but what portals put there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PostedDay {
    pub(crate) day: DateTime,
    /// No document writes it so: with a time, with labels or tools behind it, in figures and in brackets.
    pub(crate) is_certain: bool,
}

/// The day of such a line.
pub(crate) fn posted(line: &str) -> Option<PostedDay> {
    let frames = |c: char| is_blank(c) || "[]【】（）()|".contains(c);
    let text = line.trim_matches(frames);
    let found = dates(text).next().filter(|found| found.start == 0)?;
    let said: String = text.chars().take(found.end).collect();
    let (in_figures, timed) = (!said.contains('年'), found.value.time.is_some());
    let behind: String = text.chars().skip(found.end).collect();
    let (behind, weekday) = without_weekday(&behind);
    let parts = |c: char| frames(c) || STROKES.contains(c);
    let is_apart = weekday || behind.starts_with(parts);
    let rest = behind.trim_start_matches(parts);
    // （2021年3月16日 来源：县政府办）
    let by = |label| matches!(label, Label::Publisher | Label::Author | Label::Views);
    let is_credited = || is_apart && LabelLine::read(rest, &[]).leads_with(by);
    // （2021年3月16日通过）: a document says it of itself.
    if !in_figures && !timed && line.trim_start_matches(is_blank).starts_with(['（', '(']) && !is_credited() {
        return None;
    }
    let labelled = || LabelLine::read(rest, &[]).leads() || is_furniture(rest) || holds_tool(rest);
    let is_certain = if rest.is_empty() {
        timed || in_figures && (weekday || text != line.trim_matches(is_blank))
    } else if labelled() {
        true
    } else {
        if !holds_names(rest) || goes_on(rest) || is_sentence(rest) || !(timed || in_figures && is_apart) {
            return None;
        }
        true
    };
    Some(PostedDay { day: found.value, is_certain })
}

/// The line is a day in figures with a time, and nothing else.
pub(crate) fn is_posted_alone(line: &str) -> bool {
    let line = line.trim_matches(|c: char| is_blank(c) || "[]【】（）()".contains(c));
    !line.contains('年') && parse_datetime(line).is_some_and(|day| day.time.is_some())
}

/// The day in figures that a line begins with, and what stands behind it: 2023-02-28 / 县政府办.
pub(crate) fn posted_name(line: &str) -> Option<(&str, &str)> {
    let found = dates(line).next().filter(|found| found.start == 0 && !line.contains('年'))?;
    let at = line.char_indices().nth(found.end).map(|(at, _)| at)?;
    let (day, rest) = line.split_at_checked(at)?;
    let apart = |c: char| is_blank(c) || STROKES.contains(c);
    rest.starts_with(apart).then(|| (day, rest.trim_matches(apart)))
}

/// The day in figures behind a name in brackets, whatever tools follow: `[县政府办] 2023-02-28 字号：T | T`.
pub(crate) fn bracketed_name(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix(['[', '【'])?.split_once([']', '】'])?;
    let rest = rest.trim_start_matches(is_blank);
    let found = dates(rest).next().filter(|found| found.start == 0)?;
    let at = rest.char_indices().nth(found.end).map_or(rest.len(), |(at, _)| at);
    let (day, behind) = rest.split_at_checked(at).filter(|(day, _)| !day.contains('年'))?;
    let behind = behind.trim_matches(is_blank);
    let is_ended = behind.is_empty() || LabelLine::read(behind, &[]).leads();
    (is_ended && is_posting_name(name)).then_some((day, name))
}

/// How many characters of a text are addresses of sites: 云溪县政府网 www.yunxi.gov.cn.
pub(crate) fn address_chars(text: &str) -> usize {
    let is_address = |word: &&str| {
        word.matches('.').count() > 1 && word.chars().all(|c| c.is_ascii_alphanumeric() || "./-:".contains(c))
    };
    let words = text.split(is_blank).filter(is_address).filter(|word| word.contains(|c: char| c.is_ascii_alphabetic()));
    words.map(str::len).sum()
}

/// A name as it stands beside the day of posting.
pub(crate) fn is_posting_name(text: &str) -> bool {
    (2..=LONGEST_NAME).contains(&text.chars().count()) && text.chars().all(is_ideograph) && !goes_on(text)
}

/// What stands behind a day without that of the week, and whether one was there: 星期三, （周三）.
fn without_weekday(behind: &str) -> (&str, bool) {
    let text = behind.trim_start_matches(is_blank);
    let bare = text.strip_prefix(['（', '(']).unwrap_or(text);
    let rest = bare.strip_prefix("星期").or_else(|| bare.strip_prefix('周'));
    let rest = rest.and_then(|rest| rest.strip_prefix(['一', '二', '三', '四', '五', '六', '日', '天']));
    // The frame of a line may have been taken off already.
    let closed = |rest| match str::strip_prefix(rest, ['）', ')']) {
        _ if bare.len() == text.len() => Some(rest),
        None if rest.is_empty() => Some(rest),
        behind => behind,
    };
    let ends = |rest: &&str| bare.len() < text.len() || !rest.starts_with(is_ideograph);
    rest.and_then(closed).filter(ends).map_or((behind, false), |rest| (rest, true))
}

/// Names, and how often a page was looked at: `县政府办 | 12次`.
fn holds_names(rest: &str) -> bool {
    let is_name = |part: &str| part.chars().all(is_ideograph);
    // 12次, 点击12次
    let is_count = |part: &str| {
        let part = ["点击", "阅读", "浏览"].iter().find_map(|word| part.strip_prefix(word)).unwrap_or(part);
        let unit = part.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.len() < part.len() && matches!(unit, "次" | "人" | "人次")
    };
    let parts = |c: char| is_blank(c) || "[]【】".contains(c) || STROKES.contains(c);
    let mut parts = rest.split(parts).filter(|part| !part.is_empty());
    rest.chars().count() <= LONGEST_NAME + 4 && parts.all(|part| is_name(part) || is_count(part))
}

/// The day behind the name of who posted the page: `县政府办 2023-02-28`, `县政府办 发布于 2023-02-28`,
/// `由 县政府办 于 2023-02-28 发布`.
pub(crate) fn posted_by(line: &str) -> Option<DateTime> {
    /// Most bytes of such a line.
    const LONGEST: usize = 160;
    if line.len() > LONGEST || is_sentence(line) {
        return None;
    }
    let Some(found) = dates(line).next().filter(|found| found.start > 0) else { return submitted(line) };
    let at = |chars: usize| line.char_indices().nth(chars).map_or(line.len(), |(at, _)| at);
    let (before, said, behind) =
        (line.get(..at(found.start))?, line.get(at(found.start)..at(found.end))?, line.get(at(found.end)..)?);
    let strokes = |c: char| is_blank(c) || STROKES.contains(c);
    let (name, rest) = (before.trim_matches(strokes), behind.trim_matches(strokes));
    // A site that is made with a program from abroad; 文/林晓　图/李明　2023-02-28.
    if name.eq_ignore_ascii_case("posted on")
        || !said.contains('年') && rest.is_empty() && is_byline(before)
        || bracketed_name(line).is_some()
    {
        return Some(found.value);
    }
    if let Some(name) = name.strip_suffix('于').filter(|_| ["发布", "发表", "提交", "上传"].contains(&rest)) {
        let name = name.strip_prefix("本文").unwrap_or(name).strip_prefix('由')?;
        return (name.chars().count() <= LONGEST_NAME).then_some(found.value);
    }
    let is_span = rest.starts_with(is_ideograph) && goes_on(rest);
    let is_ended = holds_names(rest) && !is_span || LabelLine::read(rest, &[]).leads();
    let is_name = |name: &str| {
        let name = name.trim_end_matches(is_blank);
        (2..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(is_ideograph)
    };
    let says = ["发布于", "发表于"].iter().find_map(|verb| name.strip_suffix(verb));
    // 施工日期 2023-02-28: only a body is certain to have posted it.
    let is_body = !said.contains('年') && name.len() < before.len() && BODIES.ends(name).is_some() && is_name(name);
    (is_ended && (says.is_some_and(is_name) || is_body)).then_some(found.value)
}

/// Who wrote and who took the pictures, and nothing else: 文/林晓　图/李明, 图文：林晓.
fn is_byline(text: &str) -> bool {
    const ROLES: [&str; 10] = ["文", "图", "摄", "图文", "文图", "摄影", "撰文", "文字", "图片", "记者"];
    const MARKS: [char; 4] = ['/', '／', ':', '：'];
    let is_part = |part: &str| match part.split_once(MARKS) {
        Some((role, name)) => ROLES.contains(&role) && name.chars().all(|c| is_ideograph(c) || c == '、'),
        // 文/林晓 李明
        None => part.chars().count() < 4 && part.chars().all(is_ideograph),
    };
    let mut parts = text.split(is_blank).filter(|part| !part.is_empty());
    text.chars().count() <= 2 * LONGEST_NAME && text.contains(MARKS) && text.ends_with(is_blank) && parts.all(is_part)
}

/// The day as a program from abroad prints it, month first: 由 webmaster 于 周三, 11/08/2023 - 10:22 提交,
/// webmaster 提交于 周三, 11/08/2023 - 10:22.
fn submitted(line: &str) -> Option<DateTime> {
    let verb = ["提交", "发布", "发表"].iter().any(|verb| line.ends_with(verb) || line.contains(&format!("{verb}于")));
    let is_framed = verb && (line.starts_with('由') || line.contains('于'));
    let mut words = line.split(|c: char| is_blank(c) || ",，".contains(c)).filter(|word| !word.is_empty());
    let day = words.find(|word| word.len() == 10 && word.matches('/').count() == 2).filter(|_| is_framed)?;
    let (month, rest) = day.split_once('/')?;
    let (day, year) = rest.split_once('/')?;
    let time = words.find(|word| word.contains(':')).unwrap_or_default();
    parse_datetime(format!("{year}-{month}-{day} {time}").trim_end())
}

/// What stands behind a day makes it part of a span or a phrase: 2023-02-28至2023-03-05, 2023-02-28前.
pub(crate) fn goes_on(behind: &str) -> bool {
    dates(behind).next().is_some() || behind.starts_with(|c: char| !is_ideograph(c) || "至到前后起止以之".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_with_what_portals_put_behind_it_is_that_of_posting() {
        for line in [
            "2021年03月16日 09:12　作者：　点击：[12]",
            "2021-3-16 9:12:33 【大 中 小】",
            "2021-03-16 阅读123次",
            "2021-03-16 县政府办",
            "2021年3月16日 09:12 县政府办",
            "（2021-03-16）",
            "[2021年3月16日] 浏览次数：12",
            "2021年3月16日　来源：县政府办",
            "2021-03-16 | 县政府办 | 12次",
            "2021-03-16 / 县政府办",
            "2021-03-16 · 县政府办",
            "2021年03月16日 星期二 09:12",
            "2021-03-16（周二）县政府办",
        ] {
            let found = posted(line).unwrap_or_else(|| panic!("{line}"));
            assert!(found.is_certain, "{line}");
            assert_eq!(found.day.date.to_string(), "2021-03-16");
        }
        for line in ["2021年3月16日", "2021-03-16", "2021年3月16日（星期二）", "2021年3月16日 星期二"]
        {
            assert_eq!(posted(line).map(|found| found.is_certain), Some(false), "{line}");
        }
    }

    #[test]
    fn a_sentence_a_span_and_a_title_that_begin_with_a_day_are_none() {
        for line in [
            "2021年3月16日，县长到青石镇调研。",
            "2021年3月16日县政府第3次常务会议通过",
            "2021年3月16日在县第十七届人民代表大会上",
            "2021-03-16至2021-03-20",
            "2021年3月16日云溪新闻",
            "（2021年3月16日）",
            "（2021年3月16日发布）",
            "2021-03-16 | 12",
            "2021年3月16日（星期二）上午在县政府三楼会议室",
            "2021年3月16日周二至周三",
            "发布时间：2021-03-16",
        ] {
            assert_eq!(posted(line), None, "{line}");
        }
    }

    #[test]
    fn a_day_behind_the_name_of_who_posted_it_is_that_of_posting() {
        for line in [
            "县政府办　2021-03-16",
            "县政府办 2021-03-16　浏览：12次",
            "县政府办 | 2021/3/16 | 12次",
            "县政府办 发布于 2021-03-16",
            "林晓发表于2021年3月16日",
            "本文由 县政府办 于 2021-03-16 发布",
            "由 webmaster 于 2021-03-16 09:12 提交",
            "Posted on 2021年3月16日",
            "[县政府办] 2021-03-16 字号：T | T",
            "【县政府办】2021-03-16",
            "由 webmaster 于 周二, 03/16/2021 - 09:12 提交",
            "webmaster 提交于 周二, 03/16/2021 - 09:12",
        ] {
            assert_eq!(posted_by(line).map(|day| day.date.to_string()).as_deref(), Some("2021-03-16"), "{line}");
        }
        for line in [
            "施工日期 2021-03-16",
            "县政府办2021-03-16",
            "县政府办 2021年3月16日",
            "县政府办 2021-03-16 起施行",
            "县政府办于2021年3月16日发布了《通知》。",
            "会议时间 2021-03-16",
            "2021-03-16",
            "[县政府办] 2021年3月16日",
            "[县政府办] 2021-03-16 公示期满",
            "[2021] 2021-03-16",
            "比分 03/16/2021",
            "材料于 13/16/2021 提交",
        ] {
            assert_eq!(posted_by(line), None, "{line}");
        }
    }
}
