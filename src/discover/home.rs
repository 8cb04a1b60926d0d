//! Whether an address belongs to a list page: items lie below it, other columns beside it.

use url::Url;

/// Whether an address belongs to this page: it lies below the folder of the page, or bears the number of the column
/// (`/col/col1229346873/index.html`, `/art/2023/2/28/art_1229346873_12.html`).
pub(super) fn is_home_of(page: &Url, url: &Url) -> bool {
    let column = || numbers(page.path()).next_back();
    is_below(page, url)
        || (page.host() == url.host() && column().is_some_and(|own| numbers(url.path()).any(|number| number == own)))
}

/// Whether an address lies below the folder of this page, as articles do and other columns do not; the root is
/// nobody's folder.
fn is_below(page: &Url, url: &Url) -> bool {
    let folder = page.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let rest = url.path().strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    !folder.is_empty() && page.host() == url.host() && rest.is_some_and(|rest| rest.contains('/'))
}

/// The numbers of a path that may be that of a column: page numbers and years are shorter.
fn numbers(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split(|c: char| !c.is_ascii_digit()).filter(|number| {
        let is_year = number.len() == 4 && (number.starts_with("20") || number.starts_with("19"));
        number.len() > 2 && !is_year
    })
}
