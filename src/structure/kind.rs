//! The kinds of markers, in the order in which they usually nest.

use crate::model::Style;

/// The kind of a marker, in the order in which kinds usually nest (GB/T 9704-2012 7.3.3, 立法法 art. 65).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
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
    /// 甲、
    Stem,
    /// 壹、
    Formal,
    /// I、
    Roman,
    /// 一、
    Cn,
    /// 第一、
    CnOrdinal,
    /// （一）
    CnParen,
    /// 问1：
    Question,
    /// A.
    Letter,
    /// 1.
    Arabic,
    /// 1.1
    Decimal2,
    /// 1.1.1
    Decimal3,
    /// 1.1.1.1
    Decimal4,
    /// （1）
    ArabicParen,
    /// （a）
    LetterParen,
    /// （i）
    RomanParen,
    /// ①
    Circled,
}

/// How many kinds there are.
pub(super) const KINDS: usize = 22;

impl Kind {
    /// The style of the record format.
    pub(super) fn style(self) -> Style {
        match self {
            Self::Book => Style::Book,
            Self::Subbook => Style::Subbook,
            Self::Part => Style::Part,
            Self::Chapter => Style::Chapter,
            Self::Sec => Style::Sec,
            Self::Article => Style::Article,
            Self::Stem => Style::Stem,
            Self::Roman => Style::Roman,
            Self::Formal | Self::Cn | Self::CnOrdinal => Style::Cn,
            Self::CnParen => Style::CnParen,
            Self::Question => Style::Question,
            Self::Letter => Style::Letter,
            Self::Arabic => Style::Arabic,
            Self::Decimal2 | Self::Decimal3 | Self::Decimal4 => Style::Decimal,
            Self::ArabicParen => Style::ArabicParen,
            Self::LetterParen => Style::LetterParen,
            Self::RomanParen => Style::RomanParen,
            Self::Circled => Style::Circled,
        }
    }

    /// How sure the bare form is, in tenths: `（一）` is hardly ever anything else, `1.` often is.
    pub(super) fn weight(self) -> i32 {
        match self {
            Self::Book | Self::Subbook | Self::Part | Self::Chapter | Self::Sec => 70,
            Self::Article | Self::CnParen | Self::Question => 50,
            Self::Cn | Self::Formal | Self::ArabicParen => 40,
            Self::Stem | Self::CnOrdinal => 35,
            Self::Arabic | Self::Decimal2 | Self::Decimal3 | Self::Decimal4 | Self::Roman | Self::RomanParen => 30,
            Self::Letter | Self::LetterParen | Self::Circled => 25,
        }
    }

    /// The form is also that of words and names (甲方, A座, I级), so one of it alone numbers nothing.
    pub(super) fn needs_company(self) -> bool {
        matches!(
            self,
            Self::Stem
                | Self::Formal
                | Self::Roman
                | Self::CnOrdinal
                | Self::Letter
                | Self::LetterParen
                | Self::RomanParen
        )
    }

    /// The form has no place of its own in the order (GB/T 9704-2012 7.3.3): writers put it above 一、 or below （一）.
    pub(super) fn stands_anywhere(self) -> bool {
        self == Self::Roman
    }

    /// What stands before the number in a path.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Book => "b",
            Self::Subbook => "sb",
            Self::Part => "p",
            Self::Chapter => "c",
            Self::Sec => "s",
            Self::Article => "a",
            Self::Question => "q",
            _ => "",
        }
    }
}
