//! The further pages of an article that the portal cut into several.

use std::collections::{BTreeSet, VecDeque};

use url::Url;

use super::files;
use super::job::{Failure, Job};
use super::scope;
use super::writer::Closed;
use crate::archive::Archive;
use crate::config::Source;
use crate::discover::{further_pages, may_go_on};
use crate::fetch::{FetchError, Validators};
use crate::model::{CaptureKind, PageFormat, page_key};
use crate::page::{self, View};

/// So many pages of one article are asked for.
const MOST_PARTS: usize = 50;

/// What became of the further pages.
pub(super) enum Parts {
    /// They are in the archive, or there are none.
    Whole,
    /// One could not be had.
    Missing(Failure),
    /// The run was stopped.
    Stopped,
}

/// The further pages that a page leads to.
pub(super) fn of(url: &Url, content_type: Option<&str>, body: &[u8]) -> Vec<Url> {
    if !may_go_on(url, body) {
        return Vec::new();
    }
    let page = page::decode(body, content_type, PageFormat::Html, Some(url));
    page.map(|page| further_pages(&View::new(page))).unwrap_or_default()
}

/// The further pages of an article in the archive that are not there.
pub(super) async fn missing_of(job: &Job, source: &Source, url: &Url) -> Result<Vec<Url>, Closed> {
    let (id, url) = (source.id.clone(), url.clone());
    let missing = move |archive: &mut Archive| {
        let (mut missing, mut seen, mut open) = (Vec::new(), BTreeSet::new(), VecDeque::from([url]));
        while let Some(url) = open.pop_front() {
            if !seen.insert(page_key(&url)) || seen.len() > MOST_PARTS {
                continue;
            }
            let Some(capture) = archive.newest(&id, &url)? else {
                missing.push(url);
                continue;
            };
            // What cannot be read any more is asked for when its bytes are.
            let Ok(body) = archive.shelf().read(&capture) else { continue };
            open.extend(of(&capture.final_url, capture.content_type.as_deref(), &body));
        }
        Ok(missing)
    };
    job.archive.ask(missing).await
}

/// Asks for the further pages of an article, and for those that these lead to.
pub(super) async fn fetch(job: &Job, source: &Source, first: &Url, parts: Vec<Url>) -> Result<Parts, Closed> {
    let mut seen = BTreeSet::from([page_key(first)]);
    let mut open = VecDeque::from(parts);
    while let Some(url) = open.pop_front() {
        if !seen.insert(page_key(&url)) || seen.len() > MOST_PARTS || scope::refusal(&url, source).is_some() {
            continue;
        }
        let answer = match job.get(source, &url, &Validators::default()).await {
            Ok(answer) => answer,
            Err(FetchError::Stopped) => return Ok(Parts::Stopped),
            Err(error) => return missing(job, source, &url, &error).await,
        };
        if let Some(error) = answer.fault() {
            return missing(job, source, &url, &error).await;
        }
        open.extend(of(&answer.final_url, answer.content_type(), &answer.body));
        files::note(job, source, &answer).await?;
        job.store(&source.id, CaptureKind::Part, answer, None).await?;
    }
    Ok(Parts::Whole)
}

async fn missing(job: &Job, source: &Source, url: &Url, error: &FetchError) -> Result<Parts, Closed> {
    let failure = Failure::from(error);
    job.fail(&source.id, CaptureKind::Part, url, &failure).await?;
    let detail = format!("page `{url}` of the article: {}", failure.detail);
    Ok(Parts::Missing(Failure { detail, ..failure }))
}
