//! Columns of reports for the portal, the configuration to crawl them, and what the archive then holds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use gongwen::archive::{Archive, ArchiveError};
use serde_json::Value;

use super::{Portal, Reply};

/// A column of one host, in the form of a TRS portal: `index.html`, `index_1.html` …, newest report first.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) host: u8,
    pub(crate) per_page: usize,
    /// Numbers of the reports, oldest first.
    pub(crate) reports: Vec<usize>,
    /// A report that stands at the top of every page as well.
    pub(crate) pinned: Option<usize>,
}

impl Column {
    pub(crate) fn new(host: u8, count: usize) -> Self {
        Self { host, per_page: 15, reports: (0..count).collect(), pinned: None }
    }

    /// Serves the column, in place of what was there before.
    pub(crate) fn serve(&self, portal: &Portal) {
        for (n, page) in self.list_pages().into_iter().enumerate() {
            portal.page(self.host, &list_path(n), page);
        }
        for &n in &self.reports {
            portal.page(self.host, &report_path(n), Reply::html(&report(self.host, n, "")));
        }
    }

    /// The list pages, first one first.
    pub(crate) fn list_pages(&self) -> Vec<Reply> {
        let newest_first: Vec<usize> = self.reports.iter().rev().copied().collect();
        let pages: Vec<_> = newest_first.chunks(self.per_page).collect();
        let numbered = pages.iter().enumerate();
        let page = |(n, page): (usize, &&[usize])| {
            let shown: Vec<usize> = self.pinned.into_iter().chain(page.iter().copied()).collect();
            Reply::html(&list(&shown, pages.len(), n))
        };
        numbered.map(page).collect()
    }

    pub(crate) fn start(&self, portal: &Portal) -> String {
        portal.url(self.host, &list_path(0))
    }
}

/// The path of list page `n`, from 0.
pub(crate) fn list_path(n: usize) -> String {
    if n == 0 { "/fzzf/index.html".to_owned() } else { format!("/fzzf/index_{n}.html") }
}

/// The path of a report.
pub(crate) fn report_path(n: usize) -> String {
    let (year, month, day) = date(n);
    format!("/fzzf/{year}{month:02}/t{year}{month:02}{day:02}_{}.html", 1000 + n)
}

/// Later reports have later days.
fn date(n: usize) -> (usize, usize, usize) {
    (2015 + n / 336 % 10, 1 + n / 28 % 12, 1 + n % 28)
}

fn list(reports: &[usize], pages: usize, current: usize) -> String {
    let items: String = reports
        .iter()
        .map(|&n| {
            let (year, month, day) = date(n);
            let path = report_path(n).replace("/fzzf/", "./");
            let title = format!("云溪县第{n}号法治政府建设年度报告");
            format!(
                "<li><a href=\"{path}\" title=\"{title}\">{title}</a><span>{year}-{month:02}-{day:02}</span></li>\n"
            )
        })
        .collect();
    format!(
        "<html><head><title>法治政府建设</title><meta name=\"SiteName\" content=\"云溪县人民政府\">\
         <meta name=\"ColumnName\" content=\"法治政府建设\"></head><body><div class=\"list\"><ul>\n{items}</ul></div>\
         <script>createPageHTML({pages}, {current}, \"index\", \"html\");</script></body></html>"
    )
}

/// A report; `more` is put at its end, so that a changed one can be told.
pub(crate) fn report(host: u8, n: usize, more: &str) -> String {
    let (year, month, day) = date(n);
    let body = "　　坚持依法行政，加强行政执法监督，落实行政执法三项制度，提高政府工作人员法治素养。".repeat(6);
    format!(
        "<html><head><title>云溪县第{n}号法治政府建设年度报告</title>\
         <meta name=\"ArticleTitle\" content=\"云溪县第{n}号法治政府建设年度报告\">\
         <meta name=\"PubDate\" content=\"{year}-{month:02}-{day:02} 09:30\"></head>\
         <body><h1>云溪县第{n}号法治政府建设年度报告</h1><div class=\"TRS_Editor\"><p>{host}号乡镇现将有关情况报告如下：</p>\
         <p>一、主要工作</p><p>{body}</p><p>二、存在问题</p><p>{body}{more}</p></div></body></html>"
    )
}

