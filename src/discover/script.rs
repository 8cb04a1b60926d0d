//! Object literals in scripts: `ajaxParam: { col: 1, unitid: '276315' }`, read without running anything.

use std::sync::LazyLock;

use scraper::Selector;

use crate::discover::pattern::selector;
use crate::page::{View, quoted, seen};
use crate::words::EMPTY_LISTS;

/// An object literal of a script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Literal {
    /// What stands before it: the key that it is the value of, the function that it is an argument of.
    pub(super) name: String,
    /// Its fields whose values are texts, numbers or words, in order; up to the first field that holds braces.
    fields: Vec<(String, String)>,
}

/// Whether a page without items most likely gets them by a script: it has one, and does not say that there is nothing.
pub fn is_filled_by_script(view: &View) -> bool {
    static SCRIPTS: LazyLock<Selector> = LazyLock::new(|| selector("script"));
    static BODY: LazyLock<Selector> = LazyLock::new(|| selector("body"));
    let html = view.html();
    let is_empty = |text: String| EMPTY_LISTS.is_in(&text);
    html.select(&SCRIPTS).next().is_some() && !html.select(&BODY).next().map(seen).is_some_and(is_empty)
}

/// What a pager or a request passes on is a handful of fields; data that a script carries is no concern of ours.
const MOST_FIELDS: usize = 64;

impl Literal {
    /// The value of a field, whatever the case of its name.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        field.map(|(_, value)| value.as_str())
    }

    /// Its fields, in order.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

/// The object literals of a text, in order. Each character is looked at once.
pub(super) fn literals(text: &str) -> impl Iterator<Item = Literal> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let open = rest.find('{')?;
            let name = name_before(text.get(..at + open)?);
            let mut reader = Reader { rest: rest.get(open + 1..)? };
            let fields = reader.fields();
            at = text.len() - reader.rest.len();
            if !fields.is_empty() {
                return Some(Literal { name, fields });
            }
        }
    })
}

/// The word before a literal, with its dots: `laypage.render({` is `laypage.render`.
fn name_before(text: &str) -> String {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "(=:".contains(c)).trim_end_matches(['\'', '"']);
    let begin = text.rfind(|c: char| !is_word(c) && c != '.').map_or(0, |at| at + 1);
    text.get(begin..).unwrap_or_else(|| text.trim_start_matches(|c| !is_word(c))).to_owned()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// Reads fields until the literal ends, a value holds braces, or what stands here is no field.
    fn fields(&mut self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        while fields.len() < MOST_FIELDS {
            self.skip_blanks();
            let Some(key) = self.quoted().or_else(|| self.word()) else { break };
            self.skip_blanks();
            if !self.take(':') {
                break;
            }
            self.skip_blanks();
            let value = self.quoted().or_else(|| self.word());
            self.skip_blanks();
            let whole = self.rest.starts_with([',', '}', ')']) || self.rest.is_empty();
            if let Some(value) = value.filter(|_| whole) {
                fields.push((key, value));
            }
            if !self.skip_to_comma() {
                break;
            }
        }
        fields
    }

    /// Blanks and remarks.
    fn skip_blanks(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let end = match self.rest.get(..2) {
                Some("//") => self.rest.find('\n'),
                Some("/*") => self.rest.find("*/").map(|at| at + 2),
                _ => return,
            };
            self.rest = end.and_then(|end| self.rest.get(end..)).unwrap_or_default();
        }
    }

    fn take(&mut self, c: char) -> bool {
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// A text in quotes; it ends on its line.
    fn quoted(&mut self) -> Option<String> {
        let quote = self.rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let (text, rest) = quoted(self.rest, quote)?;
        self.rest = rest;
        Some(text)
    }

    /// A name or a number; a path needs no quotes in an attribute.
    fn word(&mut self) -> Option<String> {
        let end = self.rest.find(|c: char| !is_word(c) && !"./-".contains(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).filter(|(word, _)| !word.is_empty())?;
        self.rest = rest;
        Some(word.to_owned())
    }

    /// Leaves a value that is no literal; `false` at the end of the object and before braces.
    fn skip_to_comma(&mut self) -> bool {
        let mut depth = 0_usize;
        for (at, c) in self.rest.char_indices() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                '{' | '}' | ';' => {
                    self.rest = self.rest.get(at..).unwrap_or_default();
                    return false;
                }
                ',' if depth == 0 => {
                    self.rest = self.rest.get(at + 1..).unwrap_or_default();
                    return true;
                }
                _ => {}
            }
        }
        self.rest = "";
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let written = |literal: Literal| {
            let fields: Vec<String> = literal.fields().map(|(key, value)| format!("{key}={value}")).collect();
            format!("{}:{}", literal.name, fields.join(","))
        };
        literals(text).map(written).collect()
    }

    #[test]
    fn literals_are_read_as_far_as_they_are_flat() {
        for (text, expect) in [
            (
                "Pager({size:3, current:0, prefix:'index',suffix:\"html\"});",
                &["Pager:size=3,current=0,prefix=index,suffix=html"][..],
            ),
            (
                "jpage({ perPage: 2, ajaxParam: { col: 1, path: '/', unitid: '276315' } })",
                &["jpage:perPage=2", "ajaxParam:col=1,path=/,unitid=276315"],
            ),
            ("querydata={'webId':'w1','tagId':'右侧列表'}", &["querydata:webId=w1,tagId=右侧列表"]),
            (
                "laypage.render({elem: 'p', pages: 7, jump: function (o) { go(o) }, curr: 1})",
                &["laypage.render:elem=p,pages=7"],
            ),
            ("a({ x: f(1, 2), // one\n y: 'it\\'s', z: b + 1, w: -1 })", &["a:y=it's,w=-1"]),
            ("if (a) { b() } else { c: 1 }", &["else:c=1"]),
            ("{a:'x\n', b:1}", &[":b=1"]),
            ("{{{{", &[]),
            ("文{ 年: 2023", &["文:年=2023"]),
        ] {
            assert_eq!(read(text), expect, "{text}");
        }
    }

    #[test]
    fn a_long_script_of_braces_is_read_once() {
        let text = "{a:'{a:\"".repeat(50_000);
        assert!(literals(&text).count() <= 50_000);
    }
}
