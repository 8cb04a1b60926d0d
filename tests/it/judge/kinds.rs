//! The ways in which a host of the judging portal is bad, and what must become of each.

use std::io::Write as _;
use std::ops::Range;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{BAD, MAX_LIST_PAGES, REPORTS};
use crate::portal::site::{list_path, report, report_path};
use crate::portal::{Portal, Reply};

const CHALLENGE: &str = "<script>$_ts=window['$_ts'];</script>";
pub(super) const CRAWL_DELAY: Duration = Duration::from_millis(20);

/// What is wrong with a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Good,
    Slow,
    Gbk,
    /// 503 with `Retry-After` in seconds, and as a date.
    Busy,
    BusyUntil,
    Delayed,
    /// A wall before the list, and one before a report.
    Walled,
    WalledPage,
    /// robots.txt fails, or never ends.
    Closed,
    Silent,
    /// Lists that repeat themselves, that turn over empty months, that name something new for ever.
    Trap,
    Calendar,
    Endless,
    Ring,
    Drip,
    /// Too long as it is sent, and unpacked.
    Long,
    Bomb,
    Torn,
    Reset,
    Hiccup,
    /// Redirects to where clouds hand out keys, and to a file.
    Metadata,
    File,
    /// robots.txt: plain, a group of ours with wildcards, the longest rule, moved elsewhere, forbidden, a web page.
    Disallowed,
    Grouped,
    Longest,
    Moved,
    Forbidden,
    WebPage,
}

/// What must become of a host.
pub(super) struct Want {
    /// The reports that are found.
    pub(super) reports: Range<usize>,
    pub(super) status: &'static str,
    /// Why a page fails, if one does.
    pub(super) reason: Option<String>,
    /// How the bad report is answered, if not once with 200, or not at all where it is not found.
    pub(super) answers: Option<Vec<u16>>,
}

impl Kind {
    const ALL: [Self; 28] = [
        Self::Good,
        Self::Slow,
        Self::Gbk,
        Self::Busy,
        Self::BusyUntil,
        Self::Delayed,
        Self::Walled,
        Self::WalledPage,
        Self::Closed,
        Self::Silent,
        Self::Trap,
        Self::Calendar,
        Self::Endless,
        Self::Ring,
        Self::Drip,
        Self::Long,
        Self::Bomb,
        Self::Torn,
        Self::Reset,
        Self::Hiccup,
        Self::Metadata,
        Self::File,
        Self::Disallowed,
        Self::Grouped,
        Self::Longest,
        Self::Moved,
        Self::Forbidden,
        Self::WebPage,
    ];

    pub(super) fn of(host: u8) -> Self {
        Self::ALL[usize::from(host) % Self::ALL.len()]
    }

    /// The bytes of a report.
    pub(super) fn served(self, host: u8, n: usize) -> Vec<u8> {
        let text = report(host, n, "");
        if self == Self::Gbk { encoding_rs::GBK.encode(&text).0.into_owned() } else { text.into_bytes() }
    }

    /// Puts it on the portal, over a good column.
    pub(super) fn spoil(self, portal: &Portal, host: u8) {
        let bad = |replies: Vec<Reply>| portal.script(host, &report_path(BAD), replies);
        let good = || Reply::bytes(self.served(host, BAD));
        match self {
            Self::Good => {}
            Self::Slow | Self::Gbk => (0..REPORTS).for_each(|n| {
                let latency = if self == Self::Slow { Duration::from_millis(30) } else { Duration::ZERO };
                portal.page(host, &report_path(n), Reply::bytes(self.served(host, n)).after(latency));
            }),
            Self::Busy => bad(vec![Reply::status(503).header("retry-after", "1"), good()]),
            Self::BusyUntil => {
                let busy = Reply::status(503).header("date", "Tue, 28 Feb 2023 08:00:00 GMT");
                bad(vec![busy.header("retry-after", "Tue, 28 Feb 2023 08:00:01 GMT"), good()]);
            }
            Self::Walled => portal.page(host, &list_path(0), Reply::html(CHALLENGE).code(412)),
            Self::WalledPage => bad(vec![Reply::html(CHALLENGE).code(412)]),
            Self::Trap | Self::Calendar | Self::Endless => self.trap(portal, host),
            Self::Ring => {
                bad(vec![Reply::redirect("/ring")]);
                portal.page(host, "/ring", Reply::redirect(&report_path(BAD)));
            }
            Self::Drip => bad(vec![Reply::drip(Duration::from_millis(20))]),
            Self::Long => bad(vec![Reply::repeated(vec![b'x'; 1 << 16], 3200)]),
            Self::Bomb => {
                let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
                packer.write_all(&vec![b'x'; 64 << 20]).unwrap();
                bad(vec![Reply::bytes(packer.finish().unwrap()).header("content-encoding", "gzip")]);
            }
            Self::Torn => bad(vec![Reply::broken_after("<p>half").header("content-length", "9000")]),
            Self::Reset => bad(vec![Reply::hang_up()]),
            Self::Hiccup => bad(vec![Reply::hang_up(), good()]),
            Self::Metadata => bad(vec![Reply::redirect("http://169.254.169.254/latest/meta-data/")]),
            Self::File => bad(vec![Reply::redirect("file:///etc/passwd")]),
            _ => self.robots(portal, host),
        }
    }

