//! The pages of a list: the next one, and how many there are.

mod declared;
mod form;
mod goes_on;
mod links;
pub(super) mod query;
mod step;
pub(super) mod steps;
mod trs;

pub(super) use declared::{Pager, declared, declared_pages};
pub(super) use goes_on::goes_on;
pub use step::step;

use crate::page::View;

/// Reads the pager of a page with so many items: what a script draws from its arguments, else what a reader sees.
pub(super) fn pager(view: &View, n_here: usize) -> Pager {
    trs::pager(view, n_here).unwrap_or_else(|| links::pager(view, n_here))
}
