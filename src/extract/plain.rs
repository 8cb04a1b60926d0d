//! Plain text → [`Document`]: a page as a reader copies it from the browser.

use super::explain::Trace;
use super::fields::{self, Around, Sources};
use super::printed::{Paragraph, paragraphs};
use crate::model::{Block, Document, Page, Reason, Reject, Stage, Warning, WarningCode};
use crate::page::document_number::{is_document_number, is_letterhead};
use crate::page::line_class::{is_furniture, sentence_marks};
use crate::page::{Label, LabelLine, Labelled, MetaTags, in_text, without_title};
use crate::text::is_blank;

/// How many lines may stand before the text: breadcrumb, title, metadata.
const HEAD: usize = 12;
/// Longest line of a title.
const TITLE: usize = 80;

pub(super) fn document(page: &Page, trace: &mut Trace<'_>) -> Result<Document, Reject> {
    // `None` is a blank line, which separates title and text.
    let paragraphs = paragraphs(&page.text, trace);
    let lines: Vec<Option<String>> =
        paragraphs.iter().map(|line| line.as_ref().map(|line| line.text.clone())).collect();
    let mut head = Head::read(&lines);
    let mut body: Vec<&str> = lines.get(head.end..).unwrap_or_default().iter().flatten().map(String::as_str).collect();
    while body.pop_if(|line| is_furniture(line)).is_some() {}
    if body.is_empty() {
        return Err(Reject { stage: Stage::Extract, reason: Reason::NoArticle });
    }
    let mut document = Document { title_lines: head.title_lines(), ..Document::default() };
    document.title = (!document.title_lines.is_empty()).then(|| document.title_lines.concat());
    document.breadcrumb = without_title(std::mem::take(&mut head.crumbs), document.title.as_deref());
    let opening = head.metadata.iter().chain(body.iter().take(8)).copied().collect();
    let meta = MetaTags::default();
    let sources = Sources {
        around: Around::default(),
        above: None,
        labels: &head.labels,
        meta: &meta,
        head: head.metadata,
        opening,
        dropped: Vec::new(),
        times: Vec::new(),
        url: page.url.as_ref(),
    };
    fields::fill(&sources, &mut document, trace);
    document.warnings.extend(joined(paragraphs.iter().skip(head.end).flatten()));
    document.blocks = body.into_iter().map(Block::paragraph).collect();
    Ok(document)
}

/// A warning for each paragraph of the text that was broken over lines.
fn joined<'a>(paragraphs: impl Iterator<Item = &'a Paragraph>) -> Vec<Warning> {
    let mut start = 0;
    let warning = |Paragraph { text, lines }: &Paragraph| {
        let end = start + text.chars().count();
        let detail = Some(format!("{lines} lines"));
        let found = Warning { code: WarningCode::LinesJoined, start: Some(start), end: Some(end), detail };
        start = end + 1;
        (*lines > 1).then_some(found)
    };
    paragraphs.filter_map(warning).collect()
}

/// What stands before the text.
#[derive(Default)]
struct Head<'a> {
    crumbs: Vec<String>,
    title: Vec<&'a str>,
    metadata: Vec<&'a str>,
    labels: Vec<Labelled>,
    /// Index of the first line of the text.
    end: usize,
}

impl<'a> Head<'a> {
    fn read(lines: &'a [Option<String>]) -> Self {
        let mut head = Self::default();
        let mut pending: Vec<&str> = Vec::new();
        for (n, line) in lines.iter().enumerate().take(HEAD) {
            let Some(line) = line else { continue };
            let found = LabelLine::read(line, &[]);
            if let Some(crumbs) = in_text(line) {
                head.crumbs = crumbs;
                pending.clear();
                head.end = n + 1;
            } else if found.leads() && is_metadata(&found, line) {
                head.labels.extend(found.values(line));
                head.metadata.push(line);
                head.title.append(&mut pending);
                head.end = n + 1;
            } else if sentence_marks(line) > 1 || line.ends_with(['：', ':', '。']) || line.chars().count() > TITLE {
                break;
            } else {
                pending.push(line);
            }
        }
        if head.title.is_empty() {
            head.title_above_blank(lines);
        }
        head
    }

