//! All patterns of all profiles by what they ask for first, so that an element is tested against few of them.

use std::collections::HashMap;

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

#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    rules: Vec<(Pattern, Fit)>,
    by_id: HashMap<String, Vec<usize>>,
    by_class: HashMap<String, Vec<usize>>,
    by_tag: HashMap<String, Vec<usize>>,
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
        let (map, key) = match (&pattern.id, pattern.classes.first(), &pattern.tag) {
            (Some(id), _, _) => (&mut self.by_id, id.clone()),
            (None, Some(class), _) => (&mut self.by_class, class.clone()),
            (None, None, tag) => (&mut self.by_tag, tag.clone().unwrap_or_default()),
        };
        map.entry(key).or_default().push(n);
    }

    /// The patterns that an element fits.
    pub(super) fn fits<'a>(&self, tag: &str, attribute: impl Fn(&str) -> Option<&'a str>, found: &mut Vec<Fit>) {
        let id = attribute("id");
        let classes = attribute("class").unwrap_or_default();
        let mut test = |map: &HashMap<String, Vec<usize>>, key: &str| {
            for (pattern, fit) in map.get(key).into_iter().flatten().filter_map(|&n| self.rules.get(n)) {
                let class = |wanted: &String| classes.split_ascii_whitespace().any(|class| class == wanted);
                let fits = pattern.tag.as_deref().is_none_or(|wanted| wanted == tag)
                    && pattern.id.as_deref().is_none_or(|wanted| id == Some(wanted))
                    && pattern.classes.iter().all(class)
                    && pattern.attributes.iter().all(|test| attribute(&test.name).is_some_and(|v| test.fits(v)));
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
        test(&self.by_tag, "");
    }
}
