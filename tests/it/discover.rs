//! List pages asked for online: `sources check --online` against a portal on loopback.

use std::fmt::Write as _;
use std::path::Path;

use assert_cmd::Command;

use crate::portal::{Portal, Reply};

fn list_page() -> String {
    let mut rows = String::new();
    for n in 1..=4 {
        let _ = write!(
            rows,
            "<li><a href=\"./202302/t2023022{n}_{n}.html\">云溪县第{n}批法治政府建设情况报告</a><i>2023-02-2{n}</i></li>"
        );
    }
    format!("<ul>{rows}</ul><script>createPageHTML(3, 0, \"index\", \"html\")</script>")
}

fn source(folder: &Path, id: &str, text: &str) {
    let path = folder.join("sources").join(format!("{id}.toml"));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::File::create(path).and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes())).unwrap();
}

#[test]
fn check_online_asks_each_column_once_and_tells_what_it_found() {
    let portal = Portal::open();
    portal.page(1, "/c1/", Reply::html(&list_page()));
    portal.page(2, "/c1/", Reply::html("<p>暂无内容</p>"));
    portal.page(3, "/c1/", Reply::status(404));
    portal.page(4, "/gkmlpt/index", Reply::html("<script>window._CONFIG = { SID: '12' }</script>"));
    let folder = tempfile::tempdir().unwrap();
    for (n, id, path) in [(1, "good", "/c1/"), (2, "bare", "/c1/"), (3, "gone", "/c1/"), (4, "frame", "/gkmlpt/index")]
    {
        source(folder.path(), id, &format!("start = [\"{}\"]\n[polite]\ninterval = \"1ms\"\n", portal.url(n, path)));
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command.env_clear().args(["sources", "check", "--online", "--allow-private", "--config"]).arg(folder.path());
    let output = command.output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{out}");
    let line = |id: &str| out.lines().find(|line| line.starts_with(id)).unwrap_or_default().to_owned();
    assert!(line("good").contains("trs_static, 4 items, 3 pages, newest 2023-02-24"), "{out}");
    assert!(line("bare").contains("0 items, fewer than the 1"), "{out}");
    assert!(line("gone").contains("404"), "{out}");
    assert!(line("frame").contains("a frame that loads its list by a script"), "{out}");
    for n in 1..=4 {
        let asked = portal.log().iter().filter(|asked| asked.host == format!("127.0.0.{n}")).count();
        assert_eq!(asked, 2, "host {n}: robots.txt and the list");
    }
}
