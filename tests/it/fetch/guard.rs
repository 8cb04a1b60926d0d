//! No page, redirect or name of a stranger leads the client into a private network.

use std::collections::BTreeMap;

use gongwen::config::FetchRules;
use gongwen::model::Reason;

use super::{client, get, reason, rules};
use crate::portal::{Portal, Reply};

/// A client that keeps to public addresses, and knows one portal by name.
fn guarded(portal: &Portal) -> FetchRules {
    let address = format!("127.0.0.2:{}", portal.port()).parse().unwrap();
    let resolve = BTreeMap::from([("www.portal.test".to_owned(), address)]);
    FetchRules { allow_private: false, resolve, ..rules() }
}

#[tokio::test]
async fn an_address_that_is_not_public_is_never_asked() {
    let portal = Portal::open();
    let client = client(&guarded(&portal));
    let port = portal.port();
    for host in ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::ffff:127.0.0.1]", "localhost", "0.0.0.0"] {
        let url = format!("http://{host}:{port}/secret");
        assert_eq!(reason(&client, &url).await, Some(Reason::Address), "{url}");
    }
    assert_eq!(portal.log().len(), 0);
}

#[tokio::test]
async fn a_redirect_into_a_private_network_is_not_followed() {
    let portal = Portal::open();
    let client = client(&guarded(&portal));
    let port = portal.port();
    // The portal itself stands at another name than the one in the request, so pages are scripted by its name.
    for to in [
        "http://169.254.169.254/latest/meta-data/",
        &format!("http://127.0.0.2:{port}/secret"),
        &format!("//0x7f000001:{port}/secret"),
        "file:///etc/passwd",
        "ftp://www.portal.test/secret",
        "http://www.portal.test:22/",
    ] {
        portal.page_of("www.portal.test", "/moved.html", Reply::redirect(to));
        let answer = get(&client, "http://www.portal.test/moved.html").await;
        let error = answer.expect_err(to);
        assert_eq!(error.reject().reason, Reason::Address, "{to}: {error}");
    }
    assert!(portal.log().iter().all(|asked| asked.host == "www.portal.test" && asked.path != "/secret"));
}

#[tokio::test]
async fn a_name_that_the_configuration_knows_is_asked_and_keeps_its_address() {
    let portal = Portal::open();
    portal.page_of("www.portal.test", "/a.html", Reply::html("<p>公告</p>"));
    let answer = get(&client(&guarded(&portal)), "http://www.portal.test/a.html").await.unwrap();
    assert_eq!(answer.final_url.as_str(), "http://www.portal.test/a.html");
    assert_eq!(answer.remote.unwrap().to_string(), "127.0.0.2");
}
