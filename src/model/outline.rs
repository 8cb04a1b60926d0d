//! The structure of a document: sections that tile its text, and the facts that stand in them.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Table, Warning};

/// What a section of the text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A numbered section.
    Section,
    /// An attached document: behind the word 附件, or behind the signature of a notice, decree or announcement that issues
    /// it. All of a page stand side by side on level 1, their inside one deeper.
    Annex,
    /// 问.
    Question,
    /// 答.
    Answer,
    /// A title that is repeated in the body.
    Title,
    /// 主送机关 (GB/T 9704-2012 7.3.2).
    Addressee,
    /// 目录.
    Toc,
    /// Text before the first numbered section.
    Preamble,
    /// Unnumbered text outside every section.
    Body,
    /// A table.
    Table,
    /// The caption of a table or picture.
    Caption,
    /// 注：… below a table.
    Note,
    /// A footnote.
    Footnote,
    /// 特此报告。
    Closing,
    /// 附件说明: the list of annexes (GB/T 9704-2012 7.3.4).
    AnnexNote,
    /// 发文机关署名 (7.3.5).
    Signature,
    /// 成文日期 (7.3.5.4).
    Date,
    /// 附注 (7.3.6).
    Remark,
    /// 抄送 (7.4.2).
    Cc,
    /// 印发机关和印发日期 (7.4.3).
    Imprint,
    /// 共印N份.
    Copies,
}

/// The family of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// 第一编
    Book,
    /// 第一分编
    Subbook,
    /// 第一部分
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Sec,
    /// 第一条
    Article,
    /// 甲、 （甲）
    Stem,
    /// I、 Ⅰ.
    Roman,
    /// 一、 壹、 第一、
    Cn,
    /// （一）
    CnParen,
    /// 1.
    Arabic,
    /// （1）
    ArabicParen,
    /// A. a、
    Letter,
    /// （a） a)
    LetterParen,
    /// （i） i)
    RomanParen,
    /// ①
    Circled,
    /// 1.1
    Decimal,
    /// 附件1
    Annex,
    /// 问：
    Question,
}

/// What is odd about a section's numbering or heading; the numbers themselves are kept as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// The heading is the first sentence of the paragraph.
    RunIn,
    /// The heading stands on the line after the marker.
    HeadingSplit,
    /// One or more numbers are missing before this one.
    NumberSkipped,
    /// The same number stood just before.
    NumberRepeated,
    /// The count begins again at the same level.
    NumberRestart,
    /// The count goes on from the section before under a new parent.
    NumberContinues,
    /// The first number of its list is not 1.
    StartsMidway,
}

/// Which collection a document belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// An annual report on law-based government.
    RuleOfLawAnnual,
    /// An annual report on government information (政府信息公开年报).
    FoiAnnual,
    /// Another report or summary of work.
    WorkReport,
    /// A 通知, 通告, 公告, 公示 or 通报.
    Notice,
    /// A 办法, 规定, 条例 and the like, or a text in articles.
    Rules,
    /// A 解读, or questions and answers.
    Interpretation,
    /// Anything else.
    Other,
}

impl Genre {
    /// The name in the records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RuleOfLawAnnual => "rule_of_law_annual",
            Self::FoiAnnual => "foi_annual",
            Self::WorkReport => "work_report",
            Self::Notice => "notice",
            Self::Rules => "rules",
            Self::Interpretation => "interpretation",
            Self::Other => "other",
        }
    }
}

/// A mandated part of an annual report on law-based government (督察工作规定, 2019).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 主要举措和成效
    Measures,
    /// 存在的不足和原因
    Shortcomings,
    /// 党政主要负责人履行第一责任人职责
    FirstResponsible,
    /// 下一年度主要安排
    NextYear,
    /// 其他需要报告的情况
    Other,
    /// 政府信息公开年报: 总体情况
    Overview,
    /// 政府信息公开年报: 主动公开
    Proactive,
    /// 政府信息公开年报: 依申请公开
    Requests,
    /// 政府信息公开年报: 行政复议、行政诉讼
    ReviewLitigation,
    /// 政府信息公开年报: 存在的主要问题及改进情况
    Problems,
}

/// The family of an inline item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemStyle {
    /// 一是…二是…
    CnShi,
    /// 一要…二要…
    CnYao,
    /// 第一，…第二，…
    DiCi,
    /// （1）…（2）… inside a paragraph
    ArabicParen,
    /// （一）…（二）… inside a paragraph
    CnParen,
    /// 1.…2.… inside a paragraph
    Arabic,
    /// ①…②… inside a paragraph
    Circled,
    /// a.…b.…, a line each
    Letter,
}

/// An inline item: a span of the document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The number as printed.
    pub number: u32,
    /// Its family.
    pub style: ItemStyle,
    /// Start in characters of the document's text.
    pub start: usize,
    /// End, exclusive.
    pub end: usize,
}

/// One row of the outline. Offsets count Unicode scalar values of the document's text and are half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Printed numbers joined by dots, or the name of the role; unique in the document.
    pub path: String,
    /// Index of the parent row, which comes earlier.
    pub parent: Option<usize>,
    /// True nesting depth; 0 outside the numbered body.
    pub level: u32,
    /// What it is for.
    pub role: Role,
    /// The family of the marker.
    pub style: Option<Style>,
    /// The marker exactly as printed.
    pub marker: Option<String>,
    /// The number that is printed, never corrected.
    pub number: Option<u32>,
    /// Heading without the marker and the final 。 or ：.
    pub heading: Option<String>,
    /// Inline items of the own body.
    pub items: Vec<Item>,
    /// Mandated parts that the section belongs to.
    pub part: Vec<Part>,
    /// The cells, if this is a table.
    pub table: Option<Table>,
    /// Start of the own span (marker and heading included).
    pub start: usize,
    /// Start of the own body behind marker and heading.
    pub text_start: usize,
    /// End of the own span, children not included.
    pub end: usize,
    /// End of the last descendant.
    pub subtree_end: usize,
    /// What is odd.
    pub flags: Vec<Flag>,
}

/// What structuring finds: rows in reading order that tile the text, and the facts that some of them state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// The clean text: blocks joined by `\n`.
    pub text: String,
    /// Own spans are in order, disjoint, and cover every non-blank character of `text`.
    pub sections: Vec<Section>,
    /// 发文机关署名.
    pub issuers: Vec<String>,
    /// 主送机关.
    pub addressees: Vec<String>,
    /// 抄送机关.
    pub cc: Vec<String>,
    /// 成文日期.
    pub dated: Option<Date>,
    /// 印发日期.
    pub printed: Option<Date>,
    /// 共印N份.
    pub copies: Option<u32>,
    /// 文种.
    pub document_type: Option<String>,
    /// Which collection the document belongs to.
    pub genre: Option<Genre>,
    /// The year reported on.
    pub report_year: Option<i16>,
    /// Odd but usable things met on the way.
    pub warnings: Vec<Warning>,
}
