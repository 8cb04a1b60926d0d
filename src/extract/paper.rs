//! The blocks of a file → [`Document`]: its title, its number, and labels of the page it was copied from.

use url::Url;

use super::explain::Trace;
use super::fields::{self, Around, Sources, ends_like_title};
use crate::model::{Block, BlockKind, Document, Reason, Reject, Stage};
use crate::page::document_number::is_document_number;
use crate::page::line_class::{is_worded_date, sentence_marks};
use crate::page::{LabelLine, Labelled, MetaTags};
use crate::text::{dates, is_ideograph};

/// How many lines may stand above the text: letterhead, number, title, whom it is for.
const HEAD: usize = 15;
/// A title is broken over at most so many lines.
const TITLE_LINES: usize = 5;
/// Longest line of a title.
const TITLE: usize = 80;

/// A file has no frame: all of it is text, its title included.
pub(super) fn document(blocks: Vec<Block>, url: Option<&Url>, trace: &mut Trace<'_>) -> Result<Document, Reject> {
    if blocks.is_empty() {
        return Err(Reject { stage: Stage::Extract, reason: Reason::Empty });
    }
    let head: Vec<&Block> = blocks.iter().take(HEAD).take_while(|block| is_line(block)).collect();
    let title_lines = title(&head);
    let mut document =
        Document { title: (!title_lines.is_empty()).then(|| title_lines.concat()), ..Document::default() };
    document.title_lines = title_lines;
    let labels: Vec<Labelled> = head.iter().flat_map(|block| labels(&block.text)).collect();
    let opening: Vec<&str> = head.iter().map(|block| block.text.as_str()).collect();
    let metadata = head.iter().map(|block| block.text.as_str()).filter(|text| is_label_line(text)).collect();
    let sources = Sources {
        labels: &labels,
        meta: &MetaTags::default(),
        head: metadata,
        around: Around::default(),
        above: None,
        opening,
        dropped: Vec::new(),
        times: Vec::new(),
        url,
    };
    fields::fill(&sources, &mut document, trace);
    document.blocks = blocks;
    Ok(document)
}

fn is_line(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Table(_))
}

/// The line is one of several labels, as portals print below a title.
fn is_label_line(text: &str) -> bool {
    let found = LabelLine::read(text, &[]);
    found.leads() && found.count() > 1
}

fn labels(text: &str) -> Vec<Labelled> {
    if is_label_line(text) { LabelLine::read(text, &[]).values(text) } else { Vec::new() }
}

/// What a line of the head is for the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It may be of the title.
    Title,
    /// It stands above or below titles: letterhead, number, 附件1, a day, labels.
    Beside,
    /// Here the text begins.
    Text,
}

/// The lines of the title: the first run that looks like one, of centred lines if some are.
fn title(head: &[&Block]) -> Vec<String> {
    let kinds: Vec<Kind> = head.iter().map(|block| kind(&block.text)).collect();
    let end = kinds.iter().position(|&kind| kind == Kind::Text).unwrap_or(kinds.len());
    let candidates: Vec<usize> = (0..end).filter(|&n| kinds.get(n) == Some(&Kind::Title)).collect();
    let is_centred = |n: usize| head.get(n).is_some_and(|block| block.centred);
    let centred = candidates.iter().copied().find(|&n| is_centred(n));
    let Some(first) = centred.or(candidates.first().copied()) else { return Vec::new() };
    let same = |n: &usize| kinds.get(*n) == Some(&Kind::Title) && is_centred(*n) == is_centred(first);
    let run: Vec<&str> =
        (first..end).take_while(same).take(TITLE_LINES).filter_map(|n| Some(head.get(n)?.text.as_str())).collect();
    // The title ends with its 文种; without one in sight a centred run is the title, and of other lines the first.
    let ended = run.iter().position(|line| ends_like_title(line)).map(|n| n + 1);
    let most = ended.unwrap_or(if centred.is_some() { run.len() } else { 1 });
    run.into_iter().take(most).map(ToOwned::to_owned).collect()
}

