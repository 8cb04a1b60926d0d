//! The pager as a reader sees it: a link to the next page, numbers of pages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ego_tree::NodeId;
use regex::Regex;
use scraper::{ElementRef, Selector};
use url::Url;

use crate::discover::address::address;
use crate::discover::pager::declared::{Pager, declared};
use crate::discover::pager::form::sent;
use crate::discover::pager::query;
use crate::discover::pager::steps::Step;
use crate::discover::pattern::{pattern, selector};
use crate::model::page_key;
use crate::page::{View, pieces, seen};

/// The texts of a pager, links aside, are no longer.
const LONGEST_PAGER: usize = 120;

/// Reads the pager of a page with so many items.
pub(super) fn pager(view: &View, n_here: usize) -> Pager {
    let steps = steps(view);
    let declared = declared(view);
    let linked = steps.next.clone().or_else(|| steps.after_this());
    let steps = Steps { last: steps.last.or(steps.far.clone().filter(|far| linked.as_ref() != Some(far))), ..steps };
    // Where no number of pages is told, the number of items tells whether there are more.
    let items = declared.items.filter(|_| declared.pages.is_none());
    let next = linked
        .or_else(|| query::next_of(view.url(), declared.pages))
        .or_else(|| items.and_then(|items| query::next(view.url(), n_here, Some(items))));
    let pages = declared.pages.or(steps.total).or_else(|| steps.last_number(next.as_ref())).or_else(|| steps.highest());
    Pager { next, pages, ..declared }
}

/// The links that lead through a list.
#[derive(Debug, Default)]
struct Steps {
    next: Option<Url>,
    last: Option<Url>,
    /// What an arrow with two heads leads to.
    far: Option<Url>,
    /// There is a link to the page before.
    back: bool,
    /// The number behind the stroke in `6/12` beside one of these links.
    total: Option<u32>,
    /// Links whose label is a number, in the order of the page; without an address the page that is read, mostly.
    numbered: Vec<(u32, Option<Url>)>,
}

fn steps(view: &View) -> Steps {
    static LINKS: LazyLock<Selector> =
        LazyLock::new(|| selector("a, link[rel], input[type=button], [onclick], option"));
    let this = page_key(view.url());
    let mut steps = Steps::default();
    let mut numbered: BTreeMap<Option<NodeId>, Vec<(u32, Option<Url>)>> = BTreeMap::new();
    for element in view.html().select(&LINKS) {
        let step = Step::of(&label(element));
        let url = option(view, element)
            .or_else(|| address(view, |name| element.attr(name)))
            .filter(|url| url.scheme() != "javascript")
            .or_else(|| sent(view, element));
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
        let other = url.clone().filter(|url| page_key(url) != this);
        if steps.total.is_none() && matches!(step, Some(Step::Next | Step::Last | Step::Back | Step::First)) {
            steps.total = total_beside(element);
        }
        let says_next = element.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("next"));
        match if says_next { Some(Step::Next) } else { step } {
            // The last page of some portals has a next link to itself.
            Some(Step::Next) => steps.next = steps.next.or(other),
            Some(Step::Last) => steps.last = steps.last.or(url),
            Some(Step::Far) => steps.far = steps.far.or(url),
            Some(Step::Back) => steps.back |= other.is_some(),
            Some(Step::Page(number)) if (1..100_000).contains(&number) => {
                // The numbers of one pager stand side by side, or each in an element of its own.
                let around = element.parent().and_then(|parent| parent.parent()).map(|around| around.id());
                numbered.entry(around).or_default().push((number, other));
            }
            Some(Step::First | Step::Page(_)) | None => {}
        }
    }
    steps.numbered = numbered.into_values().filter(|numbers| rises(numbers)).max_by_key(Vec::len).unwrap_or_default();
    steps
}

/// The text of a link or button, or what stands for it: its picture, its `title`, the class of an arrow.
fn label(element: ElementRef<'_>) -> String {
    static PICTURE: LazyLock<Selector> = LazyLock::new(|| selector("img[alt], img[title]"));
    let named = |element: ElementRef<'_>| {
        let names = ["title", "alt", "aria-label"].into_iter().filter_map(|name| element.attr(name));
        names.map(ToOwned::to_owned).find(|text| !text.trim().is_empty())
    };
    let shown = match element.attr("value").filter(|_| element.value().name() == "input") {
        Some(value) => value.to_owned(),
        None => seen(element),
    };
    if shown.chars().any(|c| !c.is_whitespace()) {
        return shown;
    }
    let arrow = || {
        let classes = element.attr("class")?.split_ascii_whitespace();
        classes
            .map(str::to_ascii_lowercase)
            .find(|class| matches!(class.as_str(), "next" | "nextpage" | "last" | "prev"))
    };
    named(element).or_else(|| element.select(&PICTURE).find_map(named)).or_else(arrow).unwrap_or_default()
}

