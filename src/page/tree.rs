//! The tree of a page as one list in reading order: what every later step walks once, without recursion.

use std::ops::Index;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use html5ever::local_name;
use scraper::node::Element;
use scraper::{Html, Node as HtmlNode, Selector};

use super::box_names;
use super::ids::{Each, Id as _, NodeId, Span};
use super::sheet::Sheet;
use super::style::{Style, style_of};
use super::tag::{Tag, attribute, names_of, tag_of};

/// A page's elements and texts in document order; scripts, styles and form fields are set aside.
#[derive(Debug)]
pub(crate) struct Tree {
    html: Html,
    nodes: Each<NodeId, Node>,
    /// What is no text of the page.
    aside: Aside,
}

/// Elements whose content is no text of the page.
#[derive(Debug, Default)]
struct Aside {
    title: Option<ego_tree::NodeId>,
    scripts: Vec<ego_tree::NodeId>,
    textareas: Vec<ego_tree::NodeId>,
    /// What its `<style>` elements say of line ends.
    sheet: Sheet,
}

/// An element or a text; its descendants are the nodes up to `end`.
#[derive(Debug)]
pub(crate) struct Node {
    /// Its place in the parser's tree.
    id: ego_tree::NodeId,
    pub(crate) parent: NodeId,
    pub(crate) end: NodeId,
    /// What the element is; `None` for a text.
    pub(crate) tag: Option<Tag>,
    pub(crate) style: Style,
    /// Text before and after it stands on lines of its own.
    pub(crate) breaks: bool,
    /// A box whose id or class says that it is no part of an article.
    pub(crate) named_furniture: bool,
    /// A box that an editor of portal software fills.
    pub(crate) named_editor: bool,
}

impl Node {
    /// An element that is still open.
    fn of(element: &Element, id: ego_tree::NodeId, parent: NodeId, above: Style, sheet: &Sheet) -> Self {
        let tag = tag_of(element);
        let (mut style, own) = style_of(element, tag, above);
        let flow = sheet.flow(element, own);
        style.preformatted |= flow.preformatted;
        Self {
            id,
            parent,
            end: parent,
            tag: Some(tag),
            style,
            breaks: tag.breaks() || flow.block,
            named_furniture: tag.breaks() && box_names::is_furniture(element),
            named_editor: tag.breaks() && box_names::is_editor(element),
        }
    }
}

