//! Damage at any byte of what the program wrote: no other document changes, no run stops, and the exit code is honest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gongwen::archive::{ArchiveError, Stored};
use gongwen::model::{CaptureKind, Exchange, Reason, RunReport};
use serde_json::Value;

use crate::archive::{exchange, pending, url};
use crate::build::{Place, report};
use crate::portal::site::{Column, Desk, Run, report_path};
use crate::portal::{Portal, Reply};
use crate::rebuild::{files, unlocked, write};

/// The lines of the documents by their ids.
fn documents(output: &Path, source: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(output.join("records").join(source).join("documents.jsonl")).unwrap_or_default();
    let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    text.lines().map(|line| (id(line), line.to_owned())).collect()
}

fn is_flagged(line: &str) -> bool {
    line.contains("\"code\":\"unarchived\"")
}

/// A crawled and built column of which one page failed, whose portal is gone now.
fn dead_column() -> (Desk, BTreeMap<PathBuf, Vec<u8>>) {
    let portal = Portal::open();
    let column = Column::new(2, 12);
    column.serve(&portal);
    portal.page(2, &report_path(3), Reply::status(500));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    desk.run(&["run", "--allow-private", "-q"]);
    let before = files(&desk.output());
    assert!(before.keys().any(|path| path.ends_with("failed.jsonl")));
    (desk, before)
}

fn restore(output: &Path, before: &BTreeMap<PathBuf, Vec<u8>>) {
    fs::remove_dir_all(output).unwrap();
    for (path, bytes) in before {
        write(path, bytes);
    }
}

/// What a run must leave whatever was damaged: every document, its text, and a report.
fn judge(desk: &Desk, whole: &BTreeMap<String, String>, run: &Run, why: &str) -> usize {
    let now = documents(&desk.output(), "yunxi");
    assert_eq!(now.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>(), "{why}: {}", run.said());
    let text = |line: &str| serde_json::from_str::<Value>(line).unwrap()["text"].clone();
    for (id, line) in &now {
        assert_eq!(text(line), text(&whole[id]), "{why}: {id}");
    }
    now.iter().filter(|(id, line)| whole[*id] != **line).count()
}

#[test]
fn a_byte_that_is_damaged_anywhere_changes_no_other_document_and_stops_no_run() {
    let (desk, before) = dead_column();
    let whole = documents(&desk.output(), "yunxi");
    assert_eq!(whole.len(), 11);
    let mut random = 7u64;
    for (path, bytes) in &before {
        for mask in [0x01, 0x80, 0xff, 0x20] {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(random >> 33).unwrap() % bytes.len().max(1);
            let why = format!("byte {at} of {} with {mask:#x}", path.display());
            restore(&desk.output(), &before);
            let mut damaged = bytes.clone();
            if let Some(byte) = damaged.get_mut(at) {
                *byte ^= mask;
            }
            write(path, &damaged);
            let run = desk.run(&["run", "--allow-private", "--json"]);
            let is_state = path.ends_with("state.sqlite");
            if is_state && run.exit() == 1 {
                assert!(run.said().contains("gongwen archive rebuild"), "{why}: {}", run.said());
                assert_eq!(desk.run(&["archive", "rebuild"]).exit(), 0, "{why}");
                assert_ne!(desk.run(&["run", "--allow-private", "-q"]).exit(), 1, "{why}");
                assert_eq!(judge(&desk, &whole, &run, &why), 0, "{why}");
                continue;
            }
            // The portal is gone, and one page is not there.
            assert!([3, 4].contains(&run.exit()), "{why}: exit {}, {}", run.exit(), run.said());
            let changed = judge(&desk, &whole, &run, &why);
            assert!(changed <= 1 || is_state, "{why}: {changed} documents changed");
            let reports = fs::read_dir(desk.output().join("runs")).unwrap().count();
            assert!(reports > before.keys().filter(|path| path.parent().unwrap().ends_with("runs")).count(), "{why}");
        }
    }
}

