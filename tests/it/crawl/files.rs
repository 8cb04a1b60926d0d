//! The files that hang on articles: fetched once under the same manners, told by what they are, and never forgotten.

use std::fs::File;
use std::io::BufReader;
use std::process::Stdio;

use gongwen::archive::{Archive, ArchiveError, WarcReader};
use gongwen::model::CaptureKind;

use crate::portal::site::{Column, Desk, report, report_path};
use crate::portal::{Portal, Reply};

const HANWEB: &str = "/module/download/downfile.jsp?classid=0&filename=a1.docx";
const VSB: &str = "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=7";
const BESIDE: &str = "/fzzf/files/P1.xls";

fn pdf(n: usize) -> Reply {
    let text = format!("%PDF-1.4\n% number {n}\n%%EOF\n");
    Reply::bytes(text.into_bytes()).header("content-type", "application/octet-stream")
}

/// Report 0 of a column with files at these addresses.
fn with_files(portal: &Portal, column: &Column, files: &[&str]) {
    column.serve(portal);
    let links: Vec<String> =
        files.iter().map(|file| format!("<p><a href=\"{file}\">附件：情况表.pdf</a></p>")).collect();
    let page = report(2, 0, "").replace("</div></body>", &format!("{}</div></body>", links.concat()));
    portal.page(2, &report_path(0), Reply::html(&page));
}

/// A column of two reports, the older of which has these files.
fn column(files: &[&str]) -> (Portal, Column, Desk) {
    let portal = Portal::open();
    let column = Column::new(2, 2);
    with_files(&portal, &column, files);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    (portal, column, desk)
}

/// Path, query and length of every file that the archive holds.
fn archived(desk: &Desk) -> Vec<(String, usize)> {
    let archive = Archive::open_read_only(&desk.output()).unwrap();
    let mut files = Vec::new();
    archive
        .files(&"yunxi".parse().unwrap(), |versions| {
            assert_eq!(versions.newest.kind, CaptureKind::Attachment);
            let url = &versions.newest.url;
            let path = url.query().map_or(url.path().to_owned(), |query| format!("{}?{query}", url.path()));
            files.push((path, archive.shelf().read(&versions.newest)?.len()));
            Ok::<_, ArchiveError>(())
        })
        .unwrap();
    files
}

fn files_of(run: &crate::portal::site::Run) -> [u64; 4] {
    let files = run.report()["files"].clone();
    ["seen", "new", "unchanged", "failed"].map(|key| files[key].as_u64().unwrap())
}

#[test]
fn the_files_of_an_article_are_fetched_once_wherever_they_lie() {
    let (portal, _column, desk) = column(&[HANWEB, VSB, BESIDE]);
    for (n, path) in [HANWEB, VSB, BESIDE].into_iter().enumerate() {
        portal.page(2, path, pdf(n));
    }
    let first = desk.crawl(&[]);
    assert_eq!((first.exit(), first.counts()), (0, [2, 2, 0, 0, 0, 0]), "{}", first.said());
    assert_eq!(files_of(&first), [3, 3, 0, 0]);
    assert!(first.said().contains("3 files on them: 3 new"), "{}", first.said());
    let held: Vec<String> = archived(&desk).into_iter().map(|(path, _)| path).collect();
    assert_eq!(held, [BESIDE, HANWEB, VSB]);

    portal.forget();
    let second = desk.crawl(&[]);
    assert_eq!((second.exit(), files_of(&second)), (0, [0, 0, 0, 0]));
    for path in [HANWEB, VSB, BESIDE] {
        assert!(portal.answers(2, path).is_empty(), "{path}");
    }
    let full = desk.crawl(&["--full"]);
    assert_eq!((full.exit(), files_of(&full)), (0, [3, 0, 3, 0]), "asked again, and the same");
}

#[test]
fn a_file_on_another_host_is_fetched_as_its_robots_txt_allows() {
    let portal = Portal::open();
    let column = Column::new(2, 1);
    let (open, closed) = (portal.url(3, "/f/a.pdf"), portal.url(4, "/f/b.pdf"));
    with_files(&portal, &column, &[&open, &closed]);
    portal.page(3, "/f/a.pdf", pdf(0));
    portal.page(4, "/f/b.pdf", pdf(1));
    portal.page(4, "/robots.txt", Reply::bytes(b"User-agent: *\nDisallow: /f/\n".to_vec()));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), files_of(&run)), (0, [2, 1, 0, 0]), "{}", run.said());
    assert_eq!(portal.answers(3, "/f/a.pdf"), [200]);
    assert!(portal.answers(4, "/f/b.pdf").is_empty(), "robots.txt forbids it");
    assert_eq!(desk.failed(), ["/f/b.pdf: robots"]);
}

#[test]
fn a_file_that_cannot_be_had_is_owed_and_asked_for_again_without_its_page() {
    let (portal, _column, desk) = column(&["a.pdf", "b.pdf", "c.pdf"]);
    let at = |name: &str| report_path(0).rsplit_once('/').unwrap().0.to_owned() + "/" + name;
    portal.page(2, &at("a.pdf"), Reply::status(500));
    portal.page(2, &at("b.pdf"), Reply::html("<html><body><p>请输入图片中的字母后下载附件</p></body></html>"));
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), files_of(&run)), (0, [3, 0, 0, 3]), "{}", run.said());
    assert_eq!(run.counts(), [2, 2, 0, 0, 0, 0], "the pages are there");
    let mut failed = desk.failed();
    failed.sort();
    assert_eq!(failed, ["a.pdf: http_status", "b.pdf: error_page", "c.pdf: gone"].map(at));
    assert_eq!(run.source("yunxi")["owed"], 2, "what is gone is not owed");

    portal.page(2, &at("a.pdf"), pdf(0));
    portal.page(2, &at("b.pdf"), pdf(1));
    portal.forget();
    let again = desk.crawl(&[]);
    assert_eq!((again.exit(), files_of(&again)), (0, [3, 2, 1, 0]), "{}", again.said());
    assert!(portal.answers(2, &report_path(0)).is_empty());
    assert!(portal.answers(2, &at("c.pdf")).is_empty(), "it is asked for on a later day");
    assert_eq!(desk.failed().len(), 1);
}

