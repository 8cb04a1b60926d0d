//! What a reader of lists found on a page.

use url::Url;

use crate::discover::pager::Pager;
use crate::model::{GoesOn, Target};

/// What a reader of lists found on a page.
#[derive(Debug, Default)]
pub(super) struct FoundList {
    /// The portal family, where the reader knows it.
    pub(super) profile: Option<&'static str>,
    /// The items, in the order of the page.
    pub(super) targets: Vec<Target>,
    /// What the page says about the pages of the list.
    pub(super) pager: Pager,
    /// The place of the list on the page; where there is none, the family is the layout.
    pub(super) layout: Option<String>,
    /// An interface answered that there are no (more) records.
    pub(super) exhausted: bool,
    /// What says that the list goes on where the pager cannot lead.
    pub(super) goes_on: Option<GoesOn>,
}

impl FoundList {
    /// What a family gives.
    pub(super) fn of(profile: &'static str, targets: Vec<Target>, pager: Pager) -> Self {
        Self { profile: Some(profile), targets, pager, ..Self::default() }
    }

    /// A page whose script loads the list, or the rest of it, from this address.
    pub(super) fn frame(profile: &'static str, targets: Vec<Target>, next: Url) -> Self {
        Self::of(profile, targets, Pager { next: Some(next), ..Pager::default() })
    }
}
