//! The program as a user runs it: exit codes, what goes to stdout and what to stderr.

use std::path::Path;

use assert_cmd::Command;

/// The program, without what this machine's environment would add.
fn gongwen(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command.env_clear().current_dir(folder);
    command
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::File::create(&path)
            .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
            .unwrap();
    }
    folder
}

/// Exit code, stdout and stderr.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = gongwen(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const REPORT: &str = "青石镇人民政府关于2022年度法治政府建设工作情况的报告\n\
    发布时间：2023-02-28 来源：青石镇人民政府\n\
    现将我镇2022年度法治政府建设工作情况报告如下：\n\
    一、主要举措和成效\n\
    （一）加强组织领导。成立领导小组，全年召开专题会议四次，研究部署法治政府建设各项工作。\n\
    （二）推进政务公开。公开政府信息一百二十条，办理依申请公开三件，群众满意度明显提高。\n\
    二、存在的不足\n\
    执法力量仍然薄弱，普法宣传的形式还比较单一，部分干部依法行政的意识有待加强。\n\
    三、下一步打算\n\
    继续加强执法队伍建设，组织全体干部学习法律知识，推动各项工作在法治轨道上运行。\n\
    青石镇人民政府\n2023年2月20日\n";

#[test]
fn extract_prints_one_line_a_page_in_the_order_given() {
    let pages = folder(&[
        ("b.txt", REPORT),
        ("a.txt", "  \n"),
        ("pages/d.html", "<p>短</p>"),
        ("pages/c/e.htm", ""),
        ("pages/x.png", ""),
    ]);
    let (code, out, err) = run(pages.path(), &["extract", "--jsonl", "b.txt", "a.txt", "pages"]);
    assert_eq!((code, err.as_str()), (0, "documents: 1, turned away: 3 (empty 2, no_article 1)\n"), "rejects are data");
    let (_, _, quiet) = run(pages.path(), &["extract", "--jsonl", "-q", "a.txt"]);
    assert_eq!(quiet, "");
    let lines = lines(&out);
    let files: Vec<&str> = lines.iter().map(|line| line["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["b.txt", "a.txt", "pages/c/e.htm", "pages/d.html"]);
    assert_eq!(lines[0]["document"]["title"], "青石镇人民政府关于2022年度法治政府建设工作情况的报告");
    assert_eq!(lines[0]["document"]["published"], "2023-02-28");
    assert!(lines[0]["sections"].as_array().unwrap().len() >= 5, "{}", lines[0]["sections"]);
    for line in &lines[1..] {
        assert!(line["document"].is_null() && line["reject"]["reason"].is_string(), "{line}");
    }
    let keys: Vec<&String> = lines[0].as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 4, "{keys:?}");
}

#[test]
fn extract_reads_standard_input_and_knows_addresses() {
    let files = folder(&[
        ("urls.tsv", "# saved pages\nr.txt\thttp://www.example.gov.cn/c1/t20230228_1.html\n"),
        ("r.txt", REPORT),
    ]);
    let output = gongwen(files.path())
        .args(["extract", "--text", "--url", "http://www.example.gov.cn/c1/1.html", "-"])
        .write_stdin(REPORT)
        .output()
        .unwrap();
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&line["file"], &line["document"]["url"]), (&"-".into(), &"http://www.example.gov.cn/c1/1.html".into()));
    let (_, out, _) = run(files.path(), &["extract", "--urls", "urls.tsv", "r.txt"]);
    assert_eq!(lines(&out)[0]["document"]["url"], "http://www.example.gov.cn/c1/t20230228_1.html");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "nobody reads the files while they are written")]
