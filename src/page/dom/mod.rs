//! The tree of a page as the parser fills it: one list of nodes, joined by their places in it.

mod html;
mod sink;

use std::num::NonZeroU32;

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::QuirksMode;
use html5ever::{Attribute, LocalName, QualName};

pub(super) use sink::Sink;

/// Every node that the parser made, in that order; the document is the first.
///
/// Nodes know one another by number, so that a tree is given back as a list is, however deep it is.
#[derive(Debug)]
pub(crate) struct Dom {
    nodes: Vec<Node>,
    quirks: QuirksMode,
}

/// A node of a [`Dom`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DomId(NonZeroU32);

/// What a node is, and which nodes are around it.
#[derive(Debug)]
struct Node {
    parent: Option<DomId>,
    previous: Option<DomId>,
    next: Option<DomId>,
    first: Option<DomId>,
    last: Option<DomId>,
    content: Content,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    Document,
    /// What is inside a `<template>`.
    Fragment,
    Doctype(Box<[StrTendril; 3]>),
    Comment(StrTendril),
    /// A processing instruction, as XML has them.
    Instruction(Box<[StrTendril; 2]>),
    Text(StrTendril),
    Element(Element),
}

/// The name of an element and its attributes, as they are written.
#[derive(Debug)]
pub(crate) struct Element {
    pub(super) name: QualName,
    pub(super) attrs: Vec<Attribute>,
}

impl Element {
    pub(crate) fn name(&self) -> &str {
        &self.name.local
    }

    pub(super) fn local(&self) -> &LocalName {
        &self.name.local
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|known| &*known.name.local == name).map(|found| &*found.value)
    }

    /// The id and the classes.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        use html5ever::local_name;
        let named = |known: &&Attribute| matches!(known.name.local, local_name!("id") | local_name!("class"));
        self.attrs.iter().filter(named).map(|found| &*found.value)
    }
}

impl DomId {
    /// The document itself.
    pub(super) const DOCUMENT: Self = Self(NonZeroU32::MIN);

    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl Dom {
    /// A document with room for so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        let mut dom = Self { nodes: Vec::with_capacity(nodes), quirks: QuirksMode::NoQuirks };
        dom.push(Content::Document);
        dom
    }

    /// How many nodes the parser made.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Every node, in the order in which the parser made them.
    pub(super) fn ids(&self) -> impl Iterator<Item = DomId> {
        (1..).map_while(NonZeroU32::new).map(DomId).take(self.nodes.len())
    }

    fn node(&self, at: DomId) -> &Node {
        &self.nodes[at.index()]
    }

    pub(super) fn content(&self, at: DomId) -> &Content {
        &self.node(at).content
    }

    pub(crate) fn element(&self, at: DomId) -> Option<&Element> {
        match self.content(at) {
            Content::Element(element) => Some(element),
            _ => None,
        }
    }

    pub(crate) fn text(&self, at: DomId) -> Option<&str> {
        match self.content(at) {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn first_child(&self, at: DomId) -> Option<DomId> {
        self.node(at).first
    }

    pub(super) fn next_sibling(&self, at: DomId) -> Option<DomId> {
        self.node(at).next
    }

    pub(super) fn parent(&self, at: DomId) -> Option<DomId> {
        self.node(at).parent
    }

    /// The node that follows in the order of the page when what is inside a node is left out; `None` where `within` ends.
    pub(super) fn behind(&self, at: DomId, within: DomId) -> Option<DomId> {
        let mut at = at;
        while at != within {
            let node = self.node(at);
            if node.next.is_some() {
                return node.next;
            }
            at = node.parent?;
        }
        None
    }

    /// The elements of a name, in the order in which the parser made them; what the CSS selector of the name finds, in a
    /// fraction of its time.
    pub(crate) fn named(&self, name: &LocalName) -> impl Iterator<Item = DomId> {
        self.ids().zip(&self.nodes).filter_map(move |(at, node)| match &node.content {
            Content::Element(element) if element.name.local == *name && node.parent.is_some() => Some(at),
            _ => None,
        })
    }

    fn push(&mut self, content: Content) -> DomId {
        self.nodes.push(Node { parent: None, previous: None, next: None, first: None, last: None, content });
        let len = u32::try_from(self.nodes.len()).ok().and_then(NonZeroU32::new);
        DomId(len.expect("a page has fewer nodes than bytes, and these are counted in 32 bits"))
    }

    /// Takes a node from its place.
    fn detach(&mut self, at: DomId) {
        let node = &mut self.nodes[at.index()];
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        match (previous, parent) {
            (Some(previous), _) => self.nodes[previous.index()].next = next,
            (None, Some(parent)) => self.nodes[parent.index()].first = next,
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => self.nodes[next.index()].previous = previous,
            (None, Some(parent)) => self.nodes[parent.index()].last = previous,
            (None, None) => {}
        }
    }

    /// Puts a node that has no place before a child of an element, or behind the last one.
    fn insert(&mut self, at: DomId, parent: DomId, next: Option<DomId>) {
        let previous = match next {
            Some(next) => self.nodes[next.index()].previous.replace(at),
            None => self.nodes[parent.index()].last.replace(at),
        };
        match previous {
            Some(previous) => self.nodes[previous.index()].next = Some(at),
            None => self.nodes[parent.index()].first = Some(at),
        }
        let node = &mut self.nodes[at.index()];
        (node.parent, node.previous, node.next) = (Some(parent), previous, next);
    }
}
