//! The page of a document: what is known of it, its source beside its tree, what became of it.

use std::collections::HashSet;

use maud::{Markup, html};
use sha2::{Digest as _, Sha256};

use super::difference::difference;
use super::facts::{issuer, title};
use super::frame::Frame;
use super::history::{Change, Revision};
use super::labels::{Label, label, word};
use super::outline::{outline, told};
use super::records::{Citation, Document, Entry};
use super::source_page::source_page;
use crate::model::digest::hex;

/// Raised when pages look different, so that those of an earlier form are made anew.
const FORM: &str = "2";

/// All that the page of a document is made of, but for the fetched bytes.
#[derive(Debug, Clone, Copy)]
pub struct DocumentPage<'a> {
    /// The document and its sections.
    pub entry: &'a Entry,
    /// What became of it, oldest first.
    pub changes: &'a [Change],
    /// Its superseded texts, oldest first.
    pub revisions: &'a [Revision],
    /// Whether the archive holds its bytes.
    pub is_archived: bool,
}

impl DocumentPage<'_> {
    /// Where the page of a document stands in the site: a name that every file system takes.
    pub fn path(document: &Document) -> String {
        let fine = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '_' };
        let source = document.source.as_deref().unwrap_or("_");
        let [source, id] = [source, &document.id].map(|name| name.chars().map(fine).collect::<String>());
        format!("documents/{}/{}.html", source.trim_matches('.'), id.trim_matches('.'))
    }

    /// Names what the page is made of: a page with the same key need not be made again.
    pub fn key(&self) -> String {
        let mut hash = Sha256::new();
        hash.update([env!("CARGO_PKG_VERSION"), FORM, if self.is_archived { "+" } else { "-" }].concat());
        hash.update(&self.entry.digest);
        for change in self.changes {
            hash.update([&change.at, "\n", &change.kind, "\n"].concat());
        }
        for revision in self.revisions {
            hash.update([&revision.rev, "\n"].concat());
        }
        let mut key = hex(&hash.finalize());
        key.truncate(32);
        key
    }
}

/// The page as HTML; `bytes` are those that were fetched.
pub fn document_page(page: &DocumentPage<'_>, bytes: Option<&[u8]>) -> String {
    let Entry { document, sections, .. } = page.entry;
    let shown = bytes.and_then(|bytes| source_page(bytes, document.content_type.as_deref(), &document.text, sections));
    let is_source = shown.is_some();
    let left = shown.unwrap_or_else(|| clean_text(page.entry));
    let content = html! {
        header.meta {
            (head(document))
            (citations(page.entry))
        }
        div.panes {
            section.pane aria-labelledby="left" {
                h2 #left {
                    @if is_source { (label("原网页", "Source page")) } @else { (label("正文", "Clean text")) }
                    small { @if is_source { (SOURCE_NOTE) } @else { (TEXT_NOTE) } }
                }
                div.source.plain[!is_source] tabindex="0" { (left) }
            }
            section.pane aria-labelledby="right" {
                h2 #right { (label("分节", "Sections")) small { (KEYS_NOTE) } }
                div.outline tabindex="0" { (outline(page.entry)) }
            }
        }
        (became(page))
    };
    let root = "../../";
    Frame { title: title(document), part: "documents.html", root, key: &page.key(), class: "document" }.around(&content)
}

const SOURCE_NOTE: Label = label(
    "存档的网页，脚本、样式、图片和链接已去掉；灰字不属于正文",
    "as archived, without scripts, styles, pictures and links; grey is no part of the text",
);
const TEXT_NOTE: Label =
    label("原文件不是网页，或正文不全在其中", "the source is no page, or does not hold all of the text");
const KEYS_NOTE: Label = label("点一节，左边即标出；↑ ↓ 换节", "choose one to mark it on the left; ↑ ↓ for the next");

