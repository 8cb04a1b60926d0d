//! Pages that are no article, told apart: error pages, walls, lists, searches, front pages, pictures, files, scripts.

mod files_and_pictures;

use super::body::{Body, points_below};
use super::explain::Trace;
use super::rules::PageRule;
use super::shell;
use super::teasers::are_items;
use crate::model::{Block, BlockKind, Reason};
use crate::page::line_class::{counts_hits, is_closing, is_file_name, is_sentence_mark, names_search};
use crate::page::{LabelLine, Line, LineId, NodeId, Span, Tag, View};
use crate::words::{CONTACTS, ERROR_PAGES, TOPIC_NAMES, WALLS};

/// Fewest titles of a list.
const FEWEST_LISTED: usize = 8;
/// Fewest linked characters of such a title, and most of the day and the marks beside it.
const TITLE_AND_DAY: (usize, usize) = (8, 14);
/// A page with more sentences than this is no list.
const SENTENCES_OF_A_LIST: usize = 200;
/// Longest visible text of a page that may be an error page.
const SHORT: usize = 800;
/// Most characters of its body.
const SHORT_BODY: usize = SHORT / 2;
/// Most bytes of a line that says what is wrong.
const SHORT_LINE: usize = SHORT / 4;
/// Longest visible text and markup of a bot wall.
const WALL: (usize, usize) = (300, 60_000);
/// Most characters of a body that is only what a foot says, and of a short form.
const SHORT_FORM: usize = 200;
/// Less running text than this is no body where there is no sentence.
const NO_BODY: f64 = 20.0;
/// A body below these figures is scant: characters, and running text where hardly any of it is sentences.
const SCANT: (usize, f64) = (80, 200.0);
/// What little is visible of a page that a script writes, and how long such a script is.
const WRITTEN: (usize, usize) = (100, 1000);
/// Most characters of what a page of a topic says of itself.
const INTRODUCTION: usize = 400;
/// More links than this are those of a list.
const LINKS_OF_A_LIST: usize = 40;

/// A bot wall: one of its signatures and hardly any text. A short article may hold one, too: 安全验证 in a sentence, the badge of
/// a product, what is shown where scripts are off.
pub(super) fn is_wall(view: &View, visible: usize) -> bool {
    let markup = view.markup();
    if visible >= WALL.0 || markup.len() >= WALL.1 {
        return false;
    }
    let lines = view.lines();
    let labelled = || lines.all().iter().any(|n| lines.labels(n).is_some_and(LabelLine::leads));
    WALLS.is_in(markup) && !labelled()
}

/// What tells of a page that it is one of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared {
    /// Its tags or labels.
    Whole,
    /// Its tags name a headline, or it shows the title that they name, which is that of a document or has a day below.
    Title,
    /// Nothing.
    Nothing,
}

/// What is known of a page when its body has been found.
pub(super) struct Evidence<'a> {
    /// What holds the body.
    pub(super) view: &'a View,
    pub(super) body: &'a Body,
    pub(super) blocks: &'a [Block],
    /// Characters of the page that are no links.
    pub(super) visible: usize,
    /// The title, and what the page calls itself.
    pub(super) heads: &'a [&'a str],
    /// The page has the tag of an article.
    pub(super) tagged: bool,
    pub(super) declared: Declared,
    /// It shows when it was published.
    pub(super) dated: bool,
    /// From the title to the end of the article.
    pub(super) article: Span<NodeId>,
    /// The page is called like the site.
    pub(super) is_home: bool,
    /// Running text of the body.
    pub(super) weight: f64,
}

/// What the blocks of a body amount to.
struct Amount {
    /// Lines of the element; of an article that says what it is, those kept.
    lines: usize,
    chars: usize,
    /// Characters of blocks with a mark of sentences.
    sentences: usize,
    /// Share of these lines that is links.
    links: f64,
    /// How many of them are the titles of other pages.
    listed: usize,
}

