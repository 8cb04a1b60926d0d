//! Pages that are no article, told apart: error pages, walls, lists, searches, front pages, pictures, files, scripts.

use std::ops::Range;

use crate::model::{Block, Reason};
use crate::page::line_class::{counts_hits, is_closing, is_file_address, is_file_name, is_sentence_mark, names_search};
use crate::page::{At, Dom, Kind, Lines, Tag};

/// What a bot wall writes (瑞数, 加速乐, 网宿, 云锁, 阿里云, and plain script checks).
const WALLS: &[&str] = &[
    "$_ts=window['$_ts']",
    "$_ts=window[\"$_ts\"]",
    "__jsl_clearance",
    "wzwsquestion",
    "WZWSREL",
    "yunsuo_session_verify",
    "security_verify_data",
    "acw_sc__v2",
    "__tst_status",
    "创宇盾",
    "云防御",
    "知道创宇",
    "请开启JavaScript",
    "请启用JavaScript",
    "人机验证",
    "滑动验证",
    "访问验证",
    "安全验证",
];
/// What error pages say.
const ERRORS: &[&str] = &[
    "页面不存在",
    "页面已删除",
    "不存在或已删除",
    "不存在或已被删除",
    "已被删除",
    "找不到页面",
    "找不到该页",
    "找不到您",
    "无法找到",
    "页面找不到",
    "访问的页面",
    "访问页面不存在",
    "您要查看的",
    "内容不存在",
    "信息不存在",
    "文章不存在",
    "404 Not Found",
    "404错误",
    "404页面",
    "Not Found",
    "系统错误",
    "服务器错误",
    "无权访问",
    "页面丢失",
    "页面走丢",
    "没有找到",
    "Internal Server Error",
    "Bad Gateway",
];
/// Fewest titles of a list.
const FEWEST_LISTED: usize = 8;
/// Longest visible text of a page that may be a wall or an error page.
const SHORT: usize = 800;

/// A bot wall: one of its signatures and hardly any text.
pub(super) fn is_wall(markup: &str, visible: usize) -> bool {
    visible < 300 && markup.len() < 60_000 && WALLS.iter().any(|sign| markup.contains(sign))
}

/// What is known of a page when its body has been found.
pub(super) struct Found<'a> {
    pub(super) dom: &'a Dom<'a>,
    pub(super) body: At,
    pub(super) blocks: &'a [Block],
    /// Characters of the page that are no links.
    pub(super) visible: usize,
    /// Titles as the tags give them.
    pub(super) heads: &'a [String],
    pub(super) lines: &'a Lines,
    /// The page has the tags of an article.
    pub(super) tagged: bool,
    /// It has its tags or labels.
    pub(super) declared: bool,
    /// The page is called like the site.
    pub(super) is_home: bool,
    /// Running text of the body.
    pub(super) weight: f64,
    /// Share of the body that is links.
    pub(super) links: f64,
}

