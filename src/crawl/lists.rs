//! The list pages of a column: read from the first one on, until there is a reason to stop.

use std::collections::BTreeSet;

use jiff::civil::Date;
use url::Url;

use super::job::{Failure, Job};
use super::plan::{Item, KeyHash, Listed, key_hash, wanted};
use super::scope;
use super::writer::Closed;
use crate::archive::UrlState;
use crate::config::Source;
use crate::discover;
use crate::fetch::{Answer, FetchError, Validators};
use crate::model::{CaptureKind, Listing, PageFormat, Reject, Stage, Target, page_key, without_password};
use crate::page::{self, View};

/// So many whole pages of known items in a row end an incremental run: one to meet them, one as overlap, because items
/// of one day change their order and pinned ones stay on top.
const KNOWN_PAGES: u32 = 2;

/// So many pages in a row that name nothing new in this run mean that the list goes round.
const REPEATED_PAGES: u32 = 2;

/// Why no more list pages were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// The last page names no next one.
    Last,
    /// Only pages that are known from an earlier run without gaps, or that lie before the span of time, are left.
    Known,
    /// `--limit` pages were found.
    Limit,
    /// The list leads back to itself.
    Loop(Url),
    /// `max_list_pages` were read.
    TooMany,
    /// A page names nothing, so it is no list page, whatever it says comes next.
    Bare(Url),
    /// A page could not be had or is no text.
    Failed(Url, Failure),
    /// The run was stopped.
    Stopped,
}

/// What the list pages of a column say.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Every item, so that one that two pages name counts once; what the frontier does not hold is taken from here.
    pub(super) items: Listed,
    /// How many different items the pages name.
    pub(super) named: usize,
    /// The items themselves, which a dry run shows because it leaves nothing in the frontier.
    pub(super) shown: Vec<Item>,
    /// How many of the items are wanted, and how many of these are to be asked for.
    pub(super) wanted: usize,
    pub(super) due: usize,
    /// How many items the first page names.
    pub(super) first_page: Option<usize>,
    /// The first page names nothing and shows next to nothing.
    pub(super) first_page_is_bare: bool,
    pub(super) pages: u32,
    pub(super) unchanged: u32,
    /// How many items, and how many pages, the portal says that there are.
    pub(super) declared: Option<u32>,
    pub(super) declared_pages: Option<u32>,
    pub(super) newest: Option<Date>,
    /// The family and the layout of the first page that says it.
    pub(super) profile: Option<String>,
    pub(super) layout: Option<String>,
    /// One for each start page.
    pub(super) ends: Vec<End>,
}

impl Lists {
    /// Whether the portal declares more items or pages than were read.
    fn are_short(&self) -> bool {
        self.declared.is_some_and(|declared| declared as usize > self.named)
            || self.declared_pages.is_some_and(|declared| declared > self.pages)
    }
}

/// A list page as it was read.
struct ListPage {
    listing: Listing,
    unchanged: bool,
    bare: bool,
    /// What is to be stored once its items are in the frontier.
    answer: Option<Answer>,
}

/// Why a list page gave nothing.
enum Miss {
    Stopped,
    Failed(Failure),
    Closed,
}

impl From<Closed> for Miss {
    fn from(Closed: Closed) -> Self {
        Self::Closed
    }
}

/// Reads the list pages of a column; `covered` says that an earlier run knows it without gaps.
pub(super) async fn read(job: &Job, source: &Source, covered: bool) -> Result<Lists, Closed> {
    let mut lists = Lists::default();
    for start in &source.start {
        let end = follow(job, source, start, covered && !job.plan.full, &mut lists).await?;
        lists.ends.push(end);
    }
    Ok(lists)
}

