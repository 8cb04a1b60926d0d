//! Portal families: how each is recognised and where it keeps the article; one file a family in `config/profiles`.

mod index;
mod pattern;
mod read;

use html5ever::LocalName;
use include_dir::{Dir, include_dir};
use regex::Regex;

pub use index::{Fit, Names, Part};
pub use pattern::{AttributeTest, Compare, Pattern};

static BUILTIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config/profiles");

/// A portal family.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The name of its file.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// How it is recognised.
    pub marks: Marks,
    /// Where the article is.
    pub article: Layout,
}

/// What tells a family; every mark found on a page counts once.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// Elements that only this family writes.
    pub elements: Vec<Pattern>,
    /// Forms of its addresses (path and query).
    pub urls: Vec<Regex>,
}

/// Where a family keeps the parts of an article; earlier patterns are better.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// What holds the body.
    pub body: Vec<Pattern>,
    /// What holds the title.
    pub title: Vec<Pattern>,
    /// What stands inside the body and is no part of the text.
    pub remove: Vec<Pattern>,
}

/// Something wrong in a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key, as `article.body[1]`; empty for the file as a whole.
    pub key: String,
    /// What is wrong with it.
    pub message: String,
}

/// The known portal families.
#[derive(Debug, Clone, Default)]
pub struct Profiles {
    list: Vec<Profile>,
    index: index::Index,
}

impl Profiles {
    /// The families shipped in the program.
    ///
    /// # Panics
    /// Never: a test reads every file that is shipped.
    pub fn builtin() -> Self {
        let mut files: Vec<_> = BUILTIN.files().collect();
        files.sort_by_key(|file| file.path());
        let mut list = Vec::new();
        for file in files {
            let id = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let text = file.contents_utf8().unwrap_or_default();
            list.push(Profile::parse(id, text).expect("a test reads every profile that is shipped"));
        }
        Self { index: index::Index::new(&list), list }
    }

    /// Adds a family, or replaces the one of the same id.
    pub fn put(&mut self, profile: Profile) {
        match self.list.iter_mut().find(|known| known.id == profile.id) {
            Some(known) => *known = profile,
            None => self.list.push(profile),
        }
        self.index = index::Index::new(&self.list);
    }

    /// The family of this id.
    pub fn get(&self, id: &str) -> Option<&Profile> {
        self.list.iter().find(|profile| profile.id == id)
    }

    /// All of them, those shipped first.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.list.iter()
    }

    /// Adds the patterns that an element fits to `found`.
    pub fn fits<'a>(&self, names: Names<'_>, attribute: impl Fn(&LocalName) -> Option<&'a str>, found: &mut Vec<Fit>) {
        self.index.fits(names, attribute, found);
    }
}

impl Profile {
    /// Reads a profile file; the id is the name of the file without `.toml`.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(id: &str, text: &str) -> Result<Self, Vec<Problem>> {
        read::profile(id, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_profile_is_sound() {
        for file in BUILTIN.files() {
            let id = file.path().file_stem().unwrap().to_str().unwrap();
            let profile = Profile::parse(id, file.contents_utf8().unwrap()).unwrap_or_else(|e| panic!("{id}: {e:?}"));
            assert!(!profile.marks.elements.is_empty() || !profile.marks.urls.is_empty(), "{id} cannot be recognised");
        }
    }

    #[test]
    fn a_profile_of_the_same_id_replaces_the_shipped_one() {
        let mut profiles = Profiles::builtin();
        let count = profiles.iter().count();
        for id in ["trs_static", "my_own"] {
            let text = "name = \"own\"\n[marks]\nelements = [\"x\"]\n[article]\nbody = [\"#own\"]\n";
            profiles.put(Profile::parse(id, text).unwrap());
        }
        assert_eq!(profiles.iter().count(), count + 1);
        assert_eq!(profiles.get("trs_static").map(|profile| profile.name.as_str()), Some("own"));
    }
}
