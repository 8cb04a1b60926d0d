//! The archive keeps what it was given: over reopening, over torn tails, over repeated answers.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Write};
use std::path::Path;

use gongwen::archive::{Archive, ArchiveError, Queued, Repair, Stored, UrlStatus, Versions, WarcReader};
use gongwen::model::{Capture, CaptureKind, Exchange, Reason, Redirect, Reject, SourceId, Stage, Target};
use url::Url;

pub(crate) fn source() -> SourceId {
    "qingshi".parse().unwrap()
}

pub(crate) fn url(path: &str) -> Url {
    format!("http://www.qingshi.test/{path}").parse().unwrap()
}

pub(crate) fn exchange(path: &str, body: &[u8]) -> Exchange {
    Exchange {
        source: source(),
        kind: CaptureKind::Article,
        url: url(path),
        final_url: url(path),
        redirects: Vec::new(),
        fetched_at: "2026-03-01T01:02:03Z".parse().unwrap(),
        ip: Some("192.0.2.7".parse().unwrap()),
        status: 200,
        headers: vec![
            ("Content-Type".to_owned(), b"text/html; charset=utf-8".to_vec()),
            ("Content-Encoding".to_owned(), b"gzip".to_vec()),
            ("ETag".to_owned(), b"\"a1\"".to_vec()),
        ],
        body: body.to_vec(),
        reject: None,
    }
}

fn versions(archive: &Archive) -> Vec<Versions> {
    let mut all = Vec::new();
    archive
        .articles(&source(), |page| {
            all.push(page);
            Ok::<_, ArchiveError>(())
        })
        .unwrap();
    all
}

/// What is still to be fetched.
pub(crate) fn pending(archive: &Archive) -> Vec<Queued> {
    let mut pending = Vec::new();
    archive.each_pending(&source(), CaptureKind::Article, |page| pending.push(page)).unwrap();
    pending
}

fn new(stored: Stored) -> Capture {
    match stored {
        Stored::New(capture) => capture,
        other => panic!("stored as {other:?}"),
    }
}

fn only_file(output: &Path) -> std::path::PathBuf {
    let mut files: Vec<_> =
        std::fs::read_dir(output.join("archive/qingshi")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files.pop().unwrap()
}

#[test]
fn what_was_put_is_read_back_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let bodies: Vec<Vec<u8>> =
        vec![b"<p>one</p>".to_vec(), Vec::new(), vec![0, 159, 146, 150, b'\r', b'\n', b'\r', b'\n']];
    {
        let mut archive = Archive::open(folder.path()).unwrap();
        for (n, body) in bodies.iter().enumerate() {
            new(archive.put(&exchange(&format!("{n}.html"), body)).unwrap());
        }
    }
    let archive = Archive::open_read_only(folder.path()).unwrap();
    let pages = versions(&archive);
    assert_eq!(pages.len(), 3);
    for (page, body) in pages.iter().zip(&bodies) {
        assert_eq!(&archive.shelf().read(&page.newest).unwrap(), body);
        assert_eq!(page.newest.content_type.as_deref(), Some("text/html; charset=utf-8"));
        assert_eq!(page.newest.fetched_at, "2026-03-01T01:02:03Z".parse().unwrap());
    }
}

#[test]
fn the_newest_capture_of_an_address_is_found_whatever_its_kind() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path()).unwrap();
    let mut list = exchange("index.html", b"first");
    list.kind = CaptureKind::List;
    archive.put(&list).unwrap();
    list.body = b"second".to_vec();
    archive.put(&list).unwrap();
    let newest = archive.newest(&source(), &url("")).unwrap().unwrap();
    assert_eq!(newest.kind, CaptureKind::List);
    assert_eq!(archive.shelf().read(&newest).unwrap(), b"second");
    assert_eq!(archive.newest(&source(), &url("other.html")).unwrap(), None);
}

#[test]
fn the_same_answers_give_the_same_files() {
    let bytes: Vec<Vec<u8>> = (0..2)
        .map(|_| {
            let folder = tempfile::tempdir().unwrap();
            let mut archive = Archive::open(folder.path()).unwrap();
            archive.put_batch(&[exchange("1.html", b"one"), exchange("2.html", b"two")]).unwrap();
            std::fs::read(only_file(folder.path())).unwrap()
        })
        .collect();
    assert_eq!(bytes[0], bytes[1]);
}