async fn follow(job: &Job, source: &Source, start: &Url, covered: bool, lists: &mut Lists) -> Result<End, Closed> {
    let mut visited = BTreeSet::new();
    let mut url = start.clone();
    let (mut known_pages, mut repeated_pages) = (0, 0);
    let mut seam = Seam::default();
    let pages_before = lists.pages;
    // The page before, and whether this one is only guessed from its address.
    let (mut previous, mut guessed) = (None, false);
    loop {
        if !visited.insert(key_hash(&page_key(&url))) {
            return Ok(End::Loop(url));
        }
        if visited.len() > job.max_list_pages {
            return Ok(End::TooMany);
        }
        let page = match list_page(job, source, &url).await {
            Ok(page) => page,
            Err(Miss::Stopped) => return Ok(End::Stopped),
            // That there are more pages than the portal leads to was only a guess.
            Err(Miss::Failed(_)) if guessed => return Ok(End::Last),
            Err(Miss::Failed(failure)) => return Ok(End::Failed(url, failure)),
            Err(Miss::Closed) => return Err(Closed),
        };
        let (mut next, declared) = (page.listing.next.clone(), page.listing.pages);
        // A page that loads its list by a script has no items, and the address of the list as its next page.
        let bare = page.listing.targets.is_empty() && next.is_none() && !page.listing.exhausted;
        if bare && guessed {
            return Ok(End::Last);
        }
        seam.pass(&page.listing);
        let news = take(job, source, page, lists).await?;
        job.progress.list_page(&source.id, lists.wanted);
        if job.plan.limit.is_some_and(|limit| lists.due >= limit) {
            return Ok(End::Limit);
        }
        known_pages = if news.all_known(covered) { known_pages + 1 } else { 0 };
        repeated_pages = if news.new_names == 0 { repeated_pages + 1 } else { 0 };
        let here = lists.pages - pages_before;
        if next.is_none() && news.new_names > 0 && declared.is_some_and(|declared| declared > here) {
            next = previous.as_ref().and_then(|previous| discover::step(previous, &url));
            guessed = next.is_some();
        }
        let end = match next {
            _ if bare => return Ok(End::Bare(url)),
            None => End::Last,
            Some(_) if known_pages >= KNOWN_PAGES => End::Known,
            Some(next) if repeated_pages >= REPEATED_PAGES => return Ok(End::Loop(next)),
            Some(next) => {
                previous = Some(std::mem::replace(&mut url, next));
                continue;
            }
        };
        let short = end == End::Last && visited.len() > 1 && lists.are_short();
        let missed =
            if seam.moved || short { read_again(job, source, start, visited.len(), lists).await? } else { None };
        return Ok(missed.unwrap_or(end));
    }
}

/// Whether the list moved while it was read, so that an item may have slipped past the reader.
#[derive(Debug, Default)]
struct Seam {
    /// The last item of the page before, by page key.
    last: Option<String>,
    /// How many items the pages before declared.
    items: Option<u32>,
    moved: bool,
}

impl Seam {
    /// Looks at the next page: an item that closes one page and is on the next as well was pushed there by a new one,
    /// and a total that is not that of the page before means that items came or went. A number of pages tells nothing
    /// before the end: many pagers name only the pages around.
    fn pass(&mut self, listing: &Listing) {
        let keys: Vec<String> = listing.targets.iter().map(|target| page_key(&target.url)).collect();
        // A page of one item may be a pinned one.
        let pushed = keys.len() > 1 && self.last.as_ref().is_some_and(|last| keys.contains(last));
        let other_total = self.items.zip(listing.items).is_some_and(|(before, now)| before != now);
        self.moved |= pushed || other_total;
        self.items = listing.items.or(self.items);
        self.last = keys.last().cloned();
    }
}

