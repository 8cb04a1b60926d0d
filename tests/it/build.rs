//! From the archive to the records: twice the same bytes, what differs is told, nothing is lost on the way.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use gongwen::archive::{Archive, Stored};
use gongwen::model::{Reason, Reject, RunReport, Stage, Target};
use serde_json::Value;
use tempfile::TempDir;

use crate::archive::{exchange, pending, source, url};

/// A configuration with one source, and an empty output folder.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let text = "name = \"青石镇\"\nregion = \"430281107000\"\nstart = [\"http://www.qingshi.test/c1/\"]\n";
        let path = folder.path().join("config/sources/qingshi.toml");
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::File::create(path).and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes())).unwrap();
        Self { folder }
    }

    pub(crate) fn output(&self) -> PathBuf {
        self.folder.path().join("output")
    }

    pub(crate) fn archive(&self) -> Archive {
        Archive::open(&self.output()).unwrap()
    }

    fn gongwen(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
        command.env_clear().arg("--config").arg(self.folder.path().join("config"));
        command.arg("--output").arg(self.output()).args(args);
        command
    }

    /// Builds, and gives the report.
    pub(crate) fn build(&self, exit: i32) -> RunReport {
        let output = self.gongwen(&["build", "--json", "-q"]).assert().code(exit).get_output().clone();
        let report: RunReport = serde_json::from_slice(&output.stdout).unwrap();
        let build = report.build.as_ref().unwrap();
        assert!(build.counts.add_up(), "{build:?}");
        assert_eq!(build.failed.len() as u64, build.counts.failed);
        assert!(self.output().join(format!("runs/{}.json", report.id)).is_file());
        report
    }

    pub(crate) fn records(&self, file: &str) -> Vec<Value> {
        let text = std::fs::read_to_string(self.output().join("records/qingshi").join(file)).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Every record file, with its bytes.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files(&self.output().join("records/qingshi"))
    }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries
        .flat_map(
            |path| if path.is_dir() { files(&path) } else { [(path.clone(), std::fs::read(path).unwrap())].into() },
        )
        .collect()
}

/// A report in the shape of a static portal page.
pub(crate) fn report(year: u32, measure: &str) -> Vec<u8> {
    let lines = [
        format!("{year}年，青石镇在县委、县政府的坚强领导下，扎实推进法治政府建设各项工作。现将有关情况报告如下："),
        "一、主要举措和成效".to_owned(),
        "（一）加强组织领导".to_owned(),
        format!("{measure}。一是召开专题会议四次，研究部署重点任务；二是开展述法一次，压实各方责任。"),
        "（二）规范行政执法".to_owned(),
        "全年办理行政处罚案件十二件，无一被撤销或者确认违法，群众满意度稳步提升。".to_owned(),
        "二、存在的不足和原因".to_owned(),
        "部分干部依法行政意识还不够强，运用法治思维解决问题的能力有待提升。".to_owned(),
        "三、下一步工作安排".to_owned(),
        "持续深入学习贯彻习近平法治思想，不断提升依法行政的能力和水平。".to_owned(),
    ];
    let body: String = lines.iter().map(|line| format!("<p>　　{line}</p>\n")).collect();
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>青石镇{year}年法治政府建设工作报告</title>
         <meta name=\"ArticleTitle\" content=\"青石镇{year}年法治政府建设工作报告\">
         <meta name=\"PubDate\" content=\"{next}-02-28 10:00\"><meta name=\"ContentSource\" content=\"青石镇人民政府\"></head>
         <body><div class=\"nav\"><a href=\"/\">首页</a> &gt; <a href=\"/c1/\">法治政府建设</a></div>
         <h1>青石镇{year}年法治政府建设工作报告</h1>
         <div class=\"info\">发布时间：{next}-02-28 来源：青石镇人民政府</div>
         <div class=\"TRS_Editor\">{body}<p style=\"text-align:right\">青石镇人民政府</p>
         <p style=\"text-align:right\">{next}年2月28日</p></div></body></html>",
        next = year + 1
    )
    .into_bytes()
}

