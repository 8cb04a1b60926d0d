//! The public record format: one line a document, one line a section, one line a table.
//!
//! Every key is always present; unknown is `null`, an empty list is `[]`. Days are `YYYY-MM-DD`, instants RFC 3339.
//! A changed name, type or meaning is a new major number of `schema`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DayOrigin, Flag, Genre, ItemStyle, Part, Role, Style, Warning};

/// The value of `schema` in a [`DocumentRecord`].
pub const DOCUMENT_SCHEMA: &str = "document/1";
/// The value of `schema` in a [`SectionRecord`].
pub const SECTION_SCHEMA: &str = "section/1";
/// The value of `schema` in a [`TableRecord`].
pub const TABLE_SCHEMA: &str = "table/1";

/// All records of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Records {
    /// The document.
    pub document: DocumentRecord,
    /// Its sections, in reading order.
    pub sections: Vec<SectionRecord>,
    /// Its tables, in reading order.
    pub tables: Vec<TableRecord>,
}

/// Where the text of a document comes from.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextOrigin {
    /// The page itself.
    #[default]
    Page,
    /// A file: it is the whole body of the page, or was itself what was asked for.
    Attachment,
    /// Pictures of pages, wholly or in part, as a program read them (`[ocr]`).
    Ocr,
}

/// One document: one line of `documents.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRecord {
    /// `document/1`.
    pub schema: String,
    /// `{host}:{first 10 characters of base32(sha256(canonical URL))}`: stable for the life of the page.
    pub id: String,
    /// First 12 hex digits of sha256(`text`): the same text has the same revision.
    pub rev: String,
    /// The revision seen before this one.
    pub prev_rev: Option<String>,
    /// Config id of the portal column; null for a page read from a file.
    pub source: Option<String>,
    /// Portal family that matched.
    pub profile: Option<String>,
    /// Canonical address that was asked for.
    pub url: Option<String>,
    /// Address after redirects.
    pub final_url: Option<String>,
    /// Title as shown on the page, lines joined without a space.
    pub title: Option<String>,
    /// Title line by line.
    pub title_lines: Vec<String>,
    /// `rule_of_law_annual`, `foi_annual`, `work_report`, `notice`, `rules`, `interpretation` or `other`.
    pub genre: Option<Genre>,
    /// 文种: 报告, 通知, 意见, 办法, 公告 …
    pub document_type: Option<String>,
    /// 发文字号, brackets as 〔〕 (GB/T 9704-2012 7.2.5).
    pub document_number: Option<String>,
    /// 索引号 of government information pages.
    pub index_number: Option<String>,
    /// 发文机关署名 (GB/T 9704-2012 7.3.5).
    pub issuers: Vec<String>,
    /// 主送机关 (7.3.2).
    pub addressees: Vec<String>,
    /// 抄送机关 (7.4.2).
    pub cc: Vec<String>,
    /// Page line 作者.
    pub author: Option<String>,
    /// Page line 来源 (meta `ContentSource`).
    pub publisher: Option<String>,
    /// The day of publication.
    #[schemars(extend("format" = "date"))]
    pub published: Option<String>,
    /// The instant with `+08:00`, if the page shows a time of day.
    #[schemars(extend("format" = "date-time"))]
    pub published_at: Option<String>,
    /// Where the day of publication was found: `page`, `meta`, `list` or `url`.
    pub published_from: Option<DayOrigin>,
    /// 成文日期.
    #[schemars(extend("format" = "date"))]
    pub dated: Option<String>,
    /// 印发日期.
    #[schemars(extend("format" = "date"))]
    pub printed: Option<String>,
    /// 共印N份.
    pub copies: Option<u32>,
    /// The year reported on, not the year of publication.
    pub report_year: Option<i16>,
    /// GB/T 2260 or 12-digit code of the issuing body; null if not certain.
    pub region_code: Option<String>,
    /// Full name of that region.
    pub region_name: Option<String>,
    /// `province`, `prefecture`, `county`, `township` or `village`.
    pub region_level: Option<String>,
    /// The issuing body under one name over all its years and portals; null if not certain.
    pub issuer: Option<String>,
    /// Level of that body itself: `province`, `prefecture`, `county` or `township`; null for bodies of the whole country
    /// and of zones.
    pub issuer_level: Option<String>,
    /// 当前位置, outermost first, without the title or 正文.
    pub breadcrumb: Vec<String>,
    /// 访问量 when the page was fetched.
    pub views: Option<u64>,
    /// The clean text; all offsets of this format count its Unicode scalar values.
    pub text: String,
    /// Where `text` comes from.
    pub text_origin: TextOrigin,
    /// Further pages of an article that the portal cut into several; their texts are joined in `text`.
    pub page_urls: Vec<String>,
    /// For a file that is a document of its own: the page that it hangs on.
    pub parent_id: Option<String>,
    /// An earlier document with nearly the same text.
    pub duplicate_of: Option<String>,
    /// Files that the article links to.
    pub attachments: Vec<AttachmentRecord>,
    /// How many section records there are.
    pub section_count: usize,
    /// Length of `text` in characters.
    pub char_count: usize,
    /// What is odd.
    pub warnings: Vec<Warning>,
    /// When the page was first archived.
    #[schemars(extend("format" = "date-time"))]
    pub first_seen: Option<String>,
    /// When the page was last asked for and answered.
    #[schemars(extend("format" = "date-time"))]
    pub last_checked: Option<String>,
    /// When the page was found gone (404 or 410); its text stays.
    #[schemars(extend("format" = "date-time"))]
    pub gone_at: Option<String>,
    /// When the bytes were fetched (RFC 3339, UTC).
    #[schemars(extend("format" = "date-time"))]
    pub fetched_at: Option<String>,
    /// HTTP status of the answer.
    pub http_status: Option<u16>,
    /// `Content-Type` header of the answer; for a file without one, its media type by content.
    pub content_type: Option<String>,
    /// Encoding that the text was decoded from; null for a file.
    pub charset: Option<String>,
    /// SHA-256 of the fetched bytes.
    pub raw_sha256: String,
    /// Length of the fetched bytes.
    pub raw_bytes: u64,
    /// WARC file that holds them, below `output/archive/<source>`.
    pub warc_file: Option<String>,
    /// Offset of the record in that file.
    pub warc_offset: Option<u64>,
    /// `name/version/ruleset` of the program that made the record.
    pub extractor: String,
}