impl Evidence<'_> {
    /// Why the page is no article, if it is none.
    pub(super) fn reason(&self, trace: &mut Trace<'_>) -> Option<Reason> {
        let amount = self.amount();
        let rules: [(PageRule, &dyn Fn() -> Option<Reason>); 9] = [
            (PageRule::ErrorPhrase, &|| self.says_error(&amount).then_some(Reason::ErrorPage)),
            (PageRule::TitlesOfOthers, &|| self.lists_titles(&amount).then(|| self.list())),
            (PageRule::Items, &|| self.lists_items().then(|| self.list())),
            (PageRule::Topic, &|| self.is_topic(&amount).then_some(Reason::List)),
            (PageRule::Form, &|| self.is_form(&amount).then_some(Reason::NoArticle)),
            (PageRule::FilesOnly, &|| {
                (self.holds_files(&amount) && !self.holds_table(&amount)).then_some(Reason::AttachmentOnly)
            }),
            (PageRule::PicturesOnly, &|| self.holds_pictures(&amount).then_some(Reason::ImageOnly)),
            (PageRule::NoBody, &|| {
                let only_foot = amount.chars < SHORT_FORM && self.blocks.iter().all(|block| is_contact(&block.text));
                let none = only_foot
                    || amount.chars == 0
                    || amount.sentences == 0
                        && self.weight < NO_BODY
                        && !self.holds_table(&amount)
                        && !self.holds_words(&amount);
                none.then(|| self.bodiless())
            }),
            (PageRule::Undeclared, &|| self.is_undeclared(&amount).then(|| self.undeclared())),
        ];
        if self.declared != Declared::Whole
            && self.names_search()
            && self.counts_hits()
            && trace.allows(PageRule::SearchHits.name())
        {
            trace.hits(PageRule::SearchHits.name(), 1);
            return Some(Reason::Search);
        }
        let mut rules = rules.into_iter().filter(|(rule, _)| trace.allows(rule.name()));
        let (rule, reason) = rules.find_map(|(rule, reason)| Some((rule, reason()?)))?;
        trace.hits(rule.name(), 1);
        let searched = matches!(reason, Reason::List | Reason::NoArticle | Reason::ScriptOnly);
        if searched && trace.allows(PageRule::SearchHits.name()) && (self.names_search() || self.counts_hits()) {
            trace.hits(PageRule::SearchHits.name(), 1);
            return Some(Reason::Search);
        }
        Some(reason)
    }

    fn amount(&self) -> Amount {
        let chars = |block: &Block| block.text.chars().count();
        let core = self.view.lines_in(self.body.core);
        // What stands beside an article that says what it is tells nothing of it.
        let told = |n: &LineId| self.declared != Declared::Whole || self.body.holds(*n);
        let inside: Vec<&Line> = core.iter().filter(told).filter_map(|n| self.view.lines().get(n)).collect();
        let sum = |of: fn(&Line) -> usize| inside.iter().map(|line| of(line)).sum();
        Amount {
            lines: inside.len(),
            chars: self.blocks.iter().map(chars).sum(),
            sentences: self.blocks.iter().filter(|block| block.text.contains(is_sentence_mark)).map(chars).sum(),
            links: share(sum(|line| line.links), sum(|line| line.chars)),
            listed: inside.iter().filter(|line| is_listed(line)).count(),
        }
    }

    fn everywhere(&self) -> impl Iterator<Item = LineId> {
        self.view.lines().all().iter()
    }

    /// The page is titled as a search.
    fn names_search(&self) -> bool {
        self.heads.iter().any(|head| names_search(head))
    }

    /// The page counts what a search found.
    fn counts_hits(&self) -> bool {
        self.everywhere().any(|n| counts_hits(self.view.lines().text(n)))
    }

    /// A short page, one line or title of which says that something is not there.
    fn says_error(&self, amount: &Amount) -> bool {
        /// What a page of an article says is an error if the words are at least such a part of the line.
        const PART: usize = 3;
        let declared = self.declared != Declared::Nothing;
        let says = |text: &str| {
            let word = (text.len() < SHORT_LINE).then(|| ERROR_PAGES.holds(text)).flatten();
            word.is_some_and(|word| !declared || word.text.len() * PART >= text.len())
        };
        // Beside an article a list may be empty.
        let said = || {
            let inside = || self.blocks.iter().any(|block| says(&block.text));
            let anywhere = || self.everywhere().any(|n| says(self.view.lines().text(n)));
            if declared { inside() } else { anywhere() }
        };
        let shown = || self.visible < SHORT && said();
        amount.chars < SHORT_BODY && (self.heads.iter().any(|head| says(head)) || shown())
    }

    /// Most of the element is titles of other pages; an article above a long list of others is one all the same.
    fn lists_titles(&self, amount: &Amount) -> bool {
        let says = |block: &Block| block.text.contains(['。', '；']) || announces(&block.text);
        let article = self.declared == Declared::Whole && self.blocks.iter().any(says);
        !article
            && amount.sentences < SENTENCES_OF_A_LIST
            && amount.listed >= FEWEST_LISTED
            && (amount.links > 0.5 || amount.listed * 10 >= amount.lines * 6)
    }

    /// Items with summaries; an article has its tags, or numbered parts.
    fn lists_items(&self) -> bool {
        let numbered = self.blocks.iter().filter(|block| block.text.starts_with(['一', '二', '（', '第'])).count();
        let mut core = self.view.lines_in(self.body.core);
        if self.declared == Declared::Whole {
            // Items of other pages below an article are cut off already.
            core.end = core.end.min(self.body.span.end);
        }
        !self.tagged && numbered < 3 && are_items(self.view, core)
    }

    /// It is called a topic, says little, and shows the titles of many pages.
    fn is_topic(&self, amount: &Amount) -> bool {
        let parts = |head: &str| {
            head.split(['-', '_', '|', '—', '－', '｜']).any(|part| TOPIC_NAMES.ends(part.trim()).is_some())
        };
        let named = || self.heads.iter().any(|head| parts(head));
        let titles = || self.listed(self.view.lines().all());
        self.declared != Declared::Whole && amount.chars < INTRODUCTION && named() && titles() >= FEWEST_LISTED
    }

    fn list(&self) -> Reason {
        if self.is_home { Reason::Home } else { Reason::List }
    }

    /// Short, mostly labels without values, and one of them asks for the letters of a picture.
    fn is_form(&self, amount: &Amount) -> bool {
        let asks = |block: &&Block| block.text.ends_with(['：', ':']);
        let guarded = || self.blocks.iter().any(|block| block.text.contains("验证码"));
        amount.chars < SHORT_FORM && self.blocks.iter().filter(asks).count() * 2 > self.blocks.len() && guarded()
    }

    /// The page has neither the tags nor the labels of an article, and its body is scant or links.
    fn is_undeclared(&self, amount: &Amount) -> bool {
        let closes = self.blocks.iter().any(|block| is_closing(&block.text));
        let few = amount.chars < SCANT.0 || amount.sentences * 4 < amount.chars && self.weight < SCANT.1;
        // 停水通知: a notice may be one sentence, and a list of results one table. An application asks for another browser.
        let says = || amount.sentences > 0 || self.holds_table(amount) || self.holds_words(amount);
        let notifies = self.declared == Declared::Title && says() && !self.is_scripted();
        self.declared != Declared::Whole && (amount.links > 0.5 || few && !closes && !notifies)
    }

    /// What a page without the tags and labels of an article is.
    fn undeclared(&self) -> Reason {
        let tree = &self.view.tree;
        let script = self.is_scripted();
        let links = tree.all().iter().filter(|&at| tree.tag(at) == Some(Tag::Link)).count();
        match (script, self.is_home, links > LINKS_OF_A_LIST) {
            (true, ..) => Reason::ScriptOnly,
            (_, true, _) => Reason::Home,
            (_, _, true) => Reason::List,
            _ => Reason::NoArticle,
        }
    }

    /// A table of several rows that is no list of files; that of an article may hold one record.
    fn holds_table(&self, amount: &Amount) -> bool {
        /// More than this share of links is a list.
        const LINKS: f64 = 0.3;
        let rows = if self.declared == Declared::Whole { 2 } else { 3 };
        amount.links < LINKS
            && self
                .blocks
                .iter()
                .any(|block| matches!(&block.kind, BlockKind::Table(table) if table.rows.len() >= rows))
    }

    /// Short lines below the title and the labels of an article: names, slogans, a roster, 赵一任县财政局副局长.
    fn holds_words(&self, amount: &Amount) -> bool {
        /// Fewest lines and characters.
        const FEWEST: (usize, usize) = (2, 10);
        let several = || self.blocks.len() >= FEWEST.0 || self.blocks.iter().all(|block| is_statement(&block.text));
        let shown = self.article.start > NodeId::ROOT && amount.links == 0.0;
        let whole = self.declared == Declared::Whole;
        let announced = || whole && self.blocks.iter().any(|block| announces(&block.text));
        (whole || self.declared == Declared::Title && self.dated)
            && (shown || announced())
            && several()
            && amount.chars >= FEWEST.1
            && !self.is_application()
    }

    /// A script writes what the page is to show.
    fn is_scripted(&self) -> bool {
        let long = || self.view.tree.scripts().any(|script| script.len() > WRITTEN.1);
        self.visible < WRITTEN.0 && long() || self.is_application()
    }

    /// The page shows little but what an application is to fill.
    fn is_application(&self) -> bool {
        self.visible < WALL.0 && shell::is_application(&self.view.tree)
    }

    /// How many of some lines are the title of something elsewhere, perhaps with a day.
    fn listed(&self, span: Span<LineId>) -> usize {
        self.view.lines().among(span).iter().filter(|line| is_listed(line)).count()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a page has far less than 2^52 characters")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Where the body that runs the site is found, as the foot of a page says.
fn is_contact(text: &str) -> bool {
    CONTACTS.iter().filter(|part| text.contains(part.text)).count() > 1
}

/// A line that may be all that an article says: no file, no label, no way to something else.
fn is_statement(text: &str) -> bool {
    const ELSEWHERE: [&str; 7] = ["附件", "下载", "点击", "查看", "详见", "视频", "加载"];
    !text.contains(['：', ':']) && !is_file_name(text) && !ELSEWHERE.iter().any(|word| text.contains(word))
}

/// The line is the title of something elsewhere, perhaps with a day.
fn is_listed(line: &Line) -> bool {
    let (title, day) = TITLE_AND_DAY;
    line.links >= title && line.links + day >= line.chars && line.marks < 2
}

/// 现将各部门预算公开情况汇总如下：
fn announces(text: &str) -> bool {
    text.ends_with(['：', ':']) && points_below(text)
}