fn kind(text: &str) -> Kind {
    let chars = text.chars().count();
    let opens_list = || {
        let head: String = text.chars().take(6).collect();
        head.starts_with("一、") || head.starts_with("第一") || head.starts_with("（一）") || head.starts_with("1.")
    };
    if sentence_marks(text) > 1 || text.ends_with(['：', ':', '。', '；', '，']) || chars > TITLE || opens_list() {
        // 附件： is a label above the title of an annex.
        return if is_annex_label(text) { Kind::Beside } else { Kind::Text };
    }
    let letterhead = text.ends_with("文件") && !text.contains("关于") && chars < 40;
    let day = || dates(text).next().is_some_and(|day| day.start < 2 && chars < day.end + 3) || is_worded_date(text);
    let bracketed = text.starts_with(['（', '(', '【', '〔', '[']) && text.ends_with(['）', ')', '】', '〕', ']']);
    // A code is no title.
    let short = chars < 4 || text.chars().filter(|&c| is_ideograph(c)).count() < 2;
    if is_annex_label(text)
        || letterhead
        || bracketed
        || short
        || is_document_number(text)
        || LabelLine::read(text, &[]).leads()
        || day()
    {
        return Kind::Beside;
    }
    Kind::Title
}

/// 附件, 附件1, 附件：, 附表二, 大纲1: a label with at most a number.
fn is_annex_label(text: &str) -> bool {
    let labels = ["附件", "附表", "附录", "附", "大纲", "样表"];
    let rest = labels.iter().find_map(|label| text.strip_prefix(label));
    rest.is_some_and(|rest| {
        rest.chars().count() < 6
            && rest.chars().all(|c| {
                c.is_ascii_digit()
                    || c.is_whitespace()
                    || "一二三四五六七八九十：:-－—（）()０１２３４５６７８９".contains(c)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Document {
        let blocks = lines.iter().map(|line| match line.strip_prefix('=') {
            Some(text) => Block { centred: true, ..Block::paragraph(text) },
            None => Block::paragraph(*line),
        });
        document(blocks.collect(), None, &mut Trace::off(crate::model::Without::NOTHING)).unwrap()
    }

    #[test]
    fn the_title_stands_below_letterhead_and_number() {
        let document = read(&[
            "=云溪县人民政府文件",
            "=云政发〔2023〕5号",
            "=云溪县人民政府",
            "=关于2022年度法治政府建设情况的报告",
            "市人民政府：",
            "现将有关情况报告如下。",
        ]);
        assert_eq!(document.title.as_deref(), Some("云溪县人民政府关于2022年度法治政府建设情况的报告"));
        assert_eq!(document.title_lines.len(), 2);
        assert_eq!(document.document_number.as_deref(), Some("云政发〔2023〕5号"));
        assert_eq!(document.blocks.len(), 6);
    }

    #[test]
    fn the_title_of_an_annex_stands_below_its_label() {
        for label in ["附件：", "附件1", "=附件 2", "大纲1"] {
            assert_eq!(read(&[label, "=青石镇积分指标表", "说明如下。"]).title.as_deref(), Some("青石镇积分指标表"));
        }
    }

    #[test]
    fn without_centred_lines_the_title_goes_to_its_last_word() {
        for (lines, title) in [
            (&["青石镇人民政府", "2022年工作总结", "前言", "各村："][..], Some("青石镇人民政府2022年工作总结")),
            (&["青石镇管理办法", "第一章 总则", "第一条 为了管理。"], Some("青石镇管理办法")),
            (&["青石镇便民手册", "前言", "一、总则"], Some("青石镇便民手册")),
            (&["一、工作情况", "青石镇认真学习。"], None),
            (&["2022年，青石镇认真学习，扎实推进。"], None),
        ] {
            assert_eq!(read(lines).title.as_deref(), title, "{lines:?}");
        }
    }

    #[test]
    fn labels_copied_from_a_page_are_fields() {
        let document = read(&[
            "=青石镇2022年工作报告",
            "发布时间：2023-02-28 来源：云溪县司法局 作者：青石镇人民政府",
            "现将情况报告如下：",
        ]);
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2023-02-28"));
        assert_eq!(document.publisher.as_deref(), Some("云溪县司法局"));
    }
}
