//! `scripts/cron.sh`: it prints only when somebody should look, and passes the exit code on.

#![cfg(unix)]

use std::fs::{self, File};
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// A program that says and ends as it is told; cron.sh does not know the difference.
///
/// A shell writes it: a file that this process has open for writing may be "busy" for a child of another test.
fn program(folder: &TempDir, says: &str, exit: i32) {
    let text = format!("#!/bin/sh\nprintf '%s' '{says}'\nprintf '%s ' \"$@\" >asked\nexit {exit}\n");
    let mut shell = Command::new("sh");
    shell.args(["-c", "cat >gongwen && chmod +x gongwen"]).current_dir(folder.path()).write_stdin(text);
    shell.assert().success();
}

fn cron(folder: &TempDir) -> Command {
    let mut command = Command::new("sh");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/cron.sh")).args(["--since", "2020"]);
    command.current_dir(folder.path()).env("GONGWEN", "./gongwen");
    command
}

#[test]
fn a_good_night_is_silent() {
    let folder = tempfile::tempdir().unwrap();
    for exit in [0, 75] {
        program(&folder, "", exit);
        cron(&folder).assert().code(exit).stdout("").stderr("");
        assert_eq!(fs::read_to_string(folder.path().join("asked")).unwrap(), "run --quiet --since 2020 ");
    }
    assert_eq!(fs::read_dir(folder.path().join("output/logs")).unwrap().count(), 0, "an empty log is not kept");
}

#[test]
fn a_bad_night_says_what_happened_and_where_to_look() {
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path().join("output/runs");
    fs::create_dir_all(&runs).unwrap();
    for name in ["20260301T021500Z.json", "20260302T021500Z.json"] {
        File::create(runs.join(name)).unwrap();
    }
    for (exit, words) in [(1, "not usable"), (2, "configuration"), (3, "valid"), (4, "yields none"), (130, "stopped")] {
        program(&folder, "qingshi: blocked", exit);
        let output = cron(&folder).assert().code(exit).get_output().clone();
        let mail = String::from_utf8(output.stdout).unwrap();
        for expected in [words, "qingshi: blocked", "output/runs/20260302T021500Z.json", "output/logs/"] {
            assert!(mail.contains(expected), "{exit}: {expected} is not in\n{mail}");
        }
    }
}
