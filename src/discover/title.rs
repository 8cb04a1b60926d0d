//! The title of an item: what a link shows, without the day, the marks and the summary that stand inside of it.

use std::sync::LazyLock;

use regex::Regex;
use scraper::{ElementRef, Selector};

use super::day::{is_part, tile};
use super::pattern::{pattern, selector};
use crate::page::{pieces, seen};
use crate::text::{clean_line, find_date};
use crate::words::TITLE_MARKS;

/// The title of an item.
#[derive(Debug, Default)]
pub(super) struct Title {
    /// What a reader sees, or the longer `title` attribute.
    pub(super) text: String,
    /// Parts of a day that stand before or behind it in the same link: a tile with `20` above `2023.03`.
    pub(super) day_parts: Vec<String>,
}

impl Title {
    /// Reads a link: a heading or the first block if it wraps a whole card, else its text; the `title` attribute where
    /// that goes on behind a text that was cut.
    pub(super) fn of(element: ElementRef<'_>) -> Self {
        static HEADING: LazyLock<Selector> = LazyLock::new(|| selector("h1, h2, h3, h4, h5, h6"));
        let attribute = clean_line(element.attr("title").unwrap_or_default());
        let title = if let Some(heading) = element.select(&HEADING).next() {
            Self { text: seen(heading), ..Self::default() }
        } else if let Some(block) = first_block(element) {
            Self { text: block, ..Self::default() }
        } else if element.value().name() == "a" {
            shown(element)
        } else {
            longest(element)
        };
        let cut = title.text.trim_end_matches(['.', '…', '。', ' ']);
        let begins_alike = || attribute.chars().zip(cut.chars()).take(4).all(|(a, b)| a == b);
        if title.text.is_empty() || (attribute.chars().count() > cut.chars().count() && begins_alike()) {
            return Self { text: attribute, ..title };
        }
        title
    }
}

/// The text of a link without days and marks.
fn shown(element: ElementRef<'_>) -> Title {
    let all = pieces(element, &|_| false);
    let is_title = |piece: &&str| !is_date(piece) && !is_mark(piece);
    let parts: Vec<&str> = all.iter().map(String::as_str).filter(is_title).collect();
    let front = tile(&parts);
    let parts = parts.split_at_checked(front).unwrap_or_default();
    let back = parts.1.len() - tile_behind(parts.1);
    let (kept, behind) = parts.1.split_at_checked(back).unwrap_or_default();
    let mut day_parts: Vec<String> = parts.0.iter().chain(behind).map(|&part| part.to_owned()).collect();
    let text = without_date(&clean_line(&kept.concat()));
    let words: Vec<&str> = text.split(' ').collect();
    // In one text with the title only figures are a day for certain: titles begin with `3月20日` themselves.
    let n_day = tile(&words);
    let (day, title) = words.split_at_checked(n_day).unwrap_or_default();
    if n_day > 0 && !title.is_empty() && day.iter().all(|word| !word.contains(['年', '月', '日'])) {
        day_parts.extend(day.iter().map(|&word| word.to_owned()));
        return Title { text: title.join(" "), day_parts };
    }
    Title { text, day_parts }
}

/// The longest text of a row that is opened as a whole: its other cells hold a number, a day, an office.
fn longest(element: ElementRef<'_>) -> Title {
    let texts = pieces(element, &|_| false);
    let text = texts.into_iter().filter(|text| !is_date(text) && !text.split(' ').all(is_part));
    // Of equals the first.
    let text = text.reduce(|best, next| if next.chars().count() > best.chars().count() { next } else { best });
    Title { text: text.unwrap_or_default(), ..Title::default() }
}

/// How many texts at the end are a day in parts.
fn tile_behind(parts: &[&str]) -> usize {
    let lengths = (2..parts.len().min(5)).rev();
    let is_tile = |n: &usize| parts.get(parts.len() - n..).is_some_and(|end| tile(end) == *n);
    lengths.into_iter().find(is_tile).unwrap_or(0)
}