fn put(archive: &mut Archive, year: u32, measure: &str) {
    archive.put(&exchange(&format!("c1/{year}.html"), &report(year, measure))).unwrap();
}

#[test]
fn building_twice_gives_the_same_bytes_and_touches_no_file() {
    let place = Place::new();
    let mut archive = place.archive();
    for year in [2022, 2019, 2021] {
        put(&mut archive, year, "健全工作机制");
    }
    drop(archive);
    let first = place.build(0).build.unwrap();
    assert_eq!((first.counts.new, first.documents), (3, 3));
    let files = place.files();
    assert_eq!(files.len(), 7, "{:?}", files.keys());
    let times = || files.keys().map(|path| path.metadata().unwrap().modified().unwrap()).collect::<Vec<_>>();
    let before = times();

    let second = place.build(0).build.unwrap();
    assert_eq!((second.counts.unchanged, second.documents, second.sections), (3, 3, first.sections));
    assert_eq!(place.files(), files);
    assert_eq!(times(), before);
}

#[test]
fn the_order_of_fetching_does_not_show() {
    let built: Vec<_> = [[2020, 2021, 2022], [2022, 2020, 2021]]
        .into_iter()
        .map(|years| {
            let place = Place::new();
            let mut archive = place.archive();
            for year in years {
                put(&mut archive, year, "健全工作机制");
            }
            drop(archive);
            place.build(0);
            let ids: Vec<_> = place.records("documents.jsonl").iter().map(|record| record["id"].clone()).collect();
            (ids, place.records("sections.jsonl"))
        })
        .collect();
    assert_eq!(built[0], built[1]);
}

#[test]
fn a_changed_page_keeps_its_id_and_names_the_revision_before() {
    let place = Place::new();
    let mut archive = place.archive();
    put(&mut archive, 2021, "健全工作机制");
    drop(archive);
    place.build(0);
    let before = place.records("documents.jsonl");
    assert_eq!(before[0]["prev_rev"], Value::Null);

    let mut archive = place.archive();
    put(&mut archive, 2021, "完善工作机制");
    // A new page design around the same text is no new revision.
    let mut redesigned = String::from_utf8(report(2021, "完善工作机制")).unwrap();
    redesigned = redesigned.replace("<div class=\"nav\">", "<div class=\"nav\" id=\"top\">");
    archive.put(&exchange("c1/2021.html", redesigned.as_bytes())).unwrap();
    drop(archive);
    let counts = place.build(0).build.unwrap().counts;
    assert_eq!((counts.seen, counts.changed), (1, 1));
    let after = place.records("documents.jsonl");
    assert_eq!(after[0]["id"], before[0]["id"]);
    assert_ne!(after[0]["rev"], before[0]["rev"]);
    assert_eq!(after[0]["prev_rev"], before[0]["rev"]);
}

#[test]
fn every_record_names_the_bytes_that_it_came_from() {
    let place = Place::new();
    let mut archive = place.archive();
    put(&mut archive, 2022, "健全工作机制");
    drop(archive);
    place.build(0);
    let record = &place.records("documents.jsonl")[0];
    let file = place.output().join("archive/qingshi").join(record["warc_file"].as_str().unwrap());
    let bytes = std::fs::read(file).unwrap();
    let offset = usize::try_from(record["warc_offset"].as_u64().unwrap()).unwrap();
    let found = gongwen::archive::WarcReader::new(&bytes[offset..]).next().unwrap().unwrap();
    assert_eq!(found.body(), report(2022, "健全工作机制"));
    assert_eq!(record["raw_bytes"], found.body().len());
    assert_eq!(record["source"], "qingshi");
    assert_eq!(record["http_status"], 200);
    assert_eq!(record["fetched_at"], "2026-03-01T01:02:03Z");
}

