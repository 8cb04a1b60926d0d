//! What the fields of a document are chosen from, and where a value was found.

use std::fmt;

use url::Url;

use crate::page::{Label, Labelled, MetaTags};

/// What the fields are chosen from.
pub(in crate::extract) struct Sources<'a> {
    pub(in crate::extract) labels: &'a [Labelled],
    pub(in crate::extract) meta: &'a MetaTags,
    /// Lines between the title and the body.
    pub(in crate::extract) head: Vec<&'a str>,
    /// The day right above the title.
    pub(in crate::extract) above: Option<&'a str>,
    /// The lines right above the title, those of the head, and those right below the body.
    pub(in crate::extract) around: Around<'a>,
    /// First lines of the body.
    pub(in crate::extract) opening: Vec<&'a str>,
    /// The first lines in the element of the body that are no part of it.
    pub(in crate::extract) dropped: Vec<&'a str>,
    /// What markup says of the times between the title and the text.
    pub(in crate::extract) times: Vec<&'a str>,
    /// Where the page was fetched.
    pub(in crate::extract) url: Option<&'a Url>,
}

/// The texts of lines as they stand in the page.
#[derive(Default)]
pub(in crate::extract) struct Around<'a> {
    /// From two lines above the title to the body.
    pub(in crate::extract) head: Vec<&'a str>,
    /// Days in elements of their own between title and body, with the name in the other elements of the line.
    pub(in crate::extract) named: Vec<(&'a str, &'a str)>,
    /// Right below the body, without links.
    pub(in crate::extract) below: Vec<&'a str>,
}

impl Sources<'_> {
    /// The values of a label.
    pub(super) fn with(&self, label: Label) -> impl Iterator<Item = &Labelled> {
        self.labels.iter().filter(move |found| found.label == label)
    }
}

/// Where a value was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Behind or beside a label of the page.
    Label(&'static str),
    /// In a meta tag of this name.
    Tag(&'static str),
}

impl Origin {
    pub(super) fn is_tag(self) -> bool {
        matches!(self, Self::Tag(_))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Label(word) => f.write_str(word),
            Self::Tag(name) => write!(f, "meta {name}"),
        }
    }
}
