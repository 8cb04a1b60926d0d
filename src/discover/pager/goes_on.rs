//! Lists that go on by a script: what says so, where no address leads on and no total is declared.

use std::collections::HashSet;
use std::sync::LazyLock;

use ego_tree::NodeId;
use regex::Regex;
use scraper::{ElementRef, Selector};

use crate::discover::address::address;
use crate::discover::pager::steps::Step;
use crate::discover::pattern::{pattern, selector};
use crate::model::GoesOn;
use crate::page::{View, seen};
use crate::words::{LOAD_MORE, SCRIPT_PAGERS};

/// A button below a list stands at most so many elements below what holds both.
const LEVELS: usize = 4;

/// What says that the list that ends with this link goes on.
pub(in crate::discover) fn goes_on(view: &View, last: ElementRef<'_>) -> Option<GoesOn> {
    static BUTTONS: LazyLock<Selector> = LazyLock::new(|| selector("a, button, input[type=button], div, span, p, li"));
    let around: HashSet<NodeId> = last.ancestors().map(|above| above.id()).collect();
    let is_below = |element: &ElementRef<'_>| {
        element.id() > last.id() && element.ancestors().take(LEVELS).any(|above| around.contains(&above.id()))
    };
    for element in view.html().select(&BUTTONS).filter(is_below) {
        let is_input = element.value().name() == "input";
        let label = if is_input { element.attr("value").unwrap_or_default().to_owned() } else { seen(element) };
        let is_frame = element.child_elements().any(|inner| !seen(inner).is_empty());
        if is_frame || label.chars().count() > LONGEST_LABEL || is_off(element) || leads_somewhere(view, element) {
            continue;
        }
        let word: String = label.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        if LOAD_MORE.is(&word) {
            return Some(GoesOn::LoadMore);
        }
        if Step::of(&label) == Some(Step::Next) && calls(element) {
            return Some(GoesOn::ScriptSteps);
        }
    }
    is_drawn(view).then_some(GoesOn::DrawnPager)
}

/// A button says little.
const LONGEST_LABEL: usize = 12;

/// Whether an element, or one above it, is switched off or hidden.
fn is_off(element: ElementRef<'_>) -> bool {
    static HIDDEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)display\s*:\s*none"));
    let chain = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
    chain.into_iter().any(|above| above.attr("style").is_some_and(|style| HIDDEN.is_match(style)))
        || element.attr("disabled").is_some()
        || element.attr("class").is_some_and(|class| {
            class.split_ascii_whitespace().any(|class| {
                ["disable", "disabled", "off", "gray", "none", "hide"].contains(&class.to_ascii_lowercase().as_str())
                    || class.ends_with("-disabled")
            })
        })
}

fn leads_somewhere(view: &View, element: ElementRef<'_>) -> bool {
    let links = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
    links
        .into_iter()
        .any(|link| address(view, |name| link.attr(name)).is_some_and(|url| matches!(url.scheme(), "http" | "https")))
}

/// Whether the element calls a function of the page.
fn calls(element: ElementRef<'_>) -> bool {
    static CALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(\w+)\s*\("));
    let scripts = [element.attr("onclick"), element.attr("href").filter(|href| href.starts_with("javascript:"))];
    let called = |script: &str| CALL.captures_iter(script).any(|call| !call[1].eq_ignore_ascii_case("void"));
    scripts.into_iter().flatten().any(called)
}

/// Whether a script of the page calls a pager; one that is only defined draws nothing.
fn is_drawn(view: &View) -> bool {
    static SCRIPTS: LazyLock<Selector> = LazyLock::new(|| selector("script:not([src])"));
    static CALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:(function)\s+)?\b([\w$]+)(?:\.\w+)?\s*\("));
    let is_call = |found: regex::Captures<'_>| found.get(1).is_none() && SCRIPT_PAGERS.is(&found[2].to_lowercase());
    view.html().select(&SCRIPTS).any(|script| script.text().any(|text| CALL.captures_iter(text).any(is_call)))
}
