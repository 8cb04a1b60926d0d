//! Turns the reports that Chinese governments publish on their portals into records for analysis.
//!
//! ```text
//! config ─┐
//!         ▼
//!  discover → fetch → archive ║ page → extract → structure → record → write
//!  (list page   (bytes)  (WARC +  ║ (bytes → (page →   (Document → (records)  (JSON Lines,
//!   → targets)            state)  ║  page)   Document)  sections)              report)
//! ```
//!
//! Stages are plain functions from one type of [`model`] to the next and never import one another. `crawl` joins those
//! that stand before the archive, `reading` those behind it for one page, `commands` all of them. `model`, `text`, `words`,
//! `page`, `discover`, `extract`, `file`, `structure`, `record`, `facts` and `reading` are pure: they read no disk, no network, no clock. They build alone
//! (`--no-default-features`); the feature `program` adds the rest. The archive is the border: what is left of it needs
//! the network, what is right of it never does.

pub mod model;
pub mod text;
pub mod words;
pub mod config;
pub mod page;
pub mod discover;
#[cfg(feature = "program")]
pub mod fetch;
#[cfg(feature = "program")]
pub mod archive;
pub mod extract;
pub mod file;
pub mod structure;
pub mod record;
pub mod facts;
pub mod reading;
#[cfg(feature = "program")]
pub mod write;
#[cfg(feature = "program")]
pub mod export;
#[cfg(feature = "program")]
pub mod language;
#[cfg(feature = "program")]
pub mod progress;
#[cfg(feature = "program")]
mod crawl;
#[cfg(feature = "program")]
pub mod cli;
#[cfg(feature = "program")]
pub mod commands;
#[cfg(feature = "program")]
pub mod log;

pub use extract::extract;
pub use structure::structure;
