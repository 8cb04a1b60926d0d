//! List [`Page`] → [`Listing`]: the items of the main list, the next page, the declared totals.

use crate::config::ProfileChoice;
use crate::model::{Listing, Page};

/// Reads a list page; a page that is none gives no targets.
pub fn listing(_page: &Page, _choice: &ProfileChoice) -> Listing {
    Listing::default()
}