/// A folder with configuration and output, in which the program is run.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// Fast manners; `more` is put into the global file and may overrule nothing that stands here.
    pub(crate) fn new(more: &str) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let global = format!(
            "max_failed = 0.05\nrecheck = \"never\"\n[polite]\ninterval = \"0s\"\nconcurrency = 2\n[fetch]\nretries = 1\nbackoff = \"1ms\"\n{more}"
        );
        desk.write("config/gongwen.toml", &global);
        desk
    }

    pub(crate) fn source(&self, id: &str, start: &str, more: &str) {
        let text = format!("name = \"{id}\"\nstart = [\"{start}\"]\n{more}");
        self.write(&format!("config/sources/{id}.toml"), &text);
    }

    #[expect(clippy::disallowed_methods, reason = "nobody reads the file while it is written")]
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn output(&self) -> PathBuf {
        self.folder.path().join("output")
    }

    /// The program with these arguments, not yet run.
    pub(crate) fn command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gongwen"));
        command.args(arguments).arg("--config").arg(self.folder.path().join("config"));
        command.arg("--output").arg(self.output()).env_remove("RUST_LOG");
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run(self.command(arguments).output().unwrap())
    }

    /// Runs `crawl` with these flags.
    pub(crate) fn crawl(&self, flags: &[&str]) -> Run {
        let arguments: Vec<&str> = ["crawl", "--allow-private", "--json"].iter().chain(flags).copied().collect();
        self.run(&arguments)
    }

    /// How many different texts of a page the archive holds.
    pub(crate) fn versions(&self, source: &str, path: &str) -> usize {
        self.all_versions(source).get(path).copied().unwrap_or(0)
    }

    /// The same for every page of a source.
    pub(crate) fn all_versions(&self, source: &str) -> BTreeMap<String, usize> {
        let archive = Archive::open_read_only(&self.output()).unwrap();
        let mut versions = BTreeMap::new();
        archive
            .articles(&source.parse().unwrap(), |page| {
                *versions.entry(page.newest.url.path().to_owned()).or_default() += 1 + page.older.len();
                Ok::<_, ArchiveError>(())
            })
            .unwrap();
        versions
    }

    /// Address and body of every page that the archive holds of a source, read back from the WARC files.
    pub(crate) fn archived(&self, source: &str) -> Vec<(String, String)> {
        let archive = Archive::open_read_only(&self.output()).unwrap();
        let mut pages = Vec::new();
        archive
            .articles(&source.parse().unwrap(), |page| {
                let body = archive.shelf().read(&page.newest)?;
                pages.push((page.newest.url.path().to_owned(), String::from_utf8_lossy(&body).into_owned()));
                Ok::<_, ArchiveError>(())
            })
            .unwrap();
        pages
    }

    /// Why pages of a source failed, by `failed.jsonl`.
    pub(crate) fn failed_of(&self, source: &str) -> Vec<String> {
        let text = read(&self.output().join("failed.jsonl"));
        let pages = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        pages.filter(|page| page["source"] == source).map(|page| page["reason"].as_str().unwrap().to_owned()).collect()
    }

    /// The lines of a file of the output.
    pub(crate) fn lines(&self, file: &str) -> Vec<Value> {
        read(&self.output().join(file)).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The lines of `failed.jsonl` as `path: reason`.
    pub(crate) fn failed(&self) -> Vec<String> {
        let text = read(&self.output().join("failed.jsonl"));
        let line = |line: &str| {
            let page: Value = serde_json::from_str(line).unwrap();
            let url: url::Url = page["url"].as_str().unwrap().parse().unwrap();
            format!("{}: {}", url.path(), page["reason"].as_str().unwrap())
        };
        text.lines().map(line).collect()
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

/// What a run of the program gave.
pub(crate) struct Run(Output);

impl Run {
    pub(crate) fn exit(&self) -> i32 {
        self.0.status.code().unwrap_or(-1)
    }

    pub(crate) fn said(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    pub(crate) fn printed(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    /// The crawl's part of the report.
    pub(crate) fn report(&self) -> Value {
        let report: Value = serde_json::from_slice(&self.0.stdout).unwrap_or_else(|_| panic!("{}", self.said()));
        report["crawl"].clone()
    }

    /// The counts of the whole, after checking that those of every source add up.
    pub(crate) fn counts(&self) -> [u64; 6] {
        let report = self.report();
        let of = |counts: &Value| {
            ["seen", "new", "changed", "unchanged", "skipped", "failed"].map(|key| counts[key].as_u64().unwrap())
        };
        for counts in report["sources"].as_array().unwrap().iter().map(|source| of(&source["counts"])) {
            assert_eq!(counts[0], counts[1..].iter().sum::<u64>(), "{report}");
        }
        of(&report["counts"])
    }

    /// What the report says of a source.
    pub(crate) fn source(&self, source: &str) -> Value {
        let report = self.report();
        report["sources"].as_array().unwrap().iter().find(|found| found["source"] == source).unwrap().clone()
    }

    /// `status: detail` of a source.
    pub(crate) fn status(&self, source: &str) -> String {
        let found = self.source(source);
        format!("{}: {}", found["status"].as_str().unwrap(), found["detail"].as_str().unwrap_or_default())
    }
}