impl Found<'_> {
    /// Why the page is no article, if it is none.
    pub(super) fn reason(&self) -> Option<Reason> {
        let searched = |reason| matches!(reason, Reason::List | Reason::NoArticle | Reason::ScriptOnly);
        self.lacks().map(|reason| if searched(reason) && self.is_search() { Reason::Search } else { reason })
    }

    /// The page is titled as a search, or counts what it found.
    fn is_search(&self) -> bool {
        let counts = |n: usize| counts_hits(self.lines.text(n));
        self.heads.iter().any(|head| names_search(head)) || (0..self.lines.len()).any(counts)
    }

    /// What the page is instead of an article, a search not yet told from other lists.
    fn lacks(&self) -> Option<Reason> {
        let chars: usize = self.blocks.iter().map(|block| block.text.chars().count()).sum();
        let sentences = self.blocks.iter().filter(|block| block.text.contains(is_sentence_mark));
        let sentences: usize = sentences.map(|block| block.text.chars().count()).sum();
        let says_error = |text: &str| text.len() < SHORT / 4 && ERRORS.iter().any(|sign| text.contains(sign));
        let shown = |n: usize| says_error(self.lines.text(n));
        if chars < SHORT / 2
            && (self.heads.iter().any(|head| says_error(head))
                || self.visible < SHORT && (0..self.lines.len()).any(shown))
        {
            return Some(Reason::ErrorPage);
        }
        let inside = self.lines.within(self.body, self.dom.end(self.body));
        let listed = self.listed(inside.clone());
        // An article above a long list of others is one all the same.
        let article = self.declared && self.blocks.iter().any(|block| block.text.contains('。'));
        if !article
            && sentences < 200
            && listed >= FEWEST_LISTED
            && (self.links > 0.5 || listed * 10 >= inside.len() * 6)
        {
            return Some(if self.is_home { Reason::Home } else { Reason::List });
        }
        let files_only = self.blocks.iter().all(|block| is_file_name(&block.text) || is_list_of_files(&block.text));
        let files = self.files();
        if chars < 200 && files > 0 && (files_only || sentences == 0) && self.pictures(self.inside()) <= 1 {
            return Some(Reason::AttachmentOnly);
        }
        if chars < 120 && sentences < 10 && self.pictures(self.inside()) > 0 {
            return Some(Reason::ImageOnly);
        }
        if chars < 120 && self.blocks.iter().any(|block| is_file_name(&block.text)) && files_only {
            return Some(Reason::AttachmentOnly);
        }
        if chars == 0 || sentences == 0 && self.weight < 20.0 {
            return Some(self.bodiless());
        }
        let closes = self.blocks.iter().any(|block| is_closing(&block.text));
        let scant = chars < 80 && !closes || sentences * 4 < chars && self.weight < 200.0 && !closes;
        (!self.declared && (self.links > 0.5 || scant)).then(|| self.undeclared())
    }

    /// What a page without the tags and labels of an article is.
    fn undeclared(&self) -> Reason {
        let script = self.visible < 100 && self.dom.scripts.iter().any(|script| script.len() > 1000);
        match (script, self.is_home, self.link_count() > 40) {
            (true, ..) => Reason::ScriptOnly,
            (_, true, _) => Reason::Home,
            (_, _, true) => Reason::List,
            _ => Reason::NoArticle,
        }
    }

    /// How many of the lines are the title of something elsewhere, perhaps with a day.
    fn listed(&self, range: Range<usize>) -> usize {
        let lines = self.lines.all.get(range).unwrap_or_default().iter();
        lines.filter(|line| line.links >= 8 && line.links + 14 >= line.chars && line.marks < 2).count()
    }

    /// Why there is no body: what stands where it should.
    fn bodiless(&self) -> Reason {
        let everywhere = 0..self.dom.nodes.len();
        let file = |at: At| {
            let address = self.dom.attribute(at, "href").or(self.dom.attribute(at, "src")).is_some_and(is_file_address);
            address
                || matches!(self.dom.nodes.get(at).map(|node| &node.kind), Some(Kind::Text(text)) if is_file_name(text))
        };
        if !self.tagged && self.listed(0..self.lines.len()) >= FEWEST_LISTED {
            return if self.is_home { Reason::Home } else { Reason::List };
        }
        if !self.declared {
            return self.undeclared();
        }
        let in_script = |script: &&str| script.contains(".pdf") || script.contains(".ofd");
        if everywhere.clone().any(file) || self.dom.scripts.iter().any(in_script) {
            Reason::AttachmentOnly
        } else if self.free_pictures() > 0 {
            Reason::ImageOnly
        } else if self.visible < 100 {
            Reason::ScriptOnly
        } else {
            Reason::NoArticle
        }
    }

    fn inside(&self) -> std::ops::Range<At> {
        self.body..self.dom.end(self.body)
    }

    fn files(&self) -> usize {
        let file =
            |at: &At| self.dom.attribute(*at, "href").or(self.dom.attribute(*at, "src")).is_some_and(is_file_address);
        self.inside().filter(file).count()
    }

    /// Pictures that may hold text: no icons of file types, no logos and codes.
    fn pictures(&self, range: Range<At>) -> usize {
        const SIGNS: [&str; 8] = ["icon", "ico_", "logo", "banner", "ewm", "qr", "share", ".gif"];
        let picture = |at: &At| {
            let source = self.dom.attribute(*at, "src").unwrap_or_default().to_ascii_lowercase();
            self.dom.tag(*at) == Some(Tag::Image)
                && !source.is_empty()
                && !SIGNS.iter().any(|sign| source.contains(sign))
        };
        range.filter(picture).count()
    }

    /// Pictures of the page that are not links, as logos and buttons are.
    fn free_pictures(&self) -> usize {
        let free = |at: &At| self.dom.nodes.get(*at).is_some_and(|node| !node.style.link);
        (0..self.dom.nodes.len()).filter(free).map(|at| self.pictures(at..at + 1)).sum()
    }

    fn link_count(&self) -> usize {
        (0..self.dom.nodes.len()).filter(|&at| self.dom.tag(at) == Some(Tag::Link)).count()
    }
}

fn is_list_of_files(text: &str) -> bool {
    text.starts_with("附件") && text.chars().count() < 60
}
