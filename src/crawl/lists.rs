//! The list pages of a column: read from the first one on, until there is a reason to stop.

use std::collections::BTreeSet;

use jiff::civil::Date;
use url::Url;

use super::drift::Drift;
use super::job::{Failure, Job};
use super::list_page::{ListPage, Miss, list_page};
use super::plan::{Item, KeyHash, Listed, has_address, has_title, key_hash, wanted};
use super::scope;
use super::writer::Closed;
use crate::archive::UrlState;
use crate::config::Source;
use crate::discover;
use crate::model::{CaptureKind, GoesOn, Reason, Target, page_key};

/// So many whole pages of known items in a row end an incremental run: one to meet them, one as overlap, because items
/// of one day change their order and pinned ones stay on top.
const KNOWN_PAGES: u32 = 2;

/// So many pages in a row that name nothing new in this run are behind the end of the list.
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
    /// The list leads back to itself, and the portal says that there is more.
    Loop(Url),
    /// The page says that the list goes on, and only a script knows how.
    Unfollowed(GoesOn),
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
    /// How many have a title, and how many an address, as the source wants it; one that two pages name counts twice.
    pub(super) titles: usize,
    pub(super) addresses: usize,
    /// How many of the items are wanted, and how many of these are to be asked for.
    pub(super) wanted: usize,
    pub(super) due: usize,
    /// How many items the first page names.
    pub(super) first_page: Option<usize>,
    /// The first page names nothing and shows next to nothing.
    pub(super) first_page_is_bare: bool,
    pub(super) pages: u32,
    /// How many of the pages behind a first one name nothing new.
    pub(super) repeated: u32,
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
            || self.declared_pages.is_some_and(|declared| declared > self.pages - self.repeated)
    }

    /// The end of the list where the portal leads to a page that has nothing to add: all was read, unless the portal
    /// says that there is more.
    fn end_or(&self, end: End) -> End {
        if self.named == 0 || self.are_short() { end } else { End::Last }
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

/// Where a reader of a list stands.
#[derive(Default)]
struct Walk {
    visited: BTreeSet<KeyHash>,
    /// The page before, and the items that it names.
    previous: Option<Url>,
    before: Vec<KeyHash>,
    /// The page that is read is only guessed from the addresses of those before.
    guessed: bool,
    known_pages: u32,
    repeated_pages: u32,
    drift: Drift,
}

async fn follow(job: &Job, source: &Source, start: &Url, covered: bool, lists: &mut Lists) -> Result<End, Closed> {
    let mut walk = Walk::default();
    let mut url = start.clone();
    let pages_before = lists.pages;
    loop {
        if !walk.visited.insert(key_hash(&page_key(&url))) {
            return Ok(lists.end_or(End::Loop(url)));
        }
        if walk.visited.len() > job.max_list_pages {
            return Ok(End::TooMany);
        }
        let page = match list_page(job, source, &url).await {
            Ok(page) => page,
            Err(Miss::Stopped) => return Ok(End::Stopped),
            Err(Miss::Failed(failure)) => return Ok(walk.failed(url, failure, lists)),
            Err(Miss::Closed) => return Err(Closed),
        };
        let (mut next, declared, goes_on) = (page.listing.next.clone(), page.listing.pages, page.listing.goes_on);
        // A page that loads its list by a script has no items, and the address of the list as its next page.
        let bare = page.listing.targets.is_empty() && next.is_none() && !page.listing.exhausted;
        if bare && (walk.guessed || (walk.previous.is_some() && lists.named > 0 && !lists.are_short())) {
            return Ok(End::Last);
        }
        let (keys, items) = (page.listing.targets.iter().map(hash).collect::<Vec<_>>(), page.listing.items);
        let news = take(job, source, page, lists).await?;
        job.progress.list_page(&source.id, lists.wanted);
        if job.plan.limit.is_some_and(|limit| lists.due >= limit) {
            return Ok(End::Limit);
        }
        walk.count(&news, &keys, covered);
        if news.new_names > 0 {
            walk.drift.pass(&keys, items);
        } else {
            lists.repeated += u32::from(walk.previous.is_some());
        }
        let here = lists.pages - pages_before;
        if next.is_none() && news.new_names > 0 && declared.is_some_and(|declared| declared > here) {
            next = walk.previous.as_ref().and_then(|previous| discover::step(previous, &url));
            walk.guessed = next.is_some();
        }
        let end = match next {
            _ if bare => return Ok(End::Bare(url)),
            None => goes_on.map_or(End::Last, End::Unfollowed),
            Some(_) if walk.known_pages >= KNOWN_PAGES => End::Known,
            Some(next) if walk.repeated_pages >= REPEATED_PAGES => lists.end_or(End::Loop(next)),
            Some(next) => {
                walk.before = keys;
                walk.previous = Some(std::mem::replace(&mut url, next));
                continue;
            }
        };
        let n_read = walk.visited.len();
        let short = end == End::Last && n_read > 1 && lists.are_short();
        let again = walk.drift.moved || short;
        let missed = if again { read_again(job, source, start, n_read, lists).await? } else { None };
        return Ok(missed.unwrap_or(end));
    }
}

impl Walk {
    /// How the list ends at a page that could not be had.
    fn failed(&self, url: Url, failure: Failure, lists: &Lists) -> End {
        // What portals answer where a list has no such page.
        let is_nothing = matches!(failure.reject.reason, Reason::Gone | Reason::ErrorPage | Reason::Empty);
        match failure {
            // That there are more pages than the portal leads to was only a guess.
            _ if self.guessed => End::Last,
            failure if self.previous.is_some() && is_nothing => lists.end_or(End::Failed(url, failure)),
            failure => End::Failed(url, failure),
        }
    }

    /// Counts pages in a row that are known, and those that name nothing new in this run. One that names just what the
    /// page before names settles that there is nothing behind.
    fn count(&mut self, news: &News, keys: &[KeyHash], covered: bool) {
        self.known_pages = if news.all_known(covered) { self.known_pages + 1 } else { 0 };
        let same = self.previous.is_some() && !keys.is_empty() && keys == self.before;
        self.repeated_pages = match news.new_names {
            0 if same => REPEATED_PAGES,
            0 => self.repeated_pages + 1,
            _ => 0,
        };
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
    let select = &source.select;
    lists.titles += listing.targets.iter().filter(|target| has_title(target, select)).count();
    lists.addresses += listing.targets.iter().filter(|target| has_address(target, select)).count();
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
