//! Archive and state of two different moments: nothing intact is cut, and the state can be made anew from the WARC files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gongwen::archive::{self, Archive, ArchiveError, MAX_BATCH, Repair, Stored, Versions, WarcReader, WarcRecord};
use gongwen::model::{CaptureKind, Exchange, Reason, Redirect, Reject, Stage, Target};

use crate::archive::{exchange, source, url};
use crate::portal::site::{Column, Desk, report, report_path};
use crate::portal::{Portal, Reply};

/// Answers of every sort: pages, a new version, a list page, a redirect, a wall.
fn answers() -> Vec<Exchange> {
    let mut list = exchange("list.html", b"<ul></ul>");
    list.kind = CaptureKind::List;
    let mut moved = exchange("old.html", b"<p>moved</p>");
    moved.final_url = url("new.html");
    moved.redirects = vec![Redirect { url: url("old.html"), status: 301 }];
    let mut wall = exchange("wall.html", b"<script>challenge()</script>");
    wall.reject = Some(Reject { stage: Stage::Fetch, reason: Reason::Wall });
    // The same form on two pages: its bytes are written once.
    let forms = ["a.doc", "b.doc"].map(|name| Exchange { kind: CaptureKind::Attachment, ..exchange(name, b"a form") });
    let mut pages = vec![list, moved, wall, exchange("1.html", b"one"), exchange("1.html", b"two")];
    pages.extend(forms);
    // More than a killed run can leave behind.
    pages.extend((0..MAX_BATCH + 6).map(|n| exchange(&format!("more/{n}.html"), format!("page {n}").as_bytes())));
    pages
}

/// The output folder as it was at several moments; between the last two a new WARC file was begun.
fn moments() -> Vec<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let answers = answers();
    let listed =
        Target { url: url("1.html"), title: "关于\u{3000}报告".to_owned(), date: "2026-02-03".parse().ok() };
    let mut moments = Vec::new();
    let mut from = 0;
    for (until, roll_at) in [(0, 1 << 30), (2, 1 << 30), (5, 1 << 30), (answers.len() - 1, 1 << 30), (answers.len(), 1)]
    {
        let mut archive = open(folder.path()).rolling_at(roll_at);
        archive.enqueue(&source(), std::slice::from_ref(&listed)).unwrap();
        for batch in answers[from..until].chunks(MAX_BATCH) {
            archive.put_batch(batch).unwrap();
        }
        drop(archive);
        from = until;
        let copy = tempfile::tempdir().unwrap();
        for (path, bytes) in files(folder.path()) {
            write(&copy.path().join(path.strip_prefix(folder.path()).unwrap()), &bytes);
        }
        moments.push(copy);
    }
    moments
}

#[expect(clippy::disallowed_methods, reason = "nobody reads the file while it is written")]
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { [(path.clone(), fs::read(path).unwrap())].into() })
        .collect()
}

/// The archive of one moment and the state of another.
pub(crate) fn pair(archive: &Path, state: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files(&archive.join("archive")) {
        write(&folder.path().join(path.strip_prefix(archive).unwrap()), &bytes);
    }
    if let Ok(bytes) = fs::read(state.join("state.sqlite")) {
        write(&folder.path().join("state.sqlite"), &bytes);
    }
    folder
}

pub(crate) fn versions(output: &Path) -> Vec<Versions> {
    let archive = Archive::open_read_only(output).unwrap();
    let mut all = Vec::new();
    archive
        .articles(&source(), |page| {
            archive.shelf().read(&page.newest)?;
            all.push(page);
            Ok::<_, ArchiveError>(())
        })
        .unwrap();
    all
}

/// Does what needs the lock. A program that another test is starting holds all that is open here for a moment.
pub(crate) fn unlocked<T>(mut attempt: impl FnMut() -> Result<T, ArchiveError>) -> T {
    loop {
        match attempt() {
            Err(ArchiveError::Locked { .. }) => std::thread::yield_now(),
            other => return other.unwrap(),
        }
    }
}

pub(crate) fn open(output: &Path) -> Archive {
    unlocked(|| Archive::open(output))
}

/// What `archive check` finds.
pub(crate) fn damage(output: &Path) -> Vec<archive::Damage> {
    unlocked(|| archive::check(output)).damage
}