/// The text of the first block of a card (`<a><p>title</p><p>summary</p></a>`); `None` if there are not several.
fn first_block(element: ElementRef<'_>) -> Option<String> {
    static BLOCKS: LazyLock<Selector> = LazyLock::new(|| selector("p, div, dt, dd"));
    let leaf = |block: &ElementRef<'_>| block.select(&BLOCKS).next().is_none();
    let texts: Vec<String> = element.select(&BLOCKS).filter(leaf).map(seen).collect();
    let is_day = |text: &str| is_date(text) || text.split(' ').all(is_part);
    let mut titles = texts.into_iter().filter(|text| !is_day(text) && text.chars().count() > 4);
    let (first, second) = (titles.next()?, titles.next());
    second.map(|_| first)
}

/// What stands before or behind a title and is none of it.
fn is_mark(text: &str) -> bool {
    let word: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    TITLE_MARKS.is(&word) && text.chars().count() <= 6
}

/// The title without the bullet before it and the date behind it.
fn without_date(title: &str) -> String {
    static DATE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"[\s\[\(（【]+20\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\]\)）】]?$"));
    let title = ["[置顶]", "【置顶】", "［置顶］", "(置顶)", "（置顶）"]
        .iter()
        .find_map(|mark| title.trim_start().strip_prefix(mark))
        .unwrap_or(title);
    let title = title.trim_start_matches(['·', '•', '●', '■', '◆', '▪', '▶', '►', ' ', '\u{3000}']);
    DATE.replace(title, "").into_owned()
}

/// A date and nothing else, brackets aside.
fn is_date(text: &str) -> bool {
    find_date(text).is_some() && text.chars().all(|c| !c.is_alphabetic() || "年月日发布时间日期".contains(c))
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    #[test]
    fn a_day_inside_of_a_link_is_no_part_of_its_title() {
        const TITLE: &str = "青石镇2022年度法治政府建设情况报告";
        let whole = ["2023", "年春季植树活动通知"].concat();
        for (link, title, day) in [
            ("<span>03-20</span>{}", TITLE, "03-20"),
            ("<span>[03-20]</span>{}", TITLE, "[03-20]"),
            ("<i>20</i><em>2023.03</em><p>{}</p>", TITLE, "20 2023.03"),
            ("<i>20</i><em>2023-03</em>{}", TITLE, "20 2023-03"),
            ("<em>2023/03</em><i>20</i><span>{}</span>", TITLE, "2023/03 20"),
            ("<b>20</b><b>3月</b>{}", TITLE, "20 3月"),
            ("<b>3月</b><b>20日</b><b>2023</b>{}", TITLE, "3月 20日 2023"),
            ("<b>03-20</b><b>2023</b>{}", TITLE, "03-20 2023"),
            ("<div><p>20</p><p>2023-03</p></div><div>{}</div>", TITLE, "20 2023-03"),
            ("<div><p>20</p><p>2023-03</p></div><div><p>{}</p><p>全文见附件，欢迎查阅。</p></div>", TITLE, ""),
            ("<span>{}</span><i>20</i><em>2023.03</em>", TITLE, "20 2023.03"),
            ("20 2023.03 {}", TITLE, "20 2023.03"),
            ("[03-20] {}", TITLE, "[03-20]"),
            ("2023-03-20 {}", TITLE, "2023-03-20"),
            // The beginning of a title is none of these.
            ("<em>2023</em>年春季植树活动通知", &whole, ""),
            ("<em>20</em>项惠民措施公布", "20项惠民措施公布", ""),
            ("<em>3</em>月份工作安排", "3月份工作安排", ""),
            ("3月20日 全县停水通知", "3月20日 全县停水通知", ""),
            ("2023 年工作要点", "2023 年工作要点", ""),
            ("<b>12</b><b>345</b>热线月报", "12345热线月报", ""),
        ] {
            let html = Html::parse_fragment(&format!("<a>{}</a>", link.replace("{}", TITLE)));
            let read = Title::of(html.select(&selector("a")).next().unwrap());
            assert_eq!((read.text.as_str(), read.day_parts.join(" ").as_str()), (title, day), "{link}");
        }
    }
}
