//! How much the heads of a page look like its title.

use std::cmp::Reverse;

use super::badges::names_column;
use super::declared::{DeclaredTitles, SHORTEST_DECLARED, ends_like_title, names_site};
use super::title::{Head, Shown, says};
use super::title_metadata::{DAY_ONLY, is_bracketed_day, says_when};
use crate::extract::body::begins_item;
use crate::page::{
    Id as _, Label, LabelLine, LineId, NodeId, Span, address_chars, document_number, folded, labelled, letters,
    line_class, posted, posted_by,
};
use crate::text::dates;
use crate::words::{BODIES, BREADCRUMB_LEAVES, TITLE_BOXES};

/// Lengths of titles.
const LENGTHS: std::ops::Range<usize> = 6..160;
/// A title of so many characters is more than the name of a column.
const LONG: usize = 12;
/// So few lines above the body a title stands.
const NEAR: usize = 12;
/// So far out from a title an element may be called one.
const LEVELS: usize = 3;
/// Most characters of a remark on a title: （征求意见稿）.
const REMARK: usize = 8;
/// So far below a title its metadata begins.
const METADATA_BELOW: usize = 3;

impl Shown<'_> {
    /// A declared title too short to be compared with any line, which the page shows as a heading: 停水通知.
    pub(super) fn short(&self, heads: &[Head], wanted: &[String]) -> Option<Vec<String>> {
        let short = |want: &String| (2..SHORTEST_DECLARED).contains(&want.chars().count());
        let start = self.start();
        let is_shown = |head: &&Head| {
            let n = head.span.end - 1;
            // 公示 is the name of a column as often.
            let headed = || self.is_headed(n, n + 1 + METADATA_BELOW);
            let stands_out = n <= start && (head.base > 0 || self.is_called_title(n) || self.is_labelled_below(n));
            stands_out && (headed() || !line_class::names_list(&head.lines.concat()))
        };
        let mut shown = wanted
            .iter()
            .map(|want| folded(want))
            .filter(short)
            .filter_map(|want| heads.iter().filter(|head| says(head, &want)).find(is_shown));
        shown.next().map(|head| head.lines.clone())
    }

    /// A heading right above metadata that says more than the tag of the article: the whole title where the tag has a part.
    pub(super) fn before_tag(&self, heads: &[Head], tag: &str) -> Option<Vec<String>> {
        /// Least rank of a heading that is a title whatever the tag says, and of one that ends like the tag.
        const RANKS: (usize, usize) = (9, 5);
        let tag = folded(tag);
        let is_whole = |head: &&Head| {
            let text = head.lines.concat();
            let main = head.base > 0 && self.view.tree.name(self.block(head.span.start)) == "h1";
            if !main && head.span.end <= self.start() && is_version(&folded(&text), &tag) {
                return self.is_labelled_below(head.span.end - 1) && self.rank(head) >= RANKS.1;
            }
            let rank = || self.rank(head);
            let ends = || letters(&text).count() > tag.chars().count() && folded(&text).ends_with(&tag);
            let titled = || text.chars().count() >= LONG && ends_like_title(&text) && rank() >= RANKS.0;
            main && self.is_labelled_below(head.span.end - 1) && (ends() && rank() >= RANKS.1 || titled())
        };
        heads.iter().find(is_whole).map(|head| head.lines.clone())
    }

    /// A main heading that is one of the parts of the page title: 办事指南-社会团体成立登记.
    pub(super) fn part_of_page(&self, heads: &[Head], declared: &DeclaredTitles) -> Option<Vec<String>> {
        let parts: Vec<String> = declared.parts_of_page().map(folded).filter(|part| part.chars().count() > 1).collect();
        let is_part = |head: &&Head| {
            let main = head.base > 0 && matches!(self.view.tree.name(self.block(head.span.start)), "h1" | "h2");
            let is_above = head.span.end <= self.start() + 1;
            main && is_above && !self.names_column(&head.lines.concat()) && parts.iter().any(|part| says(head, part))
        };
        heads.iter().find(is_part).map(|head| head.lines.clone())
    }

    /// The title of a letter, which stands behind a label in the first rows of the text.
    pub(super) fn inner_label(&self) -> Option<String> {
        /// So many rows hold it; fewest characters of a title.
        const ROWS: usize = 8;
        const SHORTEST: usize = 4;
        let rows = self.body.span.iter().take(ROWS);
        let found = labelled(self.view, rows).into_iter().find(|found| {
            let named = found.label == Label::Title && found.word.ends_with(['题']) || found.word == "主题";
            named && found.beside.len() > 0 && found.value.chars().count() >= SHORTEST
        });
        found.map(|found| found.value)
    }

    /// The next line begins with a label of when, where or by whom the page was published.
    fn is_labelled_below(&self, n: LineId) -> bool {
        let when = |label| matches!(label, Label::Published | Label::Publisher | Label::Day | Label::Author);
        let below = self.view.lines().labels(n + 1).filter(|labels| labels.leads());
        below.and_then(LabelLine::first).is_some_and(when)
    }

    /// An element around the line is called a title.
    fn is_called_title(&self, n: LineId) -> bool {
        let tree = &self.view.tree;
        let called = |name: &str| TITLE_BOXES.is_in(&name.to_ascii_lowercase());
        tree.upwards(self.block(n)).take(LEVELS).any(|at| tree.names(at).any(called))
    }

    /// Which of heads that look alike is the title: one that is shown, above the metadata (the text may begin with another
    /// form of it), that is called like no column or body, the higher heading, and of headings of one level the first, as others
    /// below it are subtitles.
    pub(super) fn precedence(&self, head: &Head) -> (bool, bool, bool, u8, Option<Reverse<LineId>>) {
        let first = self.view.lines().get(head.span.start);
        let is_shown = first.is_some_and(|line| !line.style.hidden);
        let is_headed = self.is_headed(head.span.end - 1, self.start() + 1);
        let name = self.view.tree.name(self.block(head.span.start));
        let level =
            name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()).map_or(0, |level| 10 - level.min(9));
        let text = head.lines.concat();
        let is_title = !ends_like_column(&text) && !names_site(&text);
        (is_shown, is_headed, is_title, level, (level > 0).then_some(Reverse(head.span.start)))
    }

    /// Metadata stands close below the line.
    fn is_headed(&self, n: LineId, end: LineId) -> bool {
        (n + 1).to((n + 1 + METADATA_BELOW).min(end)).iter().any(|m| self.is_metadata(m))
    }

    /// A step of the breadcrumb says the same, and it is not the title at its end.
    fn names_column(&self, text: &str) -> bool {
        /// A last step with more characters that ends like a title is one.
        const COLUMN: usize = 8;
        let is_title = || text.chars().count() > COLUMN && ends_like_title(text);
        let last = self.breadcrumb.len().saturating_sub(1);
        self.breadcrumb.iter().enumerate().any(|(n, step)| step == text && !(n == last && is_title()))
    }

    /// The tags name a column or a banner, which stands above the title: 政策文件 over 关于…的通知.
    pub(super) fn heads_column(&self, heads: &[Head], agreed: &[String]) -> bool {
        /// Least rank of the title below it.
        const RANK: usize = 7;
        // What a mailbox is called; the letter says its own title.
        const MAILBOXES: [&str; 9] = ["信箱", "互动", "咨询", "来信", "信件", "留言", "投诉", "问政", "详情"];
        let name = agreed.concat();
        if MAILBOXES.iter().any(|ending| name.ends_with(ending)) && self.inner_label().is_some() {
            return true;
        }
        let place = heads.iter().filter(|head| head.lines == agreed).map(|head| head.span.end).min();
        let named = ends_like_column(&name);
        let is_column =
            name.chars().count() <= LONG && named && !place.is_some_and(|end| self.is_labelled_below(end - 1));
        let is_title = |head: &&Head| {
            head.lines.concat().chars().count() > LONG && place.is_some_and(|end| head.span.start >= end)
        };
        is_column && heads.iter().filter(is_title).any(|head| self.rank(head) >= RANK)
    }

    /// How much a head looks like a title; 0 = not at all.
    pub(super) fn rank(&self, head: &Head) -> usize {
        match self.looks(head.span, &head.lines.concat(), head.base > 0) {
            looks if looks > 0 && (head.span.len() == 1 || head.base > 0) => head.base + looks,
            looks if looks > 0 && self.is_set_as_one(head) => looks + head.span.len(),
            _ => 0,
        }
    }

    /// A head with the lines of its title that the tags leave out: the body above it, a subtitle or a remark below it.
    pub(super) fn with_other_lines<'a>(&self, head: &'a Head, heads: &'a [Head]) -> &'a Head {
        let continues = |line: &String| {
            let words = line.strip_prefix(['（', '(']).and_then(|line| line.strip_suffix(['）', ')']));
            let is_remark = |words: &str| words.chars().count() <= REMARK && words.chars().all(line_class::is_letter);
            line.starts_with('—') || words.is_some_and(|words| is_remark(words) && !words.ends_with(['号', '期']))
        };
        let goes_on = |other: &Head| {
            let count = head.lines.len();
            let below = other.span.start == head.span.start && other.lines.len() == count + 1;
            !other.combined
                && below
                && other.lines.starts_with(&head.lines)
                && other.lines.last().is_some_and(continues)
        };
        let parent = |n: LineId| self.view.tree.parent(self.block(n));
        let is_led = |other: &Head| {
            let above = other.span.end == head.span.end && other.lines.len() == head.lines.len() + 1;
            let body = || other.lines.first().is_some_and(|line| BODIES.ends(line).is_some());
            let as_one =
                || !other.combined || parent(other.span.start) == parent(head.span.start) && self.is_set_as_one(other);
            above
                && other.lines.ends_with(&head.lines)
                && head.lines.first().is_some_and(|line| begins_subject(line))
                && body()
                && as_one()
        };
        let goes_on = |other: &Head| goes_on(other) || self.is_remarked(other, head);
        heads.iter().find(|other| goes_on(other) || is_led(other)).unwrap_or(head)
    }

    /// A head that no tag names with the second line of it in an element beside: ——白云村见闻.
    pub(super) fn with_subtitle<'a>(&self, head: &'a Head, heads: &'a [Head]) -> &'a Head {
        let parent = |n: LineId| self.view.tree.parent(self.block(n));
        let subtitle = |line: &String| line.starts_with("——") && dates(line).next().is_none();
        let goes_on = |other: &&Head| {
            other.combined
                && other.span.start == head.span.start
                && other.lines.len() == head.lines.len() + 1
                && other.lines.starts_with(&head.lines)
                && other.lines.last().is_some_and(subtitle)
                && parent(other.span.end - 1) == parent(head.span.end - 1)
        };
        heads.iter().find(goes_on).unwrap_or(head)
    }

    /// The head with a remark right below it, in an element of its own that is made alike: （试行）.
    fn is_remarked(&self, other: &Head, head: &Head) -> bool {
        const ENDINGS: [&str; 8] = ["行", "稿", "版", "修订", "修正", "修改", "草案", "节选"];
        let (tree, n) = (&self.view.tree, other.span.end - 1);
        let alike = |one: NodeId, other: NodeId| {
            tree.name(one) == tree.name(other) && tree.attribute(one, "class") == tree.attribute(other, "class")
        };
        let words = other.lines.last().and_then(|line| line.strip_prefix(['（', '('])?.strip_suffix(['）', ')']));
        other.combined
            && other.span.start == head.span.start
            && other.lines.len() == head.lines.len() + 1
            && other.lines.starts_with(&head.lines)
            && words
                .is_some_and(|words| words.chars().count() <= REMARK && ENDINGS.iter().any(|end| words.ends_with(end)))
            && alike(self.block(n), self.block(n - 1))
    }

    /// Lines that stand out alike, of which the last alone ends like a title: 云溪县人民政府, 关于…的通知.
    fn is_set_as_one(&self, head: &Head) -> bool {
        let lines = self.view.lines();
        let style = |n: LineId| lines.get(n).map(|line| (line.style.bold, line.style.face, line.style.centred));
        let own = style(head.span.start);
        let stands_out = own.is_some_and(|(bold, face, centred)| bold || face || centred) || self.is_boxed(head.span);
        let name = |n: LineId| self.view.tree.name(self.block(n));
        let last = head.span.end - 1;
        let is_part = |n: LineId| {
            let text = lines.text(n);
            let whole = n != last && (ends_like_title(text) || names_column(text));
            style(n) == own
                && name(n) == name(head.span.start)
                && !whole
                && !line_class::is_sentence(text)
                && !begins_item(text)
                && !document_number::is_letterhead(text)
                && !document_number::is_document_number(text)
                && !self.is_metadata(n)
                && !self.names_column(text)
                && !lines.labels(n).is_some_and(LabelLine::leads)
        };
        // One that says itself who writes about what is whole: 云溪县人民政府关于…的通知.
        let is_whole = lines.text(last).find("关于").is_some_and(|at| at > 0);
        stands_out && !is_whole && ends_like_title(lines.text(last)) && head.span.iter().all(is_part)
    }

    /// The lines are all that an element holds, and begin with the name of a body: 云溪县人民政府, 关于…的通知.
    fn is_boxed(&self, span: Span<LineId>) -> bool {
        let lines = self.view.lines();
        let parent = |n: LineId| self.view.tree.parent(self.block(n));
        let body = lines.text(span.start);
        parent(span.start) == parent(span.end - 1)
            && self.view.lines_in(parent(span.start)) == span
            && BODIES.ends(body).is_some()
            && begins_subject(lines.text(span.start + 1))
    }

    /// Marks of a title: near above the body, in an element that is called one, of the right length, ending like one.
    fn looks(&self, span: Span<LineId>, text: &str, is_heading: bool) -> usize {
        let n = span.end - 1;
        let chars = text.chars().count();
        let start = self.start();
        let lines = self.view.lines();
        let is_led = n < start && self.is_labelled_below(n);
        // 停水通知: a short one is a title only as a heading above metadata, or right above labels.
        let headed = is_led && !BREADCRUMB_LEAVES.is(text) || is_heading && self.is_headed(n, start + 1);
        let short = chars < LENGTHS.start && !(chars > 1 && headed && !line_class::names_list(text));
        let strange = short
            || chars >= LENGTHS.end
            || span.start > start
            || line_class::is_furniture(text)
            || begins_item(text)
            || text.ends_with("网站")
            || address_chars(text) > 0
            || document_number::is_register(text)
            || document_number::is_document_number(text)
            || document_number::is_letterhead(text)
            || dates(text).next().is_some_and(|day| day.start == 0 && chars < day.end + DAY_ONLY)
            || posted(text).is_some_and(|posted| posted.is_certain)
            || posted_by(text).is_some()
            || is_bracketed_day(text)
            || lines.leading_day(n).is_some_and(|day| text.starts_with(day))
            || LabelLine::read(text, &[]).leads()
            || says_when(text)
            // ——白云村见闻 is the second line of one.
            || text.starts_with('—')
            || span.len() == 1 && lines.labels(n).is_some_and(LabelLine::leads)
            || self.ends_in_metadata(span)
            || span.len() == 1 && self.stands_in_box(n)
            || text.contains(['>', '＞'])
            // 一图读懂 | 政府工作报告: one stroke may stand in a heading, and several part links.
            || text.matches('|').count() > usize::from(is_heading || is_led)
            || text.ends_with(['：', ':'])
            // 注意！明起大幅降温！: banners end so, too.
            || text.ends_with(['！', '!']) && !is_led
            || text.contains('。')
            || self.names_column(text)
            || self.is_value(span, text);
        if strange {
            return 0;
        }
        // A banner stands above the line that says where the page is, a title below it.
        let place = |m: LineId| lines.labels(m).and_then(LabelLine::first) == Some(Label::Position);
        let near = usize::from(start - n < NEAR) + 2 * usize::from(!(n + 1).to(start).iter().any(place));
        near + 2 * usize::from(self.is_called_title(n))
            + usize::from(chars >= LONG)
            + 2 * usize::from(ends_like_title(without_own_number(text)))
            + 3 * usize::from(self.is_headed(n, start + 1))
    }
}