/// A file that an article links to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AttachmentRecord {
    /// Name as the page shows it.
    pub name: String,
    /// Absolute address.
    pub url: String,
    /// Media type by its first bytes; null until it is fetched.
    pub media_type: Option<String>,
    /// SHA-256 of the file; null until it is fetched.
    pub sha256: Option<String>,
    /// Length of the file; null until it is fetched.
    pub bytes: Option<u64>,
    /// Id of the document made from it.
    pub document_id: Option<String>,
}

/// One section: one line of `sections.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SectionRecord {
    /// `section/1`.
    pub schema: String,
    /// `{doc_id}#{path}`, unique together with `rev`.
    pub id: String,
    /// The document.
    pub doc_id: String,
    /// The revision of the document.
    pub rev: String,
    /// Reading order, from 0 without gaps.
    pub seq: usize,
    /// The section that holds this one; null at the top.
    pub parent_id: Option<String>,
    /// Printed numbers joined by dots (`2.1.3`), or the name of the role.
    pub path: String,
    /// True nesting depth, 0 outside the numbered body.
    pub level: u32,
    /// What it is for.
    pub role: Role,
    /// Family of the marker.
    pub style: Option<Style>,
    /// The marker exactly as printed.
    pub marker: Option<String>,
    /// The number that is printed.
    pub number: Option<u32>,
    /// Heading without marker and final 。 or ：; null when the paragraph has none.
    pub heading: Option<String>,
    /// Own body without children: always a slice of the document's text.
    pub text: String,
    /// Inline items of the own body.
    pub items: Vec<ItemRecord>,
    /// Mandated parts.
    pub part: Vec<Part>,
    /// Marker and heading of every ancestor, outermost first.
    pub breadcrumb: Vec<String>,
    /// Start of the own span, in characters of the document's text.
    pub start: usize,
    /// Start of the own body.
    pub text_start: usize,
    /// End of the own span, exclusive.
    pub end: usize,
    /// End with all descendants, exclusive.
    pub subtree_end: usize,
    /// What is odd.
    pub flags: Vec<Flag>,
    /// Copied from the document, as are the keys below.
    pub url: Option<String>,
    /// Title of the document.
    pub title: Option<String>,
    /// Issuing body of the document, under its one name.
    pub issuer: Option<String>,
    /// Region code of the document.
    pub region_code: Option<String>,
    /// Year reported on.
    pub report_year: Option<i16>,
    /// Day of publication.
    #[schemars(extend("format" = "date"))]
    pub published: Option<String>,
    /// Source of the document.
    pub source: Option<String>,
}

/// An inline item: 一是…二是….
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemRecord {
    /// The number as printed.
    pub number: u32,
    /// Its family.
    pub style: ItemStyle,
    /// Start in characters of the document's text.
    pub start: usize,
    /// End, exclusive.
    pub end: usize,
}

/// One table: one line of `tables.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TableRecord {
    /// `table/1`.
    pub schema: String,
    /// `{section_id}/table`.
    pub id: String,
    /// The document.
    pub doc_id: String,
    /// The section record of the table.
    pub section_id: String,
    /// Cell texts with spans resolved.
    pub rows: Vec<Vec<String>>,
    /// How many rows at the top are heads: they are marked as such, or words stand over numbers; null if that is not certain.
    pub header_rows: Option<usize>,
}