/// Whether every byte that was there is still there.
fn nothing_is_cut(before: &BTreeMap<PathBuf, Vec<u8>>, after: &BTreeMap<PathBuf, Vec<u8>>, why: &str) {
    for (path, bytes) in before {
        assert!(after.get(path).is_some_and(|now| now.starts_with(bytes)), "{why}: {}", path.display());
    }
}

#[test]
fn no_pair_of_archive_and_state_loses_anything_intact() {
    let moments = moments();
    for (a, archive) in moments.iter().enumerate() {
        for (s, state) in moments.iter().enumerate() {
            let why = format!("archive of moment {a}, state of moment {s}");
            let folder = pair(archive.path(), state.path());
            let before = files(&folder.path().join("archive"));
            match Archive::open(folder.path()) {
                // What is behind the state is taken in; what the state knows and is not there is asked for again.
                Ok(mut archive) => {
                    let stored = archive.put(&exchange("1.html", b"three")).unwrap();
                    assert!(matches!(stored, Stored::Changed(_) | Stored::New(_)), "{why}: {stored:?}");
                }
                Err(ArchiveError::Away { .. } | ArchiveError::Older { .. } | ArchiveError::Orphaned { .. }) => {
                    assert_ne!(a, s, "{why}");
                    let after = files(&folder.path().join("archive"));
                    assert!(after == before, "{why}: it stopped, so nothing changes");
                }
                Err(error) => panic!("{why}: {error}"),
            }
            nothing_is_cut(&before, &files(&folder.path().join("archive")), &why);

            let folder = pair(archive.path(), state.path());
            let before = files(&folder.path().join("archive"));
            if before.is_empty() {
                assert!(matches!(archive::rebuild(folder.path()), Err(ArchiveError::Missing { .. })), "{why}");
                continue;
            }
            let old = fs::read(folder.path().join("state.sqlite")).unwrap();
            let rebuilt = unlocked(|| archive::rebuild(folder.path()));
            assert_eq!(rebuilt.damage, [], "{why}");
            assert!(fs::read(rebuilt.aside.unwrap()).unwrap() == old, "{why}: the old state is kept");
            assert!(files(&folder.path().join("archive")) == before, "{why}");
            assert_eq!(versions(folder.path()), versions(archive.path()), "{why}");
            assert_eq!(damage(folder.path()), [], "{why}");
            assert_eq!(open(folder.path()).repairs(), [], "{why}");
        }
    }
}

#[test]
fn a_state_far_behind_the_archive_stops_and_one_batch_behind_goes_on() {
    let moments = moments();
    let far = pair(moments[3].path(), moments[2].path());
    let error = Archive::open(far.path()).unwrap_err();
    assert!(
        matches!(error, ArchiveError::Older { .. }) && error.to_string().contains("gongwen archive rebuild"),
        "{error}"
    );
    let unknown_file = pair(moments[4].path(), moments[3].path());
    let error = Archive::open(unknown_file.path()).unwrap_err();
    assert!(matches!(error, ArchiveError::Older { .. }), "{error}");

    let near = pair(moments[2].path(), moments[1].path());
    let archive = open(near.path());
    assert!(matches!(archive.repairs(), [Repair::Taken { captures: 3, .. }]), "{:?}", archive.repairs());
    drop(archive);
    assert_eq!(versions(near.path()), versions(moments[2].path()));
}

#[test]
fn a_run_killed_at_any_byte_of_a_batch_keeps_its_whole_records_and_stores_none_twice() {
    let moments = moments();
    let whole = files(&moments[2].path().join("archive"));
    let (path, whole) = whole.iter().next().unwrap();
    let known = files(&moments[1].path().join("archive")).values().next().unwrap().len();
    let name = path.strip_prefix(moments[2].path()).unwrap();
    for end in (known..=whole.len()).step_by(13).chain([whole.len()]) {
        let folder = pair(moments[1].path(), moments[1].path());
        write(&folder.path().join(name), &whole[..end]);
        let mut archive = open(folder.path());
        for answer in &answers()[..5] {
            archive.put(answer).unwrap();
        }
        drop(archive);
        let bytes = fs::read(folder.path().join(name)).unwrap();
        let records: Vec<_> = WarcReader::new(&bytes[..]).map(|record| record.unwrap()).collect();
        let mut captures: Vec<_> = records
            .iter()
            .filter(|record| record.field("WARC-Type") == Some("response"))
            .map(WarcRecord::body)
            .collect();
        captures.sort_unstable();
        captures.dedup();
        assert_eq!(captures.len(), 5, "killed at {end}");
        let pages = versions(folder.path());
        assert_eq!(pages.len(), 2, "killed at {end}: the wall is none, nor is the list");
        assert_eq!(damage(folder.path()), [], "killed at {end}");
    }
}