#[test]
fn files_that_are_cut_anywhere_are_made_anew() {
    let (desk, before) = dead_column();
    let whole = documents(&desk.output(), "yunxi");
    let derived = |path: &Path| path.extension().is_some_and(|end| end == "jsonl" || end == "json");
    for (path, bytes) in before.iter().filter(|(path, _)| derived(path)) {
        for end in [0, 1, bytes.len() / 3, bytes.len() / 2, bytes.len().saturating_sub(1)] {
            let why = format!("{} cut at {end}", path.display());
            restore(&desk.output(), &before);
            write(path, &bytes[..end.min(bytes.len())]);
            let run = desk.run(&["run", "--allow-private", "--json"]);
            assert!([3, 4].contains(&run.exit()), "{why}: exit {}, {}", run.exit(), run.said());
            assert_eq!(judge(&desk, &whole, &run, &why), 0, "{why}");
            let records = desk.output().join("records");
            let is_as_before = files(&records).into_iter().all(|(path, bytes)| before.get(&path) == Some(&bytes));
            assert!(is_as_before, "{why}");
            if path.ends_with("documents.jsonl") && end > 0 {
                assert!(run.said().contains("made anew"), "{why}: {}", run.said());
            }
        }
    }
}

/// Two built reports; the bytes of the first are damaged then.
fn one_of_two_damaged() -> Place {
    let place = Place::new();
    let mut archive = unlocked(|| gongwen::archive::Archive::open(&place.output()));
    let Stored::New(first) = archive.put(&exchange("c1/2020.html", &report(2020, "健全工作机制"))).unwrap()
    else {
        panic!("it was not stored")
    };
    archive.put(&exchange("c1/2021.html", &report(2021, "健全工作机制"))).unwrap();
    drop(archive);
    place.build(0);
    let path = place.output().join("archive/qingshi").join(&first.warc_file);
    let mut bytes = fs::read(&path).unwrap();
    bytes[usize::try_from(first.warc_offset + first.warc_length / 2).unwrap()] ^= 0x55;
    write(&path, &bytes);
    place
}

#[test]
fn the_record_of_a_damaged_capture_stays_with_a_warning_until_there_is_a_better_one() {
    let place = one_of_two_damaged();
    let before = documents(&place.output(), "qingshi");
    let built = place.build(3).build.unwrap();
    assert_eq!((built.documents, built.kept, built.removed, built.counts.failed), (2, 1, 0, 1));
    assert_eq!(built.failed[0].reason, Reason::Damaged);
    let kept = documents(&place.output(), "qingshi");
    let changed: Vec<_> = before.keys().filter(|id| before[*id] != kept[*id]).collect();
    assert_eq!(changed.len(), 1);
    assert!(is_flagged(&kept[changed[0]]));
    let unflagged = |line: &str| {
        let mut record: Value = serde_json::from_str(line).unwrap();
        record["warnings"].as_array_mut().unwrap().retain(|warning| warning["code"] != "unarchived");
        record
    };
    assert_eq!(unflagged(&kept[changed[0]]), unflagged(&before[changed[0]]));

    // Built again, also with a state that does not know the capture any more, it is the same.
    place.build(3);
    assert_eq!(documents(&place.output(), "qingshi"), kept);
    assert_eq!(unlocked(|| gongwen::archive::rebuild(&place.output())).damage.len(), 1);
    assert_eq!(place.build(3).build.unwrap().kept, 1);
    assert_eq!(documents(&place.output(), "qingshi"), kept);

    let mut archive = unlocked(|| gongwen::archive::Archive::open(&place.output()));
    archive.put(&exchange("c1/2020.html", &report(2020, "完善工作机制"))).unwrap();
    drop(archive);
    assert_eq!(place.build(0).build.unwrap().kept, 0);
    let now = documents(&place.output(), "qingshi");
    assert!(now.values().all(|line| !is_flagged(line)) && now[changed[0]].contains("完善工作机制"));
}

#[test]
fn an_older_version_does_not_take_the_place_of_a_newer_one_whose_bytes_are_lost() {
    let place = Place::new();
    let mut archive = unlocked(|| gongwen::archive::Archive::open(&place.output()));
    archive.put(&exchange("c1/2020.html", &report(2020, "健全工作机制"))).unwrap();
    let mut newer = exchange("c1/2020.html", &report(2020, "完善工作机制"));
    newer.fetched_at = "2026-04-01T00:00:00Z".parse().unwrap();
    let Stored::Changed(newer) = archive.put(&newer).unwrap() else { panic!("it was not stored") };
    drop(archive);
    place.build(0);
    let path = place.output().join("archive/qingshi").join(&newer.warc_file);
    let whole = fs::read(&path).unwrap();
    write(&path, &whole[..usize::try_from(newer.warc_offset + 9).unwrap()]);
    assert_eq!(place.build(3).build.unwrap().kept, 1);
    let now = documents(&place.output(), "qingshi");
    assert!(now.values().all(|line| line.contains("完善工作机制") && is_flagged(line)), "{now:?}");
    let archive = unlocked(|| gongwen::archive::Archive::open(&place.output()));
    assert_eq!(pending(&archive).iter().map(|page| page.target.url.clone()).collect::<Vec<_>>(), [url("c1/2020.html")]);
}

