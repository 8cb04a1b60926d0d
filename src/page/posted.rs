//! The day that a portal puts under a title without a label: `2023-02-28 10:20　点击：[12]`.

use super::label::LabelLine;
use super::line_class::{holds_tool, is_furniture, is_sentence};
use crate::text::{DateTime, dates, is_blank, is_ideograph};

/// Most characters of the name of the body that posted a page.
const LONGEST_NAME: usize = 16;

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
    // （2021年3月16日通过）: a document says it of itself.
    if !in_figures && !timed && line.trim_start_matches(is_blank).starts_with(['（', '(']) {
        return None;
    }
    let is_apart = behind.starts_with(frames);
    let rest = behind.trim_start_matches(frames);
    let labelled = || LabelLine::read(rest, &[]).leads() || is_furniture(rest) || holds_tool(rest);
    let is_certain = if rest.is_empty() {
        timed || in_figures && text != line.trim_matches(is_blank)
    } else if labelled() {
        true
    } else {
        let named = rest.chars().count() <= LONGEST_NAME && rest.chars().all(|c| is_ideograph(c) || is_blank(c));
        if !named || goes_on(rest) || is_sentence(rest) || !(timed || in_figures && is_apart) {
            return None;
        }
        true
    };
    Some(PostedDay { day: found.value, is_certain })
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
        ] {
            let found = posted(line).unwrap_or_else(|| panic!("{line}"));
            assert!(found.is_certain, "{line}");
            assert_eq!(found.day.date.to_string(), "2021-03-16");
        }
        for line in ["2021年3月16日", "2021-03-16"] {
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
            "发布时间：2021-03-16",
        ] {
            assert_eq!(posted(line), None, "{line}");
        }
    }
}
