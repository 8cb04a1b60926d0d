//! Texts that scripts put together from literals and variables: `'/a/' + id + '.html'`; nothing is run.

use std::sync::LazyLock;

use regex::Regex;

/// A text of more terms is put together by a program, not by a template.
const MOST_TERMS: usize = 12;

/// The text that an expression stands for; `None` if it is more than literals, numbers and known variables.
pub(crate) fn text_of(expression: &str, variable: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let (mut rest, mut text) = (expression.trim_start(), String::new());
    for _ in 0..MOST_TERMS {
        let (term, behind) = term(rest, variable)?;
        text.push_str(&term);
        rest = behind.trim_start();
        match rest.strip_prefix('+') {
            Some(next) => rest = next.trim_start(),
            None => return (rest.is_empty() || rest.starts_with([';', ')', ',', '}', '\n', '<'])).then_some(text),
        }
    }
    None
}

/// The value of a variable that a script sets to a text once: `var url = "/a/1.html";`.
pub(crate) fn variable(script: &str, name: &str) -> Option<String> {
    static ASSIGNMENT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b([A-Za-z_$][\w$]*)\s*=\s*").expect("a fixed pattern"));
    let mut values = ASSIGNMENT.captures_iter(script).filter(|found| &found[1] == name);
    let end = values.next()?.get(0)?.end();
    // A variable that is set again may hold anything.
    if values.next().is_some() {
        return None;
    }
    text_of(script.get(end..)?, &|_| None)
}

fn term<'a>(text: &'a str, variable: &dyn Fn(&str) -> Option<String>) -> Option<(String, &'a str)> {
    let first = text.chars().next()?;
    if matches!(first, '\'' | '"' | '`') {
        return quoted(text, first);
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && !"_$".contains(c)).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).filter(|(word, _)| !word.is_empty())?;
    if word.chars().all(|c| c.is_ascii_digit()) {
        return Some((word.to_owned(), rest));
    }
    if matches!(word, "encodeURI" | "encodeURIComponent" | "escape" | "String") {
        let (inner, behind) = term(rest.trim_start().strip_prefix('(')?.trim_start(), variable)?;
        return Some((inner, behind.trim_start().strip_prefix(')')?));
    }
    Some((variable(word)?, rest))
}

/// The text in quotes that another begins with, and what stands behind it; it ends on its line.
pub(crate) fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let (mut value, mut escaped) = (String::new(), false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return None,
            _ if escaped => {
                value.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            // A template that holds a variable.
            '$' if quote == '`' => return None,
            _ if c == quote => return Some((value, text.get(at + 1..)?)),
            _ => value.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_known_variables_are_put_together() {
        let known = |name: &str| (name == "id").then(|| "12".to_owned());
        for (expression, expect) in [
            ("'/a/1.html';", Some("/a/1.html")),
            ("\"/a/\" + id + '.html')", Some("/a/12.html")),
            ("'/a?id='+encodeURIComponent(id), '_blank'", Some("/a?id=12")),
            ("'/a/' + 7 + '.html'", Some("/a/7.html")),
            ("'it\\'s'", Some("it's")),
            ("'/a/' + other", None),
            ("location.pathname + '?x'", None),
            ("'/a' || b", None),
            ("'/a", None),
            ("", None),
        ] {
            assert_eq!(text_of(expression, &known).as_deref(), expect, "{expression}");
        }
        assert_eq!(variable("var url = '/a/1.html'; go(url)", "url").as_deref(), Some("/a/1.html"));
        assert_eq!(variable("var url = '/a'; url = '/b';", "url"), None, "set again");
        assert_eq!(variable("var url = f('/a')", "url"), None);
    }
}
