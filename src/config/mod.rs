//! What the user may set, checked once at the border and compiled into rules that cannot be wrong.

mod profile;
mod rules;

pub use profile::{AttributeTest, Compare, Layout, Marks, Pattern, Problem, Profile, Profiles};
pub use rules::{ArticleRules, Expect, FetchRules, Polite, ProfileChoice, Select, Source};

/// The whole configuration of a run.
#[derive(Debug, Clone)]
pub struct Config {
    /// Limits and manners of the client.
    pub fetch: FetchRules,
    /// The portal columns, by id.
    pub sources: Vec<Source>,
    /// The portal families.
    pub profiles: Profiles,
    /// A source that loses more than this share of its pages makes the run partial (exit 3).
    pub max_failed: f64,
}
