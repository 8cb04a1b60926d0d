//! List [`Page`] → [`Listing`]: the items of the main list, the next page, the declared totals.

mod article;
mod course;
mod view;
mod day;
mod link;
mod order;
mod path;
mod rows;
mod signs;
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
mod sitemap;

pub use course::step;
pub use lead::{Lead, NAMES_COLUMN, WANTED_TITLE, is_wanted, leads};
pub use masthead::{Masthead, masthead};
pub use sitemap::{Sitemap, sitemap};

use regex::Regex;

use crate::config::ProfileChoice;
use crate::model::{Listing, Page, Target, digest, page_key};
use pager::Pager;
use view::View;

/// Reads a list page; a page that is none gives no targets.
///
/// A page that loads its list by a script may have no targets and yet a `next`: the address of the records.
pub fn listing(page: &Page, choice: &ProfileChoice) -> Listing {
    let view = View::new(page);
    let families = [hanweb::jcms, hanweb::jpaas, hanweb::xxgk, lonsun::lonsun, epoint::epoint, shell::shell];
    let found = if *choice == ProfileChoice::None { None } else { families.iter().find_map(|read| read(&view)) };
    let found = found.unwrap_or_else(|| static_list(&view));
    let profile = match choice {
        ProfileChoice::None => None,
        ProfileChoice::Named(id) => Some(id.clone()),
        ProfileChoice::Auto => {
            found.profile.or_else(|| family::recognise(&view, &found.targets)).map(ToOwned::to_owned)
        }
    };
    let Found { profile: family, targets, pager, layout, exhausted } = found;
    let layout = layout.or_else(|| family.map(ToOwned::to_owned)).filter(|_| !targets.is_empty());
    let layout = layout.map(|place| digest::sha256_hex(place.as_bytes()).chars().take(12).collect());
    let next = pager.next.filter(|next| page_key(next) != page_key(&view.url));
    Listing { profile, targets, next, pages: pager.pages, items: pager.items, layout, exhausted }
}

/// What the reader of a portal family found.
#[derive(Debug, Default)]
struct Found {
    profile: Option<&'static str>,
    targets: Vec<Target>,
    pager: Pager,
    /// The place of the list on the page; where there is none, the family is the layout.
    layout: Option<String>,
    exhausted: bool,
}

impl Found {
    /// What a family gives.
    fn of(profile: &'static str, targets: Vec<Target>, pager: Pager) -> Self {
        Self { profile: Some(profile), targets, pager, ..Self::default() }
    }
}

/// So many other lists and no pager: the front page of a site, which a portal also shows in place of a lost column.
const LISTS_OF_A_FRONT_PAGE: usize = 3;

/// The list that the server wrote into the page, or the frame that holds it.
fn static_list(view: &View<'_>) -> Found {
    let rows::Lists { main, n_others, place, prose } = rows::lists(view);
    if main.is_empty() {
        return Found { pager: Pager { next: shell::inner(view), ..Pager::default() }, ..Found::default() };
    }
    let pager = trs::pager(view, main.len()).unwrap_or_else(|| pager::pager(view, main.len()));
    let has_pages = pager.next.is_some() || pager.pages.is_some();
    let is_front_page = n_others >= LISTS_OF_A_FRONT_PAGE && !has_pages;
    if is_front_page || article::is_article(view, &main, prose, has_pages) {
        return Found::default();
    }
    Found { targets: main, pager, layout: Some(place), ..Found::default() }
}

/// Compiles a pattern of this program.
fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of the program is sound: every one is used in a test")
}

#[cfg(test)]
mod tests;
