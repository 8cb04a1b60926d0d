//! Fifty hosts at once, half of them bad in every way that portals are: every report once, every bad host told.

use std::time::Duration;

use crate::portal::site::{Column, Desk, Run, list_path, report, report_path};
use crate::portal::{Portal, Reply};

const REPORTS: usize = 12;
const CHALLENGE: &str = "<script>$_ts=window['$_ts'];</script>";

/// What is wrong with a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Good,
    Slow,
    Gbk,
    Busy,
    Delayed,
    Walled,
    Closed,
    Trap,
    Ring,
    Drip,
    Bomb,
    Torn,
    Private,
    Disallowed,
}

impl Kind {
    const ALL: [Self; 14] = [
        Self::Good,
        Self::Slow,
        Self::Gbk,
        Self::Busy,
        Self::Delayed,
        Self::Walled,
        Self::Closed,
        Self::Trap,
        Self::Ring,
        Self::Drip,
        Self::Bomb,
        Self::Torn,
        Self::Private,
        Self::Disallowed,
    ];

    fn of(host: u8) -> Self {
        Self::ALL[usize::from(host) % Self::ALL.len()]
    }

    /// Puts it on the portal, over a good column.
    fn spoil(self, portal: &Portal, host: u8) {
        let last = report_path(REPORTS - 1);
        match self {
            Self::Good => {}
            Self::Slow => (0..REPORTS).for_each(|n| {
                let page = Reply::html(&report(host, n, ""));
                portal.page(host, &report_path(n), page.after(Duration::from_millis(15)));
            }),
            Self::Gbk => (0..REPORTS).for_each(|n| {
                let page = encoding_rs::GBK.encode(&report(host, n, "")).0.into_owned();
                portal.page(host, &report_path(n), Reply::bytes(page));
            }),
            Self::Busy => {
                let page = Reply::html(&report(host, REPORTS - 1, ""));
                portal.script(host, &last, vec![Reply::status(503).header("retry-after", "0"), page]);
            }
            Self::Delayed => {
                portal.page(host, "/robots.txt", Reply::bytes(b"User-agent: *\nCrawl-delay: 0.02".to_vec()));
            }
            Self::Walled => portal.page(host, &list_path(0), Reply::html(CHALLENGE).code(412)),
            Self::Closed => portal.page(host, "/robots.txt", Reply::status(503)),
            Self::Trap => (0..40).for_each(|n| {
                let link = format!("<a href=\"index_{}.html\">下一页</a>", n + 1);
                let items = format!("<li><a href=\"{}\">云溪县法治政府建设年度报告</a></li>", &last);
                let page =
                    format!("<html><body><ul>{}</ul><div class=\"page\">{link}</div></body></html>", items.repeat(2));
                portal.page(host, &list_path(n), Reply::html(&page));
            }),
            Self::Ring => {
                portal.page(host, &last, Reply::redirect("/ring"));
                portal.page(host, "/ring", Reply::redirect(&last));
            }
            Self::Drip => portal.page(host, &last, Reply::drip(Duration::from_millis(20))),
            Self::Bomb => portal.page(host, &last, Reply::repeated(vec![b'x'; 1 << 16], 3200)),
            Self::Torn => {
                portal.page(host, &last, Reply::broken_after("<p>half").header("content-length", "9000"));
            }
            Self::Private => portal.page(host, &last, Reply::redirect("file:///etc/passwd")),
            Self::Disallowed => {
                let rules = format!("User-agent: *\nDisallow: {last}\n");
                portal.page(host, "/robots.txt", Reply::bytes(rules.into_bytes()));
            }
        }
    }

    /// How many reports are found there, how the source ends, and why a page fails, if one does.
    fn want(self) -> (usize, &'static str, Option<&'static str>) {
        match self {
            Self::Good | Self::Slow | Self::Gbk | Self::Busy | Self::Delayed => (REPORTS, "complete", None),
            Self::Walled => (0, "blocked", Some("wall")),
            Self::Closed => (0, "unreachable", Some("unreachable")),
            Self::Trap => (1, "partial", None),
            Self::Ring => (REPORTS - 1, "partial", Some("redirects")),
            Self::Drip => (REPORTS - 1, "partial", Some("timeout")),
            Self::Bomb => (REPORTS - 1, "partial", Some("too_large")),
            Self::Torn => (REPORTS - 1, "partial", Some("unreachable")),
            Self::Private => (REPORTS - 1, "partial", Some("address")),
            Self::Disallowed => (REPORTS - 1, "complete", Some("robots")),
        }
    }
}

#[test]
fn every_report_of_fifty_hosts_is_found_once_and_every_bad_host_is_told() {
    let portal = Portal::open();
    let desk = Desk::new("timeout = \"2s\"\nmax_bytes = \"1 MiB\"\n");
    let hosts = 2..52;
    for host in hosts.clone() {
        let column = Column::new(host, REPORTS);
        column.serve(&portal);
        Kind::of(host).spoil(&portal, host);
        let polite = "[polite]\ninterval = \"3ms\"\nconcurrency = 1\n";
        desk.source(&format!("host{host}"), &column.start(&portal), polite);
    }
    let run = desk.crawl(&[]);
    assert_eq!(run.exit(), 3, "{}", run.said());
    run.counts();
    for host in hosts {
        judge(&portal, &desk, &run, host);
    }
}

fn judge(portal: &Portal, desk: &Desk, run: &Run, host: u8) {
    let kind = Kind::of(host);
    let (found, state, reason) = kind.want();
    let source = format!("host{host}");
    let status = run.status(&source);
    assert_eq!(status.split(':').next(), Some(state), "{kind:?} host {host}: {status}");
    assert_eq!(desk.archived(&source).len(), found, "{kind:?} host {host}: {status}");
    let failed = desk.failed_of(&source);
    assert_eq!(failed.first().map(String::as_str), reason, "{kind:?} host {host}");
    assert!(failed.len() <= 1, "{kind:?} host {host}: {failed:?}");
    let (in_flight, gap) = portal.manners(host);
    assert_eq!(in_flight, 1, "{kind:?} host {host}");
    assert!(gap >= Duration::from_millis(3), "{kind:?} host {host}: {gap:?}");
    for n in 0..REPORTS {
        let asked = portal.answers(host, &report_path(n)).len();
        let most = if n == REPORTS - 1 && matches!(kind, Kind::Busy | Kind::Drip | Kind::Torn) { 2 } else { 1 };
        assert!(asked <= most, "{kind:?} host {host}: report {n} was asked for {asked} times");
    }
    if kind == Kind::Disallowed {
        assert!(portal.answers(host, &report_path(REPORTS - 1)).is_empty(), "robots.txt was not obeyed");
    }
}
