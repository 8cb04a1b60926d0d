//! The numbers of lists that a word processor draws and its files do not hold: levels, counting, restarts.
//!
//! Shared by all formats of word processors: each fills [`Lists`] from its own tables and asks for the marker of one
//! paragraph after the other.

mod counting;
mod number;

use std::collections::{HashMap, HashSet};

pub(super) use number::Format;

/// Levels that a list has at most.
pub(super) const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Level {
    /// The first number.
    pub(super) start: u32,
    /// How numbers are written.
    pub(super) format: Format,
    /// The text around the number; `%1` stands for the number of the first level.
    pub(super) text: String,
    /// What follows the marker.
    pub(super) suffix: Suffix,
    /// Numbers of upper levels are written in figures here.
    pub(super) legal: bool,
    /// The level, from 1, whose items start this one anew; `None` = every upper level, 0 = none.
    pub(super) restart: Option<usize>,
}

/// What stands between a marker and its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suffix {
    /// A tab, which in print is a gap or nothing.
    Tab,
    /// A space.
    Space,
    /// Nothing.
    Nothing,
}

impl Default for Level {
    fn default() -> Self {
        let format = Format::Decimal;
        Self { start: 1, format, text: String::new(), suffix: Suffix::Tab, legal: false, restart: None }
    }
}

/// A list as paragraphs name it: one that counts along with others of its family, or from its own start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Instance {
    /// The family, whose instances continue one another.
    pub(super) family: u32,
    /// Levels that differ from those of the family.
    pub(super) levels: HashMap<usize, Level>,
    /// Numbers at which this instance starts anew.
    pub(super) starts: HashMap<usize, u32>,
}

/// All lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Levels by family.
    pub(super) families: HashMap<u32, Vec<Level>>,
    /// Lists by the number under which paragraphs name them.
    pub(super) instances: HashMap<u32, Instance>,
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    /// The starts of instances that were applied.
    started: HashSet<(u32, usize)>,
}

/// What is drawn before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Marker {
    /// A number with the text around it, and the blank that parts it from the paragraph, if any.
    Number(String),
    /// A bullet, which is no text.
    Bullet,
}

impl Lists {
    /// Counts one paragraph of a list and says what is drawn before it; `None` = nothing.
    pub(super) fn next(&mut self, list: u32, at: usize) -> Option<Marker> {
        let instance = self.instances.get(&list)?;
        let levels = self.families.get(&instance.family)?;
        let level_of = |at: usize| instance.levels.get(&at).or_else(|| levels.get(at));
        let level = level_of(at).filter(|_| at < LEVELS)?;

        let counters = self.counters.entry(instance.family).or_default();
        // A start of its own holds from the first paragraph of the instance at that level.
        if instance.starts.contains_key(&at) && self.started.insert((list, at)) {
            counters[at] = None;
        }
        let start = instance.starts.get(&at).copied().unwrap_or(level.start);
        counters[at] = Some(counters[at].map_or(start, |n| n.saturating_add(1)));
        for (below, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            let restarts = match level_of(below).and_then(|level| level.restart) {
                None => true,
                Some(by) => at < by,
            };
            if restarts {
                *counter = None;
            }
        }
        let shown = |of: usize| {
            let from = level_of(of)?;
            let n = counters[of].or_else(|| instance.starts.get(&of).copied()).unwrap_or(from.start);
            Some(if level.legal && from.format.counts() { Format::Decimal.write(n) } else { from.format.write(n) })
        };
        drawn(level, shown)
    }
}

/// The text of a level with its numbers put in.
fn drawn(level: &Level, shown: impl Fn(usize) -> Option<String>) -> Option<Marker> {
    let mut marker = String::new();
    let mut chars = level.text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek().and_then(|next| next.to_digit(10)) {
            Some(n @ 1..=9) if c == '%' => {
                chars.next();
                marker.push_str(&shown(n as usize - 1).unwrap_or_default());
            }
            _ => marker.push(c),
        }
    }
    match level.format {
        Format::Bullet if !is_word(&marker) => return Some(Marker::Bullet),
        Format::None if !is_word(&marker) => return None,
        _ if marker.trim().is_empty() => return None,
        _ => {}
    }
    Some(Marker::Number(with_suffix(marker, level.suffix)))
}

/// A marker with what parts it from the text behind it.
pub(super) fn with_suffix(mut marker: String, suffix: Suffix) -> String {
    match suffix {
        Suffix::Space => marker.push(' '),
        // In print the tab is as wide as the indent leaves room for; after 、 or ） it parts nothing.
        Suffix::Tab if marker.ends_with(needs_gap) => marker.push(' '),
        Suffix::Tab | Suffix::Nothing => {}
    }
    marker
}

/// A figure, letter or ideograph, which needs a blank before the next word; a circled number needs none.
fn needs_gap(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{2460}'..='\u{24ff}' | '\u{3200}'..='\u{32ff}')
}

