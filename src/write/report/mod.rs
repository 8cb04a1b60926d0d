//! The report: a static site of records, runs and archived pages, which opens from disk without a server.
//!
//! Reading ([`SourceRecords`], [`History`]) and writing ([`SiteFolder`]) touch the disk; everything between them is a
//! pure function from facts to the bytes of a page. All markup is made by `maud`, which escapes what it is given; the
//! one exception are fetched pages, of which `ammonia` leaves only plain elements without an address.

mod chart;
mod coverage;
mod difference;
mod document;
mod facts;
mod failures;
mod fills;
mod folder;
mod frame;
mod history;
mod index;
mod labels;
mod listing;
mod outline;
mod overview;
mod quality;
mod records;
mod runs;
mod source_page;
mod sources;

use std::io;
use std::path::{Path, PathBuf};

pub use document::{DocumentPage, document_page};
pub use facts::{Facts, Row};
pub use folder::{SiteFolder, Tally};
pub use history::{Change, History, Revision};
pub use index::Index;
pub use records::{Document, Entry, SourceRecords, sources};

use super::WriteError;

/// A page of the site: its path below the folder of the report, and what it holds.
pub type SitePage = (String, String);

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// What keeps the report from being made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// There is nothing to show.
    #[error("there are no records at `{path}`: run `gongwen build` first, or give the --output that it wrote to")]
    Missing {
        /// Where they would be.
        path: PathBuf,
    },
    /// A file cannot be read.
    #[error("cannot read `{path}`")]
    Read {
        /// File or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A page cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl ReportError {
    fn read(path: &Path, source: io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }
}

/// Every page that is about all documents; those of the documents are made one by one by [`document_page`].
pub fn site_pages(facts: &Facts, history: &History, index: &Index) -> Vec<SitePage> {
    let mut pages = vec![
        ("assets/report.css".to_owned(), STYLE.to_owned()),
        ("assets/report.js".to_owned(), SCRIPT.to_owned()),
        ("search.html".to_owned(), index.page()),
    ];
    pages.extend(listing::pages(facts));
    pages.extend(coverage::pages(facts, &history.failed));
    pages.extend(sources::pages(history));
    pages.extend(quality::pages(facts, &history.failed));
    pages.push(("index.html".to_owned(), overview::page(facts, history)));
    pages
}
