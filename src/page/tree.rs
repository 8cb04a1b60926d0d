//! The tree of a page as one list in reading order: what every later step walks once, without recursion.

use std::ops::Range;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::local_name;
use scraper::node::Element;
use scraper::{Html, Node as HtmlNode};

use super::box_names;
use super::style::{Style, style_of};
use super::tag::{Tag, attribute, names_of, tag_of};

/// Index of a node in [`Dom::nodes`].
pub(crate) type At = usize;

/// A page's elements and texts in document order; scripts, styles and form fields are set aside.
pub(crate) struct Dom<'a> {
    pub(crate) html: &'a Html,
    pub(crate) nodes: Vec<Node<'a>>,
    /// The `<title>`.
    pub(crate) title: &'a str,
    /// Texts of scripts.
    pub(crate) scripts: Vec<&'a str>,
    /// Texts of `<textarea>`, where some portals keep the body.
    pub(crate) textareas: Vec<&'a str>,
}

/// An element or a text; its descendants are the nodes up to `end`.
pub(crate) struct Node<'a> {
    pub(crate) id: NodeId,
    pub(crate) parent: At,
    pub(crate) end: At,
    pub(crate) kind: Kind<'a>,
    pub(crate) style: Style,
    /// A box whose id or class says that it is no part of an article.
    pub(crate) named_furniture: bool,
}

pub(crate) enum Kind<'a> {
    Element(Tag, &'a Element),
    Text(&'a str),
}

impl<'a> Dom<'a> {
    pub(crate) fn new(html: &'a Html) -> Self {
        let mut dom = Self {
            html,
            nodes: Vec::with_capacity(html.tree.values().len()),
            title: "",
            scripts: Vec::new(),
            textareas: Vec::new(),
        };
        let mut open: Vec<At> = vec![0];
        let mut set_aside: Option<NodeId> = None;
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) if set_aside.is_none() => match node.value() {
                    HtmlNode::Text(text) => {
                        let parent = open.last().copied().unwrap_or_default();
                        let end = dom.nodes.len() + 1;
                        let style = dom.nodes.get(parent).map_or_else(Style::default, |parent| parent.style);
                        dom.nodes.push(Node {
                            id: node.id(),
                            parent,
                            end,
                            kind: Kind::Text(text),
                            style,
                            named_furniture: false,
                        });
                    }
                    HtmlNode::Element(element) => {
                        if dom.sets_aside(node, element) {
                            set_aside = Some(node.id());
                            continue;
                        }
                        let parent = open.last().copied().unwrap_or_default();
                        let above = dom.nodes.get(parent).map_or_else(Style::default, |parent| parent.style);
                        open.push(dom.nodes.len());
                        let tag = tag_of(element);
                        let style = style_of(element, tag, above);
                        dom.nodes.push(Node {
                            id: node.id(),
                            parent,
                            end: 0,
                            kind: Kind::Element(tag, element),
                            style,
                            named_furniture: tag.breaks() && box_names::is_furniture(element),
                        });
                    }
                    _ => {}
                },
                Edge::Close(node) => match set_aside {
                    Some(id) if id == node.id() => set_aside = None,
                    None if node.value().is_element() => {
                        let end = dom.nodes.len();
                        if let Some(node) = open.pop().and_then(|at| dom.nodes.get_mut(at)) {
                            node.end = end;
                        }
                    }
                    _ => {}
                },
                Edge::Open(_) => {}
            }
        }
        dom
    }

    /// Whether the content of an element is no text of the page.
    fn sets_aside(&mut self, node: ego_tree::NodeRef<'a, HtmlNode>, element: &Element) -> bool {
        let text = || node.first_child().and_then(|child| child.value().as_text()).map_or("", |text| &**text);
        match element.name.local {
            local_name!("script") => self.scripts.push(text()),
            local_name!("title") if self.title.is_empty() => self.title = text(),
            local_name!("textarea") => self.textareas.push(text()),
            local_name!("title")
            | local_name!("style")
            | local_name!("noscript")
            | local_name!("template")
            | local_name!("select")
            | local_name!("button")
            | local_name!("object")
            | local_name!("svg")
            | local_name!("video")
            | local_name!("audio") => {}
            _ => return false,
        }
        true
    }

    /// The element, if the node is one.
    pub(crate) fn element(&self, at: At) -> Option<(Tag, &'a Element)> {
        match self.nodes.get(at)?.kind {
            Kind::Element(tag, element) => Some((tag, element)),
            Kind::Text(_) => None,
        }
    }

    pub(crate) fn tag(&self, at: At) -> Option<Tag> {
        self.element(at).map(|(tag, _)| tag)
    }

    /// Index behind the last descendant.
    pub(crate) fn end(&self, at: At) -> At {
        self.nodes.get(at).map_or(at, |node| node.end)
    }

    pub(crate) fn parent(&self, at: At) -> At {
        self.nodes.get(at).map_or(0, |node| node.parent)
    }

    /// The children of an element, texts included.
    pub(crate) fn children(&self, at: At) -> impl Iterator<Item = At> {
        let end = self.end(at);
        std::iter::successors(Some(at + 1), |&child| Some(self.end(child))).take_while(move |&child| child < end)
    }

    /// The node and its ancestors, innermost first.
    pub(crate) fn upwards(&self, at: At) -> impl Iterator<Item = At> {
        std::iter::successors(Some(at), |&at| (at > 0).then(|| self.parent(at)))
    }

    /// The nearest of the node and its ancestors that is of a kind.
    pub(crate) fn nearest(&self, at: At, fits: impl Fn(Tag) -> bool) -> Option<At> {
        self.upwards(at).find(|&at| self.tag(at).is_some_and(&fits))
    }

    /// The text in some nodes, as it is written.
    pub(crate) fn text(&self, nodes: Range<At>) -> String {
        let text = |node: &Node<'a>| if let Kind::Text(text) = node.kind { Some(text) } else { None };
        self.nodes.get(nodes).unwrap_or_default().iter().filter_map(text).collect()
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, at: At, name: &str) -> Option<&'a str> {
        attribute(self.element(at)?.1, name)
    }

    /// The id and the classes of an element.
    pub(crate) fn names(&self, at: At) -> impl Iterator<Item = &'a str> {
        self.element(at).into_iter().flat_map(|(_, element)| names_of(element))
    }

    /// The element for a reader: `div#zoom.article`.
    pub(crate) fn label(&self, at: At) -> String {
        let Some((_, element)) = self.element(at) else { return "#text".to_owned() };
        let mut label = element.name().to_owned();
        if let Some(id) = attribute(element, "id") {
            label.push('#');
            label.push_str(id);
        }
        for class in attribute(element, "class").unwrap_or_default().split_ascii_whitespace() {
            label.push('.');
            label.push_str(class);
        }
        label
    }
}