#[test]
fn the_records_say_what_warc_readers_expect() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path()).unwrap();
    let mut moved = exchange("old.html", b"<p>moved</p>");
    moved.final_url = url("new.html");
    moved.redirects = vec![Redirect { url: url("old.html"), status: 301 }];
    let capture = new(archive.put(&moved).unwrap());
    assert!(capture.warc_file.starts_with("qingshi-20260301-00001"), "{}", capture.warc_file);

    let file = BufReader::new(File::open(only_file(folder.path())).unwrap());
    let records: Vec<_> = WarcReader::new(file).map(Result::unwrap).collect();
    let kinds: Vec<_> = records.iter().map(|record| record.field("WARC-Type").unwrap()).collect();
    assert_eq!(kinds, ["warcinfo", "response", "metadata"]);
    let response = &records[1];
    assert_eq!(response.field("WARC-Target-URI"), Some("http://www.qingshi.test/new.html"));
    assert_eq!(response.field("WARC-IP-Address"), Some("192.0.2.7"));
    assert_eq!(response.body(), b"<p>moved</p>");
    let http = String::from_utf8_lossy(&response.block).into_owned();
    assert!(http.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"), "{http}");
    assert!(http.contains("\r\nX-Archive-Orig-Content-Encoding: gzip\r\n"), "{http}");
    assert!(http.contains("\r\nContent-Length: 12\r\n\r\n<p>"), "{http}");
    let metadata = String::from_utf8(records[2].block.clone()).unwrap();
    assert!(metadata.contains("redirect: 301 http://www.qingshi.test/old.html\r\n"), "{metadata}");
    assert_eq!(records[2].field("WARC-Concurrent-To"), response.field("WARC-Record-ID"));
}

#[test]
fn the_same_bytes_are_stored_once_and_other_bytes_are_a_new_version() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path()).unwrap();
    let batch = [exchange("1.html", b"one"), exchange("1.html", b"one"), exchange("1.html", b"two")];
    let stored = archive.put_batch(&batch).unwrap();
    assert!(matches!(stored[..], [Stored::New(_), Stored::Unchanged, Stored::Changed(_)]), "{stored:?}");
    assert_eq!(archive.put(&exchange("1.html", b"two")).unwrap(), Stored::Unchanged);

    let pages = versions(&archive);
    assert_eq!(pages.len(), 1);
    assert_eq!(archive.shelf().read(&pages[0].newest).unwrap(), b"two");
    assert_eq!(archive.shelf().read(&pages[0].older[0]).unwrap(), b"one");
    let file = BufReader::new(File::open(only_file(folder.path())).unwrap());
    let kinds: Vec<_> =
        WarcReader::new(file).map(|record| record.unwrap().field("WARC-Type").unwrap().to_owned()).collect();
    assert_eq!(kinds, ["warcinfo", "response", "revisit", "response", "revisit"], "bytes once, checks always");
}

#[test]
fn a_torn_tail_is_cut_and_what_was_committed_stays() {
    let folder = tempfile::tempdir().unwrap();
    let first = new(Archive::open(folder.path()).unwrap().put(&exchange("1.html", b"one")).unwrap());
    let path = only_file(folder.path());
    let whole = std::fs::read(&path).unwrap();
    // A record that was being written when the process died: the first half of one that is there.
    OpenOptions::new().append(true).open(&path).unwrap().write_all(&whole[..whole.len() / 2]).unwrap();

    let mut archive = Archive::open(folder.path()).unwrap();
    let bytes = (whole.len() / 2) as u64;
    assert_eq!(archive.repairs(), [Repair::Cut { path: path.clone(), bytes }]);
    assert_eq!(std::fs::read(&path).unwrap(), whole);
    let second = new(archive.put(&exchange("2.html", b"two")).unwrap());
    assert_eq!(archive.shelf().read(&first).unwrap(), b"one");
    assert_eq!(archive.shelf().read(&second).unwrap(), b"two");
    let file = BufReader::new(File::open(path).unwrap());
    assert!(WarcReader::new(file).all(|record| record.is_ok()));
}

#[test]
fn captures_behind_the_end_of_a_short_file_are_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = {
        let mut archive = Archive::open(folder.path()).unwrap();
        let first = new(archive.put(&exchange("1.html", b"one")).unwrap());
        (first, new(archive.put(&exchange("2.html", b"two")).unwrap()))
    };
    let path = only_file(folder.path());
    OpenOptions::new().write(true).open(&path).unwrap().set_len(second.warc_offset + 5).unwrap();

    let mut archive = Archive::open(folder.path()).unwrap();
    assert_eq!(archive.repairs(), [Repair::Lost { path, captures: 1 }]);
    assert_eq!(archive.shelf().read(&first).unwrap(), b"one");
    let pending = pending(&archive);
    assert_eq!(pending.iter().map(|queued| queued.target.url.path()).collect::<Vec<_>>(), ["/2.html"]);
    let again = new(archive.put(&exchange("2.html", b"two")).unwrap());
    assert_eq!(archive.shelf().read(&again).unwrap(), b"two");
}

