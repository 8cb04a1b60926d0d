//! Reads the keys of one TOML table and collects every mistake instead of stopping at the first.
//!
//! `serde` stops at the first value of a wrong type, and `serde_ignored` knows no lines; a configuration of hundreds
//! of sources is repaired in one go only if every mistake is shown in one go. So the values are taken one by one
//! from the spanned document that the `toml` parser gives.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Display;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Problem;

/// No more mistakes of one file are shown.
const MOST_PROBLEMS: usize = 100;

/// One file that is being read, and where its mistakes are collected.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    /// Its name, as a reader should see it.
    pub(super) file: &'a str,
    /// Its text.
    pub(super) text: &'a str,
    /// The mistakes of all files so far.
    pub(super) problems: &'a RefCell<Vec<Problem>>,
}

impl Reading<'_> {
    /// The document as far as it can be read; syntax errors are collected, all of them.
    pub(super) fn document(&self) -> Spanned<DeTable<'_>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            self.report(error.span().map(|span| span.start), String::new(), error.message().to_owned());
        }
        table
    }

    /// Whether so many mistakes of this file are known that no more are taken: it is no configuration at all.
    fn is_hopeless(&self) -> bool {
        self.problems.borrow().iter().rev().take_while(|problem| problem.file == self.file).count() >= MOST_PROBLEMS
    }

    /// Notes a mistake at a byte offset of the text.
    pub(super) fn report(&self, at: Option<usize>, key: String, message: String) {
        if self.is_hopeless() {
            return;
        }
        let line = at.map(|at| 1 + self.text.bytes().take(at).filter(|&byte| byte == b'\n').count());
        self.problems.borrow_mut().push(Problem { file: self.file.to_owned(), line, key, message });
    }
}

/// A table and the keys that were asked for; what is left over at the end is unknown.
#[derive(Debug)]
pub(super) struct Keys<'a> {
    reading: Reading<'a>,
    path: String,
    table: Option<&'a DeTable<'a>>,
    asked: Vec<&'static str>,
}

impl<'a> Keys<'a> {
    /// The keys of the whole document.
    pub(super) fn of(reading: Reading<'a>, table: &'a DeTable<'a>) -> Self {
        Self { reading, path: String::new(), table: Some(table), asked: Vec::new() }
    }

    /// A table inside; one that is missing has no keys.
    pub(super) fn table(&mut self, key: &'static str) -> Self {
        let table = self.value(key).and_then(|value| {
            let table = value.get_ref().as_table();
            if table.is_none() {
                self.wrong(key, value, &format!("write a table `[{}]`", self.named(key)));
            }
            table
        });
        Keys { reading: self.reading, path: self.named(key), table, asked: Vec::new() }
    }

    /// A text.
    pub(super) fn text(&mut self, key: &'static str, example: &str) -> Option<String> {
        self.parsed(key, example, |text| Ok::<_, String>(text.to_owned()))
    }

    /// A text with a meaning, such as an address or a duration; `example` shows a right one.
    pub(super) fn parsed<T, E: Display>(
        &mut self,
        key: &'static str,
        example: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let value = self.value(key)?;
        self.parse(key, value, example, &parse)
    }

    /// A list of such texts; the good ones are given even if others are bad.
    pub(super) fn list<T, E: Display>(
        &mut self,
        key: &'static str,
        example: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<Vec<T>> {
        let value = self.value(key)?;
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(key, value, &format!("write a list such as [{example}]"));
            return None;
        };
        if items.is_empty() {
            self.wrong(key, value, &format!("write a list such as [{example}]"));
        }
        Some(items.iter().filter_map(|item| self.parse(key, item, example, &parse)).collect())
    }