/// Reads the pages of a list once more, from the first to as many as were read, and gives what kept it from that. What
/// has not changed costs an answer without a body.
async fn read_again(
    job: &Job,
    source: &Source,
    start: &Url,
    pages: usize,
    lists: &mut Lists,
) -> Result<Option<End>, Closed> {
    let (read, unchanged) = (lists.pages, lists.unchanged);
    // The totals that hold are the newest ones.
    (lists.declared, lists.declared_pages) = (None, None);
    let mut url = start.clone();
    for _ in 0..pages {
        let page = match list_page(job, source, &url).await {
            Ok(page) => page,
            Err(Miss::Stopped) => return Ok(Some(End::Stopped)),
            Err(Miss::Failed(failure)) => return Ok(Some(End::Failed(url, failure))),
            Err(Miss::Closed) => return Err(Closed),
        };
        let next = page.listing.next.clone();
        take(job, source, page, lists).await?;
        let Some(next) = next else { break };
        url = next;
    }
    // The same pages, so they count once.
    (lists.pages, lists.unchanged) = (read, unchanged);
    Ok(None)
}

/// What one page adds.
struct News {
    /// Items that no page of this run named before.
    new_names: usize,
    /// The page is byte for byte what an earlier run read.
    unchanged: bool,
    /// How many wanted items it has, how many of these are known, and how many lie before the span of time.
    wanted: usize,
    known: usize,
    past: usize,
}

impl News {
    /// Whether going on past this page is pointless, as far as this page tells. A page without wanted items tells
    /// nothing, unless it was read before.
    fn all_known(&self, covered: bool) -> bool {
        let known = if covered { self.known } else { 0 };
        (covered && self.unchanged) || (self.wanted > 0 && self.past + known >= self.wanted)
    }
}

/// Puts the items of a page into the frontier, then the page into the archive: a page that is in the archive has left
/// nothing behind.
async fn take(job: &Job, source: &Source, page: ListPage, lists: &mut Lists) -> Result<News, Closed> {
    let ListPage { listing, unchanged, bare, answer } = page;
    lists.pages += 1;
    lists.unchanged += u32::from(unchanged);
    lists.first_page_is_bare |= lists.first_page.is_none() && bare;
    if !listing.targets.is_empty() || listing.next.is_none() {
        lists.first_page.get_or_insert(listing.targets.len());
    }
    lists.profile = lists.profile.take().or(listing.profile);
    lists.layout = lists.layout.take().or(listing.layout);
    lists.declared = lists.declared.max(listing.items);
    lists.declared_pages = lists.declared_pages.max(listing.pages);
    for target in &listing.targets {
        lists.items.entry(hash(target)).or_default();
    }
    let new_names = lists.items.len() - lists.named;
    lists.named = lists.items.len();
    let wanted: Vec<Target> = listing.targets.into_iter().filter(|target| wanted(target, &source.select)).collect();
    let mut news = News { new_names, unchanged, wanted: wanted.len(), known: 0, past: 0 };
    for (target, state) in wanted.iter().zip(look_up(job, source, &wanted).await?) {
        let due = job.plan.due(target, state.as_ref());
        if job.plan.is_past(target.date) {
            news.past += 1;
        } else if due.is_of_a_known_page() || scope::refusal(&target.url, source).is_some() {
            // What is only asked for again, or never, is no news of the list.
            news.known += 1;
        }
        lists.newest = lists.newest.max(target.date);
        let item = lists.items.entry(hash(target)).or_default();
        if item.is_none() {
            *item = Some(due);
            lists.wanted += 1;
            lists.due += usize::from(due.is_asked());
            if job.plan.dry_run {
                lists.shown.push(Item { target: target.clone(), due });
            }
        }
    }
    if let Some(answer) = answer {
        job.store(&source.id, CaptureKind::List, answer, None).await?;
    }
    Ok(news)
}

fn hash(target: &Target) -> KeyHash {
    key_hash(&page_key(&target.url))
}

