//! Portals → archive: what is due of every column, in the order in which it is fetched.
//!
//! ```text
//! source ─ lists ─▶ items ─ queue ─▶ due ─ articles ─▶ outcome ─ verdict ─▶ report
//!            │                            │ files
//!            └────── ArchiveHandle ───────┴──▶ writer ──▶ archive
//! ```
//!
//! Every column is a task of its own; the queue of each host keeps them polite, and one task writes the archive.

mod engine;
mod column;
mod lists;
mod list_page;
mod drift;
mod articles;
mod outcome;
mod files;
mod parts;
mod queue;
mod plan;
mod job;
mod writer;
mod retry;
mod earlier;
mod budget;
mod cycle;
mod scope;
mod probe;
mod past;
mod verdict;

pub(crate) use earlier::Earlier;
pub(crate) use engine::{Crawled, Setting, crawl, runtime};
pub(crate) use job::{Clock, FilesOf};
pub(crate) use plan::{Due, Plan};
pub(crate) use probe::{Probe, probes};
pub(crate) use retry::{Retry, RetryError};
pub(crate) use scope::site;