#[test]
fn a_damaged_capture_without_a_whole_record_is_a_failed_page() {
    let place = one_of_two_damaged();
    let path = place.output().join("records/qingshi/documents.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    // Its own checks do not hold: the text is not that of the revision.
    write(&path, text.replace("健全工作机制", "健全工作机构").as_bytes());
    let built = place.build(3).build.unwrap();
    assert_eq!((built.documents, built.kept, built.counts.failed), (1, 0, 1));
    assert!(documents(&place.output(), "qingshi").values().all(|line| line.contains("健全工作机制")));
}

#[test]
fn one_source_that_cannot_be_built_takes_no_other_and_no_report_along() {
    let portal = Portal::open();
    let desk = Desk::new("");
    for (host, id) in [(2, "yunxi"), (3, "zhuting")] {
        let column = Column::new(host, 12);
        column.serve(&portal);
        desk.source(id, &column.start(&portal), "");
    }
    // Something else stands where the records of the first source belong.
    write(&desk.output().join("records/yunxi"), b"a file");
    for verb in [&["run", "--allow-private", "-q"][..], &["build", "-q"]] {
        let run = desk.run(verb);
        assert_eq!(run.exit(), 1, "{}", run.said());
        assert!(run.said().contains("failed to build `yunxi`"), "{}", run.said());
        assert_eq!(documents(&desk.output(), "zhuting").len(), 12);
    }
    let mut reports: Vec<RunReport> =
        files(&desk.output().join("runs")).into_values().map(|bytes| serde_json::from_slice(&bytes).unwrap()).collect();
    reports.sort_by(|one, other| one.id.cmp(&other.id));
    assert_eq!(reports.len(), 2, "two runs of one second have two reports");
    for report in reports {
        let built = report.build.unwrap();
        assert_eq!((report.exit, built.documents), (1, 12));
        assert!(report.error.unwrap().contains("yunxi"));
        assert!(built.sources[0].is_failed && built.sources[0].detail.is_some());
    }
}

#[test]
fn bytes_that_two_addresses_share_and_that_are_damaged_are_written_again_when_they_come_again() {
    let place = Place::new();
    let form = |name: &str, at: &str| Exchange {
        kind: CaptureKind::Attachment,
        fetched_at: at.parse().unwrap(),
        ..exchange(name, &b"a form that hangs on many pages ".repeat(40))
    };
    let open = || unlocked(|| gongwen::archive::Archive::open(&place.output()));
    let readable = || {
        let (archive, mut readable) = (open(), Vec::new());
        archive
            .files(&"qingshi".parse().unwrap(), |versions| {
                readable.push(archive.shelf().read(&versions.newest).is_ok());
                Ok::<_, ArchiveError>(())
            })
            .unwrap();
        readable
    };
    let mut archive = open();
    let Stored::New(first) = archive.put(&form("a.doc", "2026-03-01T00:00:00Z")).unwrap() else { panic!("not stored") };
    archive.put(&form("b.doc", "2026-03-01T00:00:01Z")).unwrap();
    drop(archive);
    assert_eq!(readable(), [true, true]);

    let path = place.output().join("archive/qingshi").join(&first.warc_file);
    let mut bytes = fs::read(&path).unwrap();
    bytes[usize::try_from(first.warc_offset + first.warc_length / 2).unwrap()] ^= 0x55;
    write(&path, &bytes);
    assert_eq!(readable(), [false, false]);

    // Either of the two brings the bytes back for both.
    let mut archive = open();
    archive.ask_again(&[first]).unwrap();
    archive.put(&form("a.doc", "2026-03-02T00:00:00Z")).unwrap();
    drop(archive);
    assert_eq!(readable(), [true, true]);
    assert_eq!(unlocked(|| gongwen::archive::rebuild(&place.output())).damage.len(), 1);
    assert_eq!(readable(), [true, true]);
}