/// A bullet may be a word (注：, 附件), which the reader reads; a single letter is a shape in a font of symbols.
fn is_word(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.next().is_some_and(|c| c > '\u{2e7f}' || letters.next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(format: &str, text: &str) -> Level {
        Level { format: Format::named(format), text: text.to_owned(), ..Level::default() }
    }

    fn lists(levels: Vec<Level>) -> Lists {
        let mut lists = Lists::default();
        lists.families.insert(1, levels);
        lists.instances.insert(1, Instance { family: 1, ..Instance::default() });
        lists
    }

    fn drawn_by(lists: &mut Lists, paragraphs: &[(u32, usize)]) -> Vec<String> {
        let marker = |(list, at): &(u32, usize)| match lists.next(*list, *at) {
            Some(Marker::Number(text)) => text,
            Some(Marker::Bullet) => "•".to_owned(),
            None => "-".to_owned(),
        };
        paragraphs.iter().map(marker).collect()
    }

    fn official() -> Vec<Level> {
        vec![
            level("chineseCountingThousand", "%1、"),
            level("chineseCounting", "（%2）"),
            level("decimal", "%3."),
            level("decimalEnclosedCircle", "%4"),
        ]
    }

    #[test]
    fn levels_count_and_start_anew_under_the_next_item_above() {
        let order = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 3), (1, 3), (1, 2), (1, 0), (1, 1), (1, 2)];
        let drawn = drawn_by(&mut lists(official()), &order);
        assert_eq!(drawn, ["一、", "（一）", "（二）", "1.", "①", "②", "2.", "二、", "（一）", "1."]);
    }

    #[test]
    fn a_level_shows_the_numbers_above_it() {
        let legal = Level { legal: true, ..level("decimal", "%1.%2") };
        let levels = vec![level("chineseCounting", "第%1章"), legal, level("decimal", "%1-%2-%3")];
        let drawn = drawn_by(&mut lists(levels), &[(1, 0), (1, 1), (1, 2), (1, 0), (1, 1)]);
        assert_eq!(drawn, ["第一章 ", "1.1 ", "一-1-1 ", "第二章 ", "2.1 "]);
    }

    #[test]
    fn an_item_without_one_above_it_shows_the_first_number_there() {
        let levels = vec![level("decimal", "%1."), level("decimal", "%1.%2")];
        assert_eq!(drawn_by(&mut lists(levels), &[(1, 1), (1, 1), (1, 0), (1, 1)]), ["1.1 ", "1.2 ", "1.", "1.1 "]);
    }

    #[test]
    fn instances_of_a_family_continue_one_another_unless_they_start_anew() {
        let mut lists = lists(official());
        lists.instances.insert(2, Instance { family: 1, ..Instance::default() });
        lists.instances.insert(3, Instance { family: 1, starts: HashMap::from([(0, 5)]), ..Instance::default() });
        lists.instances.insert(4, Instance { family: 1, starts: HashMap::from([(1, 1)]), ..Instance::default() });
        let order = [(1, 0), (2, 0), (3, 0), (3, 0), (1, 0), (1, 1), (1, 1), (4, 1), (4, 1), (3, 0)];
        let drawn = drawn_by(&mut lists, &order);
        assert_eq!(drawn, ["一、", "二、", "五、", "六、", "七、", "（一）", "（二）", "（一）", "（二）", "八、"]);
    }

    #[test]
    fn a_list_may_start_at_another_number_or_at_nought() {
        let mut lists = lists(vec![Level { start: 3, ..level("decimal", "%1.") }]);
        lists.instances.insert(2, Instance { family: 1, starts: HashMap::from([(0, 0)]), ..Instance::default() });
        assert_eq!(drawn_by(&mut lists, &[(1, 0), (1, 0), (2, 0), (2, 0)]), ["3.", "4.", "0.", "1."]);
    }

    #[test]
    fn a_level_may_count_through() {
        let articles = Level { restart: Some(0), ..level("chineseCountingThousand", "第%2条") };
        let mut lists = lists(vec![level("chineseCountingThousand", "第%1章"), articles]);
        let drawn = drawn_by(&mut lists, &[(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)]);
        assert_eq!(drawn, ["第一章 ", "第一条 ", "第二条 ", "第二章 ", "第三条 "]);
    }

    #[test]
    fn a_level_may_start_anew_under_some_levels_only() {
        let third = Level { restart: Some(1), ..level("decimal", "%3.") };
        let mut lists = lists(vec![level("decimal", "%1."), level("decimal", "(%2)"), third]);
        let drawn = drawn_by(&mut lists, &[(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)]);
        assert_eq!(drawn, ["1.", "(1)", "1.", "(2)", "2.", "2.", "1."]);
    }

    #[test]
    fn bullets_and_levels_without_a_number_draw_no_number() {
        let levels = vec![
            level("bullet", "\u{f06c}"),
            level("none", "%2."),
            level("none", "附件"),
            level("bullet", "注："),
            level("decimal", ""),
        ];
        let drawn = drawn_by(&mut lists(levels), &[(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (9, 0), (1, 20)]);
        assert_eq!(drawn, ["•", "-", "附件 ", "注：", "-", "-", "-"]);
    }

    #[test]
    fn what_follows_a_number_is_what_parts_it_from_the_text() {
        let with = |suffix, text| Level { suffix, ..level("decimal", text) };
        let levels = vec![
            with(Suffix::Tab, "%1"),
            with(Suffix::Tab, "%2."),
            with(Suffix::Space, "%3."),
            with(Suffix::Nothing, "%4"),
        ];
        assert_eq!(drawn_by(&mut lists(levels), &[(1, 0), (1, 1), (1, 2), (1, 3)]), ["1 ", "1.", "1. ", "1"]);
    }
}
