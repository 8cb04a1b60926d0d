//! Addresses of search interfaces that a script of the page names.

use regex::Regex;
use url::Url;

use crate::page::View;

/// The first page of an interface: a script puts the number of the page behind what is quoted.
pub(super) fn first_page(view: &View, quoted: &Regex) -> Option<Url> {
    let address = quoted.captures(view.markup())?.get(1)?.as_str().replace("&amp;", "&");
    let first = if address.ends_with('=') { format!("{address}1") } else { address };
    view.resolve(&first)
}
