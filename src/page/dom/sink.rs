//! What the tree construction of html5ever does to the tree.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName, expanded_name, local_name, ns};

use super::{Content, Dom, DomId, Element};

/// The tree while the parser fills it.
#[derive(Debug)]
pub(in crate::page) struct Sink(RefCell<Dom>);

impl Sink {
    pub(in crate::page) fn new(dom: Dom) -> Self {
        Self(RefCell::new(dom))
    }

    /// A node that has no place yet.
    fn orphan(&self, content: Content) -> DomId {
        self.0.borrow_mut().push(content)
    }
}

impl Dom {
    /// Puts a node, or text that a text before it takes in, before a child of an element or behind the last one.
    fn place(&mut self, child: NodeOrText<DomId>, parent: DomId, next: Option<DomId>) {
        let at = match child {
            NodeOrText::AppendNode(at) => at,
            NodeOrText::AppendText(text) => {
                let previous = next.map_or(self.node(parent).last, |next| self.node(next).previous);
                let before = previous.map(|previous| &mut self.nodes[previous.index()].content);
                if let Some(Content::Text(before)) = before {
                    before.push_tendril(&text);
                    return;
                }
                self.push(Content::Text(text))
            }
        };
        self.insert(at, parent, next);
    }
}

impl TreeSink for Sink {
    type Handle = DomId;
    type Output = Dom;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Dom {
        self.0.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> DomId {
        DomId::DOCUMENT
    }

    fn elem_name<'a>(&'a self, target: &'a DomId) -> Ref<'a, QualName> {
        Ref::map(self.0.borrow(), |dom| {
            &dom.element(*target).expect("html5ever asks for the names of elements alone").name
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _flags: ElementFlags) -> DomId {
        let has_fragment = name.expanded() == expanded_name!(html "template");
        let mut dom = self.0.borrow_mut();
        let at = dom.push(Content::Element(Element { name, attrs }));
        if has_fragment {
            let fragment = dom.push(Content::Fragment);
            dom.insert(fragment, at, None);
        }
        at
    }

    fn create_comment(&self, text: StrTendril) -> DomId {
        self.orphan(Content::Comment(text))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> DomId {
        self.orphan(Content::Instruction(Box::new([target, data])))
    }

    fn append(&self, parent: &DomId, child: NodeOrText<DomId>) {
        self.0.borrow_mut().place(child, *parent, None);
    }

    fn append_before_sibling(&self, sibling: &DomId, child: NodeOrText<DomId>) {
        let mut dom = self.0.borrow_mut();
        if let NodeOrText::AppendNode(at) = child {
            dom.detach(at);
        }
        if let Some(parent) = dom.parent(*sibling) {
            dom.place(child, parent, Some(*sibling));
        }
    }

    fn append_based_on_parent_node(&self, element: &DomId, previous: &DomId, child: NodeOrText<DomId>) {
        if self.0.borrow().parent(*element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        let mut dom = self.0.borrow_mut();
        let at = dom.push(Content::Doctype(Box::new([name, public_id, system_id])));
        dom.insert(at, DomId::DOCUMENT, None);
    }

    fn get_template_contents(&self, target: &DomId) -> DomId {
        self.0.borrow().first_child(*target).expect("a template is made with its contents")
    }

    fn same_node(&self, one: &DomId, other: &DomId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.0.borrow_mut().quirks = mode;
    }

    fn add_attrs_if_missing(&self, target: &DomId, attrs: Vec<Attribute>) {
        let mut dom = self.0.borrow_mut();
        if let Content::Element(element) = &mut dom.nodes[target.index()].content {
            for attr in attrs {
                if element.attrs.iter().all(|known| known.name != attr.name) {
                    element.attrs.push(attr);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &DomId) {
        self.0.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &DomId, new_parent: &DomId) {
        let mut dom = self.0.borrow_mut();
        while let Some(child) = dom.first_child(*node) {
            dom.detach(child);
            dom.insert(child, *new_parent, None);
        }
    }
}