    /// Lists that would be read for ever.
    fn trap(self, portal: &Portal, host: u8) {
        let item =
            |path: &str| format!("<li><a href=\"{path}\">云溪县法治政府建设年度报告</a><span>2024-03-01</span></li>");
        let all: String = (0..REPORTS).rev().map(|n| item(&report_path(n))).collect();
        for n in 0..2 * MAX_LIST_PAGES {
            let (items, path, next) = match self {
                Self::Trap => (all.clone(), list_path(n), format!("index_{}.html", n + 1)),
                Self::Calendar => {
                    let path = if n == 0 { list_path(0) } else { format!("{}?month={n}", list_path(0)) };
                    (if n == 0 { all.clone() } else { String::new() }, path, format!("?month={}", n + 1))
                }
                // The numbers go on, but there are no more reports than on other hosts.
                _ => {
                    (item(&report_path(n.min(REPORTS + MAX_LIST_PAGES))), list_path(n), format!("index_{}.html", n + 1))
                }
            };
            let words = "云溪县人民政府政务公开栏目。".repeat(60);
            let page = format!(
                "<html><body><p>{words}</p><ul>{items}</ul><div class=\"page\"><a href=\"{next}\">下一页</a></div></body></html>"
            );
            portal.page(host, &path, Reply::html(&page));
            portal.page(host, &report_path(n), Reply::bytes(self.served(host, n)));
        }
    }

    /// Variants of robots.txt.
    fn robots(self, portal: &Portal, host: u8) {
        let bad = report_path(BAD);
        let file = |text: String| Reply::bytes(text.into_bytes());
        let robots = match self {
            Self::Delayed => file(format!("User-agent: *\nCrawl-delay: {}", CRAWL_DELAY.as_secs_f64())),
            Self::Closed => Reply::status(503),
            Self::Silent => Reply::drip(Duration::from_millis(20)),
            Self::Disallowed => file(format!("User-agent: *\nDisallow: {bad}\n")),
            Self::Grouped => file(
                "\u{feff}User-agent: *\r\nDisallow: /\r\n\r\nUser-agent: GongWen\r\nDisallow: /*_1011.html$".to_owned(),
            ),
            Self::Longest => file(format!("User-agent: *\nDisallow: /\nAllow: /fzzf/\nDisallow: {bad}")),
            Self::Moved => {
                portal.page(host, "/moved.txt", file(format!("User-agent: *\nDisallow: {bad}\n")));
                Reply::redirect("/moved.txt")
            }
            Self::Forbidden => Reply::status(403),
            _ => Reply::html("<html><body>User-agent: * Disallow: /</body></html>"),
        };
        portal.page(host, "/robots.txt", robots);
    }

    pub(super) fn want(self) -> Want {
        let want = |reports, status, reason: &str, answers: &[u16]| Want {
            reports,
            status,
            reason: (!reason.is_empty()).then(|| reason.to_owned()),
            answers: (!answers.is_empty()).then(|| answers.to_vec()),
        };
        match self {
            Self::Good | Self::Slow | Self::Gbk | Self::Delayed | Self::Forbidden | Self::WebPage => {
                want(0..REPORTS, "complete", "", &[])
            }
            Self::Busy | Self::BusyUntil => want(0..REPORTS, "complete", "", &[503, 200]),
            Self::Hiccup => want(0..REPORTS, "complete", "", &[500, 200]),
            Self::Walled => want(0..0, "blocked", "wall", &[]),
            Self::Closed | Self::Silent => want(0..0, "unreachable", "unreachable", &[]),
            // A page that says again what was said, or nothing, is behind the end of its list.
            Self::Trap | Self::Calendar => want(0..REPORTS, "complete", "", &[]),
            Self::Endless => want(0..MAX_LIST_PAGES, "partial", "", &[]),
            Self::WalledPage => want(0..BAD, "partial", "wall", &[412]),
            Self::Ring => want(0..BAD, "partial", "redirects", &[302]),
            Self::Drip => want(0..BAD, "partial", "timeout", &[200, 200]),
            Self::Long | Self::Bomb => want(0..BAD, "partial", "too_large", &[200]),
            Self::Torn => want(0..BAD, "partial", "truncated", &[200, 200]),
            Self::Reset => want(0..BAD, "partial", "unreachable", &[500, 500]),
            Self::Metadata | Self::File => want(0..BAD, "partial", "address", &[302]),
            Self::Disallowed | Self::Grouped | Self::Longest | Self::Moved => want(0..BAD, "complete", "robots", &[]),
        }
    }
}
