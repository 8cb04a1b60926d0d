//! The records of a page are bounded by its size and a constant, whatever the page.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::rebuild::write;

/// The records are at most so many times as large as the page, and so many bytes more.
const TIMES: usize = 30;
const MORE: usize = 64 << 20;

fn page(title: &str, body: &str) -> String {
    format!(
        "<html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1>\
         <div class=\"TRS_Editor\">{body}</div></body></html>"
    )
}

fn articles(n: usize) -> String {
    (1..=n).map(|n| format!("<p>　　第{n}条　民事主体的合法权益受法律保护，任何组织不得侵犯。</p>")).collect()
}

/// Reads pages with the program; gives the length of each line and why the page was turned away.
fn extracted(pages: &[(String, String)], address_length: usize) -> Vec<(usize, Option<String>)> {
    let folder = tempfile::tempdir().unwrap();
    let mut urls = String::new();
    for (n, (_, text)) in pages.iter().enumerate() {
        write(&folder.path().join(format!("pages/{n:04}.html")), text.as_bytes());
        let host = format!("http://www.qingshi.test/{n}");
        writeln!(urls, "{n:04}.html\t{host}{}", "x".repeat(address_length - host.len())).unwrap();
    }
    write(&folder.path().join("urls.tsv"), urls.as_bytes());
    let output = program(folder.path()).args(["extract", "--jsonl", "--urls", "urls.tsv", "pages"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let reason = |line: &Value| line["reject"]["reason"].as_str().map(ToOwned::to_owned);
    let lines: Vec<_> = lines.lines().map(|line| (line.len(), reason(&serde_json::from_str(line).unwrap()))).collect();
    assert_eq!(lines.len(), pages.len());
    lines
}

/// The program in a folder, with little memory where that can be said.
fn program(folder: &Path) -> std::process::Command {
    let mut command = if cfg!(target_os = "linux") {
        let mut command = std::process::Command::new("sh");
        // In KiB: a few times the largest answer that is fetched (32 MiB).
        command.args(["-c", "ulimit -v 2000000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_gongwen")]);
        command
    } else {
        std::process::Command::new(env!("CARGO_BIN_EXE_gongwen"))
    };
    command.current_dir(folder).env_clear();
    command
}

#[test]
fn pages_made_to_burst_the_records_are_turned_away_as_too_large() {
    let headings = |n: usize| (1..=n).map(|n| format!("<p>{n}. 规范执法</p>")).collect::<String>();
    let pages = [
        ("tiny sections", page("报告", &"<p>1.a".repeat(1_500_000))),
        ("many headings", page("报告", &headings(200_000))),
        ("headings with a long address", page("报告", &headings(900).repeat(5))),
        ("a long text", page("报告", &"<p>加强行政执法监督，提高依法行政能力。</p>".repeat(130_000))),
        ("a long line", page("报告", &format!("<p>{}</p>", "加强行政执法监督。".repeat(250_000)))),
    ]
    .map(|(what, text)| (what.to_owned(), text));
    for ((what, _), (length, reason)) in pages.iter().zip(extracted(&pages, 8 << 10)) {
        assert_eq!(reason.as_deref(), Some("too_large"), "{what}: {length} bytes");
    }
    let (_, reason) = extracted(&[(String::new(), page("法典", &articles(1_500)))], 9 << 10).pop().unwrap();
    assert_eq!(reason.as_deref(), Some("too_large"), "an address of 9 KiB");
}

#[test]
fn a_real_report_and_a_whole_code_are_not_too_large() {
    for (length, reason) in extracted(&[(String::new(), page("法典", &articles(1_500)))], 200) {
        assert!(reason.is_none() && length > 500_000, "{length} {reason:?}");
    }
}

#[test]
fn the_records_of_no_page_are_out_of_proportion() {
    let mut random = 20_260_301u64;
    let mut below = |end: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % end
    };
    let pieces = [
        "<p>1.a",
        "<p>一、工作情况</p>",
        "<p>（一）加强组织领导</p>",
        "<p>1.1.1.1.1 细目",
        "<p>一是抓学习；二是抓落实；</p>",
        "<table><tr><td colspan=200 rowspan=200>长长的一格文字重复出现</td></tr></table>",
        "<p>附件：</p>",
        "<br>第一条 总则",
        "<p>问：为什么？</p><p>答：因为。</p>",
        "<a href=\"/a.doc\">附件</a>",
        "<p>第一章 总则</p>",
        "<div><b>加粗</b>",
        "<table><tr><td>a<td>b<tr><td rowspan=99>c</table>",
        "<li>条目",
        "<p>加强行政执法监督，提高依法行政能力。</p>",
    ];
    let pages: Vec<(String, String)> = (0..60)
        .map(|_| {
            let chosen: Vec<&str> = (0..=below(3)).map(|_| pieces[below(pieces.len())]).collect();
            let times = 1 << below(13);
            let title = "关于报告".repeat(1 + below(40));
            (chosen.concat(), page(&title, &chosen.concat().repeat(times)))
        })
        .collect();
    for address in [60, 8 << 10] {
        for ((what, text), (length, _)) in pages.iter().zip(extracted(&pages, address)) {
            let most = TIMES * (text.len() + address) + MORE;
            assert!(length <= most, "{what}: {length} bytes of records from {} bytes", text.len());
        }
    }
}
