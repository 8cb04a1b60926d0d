//! The visible labels of metadata (`发布时间：`, `索引号`, `[发文字号]`) and the values beside, behind or below them.

use super::dom::{At, Dom, Tag};
use super::lines::Lines;
use crate::text::{fold_char, is_blank};

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The day of publication, said outright.
    Published,
    /// A day that is the publication's if no other is shown: 日期, 时间, 更新时间.
    Day,
    /// The day of the document, not of its publication: 成文日期, 生成日期.
    Dated,
    Publisher,
    Author,
    Number,
    Index,
    Title,
    Views,
    Position,
    /// Metadata that no field holds, and the tools of the page.
    Other,
}

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) label: Label,
    /// The label as written in the lexicon.
    pub(super) word: &'static str,
    pub(super) value: String,
}

/// The labels in use on portals, longer forms before those that they begin with.
const LEXICON: &[(&str, Label)] = &[
    ("发布时间", Label::Published),
    ("发布日期", Label::Published),
    ("发表时间", Label::Published),
    ("发表日期", Label::Published),
    ("公开日期", Label::Published),
    ("公开时间", Label::Published),
    ("公布日期", Label::Published),
    ("公布时间", Label::Published),
    ("发稿时间", Label::Published),
    ("信息时间", Label::Published),
    ("上网时间", Label::Published),
    ("上网日期", Label::Published),
    ("上传时间", Label::Published),
    ("添加时间", Label::Published),
    ("录入时间", Label::Published),
    ("发布于", Label::Published),
    ("信息发布时间", Label::Published),
    ("信息发布日期", Label::Published),
    ("网站发布时间", Label::Published),
    ("文章发布时间", Label::Published),
    ("日期", Label::Day),
    ("时间", Label::Day),
    ("发文日期", Label::Day),
    ("发文时间", Label::Day),
    ("更新时间", Label::Day),
    ("更新日期", Label::Day),
    ("成文日期", Label::Dated),
    ("成文时间", Label::Dated),
    ("生成日期", Label::Dated),
    ("生成时间", Label::Dated),
    ("印发日期", Label::Dated),
    ("来源", Label::Publisher),
    ("信息来源", Label::Publisher),
    ("文章来源", Label::Publisher),
    ("稿件来源", Label::Publisher),
    ("内容来源", Label::Publisher),
    ("新闻来源", Label::Publisher),
    ("发布来源", Label::Publisher),
    ("来源单位", Label::Publisher),
    ("稿源", Label::Publisher),
    ("作者", Label::Author),
    ("文章作者", Label::Author),
    ("撰稿人", Label::Author),
    ("撰稿", Label::Author),
    ("文号", Label::Number),
    ("发文字号", Label::Number),
    ("发文文号", Label::Number),
    ("发文编号", Label::Number),
    ("文件编号", Label::Number),
    ("文件字号", Label::Number),
    ("文件文号", Label::Number),
    ("公文文号", Label::Number),
    ("公文字号", Label::Number),
    ("发布文号", Label::Number),
    ("索引号", Label::Index),
    ("索引编号", Label::Index),
    ("索引号码", Label::Index),
    ("信息索引号", Label::Index),
    ("信息索引", Label::Index),
    ("索引码", Label::Index),
    ("名称", Label::Title),
    ("标题", Label::Title),
    ("信息名称", Label::Title),
    ("文件名称", Label::Title),
    ("文件标题", Label::Title),
    ("公文标题", Label::Title),
    ("公文名称", Label::Title),
    ("信息标题", Label::Title),
    ("浏览次数", Label::Views),
    ("浏览量", Label::Views),
    ("浏览", Label::Views),
    ("访问量", Label::Views),
    ("访问次数", Label::Views),
    ("点击数", Label::Views),
    ("点击量", Label::Views),
    ("点击率", Label::Views),
    ("点击次数", Label::Views),
    ("点击", Label::Views),
    ("阅读次数", Label::Views),
    ("阅读量", Label::Views),
    ("阅读人次", Label::Views),
    ("阅读数", Label::Views),
    ("阅读", Label::Views),
    ("人气", Label::Views),
    ("您当前的位置", Label::Position),
    ("您当前位置", Label::Position),
    ("您当前所在位置", Label::Position),
    ("您当前所在的位置", Label::Position),
    ("你当前的位置", Label::Position),
    ("你当前位置", Label::Position),
    ("你当前所在位置", Label::Position),
    ("当前位置", Label::Position),
    ("当前的位置", Label::Position),
    ("当前所在位置", Label::Position),
    ("您现在的位置", Label::Position),
    ("你现在的位置", Label::Position),
    ("您所在的位置", Label::Position),
    ("您所在位置", Label::Position),
    ("您现在所在位置", Label::Position),
    ("您现在所在的位置", Label::Position),
    ("你所在的位置", Label::Position),
    ("现在位置", Label::Position),
    ("所在位置", Label::Position),
    ("您的位置", Label::Position),
    ("您的当前位置", Label::Position),
    ("你的位置", Label::Position),
    ("位置", Label::Position),
    ("您当前的位置是", Label::Position),
    ("您当前位置是", Label::Position),
    ("当前位置是", Label::Position),
    ("您的位置是", Label::Position),
    ("您现在的位置是", Label::Position),
    ("当前栏目", Label::Position),
    ("发布者", Label::Other),
    ("发布人", Label::Other),
    ("录入者", Label::Other),
    ("录入人", Label::Other),
    ("发布机构", Label::Other),
    ("发布单位", Label::Other),
    ("发布机关", Label::Other),
    ("发布部门", Label::Other),
    ("公开机构", Label::Other),
    ("公开单位", Label::Other),
    ("公开部门", Label::Other),
    ("公开主体", Label::Other),
    ("发文机关", Label::Other),
    ("发文机构", Label::Other),
    ("发文单位", Label::Other),
    ("联合发文单位", Label::Other),
    ("制发机关", Label::Other),
    ("制定机关", Label::Other),
    ("责任部门", Label::Other),
    ("供稿", Label::Other),
    ("供稿单位", Label::Other),
    ("责任编辑", Label::Other),
    ("责编", Label::Other),
    ("编辑", Label::Other),
    ("审核", Label::Other),
    ("审核人", Label::Other),
    ("审稿", Label::Other),
    ("校对", Label::Other),
    ("初审", Label::Other),
    ("复审", Label::Other),
    ("终审", Label::Other),
    ("签发", Label::Other),
    ("监审", Label::Other),
    ("主题分类", Label::Other),
    ("主题词", Label::Other),
    ("主题", Label::Other),
    ("关键词", Label::Other),
    ("关键字", Label::Other),
    ("组配分类", Label::Other),
    ("信息分类", Label::Other),
    ("体裁分类", Label::Other),
    ("服务对象", Label::Other),
    ("服务对象分类", Label::Other),
    ("所属分类", Label::Other),
    ("所属主题", Label::Other),
    ("公文种类", Label::Other),
    ("公文类型", Label::Other),
    ("文件类型", Label::Other),
    ("文件类别", Label::Other),
    ("文种", Label::Other),
    ("分类", Label::Other),
    ("体裁", Label::Other),
    ("类别", Label::Other),
    ("载体类型", Label::Other),
    ("载体形式", Label::Other),
    ("内容概述", Label::Other),
    ("内容概况", Label::Other),
    ("信息摘要", Label::Other),
    ("摘要", Label::Other),
    ("公开方式", Label::Other),
    ("公开范围", Label::Other),
    ("公开形式", Label::Other),
    ("公开属性", Label::Other),
    ("公开类别", Label::Other),
    ("公开时限", Label::Other),
    ("公开程序", Label::Other),
    ("有效性", Label::Other),
    ("有效期", Label::Other),
    ("时效性", Label::Other),
    ("时效", Label::Other),
    ("效力状态", Label::Other),
    ("文件状态", Label::Other),
    ("信息状态", Label::Other),
    ("是否有效", Label::Other),
    ("有效日期", Label::Other),
    ("有效区间", Label::Other),
    ("有效时间", Label::Other),
    ("生效日期", Label::Other),
    ("生效时间", Label::Other),
    ("实施日期", Label::Other),
    ("施行日期", Label::Other),
    ("失效日期", Label::Other),
    ("失效时间", Label::Other),
    ("废止日期", Label::Other),
    ("废止时间", Label::Other),
    ("登记日期", Label::Other),
    ("登记时间", Label::Other),
    ("签署日期", Label::Other),
    ("统一登记号", Label::Other),
    ("统一编号", Label::Other),
    ("规范性文件编号", Label::Other),
    ("规范性文件统一编号", Label::Other),
    ("文件来源", Label::Other),
    ("数据来源", Label::Other),
    ("信息公开目录", Label::Other),
    ("语种", Label::Other),
    ("区域", Label::Other),
    ("文件下载", Label::Other),
    ("下载", Label::Other),
    ("字体", Label::Other),
    ("字体大小", Label::Other),
    ("字号", Label::Other),
    ("字体显示", Label::Other),
    ("视力保护色", Label::Other),
    ("背景色", Label::Other),
    ("保护视力色", Label::Other),
    ("打印", Label::Other),
    ("分享", Label::Other),
    ("分享到", Label::Other),
    ("分享至", Label::Other),
    ("收藏", Label::Other),
    ("朗读", Label::Other),
    ("语音播报", Label::Other),
];

