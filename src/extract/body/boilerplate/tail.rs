//! What stands below the last running text of an article: boxes of links, tools, legal lines, the ways to interpretations.

use super::{Judge, Verdict, drop, is_day, says_posted};
use crate::extract::body::{begins_item, points_below};
use crate::extract::rules::DropRule;
use crate::page::{
    Each, Id as _, Label, LabelLine, LineId, NodeId, Span, Tag, is_posted_alone, line_class, speaks_of_site,
};
use crate::text::is_blank;
use crate::words::FURNITURE_PICTURES;

/// Most characters of a line of metadata with a single label at the end.
const LONGEST_LAST_LABEL: usize = 60;
/// Most characters of the name of a list of links.
const LONGEST_LIST_NAME: usize = 8;
/// So many lines of links below it tell that it is one.
const LINKS_OF_A_LIST: usize = 2;
/// Fewest linked characters of a line that is a link and a day, and most of the day and the marks around it.
const LINK_AND_DAY: (usize, usize) = (8, 14);

/// What a register says of how long a document is in force.
const VALIDITY: [&str; 5] = ["有效性", "时效性", "效力状态", "文件状态", "文件有效性"];

impl Judge<'_> {
    /// Out: boxes of links, tools and legal lines at the end.
    pub(super) fn tail(&self, verdicts: &mut Each<LineId, Verdict>) {
        let inside = self.inside;
        let running = |&n: &LineId| verdicts[n] == Verdict::Body && self.is_running(n);
        let last = inside.iter().rev().find(running);
        let ends = |&n: &LineId| {
            let text = self.text(n);
            (line_class::ends_article(text) || line_class::is_reading_head(text))
                && Some(n) != last
                && !self.names_hosts(n)
        };
        // Words without a mark may be all that an article says; what stands above them is out already.
        let first = || inside.iter().find(|&n| verdicts[n] == Verdict::Body);
        let ended = last.or_else(first).unwrap_or(inside.start).to(inside.end).iter().find(ends);
        let end = ended.unwrap_or(inside.end);
        let mut end = last.map_or(end, |last| self.tools((last + 1).to(end), verdicts));
        while end > inside.start && (verdicts[end - 1] != Verdict::Body || self.is_tail(end - 1)) {
            end = end - 1;
        }
        drop(verdicts, end.to(inside.end), self.on(DropRule::Tail, true));
    }

    /// The first of the lines below the text that is a tool of the page and has further tools behind it, with no more than a
    /// few words among them; their end if there is none.
    fn tools(&self, below: Span<LineId>, verdicts: &Each<LineId, Verdict>) -> LineId {
        /// Most words among tools for each of them.
        const UNKNOWN: usize = 2;
        /// Most lines of a tail.
        const MOST: usize = 100;
        let (lines, end) = (self.view.lines(), below.end);
        let leads = |n: LineId| {
            matches!(verdicts[n], Verdict::Dropped(DropRule::Tool | DropRule::FurnitureBox))
                || lines.is_furniture(n) && !self.names_hosts(n) && self.grids.holding(n).is_none()
        };
        let is_known =
            |n: LineId| verdicts[n] != Verdict::Body || self.is_tail(n) || line_class::ends_article(self.text(n));
        // What ends the text stands right behind.
        let ended = lines.get(end).is_some() && (line_class::ends_article(self.text(end)) || lines.is_furniture(end));
        let (mut first, mut known, mut unknown) = (end, usize::from(ended), 0);
        for n in below.iter().rev().take(MOST) {
            if known > 0 && unknown <= (known + 1) * UNKNOWN && leads(n) {
                first = n;
            }
            if is_known(n) {
                known += 1;
            } else if self.is_word_among_tools(n) {
                unknown += 1;
            } else {
                break;
            }
        }
        first
    }

    /// Short, and nothing that documents end with.
    fn is_word_among_tools(&self, n: LineId) -> bool {
        /// Most characters of it.
        const LONGEST: usize = 20;
        let (line, text) = (&self.view.lines()[n], self.text(n));
        line.chars <= LONGEST
            && line.marks == 0
            && self.grids.holding(n).is_none()
            && !self.view.links_to_file(n)
            && !line_class::is_closing(text)
            && !begins_item(text)
    }

    /// Text of the article rather than of the boxes and the foot below it.
    fn is_running(&self, n: LineId) -> bool {
        let (line, text) = (&self.view.lines()[n], self.text(n));
        let sentence = text.contains(['。', '；']) || line.marks > 1;
        !line.is_linked()
            && !self.view.lines().is_furniture(n)
            && !line_class::ends_article(text)
            && (sentence || line_class::is_closing(text) && !line_class::heads_files(text))
            && !speaks_of_site(text)
    }

    fn is_tail(&self, n: LineId) -> bool {
        let text = self.text(n);
        let counts = || text.bytes().all(|byte| byte.is_ascii_digit()) && self.is_tool(n - 1);
        if (line_class::is_furniture(text) || line_class::is_related_head(text)) && !self.names_hosts(n)
            || line_class::invites(text)
            || speaks_of_site(text)
            || line_class::names_host(text)
            || counts()
        {
            return true;
        }
        let heads = |part: &str| line_class::is_reading_head(part) || line_class::is_tool_line(part);
        if line_class::names_neighbour_by_arrow(text) || self.is_made_of(n, heads) {
            return true;
        }
        // 关键词：供水, 时效性：有效
        let keys = |found: &LabelLine| {
            found.word().is_some_and(|word| matches!(word, "关键词" | "关键字") || VALIDITY.contains(&word))
        };
        if self.is_tool(n) || self.label(n).is_some_and(keys) {
            return true;
        }
        if line_class::heads_files(text) {
            return !self.is_over_picture(n);
        }
        // A day in words is the document's own even behind a label, unless it stands outside as that of the portal.
        let outside = || !self.view.lines_in(self.reach.core).contains(n);
        let posted = |found: &LabelLine| {
            found.count() > 1 || (outside() || self.is_beside_source(n)) && found.word().is_some_and(says_posted)
        };
        let label = self.view.lines()[n].chars < LONGEST_LAST_LABEL
            && (!text.contains('年') || self.label(n).is_some_and(posted))
            && self.label(n).is_some_and(|found| !matches!(found.first(), Some(Label::Title | Label::Other)))
            && !self.is_note(n);
        // 2023-02-28 10:22:33
        let stamp = is_posted_alone(text);
        let marks_only = text.chars().all(|c| !c.is_alphanumeric()) && !text.contains(['（', '年']);
        let further = self.is_further_reading(n) && !self.is_announced(n);
        label
            || stamp
            || self.is_in_labels(n)
            || marks_only
            || further
            || self.heads_list(n)
            || is_empty_list(text)
            || self.names_interpretation(n)
            || self.is_in_filed_box(n)
    }

    /// Several elements make up the short line, and each is such a one.
    fn is_made_of(&self, n: LineId, fits: impl Fn(&str) -> bool) -> bool {
        /// Most characters of such a line.
        const LONGEST: usize = 40;
        if self.view.lines()[n].chars > LONGEST {
            return false;
        }
        let parts = self.view.lines().parts(n);
        parts.len() > 1 && parts.into_iter().all(fits)
    }

    /// The line above or below says where the page comes from, or how often it was looked at.
    fn is_beside_source(&self, n: LineId) -> bool {
        let of_page = |n: LineId| self.label(n).and_then(LabelLine::first);
        [n - 1, n + 1]
            .into_iter()
            .any(|n| self.view.lines().get(n).is_some() && matches!(of_page(n), Some(Label::Publisher | Label::Views)))
    }

    /// In a table of labels of the page, one of which says when it was published or how it is filed.
    fn is_in_labels(&self, n: LineId) -> bool {
        self.grids.holding(n).is_some_and(|grid| grid.labelled && self.is_filed(grid.table))
    }

    /// In a box below the text that holds nothing but labels and their values, one of which says how the page is filed.
    fn is_in_filed_box(&self, n: LineId) -> bool {
        /// Fewest labels of such a box.
        const FEWEST: usize = 3;
        let (tree, lines) = (&self.view.tree, self.view.lines());
        let Some(line) = lines.get(n) else { return false };
        let around = tree.upwards(line.block).take_while(|&at| at > self.reach.element);
        let filed = |&at: &NodeId| {
            let span = self.view.lines_in(at);
            let labels = span.iter().filter(|&n| self.label(n).is_some()).count();
            let running = || self.inside.start.to(span.start).iter().any(|n| self.is_running(n));
            labels >= FEWEST
                && labels * 2 + 1 >= span.len()
                && span.iter().all(|n| !lines[n].is_sentence)
                && self.is_filed(at)
                && running()
        };
        around.take_while(|&at| !self.view.lines_in(at).contains(self.inside.start)).any(|at| filed(&at))
    }

    /// A label in the element says when the page was published or how it is filed.
    pub(super) fn is_filed(&self, at: NodeId) -> bool {
        /// What only a register of pages says of a document.
        const REGISTER: [&str; 4] = ["主题分类", "体裁分类", "组配分类", "信息分类"];
        let of_page = |found: &LabelLine| {
            matches!(found.first(), Some(Label::Published | Label::Index))
                || found.word().is_some_and(|word| REGISTER.contains(&word) || VALIDITY.contains(&word))
        };
        self.view.lines_in(at).iter().any(|n| self.label(n).is_some_and(of_page))
    }

    /// 主办单位：某局 as the last lines of an announcement: the page names its own host in another box below.
    fn names_hosts(&self, n: LineId) -> bool {
        let is_host = |text: &str| ["主办", "承办", "协办"].iter().any(|role| text.starts_with(role));
        let below = self.inside.end.to(self.view.lines().all().end);
        let is_alone = self.view.lines().labels(n).is_none_or(|labels| labels.count() < 2);
        is_host(self.text(n))
            && is_alone
            && self.view.lines_in(self.reach.core).contains(n)
            && below.iter().any(|n| is_host(self.text(n)) || line_class::is_registration(self.text(n)))
    }

    /// The text above the links says that they come: 请点击以下链接：, 现将名单公布如下。
    fn is_announced(&self, n: LineId) -> bool {
        let lines = self.view.lines();
        let above = self.inside.start.to(n).iter().rev().find(|&n| lines[n].links * 10 < lines[n].chars * 9);
        above.is_some_and(|n| {
            let text = self.text(n);
            let leads = text.ends_with(['：', ':']) || points_below(text);
            leads
                && lines[n].links == 0
                && self.label(n).is_none()
                && !line_class::is_related_head(text)
                && !text.trim_end_matches(['：', ':']).ends_with("附件")
        })
    }

    /// 《…》政策解读 below the closing lines, linked or not.
    fn names_interpretation(&self, n: LineId) -> bool {
        let closed = || self.inside.start.to(n).iter().any(|n| line_class::is_closing(self.text(n)));
        line_class::names_interpretation(self.text(n)) && closed()
    }

    /// Nothing but pictures of the article stands below: 附件： heads them.
    fn is_over_picture(&self, n: LineId) -> bool {
        let tree = &self.view.tree;
        let below = (self.view.lines()[n].last + 1).to(tree.end(self.reach.core));
        let picture = |at: NodeId| {
            let source = tree.attribute(at, "src").filter(|_| tree.tag(at) == Some(Tag::Image));
            source.is_some_and(|source| !FURNITURE_PICTURES.is_in(&source.to_ascii_lowercase()))
        };
        let links = |at: NodeId| tree.attribute(at, "href").is_some_and(line_class::is_file_address);
        below.iter().any(picture) && !below.iter().any(links)
    }

    /// The name of a list of links that stands below it: 通知公告, 热点专题.
    fn heads_list(&self, n: LineId) -> bool {
        let short = self.view.lines()[n].chars <= LONGEST_LIST_NAME;
        let below = (n + 1).to(n + 1 + LINKS_OF_A_LIST);
        short && line_class::names_list(self.text(n)) && below.iter().all(|n| self.is_further_reading(n))
    }

    /// A line that is a link to another page, or names one behind 相关解读：.
    fn is_further_reading(&self, n: LineId) -> bool {
        let Some(line) = self.view.lines().get(n) else { return false };
        let text = self.text(n);
        let to_file = line_class::is_file_name(text) || text.contains("附件") || self.view.links_to_file(n);
        let head = headed(text).map(|(head, _)| head);
        let related = head.is_some_and(line_class::is_related_head);
        let reading = || head.is_some_and(line_class::is_reading_head);
        let whole = || text.chars().filter(|&c| line_class::is_letter(c)).count() <= line.links;
        // The title may name a year; the day stands at one of the ends.
        let beside = line.chars.saturating_sub(line.links);
        let (before, behind) = (text.chars().take(beside), text.chars().skip(line.links));
        let dated = beside <= LINK_AND_DAY.1
            && line.links >= LINK_AND_DAY.0
            && (is_day(&before.collect::<String>()) || is_day(&behind.collect::<String>()));
        let rest = headed(text).map(|(_, rest)| rest.trim_matches(is_blank)).unwrap_or_default();
        let explains = ["解读", "图解", "读懂", "答记者问"].iter().any(|end| rest.ends_with(end)) && line.marks == 0;
        !to_file
            && (line.links * 10 >= line.chars * 9
                || line.links > 0 && whole()
                || dated
                || line.is_linked() && (related || reading())
                || (related || reading()) && (explains || rest.starts_with("http"))
                || related && text.contains('《'))
    }
}

/// 相关政策 暂无相关政策: the head of links, and that there are none.
fn is_empty_list(text: &str) -> bool {
    let (head, rest) = headed(text).unwrap_or_default();
    (line_class::is_related_head(head) || line_class::is_reading_head(head)) && line_class::is_tool_line(rest)
}

/// The head of a line and what a blank or a colon parts from it.
fn headed(text: &str) -> Option<(&str, &str)> {
    text.split_once(|c: char| is_blank(c) || matches!(c, '：' | ':'))
}
