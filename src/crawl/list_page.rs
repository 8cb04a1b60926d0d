//! One list page: asked for, read, or taken from the archive if it has not changed.

use url::Url;

use super::job::{Failure, Job};
use super::writer::Closed;
use crate::config::Source;
use crate::discover;
use crate::fetch::{Answer, FetchError, Validators};
use crate::model::{CaptureKind, Listing, PageFormat, Reject, Stage, without_password};
use crate::page::{self, View};

/// A list page as it was read.
pub(super) struct ListPage {
    pub(super) listing: Listing,
    pub(super) unchanged: bool,
    pub(super) bare: bool,
    /// What is to be stored once its items are in the frontier.
    pub(super) answer: Option<Answer>,
}

/// Why a list page gave nothing.
pub(super) enum Miss {
    Stopped,
    Failed(Failure),
    Closed,
}

impl From<Closed> for Miss {
    fn from(Closed: Closed) -> Self {
        Self::Closed
    }
}

/// Asks for a list page, always with what is known of it; one that has not changed is read from the archive.
pub(super) async fn list_page(job: &Job, source: &Source, url: &Url) -> Result<ListPage, Miss> {
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
    match read_listing(source, &answer.body, answer.content_type(), &with_fragment(&answer.final_url, url)) {
        Ok(listing) => {
            let bare = listing.targets.is_empty() && listing.next.is_none() && answer.is_bare();
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
    let listing = read_listing(source, &body, capture.content_type.as_deref(), &final_url);
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

fn read_listing(source: &Source, body: &[u8], content_type: Option<&str>, url: &Url) -> Result<Listing, Reject> {
    let page = page::decode(body, content_type, PageFormat::Html, Some(url))
        .map_err(|reject| Reject { stage: Stage::Discover, ..reject })?;
    let mut listing = discover::listing(&View::new(page));
    listing.next = listing.next.map(without_password);
    for target in &mut listing.targets {
        target.url = without_query(without_password(target.url.clone()), &source.select.ignore_query);
    }
    Ok(listing)
}

/// An address without the parameters that the source says name no page.
fn without_query(mut url: Url, ignored: &[String]) -> Url {
    if !url.query_pairs().any(|(key, _)| ignored.iter().any(|ignored| *ignored == key)) {
        return url;
    }
    let pairs: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(key, _)| !ignored.iter().any(|ignored| ignored == key))
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    url.set_query(None);
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
    url
}
