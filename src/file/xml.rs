//! An XML part as a tree, read leniently and within limits; entities of its own and external ones are never resolved.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, Event};

use super::{FileError, Limits};

const NONE: u32 = u32::MAX;

/// A parsed part; it borrows from the text that it was read from.
pub(super) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
}

struct Node<'a> {
    /// The start tag without its brackets; empty for a text.
    tag: &'a str,
    text: Cow<'a, str>,
    child: u32,
    next: u32,
}

/// An element of a [`Tree`].
#[derive(Clone, Copy)]
pub(super) struct Element<'t> {
    tree: &'t Tree<'t>,
    at: u32,
}

/// The bytes of a part as text: byte order mark, else the encoding that it declares, else UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let head = bytes.get(..200).unwrap_or(bytes);
    let declared = || {
        let at = head.windows(9).position(|window| window == b"encoding=")? + 10;
        let label = head.get(at..)?;
        Encoding::for_label(label.get(..label.iter().position(|byte| matches!(byte, b'"' | b'\''))?)?)
    };
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(declared).unwrap_or(UTF_8);
    encoding.decode_with_bom_removal(bytes).0
}

impl<'a> Tree<'a> {
    /// Reads a part.
    pub(super) fn parse(text: &'a str, limits: &Limits) -> Result<Self, FileError> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.check_comments = false;
        let mut tree = Self { nodes: vec![Node { tag: "", text: Cow::Borrowed(""), child: NONE, next: NONE }] };
        // The open elements, each with its last child so far.
        let mut open = vec![(0, NONE)];
        loop {
            let before = reader.buffer_position();
            let event = reader.read_event().map_err(|_| FileError::Broken("XML"))?;
            let raw = || slice(text, before, reader.buffer_position());
            match event {
                Event::Start(_) => {
                    let tag = raw().trim_start_matches('<').trim_end_matches('>');
                    let at = tree.push(&mut open, tag, Cow::Borrowed(""));
                    open.push((at, NONE));
                }
                Event::Empty(_) => {
                    let tag = raw().trim_start_matches('<').trim_end_matches(['/', '>']);
                    tree.push(&mut open, tag, Cow::Borrowed(""));
                }
                Event::End(_) if open.len() > 1 => {
                    open.pop();
                }
                Event::Text(found) => {
                    tree.push(&mut open, "", found.into_inner());
                }
                Event::CData(found) => {
                    tree.push(&mut open, "", found.into_inner());
                }
                Event::GeneralRef(found) => {
                    tree.push(&mut open, "", resolved(&found));
                }
                Event::Eof => break,
                _ => {}
            }
            if tree.nodes.len() > limits.nodes {
                return Err(FileError::TooLarge("nodes"));
            }
            if open.len() > limits.nesting {
                return Err(FileError::TooLarge("nesting"));
            }
        }
        if open.len() > 1 {
            return Err(FileError::Truncated);
        }
        Ok(tree)
    }

    fn push(&mut self, open: &mut [(u32, u32)], tag: &'a str, text: Cow<'a, str>) -> u32 {
        let at = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        self.nodes.push(Node { tag, text, child: NONE, next: NONE });
        if let Some((parent, last)) = open.last_mut() {
            let link = if *last == NONE { *parent } else { *last };
            if let Some(node) = self.nodes.get_mut(link as usize) {
                if *last == NONE { node.child = at } else { node.next = at }
            }
            *last = at;
        }
        at
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Result<Element<'_>, FileError> {
        Element { tree: self, at: 0 }.children().next().ok_or(FileError::Broken("XML"))
    }

    fn node(&self, at: u32) -> Option<&Node<'_>> {
        self.nodes.get(at as usize)
    }
}

