//! From an address to a column: the page itself if it is a list, else the way from the home page to the list.

use std::cell::Cell;

use url::Url;

use super::candidate::{Candidate, Paging};
use super::search::{Search, is_home};
use crate::commands::terminal::say;
use crate::commands::{Context, Unanswered};
use crate::config::{Config, Polite};
use crate::crawl::{runtime, site};
use crate::discover::{Lead, NAMES_COLUMN, Wanted, is_filled_by_script, leads, listing, site_info, sitemap};
use crate::fetch::{Client, FetchError, Stop, Validators, unpack};
use crate::model::{Listing, PageFormat, page_key};
use crate::page::{self, View};

/// So many pages are asked for, robots.txt aside, before a search is given up.
const MOST_REQUESTS: usize = 10;

/// So many of these are sitemaps at most.
const MOST_SITEMAPS: usize = 2;

/// A link of less weight is followed only after the sitemap was looked at.
const BEFORE_SITEMAP: u32 = 60;

/// A column, and what else there was.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) column: Candidate,
    /// Why this one.
    pub(super) why: String,
    /// The other columns with such reports that were seen.
    pub(super) others: Vec<Candidate>,
}

/// There is no column behind the address.
#[derive(Debug, thiserror::Error)]
enum NoColumn {
    #[error("`{0}` is not a list: give the address of the column's first list page, or of the portal's home page")]
    NotAList(Url),
    #[error(
        "`{0}` is the column, but names no items: most likely a script fills it in the browser, and scripts are not run; \
         look for another page that lists the same, such as the portal's 信息公开目录"
    )]
    Scripted(Url),
    #[error(
        "found no list of {wanted} from `{home}` on ({n} pages asked for): find the column in a browser and give its \
         address, or look for something else with --want"
    )]
    NoneFound { wanted: String, home: Url, n: usize },
}

/// Finds the column that an address means.
pub(super) fn find(
    url: &Url,
    wanted: &Wanted,
    config: &Config,
    allow_private: bool,
    context: &Context,
) -> anyhow::Result<Finding> {
    let mut rules = config.fetch.clone();
    rules.allow_private |= allow_private;
    let runtime = runtime()?;
    let client = Client::new(&rules, Stop::never())?;
    let (max_bytes, asked) = (rules.max_bytes, Cell::new(0));
    let visitor = Visitor { client, wanted, polite: &config.polite, max_bytes, context, asked };
    say(context, &format!("looking for {}\n", wanted.said()));
    runtime.block_on(visitor.find(url))
}

/// Asks a portal for one page after another.
struct Visitor<'a> {
    client: Client,
    wanted: &'a Wanted,
    polite: &'a Polite,
    /// No body may be larger, packed or unpacked.
    max_bytes: u64,
    context: &'a Context,
    asked: Cell<usize>,
}

