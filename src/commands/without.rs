//! Rules that the environment switches off, for measuring what they do.

use super::Usage;
use crate::model::Without;
use crate::{extract, structure};

/// The rules that `GONGWEN_WITHOUT` names, parted by commas.
pub(super) fn without() -> anyhow::Result<Without> {
    let names = std::env::var("GONGWEN_WITHOUT").unwrap_or_default();
    let known = [extract::rule_names(), structure::rule_names()].concat();
    let unknown = |name| Usage(format!("`GONGWEN_WITHOUT`: no rule `{name}`; known are {}", known.join(", ")));
    Ok(Without::parse(&names, &known).map_err(unknown)?)
}