#[test]
fn diff_writes_nothing_and_tells_what_would_change() {
    let place = Place::new();
    let mut archive = place.archive();
    put(&mut archive, 2021, "健全工作机制");
    drop(archive);
    place.gongwen(&["build", "--diff", "-q"]).assert().code(4);
    assert!(!place.output().join("records").exists());
    place.build(0);
    place.gongwen(&["build", "--diff", "-q"]).assert().code(0).stdout("");

    let mut archive = place.archive();
    put(&mut archive, 2021, "完善工作机制");
    put(&mut archive, 2022, "健全工作机制");
    drop(archive);
    let before = place.files();
    let output = place.gongwen(&["build", "--diff", "-q"]).assert().code(4).get_output().clone();
    let changes = String::from_utf8(output.stdout).unwrap();
    let signs: Vec<_> = changes.lines().filter_map(|line| line.chars().next().filter(|sign| *sign != ' ')).collect();
    assert_eq!(signs, ['~', '+']);
    assert!(changes.contains("健全工作机制") && changes.contains("→ 完善工作机制"), "before and after: {changes}");
    assert!(changes.contains("    text: ") && changes.contains("    sections.jsonl: "), "{changes}");
    assert!(!changes.contains("    title: "), "only what differs: {changes}");
    assert_eq!(place.files(), before);
    assert_eq!(std::fs::read_dir(place.output().join("runs")).unwrap().count(), 1);
}

#[test]
fn pages_outside_of_the_span_keep_their_records() {
    let place = Place::new();
    let mut archive = place.archive();
    for year in [2019, 2021] {
        let target = Target {
            url: url(&format!("c1/{year}.html")),
            title: "报告".to_owned(),
            date: Some(format!("{}-02-28", year + 1).parse().unwrap()),
        };
        archive.enqueue(&source(), &[target]).unwrap();
        put(&mut archive, year, "健全工作机制");
    }
    // Named by no list: its day is read from the page.
    put(&mut archive, 2018, "健全工作机制");
    drop(archive);

    place.gongwen(&["build", "-q", "--since", "2021"]).assert().code(0);
    assert_eq!(place.records("documents.jsonl").len(), 1);
    place.build(0);
    let all = place.files();
    assert_eq!(place.records("documents.jsonl").len(), 3);
    let output = place.gongwen(&["build", "--json", "-q", "--since", "2021"]).assert().code(0).get_output().clone();
    let counts = serde_json::from_slice::<RunReport>(&output.stdout).unwrap().build.unwrap().counts;
    assert_eq!((counts.seen, counts.skipped, counts.unchanged), (3, 2, 1));
    assert_eq!(place.files(), all);
}

#[test]
fn a_page_that_gives_no_document_is_counted_and_listed() {
    let place = Place::new();
    let mut archive = place.archive();
    put(&mut archive, 2021, "健全工作机制");
    archive.put(&exchange("c1/empty.html", b"  \n ")).unwrap();
    let mut wall = exchange("c1/wall.html", b"<script>challenge()</script>");
    wall.reject = Some(Reject { stage: Stage::Fetch, reason: Reason::Wall });
    archive.put(&wall).unwrap();
    drop(archive);
    // Half of the pages: more than `max_failed`.
    let built = place.build(3).build.unwrap();
    assert_eq!((built.counts.seen, built.counts.new, built.counts.failed), (2, 1, 1), "a wall is no capture");
    assert_eq!(built.failed[0].url, url("c1/empty.html"));
    assert_eq!(built.rejected, [(Reason::Empty, 1)].into());
    let failed = std::fs::read_to_string(place.output().join("failed.jsonl")).unwrap();
    assert_eq!(failed.lines().count(), 1);
    assert!(failed.contains("c1/empty.html"), "{failed}");

    let mut archive = place.archive();
    archive.put(&exchange("c1/empty.html", &report(2020, "健全工作机制"))).unwrap();
    drop(archive);
    assert_eq!(place.build(0).build.unwrap().counts.failed, 0);
    assert!(!place.output().join("failed.jsonl").exists());
}