impl Visitor<'_> {
    async fn find(&self, url: &Url) -> anyhow::Result<Finding> {
        let page = self.page(url).await.map_err(|error| Unanswered::new(url, &error))?;
        let links = leads(&page, self.wanted);
        if !is_home(url) {
            if let Some(column) = self.column(&page, url, Vec::new()).await {
                let column = self.with_second_page(column).await;
                let why = why_named(&column, &links, self.wanted);
                return Ok(Finding { column, why, others: Vec::new() });
            }
            let leads_on = links.iter().any(|lead| lead.weight >= NAMES_COLUMN && page_key(&lead.url) != page_key(url));
            let scripted = self.scripted(&page, url, 0).filter(|_| !leads_on);
            scripted.map_or(Ok(()), Err)?;
            if links.is_empty() {
                return Err(NoColumn::NotAList(url.clone()).into());
            }
        }
        self.search(url, links).await
    }

    /// Follows the most promising links until a column fits or the patience is used up.
    async fn search(&self, home: &Url, links: Vec<Lead>) -> anyhow::Result<Finding> {
        let mut search = Search::from(home);
        search.offer(links, &[]);
        let mut fitting: Vec<(u32, Candidate)> = Vec::new();
        let mut mapped = false;
        // One is left for the second page of what is found.
        while self.asked.get() + 1 < MOST_REQUESTS {
            if !mapped && search.best().is_none_or(|weight| weight < BEFORE_SITEMAP) {
                mapped = true;
                search.offer(self.sitemap(home).await, &["sitemap".to_owned()]);
                continue;
            }
            let Some(step) = search.next() else { break };
            let page = match self.page(&step.url).await {
                Ok(page) => page,
                // A wall in front of one page stands in front of all.
                Err(error @ Miss::Fetch(FetchError::Wall { .. } | FetchError::GivenUp { .. })) => {
                    return Err(Unanswered::new(&step.url, &error).into());
                }
                Err(error) => {
                    say(self.context, &format!("  passed over: {error}\n"));
                    continue;
                }
            };
            search.offer(leads(&page, self.wanted), &step.trail);
            // A report may show others beside itself; its column is behind its breadcrumb.
            if step.weight < NAMES_COLUMN && step.trail.last().is_some_and(|label| self.wanted.is_wanted(label)) {
                continue;
            }
            let Some(column) = self.column(&page, &step.url, step.trail).await else {
                // Where no other link is named like the column, nothing better can come.
                let is_last = search.best().is_none_or(|weight| weight < NAMES_COLUMN);
                let scripted = self.scripted(&page, &step.url, step.weight).filter(|_| is_last && fitting.is_empty());
                scripted.map_or(Ok(()), Err)?;
                continue;
            };
            if column.settles(step.weight, self.wanted) {
                return Ok(self.chosen(column, step.weight, fitting).await);
            }
            if column.fit(step.weight, self.wanted).is_some() {
                fitting.push((step.weight, column));
            }
        }
        // Of equals the first that was seen: it was the more promising.
        let fit = |n: &usize| fitting.get(*n).and_then(|(weight, column)| column.fit(*weight, self.wanted));
        let best = (0..fitting.len()).rev().max_by_key(fit);
        let none = || NoColumn::NoneFound { wanted: self.wanted.said(), home: home.clone(), n: self.asked.get() };
        let (weight, column) = best.map(|n| fitting.remove(n)).ok_or_else(none)?;
        Ok(self.chosen(column, weight, fitting).await)
    }

    /// The column that this page is and whose items only a script brings, if it is one.
    fn scripted(&self, page: &View, url: &Url, weight: u32) -> Option<NoColumn> {
        let is_named = || site_info(page).column.is_some_and(|name| self.wanted.names(&name));
        let scripted = (weight >= NAMES_COLUMN || is_named()) && is_filled_by_script(page);
        scripted.then(|| NoColumn::Scripted(url.clone()))
    }

    /// What the sitemaps of a site name: those in its robots.txt, else the one at the usual place.
    async fn sitemap(&self, home: &Url) -> Vec<Lead> {
        let mut open = self.client.sitemaps(home);
        if open.is_empty() {
            open.extend(home.join("/sitemap.xml"));
        }
        open.retain(|url| site(url) == site(home));
        open.reverse();
        let mut leads = Vec::new();
        for _ in 0..MOST_SITEMAPS {
            let Some(url) = open.pop() else { break };
            // Most sites have none.
            let Ok(page) = self.page(&url).await else { continue };
            let mut found = sitemap(&page, self.wanted);
            leads.append(&mut found.leads);
            open.extend(found.more.into_iter().filter(|url| site(url) == site(home)));
        }
        leads
    }

    async fn chosen(&self, column: Candidate, weight: u32, others: Vec<(u32, Candidate)>) -> Finding {
        let column = self.with_second_page(column).await;
        let named = if column.is_named(weight, self.wanted) {
            "named after such reports"
        } else {
            "the best of the lists that were seen"
        };
        let why = format!("{named}; {}", share(&column, self.wanted));
        Finding { column, why, others: others.into_iter().map(|(_, other)| other).collect() }
    }

    /// The column that begins on this page; `None` if the page is no list.
    async fn column(&self, page: &View, asked: &Url, trail: Vec<String>) -> Option<Candidate> {
        let start = page.page.url.clone().unwrap_or_else(|| asked.clone());
        let mut first = listing(page);
        // What a page names on another site is no part of this one: the search form of a province, for instance.
        first.next = first.next.filter(|next| site(next) == site(&start));
        // A page that loads its list by a script names the address of the records; these say no family of their own.
        if first.targets.is_empty() {
            let records = self.listing(&first.next?).await.ok()?;
            first = Listing { profile: records.profile.clone().or(first.profile), ..records };
            first.next = first.next.filter(|next| site(next) == site(&start));
        }
        let paging = Paging::of(&first);
        (!first.targets.is_empty()).then(|| Candidate { start, site_info: site_info(page), first, paging, trail })
    }

    async fn with_second_page(&self, column: Candidate) -> Candidate {
        let Some(url) = column.first.next.clone() else { return column };
        let paging = match self.listing(&url).await {
            Ok(second) => Paging::learnt(&column.first, url, second),
            Err(error) => Paging::Unread { url, why: error.to_string() },
        };
        Candidate { paging, ..column }
    }

    async fn listing(&self, url: &Url) -> Result<Listing, Miss> {
        Ok(listing(&self.page(url).await?))
    }

    async fn page(&self, url: &Url) -> Result<View, Miss> {
        if self.asked.get() >= MOST_REQUESTS {
            return Err(Miss::Enough);
        }
        self.asked.set(self.asked.get() + 1);
        say(self.context, &format!("asking {url}\n"));
        let answer = self.client.get(url, self.polite, &Validators::default()).await?;
        if let Some(fault) = answer.fault() {
            return Err(fault.into());
        }
        let content_type = answer.content_type().map(ToOwned::to_owned);
        // A portal may keep its sitemap as a packed file.
        let body = unpack(answer.body, "gzip", self.max_bytes)?;
        let page = page::decode(&body, content_type.as_deref(), PageFormat::Html, Some(&answer.final_url));
        page.map(View::new).map_err(|reject| Miss::NoText(reject.reason.as_str()))
    }
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub(in crate::commands) enum Miss {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error("the answer is no text ({0})")]
    NoText(&'static str),
    #[error("{MOST_REQUESTS} pages were asked for, and more are not")]
    Enough,
}

