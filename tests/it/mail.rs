//! What an operator is told in the morning: the mail of a quiet run, the command that is notified, figures, and the log.

use serde_json::Value;

use crate::portal::site::{Column, Desk, list_path, report_path};
use crate::portal::{Portal, Reply};

/// The program as cron runs it, at night.
fn quiet(desk: &Desk, flags: &[&str]) -> (i32, String) {
    let arguments: Vec<&str> = ["run", "--quiet", "--allow-private"].iter().chain(flags).copied().collect();
    let run = desk.run(&arguments);
    assert_eq!(run.printed(), "", "a mail is talk");
    (run.exit(), run.said())
}

#[test]
fn the_mail_names_status_address_file_and_the_command_and_recovery_is_told_once() {
    let portal = Portal::open();
    let (good, ill) = (Column::new(2, 6), Column::new(3, 6));
    good.serve(&portal);
    ill.serve(&portal);
    let desk = Desk::new("");
    desk.source("gudu", &good.start(&portal), "");
    desk.source("yunxi", &ill.start(&portal), "");
    portal.page(3, &report_path(2), Reply::status(500));
    let (exit, mail) = quiet(&desk, &[]);
    assert_eq!(exit, 3, "{mail}");
    for part in [
        "1 of 2 sources are not well: partial 1",
        "yunxi: partial: 1 page could not be had; ",
        "failed: http_status 1",
        &report_path(2),
        "the answer is 500",
        "output/failed.jsonl`; ask for them again: `gongwen crawl --retry-failed ",
        "the run in figures: `",
    ] {
        assert!(mail.contains(part), "{part} is not in\n{mail}");
    }
    assert!(!mail.contains("gudu"), "who is well is no news\n{mail}");

    portal.page(3, &list_path(0), Reply::status(404));
    let (exit, mail) = quiet(&desk, &[]);
    assert!(
        [3, 4].contains(&exit) && mail.contains("ask these sources again: `gongwen crawl --source yunxi"),
        "{mail}"
    );

    ill.serve(&portal);
    let well = quiet(&desk, &[]);
    assert_eq!(well, (0, "well again: yunxi\n".to_owned()));
    assert_eq!(quiet(&desk, &[]), (0, String::new()), "it is told once");
}

#[test]
fn many_sources_with_one_cause_are_one_line_and_the_network_is_doubted() {
    let portal = Portal::open();
    let desk = Desk::new("");
    for host in 10..50 {
        let column = Column::new(host, 3);
        portal.page(host, "/robots.txt", Reply::status(503));
        desk.source(&format!("s{host}"), &column.start(&portal), "");
    }
    let (exit, mail) = quiet(&desk, &[]);
    assert_eq!(exit, 3, "{mail}");
    assert!(mail.contains("40 of 40 sources are not well: unreachable 40"), "{mail}");
    assert!(mail.contains("all 40 sources are unreachable: is the network of this machine up?"), "{mail}");
    assert!(mail.lines().count() < 8, "{mail}");
}

#[cfg(unix)]
#[test]
fn a_command_is_told_when_something_failed_or_is_well_again_and_figures_are_written() {
    let portal = Portal::open();
    let column = Column::new(2, 4);
    column.serve(&portal);
    let desk = Desk::new("[notify]\ncommand = [\"sh\", \"-c\", \"cat > told.json; echo not data\"]\n");
    desk.source("yunxi", &column.start(&portal), "");
    let told = desk.output().with_file_name("told.json");
    let metrics = desk.output().with_file_name("metrics/gongwen.prom");
    let night = || {
        let mut command = desk.command(&["run", "--quiet", "--allow-private"]);
        let output = command.arg("--metrics").arg(&metrics).current_dir(told.parent().unwrap()).output().unwrap();
        assert!(output.stdout.is_empty(), "{output:?}");
        output.status.code().unwrap()
    };
    let notice = || -> Value { serde_json::from_slice(&std::fs::read(&told).unwrap()).unwrap() };
    let measured = |line: &str| std::fs::read_to_string(&metrics).unwrap().lines().any(|found| found == line);

    assert_eq!(night(), 0);
    assert!(!told.exists(), "all is well");
    assert!(measured("gongwen_run_exit_code{verb=\"run\"} 0") && measured("gongwen_documents 4"));

    portal.page(2, &list_path(0), Reply::status(404));
    let exit = night();
    assert!(exit > 0);
    let notice_of_failure = notice();
    assert_eq!((&notice_of_failure["schema"], &notice_of_failure["exit"]), (&"notice/1".into(), &exit.into()));
    assert_eq!(notice_of_failure["causes"][0]["sources"], serde_json::json!(["yunxi"]));
    assert!(notice_of_failure["text"].as_str().unwrap().contains("yunxi: "), "{notice_of_failure}");
    assert!(measured("gongwen_source_healthy{source=\"yunxi\"} 0"));

    column.serve(&portal);
    assert_eq!(night(), 0);
    assert_eq!(notice()["recovered"], serde_json::json!(["yunxi"]));
}

#[test]
fn the_log_has_a_line_a_request_and_more_if_it_is_asked_for() {
    let portal = Portal::open();
    let column = Column::new(2, 4);
    column.serve(&portal);
    portal.page(2, &report_path(1), Reply::status(500));
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "[polite]\ninterval = \"2ms\"\n");
    let log = desk.output().with_file_name("logs/night.log");
    let log_flag = log.to_str().unwrap().to_owned();
    let (_, said) = quiet(&desk, &["--log-format", "json", "--log-file", &log_flag]);
    assert!(!said.contains("request"), "quiet is quiet: {said}");
    let text = std::fs::read_to_string(&log).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |path: &str| -> Vec<&Value> {
        let asked = lines.iter().filter(|line| line["message"] == "request");
        asked.filter(|line| line["url"].as_str().is_some_and(|url| url.ends_with(path))).collect()
    };
    let tries = of(&report_path(1));
    assert_eq!(tries.iter().map(|line| line["attempt"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2]);
    assert!(
        tries.iter().all(|line| line["status"] == 500 && line["ms"].is_u64() && line["time"].is_string()),
        "{text}"
    );
    assert!(
        of(&report_path(0)).iter().all(|line| line["status"] == 200 && line["bytes"].as_u64() > Some(100)),
        "{text}"
    );

    let said = |flag: &str| desk.run(&["crawl", "--full", "--allow-private", flag]).said();
    let (plain, more) = (said("--json"), said("-v"));
    // So long a pause that the next request has to wait for it on the busiest machine.
    desk.source("yunxi", &column.start(&portal), "[polite]\ninterval = \"300ms\"\n");
    let most = said("-vv");
    assert!(!plain.contains(" request "), "{plain}");
    assert!(more.contains("Z INFO  request status=") && !more.contains("DEBUG"), "{more}");
    assert!(most.contains("DEBUG waits for its turn ms=") && !most.contains("html5ever"), "{most}");
}
