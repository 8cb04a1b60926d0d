//! List pages asked for online: `sources check --online`, and a list behind a form.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

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

/// A portal whose list pages are sent for with a form; it remembers what it was asked for.
struct FormPortal {
    address: std::net::SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl FormPortal {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&asked);
        // The thread ends with the process: nothing waits for it.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = request(&stream);
                let answer = answer(&request);
                log.lock().unwrap().push(request);
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { address, asked }
    }
}

/// Method, path and body.
fn request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let first: Vec<String> = line.split(' ').take(2).map(ToOwned::to_owned).collect();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    format!("{} {}", first.join(" "), String::from_utf8(body).unwrap()).trim_end().to_owned()
}

fn answer(request: &str) -> String {
    let page = match request {
        "GET /dir.jsp" => 1,
        "POST /dir.jsp cpage=2&kind=9" => 2,
        "POST /dir.jsp cpage=3&kind=9" => 3,
        _ => 0,
    };
    let (status, body) = match page {
        0 if request.starts_with("GET /a") => ("200 OK", "<h1>云溪县法治政府建设情况报告</h1>".to_owned()),
        0 => ("404 Not Found", String::new()),
        page => ("200 OK", form_page(page)),
    };
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

fn form_page(page: usize) -> String {
    let mut rows = String::new();
    for n in 1..=3 {
        let _ = write!(
            rows,
            "<li><a href=\"/a{page}00{n}.html\">云溪县第{page}{n}号法治政府建设情况报告</a><i>2023-0{page}-2{n}</i></li>"
        );
    }
    let next =
        if page < 3 { format!("<a href=\"javascript:page('{}')\">下一页</a>", page + 1) } else { String::new() };
    let form = "<form method=\"post\"><input type=\"hidden\" name=\"cpage\" value=\"1\"><input name=\"kind\" value=\"9\"></form>";
    format!("<ul>{rows}</ul>{form}{next}")
}

#[test]
fn a_list_behind_a_form_is_read_to_its_last_page() {
    let portal = FormPortal::open();
    let folder = tempfile::tempdir().unwrap();
    let start = format!("start = [\"http://{}/dir.jsp\"]\n[polite]\ninterval = \"1ms\"\n", portal.address);
    source(folder.path(), "forms", &start);
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command.env_clear().current_dir(folder.path()).args(["crawl", "--quiet", "--allow-private", "--config", "."]);
    command.assert().success();
    let mut asked = portal.asked.lock().unwrap().clone();
    let lists: Vec<&String> = asked.iter().filter(|request| request.contains("dir.jsp")).collect();
    assert_eq!(lists, ["GET /dir.jsp", "POST /dir.jsp cpage=2&kind=9", "POST /dir.jsp cpage=3&kind=9"]);
    asked.retain(|request| request.starts_with("GET /a"));
    asked.sort();
    let pages = [1, 2, 3].iter().flat_map(|page| [1, 2, 3].map(|n| format!("GET /a{page}00{n}.html")));
    assert_eq!(asked, pages.collect::<Vec<_>>(), "every article once");
}
