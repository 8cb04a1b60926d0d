//! The record types of what a text states beyond its structure: works cited and figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::FoiRecord;

/// The value of `schema` in a [`CitationRecord`].
pub const CITATION_SCHEMA: &str = "citation/1";
/// The value of `schema` in a [`FigureRecord`].
pub const FIGURE_SCHEMA: &str = "figure/1";

/// What the text and the tables of one document state.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// Laws and documents that it cites, in reading order.
    pub citations: Vec<CitationRecord>,
    /// Numbers with a unit, in reading order.
    pub figures: Vec<FigureRecord>,
    /// Cells of the standard tables of a 信息公开年报, row by row.
    pub foi: Vec<FoiRecord>,
}

/// What a cited work is, by the last word of its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CitationKind {
    /// 法, 法典, 宪法.
    Law,
    /// 条例, 规定, 办法, 细则 and what else bodies call their rules.
    Rules,
    /// 通知, 意见, 方案, 报告 and every other 文种, also a document that is named by its number alone.
    Document,
    /// A standard, named by its number: GB/T 9704-2012.
    Standard,
    /// Papers, books, works and forms.
    Other,
}

/// A law or document that a text cites: one line of `citations.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CitationRecord {
    /// `citation/1`.
    pub schema: String,
    /// The document that cites.
    pub doc_id: String,
    /// The section in which it does.
    pub section_id: Option<String>,
    /// What is cited.
    pub kind: CitationKind,
    /// Title without 《》, in full where the text announced a short one (以下简称《条例》); null if only the number is given.
    pub title: Option<String>,
    /// Its 发文字号, the number of its order or of its standard, as printed beside it; brackets of a year as 〔〕.
    pub document_number: Option<String>,
    /// Start in characters of the document's text.
    pub start: usize,
    /// End, exclusive: `text[start:end]` is what is printed, 《》 or the bare number.
    pub end: usize,
}

/// A number with its unit: one line of `figures.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FigureRecord {
    /// `figure/1`.
    pub schema: String,
    /// The document.
    pub doc_id: String,
    /// The section in which it stands.
    pub section_id: Option<String>,
    /// The number with its 十, 百, 千, 万, 亿 multiplied in: 1.5亿元 is 150000000.
    pub value: f64,
    /// It is not said exactly: 70余件, 近百人次, 20%以上, and both ends of a range.
    pub approximate: bool,
    /// Measure word or unit: 件, 元, %, 个百分点; null for 10万 without one.
    pub unit: Option<String>,
    /// The clause in which it stands.
    pub context: String,
    /// Start in characters of the document's text.
    pub start: usize,
    /// End, exclusive: `text[start:end]` is the number with its unit.
    pub end: usize,
}
