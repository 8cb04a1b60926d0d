//! The patterns by which a profile names elements: a tag, an id, classes, attributes; no combinators.

use std::fmt;

use html5ever::LocalName;

/// One element, as `div#zoom.article`, `ucapcontent`, `[id^=con_con]` or `script[src*=jpage]`.
///
/// Patterns are tested on every element of every page, so they look at nothing but the element itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Local name, in lower case.
    pub tag: Option<LocalName>,
    /// The whole id.
    pub id: Option<String>,
    /// Classes that must all be there.
    pub classes: Vec<String>,
    /// Attributes that must all fit.
    pub attributes: Vec<AttributeTest>,
}

/// A test on one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeTest {
    /// Local name, in lower case.
    pub name: LocalName,
    /// How the value is compared.
    pub compare: Compare,
    /// What it is compared with.
    pub value: String,
}

/// How an attribute's value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `[name]`
    Present,
    /// `[name=value]`, letter case ignored
    Equals,
    /// `[name^=value]`
    StartsWith,
    /// `[name$=value]`
    EndsWith,
    /// `[name*=value]`
    Contains,
}

impl AttributeTest {
    /// Whether an attribute value fits.
    pub fn fits(&self, value: &str) -> bool {
        match self.compare {
            Compare::Present => true,
            Compare::Equals => value.eq_ignore_ascii_case(&self.value),
            Compare::StartsWith => value.starts_with(&self.value),
            Compare::EndsWith => value.ends_with(&self.value),
            Compare::Contains => holds(value, &self.value),
        }
    }
}

/// What `str::contains` says; that one prepares a search whose cost a class or an address is too short to earn back.
fn holds(value: &str, part: &str) -> bool {
    let Some((first, rest)) = part.as_bytes().split_first() else { return true };
    let mut windows = value.as_bytes().windows(part.len());
    windows.any(|window| window.split_first().is_some_and(|(head, tail)| head == first && tail == rest))
}

impl Pattern {
    /// Reads a pattern; the error says what is wrong with it.
    ///
    /// # Errors
    /// An empty pattern, an empty name, or anything that is more than one element.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pattern = Self { tag: None, id: None, classes: Vec::new(), attributes: Vec::new() };
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err("is empty".to_owned());
        }
        if let Some(at) = rest.find([' ', '>', ',', '+', '~', ':']).filter(|&at| !inside_brackets(rest, at)) {
            let what = rest.chars().find(|&c| rest.find(c) == Some(at)).unwrap_or(' ');
            return Err(format!("holds `{what}`: a pattern names one element, as `div#id.class[attr=value]`"));
        }
        let (tag, tail) = split_name(rest);
        pattern.tag = (!tag.is_empty()).then(|| tag.to_ascii_lowercase().into());
        rest = tail;
        while let Some(first) = rest.chars().next() {
            let body = rest.get(first.len_utf8()..).unwrap_or_default();
            rest = match first {
                '#' => {
                    let (name, tail) = split_name(body);
                    pattern.id = Some(named(name, "#")?);
                    tail
                }
                '.' => {
                    let (name, tail) = split_name(body);
                    pattern.classes.push(named(name, ".")?);
                    tail
                }
                _ => {
                    let (inside, tail) = body.split_once(']').ok_or("has a `[` without `]`")?;
                    pattern.attributes.push(attribute_test(inside)?);
                    tail
                }
            };
        }
        Ok(pattern)
    }
}

fn inside_brackets(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    before.rfind('[') > before.rfind(']') && after.contains(']')
}

fn split_name(text: &str) -> (&str, &str) {
    text.split_at(text.find(['#', '.', '[']).unwrap_or(text.len()))
}

fn named(name: &str, mark: &str) -> Result<String, String> {
    if name.is_empty() { Err(format!("has a `{mark}` without a name")) } else { Ok(name.to_owned()) }
}

fn attribute_test(text: &str) -> Result<AttributeTest, String> {
    let (name, compare, value) = match text.split_once('=') {
        None => (text, Compare::Present, ""),
        Some((name, value)) => match name.chars().last() {
            Some('^') => (name.trim_end_matches('^'), Compare::StartsWith, value),
            Some('$') => (name.trim_end_matches('$'), Compare::EndsWith, value),
            Some('*') => (name.trim_end_matches('*'), Compare::Contains, value),
            _ => (name, Compare::Equals, value),
        },
    };
    let value = value.trim_matches(['"', '\'']).to_owned();
    Ok(AttributeTest { name: named(name.trim(), "[")?.to_ascii_lowercase().into(), compare, value })
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag.as_deref().unwrap_or_default())?;
        if let Some(id) = &self.id {
            write!(f, "#{id}")?;
        }
        for class in &self.classes {
            write!(f, ".{class}")?;
        }
        for test in &self.attributes {
            let sign = match test.compare {
                Compare::Present => {
                    write!(f, "[{}]", test.name)?;
                    continue;
                }
                Compare::Equals => "=",
                Compare::StartsWith => "^=",
                Compare::EndsWith => "$=",
                Compare::Contains => "*=",
            };
            write!(f, "[{}{sign}{}]", test.name, test.value)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_prints_as_it_was_written() {
        for text in
            ["ucapcontent", "div#zoom", "#zoom.a.b", ".TRS_Editor", "script[src*=a b>c]", "[id^=con_con]", "td[nowrap]"]
        {
            assert_eq!(Pattern::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_part_of_a_value_is_found_wherever_it_stands() {
        for (value, part, found) in [
            ("ewb-list", "ewb-", true),
            ("x ewb-list", " ewb-", true),
            ("aab", "ab", true),
            ("a", "ab", false),
            ("", "", true),
        ] {
            assert_eq!(holds(value, part), found, "{value} {part}");
        }
    }

    #[test]
    fn a_pattern_that_is_not_one_element_says_why() {
        for (text, why) in [
            ("", "is empty"),
            ("div p", "holds ` `"),
            ("a>b", "holds `>`"),
            ("a:hover", "holds `:`"),
            ("div#", "`#` without a name"),
            ("[x", "`[` without `]`"),
        ] {
            let error = Pattern::parse(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