#[test]
fn a_run_that_is_killed_between_a_page_and_its_file_goes_on_with_the_file() {
    let (portal, _column, desk) = column(&[BESIDE]);
    portal.page(2, BESIDE, pdf(0).held());
    let mut child = desk.command(&["crawl", "--allow-private", "--quiet"]);
    let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    portal.wait_for(|asked| asked.iter().any(|asked| asked.path == BESIDE));
    child.kill().unwrap();
    child.wait().unwrap();
    portal.let_go();
    portal.forget();
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), files_of(&run)), (0, [1, 1, 0, 0]), "{}", run.said());
    assert_eq!(portal.answers(2, BESIDE), [200]);
    assert!(portal.answers(2, &report_path(0)).is_empty(), "the page is in the archive");
    assert_eq!(archived(&desk).len(), 1);
}

#[test]
fn a_budget_bounds_how_many_files_come_and_how_large_they_are() {
    let (portal, column, desk) = column(&["/f/a.pdf", "/f/b.pdf", "/f/large.pdf"]);
    for (n, path) in ["/f/a.pdf", "/f/b.pdf"].into_iter().enumerate() {
        portal.page(2, path, pdf(n));
    }
    portal.page(2, "/f/large.pdf", Reply::repeated(b"%PDF-1.4 ".repeat(100), 100));
    desk.source("yunxi", &column.start(&portal), "[budget]\nattachments = 1\nattachment_bytes = \"4 KiB\"\n");
    let first = desk.crawl(&[]);
    assert_eq!((first.exit(), archived(&desk).len()), (3, 1), "{}", first.said());
    assert!(first.status("yunxi").contains("`budget.attachments`"), "{}", first.status("yunxi"));
    let second = desk.crawl(&[]);
    assert_eq!((second.exit(), archived(&desk).len()), (3, 2), "{}", second.said());
    let third = desk.crawl(&[]);
    assert_eq!((third.exit(), files_of(&third)), (0, [1, 0, 0, 1]), "{}", third.said());
    assert_eq!(desk.failed(), ["/f/large.pdf: too_large"]);
    assert_eq!(third.status("yunxi"), "complete: larger than allowed: 1 page");
}

#[test]
fn files_are_left_out_where_nobody_wants_them() {
    let (portal, column, desk) = column(&[BESIDE]);
    portal.page(2, BESIDE, pdf(0));
    let without = desk.crawl(&["--no-attachments"]);
    assert_eq!((without.exit(), files_of(&without)), (0, [0, 0, 0, 0]));
    desk.write(
        "config/sources/yunxi.toml",
        &format!("attachments = false\nname = \"yunxi\"\nstart = [\"{}\"]\n", column.start(&portal)),
    );
    assert_eq!(files_of(&desk.crawl(&["--full"])), [0, 0, 0, 0]);
    assert!(portal.answers(2, BESIDE).is_empty());
    // Who wants them later gets them: pages that have not changed are looked through in the archive.
    desk.source("yunxi", &column.start(&portal), "");
    assert_eq!(files_of(&desk.crawl(&["--full"])), [1, 1, 0, 0]);
}

#[test]
fn a_file_that_hangs_at_two_addresses_is_written_once_and_read_at_both() {
    let (portal, _column, desk) = column(&[HANWEB, VSB, BESIDE]);
    for path in [HANWEB, VSB] {
        portal.page(2, path, pdf(1));
    }
    portal.page(2, BESIDE, pdf(2));
    assert_eq!(files_of(&desk.crawl(&[])), [3, 3, 0, 0]);
    let length = "%PDF-1.4\n% number 1\n%%EOF\n".len();
    let both = [BESIDE, HANWEB, VSB].map(|path| (path.to_owned(), length));
    let kinds = || {
        let file = desk.output().join("archive/yunxi");
        let file = std::fs::read_dir(file).unwrap().next().unwrap().unwrap().path();
        let records = WarcReader::new(BufReader::new(File::open(file).unwrap()));
        let kinds = records.map(|record| record.unwrap().field("WARC-Type").unwrap().to_owned());
        kinds.filter(|kind| kind == "revisit").count()
    };
    assert_eq!((archived(&desk), kinds()), (both.to_vec(), 1));
    for verb in [["archive", "check"], ["archive", "rebuild"], ["archive", "check"]] {
        let run = desk.run(&verb);
        assert_eq!(run.exit(), 0, "{verb:?}: {}{}", run.said(), run.printed());
        assert_eq!(archived(&desk), both, "{verb:?}");
    }
    // Merged into another folder it is whole there.
    let other = Desk::new("");
    let run = other.run(&["merge", desk.output().to_str().unwrap()]);
    assert_eq!(run.exit(), 0, "{}", run.said());
    assert_eq!(archived(&other), both);
    // Other bytes at one of the addresses are a version of that one.
    portal.page(2, VSB, pdf(3));
    assert_eq!(files_of(&desk.crawl(&["--full"])), [3, 0, 2, 0]);
    // Two files and two pages were asked for in vain, which is noted beside the file that was written once.
    assert_eq!((archived(&desk), kinds()), (both.to_vec(), 5));
}
