//! The real pages, served by a portal on loopback and crawled, give the records that they give as files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::portal::site::Desk;
use crate::portal::{Portal, Reply};
use crate::skipped;

/// Items of one list page.
const PER_PAGE: usize = 20;

/// What only an archived page has, or what says how it came here.
const PROVENANCE: [&str; 7] =
    ["source", "fetched_at", "http_status", "content_type", "warc_file", "warc_offset", "prev_rev"];

#[test]
fn crawled_pages_give_the_records_of_the_files() {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(urls) = std::fs::read_to_string(corpus.join("pages_urls.tsv")) else {
        skipped("the corpus of real pages");
        return;
    };
    let portal = Portal::open();
    let mut pages: BTreeMap<String, String> = urls.lines().filter_map(|line| loopback(&portal, line)).collect();
    let mut addresses = BTreeSet::new();
    pages.retain(|_, url| addresses.insert(url.clone()));
    assert!(pages.len() > 50, "the corpus is there but holds {} pages", pages.len());
    serve(&portal, &corpus.join("pages"), &pages);

    let desk = Desk::new("");
    desk.source("corpus", &portal.url(2, "/column/index.html"), "");
    let crawl = desk.crawl(&[]);
    let total = pages.len() as u64;
    let [seen, new, .., failed] = crawl.counts();
    // Error pages among them fail on the way and are no documents as files either: the records must tell.
    assert_eq!((seen, new + failed), (total, total), "{}", crawl.said());
    let built = desk.command(&["build", "--quiet"]).status().unwrap();
    assert!(matches!(built.code(), Some(0 | 3)), "{built}");

    let extracted = from_files(&desk, &corpus.join("pages"), &pages);
    let records = lines(&std::fs::read_to_string(desk.output().join("records/corpus/documents.jsonl")).unwrap());
    assert_eq!(records.len(), extracted.len(), "as many documents as from the files");
    for (id, record) in &records {
        let mut from_file = extracted.get(id).cloned();
        // Only a crawl knows since when a page is there, and what day the list showed.
        for key in ["first_seen", "last_checked"] {
            assert!(record[key].is_string(), "{}", record["url"]);
            if let Some(document) = &mut from_file {
                document[key] = record[key].clone();
            }
        }
        if record["published_from"] == "list"
            && let Some(document) = &mut from_file
        {
            assert!(document["published_from"].is_null() || document["published_from"] == "url", "{}", record["url"]);
            for key in ["published", "published_from"] {
                document[key] = record[key].clone();
            }
        }
        assert_eq!(Some(record), from_file.as_ref(), "{}", record["url"]);
    }
}

/// The name of a page and its address on the portal: the path of the real one.
fn loopback(portal: &Portal, line: &str) -> Option<(String, String)> {
    let (name, url) = line.split_once('\t')?;
    let url: url::Url = url.trim().parse().ok()?;
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    // The crawl asks for `/` where a list says `/index.html`; the first folder keeps pages of different hosts apart.
    let path = url.path().trim_end_matches("index.html");
    Some((name.to_owned(), portal.url(2, &format!("/{}{path}{query}", url.host_str()?))))
}

fn serve(portal: &Portal, folder: &Path, pages: &BTreeMap<String, String>) {
    let path = |url: &str| url.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap();
    for (name, url) in pages {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        portal.page(2, &path(url), Reply::bytes(bytes).header("content-type", "text/html"));
    }
    let names: Vec<&String> = pages.values().collect();
    let lists: Vec<_> = names.chunks(PER_PAGE).collect();
    for (n, list) in lists.iter().enumerate() {
        let items: String = list
            .iter()
            .enumerate()
            .map(|(k, url)| {
                let title = format!("云溪县人民政府关于第{}号文件的通知", n * PER_PAGE + k);
                format!("<li><a href=\"{url}\">{title}</a><span>2024-01-{:02}</span></li>\n", 28 - k)
            })
            .collect();
        let script = format!("createPageHTML({}, {n}, \"index\", \"html\");", lists.len());
        let markup = format!("<body><ul class=\"list\">{items}</ul><script>{script}</script></body>");
        let name = if n == 0 { "index".to_owned() } else { format!("index_{n}") };
        portal.page(2, &format!("/column/{name}.html"), Reply::html(&markup));
    }
}

/// What `extract` makes of the files, by document id.
fn from_files(desk: &Desk, folder: &Path, pages: &BTreeMap<String, String>) -> BTreeMap<String, Value> {
    let urls: String = pages.iter().map(|(name, url)| format!("{name}\t{url}\n")).collect();
    desk.write("urls.tsv", &urls);
    let urls = desk.output().with_file_name("urls.tsv");
    let files: Vec<String> = pages.keys().map(|name| folder.join(name).display().to_string()).collect();
    let mut command = desk.command(&["extract", "--jsonl", &format!("--urls={}", urls.display())]);
    let out = command.args(files).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).unwrap();
    let documents = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["document"].to_string());
    lines(&documents.filter(|document| document != "null").collect::<Vec<_>>().join("\n"))
}

/// Documents by id, without what says how they came here.
fn lines(text: &str) -> BTreeMap<String, Value> {
    let document = |line: &str| {
        let mut document: Value = serde_json::from_str(line).unwrap();
        let id = document["id"].as_str().unwrap().to_owned();
        for key in PROVENANCE {
            document.as_object_mut().unwrap().remove(key);
        }
        (id, document)
    };
    text.lines().map(document).collect()
}