/// Where the value of a label without a colon ends: the page's tools, which follow without one.
const TOOLS: &[&str] = &[
    "【打印",
    "【字",
    "【大",
    "【关闭",
    "【收藏",
    "【我要",
    "[打印",
    "[字",
    "[关闭",
    "[大",
    "打印本页",
    "打印此页",
    "打印页面",
    "分享到",
    "扫一扫",
    "关闭窗口",
    "大 中 小",
    "大中小",
];

/// A label in a line: bytes of its beginning and of what follows it.
struct Hit {
    label: Label,
    word: &'static str,
    start: usize,
    value: usize,
    /// It is the whole line and has neither colon nor brackets.
    bare: bool,
}

/// The labels of a line with their values, and whether the line begins with one.
pub(super) struct LabelLine {
    hits: Vec<Hit>,
}

impl LabelLine {
    pub(super) fn read(text: &str, pieces: &[usize]) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().filter(|&(_, c)| !is_blank(c)).collect();
        let mut hits: Vec<Hit> = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            match hit(text, &chars, at, pieces) {
                Some((hit, next)) => {
                    hits.push(hit);
                    at = next;
                }
                None => at += 1,
            }
        }
        Self { hits }
    }

    /// The line begins with a label.
    pub(super) fn leads(&self) -> bool {
        self.hits.first().is_some_and(|hit| hit.start < 4)
    }

    pub(super) fn count(&self) -> usize {
        self.hits.len()
    }

    /// The labels with what follows each in its line.
    pub(super) fn values(&self, text: &str) -> Vec<Labelled> {
        let ends = self.hits.iter().skip(1).map(|hit| hit.start).chain([text.len()]);
        let value = |(hit, end): (&Hit, usize)| Labelled {
            label: hit.label,
            word: hit.word,
            value: trimmed(text.get(hit.value..end).unwrap_or_default()).to_owned(),
        };
        self.hits.iter().zip(ends).map(value).collect()
    }

    /// What stands before the first label.
    pub(super) fn before<'a>(&self, text: &'a str) -> &'a str {
        self.hits.first().and_then(|hit| text.get(..hit.start)).unwrap_or(text)
    }

    /// The label that the line begins with.
    pub(super) fn first(&self) -> Option<Label> {
        self.hits.first().map(|hit| hit.label)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !c.is_ascii_digit()
}

