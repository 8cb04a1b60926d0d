//! A full disk, a folder that may not be written, damaged bytes, a database that is held: a clear word, the right exit
//! code, and when it is put right nothing is lost and nothing is there twice.

use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output};

use rusqlite::Connection;

use crate::kill::every_report_is_archived_once;
use crate::portal::site::{Column, Desk, list_path, report, report_path};
use crate::portal::{Portal, Reply};

const REPORTS: usize = 40;

fn column_and_desk() -> (Portal, Column, Desk) {
    let portal = Portal::open();
    let column = Column::new(2, REPORTS);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    (portal, column, desk)
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs the program where no file may grow beyond so many KiB, as on a disk that is full.
fn with_little_space(desk: &Desk, kib: usize, arguments: &[&str]) -> Output {
    let program = desk.command(arguments);
    // Units of 512 bytes, as POSIX has it; the signal that comes with the error is ignored by the program as well.
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", kib * 2);
    Command::new("sh").arg("-c").arg(script).arg(program.get_program()).args(program.get_args()).output().unwrap()
}

/// Text that cannot be packed to less than half.
fn noise(seed: usize, length: usize) -> String {
    let mut state = seed as u64 + 1;
    let mut digit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_digit(u32::try_from(state >> 60).unwrap(), 16).unwrap()
    };
    (0..length).map(|_| digit()).collect()
}

#[test]
fn a_disk_that_is_full_for_pages_ends_the_run_and_loses_nothing() {
    let portal = Portal::open();
    let column = Column::new(2, 30);
    column.serve(&portal);
    let page = |n: usize| report(2, n, &noise(n, 300_000));
    for n in 0..30 {
        portal.page(2, &report_path(n), Reply::html(&page(n)));
    }
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "");
    for _ in 0..2 {
        let full = with_little_space(&desk, 1024, &["crawl", "--allow-private"]);
        assert_eq!(full.status.code(), Some(1), "{}", said(&full));
        assert!(said(&full).contains("no space left for `"), "{}", said(&full));
        assert!(said(&full).contains("all that was archived is safe"), "{}", said(&full));
    }
    let kept = desk.archived("yunxi").len();
    assert!((1..30).contains(&kept), "{kept} reports fit");
    portal.forget();
    let run = desk.crawl(&[]);
    assert_eq!(run.exit(), 0, "{}", run.said());
    assert_eq!(run.counts(), [30, (30 - kept) as u64, 0, kept as u64, 0, 0]);
    let asked = (0..30).map(|n| portal.answers(2, &report_path(n)).len()).sum::<usize>();
    assert_eq!(asked, 30 - kept, "what was archived is not asked for again");
    let archived = desk.archived("yunxi");
    for n in 0..30 {
        assert!(archived.contains(&(report_path(n), page(n))), "report {n}");
        assert_eq!(desk.versions("yunxi", &report_path(n)), 1, "report {n}");
    }
}

#[test]
fn a_disk_that_is_full_for_the_state_ends_the_run_and_loses_nothing() {
    let (_portal, _column, desk) = column_and_desk();
    // The log of the database is full before any WARC file is, at the beginning and later.
    for kib in [24, 64, 128, 192] {
        let full = with_little_space(&desk, kib, &["crawl", "--allow-private"]);
        assert_eq!(full.status.code(), Some(1), "{kib} KiB: {}", said(&full));
        assert!(said(&full).contains("state.sqlite"), "{kib} KiB: {}", said(&full));
        let told = ["no space left", "see whether it is full"].iter().any(|words| said(&full).contains(words));
        assert!(told, "{kib} KiB: {}", said(&full));
    }
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()[0]), (0, REPORTS as u64), "{}", run.said());
    every_report_is_archived_once(&desk, REPORTS, "after a full disk");
}

#[test]
fn a_disk_that_is_full_for_records_leaves_the_old_ones() {
    let (portal, mut column, desk) = column_and_desk();
    assert_eq!(desk.run(&["run", "--allow-private", "--quiet"]).exit(), 0);
    let records = desk.output().join("records/yunxi");
    let text = |name: &str| std::fs::read_to_string(records.join(name)).unwrap();
    let before = (text("documents.jsonl"), text("sections.jsonl"));
    column.reports.extend(REPORTS..REPORTS + 5);
    column.serve(&portal);
    assert_eq!(desk.crawl(&[]).counts()[1], 5);
    let full = with_little_space(&desk, before.0.len() / 2 / 1024, &["build"]);
    assert_eq!(full.status.code(), Some(1), "{}", said(&full));
    assert!(said(&full).contains("what was there before is untouched"), "{}", said(&full));
    assert_eq!((text("documents.jsonl"), text("sections.jsonl")), before);
    assert_eq!(desk.run(&["build"]).exit(), 0);
    assert_eq!(text("documents.jsonl").lines().count(), REPORTS + 5);
}