    /// Without a metadata line the title is what a blank line parts from the text.
    fn title_above_blank(&mut self, lines: &'a [Option<String>]) {
        let Some(start) = lines.iter().skip(self.end).position(Option::is_some).map(|n| n + self.end) else { return };
        let block: Vec<&str> = lines.iter().skip(start).map_while(|line| line.as_deref()).take(4).collect();
        let is_head = |line: &&str| is_letterhead(line) || is_document_number(line) || line.starts_with("签发人");
        let head = block.iter().take_while(|line| is_head(line)).count();
        if head > 0 {
            self.metadata.extend(block.iter().take(head));
            self.end = start + head;
            self.title_below_number(lines);
            if self.title.is_empty() {
                self.title_above_blank(lines);
            }
            return;
        }
        let after = lines.iter().skip(start + block.len()).any(Option::is_some);
        let titled = block.iter().all(|line| {
            sentence_marks(line) < 2 && !line.ends_with(['：', ':', '。']) && line.chars().count() <= TITLE
        });
        if (1..4).contains(&block.len()) && after && titled {
            self.end = start + block.len();
            self.metadata.extend(block.iter().filter(|line| is_head(line)));
            self.title = block.into_iter().filter(|line| !is_head(line)).collect();
        }
    }

    /// Right below a red head or a number the title ends with its 文种, blank line or not.
    fn title_below_number(&mut self, lines: &'a [Option<String>]) {
        /// Most lines of a title.
        const MOST: usize = 4;
        let Some(start) = lines.iter().skip(self.end).position(Option::is_some).map(|n| n + self.end) else { return };
        let is_title = |line: &&str| {
            sentence_marks(line) < 2 && !line.ends_with(['：', ':', '。']) && line.chars().count() <= TITLE
        };
        let run: Vec<&str> =
            lines.iter().skip(start).map_while(|line| line.as_deref()).take(MOST).take_while(is_title).collect();
        if let Some(last) = run.iter().position(|line| fields::ends_like_title(line)) {
            self.end = start + last + 1;
            self.title = run.into_iter().take(last + 1).collect();
        }
    }

    /// The title's lines; in one pasted line a blank before 关于 stands for the line end after the issuer.
    fn title_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for line in &self.title {
            match line.split_once(" 关于").or(line.split_once("\u{3000}关于")) {
                Some((issuer, rest)) if !issuer.contains("关于") => {
                    lines.push(issuer.trim_end_matches(is_blank).to_owned());
                    lines.push(format!("关于{rest}"));
                }
                _ => lines.push((*line).to_owned()),
            }
        }
        lines
    }
}

/// A line of labels, not a sentence that begins like one.
fn is_metadata(found: &LabelLine, line: &str) -> bool {
    found.count() > 1
        || line.chars().count() < 60 && !matches!(found.first(), None | Some(Label::Title)) && sentence_marks(line) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageFormat, Without};

    fn read(text: &str) -> Document {
        let page = Page { url: None, format: PageFormat::Plain, text: text.to_owned(), charset: "UTF-8", replaced: 0 };
        document(&page, &mut Trace::off(Without::NOTHING)).unwrap()
    }

    #[test]
    fn the_head_of_a_pasted_page_becomes_fields() {
        let document = read(
            "您当前的位置: 首页 > 专题 > 法治政府建设\n\n云溪县青石镇人民政府 关于2022年度法治政府建设工作报告\n\n\
             发布时间:2023-02-28 访问量: 作者:青石镇人民政府 来源:云溪县司法局 字体[ ]\n\n  现将情况报告如下:\n  \
             一、主要举措\n    2023年2月28日\n",
        );
        assert_eq!(document.breadcrumb, ["首页", "专题", "法治政府建设"]);
        assert_eq!(document.title_lines, ["云溪县青石镇人民政府", "关于2022年度法治政府建设工作报告"]);
        assert_eq!(document.title.as_deref(), Some("云溪县青石镇人民政府关于2022年度法治政府建设工作报告"));
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2023-02-28"));
        assert_eq!(document.author.as_deref(), Some("青石镇人民政府"));
        assert_eq!(document.publisher.as_deref(), Some("云溪县司法局"));
        assert_eq!(document.views, None);
        assert_eq!(document.text(), "现将情况报告如下:\n一、主要举措\n2023年2月28日");
    }

    #[test]
    fn text_without_a_head_is_all_body() {
        let document = read("一、工作情况。青石镇认真学习，扎实推进。\n二、问题。\n");
        assert_eq!((document.title, document.blocks.len()), (None, 2));
    }

    #[test]
    fn a_title_parted_by_a_blank_line_is_a_title() {
        let document = read("青石镇人民政府\n2022年工作总结\n\n各村：\n现总结如下。\n");
        assert_eq!(document.title.as_deref(), Some("青石镇人民政府2022年工作总结"));
        assert_eq!(document.text(), "各村：\n现总结如下。");
    }
}
