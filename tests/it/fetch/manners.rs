//! In-flight requests and gaps as the portal sees them, pauses that it asks for, and hosts that are left alone.

use std::sync::Arc;
use std::time::Duration;

use gongwen::config::{FetchRules, Polite};
use gongwen::fetch::{FetchError, Validators};
use gongwen::model::Reason;
use tokio::task::JoinSet;

use super::{client, get, reason, rules};
use crate::portal::{Portal, Reply};

/// Asks for so many pages of one host at the same time.
async fn crowd(portal: &Portal, rules: &FetchRules, polite: Polite, pages: usize) {
    let client = Arc::new(client(rules));
    let mut all = JoinSet::new();
    for n in 0..pages {
        let path = format!("/{n}.html");
        portal.page(2, &path, Reply::html("<p>公告</p>").after(Duration::from_millis(3)));
        let (client, url, polite) = (Arc::clone(&client), portal.url(2, &path).parse().unwrap(), polite.clone());
        all.spawn(async move { client.get(&url, &polite, &Validators::default()).await.unwrap() });
    }
    assert_eq!(all.join_all().await.len(), pages);
    assert_eq!(portal.log().len(), pages + 1, "robots.txt is fetched once, however many wait for it");
}

#[tokio::test]
async fn one_at_a_time_means_one_at_a_time() {
    let portal = Portal::open();
    let interval = Duration::from_millis(20);
    crowd(&portal, &rules(), Polite { interval, concurrency: 1 }, 8).await;
    let (in_flight, gap) = portal.manners(2);
    assert_eq!(in_flight, 1);
    assert!(gap >= interval, "{gap:?}");
}

#[tokio::test]
async fn three_at_a_time_means_three_at_a_time() {
    let portal = Portal::open();
    crowd(&portal, &rules(), Polite { interval: Duration::ZERO, concurrency: 3 }, 30).await;
    assert!(portal.manners(2).0 <= 3, "{:?}", portal.manners(2));
}

#[tokio::test]
async fn a_crawl_delay_is_kept_and_robots_counts_as_a_request() {
    let portal = Portal::open();
    portal.page(2, "/robots.txt", Reply::bytes(b"User-agent: *\nCrawl-delay: 0.03\n".to_vec()));
    crowd(&portal, &rules(), Polite { interval: Duration::from_millis(10), concurrency: 1 }, 6).await;
    let log = portal.log();
    let gaps: Vec<Duration> = log.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
    assert!(gaps[0] >= Duration::from_millis(10), "{gaps:?}");
    // The delay is known with the answer to robots.txt, from the second gap on at the latest.
    assert!(gaps[1..].iter().all(|gap| *gap >= Duration::from_millis(30)), "{gaps:?}");
}

#[tokio::test]
async fn a_host_that_asks_for_patience_is_left_alone_for_so_long() {
    let portal = Portal::open();
    let busy = Reply::status(503).header("retry-after", "1");
    portal.script(2, "/busy.html", vec![busy, Reply::html("<p>公告</p>")]);
    portal.page(2, "/other.html", Reply::html("<p>公告</p>"));
    let client = Arc::new(client(&rules()));
    let slow = tokio::spawn({
        let (client, url) = (Arc::clone(&client), portal.url(2, "/busy.html"));
        async move { get(&client, &url).await.unwrap().status }
    });
    let seen = tokio::task::spawn_blocking(move || {
        portal.wait_for(|log| log.iter().any(|asked| asked.status == 503));
        portal
    });
    let portal = seen.await.unwrap();
    assert_eq!(slow.await.unwrap(), 200);
    assert_eq!(get(&client, &portal.url(2, "/other.html")).await.unwrap().status, 200);
    let log = portal.log();
    let busy = log.iter().position(|asked| asked.status == 503).unwrap();
    assert!(log[busy + 1].at - log[busy].at >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_host_that_asks_for_too_much_patience_is_left_alone_for_the_run() {
    let portal = Portal::open();
    portal.page(2, "/busy.html", Reply::status(429).header("retry-after", "3600"));
    portal.page(2, "/other.html", Reply::html("<p>公告</p>"));
    portal.page(3, "/other.html", Reply::html("<p>公告</p>"));
    let client = client(&rules());
    assert_eq!(reason(&client, &portal.url(2, "/busy.html")).await, Some(Reason::HttpStatus));
    let error = get(&client, &portal.url(2, "/other.html")).await.unwrap_err();
    assert!(matches!(error, FetchError::GivenUp { .. }), "{error}");
    assert_eq!(portal.answers(2, "/other.html"), [0; 0]);
    assert_eq!(reason(&client, &portal.url(3, "/other.html")).await, None, "another host is not to blame");
}

#[tokio::test]
async fn a_host_that_fails_page_after_page_is_left_alone() {
    let portal = Portal::open();
    for n in 0..5 {
        portal.page(2, &format!("/{n}.html"), Reply::hang_up());
    }
    let client = client(&rules());
    for n in 0..5 {
        assert_eq!(reason(&client, &portal.url(2, &format!("/{n}.html"))).await, Some(Reason::Unreachable), "{n}");
    }
    let asked: usize = (0..5).map(|n| portal.answers(2, &format!("/{n}.html")).len()).sum();
    assert!((6..=7).contains(&asked), "three pages with two tries each, not {asked}");
}

#[tokio::test]
async fn the_client_says_who_it_is() {
    let portal = Portal::open();
    portal.page(2, "/a.html", Reply::html("<p>公告</p>"));
    get(&client(&rules()), &portal.url(2, "/a.html")).await.unwrap();
    assert!(portal.log().iter().all(|asked| asked.user_agent.starts_with("gongwen/")));
}
