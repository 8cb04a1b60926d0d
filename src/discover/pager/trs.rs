//! Pagers that a script of the page draws from its arguments: TRS WCM and the systems that took the form over.
//!
//! Page 2 of a column is `index_1.html` or `index_2.html`, as the system counts from 0 or from 1; but both write the
//! number of the page that is read into the call, and with either the next file has that number plus one. Only whether
//! there is a next page depends on where the count begins.

use std::sync::LazyLock;

use regex::Regex;

use crate::discover::pager::declared::Pager;
use crate::discover::pattern::pattern;
use crate::discover::script;
use crate::page::View;

/// What a script says about the pager.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Call {
    pages: u32,
    current: u32,
    /// The number that the first page has in the call.
    base: u32,
    name: String,
    ending: String,
    /// Rows a page or items in all, as the system likes.
    count: Option<u32>,
}

/// Endings of the files of list pages.
const ENDINGS: [&str; 6] = ["html", "htm", "shtml", "jhtml", "jsp", "aspx"];

/// Reads the pager that a script draws; `None` if there is no such script.
pub(super) fn pager(view: &View, n_targets: usize) -> Option<Pager> {
    let call = create_page_html(view).or_else(|| pager_object(view.markup())).or_else(|| count_page(view))?;
    let current = number_in_address(view, &call).unwrap_or(call.current);
    let has_next = current + 1 < call.pages + call.base;
    let file = format!("{}_{}.{}", call.name, current + 1, call.ending);
    // A count that is too small for all pages is the number of rows of one.
    let n_before_last = (call.pages.saturating_sub(1) as usize) * n_targets;
    let items = call.count.filter(|&count| count as usize > n_before_last && call.pages > 0);
    Some(Pager { next: has_next.then(|| view.resolve(&file)).flatten(), pages: Some(call.pages.max(1)), items })
}

/// `createPageHTML(6, 0, "index", "html")` or `createPageHTML('page_div', 34, 1, 'xxgk_list', 'shtml', 1000)`: two
/// numbers, the name and the ending of the files, whatever the function is called.
fn create_page_html(view: &View) -> Option<Call> {
    static CALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b\w*page\w*\s*\(([^()]{3,200})\)"));
    CALL.captures_iter(view.markup()).find_map(|found| {
        let arguments: Vec<&str> =
            found[1].split(',').map(|argument| argument.trim().trim_matches(['"', '\''])).collect();
        let starts_with_id = arguments[0].parse::<u32>().is_err();
        let rest = if starts_with_id { &arguments[1..] } else { &arguments[..] };
        let [pages, current, name, ending, more @ ..] = rest else { return None };
        let ending = ending.trim_start_matches('.');
        if !ENDINGS.contains(&ending) {
            return None;
        }
        let (pages, current) = (count(pages)?, count(current)?);
        let on_first = number_suffix(view.url().path()).is_none();
        // An element's id as first argument is the form that counts from 1; so does a first page that calls itself 1.
        let base = u32::from(starts_with_id || (on_first && current == 1));
        let count = more.iter().find_map(|count| count.parse().ok());
        Some(Call { pages, current, base, name: (*name).to_owned(), ending: ending.to_owned(), count })
    })
}

/// `Pager({size:3, current:0, prefix:'index', suffix:'html'})`.
fn pager_object(markup: &str) -> Option<Call> {
    let calls = script::literals(markup).filter(|literal| literal.name.eq_ignore_ascii_case("pager"));
    calls.into_iter().find_map(|call| {
        Some(Call {
            pages: count(call.get("size")?)?,
            current: count(call.get("current")?)?,
            base: 0,
            name: call.get("prefix")?.to_owned(),
            ending: call.get("suffix")?.to_owned(),
            count: None,
        })
    })
}

/// `var countPage = 12; var currentPage = 0;` and a loop that writes `index_` and `.html`.
fn count_page(view: &View) -> Option<Call> {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bcountPage\s*=\s*['\x22]?(\d{1,6})"));
    static CURRENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bcurrentPage\s*=\s*['\x22]?(\d{1,6})"));
    static FILE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(\w+)_['"]\s*\+[^;'"]{1,60}['"]\.(s?html?)"#));
    let number = |pattern: &Regex| count(&pattern.captures(view.markup())?[1]);
    let (pages, current) = (number(&COUNT)?, number(&CURRENT)?);
    let file = FILE.captures(view.markup());
    let (name, ending) = file.as_ref().map_or(("index", "html"), |file| {
        (file.get(1).map_or("index", |name| name.as_str()), file.get(2).map_or("html", |ending| ending.as_str()))
    });
    let base = u32::from(number_suffix(view.url().path()).is_none() && current == 1);
    Some(Call { pages, current, base, name: name.to_owned(), ending: ending.to_owned(), count: None })
}

/// The number of this page by its own address, which is right even where the call is a copy from the first page.
fn number_in_address(view: &View, call: &Call) -> Option<u32> {
    let file = view.url().path().rsplit('/').next()?;
    let number = file.strip_prefix(call.name.as_str())?.strip_prefix('_')?.strip_suffix(call.ending.as_str())?;
    count(number.trim_end_matches('.'))
}

/// A number of pages that a list can have.
fn count(text: &str) -> Option<u32> {
    text.parse().ok().filter(|&count| count < 1_000_000)
}

fn number_suffix(path: &str) -> Option<&str> {
    static SUFFIX: LazyLock<Regex> = LazyLock::new(|| pattern(r"_(\d{1,5})\.\w+$"));
    SUFFIX.captures(path)?.get(1).map(|number| number.as_str())
}