/// A title without the number of its own that is glued to its end: …的通知云政办发〔2023〕12号.
fn without_own_number(text: &str) -> &str {
    document_number::number_of_title(text).and_then(|number| text.strip_suffix(number)).unwrap_or(text)
}

/// The text ends as names of columns and banners do.
fn ends_like_column(text: &str) -> bool {
    const ENDINGS: [&str; 7] = ["文件", "公开", "目录", "专栏", "专题", "频道", "平台"];
    line_class::names_list(text) || ENDINGS.iter().any(|ending| text.ends_with(ending))
}

/// Two forms of one title: with and without the body before it, or a letter or two apart.
fn is_version(one: &str, other: &str) -> bool {
    /// Fewest letters of the shorter form.
    const SHORTEST: usize = 12;
    /// Most letters that differ.
    const TYPOS: usize = 2;
    let (shorter, longer) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let differ = || one.chars().zip(other.chars()).filter(|(one, other)| one != other).count();
    let chars = (one.chars().count(), other.chars().count());
    shorter.chars().count() >= SHORTEST && (longer.ends_with(shorter) || chars.0 == chars.1 && differ() <= TYPOS)
}

/// What stands behind the name of a body in a title: 关于…的通知, 2022年度…工作报告.
fn begins_subject(text: &str) -> bool {
    text.starts_with("关于") || text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('年')
}
