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
        let asked = fs::read_to_string(folder.path().join("asked")).unwrap();
        assert!(asked.starts_with("run --quiet --log-file output/logs/"), "{asked}");
        assert!(asked.ends_with(".log --since 2020 "), "{asked}");
    }
    assert_eq!(fs::read_dir(folder.path().join("output/logs")).unwrap().count(), 0, "an empty log is not kept");
}

#[test]
fn a_bad_night_says_what_happened_and_where_to_look_and_names_no_older_run() {
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path().join("output/runs");
    fs::create_dir_all(&runs).unwrap();
    File::create(runs.join("20260301T021500Z.json")).unwrap();
    for (exit, words) in [
        (1, "what was there before is untouched"),
        (2, "configuration"),
        (3, "valid"),
        (4, "yields none"),
        (127, "cannot be run"),
        (130, "stopped"),
    ] {
        program(&folder, "qingshi: blocked", exit);
        let output = cron(&folder).assert().code(exit).get_output().clone();
        let mail = String::from_utf8(output.stdout).unwrap();
        for expected in [words, "qingshi: blocked", "every request of this run: output/logs/"] {
            assert!(mail.contains(expected), "{exit}: {expected} is not in\n{mail}");
        }
        assert!(!mail.contains("20260301"), "an earlier run is not this one:\n{mail}");
    }
}

#[test]
fn a_source_that_is_well_again_is_mailed() {
    let folder = tempfile::tempdir().unwrap();
    program(&folder, "well again: qingshi", 0);
    let output = cron(&folder).assert().code(0).get_output().clone();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "gongwen: all is well\n\nwell again: qingshi\n");
}

#[test]
fn the_program_is_found_where_cargo_puts_it_and_missed_with_a_word() {
    let folder = tempfile::tempdir().unwrap();
    program(&folder, "", 0);
    let path = std::env::var("PATH").unwrap();
    let home = folder.path().join("home");
    fs::create_dir_all(home.join(".cargo/bin")).unwrap();
    let with = |program: &str| {
        let mut command = cron(&folder);
        command.env_remove("GONGWEN").env_remove("CARGO_HOME").env("HOME", &home).env("PATH", &path);
        if !program.is_empty() {
            command.env("GONGWEN", program);
        }
        command
    };
    let missed = with("/nowhere/gongwen").assert().code(127).get_output().clone();
    let mail = String::from_utf8(missed.stdout).unwrap();
    assert!(mail.contains("/nowhere/gongwen") && mail.contains("nothing was fetched"), "{mail}");
    fs::rename(folder.path().join("gongwen"), home.join(".cargo/bin/gongwen")).unwrap();
    with("").assert().code(0).stdout("").stderr("");
    assert!(folder.path().join("asked").exists(), "it ran");
}

#[test]
fn a_folder_that_cannot_be_made_says_which_user_is_needed() {
    let folder = tempfile::tempdir().unwrap();
    program(&folder, "", 0);
    File::create(folder.path().join("output")).unwrap();
    let output = cron(&folder).assert().code(1).get_output().clone();
    let mail = String::from_utf8(output.stdout).unwrap();
    assert!(mail.contains("`output/logs` cannot be made") && mail.contains("as whom this runs"), "{mail}");
}

/// systemd reads the units as it will; where there is none, nothing is tested.
#[test]
fn systemd_finds_no_mistake_in_the_units() {
    if std::process::Command::new("systemd-analyze").arg("--version").output().is_err() {
        crate::skipped("systemd-analyze");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    for unit in ["gongwen.service", "gongwen.timer"] {
        let text = fs::read_to_string(scripts.join(unit)).unwrap();
        let text = text.replace("/usr/local/bin/gongwen", env!("CARGO_BIN_EXE_gongwen"));
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("cat >{unit}")]).current_dir(folder.path()).write_stdin(text);
        shell.assert().success();
    }
    let mut verify = Command::new("systemd-analyze");
    verify.args(["verify", "--man=no", "./gongwen.service", "./gongwen.timer"]).current_dir(folder.path());
    let output = verify.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let ours: Vec<&str> = said.lines().filter(|line| line.contains("gongwen.")).collect();
    assert!(ours.is_empty(), "{said}");
}
