//! `build --from` and `--shards`: selection, receipts, what is finished, and files that other programs wrote.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

use crate::foreign::{PACKINGS, gzip, packed, record, response};

fn report(n: usize) -> String {
    format!(
        "<html><head><title>青石镇{n}年度法治政府建设工作报告</title></head><body><div class=\"article\">\
         <h1>青石镇{n}年度法治政府建设工作报告</h1><p>发布时间：2023-02-28 来源：青石镇人民政府</p>\
         <p>现将我镇{n}年度法治政府建设工作情况报告如下：</p><p>一、主要举措和成效</p>\
         <p>（一）加强组织领导。成立领导小组，全年召开专题会议{n}次，研究部署法治政府建设各项工作。</p>\
         <p>二、存在的不足</p><p>执法力量仍然薄弱，普法宣传的形式还比较单一，部分干部依法行政的意识有待加强。</p>\
         <p>青石镇人民政府</p><p>2023年2月20日</p></div></body></html>"
    )
}

fn url(n: usize) -> String {
    format!("http://www.qingshi.gov.cn/c1/{n}.html")
}

pub(crate) fn reports(numbers: std::ops::Range<usize>) -> Vec<Vec<u8>> {
    numbers.map(|n| response(&url(n), &report(n))).collect()
}

pub(crate) fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::File::create(&path).and_then(|mut file| file.write_all(bytes)).unwrap();
    path
}

