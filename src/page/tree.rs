//! The tree of a page as one list in reading order: what every later step walks once, without recursion.

use std::ops::Index;

use std::cell::OnceCell;
use std::collections::HashSet;

use html5ever::local_name;
use scraper::{Html, Selector};

use super::box_names;
use super::dom::{Content, Dom, DomId, Element};
use super::ids::{Each, Id as _, NodeId, Span};
use super::sheet::Sheet;
use super::style::{Style, style_of};
use super::tag::{Tag, tag_of};

/// A page's elements and texts in document order; scripts, styles and form fields are set aside.
#[derive(Debug)]
pub(crate) struct Tree {
    dom: Dom,
    /// The same tree for CSS selectors, which few pages are asked for.
    html: OnceCell<Html>,
    nodes: Each<NodeId, Node>,
    /// What is no text of the page.
    aside: Aside,
}

/// Elements whose content is no text of the page.
#[derive(Debug, Default)]
struct Aside {
    title: Option<DomId>,
    scripts: Vec<DomId>,
    textareas: Vec<DomId>,
    /// What its `<style>` elements say of line ends.
    sheet: Sheet,
}

/// An element or a text; its descendants are the nodes up to `end`.
#[derive(Debug)]
pub(crate) struct Node {
    /// Its place in the parser's tree.
    id: DomId,
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
    fn text(id: DomId, parent: NodeId, end: NodeId, style: Style) -> Self {
        Self { id, parent, end, tag: None, style, breaks: false, named_furniture: false, named_editor: false }
    }

    /// An element that is still open.
    fn of(element: &Element, id: DomId, parent: NodeId, above: Style, sheet: &Sheet) -> Self {
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
    pub(crate) fn new(dom: Dom) -> Self {
        let mut nodes: Vec<Node> = Vec::with_capacity(dom.len());
        let mut aside = Aside::default();
        // Where a node is in the list, and in the parser's tree, for all that are open.
        let mut open: Vec<(usize, DomId)> = Vec::new();
        let mut next = dom.first_child(DomId::DOCUMENT);
        while let Some(id) = next {
            let parent = open.last().map_or(0, |&(at, _)| at);
            let above = nodes.get(parent).map_or_else(Style::default, |parent| parent.style);
            let (at, parent) = (nodes.len(), NodeId::at(parent));
            next = match dom.content(id) {
                Content::Text(_) => {
                    nodes.push(Node::text(id, parent, NodeId::at(at + 1), above));
                    dom.next_sibling(id)
                }
                Content::Element(element) if !aside.takes(&dom, id, element) => {
                    nodes.push(Node::of(element, id, parent, above, &aside.sheet));
                    open.push((at, id));
                    dom.first_child(id)
                }
                _ => dom.next_sibling(id),
            };
            while next.is_none()
                && let Some((at, id)) = open.pop()
            {
                let end = NodeId::at(nodes.len());
                if let Some(node) = nodes.get_mut(at) {
                    node.end = end;
                }
                next = dom.next_sibling(id);
            }
        }
        Self { nodes: nodes.into(), html: OnceCell::new(), dom, aside }
    }

    /// The tree as the parser built it.
    pub(crate) fn dom(&self) -> &Dom {
        &self.dom
    }

    /// The same tree for CSS selectors.
    pub(crate) fn html(&self) -> &Html {
        self.html.get_or_init(|| self.dom.to_html())
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

    fn first_text(&self, id: DomId) -> &str {
        first_text(&self.dom, id)
    }

    /// The text, if the node is one.
    pub(crate) fn text_of(&self, at: NodeId) -> Option<&str> {
        let node = self.nodes.get(at).filter(|node| node.tag.is_none())?;
        self.dom.text(node.id)
    }

    /// The element, if the node is one.
    pub(crate) fn element(&self, at: NodeId) -> Option<&Element> {
        let node = self.nodes.get(at).filter(|node| node.tag.is_some())?;
        self.dom.element(node.id)
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
        self.element(at)?.attribute(name)
    }

    /// The id and the classes of an element.
    pub(crate) fn names(&self, at: NodeId) -> impl Iterator<Item = &str> {
        self.element(at).into_iter().flat_map(Element::names)
    }

    /// The elements that a CSS selector finds, in document order.
    pub(crate) fn select(&self, selector: &Selector) -> impl Iterator<Item = NodeId> {
        let html = self.html();
        let found: HashSet<ego_tree::NodeId> = html.select(selector).map(|element| element.id()).collect();
        // Both trees have their nodes in the same order.
        let nodes = html.tree.nodes().map(|node| node.id()).zip(self.dom.ids());
        let found: HashSet<DomId> = nodes.filter(|(id, _)| found.contains(id)).map(|(_, id)| id).collect();
        self.all().iter().filter(move |&at| found.contains(&self[at].id))
    }

    /// The element for a reader: `div#zoom.article`.
    pub(crate) fn label(&self, at: NodeId) -> String {
        let Some(element) = self.element(at) else { return "#text".to_owned() };
        let mut label = element.name().to_owned();
        if let Some(id) = element.attribute("id") {
            label.push('#');
            label.push_str(id);
        }
        for class in element.attribute("class").unwrap_or_default().split_ascii_whitespace() {
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

/// The text with which an element begins.
fn first_text(dom: &Dom, element: DomId) -> &str {
    dom.first_child(element).and_then(|child| dom.text(child)).unwrap_or_default()
}

impl Aside {
    /// Whether the content of an element is no text of the page.
    fn takes(&mut self, dom: &Dom, id: DomId, element: &Element) -> bool {
        let text = || first_text(dom, id);
        match *element.local() {
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