/// Sets the permissions of a folder and of everything in it.
fn permit(path: &Path, folders: u32, files: u32) {
    let mode = if path.is_dir() { folders } else { files };
    if path.is_dir() {
        // Whoever may not look into a folder cannot change what is in it.
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
        for entry in std::fs::read_dir(path).unwrap() {
            permit(&entry.unwrap().path(), folders, files);
        }
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs the program as somebody to whom permissions apply: root may do everything, so there it is run as another user.
/// `None` where that cannot be.
fn as_anybody(desk: &Desk, arguments: &[&str]) -> Option<Output> {
    const NOBODY: u32 = 65_534;
    let parent = desk.output().parent().unwrap().to_owned();
    let probe = parent.join("probe");
    permit(&parent, 0o555, 0o444);
    let is_root = std::fs::File::create(&probe).is_ok();
    if is_root {
        std::fs::remove_file(&probe).unwrap();
    }
    let mut command = desk.command(arguments);
    if is_root {
        command.uid(NOBODY).gid(NOBODY).current_dir("/");
    }
    let output = command.output();
    permit(&parent, 0o755, 0o644);
    match output {
        Err(error) if is_root && error.kind() == std::io::ErrorKind::PermissionDenied => {
            crate::skipped("a program that other users may run");
            None
        }
        output => Some(output.unwrap()),
    }
}

#[test]
fn an_output_that_may_not_be_written_is_told_before_anything_is_asked() {
    let (portal, _column, desk) = column_and_desk();
    let crawl = ["crawl", "--allow-private"];
    let Some(fresh) = as_anybody(&desk, &crawl) else { return };
    assert_eq!(fresh.status.code(), Some(1), "{}", said(&fresh));
    assert!(said(&fresh).contains("output` may not be written: check its owner"), "{}", said(&fresh));
    assert_eq!(portal.log().len(), 0, "nobody is asked for what cannot be kept");
    assert!(!desk.output().exists());

    assert_eq!(desk.run(&["run", "--allow-private", "--quiet"]).exit(), 0);
    portal.forget();
    for verb in [&crawl[..], &["run", "--allow-private"], &["build"]] {
        let closed = as_anybody(&desk, verb).unwrap();
        assert_eq!(closed.status.code(), Some(1), "{verb:?}: {}", said(&closed));
        assert!(said(&closed).contains("may not be written: check its owner"), "{verb:?}: {}", said(&closed));
    }
    assert_eq!(portal.log().len(), 0);
    let status = as_anybody(&desk, &["status"]).unwrap();
    assert_eq!(status.status.code(), Some(0), "reading needs no writing: {}", said(&status));
    every_report_is_archived_once(&desk, REPORTS, "in a folder that may not be written");
    assert_eq!(desk.crawl(&[]).counts()[1], 0, "and when it may, there is nothing to repeat");
}

/// The WARC file of the only source.
fn warc(desk: &Desk) -> std::path::PathBuf {
    let mut files = std::fs::read_dir(desk.output().join("archive/yunxi")).unwrap();
    files.next().unwrap().unwrap().path()
}

#[expect(clippy::disallowed_methods, reason = "to break a file is what this is for")]
fn change(path: &Path, change: impl Fn(&mut Vec<u8>)) {
    let mut bytes = std::fs::read(path).unwrap();
    change(&mut bytes);
    std::fs::write(path, bytes).unwrap();
}

/// What happens to the bytes of a file.
type Damage = fn(&mut Vec<u8>);

#[test]
fn a_last_member_that_is_damaged_is_fetched_again() {
    let damages: [(&str, Damage); 4] = [
        ("a byte is another", |bytes| {
            let place = bytes.len() - 60;
            bytes[place] ^= 0x55;
        }),
        ("its end is cut off", |bytes| bytes.truncate(bytes.len() - 60)),
        ("its end is zeros, as after a power cut", |bytes| {
            let length = bytes.len();
            bytes[length - 200..].fill(0);
        }),
        ("it is gone", |bytes| bytes.clear()),
    ];
    for (damage, break_it) in damages {
        let (portal, _column, desk) = column_and_desk();
        assert_eq!(desk.crawl(&[]).exit(), 0);
        change(&warc(&desk), break_it);
        portal.forget();
        let run = desk.crawl(&[]);
        assert_eq!(run.exit(), 0, "{damage}: {}", run.said());
        assert!(run.said().contains("will be fetched again"), "{damage}: {}", run.said());
        assert!(run.counts()[1] >= 1, "{damage}: {:?}", run.counts());
        let again = (0..REPORTS).filter(|&n| !portal.answers(2, &report_path(n)).is_empty()).count();
        assert_eq!(again as u64, run.counts()[1], "{damage}: only what was lost is fetched");
        every_report_is_archived_once(&desk, REPORTS, damage);
        let quiet = desk.crawl(&["--quiet"]);
        assert_eq!((quiet.exit(), quiet.counts()[1], quiet.said()), (0, 0, String::new()), "{damage}");
        assert_eq!(desk.run(&["build"]).exit(), 0, "{damage}");
    }
}

#[test]
fn a_database_that_another_program_holds_is_waited_for_and_then_told() {
    let (portal, _column, desk) = column_and_desk();
    assert_eq!(desk.crawl(&["--limit", "5"]).exit(), 0);
    let other = Connection::open(desk.output().join("state.sqlite")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let held = desk.crawl(&[]);
    assert_eq!(held.exit(), 1, "{}", held.said());
    assert!(held.said().contains("`state.sqlite` is held by another program: close it"), "{}", held.said());
    assert_eq!(desk.run(&["status"]).exit(), 0, "readers are not kept out");
    other.execute_batch("ROLLBACK").unwrap();

    // In the middle of a run: somebody takes it while a report is on its way.
    let last = report_path(0);
    portal.page(2, &last, Reply::html(&report(2, 0, "")).held());
    let crawl = desk.command(&["crawl", "--allow-private"]).stderr(std::process::Stdio::piped()).spawn().unwrap();
    portal.wait_for(|log| log.iter().any(|asked| asked.path == last));
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    portal.let_go();
    let held = crawl.wait_with_output().unwrap();
    assert_eq!(held.status.code(), Some(1), "{}", said(&held));
    assert!(said(&held).contains("is held by another program"), "{}", said(&held));
    other.execute_batch("ROLLBACK").unwrap();
    let rest = desk.crawl(&[]);
    assert_eq!(rest.exit(), 0, "{}", rest.said());
    every_report_is_archived_once(&desk, REPORTS, "after the database was held");
    assert!(portal.answers(2, &list_path(0)).len() >= 3);
}
