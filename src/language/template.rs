//! A text with gaps: `{n} pages of {source}`.

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Text(&'static str),
    Gap(&'static str),
}

/// A text with gaps. A gap whose name is `n`, or `n` and a digit, holds a number, `d` a day, any other holds anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Part>);

/// What the gaps of a template hold, by their names.
pub(super) type Filled<'t> = Vec<(&'static str, &'t str)>;

impl Template {
    /// Reads a template; braces that hold no name are text.
    pub(super) fn new(text: &'static str) -> Self {
        let mut parts = Vec::new();
        let mut from = 0;
        for (open, _) in text.match_indices('{') {
            let name = text.get(open + 1..).and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
            let Some(name) = name.filter(|name| is_name(name)) else { continue };
            parts.extend(text.get(from..open).filter(|text| !text.is_empty()).map(Part::Text));
            parts.push(Part::Gap(name));
            from = open + name.len() + 2;
        }
        parts.extend(text.get(from..).filter(|text| !text.is_empty()).map(Part::Text));
        Self(parts)
    }

    /// Whether there is no gap.
    pub(super) fn is_plain(&self) -> bool {
        self.0.iter().all(|part| matches!(part, Part::Text(_)))
    }

    /// How many bytes of it are no gaps: of two templates that fit, the one with more says more.
    pub(super) fn weight(&self) -> usize {
        self.0.iter().map(|part| if let Part::Text(text) = part { text.len() } else { 0 }).sum()
    }

    /// What its gaps hold in a text; `None` if it does not fit.
    pub(super) fn fit<'t>(&self, text: &'t str) -> Option<Filled<'t>> {
        let mut filled = Vec::new();
        let mut rest = text;
        let mut gap: Option<&'static str> = None;
        let mut is_quoted = false;
        for (n, part) in self.0.iter().enumerate() {
            match (*part, gap) {
                (Part::Gap(name), _) => gap = Some(name),
                (Part::Text(own), None) => {
                    rest = rest.strip_prefix(own)?;
                    is_quoted = own.ends_with('`');
                }
                (Part::Text(own), Some(name)) => {
                    let is_last = n + 1 == self.0.len();
                    let (held, behind) = if is_last { (rest.strip_suffix(own)?, "") } else { rest.split_once(own)? };
                    let whole = !(is_quoted && own.starts_with('`') && held.contains('`'));
                    if !whole || !may_hold(name, held) {
                        return None;
                    }
                    filled.push((name, held));
                    (rest, gap, is_quoted) = (behind, None, own.ends_with('`'));
                }
            }
        }
        match gap {
            Some(name) => {
                filled.push((name, rest));
                may_hold(name, rest).then_some(filled)
            }
            None => rest.is_empty().then_some(filled),
        }
    }

    /// The text with these in its gaps, each as `said` says it.
    pub(super) fn fill(&self, filled: &Filled<'_>, said: impl Fn(&str) -> String) -> String {
        let held = |name: &str| filled.iter().find(|(gap, _)| *gap == name).map_or("", |(_, held)| held);
        let part = |part: &Part| match part {
            Part::Text(text) => (*text).to_owned(),
            Part::Gap(name) if is_kind(name, 'n') || is_kind(name, 'd') => held(name).to_owned(),
            Part::Gap(name) => said(held(name)),
        };
        self.0.iter().map(part).collect()
    }
}

/// Whether a gap of this name may hold this.
fn may_hold(name: &str, held: &str) -> bool {
    let made_of = |mark: u8| !held.is_empty() && held.bytes().all(|b| b.is_ascii_digit() || b == mark);
    match (is_kind(name, 'n'), is_kind(name, 'd')) {
        (true, _) => made_of(b'.'),
        (_, true) => made_of(b'-'),
        _ => true,
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Whether a name is this letter, or the letter and a digit.
fn is_kind(name: &str, letter: char) -> bool {
    name.strip_prefix(letter).is_some_and(|rest| rest.len() < 2 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_hold_numbers_or_anything() {
        for (template, text, expect) in [
            ("{n} pages", "12 pages", Some(vec![("n", "12")])),
            ("{n} pages", "no pages", None),
            ("{d1} to {d2}", "2020-01-01 to 2020-01-31", Some(vec![("d1", "2020-01-01"), ("d2", "2020-01-31")])),
            ("{d1} to {d2}", "failed to read", None),
            ("failed: {what}", "failed: a: b", Some(vec![("what", "a: b")])),
            ("`{id}` in `{file}`", "`a` in `b c`", Some(vec![("id", "a"), ("file", "b c")])),
            ("`{id}` in `{file}`", "`a` in `b` or `c`", None),
            ("`{id}`: {why}", "`a`: ", Some(vec![("id", "a"), ("why", "")])),
            ("no line of `{\"url\": …}`", "no line of `{\"url\": …}`", Some(vec![])),
            ("done", "done so", None),
            ("from {a} on", "from now on", Some(vec![("a", "now")])),
        ] {
            assert_eq!(Template::new(template).fit(text), expect, "{template}: {text}");
        }
    }

    #[test]
    fn a_template_is_filled_by_names_in_its_own_order() {
        let filled = Template::new("{n1} of {n2} {what}").fit("3 of 5 items").unwrap();
        let said = Template::new("{n2} 个{what}中的 {n1} 个").fill(&filled, |what| what.replace("items", "条目"));
        assert_eq!(said, "5 个条目中的 3 个");
    }
}