fn hit(text: &str, chars: &[(usize, char)], at: usize, seams: &[usize]) -> Option<(Hit, usize)> {
    let &(start, first) = chars.get(at)?;
    if at > 0 {
        let &(before, previous) = chars.get(at - 1)?;
        let glued = before + previous.len_utf8() == start && is_word(previous) && !seams.contains(&start);
        if glued {
            return None;
        }
    }
    let bracketed = at > 0 && chars.get(at - 1).is_some_and(|&(_, c)| "[【［〔（(".contains(c));
    let fits = |word: &str| word.chars().enumerate().all(|(n, c)| chars.get(at + n).is_some_and(|&(_, d)| c == d));
    let (word, label) = LEXICON
        .iter()
        .filter(|(word, _)| word.starts_with(first) && fits(word))
        .max_by_key(|(word, _)| word.len())
        .copied()?;
    let mut next = at + word.chars().count();
    let get = |n: usize| chars.get(n).map(|&(_, c)| fold_char(c));
    let closed = get(next).is_some_and(|c| "]】〕)".contains(c));
    next += usize::from(closed);
    let colon = get(next).is_some_and(|c| c == ':' || c == '﹕' || c == '∶');
    next += usize::from(colon);
    let whole = at == usize::from(bracketed) && next == chars.len();
    // `字体[大 中 小]`
    let tool = word.starts_with('字') && get(next).is_some_and(|c| "[【(（".contains(c));
    if !(colon || closed && bracketed || whole || tool) {
        return None;
    }
    let value = chars.get(next).map_or(text.len(), |&(byte, _)| byte);
    let bare = whole && !colon && !closed;
    Some((Hit { label, word, start, value, bare }, next))
}