/// What is known about each item, after which those that are wanted and within the span of time are known.
async fn look_up(job: &Job, source: &Source, wanted: &[Target]) -> Result<Vec<Option<UrlState>>, Closed> {
    let (id, targets) = (source.id.clone(), wanted.to_vec());
    let within: Vec<Target> = wanted.iter().filter(|target| job.plan.covers(target.date)).cloned().collect();
    let write = !job.plan.dry_run;
    job.archive
        .ask(move |archive| {
            let states = targets.iter().map(|target| archive.url_state(&id, &target.url)).collect();
            if write {
                archive.enqueue(&id, &within)?;
            }
            states
        })
        .await
}

/// Asks for a list page, always with what is known of it; one that has not changed is read from the archive.
async fn list_page(job: &Job, source: &Source, url: &Url) -> Result<ListPage, Miss> {
    let known = job.validators(&source.id, url).await?;
    let mut answer = ask(job, source, url, &known).await?;
    if answer.status == 304 {
        if let Some(page) = archived(job, source, url).await? {
            return Ok(page);
        }
        answer = ask(job, source, url, &Validators::default()).await?;
    }
    if let Some(error) = answer.fault() {
        let failure = Failure::from(&error);
        job.store(&source.id, CaptureKind::List, answer, Some(failure.reject)).await?;
        return Err(Miss::Failed(failure));
    }
    match read_listing(&answer.body, answer.content_type(), &with_fragment(&answer.final_url, url)) {
        Ok(listing) => {
            let bare = listing.targets.is_empty() && listing.next.is_none() && answer.says_little();
            Ok(ListPage { listing, unchanged: false, bare, answer: Some(answer) })
        }
        Err(reject) => {
            let failure = Failure { reject, detail: "the list page is no text".to_owned(), attempt: true };
            job.store(&source.id, CaptureKind::List, answer, Some(reject)).await?;
            Err(Miss::Failed(failure))
        }
    }
}

async fn ask(job: &Job, source: &Source, url: &Url, known: &Validators) -> Result<Answer, Miss> {
    match job.get(source, url, known).await {
        Ok(answer) => Ok(answer),
        Err(FetchError::Stopped) => Err(Miss::Stopped),
        Err(error) => {
            let failure = Failure::from(&error);
            job.fail(&source.id, CaptureKind::List, url, &failure).await?;
            Err(Miss::Failed(failure))
        }
    }
}

/// The list page as the archive has it; `None` if it cannot be read any more.
async fn archived(job: &Job, source: &Source, url: &Url) -> Result<Option<ListPage>, Closed> {
    let (id, address, at) = (source.id.clone(), url.clone(), job.clock.now());
    let write = !job.plan.dry_run;
    let found = job.archive.ask(move |archive| {
        let Some(capture) = archive.newest(&id, &address)? else { return Ok(None) };
        let Ok(body) = archive.shelf().read(&capture) else { return Ok(None) };
        if write {
            archive.not_modified(&id, &address, at)?;
        }
        Ok(Some((capture, body)))
    });
    let Some((capture, body)) = found.await? else { return Ok(None) };
    let final_url = with_fragment(&capture.final_url, url);
    let listing = read_listing(&body, capture.content_type.as_deref(), &final_url);
    Ok(listing.ok().map(|listing| ListPage { listing, unchanged: true, bare: false, answer: None }))
}

/// What stands behind `#` is not sent, but tells the scripts of some portals which column is meant.
fn with_fragment(url: &Url, asked: &Url) -> Url {
    let mut url = url.clone();
    if url.fragment().is_none() {
        url.set_fragment(asked.fragment());
    }
    url
}

fn read_listing(body: &[u8], content_type: Option<&str>, url: &Url) -> Result<Listing, Reject> {
    let page = page::decode(body, content_type, PageFormat::Html, Some(url))
        .map_err(|reject| Reject { stage: Stage::Discover, ..reject })?;
    let mut listing = discover::listing(&View::new(page));
    listing.next = listing.next.map(without_password);
    for target in &mut listing.targets {
        target.url = without_password(target.url.clone());
    }
    Ok(listing)
}
