//! The tree of a page as one list in reading order: what every later step walks once, without recursion.

use std::ops::Range;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::local_name;
use scraper::node::Element;
use scraper::{Html, Node as HtmlNode};

use super::names;
use super::style::{Style, style_of};

/// Index of a node in [`Dom::nodes`].
pub(super) type At = usize;

/// A page's elements and texts in document order; scripts, styles and form fields are set aside.
pub(super) struct Dom<'a> {
    pub(super) html: &'a Html,
    pub(super) nodes: Vec<Node<'a>>,
    /// The `<title>`.
    pub(super) title: &'a str,
    /// Texts of scripts.
    pub(super) scripts: Vec<&'a str>,
    /// Texts of `<textarea>`, where some portals keep the body.
    pub(super) textareas: Vec<&'a str>,
}

/// An element or a text; its descendants are the nodes up to `end`.
pub(super) struct Node<'a> {
    pub(super) id: NodeId,
    pub(super) parent: At,
    pub(super) end: At,
    pub(super) kind: Kind<'a>,
    pub(super) style: Style,
    /// A box whose id or class says that it is no part of an article.
    pub(super) named_furniture: bool,
}

pub(super) enum Kind<'a> {
    Element(Tag, &'a Element),
    Text(&'a str),
}

/// What an element means for the flow of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Meta,
    Block,
    Paragraph,
    Heading,
    Break,
    Pre,
    Table,
    Row,
    Cell,
    HeadCell,
    OrderedList,
    Item,
    Link,
    Image,
    Input,
    Frame,
    Inline,
}

impl Tag {
    /// Text before and after it stands on lines of its own.
    pub(super) fn breaks(self) -> bool {
        !matches!(self, Self::Link | Self::Image | Self::Input | Self::Inline | Self::Meta | Self::Frame)
    }
}

impl<'a> Dom<'a> {
    pub(super) fn new(html: &'a Html) -> Self {
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
                            named_furniture: tag.breaks() && names::is_furniture(element),
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
    pub(super) fn element(&self, at: At) -> Option<(Tag, &'a Element)> {
        match self.nodes.get(at)?.kind {
            Kind::Element(tag, element) => Some((tag, element)),
            Kind::Text(_) => None,
        }
    }

    pub(super) fn tag(&self, at: At) -> Option<Tag> {
        self.element(at).map(|(tag, _)| tag)
    }

    /// Index behind the last descendant.
    pub(super) fn end(&self, at: At) -> At {
        self.nodes.get(at).map_or(at, |node| node.end)
    }

    pub(super) fn parent(&self, at: At) -> At {
        self.nodes.get(at).map_or(0, |node| node.parent)
    }

    /// The children of an element, texts included.
    pub(super) fn children(&self, at: At) -> impl Iterator<Item = At> {
        let end = self.end(at);
        std::iter::successors(Some(at + 1), |&child| Some(self.end(child))).take_while(move |&child| child < end)
    }

    /// The node and its ancestors, innermost first.
    pub(super) fn upwards(&self, at: At) -> impl Iterator<Item = At> {
        std::iter::successors(Some(at), |&at| (at > 0).then(|| self.parent(at)))
    }

    /// The nearest of the node and its ancestors that is of a kind.
    pub(super) fn nearest(&self, at: At, fits: impl Fn(Tag) -> bool) -> Option<At> {
        self.upwards(at).find(|&at| self.tag(at).is_some_and(&fits))
    }

    /// The text in some nodes, as it is written.
    pub(super) fn text(&self, nodes: Range<At>) -> String {
        let text = |node: &Node<'a>| if let Kind::Text(text) = node.kind { Some(text) } else { None };
        self.nodes.get(nodes).unwrap_or_default().iter().filter_map(text).collect()
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, at: At, name: &str) -> Option<&'a str> {
        attribute(self.element(at)?.1, name)
    }

    /// The id and the classes of an element.
    pub(super) fn names(&self, at: At) -> impl Iterator<Item = &'a str> {
        self.element(at).into_iter().flat_map(|(_, element)| names_of(element))
    }

    /// The element for a reader: `div#zoom.article`.
    pub(super) fn label(&self, at: At) -> String {
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

/// The id and the classes of an element.
pub(super) fn names_of(element: &Element) -> impl Iterator<Item = &str> {
    let named = |name: &html5ever::QualName| matches!(name.local, local_name!("id") | local_name!("class"));
    element.attrs.iter().filter(move |(name, _)| named(name)).map(|(_, value)| &**value)
}

/// The value of an attribute, without the look-up table that `scraper` would build.
pub(super) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attrs.iter().find(|(known, _)| &*known.local == name).map(|(_, value)| &**value)
}

fn tag_of(element: &Element) -> Tag {
    match element.name.local {
        local_name!("p") => Tag::Paragraph,
        local_name!("h1")
        | local_name!("h2")
        | local_name!("h3")
        | local_name!("h4")
        | local_name!("h5")
        | local_name!("h6") => Tag::Heading,
        local_name!("br") | local_name!("hr") => Tag::Break,
        local_name!("pre") => Tag::Pre,
        local_name!("table") => Tag::Table,
        local_name!("tr") => Tag::Row,
        local_name!("td") => Tag::Cell,
        local_name!("th") => Tag::HeadCell,
        local_name!("ol") => Tag::OrderedList,
        local_name!("li") => Tag::Item,
        local_name!("a") => Tag::Link,
        local_name!("img") => Tag::Image,
        local_name!("input") => Tag::Input,
        local_name!("iframe") | local_name!("embed") => Tag::Frame,
        local_name!("meta") => Tag::Meta,
        local_name!("html")
        | local_name!("head")
        | local_name!("body")
        | local_name!("div")
        | local_name!("section")
        | local_name!("article")
        | local_name!("header")
        | local_name!("footer")
        | local_name!("main")
        | local_name!("nav")
        | local_name!("aside")
        | local_name!("ul")
        | local_name!("dl")
        | local_name!("dt")
        | local_name!("dd")
        | local_name!("form")
        | local_name!("fieldset")
        | local_name!("blockquote")
        | local_name!("center")
        | local_name!("address")
        | local_name!("caption")
        | local_name!("tbody")
        | local_name!("thead")
        | local_name!("tfoot")
        | local_name!("figure")
        | local_name!("figcaption")
        | local_name!("details")
        | local_name!("summary")
        | local_name!("legend")
        | local_name!("marquee")
        | local_name!("menu")
        | local_name!("dir") => Tag::Block,
        // UCAP wraps title and body in elements of its own.
        ref name if &**name == "ucaptitle" => Tag::Heading,
        ref name if &**name == "ucapcontent" => Tag::Block,
        _ => Tag::Inline,
    }
}
