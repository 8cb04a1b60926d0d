//! `archive check` finds damage before a reader does, and what is no record of ours is left alone.

use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, Write as _};

use gongwen::archive::{self, ArchiveError, Lock, Stored, WarcReader};

use crate::archive::{exchange, url};
use crate::rebuild::{damage, files, open, pair, unlocked, versions, write};

#[test]
fn damage_in_the_middle_is_found_and_costs_no_other_capture() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = open(folder.path());
    for n in 0..5 {
        archive.put(&exchange(&format!("{n}.html"), format!("page {n} ").repeat(40).as_bytes())).unwrap();
    }
    drop(archive);
    let (path, whole) = files(&folder.path().join("archive")).into_iter().next().unwrap();
    let place = versions(folder.path())[2].newest.clone();
    let (from, length) = (place.warc_offset, place.warc_length);
    assert_eq!(damage(folder.path()), []);
    for at in [from, from + length / 2, from + length - 1] {
        let mut bytes = whole.clone();
        bytes[usize::try_from(at).unwrap()] ^= 0x55;
        write(&path, &bytes);
        let found = damage(folder.path());
        assert_eq!((found[0].offset, found[0].bytes), (Some(from), Some(length)), "{found:?}");
        let copy = pair(folder.path(), folder.path());
        let rebuilt = unlocked(|| archive::rebuild(copy.path()));
        assert_eq!((rebuilt.captures, rebuilt.damage.len()), (4, 1));
        assert_eq!(versions(copy.path()).len(), 4);
        assert_eq!(open(copy.path()).repairs(), []);
    }
}

#[test]
fn check_tells_files_that_are_away_or_unknown_and_a_state_that_says_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = open(folder.path()).rolling_at(1);
    for n in 0..3 {
        archive.put(&exchange(&format!("{n}.html"), b"page")).unwrap();
    }
    let whys = || {
        let damage = damage(folder.path());
        damage.into_iter().map(|damage| damage.why).collect::<Vec<_>>()
    };
    assert!(matches!(archive::check(folder.path()), Err(ArchiveError::Locked { .. })));
    drop(archive);
    assert_eq!(whys(), [""; 0]);
    let first = files(&folder.path().join("archive")).into_keys().next().unwrap();
    let aside = first.with_file_name("qingshi-20260301-00009.warc.gz");
    fs::rename(&first, &aside).unwrap();
    let said = whys();
    assert!(said.iter().any(|why| why.contains("does not know this file")), "{said:?}");
    assert!(said.iter().any(|why| why.contains("is not there")), "{said:?}");
    fs::rename(&aside, &first).unwrap();

    let state = folder.path().join("state.sqlite");
    let whole = fs::read(&state).unwrap();
    let needle = b"http://www.qingshi.test/1.html";
    let mut bytes = whole.clone();
    for at in (0..bytes.len() - needle.len()).filter(|at| &whole[*at..at + needle.len()] == needle) {
        bytes[at + 24] = b'7';
    }
    write(&state, &bytes);
    assert!(whys().iter().any(|why| why.contains("is filed under")), "{:?}", whys());
    write(&state, b"");
    assert!(whys()[0].contains("gongwen archive rebuild"), "{:?}", whys());
    write(&state, &[b'x'; 4096]);
    assert!(whys()[0].contains("gongwen archive rebuild"), "{:?}", whys());
}

#[test]
fn an_address_of_any_length_that_was_ever_stored_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = open(folder.path());
    for length in [8 << 10, 65_000, 65_300, 65_400, 65_534] {
        let mut long = exchange("x", format!("{length}").as_bytes());
        let rest = length - long.url.as_str().len();
        long.url = url(&format!("a{}", "x".repeat(rest)));
        long.final_url = url(&format!("b{}", "x".repeat(rest)));
        let Stored::New(capture) = archive.put(&long).unwrap() else { panic!("{length} was not stored") };
        assert_eq!(archive.shelf().read(&capture).unwrap(), long.body, "{length}");
    }
    drop(archive);
    assert_eq!(damage(folder.path()), []);
    unlocked(|| archive::rebuild(folder.path()));
    assert_eq!(versions(folder.path()).len(), 5);
}

#[cfg(unix)]
#[test]
fn the_lock_is_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.txt");
    write(&other, b"something else");
    std::os::unix::fs::symlink(&other, folder.path().join(".lock")).unwrap();
    let error = Lock::take(folder.path()).unwrap_err();
    assert!(matches!(error, ArchiveError::NoFile { .. }), "{error}");
    assert_eq!(fs::read(&other).unwrap(), b"something else");
    fs::remove_file(folder.path().join(".lock")).unwrap();
    // A file of the same folder that cannot be written through either.
    fs::create_dir(folder.path().join(".lock")).unwrap();
    assert!(matches!(Lock::take(folder.path()).unwrap_err(), ArchiveError::NoFile { .. }));
}

#[test]
fn bytes_that_are_no_record_of_ours_are_left_where_they_are() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).put(&exchange("1.html", b"one")).unwrap();
    let (path, whole) = files(&folder.path().join("archive")).into_iter().next().unwrap();
    OpenOptions::new().append(true).open(&path).unwrap().write_all(b"a note that somebody put here").unwrap();
    let mut archive = open(folder.path());
    let Stored::New(second) = archive.put(&exchange("2.html", b"two")).unwrap() else { panic!("not stored") };
    assert_eq!(archive.shelf().read(&second).unwrap(), b"two");
    let bytes = fs::read(&path).unwrap();
    assert!(bytes.starts_with(&whole) && bytes[whole.len()..].starts_with(b"a note that somebody put here"));
    assert!(WarcReader::new(BufReader::new(File::open(&path).unwrap())).any(|record| record.is_err()));
}