/// Every label of the given lines with its value.
pub(super) fn labelled(dom: &Dom<'_>, lines: &Lines, range: impl Iterator<Item = usize>) -> Vec<Labelled> {
    let mut found = Vec::new();
    for n in range {
        let text = lines.text(n);
        if !may_hold_label(text) {
            continue;
        }
        let seams = lines.seams_of(n);
        let line = LabelLine::read(text, &seams);
        let bare = line.hits.last().is_some_and(|hit| hit.bare);
        let from = found.len();
        found.extend(line.values(text));
        let last = found.get_mut(from..).and_then(<[Labelled]>::last_mut).filter(|last| last.value.is_empty());
        if let Some(last) = last
            && (!bare || in_grid(dom, lines, n))
        {
            last.value = beside(dom, lines, n);
        }
    }
    found
}

/// A cheap test: a colon, a bracket, or a line so short that it may be a label in a cell.
pub(super) fn may_hold_label(text: &str) -> bool {
    text.len() < 36 || text.contains([':', '：', '】', ']'])
}

fn trimmed(value: &str) -> &str {
    let cut = TOOLS.iter().filter_map(|tool| value.find(tool)).min().unwrap_or(value.len());
    let value = value.get(..cut).unwrap_or(value);
    value.trim_matches(|c: char| is_blank(c) || "|｜/、,，;；·•【[［<《".contains(c) && c != '《')
}

/// The line stands in a table or a definition list, where a label needs no colon.
fn in_grid(dom: &Dom<'_>, lines: &Lines, n: usize) -> bool {
    let Some(line) = lines.lines.get(n) else { return false };
    dom.upwards(line.block).take(3).any(|at| {
        matches!(dom.tag(at), Some(Tag::Cell | Tag::HeadCell))
            || dom.element(at).is_some_and(|(_, element)| matches!(element.name(), "dt" | "dd" | "li"))
    })
}

/// The text of the element that follows the label's: the next cell, `<dd>`, `<p>` or `<span>`.
fn beside(dom: &Dom<'_>, lines: &Lines, n: usize) -> String {
    let Some(line) = lines.lines.get(n) else { return String::new() };
    let value = |from: At, to: At| {
        let range = lines.within(from, to);
        let joined = range.filter(|&m| m > n).map(|m| lines.text(m)).collect::<Vec<_>>().join(" ");
        let is_label = LabelLine::read(&joined, &[]).leads() || joined.ends_with([':', '：']);
        if joined.chars().count() > 120 || is_label { String::new() } else { joined }
    };
    // The label's own element goes on below it, as in `<li><b>索引号</b><div>…</div></li>`.
    let block = dom.nearest(line.block, Tag::breaks).unwrap_or(line.block);
    let own = lines.within(block, dom.end(block));
    if own.len() > 1 && own.start == n {
        return value(block, dom.end(block));
    }
    for at in dom.upwards(block).take(2) {
        let parent_end = dom.end(dom.parent(at));
        let next = dom.end(at);
        let sibling = std::iter::successors(Some(next), |&at| Some(dom.end(at)))
            .take_while(|&at| at < parent_end)
            .find(|&at| dom.tag(at).is_some());
        if let Some(sibling) = sibling {
            return value(sibling, dom.end(sibling));
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Label, String)> {
        LabelLine::read(text, &[]).values(text).into_iter().map(|found| (found.label, found.value)).collect()
    }

    #[test]
    fn labels_run_on_in_one_line() {
        let text = "发布时间:2023-02-28 访问量: 作者:青石镇人民政府 来源：云溪县 司法局 【字体：大 中 小】";
        let found = read(text);
        assert_eq!(found[0], (Label::Published, "2023-02-28".to_owned()));
        assert_eq!(found[1], (Label::Views, String::new()));
        assert_eq!(found[2], (Label::Author, "青石镇人民政府".to_owned()));
        assert_eq!(found[3], (Label::Publisher, "云溪县 司法局".to_owned()));
    }

    #[test]
    fn a_label_inside_a_word_or_a_sentence_is_none() {
        for text in ["完善数据来源，健全机制", "本办法自发布日期起施行", "预算资金来源：财政拨款", "第五条 时间安排"]
        {
            let found: Vec<_> = read(text).into_iter().filter(|(label, _)| *label != Label::Other).collect();
            assert_eq!(found, [], "{text}");
        }
    }

    #[test]
    fn a_label_may_be_spaced_out_or_in_brackets() {
        assert_eq!(read("索 引 号： 0123/2023-00001"), [(Label::Index, "0123/2023-00001".to_owned())]);
        assert_eq!(read("[发文字号] 青政发〔2023〕5号"), [(Label::Number, "青政发〔2023〕5号".to_owned())]);
        assert_eq!(read("文　　号"), [(Label::Number, String::new())]);
    }
}
