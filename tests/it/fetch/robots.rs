//! robots.txt by RFC 9309, as the portal sees what is asked after it.

use std::time::Duration;

use gongwen::config::FetchRules;
use gongwen::model::Reason;

use super::{client, reason, rules};
use crate::portal::{Portal, Reply};

/// What becomes of `/open.html` and `/closed.html` when robots.txt is answered so.
async fn with(robots: Reply) -> (Option<Reason>, Option<Reason>, usize) {
    within(Duration::from_secs(20), robots).await
}

async fn within(timeout: Duration, robots: Reply) -> (Option<Reason>, Option<Reason>, usize) {
    let portal = Portal::open();
    portal.page(2, "/robots.txt", robots);
    for path in ["/open.html", "/closed.html"] {
        portal.page(2, path, Reply::html("<p>公告</p>"));
    }
    portal.page(2, "/moved.txt", Reply::bytes(b"User-agent: *\nDisallow: /closed".to_vec()));
    let client = client(&FetchRules { timeout, ..rules() });
    let open = reason(&client, &portal.url(2, "/open.html")).await;
    let closed = reason(&client, &portal.url(2, "/closed.html")).await;
    assert_eq!(portal.answers(2, "/open.html").len(), usize::from(open.is_none()));
    assert_eq!(portal.answers(2, "/closed.html").len(), usize::from(closed.is_none()));
    (open, closed, portal.answers(2, "/robots.txt").len())
}

#[tokio::test]
async fn rules_are_obeyed_and_the_file_is_fetched_once() {
    let file = |text: &str| Reply::bytes(text.as_bytes().to_vec());
    let disallowed = (None, Some(Reason::Robots), 1);
    assert_eq!(with(file("User-agent: *\nDisallow: /closed")).await, disallowed);
    assert_eq!(with(file("\u{feff}User-agent: gongwen\r\nDisallow: /*ed.html$\r\n")).await, disallowed);
    assert_eq!(with(file("User-agent: other\nDisallow: /")).await, (None, None, 1));
    assert_eq!(with(Reply::redirect("/moved.txt")).await, disallowed);
    let long = format!("User-agent: *\nDisallow: /closed\n{}\nDisallow: /open\n", "#".repeat(520 << 10));
    assert_eq!(with(file(&long)).await, disallowed, "what stands beyond 500 KiB is not read");
}

#[tokio::test]
async fn a_file_that_is_not_there_opens_the_host() {
    for reply in [Reply::status(404), Reply::status(403), Reply::status(410), Reply::redirect("/robots.txt")] {
        let (open, closed, _) = with(reply.clone()).await;
        assert_eq!((open, closed), (None, None), "{reply:?}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_closes_the_host() {
    let closed = (Some(Reason::Unreachable), Some(Reason::Unreachable), 2);
    for reply in [Reply::status(500), Reply::status(503), Reply::status(429), Reply::hang_up()] {
        assert_eq!(with(reply.clone()).await, closed, "{reply:?}: tried twice for one page, never for the other");
    }
    let endless = Reply::drip(Duration::from_millis(5));
    assert_eq!(within(Duration::from_millis(300), endless).await, closed);
}

#[tokio::test]
async fn a_redirect_does_not_lead_round_the_rules() {
    let portal = Portal::open();
    portal.page(2, "/robots.txt", Reply::bytes(b"User-agent: *\nDisallow: /closed".to_vec()));
    portal.page(3, "/robots.txt", Reply::bytes(b"User-agent: *\nDisallow: /".to_vec()));
    portal.page(2, "/a.html", Reply::redirect("/closed.html"));
    portal.page(2, "/b.html", Reply::redirect(&portal.url(3, "/open.html")));
    let client = client(&rules());
    for path in ["/a.html", "/b.html"] {
        assert_eq!(reason(&client, &portal.url(2, path)).await, Some(Reason::Robots), "{path}");
    }
    assert_eq!(portal.answers(2, "/closed.html"), [0; 0]);
    assert_eq!(portal.answers(3, "/open.html"), [0; 0]);
}
