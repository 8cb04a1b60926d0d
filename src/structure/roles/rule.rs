//! The rules that give lines their roles before the numbers are read.

use crate::model::{Role, rules};
use crate::structure::lines::Text;
use crate::structure::names::BRACKETS;
use crate::text::{begins, holds};
use crate::words::{PROMULGATIONS, REMARKS, SEALS};

/// The sentence that makes a document known has at most so many characters.
pub(super) const LETTER: usize = 400;

/// By which rule each line has a role; `None` = running text, or a section.
pub(in super::super) type Roles = Vec<Option<RoleRule>>;

rules! {
    /// A rule that gives a line its role before the numbers are read.
    pub enum RoleRule: "role" {
        /// A data table of the page.
        DataTable = "data_table",
        /// `表1 执法案件统计表` directly above a data table.
        NumberedCaption = "numbered_caption",
        /// `注：…` below a table, or with a number anywhere.
        LabelledNote = "labelled_note",
        /// A line that goes on counting the notes of a table.
        CountedNote = "counted_note",
        /// `[1] 数据来源：…`.
        BracketedFootnote = "bracketed_footnote",
        /// A line between 目录 and the line that says one of its entries again.
        ContentsRepeated = "contents_repeated",
        /// A line below 目录 with a number or a page number.
        ContentsCounted = "contents_counted",
        /// A line at the top that is the title of the page, or a good part of it.
        TitleRepeated = "title_repeated",
        /// Short lines at the top, one of which ends like a title, where the page's own title does not stand.
        TitleAtTop = "title_at_top",
        /// A body at the top, with a day below.
        SignerAtTop = "signer_at_top",
        /// A day at the top, below the title.
        DayAtTop = "day_at_top",
        /// A remark at the top, below the title.
        RemarkAtTop = "remark_at_top",
        /// A remark behind the signature or in the last lines.
        RemarkAtEnd = "remark_at_end",
        /// `（印章）` alone, where a seal stands on paper.
        SealAtEnd = "seal_at_end",
        /// 本文书一式三份，… behind the signature.
        MadeOutIn = "made_out_in",
        /// A line at the top that names readers and ends with ：.
        ReadersAtTop = "readers_at_top",
        /// A line to 各… below the title of an attached document.
        ReadersOfAnnex = "readers_of_annex",
        /// A line that a formula closes: 特此报告。
        ClosingFormula = "closing_formula",
        /// 附件：… with a name behind it, and nothing of it following.
        AnnexNamed = "annex_named",
        /// Names that count on below a bare 附件：.
        AnnexListed = "annex_listed",
        /// A body or an officer above a day.
        SignerAboveDay = "signer_above_day",
        /// A short line that is no body's name, between a finished sentence and the last day.
        NameAboveLastDay = "name_above_last_day",
        /// A body below a day that stands below a finished sentence, at the end.
        SignerBelowDay = "signer_below_day",
        /// A body below a finished sentence, with nothing of the document following.
        BodyAtEnd = "body_at_end",
        /// The day that such lines stand above, or the last line.
        SignedDay = "signed_day",
        /// `抄送：…`.
        CopyLabel = "copy_label",
        /// A list of bodies that goes on with 抄送.
        CopyGoesOn = "copy_goes_on",
        /// A line that ends with a day and 印发.
        PrintedDay = "printed_day",
        /// 共印N份.
        PrintedCopies = "printed_copies",
        /// A body right above such a line that is no more than the day.
        PrinterAboveDay = "printer_above_day",
    }
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
            Self::RemarkAtTop | Self::RemarkAtEnd | Self::SealAtEnd | Self::MadeOutIn => Role::Remark,
            Self::ReadersAtTop | Self::ReadersOfAnnex => Role::Addressee,
            Self::ClosingFormula => Role::Closing,
            Self::AnnexNamed | Self::AnnexListed => Role::AnnexNote,
            Self::SignerAboveDay
            | Self::NameAboveLastDay
            | Self::SignerBelowDay
            | Self::BodyAtEnd
            | Self::SignerAtTop => Role::Signature,
            Self::SignedDay | Self::DayAtTop => Role::Date,
            Self::CopyLabel | Self::CopyGoesOn => Role::Cc,
            Self::PrintedDay | Self::PrinterAboveDay => Role::Imprint,
            Self::PrintedCopies => Role::Copies,
        }
    }
}

/// The role of a line, if it has one by now.
pub(super) fn role(roles: &Roles, n: usize) -> Option<Role> {
    roles[n].map(RoleRule::role)
}

/// Remarks (附注, GB/T 9704-2012 7.3.6) and the note under a title that says when it was adopted.
pub(in super::super) fn is_remark(view: &[char]) -> bool {
    if begins(view, "公开方式:") || begins(view, "公开属性:") {
        return true;
    }
    let bracketed = view.first() == Some(&'(') && view.last() == Some(&')') && view.len() <= 120;
    bracketed && view.len() > 4 && REMARKS.iter().any(|word| holds(view, word.text))
}

/// `（印章）`, `（此处加盖公章）`: what a page prints in the place of a seal.
pub(super) fn is_seal(view: &[char]) -> bool {
    /// Most characters of it, its brackets included.
    const LONGEST: usize = 14;
    let [open, inside @ .., close] = view else { return false };
    view.len() <= LONGEST && BRACKETS.contains(&(*open, *close)) && SEALS.ends_view(inside).is_some()
}

/// `本文书一式三份，一份送达，一份归档。`
pub(super) fn counts_its_copies(view: &[char]) -> bool {
    let numeral = |c: char| c.is_ascii_digit() || "一二两三四五六七八九十贰叁肆伍陆".contains(c);
    (0..view.len()).any(|n| {
        let behind = view[n..].strip_prefix(&['一', '式']);
        let count = behind.map(|rest| rest.iter().take_while(|c| numeral(**c)).count());
        behind.zip(count).is_some_and(|(rest, count)| count > 0 && matches!(rest.get(count), Some('份' | '联')))
    })
}

/// `《青石县养犬办法》已经…通过，现予公布。`
pub(super) fn makes_known(text: &Text, n: usize, roles: &Roles) -> bool {
    let line = &text.lines[n];
    roles[n].is_none() && !line.table && line.len() <= LETTER && PROMULGATIONS.holds_view(text.view(line)).is_some()
}