#[test]
fn a_damaged_end_is_found_at_opening_and_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = {
        let mut archive = Archive::open(folder.path()).unwrap();
        let first = new(archive.put(&exchange("1.html", b"one")).unwrap());
        (first, new(archive.put(&exchange("2.html", b"two two two two")).unwrap()))
    };
    let path = only_file(folder.path());
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = usize::try_from(second.warc_offset + second.warc_length / 2).unwrap();
    bytes[middle] ^= 0x55;
    File::create(&path).unwrap().write_all(&bytes).unwrap();

    let mut archive = Archive::open(folder.path()).unwrap();
    assert_eq!(archive.repairs(), [Repair::Lost { path: path.clone(), captures: 1 }]);
    assert_eq!(pending(&archive).len(), 1);
    let again = new(archive.put(&exchange("2.html", b"two two two two")).unwrap());
    assert_eq!(again.warc_offset, second.warc_offset, "the damaged bytes are overwritten");
    assert_eq!(archive.shelf().read(&first).unwrap(), b"one");
    assert_eq!(archive.shelf().read(&again).unwrap(), b"two two two two");
    drop(archive);
    assert_eq!(Archive::open(folder.path()).unwrap().repairs(), []);
}

#[test]
fn a_batch_is_stored_as_a_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path()).unwrap();
    archive.put(&exchange("1.html", b"one")).unwrap();
    let before = std::fs::read(only_file(folder.path())).unwrap();
    // Something else stands where the files of the second source belong.
    File::create(folder.path().join("archive/yunxi")).unwrap();
    let mut other = exchange("3.html", b"three");
    other.source = "yunxi".parse().unwrap();
    let error = archive.put_batch(&[exchange("2.html", b"two"), other.clone()]).unwrap_err();
    assert!(error.to_string().contains("archive/yunxi"), "{error}");
    assert_eq!(std::fs::read(only_file(folder.path())).unwrap(), before);
    assert_eq!(archive.url_state(&source(), &url("2.html")).unwrap(), None);

    std::fs::remove_file(folder.path().join("archive/yunxi")).unwrap();
    let stored = archive.put_batch(&[exchange("2.html", b"two"), other]).unwrap();
    assert!(stored.iter().all(|stored| matches!(stored, Stored::New(_))), "{stored:?}");
    assert_eq!(versions(&archive).len(), 2);
}

#[test]
fn a_damaged_record_is_told_from_a_good_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path()).unwrap();
    let capture = new(archive.put(&exchange("1.html", b"one one one one")).unwrap());
    let path = only_file(folder.path());
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = usize::try_from(capture.warc_offset + capture.warc_length / 2).unwrap();
    bytes[middle] ^= 0x55;
    File::create(&path).unwrap().write_all(&bytes).unwrap();
    let error = archive.shelf().read(&capture).unwrap_err();
    assert!(matches!(error, ArchiveError::Damaged { .. }), "{error}");
}

#[test]
fn a_second_run_is_kept_out_and_readers_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path()).unwrap();
    new(archive.put(&exchange("1.html", b"one")).unwrap());
    let error = Archive::open(folder.path()).unwrap_err();
    assert!(matches!(error, ArchiveError::Locked { .. }), "{error}");
    assert!(error.to_string().contains(&std::process::id().to_string()), "{error}");
    assert_eq!(versions(&Archive::open_read_only(folder.path()).unwrap()).len(), 1);
    drop(archive);
    Archive::open(folder.path()).unwrap();
}

#[test]
fn nothing_begins_anew_beside_files_whose_state_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Archive::open_read_only(folder.path()).unwrap_err();
    assert!(matches!(missing, ArchiveError::Missing { .. }), "{missing}");
    new(Archive::open(folder.path()).unwrap().put(&exchange("1.html", b"one")).unwrap());
    std::fs::remove_file(folder.path().join("state.sqlite")).unwrap();
    let error = Archive::open(folder.path()).unwrap_err();
    assert!(matches!(error, ArchiveError::Orphaned { .. }), "{error}");
}

#[test]
fn a_state_that_is_no_database_is_said_to_be_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = File::create(folder.path().join("state.sqlite")).unwrap();
    file.write_all(&[b'x'; 4096]).unwrap();
    let error = Archive::open(folder.path()).unwrap_err();
    assert!(matches!(error, ArchiveError::Corrupt { .. }), "{error}");
    let error = Archive::open_read_only(folder.path()).unwrap_err();
    assert!(matches!(error, ArchiveError::Corrupt { .. }), "{error}");
}

#[test]
fn files_roll_and_every_capture_is_still_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path()).unwrap().rolling_at(1);
    for n in 0..4 {
        new(archive.put(&exchange(&format!("{n}.html"), format!("page {n}").as_bytes())).unwrap());
    }
    let pages = versions(&archive);
    let files: std::collections::BTreeSet<_> = pages.iter().map(|page| page.newest.warc_file.clone()).collect();
    assert_eq!(files.len(), 4);
    for (n, page) in pages.iter().enumerate() {
        assert_eq!(archive.shelf().read(&page.newest).unwrap(), format!("page {n}").as_bytes());
    }
}

