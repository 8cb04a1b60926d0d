//! The same tree as `scraper` has it, for CSS selectors.

use ego_tree::{NodeId, Tree};
use html5ever::tree_builder::{ElementFlags, TreeSink as _};
use scraper::node::Text;
use scraper::{Html, HtmlTreeSink, Node};

use super::{Content, Dom};

impl Dom {
    /// The tree for CSS selectors: the same nodes in the same order.
    pub(in crate::page) fn to_html(&self) -> Html {
        let mut html = self.unjoined();
        let ids: Vec<NodeId> = html.tree.nodes().map(|node| node.id()).collect();
        for (&parent, node) in ids.iter().zip(&self.nodes) {
            let children = std::iter::successors(node.first, |&child| self.next_sibling(child));
            for child in children.filter_map(|child| ids.get(child.index())) {
                if let Some(mut parent) = html.tree.get_mut(parent) {
                    parent.append_id(*child);
                }
            }
        }
        html
    }

    /// The nodes, each for itself.
    fn unjoined(&self) -> Html {
        let mut html = Html::new_document();
        html.quirks_mode = self.quirks;
        html.tree = Tree::with_capacity(Node::Document, self.len());
        let sink = HtmlTreeSink::new(html);
        for node in &self.nodes {
            match &node.content {
                // Made with the document and with the template.
                Content::Document | Content::Fragment => {}
                Content::Doctype(doctype) => {
                    let [name, public_id, system_id] = (**doctype).clone();
                    sink.append_doctype_to_document(name, public_id, system_id);
                }
                Content::Comment(text) => _ = sink.create_comment(text.clone()),
                Content::Instruction(instruction) => {
                    let [target, data] = (**instruction).clone();
                    sink.create_pi(target, data);
                }
                Content::Text(text) => _ = sink.0.borrow_mut().tree.orphan(Node::Text(Text { text: text.clone() })),
                Content::Element(element) => {
                    sink.create_element(element.name.clone(), element.attrs.clone(), ElementFlags::default());
                }
            }
        }
        sink.finish()
    }
}
