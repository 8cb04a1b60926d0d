//! List [`Page`] → [`Listing`]: the items of the main list, the next page, the declared totals.

mod view;
mod day;
mod link;
mod rows;
mod family;
mod pager;
mod trs;

use regex::Regex;

use crate::config::ProfileChoice;
use crate::model::{Listing, Page};

/// Reads a list page; a page that is none gives no targets.
pub fn listing(page: &Page, choice: &ProfileChoice) -> Listing {
    let view = view::View::new(page);
    let targets = rows::targets(&view);
    let profile = match choice {
        ProfileChoice::None => None,
        ProfileChoice::Named(id) => Some(id.clone()),
        ProfileChoice::Auto => family::recognise(&view, &targets).map(ToOwned::to_owned),
    };
    if targets.is_empty() {
        return Listing { profile, ..Listing::default() };
    }
    let pager = trs::pager(&view, targets.len()).unwrap_or_else(|| pager::pager(&view));
    Listing { profile, targets, next: pager.next, pages: pager.pages, items: pager.items }
}

/// Compiles a pattern of this program.
fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of the program is sound: every one is used in a test")
}

#[cfg(test)]
mod tests;
