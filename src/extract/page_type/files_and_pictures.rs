//! Pages whose article is no text: files and pictures that stand in its place.

use super::{Amount, Declared, Evidence, FEWEST_LISTED, WRITTEN};
use crate::extract::files;
use crate::model::{Block, Reason};
use crate::page::line_class::{is_file_address, is_file_name};
use crate::page::{NodeId, Span, Tag};
use crate::words::FURNITURE_PICTURES;

/// Most characters of a body that is only files, and of one that is only pictures or names of files.
const BESIDE_FILES: (usize, usize) = (200, 120);
/// Most characters of sentences beside pictures.
const BESIDE_PICTURES: usize = 10;

impl Evidence<'_> {
    /// Nothing but files, linked or named.
    pub(super) fn holds_files(&self, amount: &Amount) -> bool {
        let named = |block: &Block| is_file_name(&block.text);
        let files_only = self.blocks.iter().all(|block| named(block) || is_list_of_files(&block.text));
        let inside = self.view.tree.span(self.body.core);
        let linked = amount.chars < BESIDE_FILES.0
            && (files_only || amount.sentences == 0)
            && (inside.iter().any(|at| self.is_file(at)) || self.shows_file())
            && self.pictures(inside) <= 1;
        let by_name = amount.chars < BESIDE_FILES.1 && files_only && self.blocks.iter().any(named);
        linked || by_name && !self.holds_pictures(amount)
    }

    /// A frame of the article shows a file.
    fn shows_file(&self) -> bool {
        let tree = &self.view.tree;
        self.article.iter().any(|at| tree.tag(at) != Some(Tag::Link) && files::address(tree, at).is_some())
    }

    /// Nothing but pictures.
    pub(super) fn holds_pictures(&self, amount: &Amount) -> bool {
        amount.chars < BESIDE_FILES.1
            && amount.sentences < BESIDE_PICTURES
            && self.pictures(self.around_words(amount)) > 0
    }

    /// The element of the body; of words that may be the article, the smallest box around them.
    fn around_words(&self, amount: &Amount) -> Span<NodeId> {
        let (tree, lines, core) = (&self.view.tree, self.view.lines(), self.body.core);
        let mut words = self.view.lines_in(core).iter().filter(|&n| self.body.holds(n));
        let (Some(first), true) = (words.next(), self.holds_words(amount)) else { return tree.span(core) };
        let last = words.next_back().unwrap_or(first);
        let holds = |at: &NodeId| *at == core || lines.get(last).is_some_and(|line| tree.span(*at).contains(line.last));
        let mut boxes = tree.upwards(lines[first].block).filter(holds);
        let smallest = boxes.find(|&at| !matches!(tree.tag(at), Some(Tag::Paragraph | Tag::Heading | Tag::Link)));
        tree.span(smallest.filter(|&at| at > core).unwrap_or(core))
    }

    /// Why there is no body: what stands where it should.
    pub(super) fn bodiless(&self) -> Reason {
        let tree = &self.view.tree;
        let file = |at: NodeId| self.is_file(at) || tree.text_of(at).is_some_and(is_file_name);
        // Below the title of an article they are what it shows, whatever lists stand around them.
        let titled = self.declared == Declared::Whole && self.article.start > NodeId::ROOT;
        if titled && self.article.iter().any(file) {
            return Reason::AttachmentOnly;
        }
        if titled && self.free_pictures() {
            return Reason::ImageOnly;
        }
        if !self.tagged && self.listed(self.view.lines().all()) >= FEWEST_LISTED {
            return self.list();
        }
        if self.declared != Declared::Whole {
            return self.undeclared();
        }
        let in_script = |script: &str| script.contains(".pdf") || script.contains(".ofd");
        if tree.all().iter().any(file) || tree.scripts().any(in_script) {
            Reason::AttachmentOnly
        } else if self.free_pictures() {
            Reason::ImageOnly
        } else if self.visible < WRITTEN.0 || self.is_application() {
            Reason::ScriptOnly
        } else {
            Reason::NoArticle
        }
    }

    fn is_file(&self, at: NodeId) -> bool {
        let tree = &self.view.tree;
        files::address(tree, at).is_some() || tree.attribute(at, "src").is_some_and(is_file_address)
    }

    /// A picture that may hold text: no icon of a file type, no logo or code.
    fn is_picture(&self, at: NodeId) -> bool {
        let tree = &self.view.tree;
        if tree.tag(at) != Some(Tag::Image) {
            return false;
        }
        let source = tree.attribute(at, "src").unwrap_or_default().to_ascii_lowercase();
        !source.is_empty() && !FURNITURE_PICTURES.is_in(&source)
    }

    fn pictures(&self, nodes: Span<NodeId>) -> usize {
        nodes.iter().filter(|&at| self.article.contains(at) && self.is_picture(at)).count()
    }

    /// The page has pictures that are no links, as logos and buttons are.
    fn free_pictures(&self) -> bool {
        let tree = &self.view.tree;
        self.article.iter().any(|at| !tree[at].style.link && self.is_picture(at))
    }
}

fn is_list_of_files(text: &str) -> bool {
    let see = text.contains("附件") && text.chars().count() < 16;
    see || text.starts_with("附件") && text.chars().count() < 60
}