#[test]
fn an_error_page_is_kept_once_as_a_sample_and_is_never_an_article() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path()).unwrap();
    for path in ["1.html", "2.html"] {
        let mut wall = exchange(path, b"<script>challenge()</script>");
        wall.status = 412;
        wall.reject = Some(Reject { stage: Stage::Fetch, reason: Reason::Wall });
        assert_eq!(archive.put(&wall).unwrap(), Stored::Sample(Reason::Wall));
    }
    assert!(versions(&archive).is_empty());
    let known = archive.url_state(&source(), &url("2.html")).unwrap().unwrap();
    assert_eq!((known.state, known.attempts, known.status), (UrlStatus::Failed, 1, Some(412)));
    let file = BufReader::new(File::open(only_file(folder.path())).unwrap());
    let kinds: Vec<_> =
        WarcReader::new(file).map(|record| record.unwrap().field("WARC-Type").unwrap().to_owned()).collect();
    assert_eq!(kinds, ["warcinfo", "response", "metadata"]);
}

#[test]
fn the_frontier_remembers_what_a_list_named_and_what_became_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path()).unwrap();
    let target = |path: &str, date: Option<&str>| Target {
        url: url(path),
        title: format!("title of {path}"),
        date: date.map(|date| date.parse().unwrap()),
    };
    let listed = [target("a.html", Some("2025-01-02")), target("b.html", Some("2025-03-04")), target("c.html", None)];
    let found = archive.enqueue(&source(), &listed).unwrap();
    assert_eq!((found.new, found.known), (3, 0));
    let found = archive.enqueue(&source(), &[target("b.html#top", None), target("d.html", None)]).unwrap();
    assert_eq!((found.new, found.known), (1, 1));

    let at = "2026-03-01T00:00:00Z".parse().unwrap();
    let gone = Reject { stage: Stage::Fetch, reason: Reason::Gone };
    archive.fail(&source(), CaptureKind::Article, &url("d.html"), at, gone, "404").unwrap();
    let timeout = Reject { stage: Stage::Fetch, reason: Reason::Timeout };
    archive.fail(&source(), CaptureKind::Article, &url("c.html"), at, timeout, "no answer within 60s").unwrap();
    archive.put(&exchange("a.html", b"a")).unwrap();
    drop(archive);

    let mut archive = Archive::open(folder.path()).unwrap();
    let pending = pending(&archive);
    let paths: Vec<_> = pending.iter().map(|queued| queued.target.url.path()).collect();
    let order = "what never failed first, newest day first, no day last; what is gone unseen may come, what is done is left out";
    assert_eq!(paths, ["/b.html", "/c.html", "/d.html"], "{order}");
    assert_eq!(pending[0].target.date, Some("2025-03-04".parse().unwrap()));
    assert_eq!(pending[1].known.reject, Some(timeout));
    assert_eq!(pending[1].known.detail.as_deref(), Some("no answer within 60s"));
    let mut known = Vec::new();
    archive.each_known(&source(), CaptureKind::Article, |page| known.push(page)).unwrap();
    assert_eq!(known.len(), 4);
    let ids: Vec<_> = known.iter().rev().map(|page| page.id).collect();
    let targets: Vec<_> = known.into_iter().rev().map(|page| page.target).collect();
    assert_eq!(archive.targets(&ids).unwrap(), targets, "each by its place, in the order that was asked for");

    let closed = Reject { stage: Stage::Fetch, reason: Reason::Unreachable };
    archive.not_asked(&source(), &url("b.html"), closed, "the host is left alone").unwrap();
    archive.not_asked(&source(), &url("c.html"), closed, "the host is left alone").unwrap();
    let states = ["b.html", "c.html"].map(|path| archive.url_state(&source(), &url(path)).unwrap().unwrap());
    assert_eq!(
        states.each_ref().map(|known| (known.state, known.attempts)),
        [(UrlStatus::Failed, 0), (UrlStatus::Failed, 1)]
    );
    assert_eq!(states.map(|known| known.checked_at), [None, Some(at)], "who was not asked was not asked");

    archive.not_modified(&source(), &url("a.html"), "2026-03-02T00:00:00Z".parse().unwrap()).unwrap();
    let known = archive.url_state(&source(), &url("a.html")).unwrap().unwrap();
    assert_eq!((known.state, known.etag.as_deref()), (UrlStatus::Done, Some("\"a1\"")));
    assert_eq!(known.checked_at, Some("2026-03-02T00:00:00Z".parse().unwrap()));
    assert_eq!(archive.url_state(&source(), &url("never.html")).unwrap(), None);
}