    /// A whole number of this range.
    pub(super) fn count(&mut self, key: &'static str, range: RangeInclusive<usize>) -> Option<usize> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer().and_then(|number| {
            usize::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| range.contains(number))
        });
        if number.is_none() {
            let (least, most) = (range.start(), range.end());
            self.wrong(key, value, &format!("write a whole number, {least} or more and {most} or less"));
        }
        number
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(key, value, "write true or false");
        }
        flag
    }

    /// A share from 0 to 1.
    pub(super) fn share(&mut self, key: &'static str) -> Option<f64> {
        let value = self.value(key)?;
        let share = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(integer) => integer.as_str().parse().ok(),
            _ => None,
        };
        let share = share.filter(|share| (0.0..=1.0).contains(share));
        if share.is_none() {
            self.wrong(key, value, "write a share from 0 to 1, such as 0.05");
        }
        share
    }

    /// Notes that a key is missing that must be there.
    pub(super) fn require(&self, key: &str, example: &str) {
        if self.table.is_none_or(|table| table.get(key).is_none()) {
            self.reading.report(None, self.named(key), format!("missing; write {key} = {example}"));
        }
    }

    /// Reports a key that the program once had, with what to do instead.
    pub(super) fn outdated(&mut self, key: &'static str, message: &str) {
        if let Some(value) = self.value(key) {
            self.reading.report(Some(value.span().start), self.named(key), message.to_owned());
        }
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self) {
        for key in self.table.into_iter().flat_map(DeTable::keys) {
            // A key without a name is what is left of a syntax error, which has been reported.
            if key.get_ref().is_empty() || self.asked.iter().any(|asked| key.get_ref() == asked) {
                continue;
            }
            if self.reading.is_hopeless() {
                break;
            }
            let known = match nearest(key.get_ref(), &self.asked) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are {}", quoted(&self.asked)),
            };
            let message = format!("unknown key; {known}");
            self.reading.report(Some(key.span().start), self.named(key.get_ref()), message);
        }
    }

    fn value(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.table?.get(key)
    }

    fn parse<T, E: Display>(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        example: &str,
        parse: &impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(key, value, &format!("write a text such as {example}"));
            return None;
        };
        match parse(text) {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                let message = format!("`{}`: {error}; write it as {example}", without_password(text));
                self.reading.report(Some(value.span().start), self.named(key), message);
                None
            }
        }
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, right: &str) {
        let kind = value.get_ref().type_str();
        let is = self.reading.text.get(value.span()).filter(|text| text.len() < 40 && !text.contains('\n'));
        let is = is.map_or_else(|| format!("not a {kind} here"), |text| format!("`{text}` does not fit"));
        self.reading.report(Some(value.span().start), self.named(key), format!("{is}; {right}"));
    }

    fn named(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

/// A text to be shown: what stands before the host of an address is nobody's business.
fn without_password(text: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = text.split_once("://") else { return text.into() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match authority.rsplit_once('@') {
        Some((named, _)) => format!("{scheme}://…{}", rest.get(named.len()..).unwrap_or_default()).into(),
        None => text.into(),
    }
}

/// The known word that is most like this one, if any is alike enough to be meant.
pub(crate) fn nearest<'w>(word: &str, known: &[&'w str]) -> Option<&'w str> {
    let near = known.iter().map(|known| (distance(word, known), *known)).min()?;
    (near.0 <= near.1.chars().count().max(word.chars().count()) * 2 / 5).then_some(near.1)
}

/// The words as a list for a sentence.
pub(super) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Letters to insert, drop or change to get from one word to the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let changed = before + usize::from(left != *right);
            before = row[j + 1];
            row[j + 1] = changed.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_finds_the_known_one() {
        let known = ["interval", "concurrency", "start"];
        for (word, near) in [
            ("intervall", Some("interval")),
            ("concurency", Some("concurrency")),
            ("Start", Some("start")),
            ("x", None),
        ] {
            assert_eq!(nearest(word, &known), near, "{word}");
        }
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        for (text, shown) in [
            ("http://user:pass@www.example.gov.cn/a@b", "http://…@www.example.gov.cn/a@b"),
            ("http://a@b:c@www.example.gov.cn", "http://…@www.example.gov.cn"),
            ("http://www.example.gov.cn/a@b", "http://www.example.gov.cn/a@b"),
            ("mailto:you@example.org", "mailto:you@example.org"),
            ("报告", "报告"),
        ] {
            assert_eq!(without_password(text), shown);
        }
    }

    #[test]
    fn distance_counts_single_changes() {
        for (a, b, expect) in [("", "abc", 3), ("kitten", "sitting", 3), ("区域", "区", 1), ("same", "same", 0)] {
            assert_eq!(distance(a, b), expect);
        }
    }
}
