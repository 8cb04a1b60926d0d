//! One request for the first list page of each column (and robots.txt before it): does it answer, and is it a list?

use std::sync::Arc;

use tokio::task::JoinSet;
use url::Url;

use super::engine::{CrawlError, runtime};
use crate::config::{FetchRules, Source};
use crate::discover;
use crate::fetch::{Client, Stop, Validators};
use crate::model::{Listing, PageFormat, SourceId};
use crate::page::{self, View};

/// What the first list page of a column gave.
#[derive(Debug)]
pub(crate) struct Probe {
    /// The column.
    pub(crate) source: SourceId,
    /// Its start page.
    pub(crate) start: Url,
    /// The list, or why there is none.
    pub(crate) found: Result<Listing, String>,
}

/// Asks every start page of every source once, hosts side by side; the result is in the order of the sources.
///
/// # Errors
/// The client or the runtime cannot be set up.
pub(crate) fn probes(sources: &[Source], rules: &FetchRules) -> Result<Vec<Probe>, CrawlError> {
    let runtime = runtime()?;
    let client = Arc::new(Client::new(rules, Stop::never())?);
    let mut probes = runtime.block_on(async {
        let mut tasks = JoinSet::new();
        let starts = sources.iter().flat_map(|source| source.start.iter().map(move |start| (source, start)));
        for (n, (source, start)) in starts.enumerate() {
            let (client, source, start) = (Arc::clone(&client), source.clone(), start.clone());
            tasks.spawn(async move { (n, probe(&client, &source, start).await) });
        }
        tasks.join_all().await
    });
    probes.sort_by_key(|(n, _)| *n);
    Ok(probes.into_iter().map(|(_, probe)| probe).collect())
}

async fn probe(client: &Client, source: &Source, start: Url) -> Probe {
    let found = match client.get(&start, &source.polite, &Validators::default()).await {
        Err(error) => Err(error.to_string()),
        Ok(answer) => match answer.fault() {
            Some(error) => Err(error.to_string()),
            None => page::decode(&answer.body, answer.content_type(), PageFormat::Html, Some(&answer.final_url))
                .map(|page| discover::listing(&View::new(page)))
                .map_err(|reject| format!("the list page is no text ({})", reject.reason.as_str())),
        },
    };
    Probe { source: source.id.clone(), start, found }
}
