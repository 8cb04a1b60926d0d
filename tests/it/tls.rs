//! Servers with old TLS, as `openssl s_server` plays them: refused by default, asked where a source says so.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::portal::site::{Desk, report};
use crate::skipped;

/// A server with one list and one report; it ends when it is dropped.
struct Server {
    process: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts a server with these options; `None` where there is no `openssl` that can do it.
fn serve(folder: &Path, options: &[&str]) -> Option<Server> {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = Command::new("openssl");
    command.env("OPENSSL_CONF", "weak.cnf").current_dir(folder).args([
        "s_server",
        "-accept",
        &format!("127.0.0.1:{port}"),
        "-WWW",
    ]);
    command.args(["-key", "key.pem", "-cert", "cert.pem"]).args(options);
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null()).spawn().ok()?;
    let mut said = BufReader::new(process.stdout.take()?);
    let mut line = String::new();
    while !line.starts_with("ACCEPT") {
        line.clear();
        if said.read_line(&mut line).ok()? == 0 {
            let _ = process.wait();
            return None;
        }
    }
    // What it says later is read, or it would stop when the pipe is full.
    std::thread::spawn(move || said.lines().for_each(drop));
    Some(Server { process, port })
}

fn site() -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let make =
        ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "9"];
    let mut command = Command::new("openssl");
    command.current_dir(folder.path()).args(make).args(["-subj", "/CN=www.yunxi.test"]);
    let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success()).then_some(())?;
    let list = "<ul><li><a href=\"1001.html\">云溪县2022年度法治政府建设年度报告</a><span>2023-02-28</span></li></ul>";
    let write = |name: &str, text: &str| {
        std::io::Write::write_all(&mut std::fs::File::create(folder.path().join(name)).unwrap(), text.as_bytes())
            .unwrap();
    };
    write("list.html", &format!("<meta charset=\"utf-8\">{list}"));
    write("1001.html", &format!("<meta charset=\"utf-8\">{}", report(2, 1, "")));
    // A server of our days has to be told that it may be weak.
    let weak = "openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nCipherString = DEFAULT@SECLEVEL=0\n";
    write("weak.cnf", weak);
    let mut command = Command::new("openssl");
    // RFC 3526 2: 1536 bits are fewer than security level 2 of OpenSSL asks for.
    command.args(["genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:modp_1536", "-out", "dh.pem"]);
    command.current_dir(folder.path()).stderr(Stdio::null()).status().ok()?;
    write("robots.txt", "User-agent: *\nDisallow: /private\n");
    Some(folder)
}

/// Exit code, status and weaknesses of a crawl of the server with this `[tls]`.
fn crawl(server: &Server, tls: &str) -> (i32, String, String) {
    let desk = Desk::new("");
    desk.source("yunxi", &format!("https://127.0.0.1:{}/list.html", server.port), tls);
    let run = desk.crawl(&[]);
    (run.exit(), run.status("yunxi"), run.source("yunxi")["weak_tls"].to_string())
}

#[test]
fn old_tls_is_spoken_only_where_the_source_asks_for_it() {
    let Some(folder) = site() else { return skipped("openssl, to play an old server") };
    for (options, needs) in [
        (&["-tls1", "-cipher", "AES128-SHA:@SECLEVEL=0"][..], "min_version = \"1.0\""),
        (&["-tls1_1", "-cipher", "ECDHE-RSA-AES128-SHA:@SECLEVEL=0"], "min_version = \"1.1\""),
        (&["-tls1_2", "-cipher", "DHE-RSA-AES128-SHA256:@SECLEVEL=0", "-dhparam", "dh.pem"], "weak_keys = true"),
    ] {
        let Some(server) = serve(folder.path(), options) else {
            skipped("an openssl that speaks old TLS");
            continue;
        };
        let (exit, status, weak) = crawl(&server, "[tls]\naccept_invalid_certs = true\n");
        assert_eq!((exit, weak.as_str()), (3, "[\"certificates are not checked\"]"), "{status}");
        assert!(status.starts_with("unreachable: ") && status.contains("too old"), "{options:?}: {status}");
        let (exit, status, weak) = crawl(&server, &format!("[tls]\naccept_invalid_certs = true\n{needs}\n"));
        assert_eq!((exit, status.as_str()), (0, "complete: "), "{options:?}");
        assert_eq!(weak.matches(',').count(), 1, "{weak}");
        let (exit, status, _) = crawl(&server, &format!("[tls]\n{needs}\n"));
        assert!(exit == 3 && status.contains("certificate is not trusted"), "{options:?}: {status}");
    }
}

#[test]
fn a_certificate_of_its_own_is_taken_only_where_the_source_says_so() {
    let Some(folder) = site() else { return skipped("openssl, to play a server") };
    let Some(server) = serve(folder.path(), &[]) else { return skipped("an openssl that serves") };
    let (exit, status, weak) = crawl(&server, "");
    assert!(exit == 3 && status.contains("certificate is not trusted"), "{status}");
    assert_eq!(weak, "[]");
    let (exit, status, weak) = crawl(&server, "[tls]\naccept_invalid_certs = true\n");
    assert_eq!((exit, status.as_str(), weak.as_str()), (0, "complete: ", "[\"certificates are not checked\"]"));
    assert_eq!(crawl_code("[tls]\nmin_version = \"0.9\"\n"), 2);
    assert_eq!(crawl_code("[tls]\nweak = true\n"), 2);
}

fn crawl_code(tls: &str) -> i32 {
    let desk = Desk::new("");
    desk.source("yunxi", "https://127.0.0.1:9/list.html", tls);
    desk.crawl(&[]).exit()
}
