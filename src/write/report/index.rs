//! What the search looks through: titles and headings as scripts, since a page from disk may load nothing else.

use maud::html;
use serde_json::json;

use super::SitePage;
use super::facts::Row;
use super::frame::Frame;
use super::labels::{counted, label};
use super::records::Entry;

/// So many documents share a file.
const SHARD: usize = 1000;
/// So many headings of a document are looked through, each up to so many letters.
const HEADINGS: usize = 60;
const LETTERS: usize = 60;

/// What the files of the search begin with: a call of the script of the site.
pub(super) const DATA: &str = "gongwen(";

/// The files of the search, made as documents come in: only one of each kind is in memory.
#[derive(Debug, Default)]
pub struct Index {
    titles: Vec<String>,
    headings: Vec<String>,
    shards: usize,
    documents: u64,
    left_out: u64,
}

impl Index {
    /// Takes a document in; gives the files that are full.
    pub fn take(&mut self, row: &Row, entry: &Entry) -> Vec<SitePage> {
        let place = self.titles.len();
        self.documents += 1;
        self.titles.push(json!([row.page, row.title, row.issuer, row.year, row.published]).to_string());
        let headings = entry.sections.iter().filter_map(|section| Some((section.seq, section.heading.as_ref()?)));
        for (n, (seq, heading)) in headings.enumerate() {
            if n < HEADINGS {
                let heading: String = heading.chars().take(LETTERS).collect();
                self.headings.push(json!([place, seq, heading]).to_string());
            } else {
                self.left_out += 1;
            }
        }
        if self.titles.len() == SHARD { self.finish() } else { Vec::new() }
    }

    /// The files that are not full.
    pub fn finish(&mut self) -> Vec<SitePage> {
        if self.titles.is_empty() {
            return Vec::new();
        }
        let n = self.shards;
        self.shards += 1;
        let file = |kind: &str, lines: &mut Vec<String>| {
            let text = format!("{DATA}\"{kind}\",{n},[\n{}\n]);\n", lines.join(",\n"));
            lines.clear();
            (format!("data/{kind}-{n}.js"), text)
        };
        vec![file("titles", &mut self.titles), file("headings", &mut self.headings)]
    }

    /// The page of the search.
    pub(super) fn page(&self) -> String {
        let content = html! {
            h1 { (label("检索", "Search")) }
            form.search #search role="search" data-shards=(self.shards) data-shard=(SHARD) {
                label for="query" { (label("标题或小标题中的词，空格分开", "words of a title or a heading, with blanks between")) }
                input #query type="search" autocomplete="off" spellcheck="false" autofocus;
            }
            p.note role="status" aria-live="polite" #found {
                (counted(self.documents, label("篇文件可供检索", "documents can be found")))
            }
            ol.found #results {}
            noscript { p.warn { (label("检索需要脚本。", "The search needs JavaScript.")) } }
            @if self.left_out > 0 {
                p.note {
                    (label("每篇只检索前 60 个小标题，未收", "Only the first 60 headings of a document are looked through; left out:"))
                    " " (self.left_out)
                }
            }
        };
        Frame::top("检索 Search", "search.html").around(&content)
    }
}