impl Tree {
    pub(crate) fn new(html: Html) -> Self {
        let mut nodes: Vec<Node> = Vec::with_capacity(html.tree.values().len());
        let mut aside = Aside::default();
        let mut open: Vec<usize> = vec![0];
        let mut set_aside = None;
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) if set_aside.is_none() => {
                    let parent = open.last().copied().unwrap_or_default();
                    let above = nodes.get(parent).map_or_else(Style::default, |parent| parent.style);
                    let (id, parent) = (node.id(), NodeId::at(parent));
                    match node.value() {
                        HtmlNode::Text(_) => {
                            let end = NodeId::at(nodes.len() + 1);
                            nodes.push(Node {
                                id,
                                parent,
                                end,
                                tag: None,
                                style: above,
                                breaks: false,
                                named_furniture: false,
                                named_editor: false,
                            });
                        }
                        HtmlNode::Element(element) => {
                            if aside.takes(node, element) {
                                set_aside = Some(id);
                                continue;
                            }
                            open.push(nodes.len());
                            nodes.push(Node::of(element, id, parent, above, &aside.sheet));
                        }
                        _ => {}
                    }
                }
                Edge::Close(node) => match set_aside {
                    Some(id) if id == node.id() => set_aside = None,
                    None if node.value().is_element() => {
                        let end = NodeId::at(nodes.len());
                        if let Some(node) = open.pop().and_then(|at| nodes.get_mut(at)) {
                            node.end = end;
                        }
                    }
                    _ => {}
                },
                Edge::Open(_) => {}
            }
        }
        Self { nodes: nodes.into(), html, aside }
    }

    /// The tree as the parser built it.
    pub(crate) fn html(&self) -> &Html {
        &self.html
    }

    /// Every node.
    pub(crate) fn all(&self) -> Span<NodeId> {
        self.nodes.all()
    }

    pub(crate) fn get(&self, at: NodeId) -> Option<&Node> {
        self.nodes.get(at)
    }

    /// A node with everything in it.
    pub(crate) fn span(&self, at: NodeId) -> Span<NodeId> {
        at.to(self.end(at))
    }

    /// The `<title>`.
    pub(crate) fn title(&self) -> &str {
        self.aside.title.map_or("", |id| self.first_text(id))
    }

    /// Texts of scripts.
    pub(crate) fn scripts(&self) -> impl Iterator<Item = &str> {
        self.aside.scripts.iter().map(|&id| self.first_text(id))
    }

    /// Texts of `<textarea>`, where some portals keep the body.
    pub(crate) fn textareas(&self) -> impl Iterator<Item = &str> {
        self.aside.textareas.iter().map(|&id| self.first_text(id))
    }

    fn first_text(&self, id: ego_tree::NodeId) -> &str {
        let child = self.html.tree.get(id).and_then(|node| node.first_child());
        child.and_then(|child| child.value().as_text()).map_or("", |text| &**text)
    }

    /// The text, if the node is one.
    pub(crate) fn text_of(&self, at: NodeId) -> Option<&str> {
        let node = self.nodes.get(at).filter(|node| node.tag.is_none())?;
        self.html.tree.get(node.id)?.value().as_text().map(|text| &**text)
    }

    /// The element, if the node is one.
    pub(crate) fn element(&self, at: NodeId) -> Option<&Element> {
        let node = self.nodes.get(at).filter(|node| node.tag.is_some())?;
        self.html.tree.get(node.id)?.value().as_element()
    }

    pub(crate) fn tag(&self, at: NodeId) -> Option<Tag> {
        self.nodes.get(at)?.tag
    }

    /// The name of an element; empty for a text.
    pub(crate) fn name(&self, at: NodeId) -> &str {
        self.element(at).map_or("", Element::name)
    }

    /// The node behind the last descendant.
    pub(crate) fn end(&self, at: NodeId) -> NodeId {
        self.nodes.get(at).map_or(at, |node| node.end)
    }

    pub(crate) fn parent(&self, at: NodeId) -> NodeId {
        self.nodes.get(at).map_or(NodeId::ROOT, |node| node.parent)
    }

    /// The children of an element, texts included.
    pub(crate) fn children(&self, at: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.end(at);
        std::iter::successors(Some(at + 1), |&child| Some(self.end(child))).take_while(move |&child| child < end)
    }

    /// The node and its ancestors, innermost first.
    pub(crate) fn upwards(&self, at: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(at), |&at| (at > NodeId::ROOT).then(|| self.parent(at)))
    }

    /// The nearest of the node and its ancestors that is of a kind.
    pub(crate) fn nearest(&self, at: NodeId, fits: impl Fn(Tag) -> bool) -> Option<NodeId> {
        self.upwards(at).find(|&at| self.tag(at).is_some_and(&fits))
    }

    /// The text in some nodes, as it is written.
    pub(crate) fn text(&self, nodes: Span<NodeId>) -> String {
        nodes.iter().filter_map(|at| self.text_of(at)).collect()
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, at: NodeId, name: &str) -> Option<&str> {
        attribute(self.element(at)?, name)
    }

    /// The id and the classes of an element.
    pub(crate) fn names(&self, at: NodeId) -> impl Iterator<Item = &str> {
        self.element(at).into_iter().flat_map(names_of)
    }

    /// The elements that a CSS selector finds, in document order.
    pub(crate) fn select(&self, selector: &Selector) -> impl Iterator<Item = NodeId> {
        // Both lists are in document order, so that each is walked once.
        let mut nodes = self.all().iter();
        self.html.select(selector).filter_map(move |found| {
            let mut rest = nodes.clone();
            let at = rest.find(|&at| self[at].id == found.id())?;
            nodes = rest;
            Some(at)
        })
    }

    /// The element for a reader: `div#zoom.article`.
    pub(crate) fn label(&self, at: NodeId) -> String {
        let Some(element) = self.element(at) else { return "#text".to_owned() };
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

impl Index<NodeId> for Tree {
    type Output = Node;

    fn index(&self, at: NodeId) -> &Node {
        &self.nodes[at]
    }
}

impl Aside {
    /// Whether the content of an element is no text of the page.
    fn takes(&mut self, node: NodeRef<'_, HtmlNode>, element: &Element) -> bool {
        let id = node.id();
        let text = || node.first_child().and_then(|child| child.value().as_text()).map_or("", |text| &**text);
        match element.name.local {
            local_name!("script") => self.scripts.push(id),
            local_name!("title") if self.title.is_none() && !text().is_empty() => self.title = Some(id),
            local_name!("textarea") => self.textareas.push(id),
            local_name!("style") => self.sheet.read(text()),
            local_name!("title")
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
}
