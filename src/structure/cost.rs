//! What counts for and against taking a candidate as a section, in tenths.

use serde::Serialize;

/// A reason for or against a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// Nothing.
    Free,
    /// The number goes on.
    Next,
    /// A list opens.
    Open,
    /// A list opens in the place of one of a kind that usually stands below it.
    Mixed,
    /// The same directly below a heading, which would be left without a text.
    MixedBelowHeading,
    /// A list opens in the place of one of a kind that usually stands above it.
    Displaced,
    /// A kind nests against the usual order for the first time.
    Inverted,
    /// A kind nests against the usual order again.
    InvertedAgain,
    /// A chapter or an article stands in itself, or a chapter in what chapters hold.
    ChapterBelow,
    /// A kind nests in itself.
    SameKind,
    /// A kind nests in itself, directly below the heading of the outer one.
    SameKindBelowHeading,
    /// Whole paragraphs nest in their own kind, behind a line that announces them.
    SameKindLed,
    /// Whole paragraphs nest in their own kind, directly below the heading of the outer one.
    SameKindParagraphs,
    /// A kind nests in itself with another mark: `1、` below `1.`.
    SameKindOtherMark,
    /// The same, for the first time and behind running text that follows an item without a heading.
    SameKindBehindText,
    /// A list opens under the last item of one that was a sentence, `1.…；2.…。`, and behind running text.
    BelowClosedList,
    /// The count goes on under a new parent.
    Continues,
    /// The count goes on under a parent of a kind that never held it.
    ContinuesElsewhere,
    /// A list does not begin at 1.
    Midway,
    /// The same, at the beginning of a document or with a heading line.
    MidwayExcused,
    /// The same, with both.
    MidwayWellExcused,
    /// So many numbers are missing.
    Skipped(u16),
    /// The number stood just before.
    Repeated,
    /// The count goes back to 1.
    Restart,
    /// The count of an upper kind goes back to 1, which it hardly does within a document.
    RestartAbove,
    /// The same of 一、 where running text stands between: an unnumbered heading, or the announcement of another list.
    RestartBehindText,
    /// The count goes back elsewhere, or far ahead.
    Back,
    /// The count of articles goes far ahead, as in excerpts.
    ArticleJumped,
    /// The count of articles goes back, as where two texts stand one behind the other.
    ArticleBack,
    /// A list opens in a section of the letter, and the letter was signed above it.
    BelowSignature,
    /// One list changes between `1.` and `1、`.
    OtherMark,
    /// A decimal stands under another number than its own.
    StrayDecimal,
}

impl Cost {
    /// What it adds to a reading.
    pub fn tenths(self) -> i32 {
        match self {
            Self::Free => 0,
            Self::Next => 20,
            Self::Continues => 5,
            Self::InvertedAgain | Self::OtherMark => -5,
            Self::Open | Self::Mixed => -10,
            Self::SameKindOtherMark | Self::MidwayWellExcused => -15,
            Self::SameKindBelowHeading | Self::Repeated => -20,
            Self::Inverted => -25,
            Self::MixedBelowHeading
            | Self::SameKindLed
            | Self::MidwayExcused
            | Self::ContinuesElsewhere
            | Self::ArticleJumped => -30,
            Self::SameKind | Self::Restart | Self::RestartBehindText => -35,
            Self::Displaced | Self::StrayDecimal | Self::BelowClosedList => -40,
            Self::Midway | Self::ArticleBack | Self::SameKindParagraphs | Self::SameKindBehindText => -45,
            Self::ChapterBelow | Self::Back | Self::BelowSignature => -60,
            Self::RestartAbove => -70,
            Self::Skipped(missing) => -10 - 10 * i32::from(missing),
        }
    }
}

/// The reasons that one step of a reading adds up.
pub(super) type Costs = [Cost; 4];

/// What the reasons add up to.
pub(super) fn sum(costs: &Costs) -> i32 {
    costs.iter().map(|cost| cost.tenths()).sum()
}
