//! All patterns of all profiles by what they ask for first, so that an element is tested against few of them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::{Pattern, Profile};

/// What a pattern says of an element that fits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The page is of this family.
    Mark,
    /// It holds the body; the number is the rank of the pattern, 0 is best.
    Body(usize),
    /// It holds the title.
    Title,
    /// It is no part of the text.
    Remove,
}

/// A pattern that an element fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// Position of the profile in [`super::Profiles::iter`].
    pub profile: usize,
    /// What the pattern says.
    pub part: Part,
    /// Position of the pattern in its list.
    pub rank: usize,
}

/// What an element is called.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// Local name, in lower case.
    pub tag: &'a str,
    /// The id.
    pub id: Option<&'a str>,
    /// The classes, as written.
    pub classes: &'a str,
}

/// Rules by id, class or tag.
type Rules = HashMap<String, Vec<usize>, BuildHasherDefault<Fnv>>;

/// The FNV-1a hash: quick for short keys, and the keys are the profiles' own, not a stranger's.
#[derive(Debug, Clone)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    rules: Vec<(Pattern, Fit)>,
    by_id: Rules,
    by_class: Rules,
    by_tag: Rules,
}

/// Where patterns stand that name no tag: they are tested on elements that have an id or classes.
const NAMED: &str = "";

impl Index {
    pub(super) fn new(profiles: &[Profile]) -> Self {
        let mut index = Self::default();
        for (n, profile) in profiles.iter().enumerate() {
            let (marks, layout) = (&profile.marks.elements, &profile.article);
            for (patterns, part) in [(marks, Part::Mark), (&layout.title, Part::Title), (&layout.remove, Part::Remove)]
            {
                for (rank, pattern) in patterns.iter().enumerate() {
                    index.add(pattern, Fit { profile: n, part, rank });
                }
            }
            for (rank, pattern) in layout.body.iter().enumerate() {
                index.add(pattern, Fit { profile: n, part: Part::Body(rank), rank });
            }
        }
        index
    }

    fn add(&mut self, pattern: &Pattern, fit: Fit) {
        let n = self.rules.len();
        self.rules.push((pattern.clone(), fit));
        let (map, key) = match (&pattern.id, pattern.classes.first(), &pattern.tag) {
            (Some(id), _, _) => (&mut self.by_id, id.clone()),
            (None, Some(class), _) => (&mut self.by_class, class.clone()),
            (None, None, Some(tag)) => (&mut self.by_tag, tag.clone()),
            (None, None, None) => (&mut self.by_tag, NAMED.to_owned()),
        };
        map.entry(key).or_default().push(n);
    }

    /// The patterns that an element fits.
    pub(super) fn fits<'a>(&self, names: Names<'_>, attribute: impl Fn(&str) -> Option<&'a str>, found: &mut Vec<Fit>) {
        let Names { tag, id, classes } = names;
        let mut test = |map: &Rules, key: &str| {
            for (pattern, fit) in map.get(key).into_iter().flatten().filter_map(|&n| self.rules.get(n)) {
                let class = |wanted: &String| classes.split_ascii_whitespace().any(|class| class == wanted);
                let fits = pattern.tag.as_deref().is_none_or(|wanted| wanted == tag)
                    && pattern.id.as_deref().is_none_or(|wanted| id == Some(wanted))
                    && pattern.classes.iter().all(class)
                    && pattern.attributes.iter().all(|test| match test.name.as_str() {
                        "id" => id.is_some_and(|id| test.fits(id)),
                        "class" => !classes.is_empty() && test.fits(classes),
                        name => attribute(name).is_some_and(|value| test.fits(value)),
                    });
                if fits {
                    found.push(*fit);
                }
            }
        };
        if let Some(id) = id {
            test(&self.by_id, id);
        }
        for class in classes.split_ascii_whitespace() {
            test(&self.by_class, class);
        }
        test(&self.by_tag, tag);
        if id.is_some() || !classes.is_empty() {
            test(&self.by_tag, NAMED);
        }
    }
}
