//! What the user may set, checked once at the border and compiled into rules that cannot be wrong.
//!
//! A value comes from the highest of these layers that has it: flag, environment (`GONGWEN_*`), source file, global
//! file, built-in.

mod files;
mod keys;
mod load;
mod problem;
mod rules;
mod value;

#[cfg(feature = "program")]
pub(crate) use keys::nearest;
pub use problem::{Problem, Problems};
pub use rules::{
    ArticleRules, Budget, Expect, FetchRules, Hours, Notify, Ocr, Polite, Schedule, Select, Source, Tls, TlsVersion,
};

/// A file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The id that its source would have; empty for a file that is no source.
    pub id: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// The whole configuration of a run.
#[derive(Debug, Clone)]
pub struct Config {
    /// Limits and manners of the client.
    pub fetch: FetchRules,
    /// Manners towards a host of which no source says otherwise.
    pub polite: Polite,
    /// The portal columns, by id.
    pub sources: Vec<Source>,
    /// Files of sources that cannot be used: each keeps its own source alone from being asked.
    pub broken: Vec<Broken>,
    /// The user wrote these columns; else they are those that the program ships.
    pub is_own: bool,
    /// Who reads the pages of files that are pictures.
    pub ocr: Ocr,
    /// How large the records of one page may become.
    pub limits: crate::model::RecordLimits,
    /// A source that loses more than this share of its pages makes the run partial (exit 3).
    pub max_failed: f64,
    /// Who is told when something fails.
    pub notify: Notify,
}
