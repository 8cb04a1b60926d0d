//! List page → [`Listing`]: the items of the main list, the next page, the declared totals.

mod pattern;
mod home;
mod found;
mod article;
mod address;
mod title;
mod link;
mod day;
mod list;
mod script;
mod pager;
mod json;
mod portal;
mod frame;
mod article_pages;
mod cache_buster;
mod column;

pub use article_pages::{further_pages, may_go_on};
pub use column::{Lead, NAMES_COLUMN, SiteInfo, Sitemap, Wanted, leads, site_info, sitemap};
pub use pager::step;
pub use script::is_filled_by_script;

use crate::model::{Listing, MAX_ADDRESS, digest, page_key};
use crate::page::{View, family};
use found::FoundList;
use pager::Pager;
use url::Url;

/// Reads a list page; a page that is none gives no targets.
///
/// A page that loads its list by a script may have no targets and yet a `next`: the address of the records.
pub fn listing(view: &View) -> Listing {
    let found = portal::read(view).unwrap_or_else(|| static_list(view));
    let items = found.targets.iter().map(|target| &target.url);
    let profile = found.profile.or_else(|| family::of_list(view, items)).map(ToOwned::to_owned);
    let FoundList { profile: family, mut targets, pager, layout, exhausted, goes_on } = found;
    let can_be_asked = |url: &Url| url.as_str().len() <= MAX_ADDRESS;
    targets.retain(|target| can_be_asked(&target.url));
    cache_buster::strip(&mut targets);
    let layout = layout.or_else(|| family.map(ToOwned::to_owned)).filter(|_| !targets.is_empty());
    let layout = layout.map(|place| digest::sha256_hex(place.as_bytes()).chars().take(12).collect());
    let next = pager.next.map(|next| cache_buster::stripped(&next));
    let next = next.filter(|next| can_be_asked(next) && page_key(next) != page_key(view.url()));
    Listing { profile, targets, next, pages: pager.pages, items: pager.items, layout, exhausted, goes_on }
}

/// So many other lists and no pager: the front page of a site, which a portal also shows in place of a lost column.
const LISTS_OF_A_FRONT_PAGE: usize = 3;

/// The list that the server wrote into the page, or the frame that holds it.
fn static_list(view: &View) -> FoundList {
    let list::Lists { main, n_others, place, prose, last } = list::lists(view);
    if main.is_empty() {
        return FoundList { pager: Pager { next: frame::framed(view), ..Pager::default() }, ..FoundList::default() };
    }
    let pager = pager::pager(view, main.len());
    let has_pages = pager.next.is_some() || pager.pages.is_some();
    let is_front_page = n_others >= LISTS_OF_A_FRONT_PAGE && !has_pages;
    if is_front_page || article::is_article(view, &main, prose, has_pages) {
        return FoundList::default();
    }
    // Where a page declares how much there is, counting tells whether something is missing.
    let is_told = pager.next.is_some() || pager.pages.is_some() || pager.items.is_some();
    let goes_on = last.filter(|_| !is_told).and_then(|last| pager::goes_on(view, last));
    FoundList { targets: main, pager, layout: Some(place), goes_on, ..FoundList::default() }
}

#[cfg(test)]
mod tests;
