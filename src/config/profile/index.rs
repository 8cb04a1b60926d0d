//! All patterns of all profiles by what they ask for first, so that an element is tested against few of them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use html5ever::{LocalName, local_name};

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
    pub tag: &'a LocalName,
    /// The id.
    pub id: Option<&'a str>,
    /// The classes, as written.
    pub classes: &'a str,
}

/// Rules by id, class or tag.
type Rules<Key> = HashMap<Key, Vec<usize>, BuildHasherDefault<Fnv>>;

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
    by_id: Rules<String>,
    by_class: Rules<String>,
    by_tag: Rules<LocalName>,
    /// Rules that name none of these: they are tested on elements that have an id or classes.
    named: Vec<usize>,
}

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
        let rules = match (&pattern.id, pattern.classes.first(), &pattern.tag) {
            (Some(id), _, _) => self.by_id.entry(id.clone()).or_default(),
            (None, Some(class), _) => self.by_class.entry(class.clone()).or_default(),
            (None, None, Some(tag)) => self.by_tag.entry(tag.clone()).or_default(),
            (None, None, None) => &mut self.named,
        };
        rules.push(n);
    }

    /// The patterns that an element fits.
    pub(super) fn fits<'a>(
        &self,
        names: Names<'_>,
        attribute: impl Fn(&LocalName) -> Option<&'a str>,
        found: &mut Vec<Fit>,
    ) {
        let Names { tag, id, classes } = names;
        let is_named = id.is_some() || !classes.is_empty();
        let rules = id.and_then(|id| self.by_id.get(id)).into_iter();
        let rules = rules.chain(classes.split_ascii_whitespace().filter_map(|class| self.by_class.get(class)));
        let rules = rules.chain(self.by_tag.get(tag)).chain(is_named.then_some(&self.named));
        let fits = |pattern: &Pattern| {
            let has = |wanted: &String| classes.split_ascii_whitespace().any(|class| class == wanted);
            pattern.tag.as_ref().is_none_or(|wanted| wanted == tag)
                && pattern.id.as_deref().is_none_or(|wanted| id == Some(wanted))
                && pattern.classes.iter().all(has)
                && pattern.attributes.iter().all(|test| {
                    let value = match test.name {
                        local_name!("id") => id,
                        local_name!("class") => Some(classes).filter(|classes| !classes.is_empty()),
                        ref name => attribute(name),
                    };
                    value.is_some_and(|value| test.fits(value))
                })
        };
        let tested = rules.flatten().filter_map(|&n| self.rules.get(n));
        found.extend(tested.filter(|(pattern, _)| fits(pattern)).map(|(_, fit)| *fit));
    }
}