#[test]
fn a_source_that_gives_nothing_any_more_keeps_its_records_and_fails_the_gate() {
    let place = Place::new();
    let mut archive = place.archive();
    put(&mut archive, 2021, "健全工作机制");
    drop(archive);
    place.build(0);
    let before = place.files();
    let mut archive = place.archive();
    archive.put(&exchange("c1/2021.html", b"<html><body></body></html>")).unwrap();
    drop(archive);
    assert!(place.build(4).build.unwrap().sources[0].emptied);
    assert_eq!(place.files(), before);
}

#[test]
fn a_damaged_record_is_one_failed_page_and_the_rest_is_built() {
    let place = Place::new();
    let mut archive = place.archive();
    let Stored::New(first) = archive.put(&exchange("c1/2020.html", &report(2020, "健全工作机制"))).unwrap()
    else {
        panic!("it was not stored")
    };
    put(&mut archive, 2021, "健全工作机制");
    drop(archive);
    let path = place.output().join("archive/qingshi").join(&first.warc_file);
    let at = usize::try_from(first.warc_offset + first.warc_length / 2).unwrap();
    // In the middle: what lies at the end is found when the archive is opened.
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[at] ^= 0x55;
    std::fs::File::create(path).and_then(|mut file| std::io::Write::write_all(&mut file, &bytes)).unwrap();
    let built = place.build(3).build.unwrap();
    assert_eq!((built.counts.new, built.counts.failed), (1, 1));
    assert_eq!((built.failed[0].reason, built.failed[0].url.path()), (Reason::Damaged, "/c1/2020.html"));

    let mut archive = place.archive();
    assert_eq!(pending(&archive).len(), 1, "it is asked for again");
    put(&mut archive, 2020, "健全工作机制");
    drop(archive);
    let counts = place.build(0).build.unwrap().counts;
    assert_eq!((counts.new, counts.unchanged), (1, 1));
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_while_writing_leaves_the_old_records() {
    let place = Place::new();
    let mut archive = place.archive();
    put(&mut archive, 2000, "健全工作机制");
    drop(archive);
    place.build(0);
    let before = place.files();
    let mut archive = place.archive();
    for year in 2001..2023 {
        put(&mut archive, year, "健全工作机制");
    }
    drop(archive);
    // No file may grow beyond 40 KB, and the signal for that is ignored: writing fails as on a full disk.
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 80; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_gongwen")]);
    limited.arg("--config").arg(place.folder.path().join("config")).arg("--output").arg(place.output());
    let failed = limited.arg("build").assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&failed.stderr).contains("no space left"), "{failed:?}");
    assert_eq!(place.files(), before, "nor is a part of the new ones left");
    assert_eq!(place.build(0).build.unwrap().counts.new, 22);
}

#[test]
fn what_cannot_be_built_is_said_with_the_next_step() {
    let place = Place::new();
    let missing = place.gongwen(&["build"]).assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&missing.stderr).contains("gongwen crawl"), "{missing:?}");
    let unknown = place.gongwen(&["build", "--source", "nowhere"]).assert().code(2).get_output().clone();
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("gongwen sources list"), "{unknown:?}");
    let archive = place.archive();
    place.gongwen(&["build"]).assert().code(75);
    drop(archive);
    place.gongwen(&["build", "-q"]).assert().code(0).stdout("").stderr("");

    let mut other = exchange("c1/2021.html", &report(2021, "健全工作机制"));
    other.source = "yunxi".parse().unwrap();
    place.archive().put(&other).unwrap();
    let stranger = place.gongwen(&["build"]).assert().code(0).get_output().clone();
    assert!(String::from_utf8_lossy(&stranger.stderr).contains("`yunxi` is in the archive but not configured"));
}