impl Unanswered {
    /// What happened, and what to do about it.
    fn new(url: &Url, miss: &Miss) -> Self {
        let advice = match miss {
            Miss::Fetch(FetchError::Wall { .. }) => {
                "; a wall is never circumvented: ask the portal, or look for another site that publishes the same"
            }
            Miss::Fetch(FetchError::Robots(_)) => "; robots.txt is obeyed: ask the portal for another way",
            Miss::Fetch(FetchError::Broken(_) | FetchError::Timeout(_) | FetchError::RobotsUnknown { .. }) => {
                "; look whether a browser reaches it, with http as well as https"
            }
            _ => "",
        };
        Self(format!("`{url}`: {miss}{advice}"))
    }
}

/// Why a column that the user named was taken, and what else the page offers.
fn why_named(column: &Candidate, links: &[Lead], wanted: &Wanted) -> String {
    let other = links.iter().find(|lead| lead.weight >= NAMES_COLUMN && lead.url != column.start);
    let share = share(column, wanted);
    match other {
        Some(Lead { url, label, .. }) if column.n_wanted(wanted) == 0 => {
            format!("you named it; {share}, but there is a link `{label}` to {url}")
        }
        _ => format!("you named it; {share}"),
    }
}

fn share(column: &Candidate, wanted: &Wanted) -> String {
    let (n_wanted, n, wanted) = (column.n_wanted(wanted), column.items().len(), wanted.said());
    format!("{n_wanted} of {n} titles look like {wanted}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::sources::candidate::tests::column;

    #[test]
    fn a_named_column_without_reports_points_to_a_better_one() {
        let url = |path: &str| Url::parse("http://www.yunxi.example.gov.cn/").unwrap().join(path).unwrap();
        let lead = |path: &str, weight| Lead { url: url(path), label: "法治政府建设".to_owned(), weight };
        let bare = column("通知公告", &["公告"]);
        let full = column("法治政府建设", &["青石镇法治政府建设工作报告"]);
        for (column, links, points) in [
            (&bare, vec![lead("/fzzf/", 100)], true),
            (&bare, vec![lead("/zwgk/", 40)], false),
            (&bare, vec![lead("/c1/index.html", 100)], false),
            (&full, vec![lead("/fzzf/", 100)], false),
        ] {
            assert_eq!(
                why_named(column, &links, &Wanted::rule_of_law()).contains("there is a link"),
                points,
                "{links:?}"
            );
        }
    }

    #[test]
    fn what_keeps_a_page_away_is_said_with_advice() {
        let url = Url::parse("http://www.yunxi.example.gov.cn/").unwrap();
        for (error, part) in [
            (FetchError::Wall { status: 412, wall: "Ruishu 瑞数" }, "never circumvented"),
            (FetchError::Robots("http://www.yunxi.example.gov.cn".to_owned()), "robots.txt is obeyed"),
            (FetchError::Broken("no route".to_owned()), "browser"),
            (FetchError::Gone(404), "404"),
        ] {
            let said = Unanswered::new(&url, &Miss::Fetch(error)).to_string();
            assert!(said.starts_with("`http://www.yunxi.example.gov.cn/`: ") && said.contains(part), "{said}");
        }
    }
}
