//! Kinds of bodies: what a name is once its region is known, in the form that bodies themselves use in full.

use super::LONGEST_NAME;
use crate::words::{BODIES, SHORT_BODIES};

/// Whether a text ends as the names of bodies do.
pub(super) fn is_body(kind: &str) -> bool {
    !kind.is_empty() && BODIES.ends(kind).is_some_and(|word| word.meaning.is_none())
}

/// The parts of a name as one, in full: 政府办 of 醴陵市 is 醴陵市人民政府办公室.
pub(super) fn join(before: &str, region: &str, kind: &str) -> Option<String> {
    let name = match (kind, short(kind)) {
        ("", _) => format!("{before}{region}{}", government(region)),
        ("街道办" | "办", _) if region.ends_with("街道") => format!("{region}办事处"),
        // 共青团醴陵市委: the committee is not that of the party.
        (_, Some(("中共*委员会", rest))) if !before.is_empty() => format!("{before}{region}委员会{rest}"),
        (_, Some((full, rest))) => format!("{}{}", full.replace('*', region), in_full(rest)),
        (kind, None) => format!("{before}{region}{kind}"),
    };
    (name.chars().count() <= 2 * LONGEST_NAME).then_some(name)
}

/// The full form of what a kind begins with, and the rest of it.
fn short(kind: &str) -> Option<(&'static str, &str)> {
    let word = SHORT_BODIES.starts(kind)?;
    let (full, rest) = (word.meaning?, kind.strip_prefix(word.text)?);
    // 政府采购中心 is no body of the government's own name.
    let other = full == "*人民政府" && !rest.is_empty() && !rest.starts_with('办');
    (!other && !rest.starts_with("员会")).then_some((full, rest))
}

/// An office, a commission below a committee.
fn in_full(rest: &str) -> String {
    match rest {
        "办" => "办公室".to_owned(),
        "政法委" => "政法委员会".to_owned(),
        rest => rest.to_owned(),
    }
}

/// The government of a region: a subdistrict has an office.
fn government(region: &str) -> &'static str {
    if region.ends_with("街道") { "办事处" } else { "人民政府" }
}
