//! The types that the stages hand to one another, and the public record format.

mod source;
mod canonical;
mod capture;
mod change;
pub mod digest;
mod exchange;
mod fact;
mod foi;
mod health;
mod limits;
mod page;
mod posted;
mod document;
mod outline;
mod record;
mod reject;
mod report;
mod rule;
mod traffic;

pub use canonical::{canonical, page_key, without_password};
pub use capture::{Capture, CaptureKind};
pub use change::{ChangeKind, Changes, DocumentChange};
pub use document::{Attachment, DayOrigin, Document};
pub use exchange::{Exchange, Redirect};
pub use fact::{CITATION_SCHEMA, CitationKind, CitationRecord, FIGURE_SCHEMA, Facts, FigureRecord};
pub use foi::{FOI_SCHEMA, FoiColumn, FoiFlag, FoiRecord, FoiRow, FoiTable};
pub use health::{Health, shrank, usual_items};
pub use limits::{MAX_ADDRESS, RecordLimits};
pub use outline::{Flag, Genre, Item, ItemStyle, Outline, Part, Role, Section, Style};
pub use page::{Block, BlockKind, Page, PageFormat, Table};
pub use posted::Posted;
pub use record::{
    AttachmentRecord, DOCUMENT_SCHEMA, DocumentRecord, ItemRecord, Records, SECTION_SCHEMA, SectionRecord,
    TABLE_SCHEMA, TableRecord, TextOrigin,
};
pub use reject::{Reason, Reject, Stage, Warning, WarningCode};
pub use report::{
    BuildReport, Counts, Covered, CrawlReport, FailedPage, Layout, RUN_SCHEMA, RunReport, SourceBuild, SourceReport,
    SourceStatus,
};
pub use rule::Without;
pub(crate) use rule::rules;
pub use source::{GoesOn, InvalidSourceId, Listing, SourceId, Target};
pub use traffic::Traffic;
