//! The rules that give lines their roles before the numbers are read.

use serde::Serialize;

use crate::model::Role;
use crate::text::{begins, holds};
use crate::words::REMARKS;

/// By which rule each line has a role; `None` = running text, or a section.
pub(in super::super) type Roles = Vec<Option<RoleRule>>;

/// A rule that gives a line its role before the numbers are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleRule {
    /// A data table of the page.
    DataTable,
    /// `表1 执法案件统计表` directly above a data table.
    NumberedCaption,
    /// `注：…` below a table, or with a number anywhere.
    LabelledNote,
    /// A line that goes on counting the notes of a table.
    CountedNote,
    /// `[1] 数据来源：…`.
    BracketedFootnote,
    /// A line between 目录 and the line that says one of its entries again.
    ContentsRepeated,
    /// A line below 目录 with a number or a page number.
    ContentsCounted,
    /// A line at the top that is the title of the page, or a good part of it.
    TitleRepeated,
    /// Up to three lines at the top that end like a title, where the page's own title does not stand.
    TitleAtTop,
    /// A body at the top, with a day below.
    SignerAtTop,
    /// A day at the top, below the title.
    DayAtTop,
    /// A remark at the top, below the title.
    RemarkAtTop,
    /// A remark behind the signature or in the last lines.
    RemarkAtEnd,
    /// A line at the top that names readers and ends with ：.
    ReadersAtTop,
    /// A line to 各… below the title of an attached document.
    ReadersOfAnnex,
    /// A line that a formula closes: 特此报告。
    ClosingFormula,
    /// 附件：… with a name behind it, and nothing of it following.
    AnnexNamed,
    /// Names that count on below a bare 附件：.
    AnnexListed,
    /// A body or an officer above a day.
    SignerAboveDay,
    /// A short line that is no body's name, between a finished sentence and the last day.
    NameAboveLastDay,
    /// A body below a finished sentence, with nothing of the document following.
    BodyAtEnd,
    /// The day that such lines stand above, or the last line.
    SignedDay,
    /// `抄送：…`.
    CopyLabel,
    /// A list of bodies that goes on with 抄送.
    CopyGoesOn,
    /// A line that ends with a day and 印发.
    PrintedDay,
    /// 共印N份.
    PrintedCopies,
}

impl RoleRule {
    /// The role that the rule gives.
    pub fn role(self) -> Role {
        match self {
            Self::DataTable => Role::Table,
            Self::NumberedCaption => Role::Caption,
            Self::LabelledNote | Self::CountedNote => Role::Note,
            Self::BracketedFootnote => Role::Footnote,
            Self::ContentsRepeated | Self::ContentsCounted => Role::Toc,
            Self::TitleRepeated | Self::TitleAtTop => Role::Title,
            Self::RemarkAtTop | Self::RemarkAtEnd => Role::Remark,
            Self::ReadersAtTop | Self::ReadersOfAnnex => Role::Addressee,
            Self::ClosingFormula => Role::Closing,
            Self::AnnexNamed | Self::AnnexListed => Role::AnnexNote,
            Self::SignerAboveDay | Self::NameAboveLastDay | Self::BodyAtEnd | Self::SignerAtTop => Role::Signature,
            Self::SignedDay | Self::DayAtTop => Role::Date,
            Self::CopyLabel | Self::CopyGoesOn => Role::Cc,
            Self::PrintedDay => Role::Imprint,
            Self::PrintedCopies => Role::Copies,
        }
    }
}

/// The role of a line, if it has one by now.
pub(super) fn role(roles: &Roles, n: usize) -> Option<Role> {
    roles[n].map(RoleRule::role)
}

/// Remarks (附注, GB/T 9704-2012 7.3.6) and the note under a title that says when it was adopted.
pub(super) fn is_remark(view: &[char]) -> bool {
    if begins(view, "公开方式:") || begins(view, "公开属性:") {
        return true;
    }
    let bracketed = view.first() == Some(&'(') && view.last() == Some(&')') && view.len() <= 120;
    bracketed && view.len() > 4 && REMARKS.iter().any(|word| holds(view, word.text))
}