/// The text, line by line, each marked with its section.
fn clean_text(entry: &Entry) -> Markup {
    let text: Vec<char> = entry.document.text.chars().collect();
    html! {
        @for section in &entry.sections {
            @let end = section.end.min(text.len());
            @let own: String = text[section.start.min(end)..end].iter().collect();
            p { span #{ "t" (section.seq) } data-s=(section.seq) { (own.trim()) } }
        }
    }
}

fn head(document: &Document) -> Markup {
    html! {
            h1 { (title(document)) }
            @if let Some(gone) = &document.gone_at {
                p.warn { b { (label("网页已消失", "Gone from its portal")) } " " (day(gone)) }
            }
            @for warning in document.warnings.iter().filter(|warning| warning.start.is_none()) { (told(warning)) }
            dl.facts {
                (fact(label("发文机关", "Issuer"), issuer(document)))
                (fact(label("地区", "Region"), document.region_name.as_deref()))
                (fact(label("发布", "Published"), document.published.as_deref()))
                (fact(label("成文", "Dated"), document.dated.as_deref()))
                (fact(label("报告年度", "Year"), document.report_year.map(|year| year.to_string()).as_deref()))
                (fact(label("文号", "Number"), document.document_number.as_deref()))
                (fact(label("文种", "Type"), document.document_type.as_deref()))
                (fact(label("来源", "From"), document.publisher.as_deref()))
                (fact(label("字数", "Characters"), Some(&document.char_count.to_string())))
                @if let Some(genre) = &document.genre { div { dt { (label("类别", "Genre")) } dd { (word(genre)) } } }
            }
            details {
                summary { (label("出处", "Provenance")) }
                dl.facts {
                    (address(document.url.as_deref()))
                    (fact(label("编号", "Id"), Some(&document.id)))
                    (fact(label("版本", "Revision"), Some(&document.rev)))
                    (fact(label("抓取", "Fetched"), document.fetched_at.as_deref()))
                    (fact(label("首次见到", "First seen"), document.first_seen.as_deref()))
                    (fact(label("最近核对", "Last checked"), document.last_checked.as_deref()))
                    (fact(label("存档", "Archive"), archived_at(document).as_deref()))
                    (fact(label("摘要", "SHA-256"), Some(&document.raw_sha256)))
                    (fact(label("程序", "Extractor"), Some(&document.extractor)))
                    (fact(label("所属网页", "Hangs on"), document.parent_id.as_deref()))
                    (fact(label("重复于", "Duplicate of"), document.duplicate_of.as_deref()))
                }
            }
            @if !document.attachments.is_empty() {
                details {
                    summary { (label("附件", "Files")) " " (document.attachments.len()) }
                    ul { @for file in &document.attachments { li { (file.name) " " small { (file_facts(file.media_type.as_deref(), file.bytes)) } } } }
                }
            }
    }
}

/// The laws and documents that it cites, each with the section where it does so first.
fn citations(entry: &Entry) -> Markup {
    let mut seen = HashSet::new();
    let mut cited: Vec<&Citation> = entry.citations.iter().collect();
    cited.retain(|citation| seen.insert((citation.title.as_deref(), citation.document_number.as_deref())));
    let place = |citation: &Citation| {
        let id = citation.section_id.as_ref()?;
        entry.sections.iter().find(|section| section.id == *id).map(|section| section.seq)
    };
    html! {
        @if !cited.is_empty() {
            details {
                summary { (label("引用", "Cites")) " " (cited.len()) }
                ul.cited {
                    @for citation in cited {
                        li {
                            a href=[place(citation).map(|seq| format!("#s{seq}"))] {
                                @if let Some(title) = &citation.title { "《" (title) "》" }
                                @if let Some(number) = &citation.document_number { " " (number) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn file_facts(media_type: Option<&str>, bytes: Option<u64>) -> String {
    let size = bytes.map(|bytes| format!("{} KB", bytes.div_ceil(1024)));
    [media_type.map(str::to_owned), size].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn archived_at(document: &Document) -> Option<String> {
    Some(format!("{} : {}", document.warc_file.as_deref()?, document.warc_offset?))
}

fn fact(name: Label, value: Option<&str>) -> Markup {
    html! {
        @if let Some(value) = value.filter(|value| !value.is_empty()) { div { dt { (name) } dd { (value) } } }
    }
}

/// The only link out of the site; nothing is loaded from there unless it is followed.
fn address(url: Option<&str>) -> Markup {
    let web = url.filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    html! {
        @if let Some(url) = web {
            div { dt { (label("网址", "Address")) } dd { a href=(url) rel="external noreferrer noopener" { (url) } } }
        } @else {
            (fact(label("网址", "Address"), url))
        }
    }
}

/// The changes of a document, and the differences between its texts.
fn became(page: &DocumentPage<'_>) -> Markup {
    let texts: Vec<(&str, &str, Option<&str>)> = page
        .revisions
        .iter()
        .map(|old| (old.rev.as_str(), old.text.as_str(), old.fetched_at.as_deref()))
        .chain([(page.entry.document.rev.as_str(), page.entry.document.text.as_str(), None)])
        .collect();
    html! {
        @if !page.changes.is_empty() || texts.len() > 1 {
            section.became #history {
                h2 { (label("变更", "What became of it")) }
                @if !page.changes.is_empty() {
                    ol.changes { @for change in page.changes { li { time { (day(&change.at)) } " " (word(&change.kind)) } } }
                }
                @for pair in texts.windows(2).rev() {
                    @let (old, new) = (pair[0], pair[1]);
                    details open[new.2.is_none()] {
                        summary { code { (old.0) } " → " code { (new.0) } @if let Some(at) = old.2 { " " small { (day(at)) } } }
                        (difference(old.1, new.1))
                    }
                }
            }
        }
    }
}

/// The day of an instant.
fn day(instant: &str) -> &str {
    instant.split('T').next().unwrap_or(instant)
}
