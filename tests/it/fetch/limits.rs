//! Bytes, time and redirects are bounded; broken answers are errors, never short pages.

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use gongwen::config::FetchRules;
use gongwen::fetch::Validators;
use gongwen::model::Reason;

use super::{client, get, hasty, reason, rules};
use crate::portal::{Portal, Reply};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[tokio::test]
async fn a_page_larger_than_the_limit_is_not_read_to_its_end() {
    let portal = Portal::open();
    let rules = FetchRules { max_bytes: 1 << 20, ..rules() };
    let chunk = vec![b'x'; 1 << 16];
    portal.page(2, "/chunked.html", Reply::repeated(chunk.clone(), 3200));
    portal.page(2, "/declared.html", Reply::repeated(chunk, 3200).header("content-length", "209715200"));
    portal.page(2, "/bomb.html", Reply::bytes(gzip(&vec![b'x'; 64 << 20])).header("content-encoding", "gzip"));
    let client = client(&rules);
    for path in ["/chunked.html", "/declared.html", "/bomb.html"] {
        assert_eq!(reason(&client, &portal.url(2, path)).await, Some(Reason::TooLarge), "{path}");
        assert_eq!(portal.answers(2, path).len(), 1, "{path} is not asked for again");
    }
}

#[tokio::test]
async fn a_packed_page_is_unpacked() {
    let portal = Portal::open();
    portal.page(2, "/a.html", Reply::bytes(gzip("<p>公告</p>".as_bytes())).header("content-encoding", "gzip"));
    let answer = get(&client(&rules()), &portal.url(2, "/a.html")).await.unwrap();
    assert_eq!(answer.body, "<p>公告</p>".as_bytes());
}

#[tokio::test]
async fn an_answer_that_drips_for_ever_ends_in_time() {
    let portal = Portal::open();
    portal.page(2, "/drip.html", Reply::drip(Duration::from_millis(5)));
    let client = client(&FetchRules { timeout: Duration::from_millis(800), ..rules() });
    // robots.txt comes at once, so only the page is late.
    assert_eq!(reason(&client, &portal.url(2, "/drip.html")).await, Some(Reason::Timeout));
    assert_eq!(portal.answers(2, "/drip.html").len(), 2, "once, and once more");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_asked_for_again_and_then_an_error() {
    let portal = Portal::open();
    let short = Reply::broken_after("<p>half").header("content-length", "1000");
    let page = Reply::html("<p>公告</p>");
    for (path, broken, why) in [
        ("/short.html", short, Reason::Truncated),
        ("/chunk.html", Reply::broken_after("<p>half"), Reason::Truncated),
        ("/hang.html", Reply::hang_up(), Reason::Unreachable),
    ] {
        portal.script(2, path, vec![broken.clone(), page.clone()]);
        let answer = get(&client(&rules()), &portal.url(2, path)).await.unwrap();
        assert_eq!(answer.body, "<p>公告</p>".as_bytes(), "{path}");
        portal.page(2, path, broken);
        assert_eq!(reason(&client(&rules()), &portal.url(2, path)).await, Some(why), "{path}");
    }
}

#[tokio::test]
async fn redirects_are_followed_so_far_and_no_farther() {
    let portal = Portal::open();
    for n in 0..9 {
        portal.page(2, &format!("/hop{n}"), Reply::redirect(&format!("hop{}#x", n + 1)));
    }
    portal.page(2, "/hop9", Reply::html("<p>公告</p>"));
    portal.page(2, "/ring", Reply::redirect("/ring2"));
    portal.page(2, "/ring2", Reply::redirect("/ring"));
    portal.page(2, "/cookie", Reply::redirect("/cookie").header("set-cookie", "HOY_TR=1; path=/"));
    let client = client(&rules());
    let answer = get(&client, &portal.url(2, "/hop5")).await.unwrap();
    assert_eq!(answer.final_url.as_str(), portal.url(2, "/hop9"));
    assert_eq!(answer.hops.len(), 4);
    assert_eq!(answer.url.as_str(), portal.url(2, "/hop5"));
    assert_eq!(reason(&client, &portal.url(2, "/hop0")).await, Some(Reason::Redirects));
    assert_eq!(reason(&client, &portal.url(2, "/ring")).await, Some(Reason::Redirects));
    assert_eq!(reason(&client, &portal.url(2, "/cookie")).await, Some(Reason::Wall));
}

#[tokio::test]
async fn bad_answers_say_what_they_are() {
    let portal = Portal::open();
    let little = |status: u16| Reply::html("<p>公告</p>").code(status);
    let ruishu = Reply::html("<script>$_ts=window['$_ts'];</script>");
    for (path, reply, want, times) in [
        ("/good.html", little(200), None, 1),
        ("/empty.html", Reply::html(" "), Some(Reason::Empty), 1),
        ("/gone.html", little(410), Some(Reason::Gone), 1),
        ("/forbidden.html", little(403), Some(Reason::HttpStatus), 1),
        ("/wall.html", little(412), Some(Reason::Wall), 1),
        ("/ruishu.html", ruishu.code(202), Some(Reason::Wall), 1),
        ("/soft.html", Reply::html("<p>您访问的页面不存在</p>"), Some(Reason::ErrorPage), 1),
        ("/error.html", little(500), Some(Reason::HttpStatus), 2),
    ] {
        portal.page(2, path, reply);
        assert_eq!(reason(&client(&rules()), &portal.url(2, path)).await, want, "{path}");
        assert_eq!(portal.answers(2, path).len(), times, "{path}");
    }
}

#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let portal = Portal::open();
    portal.page(2, "/a.html", Reply::html("<p>公告</p>"));
    let client = client(&rules());
    let url = portal.url(2, "/a.html").parse().unwrap();
    let first = client.get(&url, &hasty(), &Validators::default()).await.unwrap();
    let second = client.get(&url, &hasty(), &first.validators()).await.unwrap();
    assert_eq!((second.status, second.body.len(), second.fault()), (304, 0, None));
    portal.page(2, "/a.html", Reply::html("<p>新公告</p>"));
    let third = client.get(&url, &hasty(), &first.validators()).await.unwrap();
    assert_eq!((third.status, third.body), (200, "<p>新公告</p>".as_bytes().to_vec()));
}