#[test]
fn an_archive_that_is_away_stops_every_verb_that_writes() {
    let portal = Portal::open();
    let column = Column::new(2, 12);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    assert_eq!(desk.run(&["run", "--allow-private", "-q"]).exit(), 0);
    let records = files(&desk.output().join("records"));
    let state = || fs::read(desk.output().join("state.sqlite")).unwrap();
    let (before, away) = (state(), desk.output().join("away"));
    for part in ["archive", "archive/yunxi"] {
        fs::rename(desk.output().join(part), &away).unwrap();
        for verb in [&["run", "--allow-private"][..], &["crawl", "--allow-private"], &["build"]] {
            let run = desk.run(verb);
            assert_eq!(run.exit(), 1, "{part}, {verb:?}: {}", run.said());
            assert!(run.said().contains("mount its disk"), "{}", run.said());
        }
        fs::rename(&away, desk.output().join(part)).unwrap();
    }
    assert!((state(), files(&desk.output().join("records"))) == (before, records));
    assert_eq!(desk.crawl(&[]).counts()[1..3], [0, 0], "all is known as before");
}

#[test]
fn an_empty_state_beside_warc_files_is_none() {
    for bytes in [&b""[..], &empty_database()] {
        let folder = tempfile::tempdir().unwrap();
        open(folder.path()).put(&exchange("1.html", b"one")).unwrap();
        let before = files(&folder.path().join("archive"));
        write(&folder.path().join("state.sqlite"), bytes);
        let error = Archive::open(folder.path()).unwrap_err();
        assert!(matches!(error, ArchiveError::Orphaned { .. }), "{error}");
        assert_eq!(files(&folder.path().join("archive")), before);
        unlocked(|| archive::rebuild(folder.path()));
        assert_eq!(versions(folder.path()).len(), 1);
    }
}

/// A database without tables.
fn empty_database() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let mut bytes = fs::read(folder.path().join("state.sqlite")).unwrap();
    // The number of our schema in the head of the file (SQLite file format 1.3.12).
    bytes[60..64].fill(0);
    bytes
}

#[test]
fn a_rebuilt_state_gives_the_same_records_and_fetches_nothing_again() {
    let portal = Portal::open();
    let column = Column::new(2, 40);
    column.serve(&portal);
    portal.page(2, &report_path(7), Reply::redirect("/moved/t20150108_1.html"));
    portal.page(2, "/moved/t20150108_1.html", Reply::html(&report(2, 7, "")));
    portal.page(2, &report_path(8), Reply::status(404));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    desk.run(&["run", "--allow-private", "-q"]);
    // Some pages change, so that there are older versions.
    for n in [3, 20] {
        portal.page(2, &report_path(n), Reply::html(&report(2, n, "补充说明。")));
    }
    desk.run(&["run", "--allow-private", "--full", "-q"]);
    let records = files(&desk.output().join("records"));
    assert!(String::from_utf8_lossy(&records[&desk.output().join("records/yunxi/documents.jsonl")]).contains("补充"));

    fs::remove_file(desk.output().join("state.sqlite")).unwrap();
    let refused = desk.run(&["build"]);
    assert_eq!(refused.exit(), 1);
    assert!(refused.said().contains("gongwen archive rebuild"), "{}", refused.said());
    let rebuilt = desk.run(&["archive", "rebuild"]);
    assert_eq!(rebuilt.exit(), 0, "{}", rebuilt.said());
    assert_eq!(desk.run(&["archive", "check"]).exit(), 0);

    fs::remove_dir_all(desk.output().join("records")).unwrap();
    assert_eq!(desk.run(&["build", "-q"]).exit(), 0);
    assert!(files(&desk.output().join("records")) == records, "the same bytes");
    portal.forget();
    let next = desk.crawl(&[]);
    assert_eq!(next.counts()[1..3], [0, 0], "{}", next.said());
    let fetched: Vec<_> =
        portal.log().into_iter().filter(|asked| asked.status == 200).map(|asked| asked.path).collect();
    assert_eq!(fetched, [""; 0], "lists are answered with 304, and no page is asked for");
}
