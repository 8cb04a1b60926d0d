//! The client as a portal sees it: where it goes, how often, how fast, and what it makes of bad answers.

mod guard;
mod limits;
mod manners;
mod robots;

use std::time::Duration;

use gongwen::config::{FetchRules, Polite};
use gongwen::fetch::{Answer, Client, FetchError, Stop, Validators};
use gongwen::model::Reason;

/// Rules that lose no time.
fn rules() -> FetchRules {
    FetchRules {
        allow_private: true,
        retries: 1,
        backoff: Duration::from_millis(1),
        timeout: Duration::from_secs(20),
        ..FetchRules::default()
    }
}

fn client(rules: &FetchRules) -> Client {
    Client::new(rules, Stop::never()).unwrap()
}

/// Manners that never make a test wait.
fn hasty() -> Polite {
    Polite { interval: Duration::ZERO, concurrency: 4 }
}

async fn get(client: &Client, url: &str) -> Result<Answer, FetchError> {
    client.get(&url.parse().unwrap(), &hasty(), &Validators::default()).await
}

/// Why there is no page, if there is none.
async fn reason(client: &Client, url: &str) -> Option<Reason> {
    let fault = match get(client, url).await {
        Ok(answer) => answer.fault(),
        Err(error) => Some(error),
    };
    fault.map(|error| error.reject().reason)
}