/// Where a choice of pages leads: `<option value="index_1.html">2</option>`.
fn option(view: &View, element: ElementRef<'_>) -> Option<Url> {
    let value = element.attr("value").filter(|_| element.value().name() == "option")?;
    view.resolve(value).filter(|_| value.contains(['.', '/', '?']))
}

/// The total in `6/12`, `6 / 12`, `6 of 12` among the texts that stand with a link, one to three elements above it.
fn total_beside(element: ElementRef<'_>) -> Option<u32> {
    static SHARE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)(?:^|[^\d/.-])([1-9]\d{0,4})\s*(?:/|／|of)\s*([1-9]\d{0,4})(?:$|[^\d/.-])"));
    let above = element.ancestors().filter_map(ElementRef::wrap).take(3);
    let texts = above.map(|around| pieces(around, &|inner| inner.value().name() == "a").join(" "));
    let mut texts = texts.take_while(|text| text.chars().count() < LONGEST_PAGER);
    texts.find_map(|text| {
        let shares = SHARE.captures_iter(&text).map(|share| Some((share[1].parse().ok()?, share[2].parse().ok()?)));
        let shares: Vec<(u32, u32)> = shares.collect::<Option<_>>()?;
        // Several are days beside the rows of a list.
        match shares.as_slice() {
            [(this, all)] if this <= all => Some(*all),
            _ => None,
        }
    })
}

fn rises(numbers: &[(u32, Option<Url>)]) -> bool {
    numbers.windows(2).all(|pair| pair[0].0 < pair[1].0)
}

impl Steps {
    /// The page behind the one that is read, by the numbers: the one that is read is the number without a link.
    fn after_this(&self) -> Option<Url> {
        let linked = |number: u32| self.numbered.iter().find(|(label, url)| *label == number && url.is_some());
        let before = |number: &u32| *number == 1 || linked(number - 1).is_some();
        let after = self.numbered.iter().filter_map(|(label, url)| Some((label.checked_sub(1)?, url.as_ref()?)));
        after
            .filter(|(this, _)| *this > 0 && linked(*this).is_none() && before(this))
            .map(|(_, url)| url.clone())
            .next()
    }

    /// The number of the last page from its address: the address of a page whose number is known tells the base.
    fn last_number(&self, next: Option<&Url>) -> Option<u32> {
        let last = address_number(self.last.as_ref()?)?;
        let labelled = self.numbered.iter().find_map(|(label, url)| Some((*label, address_number(url.as_ref()?)?)));
        let second = || Some((2, address_number(next.filter(|_| !self.back)?)?));
        let (label, number) = labelled.or_else(second)?;
        // Two pages tell whether the addresses count up or, as new pages are put before the old ones, down.
        let labels = self.numbered.iter().filter_map(|(label, url)| Some((*label, address_number(url.as_ref()?)?)));
        let down = labels.clone().zip(labels.skip(1)).any(|(one, two)| two.0 == one.0 + 1 && one.1 == two.1 + 1);
        if down { (number + label).checked_sub(last) } else { (last + label).checked_sub(number) }
    }

    /// The highest number of a pager that shows them all: 1, 2, 3 … where the page that is read is no link or no number.
    fn highest(&self) -> Option<u32> {
        let (first, last) = (self.numbered.first()?.0, self.numbered.last()?.0);
        let n_missing = (last as usize).checked_sub(self.numbered.len())?;
        let n_unlinked = self.numbered.iter().filter(|(_, url)| url.is_none()).count();
        // With a link on every number the page that is read is not among them, and the last number is not known.
        (first <= 2 && n_missing <= 1 && n_missing + n_unlinked > 0 && last > 1).then_some(last)
    }
}

/// The last number in an address: `index_3.html`, `?page=3`.
fn address_number(url: &Url) -> Option<u32> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d{1,6})(?:\.\w+)?$"));
    let text = url.query().map_or_else(|| url.path().to_owned(), ToOwned::to_owned);
    NUMBER.captures(&text)?[1].parse().ok()
}
