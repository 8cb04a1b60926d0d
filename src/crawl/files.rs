//! The files that hang on the pages of a column: noted with their page, fetched like pages, typed by what they are.

use url::Url;

use super::job::{Failure, Job};
use super::outcome::Fate;
use super::plan::{Due, Item};
use super::writer::Closed;
use crate::archive::Stored;
use crate::config::Source;
use crate::fetch::{Answer, FetchError, Validators};
use crate::model::{Attachment, CaptureKind, Reason, Reject, Stage};

/// Puts the files of a page into the frontier.
pub(super) async fn note(job: &Job, source: &Source, answer: &Answer) -> Result<(), Closed> {
    let Some(files_of) = job.files_of.filter(|_| source.attachments) else { return Ok(()) };
    let files = files_of(source, &answer.final_url, answer.content_type(), &answer.body);
    enqueue(job, source, files).await
}

/// The same for a page that has not changed since it was archived, perhaps by a run that left out its files.
pub(super) async fn note_archived(job: &Job, source: &Source, url: &Url) -> Result<(), Closed> {
    let Some(files_of) = job.files_of.filter(|_| source.attachments) else { return Ok(()) };
    let (id, url) = (source.id.clone(), url.clone());
    let archived = job.archive.ask(move |archive| {
        let Some(capture) = archive.newest(&id, &url)? else { return Ok(None) };
        // What cannot be read any more is asked for when its bytes are.
        Ok(archive.shelf().read(&capture).ok().map(|body| (capture, body)))
    });
    let Some((capture, body)) = archived.await? else { return Ok(()) };
    let files = files_of(source, &capture.final_url, capture.content_type.as_deref(), &body);
    enqueue(job, source, files).await
}

async fn enqueue(job: &Job, source: &Source, files: Vec<Attachment>) -> Result<(), Closed> {
    if files.is_empty() || job.plan.dry_run {
        return Ok(());
    }
    let id = source.id.clone();
    job.archive.ask(move |archive| archive.enqueue_files(&id, &files)).await.map(drop)
}

/// Fetches one file and has it stored; gives also how many bytes came.
pub(super) async fn file(job: &Job, source: &Source, item: &Item) -> Result<(Fate, usize), Closed> {
    let (id, url) = (&source.id, &item.target.url);
    let known = match item.due {
        Due::Check | Due::Back => job.validators(id, url).await?,
        _ => Validators::default(),
    };
    let answer = match job.get_file(source, url, &known).await {
        Ok(answer) => answer,
        Err(FetchError::Stopped) => return Ok((Fate::Stopped, 0)),
        Err(error) => {
            let failure = failure(&error);
            job.fail(id, CaptureKind::Attachment, url, &failure).await?;
            let attempt = failure.attempt;
            return Ok((Fate::Failed(job.failed_page(source, url, failure), attempt), 0));
        }
    };
    let bytes = answer.body.len();
    if answer.status == 304 {
        job.store(id, CaptureKind::Attachment, answer, None).await?;
        return Ok((Fate::Unchanged, bytes));
    }
    let fault = answer.fault().map(|error| failure(&error)).or_else(|| answer.is_markup().then(no_file));
    if let Some(failure) = fault {
        job.store(id, CaptureKind::Attachment, answer, Some(failure.reject)).await?;
        if failure.reject.reason == Reason::Gone && item.due.is_of_a_page_we_have() {
            return Ok((Fate::Gone, bytes));
        }
        return Ok((Fate::Failed(job.failed_page(source, url, failure), true), bytes));
    }
    let stored = job.store(id, CaptureKind::Attachment, answer, None).await?;
    let fate = match stored {
        Some(Stored::Changed(_)) => Fate::Changed,
        Some(Stored::Unchanged) => Fate::Unchanged,
        Some(Stored::New(_) | Stored::Sample(_)) | None => Fate::New,
    };
    Ok((fate, bytes))
}

/// The failure of a file: its size has a bound of its own.
fn failure(error: &FetchError) -> Failure {
    let failure = Failure::from(error);
    match error {
        FetchError::TooLarge { max } => {
            Failure { detail: format!("the file is larger than {max} bytes (`budget.attachment_bytes`)"), ..failure }
        }
        _ => failure,
    }
}

/// A portal that wants letters typed in, or has lost the file, sends a page in its place.
fn no_file() -> Failure {
    let reject = Reject { stage: Stage::Fetch, reason: Reason::ErrorPage };
    Failure { reject, detail: "a web page came in place of the file".to_owned(), attempt: true }
}