pub(crate) fn lines(bytes: &[u8]) -> Vec<Value> {
    bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

/// Exit code, lines on stdout, stderr.
pub(crate) fn build(folder: &Path, arguments: &[&str], input: &[u8]) -> (i32, Vec<Value>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command.env_clear().current_dir(folder).arg("build").args(arguments).write_stdin(input);
    let output = command.output().unwrap();
    (output.status.code().unwrap(), lines(&output.stdout), String::from_utf8(output.stderr).unwrap())
}

fn titles(lines: &[Value]) -> Vec<&str> {
    lines.iter().filter_map(|line| line["document"]["title"].as_str()).collect()
}

#[test]
fn a_record_says_where_its_bytes_lie_in_the_foreign_file() {
    let folder = tempfile::tempdir().unwrap();
    for packing in PACKINGS {
        put(folder.path(), "a.warc.gz", &packed(packing, &reports(0..30)));
        let (code, lines, _) = build(folder.path(), &["--from", "a.warc.gz"], b"");
        assert_eq!((code, lines.len()), (0, 30), "{packing:?}");
        let document = &lines[7]["document"];
        assert_eq!(document["url"], url(7), "in the order of the file");
        assert_eq!((&document["warc_file"], &document["http_status"]), (&"a.warc.gz".into(), &200.into()));
        assert_eq!((&document["source"], &document["fetched_at"]), (&Value::Null, &"2023-03-01T08:00:00Z".into()));
        assert!(lines[7]["sections"].as_array().unwrap().len() > 3);
    }
}

#[test]
fn pages_are_selected_by_host_address_type_status_title_and_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut records = reports(0..3);
    records.push(response("http://www.example.com/c1/9.html", &report(9)));
    records.push(response(&url(4), &report(4).replace("法治政府建设", "财政预算")));
    records.push(record("response", &url(5), b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nno"));
    records.push(record("response", &url(6), b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"));
    records.push(record("request", &url(1), b"GET / HTTP/1.1\r\n\r\n"));
    put(folder.path(), "a.warc", &records.concat());
    for (flags, n) in [
        (&[][..], 5),
        (&["--host", "*.gov.cn"], 4),
        (&["--host", "www.example.com"], 1),
        (&["--host", "www.example.com", "--host", "*.gov.cn"], 5),
        (&["--url", "/c1/[01]"], 2),
        (&["--title", "法治政府建设.*报告"], 4),
        (&["--host", "*.gov.cn", "--title", "法治政府建设"], 3),
        (&["--type", "image/*"], 0),
        (&["--status", "404"], 0),
        (&["--since", "2023"], 5),
        (&["--until", "2022"], 0),
    ] {
        let (code, lines, said) = build(folder.path(), &[&["--from", "a.warc"], flags].concat(), b"");
        assert_eq!((code, titles(&lines).len()), (0, n), "{flags:?}: {said}");
        assert!(said.contains("pages: 7 "), "{flags:?}: {said}");
    }
    let (code, _, said) = build(folder.path(), &["--from", "a.warc", "--host", "http://x/"], b"");
    assert_eq!(code, 2);
    assert!(said.contains("*.gov.cn"), "{said}");
}

#[test]
fn a_shard_is_one_finished_file_and_one_receipt_and_is_not_done_twice() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.warc.gz", &packed(PACKINGS[1], &reports(0..4)));
    put(folder.path(), "b.warc", &packed(PACKINGS[0], &reports(4..6)));
    let shards = ["--shards", "-", "--out", "out"];
    let (code, first, said) = build(folder.path(), &shards, b"a.warc.gz\nb.warc\n");
    assert_eq!(code, 0, "{said}");
    for (receipt, shard, n) in [(&first[0], "a.warc.gz", 4), (&first[1], "b.warc", 2)] {
        assert_eq!((&receipt["shard"], &receipt["status"]), (&shard.into(), &"done".into()));
        assert_eq!((&receipt["pages"], &receipt["records"], &receipt["failed"]), (&n.into(), &n.into(), &0.into()));
        let output = std::fs::read(folder.path().join(receipt["output"].as_str().unwrap())).unwrap();
        assert_eq!(receipt["bytes"], output.len());
        assert_eq!(receipt["sha256"], gongwen::model::digest::sha256_hex(&output));
        assert_eq!(lines(&output).len(), n);
    }
    let (code, again, _) = build(folder.path(), &shards, b"a.warc.gz\nb.warc\n");
    assert_eq!(code, 0);
    assert!(
        again
            .iter()
            .zip(&first)
            .all(|(again, first)| again["status"] == "skipped" && again["sha256"] == first["sha256"])
    );

    // Another selection is other work, and so is an input that has grown.
    let (_, other, _) = build(folder.path(), &[&shards[..], &["--host", "*.com"]].concat(), b"b.warc\n");
    assert_eq!((&other[0]["status"], &other[0]["records"]), (&"done".into(), &0.into()));
    put(folder.path(), "a.warc.gz", &packed(PACKINGS[1], &reports(0..5)));
    let (_, grown, _) = build(folder.path(), &shards, b"a.warc.gz\n");
    assert_eq!((&grown[0]["status"], &grown[0]["records"]), (&"done".into(), &5.into()));
}

#[test]
fn a_driver_may_wait_for_a_receipt_before_it_names_the_next_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command.env_clear().current_dir(folder.path()).args(["build", "-q", "--shards", "-", "--out", "records"]);
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut program = command.spawn().unwrap();
    let (mut names, mut receipts) = (program.stdin.take().unwrap(), BufReader::new(program.stdout.take().unwrap()));
    for n in 0..3 {
        let path = put(folder.path(), &format!("{n}.warc.gz"), &packed(PACKINGS[0], &reports(n * 10..n * 10 + n)));
        writeln!(names, "{}", path.display()).unwrap();
        let mut receipt = String::new();
        receipts.read_line(&mut receipt).unwrap();
        let receipt: Value = serde_json::from_str(&receipt).unwrap();
        assert_eq!((&receipt["status"], &receipt["records"]), (&"done".into(), &n.into()), "{receipt}");
        let output = folder.path().join(receipt["output"].as_str().unwrap());
        assert_eq!(lines(&std::fs::read(output).unwrap()).len(), n, "what a receipt names is there");
    }
    drop(names);
    assert!(program.wait().unwrap().success());
}

#[test]
fn a_shard_that_cannot_be_completed_is_the_only_reason_to_fail() {
    let folder = tempfile::tempdir().unwrap();
    let file = packed(PACKINGS[1], &reports(0..4));
    put(folder.path(), "cut.warc.gz", &file[..file.len() - 40]);
    put(folder.path(), "noise.warc.gz", b"no archive at all");
    let (code, receipts, _) = build(folder.path(), &["--shards", "-", "--out", "out"], b"cut.warc.gz\nnoise.warc.gz\n");
    assert_eq!(code, 0, "what is broken in a file is told in its output");
    assert_eq!(
        (&receipts[0]["records"], &receipts[0]["failed"], &receipts[0]["pages"]),
        (&3.into(), &1.into(), &4.into())
    );
    assert_eq!((&receipts[1]["records"], &receipts[1]["failed"]), (&0.into(), &1.into()));
    let output = std::fs::read(folder.path().join(receipts[0]["output"].as_str().unwrap())).unwrap();
    let last = &lines(&output)[3];
    assert_eq!((&last["document"], &last["reject"]["reason"]), (&Value::Null, &"damaged".into()));

    let (code, receipts, said) = build(folder.path(), &["--shards", "-", "--out", "out"], b"gone.warc\ncut.warc.gz\n");
    assert_eq!(code, 1);
    assert_eq!((&receipts[0]["status"], &receipts[1]["status"]), (&"failed".into(), &"skipped".into()));
    assert!(said.contains("gone.warc"), "{said}");
}

#[test]
fn the_parts_of_a_list_are_the_whole_list() {
    let folder = tempfile::tempdir().unwrap();
    let mut list = String::new();
    for n in 0..5 {
        let name = format!("{n}.warc");
        put(folder.path(), &name, &packed(PACKINGS[0], &reports(n..n + 1)));
        list.extend([name.as_str(), "\n"]);
    }
    put(folder.path(), "list.txt", list.as_bytes());
    let mut seen = Vec::new();
    for part in ["0/3", "1/3", "2/3"] {
        let (_, receipts, _) = build(folder.path(), &["--shards", "list.txt", "--out", "out", "--shard", part], b"");
        assert!(receipts.iter().all(|receipt| receipt["status"] == "done"), "none is done by two");
        seen.extend(receipts.iter().map(|receipt| receipt["shard"].as_str().unwrap().to_owned()));
    }
    seen.sort();
    assert_eq!(seen, ["0.warc", "1.warc", "2.warc", "3.warc", "4.warc"]);
}

#[test]
fn pages_come_as_json_lines_too() {
    let folder = tempfile::tempdir().unwrap();
    let line = |n: usize| serde_json::json!({"url": url(n), "html": report(n), "more": 1}).to_string() + "\n";
    let text = format!("{}\n{}not json\n{}", line(0), line(1), line(2));
    let (code, found, said) = build(folder.path(), &["--from", "-"], text.as_bytes());
    assert_eq!(code, 0);
    assert_eq!(titles(&found).len(), 3, "{said}");
    assert!(said.contains("failed: 1"), "{said}");
    put(folder.path(), "pages.jsonl.gz", &gzip(text.as_bytes()));
    let (_, packed, _) = build(folder.path(), &["--from", "pages.jsonl.gz"], b"");
    assert_eq!(titles(&packed), titles(&found));
}

#[test]
fn a_page_that_was_as_before_is_read_from_where_its_bytes_are() {
    let folder = tempfile::tempdir().unwrap();
    let payload = "WARC-Payload-Digest: sha1:ABC\r\nContent-Length";
    let with_payload =
        |record: Vec<u8>| String::from_utf8(record).unwrap().replacen("Content-Length", payload, 1).into_bytes();
    let revisit = |digest: &str| {
        let block = b"HTTP/1.1 200 OK\r\n\r\n";
        let text = String::from_utf8(with_payload(record("revisit", &url(1), block))).unwrap();
        text.replace("2023-03-01", "2024-03-01").replace("sha1:ABC", digest).into_bytes()
    };
    let records = [with_payload(response(&url(1), &report(1))), revisit("sha1:ABC"), revisit("sha1:XYZ")];
    for packing in [PACKINGS[0], PACKINGS[1], PACKINGS[3]] {
        put(folder.path(), "a.warc", &packed(packing, &records));
        let (_, lines, _) = build(folder.path(), &["--from", "a.warc"], b"");
        assert_eq!(titles(&lines).len(), 2, "{packing:?}");
        assert_eq!(lines[1]["document"]["fetched_at"], "2024-03-01T08:00:00Z");
        assert_eq!(lines[1]["document"]["rev"], lines[0]["document"]["rev"]);
        assert_eq!(lines[2]["reject"]["reason"], "elsewhere", "its bytes are in another file");
    }
}

#[test]
fn files_of_other_writers_are_read_fully() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/warc");
    let mut files: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    files.retain(|file| cfg!(feature = "parquet") || !file.ends_with(".parquet"));
    assert!(files.len() >= 8, "{files:?}");
    for file in files {
        let (code, lines, said) = build(&folder, &["--from", &file], b"");
        assert_eq!(code, 0, "{file}");
        let mut found = titles(&lines);
        found.sort_unstable();
        assert_eq!(
            found,
            ["青石镇2021年度法治政府建设工作报告", "青石镇2022年度法治政府建设工作报告"],
            "{file}: {said}"
        );
        assert!(said.contains("failed: 0"), "{file}: {said}");
        let has_address = |line: &Value| line["document"]["url"].as_str().is_some_and(|url| url.ends_with("2.html"));
        assert!(lines.iter().any(has_address), "{file}");
    }
}

#[test]
fn a_page_must_be_given_some_time() {
    let folder = tempfile::tempdir().unwrap();
    let file = put(folder.path(), "a.warc", &reports(1..2).concat());
    let run = |limit: &str| {
        let mut gongwen = Command::cargo_bin("gongwen").unwrap();
        gongwen.args(["build", "--page-timeout", limit, "--from"]).arg(&file).output().unwrap()
    };
    assert_eq!(run("0").status.code(), Some(2));
    assert_eq!(lines(&run("60").stdout).len(), 1);
}