impl<'t> Element<'t> {
    /// The name without its prefix.
    pub(super) fn name(self) -> &'t str {
        local(self.tag().split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default())
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn attr(self, name: &str) -> Option<Cow<'t, str>> {
        let tag = self.tag();
        let start = tag.find(|c: char| c.is_ascii_whitespace())?;
        let mut attributes = Attributes::html(tag, start);
        let found = attributes.with_checks(false).flatten().find(|found| local(found.key.0) == name)?;
        match (&found.value, unescape(&found.value)) {
            (_, Ok(value)) => Some(Cow::Owned(value.into_owned())),
            (value, Err(_)) => Some(value.clone()),
        }
    }

    /// The elements inside.
    pub(super) fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.nodes().filter(|node| !node.tag().is_empty())
    }

    /// The first element inside that has this name.
    pub(super) fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// Every element below, in the order of the document.
    pub(super) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        let mut open: Vec<u32> = vec![self.tree.node(self.at).map_or(NONE, |node| node.child)];
        std::iter::from_fn(move || {
            loop {
                let at = open.pop()?;
                let Some(node) = self.tree.node(at) else { continue };
                open.push(node.next);
                open.push(node.child);
                if !node.tag.is_empty() {
                    return Some(Element { tree: self.tree, at });
                }
            }
        })
    }

    /// The text directly inside.
    pub(super) fn text(self) -> String {
        self.nodes().filter_map(|node| node.tree.node(node.at)).map(|node| node.text.as_ref()).collect()
    }

    fn nodes(self) -> impl Iterator<Item = Element<'t>> {
        let tree = self.tree;
        let first = tree.node(self.at).map_or(NONE, |node| node.child);
        let siblings = std::iter::successors(Some(first), move |&at| tree.node(at).map(|node| node.next));
        siblings.take_while(|&at| at != NONE).map(move |at| Element { tree, at })
    }

    fn tag(self) -> &'t str {
        self.tree.node(self.at).map_or("", |node| node.tag)
    }
}

fn slice(text: &str, from: u64, to: u64) -> &str {
    let at = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    text.get(at(from)..at(to)).unwrap_or_default()
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A character reference or one of the five names of XML; any other stays as it is written.
fn resolved(found: &BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(c)) = found.resolve_char_ref() {
        return Cow::Owned(c.to_string());
    }
    let name = found.borrow().into_inner();
    match resolve_predefined_entity(&name) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(format!("&{name};")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_texts_and_attributes_are_found_in_order() {
        let text = r#"<?xml version="1.0"?><w:p a:x="1&amp;2"><w:r/>甲&lt;<b c='3'>乙</b>&#x4E19;</w:p>"#;
        let tree = Tree::parse(text, &Limits::default()).unwrap();
        let root = tree.root().unwrap();
        assert_eq!((root.name(), root.attr("x").as_deref(), root.attr("y")), ("p", Some("1&2"), None));
        assert_eq!(root.text(), "甲<丙");
        assert_eq!(root.children().map(Element::name).collect::<Vec<_>>(), ["r", "b"]);
        assert_eq!(root.child("b").unwrap().attr("c").as_deref(), Some("3"));
    }

    #[test]
    fn every_element_below_comes_once() {
        let tree = Tree::parse("<a><b><c/></b>x<d><e/><f/></d></a>", &Limits::default()).unwrap();
        let names: Vec<&str> = tree.root().unwrap().descendants().map(Element::name).collect();
        assert_eq!(names, ["b", "c", "d", "e", "f"]);
    }

    #[test]
    fn an_entity_of_the_document_is_not_resolved() {
        let text = r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///x"><!ENTITY y "yy">]><a>1&x;&y;2</a>"#;
        let tree = Tree::parse(text, &Limits::default()).unwrap();
        assert_eq!(tree.root().unwrap().text(), "1&x;&y;2");
    }

    #[test]
    fn a_part_beyond_the_limits_or_cut_short_is_an_error() {
        let error = |text: &str, limits: &Limits| Tree::parse(text, limits).err();
        let limits = Limits { nesting: 10, nodes: 50, ..Limits::default() };
        assert_eq!(error(&"<a>".repeat(20), &limits), Some(FileError::TooLarge("nesting")));
        assert_eq!(error(&format!("<a>{}</a>", "<b/>".repeat(60)), &limits), Some(FileError::TooLarge("nodes")));
        assert_eq!(error("<a><b>x</b>", &limits), Some(FileError::Truncated));
        assert_eq!(error("<a><b", &limits), Some(FileError::Broken("XML")));
    }

    #[test]
    fn a_part_in_another_encoding_is_decoded() {
        let (bytes, ..) = encoding_rs::GBK.encode(r#"<?xml version="1.0" encoding="gb2312"?><a>公文</a>"#);
        assert!(decode(&bytes).contains("公文"));
        assert!(decode(b"\xff\xfe<\0a\0/\0>\0").contains("<a/>"));
    }
}
