//! The meta tags of a page, and the values in them and in labels that stand for nothing.

use super::tag::Tag;
use super::tree::Tree;
use crate::text::{clean_line, is_blank};
use crate::words::{PLACEHOLDERS, TEMPLATE_SIGNS};

/// `name` and `content` of every `<meta>`, in the order of the page.
#[derive(Debug, Default)]
pub(crate) struct MetaTags(Vec<(String, String)>);

impl MetaTags {
    pub(crate) fn new(tree: &Tree) -> Self {
        let tags = tree.all().iter().filter(|&at| tree.tag(at) == Some(Tag::Meta)).filter_map(|at| {
            let name = ["name", "property", "itemprop"].into_iter().find_map(|name| tree.attribute(at, name))?;
            Some((name.trim().to_ascii_lowercase(), tree.attribute(at, "content")?.to_owned()))
        });
        let mut tags: Vec<_> = tags.collect();
        tags.extend(tree.scripts().filter_map(day_in_linked_data).map(|day| (LINKED_DAY.to_owned(), day.to_owned())));
        Self(tags)
    }

    /// Every non-empty value of a name, in lower case.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = String> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| plain(value)).filter(|v| !v.is_empty())
    }

    /// The first value of the first of the names that has one.
    pub(crate) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.all(name).next())
    }

    /// The tag of this name that belongs to the article: the last one, since templates write the site's own before it.
    pub(crate) fn last(&self, name: &str) -> Option<String> {
        self.0.iter().rfind(|(known, _)| known == name).map(|(_, value)| plain(value)).filter(|value| !value.is_empty())
    }
}

/// The name under which the day of [`day_in_linked_data`] is kept.
const LINKED_DAY: &str = "ld:datepublished";

/// The day of publication in what a page says of itself as JSON-LD, in the terms of schema.org or of Baidu.
fn day_in_linked_data(script: &str) -> Option<&str> {
    if !script.trim_start().starts_with(['{', '[']) || !script.contains("\"@context\"") {
        return None;
    }
    let behind = |key: &str| script.split_once(key).map(|(_, rest)| rest.trim_start());
    let value = behind("\"datePublished\"").or_else(|| behind("\"pubDate\""))?;
    let value = value.strip_prefix(':')?.trim_start().strip_prefix('"')?;
    value.split_once('"').map(|(value, _)| value)
}

/// A value without the markup that some templates leave in it.
pub(crate) fn plain(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match tag.split_once('>') {
            Some((inside, after)) if is_tag && inside.len() < 200 => {
                text.push(' ');
                rest = after;
            }
            _ => {
                text.push('<');
                rest = tag;
            }
        }
    }
    text.push_str(rest);
    let text = text.replace("&nbsp;", " ").replace("&amp;", "&").replace("&ldquo;", "“").replace("&rdquo;", "”");
    clean_line(&text)
}

/// A value that stands for nothing: `null`, 无, or the text of a template that was not filled in.
pub(crate) fn is_placeholder(value: &str) -> bool {
    let value = value.trim_matches(|c: char| is_blank(c) || "[]【】()（）".contains(c));
    let lower = value.to_ascii_lowercase();
    value.chars().all(|c| !c.is_alphanumeric()) || PLACEHOLDERS.is(&lower) || TEMPLATE_SIGNS.is_in(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_value_is_dropped() {
        assert_eq!(plain("<div>青石镇&nbsp;报告</div> "), "青石镇 报告");
        assert_eq!(plain("关于<某事>的通知，a < b"), "关于<某事>的通知，a < b");
    }

    #[test]
    fn linked_data_says_when_a_page_was_published() {
        for (script, day) in [
            (
                r#"{"@context":"https://schema.org","datePublished":"2023-11-08T10:22:00+08:00"}"#,
                Some("2023-11-08T10:22:00+08:00"),
            ),
            (r#" [{"@context" : "x", "pubDate" : "2023-11-08"}]"#, Some("2023-11-08")),
            (r#"var a = {"@context":"x","datePublished":"2023-11-08"}"#, None),
            (r#"{"datePublished":"2023-11-08"}"#, None),
            (r#"{"@context":"x","datePublished":null}"#, None),
        ] {
            assert_eq!(day_in_linked_data(script), day, "{script}");
        }
    }

    #[test]
    fn what_stands_for_nothing_is_known() {
        for value in ["null", "无", "--", "〔〕", "${source}", "<$[信息来源]>", " ", "undefined"] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["本网", "无锡市人民政府", "青石镇"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
