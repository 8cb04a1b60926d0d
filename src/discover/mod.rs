//! List [`Page`] → [`Listing`]: the items of the main list, the next page, the declared totals.

mod view;
mod day;
mod link;
mod rows;
mod family;
mod pager;
mod trs;
mod query;
mod form;
mod json;
mod hanweb;
mod lonsun;
mod epoint;
mod shell;
mod lead;
mod masthead;

pub use lead::{Lead, NAMES_COLUMN, WANTED_TITLE, is_wanted, leads};
pub use masthead::{Masthead, masthead};

use regex::Regex;

use crate::config::ProfileChoice;
use crate::model::{Listing, Page, Target, page_key};
use pager::Pager;
use view::View;

/// Reads a list page; a page that is none gives no targets.
///
/// A page that loads its list by a script may have no targets and yet a `next`: the address of the records.
pub fn listing(page: &Page, choice: &ProfileChoice) -> Listing {
    let view = View::new(page);
    let families = [hanweb::jcms, hanweb::jpaas, lonsun::lonsun, epoint::epoint, shell::shell];
    let found = if *choice == ProfileChoice::None { None } else { families.iter().find_map(|read| read(&view)) };
    let (family, targets, pager) = match found {
        Some(Found { profile, targets, pager }) => (Some(profile), targets, pager),
        None => static_list(&view),
    };
    let profile = match choice {
        ProfileChoice::None => None,
        ProfileChoice::Named(id) => Some(id.clone()),
        ProfileChoice::Auto => family.or_else(|| family::recognise(&view, &targets)).map(ToOwned::to_owned),
    };
    let next = pager.next.filter(|next| page_key(next) != page_key(&view.url));
    Listing { profile, targets, next, pages: pager.pages, items: pager.items }
}

/// What the reader of a portal family found.
struct Found {
    profile: &'static str,
    targets: Vec<Target>,
    pager: Pager,
}

/// So many other lists and no pager: the front page of a site, which a portal also shows in place of a lost column.
const LISTS_OF_A_FRONT_PAGE: usize = 3;

/// The list that the server wrote into the page.
fn static_list(view: &View<'_>) -> (Option<&'static str>, Vec<Target>, Pager) {
    let rows::Lists { main, n_others } = rows::lists(view);
    if main.is_empty() {
        return (None, main, Pager::default());
    }
    let pager = trs::pager(view, main.len()).unwrap_or_else(|| pager::pager(view));
    let has_pages = pager.next.is_some() || pager.pages.is_some();
    if n_others >= LISTS_OF_A_FRONT_PAGE && !has_pages {
        return (None, Vec::new(), Pager::default());
    }
    (None, main, pager)
}

/// Compiles a pattern of this program.
fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of the program is sound: every one is used in a test")
}

#[cfg(test)]
mod tests;