fn bytes_that_had_to_be_replaced_are_told_once() {
    let files = folder(&[]);
    let marked = REPORT.replacen("法治", "法\0治", 2);
    let broken: Vec<u8> = marked.bytes().map(|byte| if byte == 0 { 0xff } else { byte }).collect();
    std::fs::write(files.path().join("r.txt"), &broken).unwrap();
    std::fs::write(files.path().join("r.html"), [b"<pre>", &broken[..]].concat()).unwrap();
    let (code, out, _) = run(files.path(), &["extract", "--jsonl", "r.txt", "r.html"]);
    assert_eq!(code, 0);
    for line in lines(&out) {
        let warnings = line["document"]["warnings"].as_array().unwrap();
        let told: Vec<_> = warnings.iter().filter(|warning| warning["code"] == "encoding_replaced").collect();
        assert_eq!(told.len(), 1, "{line}");
        assert_eq!(told[0]["detail"], "2 characters", "{line}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_rest_goes_on() {
    let files = folder(&[("r.txt", REPORT)]);
    let (code, out, err) = run(files.path(), &["extract", "--jsonl", "gone.html", "r.txt"]);
    assert_eq!((code, lines(&out).len()), (3, 1), "what came is whole, something is missing");
    assert!(err.starts_with("gongwen: failed to read `gone.html`"), "{err}");
    assert!(err.ends_with("documents: 1, not to be read: 1\n"), "{err}");
    let (code, out, _) = run(files.path(), &["extract", "--jsonl", "gone.html"]);
    assert_eq!((code, out.as_str()), (1, ""), "nothing could be read");
}

#[test]
fn what_cannot_be_meant_is_exit_2() {
    let files = folder(&[
        ("r.txt", REPORT),
        ("urls.tsv", "r.txt http://www.example.gov.cn/\n"),
        ("bad/sources/a.toml", "strat = [\"http://www.example.gov.cn/\"]\n"),
        ("empty/readme.md", ""),
    ]);
    for (arguments, says) in [
        (&["extract"][..], "Usage"),
        (&["extract", "--tree", "--jsonl", "r.txt"], "cannot be used with"),
        (&["extract", "--explain", "--tree", "r.txt"], "cannot be used with"),
        (&["extract", "--urls", "urls.tsv", "r.txt"], "no tab"),
        (&["extract", "--url", "http://www.example.gov.cn/", "r.txt", "r.txt"], "--urls"),
        (&["extract", "empty"], "no page in folder"),
        (&["sources", "check", "--config", "bad"], "did you mean `start`"),
        (&["sources", "list", "--config", "gone"], "no such folder"),
        (&["crawl", "--shard", "9/8"], "2/8"),
        (&["crawl", "--since", "last year"], "2015-06-30"),
        (&["crawl", "--shipped", "--since", "2024", "--until", "2020"], "exchange them"),
        (&["crawl", "--limit", "0"], "1 or more"),
        (&["schema", "--json"], "no summary"),
        (&["sources", "check", "--json"], "no summary"),
        (&["man", "crawll"], "there is no verb `crawll`"),
    ] {
        let (code, out, err) = run(files.path(), arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(says), "{arguments:?}: {err}");
    }
    for arguments in [&["build"][..], &["build", "--diff"], &["build", "--output", "mistyped"]] {
        let (code, _, err) = run(files.path(), arguments);
        assert_eq!(code, 1, "{arguments:?}");
        assert!(err.contains("there is no archive at"), "{arguments:?}: {err}");
    }
    let (_, _, err) = run(files.path(), &["sources", "check", "--config", "bad"]);
    assert!(err.lines().count() > 1, "a line for each mistake: {err}");
}

#[test]
fn a_page_cannot_steer_the_terminal() {
    let files = folder(&[("r.txt", &REPORT.replace("组织领导", "组织\u{1b}[31m领导"))]);
    for form in ["--tree", "--explain"] {
        let (code, out, _) = run(files.path(), &["extract", form, "--color", "never", "r.txt"]);
        assert_eq!(code, 0, "{form}");
        assert!(!out.contains('\u{1b}'), "{form}: {out}");
        assert!(!out.is_empty(), "{form}");
    }
    let (_, coloured, _) = run(files.path(), &["extract", "--tree", "--color", "always", "r.txt"]);
    assert!(coloured.contains("\u{1b}[1m") && !coloured.contains("\u{1b}[31m领"), "{coloured}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let files = folder(&[("r.txt", REPORT)]);
    let names = vec!["r.txt"; 400];
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_gongwen"))
        .env_clear()
        .current_dir(files.path())
        .args(["extract", "--jsonl"])
        .args(names)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn structure_reads_paragraphs_and_tables() {
    let text = "一、总体情况\n类型\t件数\n处罚\t12\n二、其他事项\n正文。\n";
    let files = folder(&[("r.txt", text)]);
    let (code, out, err) = run(files.path(), &["structure", "r.txt"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let sections = lines(&out);
    let found: Vec<(&str, Option<&str>)> =
        sections.iter().map(|section| (section["role"].as_str().unwrap(), section["heading"].as_str())).collect();
    assert_eq!(found, [("section", Some("总体情况")), ("table", None), ("section", Some("其他事项"))]);
}

#[test]
fn inspect_shows_the_list_to_people_and_programs() {
    let rows: String = (1..=3)
        .map(|n| format!("<li><a href=\"./202302/t2023022{n}_{n}.html\">青石镇第{n}季度法治政府建设工作情况报告</a><span>2023-02-2{n}</span></li>"))
        .collect();
    let page = format!("<ul>{rows}</ul><script>createPageHTML(6, 0, \"index\", \"html\")</script>");
    let files = folder(&[("list.html", &page), ("urls.tsv", "list.html\thttp://www.example.gov.cn/c1/\n")]);
    let (code, out, _) = run(files.path(), &["sources", "inspect", "--jsonl", "--urls", "urls.tsv", "list.html"]);
    let line = &lines(&out)[0];
    assert_eq!((code, line["targets"].as_array().unwrap().len()), (0, 3));
    assert_eq!((&line["profile"], &line["pages"]), (&"trs_static".into(), &6.into()));
    assert_eq!(line["next"], "http://www.example.gov.cn/c1/index_1.html");
    assert_eq!(line["targets"][0]["date"], "2023-02-21");
    let (_, text, _) = run(files.path(), &["sources", "inspect", "list.html"]);
    for part in ["trs_static", "2023-02-21", "青石镇第1季度法治政府建设工作情况报告", "index_1.html", "3 items"]
    {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[test]
fn sources_are_listed_and_checked() {
    let files =
        folder(&[("config/sources/qingshi.toml", "name = \"青石镇\"\nstart = [\"http://www.example.gov.cn/c1/\"]\n")]);
    let (code, out, _) = run(files.path(), &["sources", "list"]);
    assert_eq!((code, out.lines().count()), (0, 1), "./config is taken where it is one of ours");
    assert!(out.contains("qingshi") && out.contains("http://www.example.gov.cn/c1/"), "{out}");
    let (code, out, _) = run(files.path(), &["sources", "check"]);
    assert_eq!(code, 0);
    assert!(out.contains("1 source"), "{out}");
    let elsewhere = folder(&[("config/app.json", "{}")]);
    let (_, out, _) = run(elsewhere.path(), &["sources", "list"]);
    assert!(out.contains("liling"), "a folder of that name that is not ours is passed over: {out}");
}

#[test]
fn columns_that_nobody_chose_are_never_crawled() {
    // A shard in which no column lies: the network is left alone.
    let shard = ["--shard", "999983/1000000"];
    let away = folder(&[]);
    let empty = folder(&[("config/readme.txt", "")]);
    let global = folder(&[("config/gongwen.toml", "max_failed = 0.1\n")]);
    let no_file = folder(&[("config/gongwen.toml", ""), ("config/sources/readme.txt", "")]);
    for (files, verb) in [(&away, "run"), (&empty, "run"), (&global, "crawl"), (&away, "crawl")] {
        for more in [&[][..], &["--dry-run"], &["-q"], &["--source", "liling"], &["--config", "config"]] {
            let (code, out, said) = run(files.path(), &[&[verb], &shard[..], more].concat());
            assert_eq!((code, out.as_str()), (2, ""), "{more:?}: {said}");
            let tells = said.contains("sources of your own") && said.contains("gongwen sources add URL");
            assert!(tells || said.contains("no such folder"), "{more:?}: {said}");
            assert!(!files.path().join("output").exists(), "{more:?}");
        }
        let (code, _, said) = run(files.path(), &[verb, "--dry-run", "--shipped", shard[0], shard[1]]);
        assert_eq!(code, 0, "{said}");
    }
    let (code, out, _) = run(no_file.path(), &["sources", "list"]);
    assert!(
        code == 0 && out.contains("liling"),
        "without sources of one's own those that are shipped are listed: {out}"
    );
    let own = folder(&[("config/sources/qingshi.toml", "start = [\"http://www.example.gov.cn/c1/\"]\n")]);
    for more in [&[][..], &["--shipped"]] {
        let (code, _, said) = run(own.path(), &[&["crawl", "--dry-run"], &shard[..], more].concat());
        assert!(code == 0 && !said.contains("./config"), "{said}");
    }
    let (code, _, said) = run(own.path(), &["crawl", "--dry-run", "--shipped", "--source", "liling"]);
    assert!(code == 2 && said.contains("there is no source `liling`"), "one's own sources count: {said}");
}

#[test]
fn the_program_describes_itself() {
    let files = folder(&[]);
    for (arguments, says) in [
        (&["--help"][..], "Examples:\n  gongwen demo"),
        (&["extract", "--help"], "Examples:\n  gongwen extract"),
        (&["crawl", "--help"], "Only documents published from this year or day on"),
        (&["man"], ".TH gongwen 1"),
        (&["man", "sources", "add"], ".TH gongwen-sources-add 1"),
        (&["completions", "bash"], "_gongwen()"),
        (&["schema"], "## documents.jsonl"),
        (&["schema", "--as", "duckdb"], "documents.jsonl"),
        (&["schema", "--as", "polars"], "documents"),
    ] {
        let (code, out, err) = run(files.path(), arguments);
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
        assert!(out.contains(says), "{arguments:?}: {out}");
    }
    let (_, schema, _) = run(files.path(), &["schema", "--as", "jsonschema"]);
    assert!(serde_json::from_str::<serde_json::Value>(&schema).unwrap().is_object());
    for verb in ["demo", "run", "crawl", "build", "extract", "structure", "sources", "status", "schema", "man"] {
        let (_, out, _) = run(files.path(), &[verb, "--help"]);
        let places = ["Usage: gongwen", "Examples:\n  ", "Exit codes:\n  0 "].map(|part| out.find(part));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{verb}: {out}");
    }
}

#[test]
fn the_manual_of_every_verb_is_written_into_a_folder() {
    let files = folder(&[]);
    let (code, out, err) = run(files.path(), &["man", "--to", "share/man1"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    for page in ["gongwen.1", "gongwen-crawl.1", "gongwen-sources-add.1", "gongwen-archive-rebuild.1"] {
        let text = std::fs::read_to_string(files.path().join("share/man1").join(page)).unwrap();
        assert!(text.contains("EXIT STATUS") && text.contains("EXAMPLES"), "{page}");
    }
    let page = std::fs::read_to_string(files.path().join("share/man1/gongwen.1")).unwrap();
    assert!(page.contains("gongwen\\-crawl(1)"), "{page}");
}

/// What is written there is lost, and the writer is told that the disk is full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_or_stderr_is_no_panic() {
    let files = folder(&[("r.txt", REPORT)]);
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let to_full = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gongwen"));
        command.env_clear().current_dir(files.path()).args(arguments);
        command
    };
    for arguments in
        [&["--help"][..], &["schema"], &["man"], &["structure", "r.txt"], &["extract", "r.txt"], &["sources", "list"]]
    {
        let output = to_full(arguments).stdout(full()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(
            said.starts_with("gongwen: failed to write to standard output: No space left"),
            "{arguments:?}: {said}"
        );
    }
    for (arguments, code) in [
        (&["crawl", "--source", "nosuch"][..], 2),
        (&["crawl", "--nosuch"], 2),
        (&["build"], 1),
        (&["extract", "gone.html"], 1),
        (&["extract", "gone.html", "r.txt", "-vv"], 3),
    ] {
        let status = to_full(arguments).stderr(full()).stdout(std::process::Stdio::null()).status().unwrap();
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn what_is_logged_is_asked_for_and_never_of_the_parser() {
    let files = folder(&[("r.html", "<p>短<b></p></i>")]);
    let output =
        gongwen(files.path()).args(["extract", "-vv", "-q", "r.html"]).env("RUST_LOG", "trace").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains("html5ever") && !said.contains("tokenizer"), "{said}");
}

#[test]
fn reports_and_logs_of_old_runs_are_removed_and_nothing_else() {
    let old = "20260101T020000Z";
    let files = folder(&[
        (&format!("output/runs/{old}.json"), "{}"),
        (&format!("output/runs/{old}-2.json"), "{}"),
        ("output/runs/20260520T020000Z.json", "{}"),
        ("output/runs/notes.json", "mine"),
        (&format!("output/logs/{old}.log"), "log"),
        ("output/logs/20260520T020000Z.log", "log"),
        (&format!("output/archive/liling/{old}.warc.gz"), "captures"),
        ("output/state.sqlite", "state"),
        ("output/failed.jsonl", ""),
    ]);
    let prune = |more: &[&str]| run(files.path(), &[&["--now", "2026-06-01T00:00:00Z", "prune"], more].concat());
    let count = || walk(&files.path().join("output"));
    let (code, out, err) = prune(&["--dry-run"]);
    assert_eq!((code, out.lines().count(), count()), (0, 3, 9), "{out}{err}");
    let (code, out, err) = prune(&[]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "2 run reports and 1 logs removed, 1 KiB; 2 stay\n");
    assert_eq!(count(), 6);
    assert!(files.path().join(format!("output/archive/liling/{old}.warc.gz")).exists());
    let (code, out, _) = prune(&["--keep", "1d", "--json"]);
    assert_eq!((code, out.trim()), (0, r#"{"reports":0,"logs":0,"bytes":0,"kept":2}"#), "the newest of each stays");
    assert_eq!(run(folder(&[]).path(), &["prune"]).0, 0, "where nothing was run, nothing is removed");
    assert_eq!(run(folder(&[]).path(), &["prune", "--keep", "4294967295d"]).0, 0, "longer than any calendar");
}

/// How many files lie below a folder.
fn walk(folder: &Path) -> usize {
    let count = |entry: std::fs::DirEntry| if entry.path().is_dir() { walk(&entry.path()) } else { 1 };
    std::fs::read_dir(folder).unwrap().map(|entry| count(entry.unwrap())).sum()
}
