//! Everything that the demo portal has to show: list pages, articles, their files, robots.txt.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use encoding_rs::GB18030;
use hyper::body::Bytes;
use sha2::{Digest, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::markup::{body, escaped};
use super::report::{Answer, Charset, FORBIDDEN, Family, Report};
use crate::file::FileKind;

/// The name of the portal; `.test` is set aside for such uses (RFC 6761) and never resolves.
pub(super) const HOST: &str = "demo.gongwen.test";
/// The folder of the list pages.
pub(super) const COLUMN: &str = "/fzzf/";

const PER_PAGE: usize = 10;
const PDF: &[u8] = include_bytes!("pages/report.pdf");
const ANNEX: [(&str, &str); 3] = [
    ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
    ("word/document.xml", include_str!("pages/annex_document.xml")),
    ("word/numbering.xml", include_str!("pages/annex_numbering.xml")),
];

/// What lies at one path.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    /// The header.
    pub(super) content_type: &'static str,
    /// The body as sent.
    pub(super) bytes: Bytes,
    /// A strong validator: the same bytes, the same tag.
    pub(super) etag: String,
    /// When it changed last, in the form of RFC 9110.
    pub(super) last_modified: String,
    /// The connection breaks off after half of the body.
    pub(super) cut: bool,
}

/// The pages by path; what is not in it is not there.
pub(super) fn site(reports: &[Report]) -> BTreeMap<String, Resource> {
    let newest = reports.first().map_or("2020-01-01", |report| report.published);
    let mut site = BTreeMap::new();
    for (n, items) in reports.chunks(PER_PAGE).enumerate() {
        let pages = reports.len().div_ceil(PER_PAGE);
        let path = if n == 0 { format!("{COLUMN}index.html") } else { format!("{COLUMN}index_{n}.html") };
        let page = list_page(items, n, pages).into_bytes();
        site.insert(path, resource("text/html; charset=utf-8", page, newest));
    }
    for (n, report) in reports.iter().enumerate().filter(|(_, report)| report.answer != Answer::Gone) {
        let related: Vec<&Report> = reports.iter().cycle().skip(n + 1).take(3).collect();
        let (content_type, page) = encoded(&article_page(report, &related), report.charset);
        let page = Resource { cut: report.answer == Answer::Cut, ..resource(content_type, page, report.published) };
        site.insert(report.path.to_owned(), page);
        for file in report.body.iter().filter_map(|line| line.strip_prefix('@')?.split(' ').next()) {
            let folder = report.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let (content_type, bytes) = file_of(file);
            site.insert(format!("{folder}/{file}"), resource(content_type, bytes, report.published));
        }
    }
    let robots = format!("User-agent: *\nDisallow: {FORBIDDEN}\n");
    site.insert("/robots.txt".to_owned(), resource("text/plain", robots.into_bytes(), newest));
    site
}

/// A file by the ending of its name: the report that is only a PDF, or the annex that Word has written.
fn file_of(name: &str) -> (&'static str, Vec<u8>) {
    if name.rsplit('.').next() == Some("docx") {
        return (FileKind::Docx.media_type(), annex().expect("a writer into memory does not fail"));
    }
    (FileKind::Pdf.media_type(), PDF.to_vec())
}

/// A document whose numbers stand in no text: the program that shows it draws them.
fn annex() -> Result<Vec<u8>, zip::result::ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in ANNEX {
        writer.start_file(name, SimpleFileOptions::default().last_modified_time(zip::DateTime::default()))?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

fn resource(content_type: &'static str, bytes: Vec<u8>, published: &str) -> Resource {
    let digest = Sha256::digest(&bytes);
    let etag = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>();
    Resource {
        content_type,
        bytes: bytes.into(),
        etag: format!("\"{etag}\""),
        last_modified: last_modified(published),
        cut: false,
    }
}

/// `2023-02-28` or `2023-02-28 10:20`, on a Chinese clock, as the header wants it.
fn last_modified(published: &str) -> String {
    let (day, time) = published.split_once(' ').unwrap_or((published, "00:00"));
    let instant: jiff::Timestamp =
        format!("{day}T{time}:00+08:00").parse().expect("the header of every report is read by a test");
    jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&instant)
        .expect("a year between 1 and 9999 can be written")
}

fn encoded(page: &str, charset: Charset) -> (&'static str, Vec<u8>) {
    match charset {
        Charset::Utf8 => ("text/html; charset=utf-8", page.as_bytes().to_vec()),
        Charset::Gb18030 => ("text/html", GB18030.encode(page).0.into_owned()),
    }
}

fn article_page(report: &Report, related: &[&Report]) -> String {
    let (template, item) = match report.family {
        Family::Trs => (include_str!("pages/trs.html"), "li"),
        Family::Hanweb => (include_str!("pages/hanweb.html"), "li"),
        Family::Hunan => (include_str!("pages/hunan.html"), "dd"),
    };
    let title_lines: Vec<String> = report.title_lines.iter().map(|line| escaped(line)).collect();
    let related: Vec<String> = related
        .iter()
        .map(|other| format!("<{item}><a href=\"{}\">{}</a></{item}>", other.path, escaped(&other.title())))
        .collect();
    let declared = match report.charset {
        Charset::Utf8 => "utf-8",
        Charset::Gb18030 => "gb2312",
    };
    let serial: String = report.path.chars().filter(char::is_ascii_digit).collect();
    let column: String = report.path.split_inclusive('/').take(2).collect();
    filled(
        template,
        &[
            ("host", HOST),
            ("path", report.path),
            ("column", &column),
            ("serial", &serial),
            ("declared", declared),
            ("title", &escaped(&report.title())),
            ("title_lines", &title_lines.join("<br />")),
            ("published", report.published),
            ("author", report.author),
            ("source", report.source),
            ("views", report.views),
            ("body", &body(report)),
            ("related", &related.join("\n")),
        ],
    )
}

fn list_page(items: &[Report], current: usize, pages: usize) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|report| {
            let title = report.title();
            let href =
                report.path.strip_prefix(COLUMN).map_or_else(|| report.path.to_owned(), |rest| format!("./{rest}"));
            format!(
                "      <li><a href=\"{href}\" target=\"_blank\" title=\"{}\">{}</a><span>{}</span></li>",
                escaped(&title),
                escaped(&shown(&title)),
                report.day()
            )
        })
        .collect();
    filled(
        include_str!("pages/list.html"),
        &[
            ("host", HOST),
            ("items", &items.join("\n")),
            ("pages", &pages.to_string()),
            ("current", &current.to_string()),
        ],
    )
}

/// A title as a list with narrow columns shows it.
fn shown(title: &str) -> String {
    const WIDTH: usize = 24;
    if title.chars().count() <= WIDTH { title.to_owned() } else { title.chars().take(WIDTH).chain(['…']).collect() }
}

/// Puts the values into the `{{name}}` places of the template.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut pieces = template.split("{{");
    let mut page = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or(("", piece));
        let value = values.iter().find(|(key, _)| *key == name);
        page += value.unwrap_or_else(|| panic!("the template names `{name}`, which has no value")).1;
        page += rest;
    }
    page
}

#[cfg(test)]
mod tests {
    use super::super::report::reports;
    use super::*;

    #[test]
    fn three_list_pages_name_every_report_once() {
        let reports = reports().unwrap();
        let site = site(&reports);
        let pages: String = ["index.html", "index_1.html", "index_2.html"]
            .iter()
            .enumerate()
            .map(|(n, name)| {
                let page = str::from_utf8(&site[&format!("{COLUMN}{name}")].bytes).unwrap().to_owned();
                assert!(page.contains(&format!("createPageHTML(3, {n}, \"index\", \"html\");")), "{name}");
                page
            })
            .collect();
        assert!(!site.contains_key(&format!("{COLUMN}index_3.html")));
        for report in &reports {
            let href = report.path.strip_prefix(COLUMN).map_or(report.path.to_owned(), |rest| format!("./{rest}"));
            assert_eq!(pages.matches(&format!("\"{href}\"")).count(), 1, "{href}");
        }
    }

    #[test]
    fn a_page_holds_every_word_of_its_report_in_its_charset() {
        let reports = reports().unwrap();
        let site = site(&reports);
        for report in reports.iter().filter(|report| report.answer == Answer::Whole) {
            let bytes = &site[report.path].bytes;
            let page = match report.charset {
                Charset::Utf8 => str::from_utf8(bytes).unwrap().to_owned(),
                Charset::Gb18030 => {
                    assert!(str::from_utf8(bytes).is_err(), "{} is UTF-8", report.path);
                    GB18030.decode_without_bom_handling_and_without_replacement(bytes).unwrap().into_owned()
                }
            };
            let text: String = scraper::Html::parse_document(&page).root_element().text().collect();
            for line in &report.body {
                let line = line.strip_prefix('@').map_or(*line, |file| file.split_once(' ').unwrap().1);
                for words in line.trim_start_matches(['>', '=']).split(['*', '|']) {
                    assert!(text.contains(words), "{}: {words}", report.path);
                }
            }
            assert!(!page.contains("{{") && !page.contains("}}"), "{}", report.path);
        }
    }

    #[test]
    fn the_site_is_the_same_each_time() {
        let tags = || site(&reports().unwrap()).into_iter().map(|(path, r)| (path, r.etag)).collect::<Vec<_>>();
        assert_eq!(tags(), tags());
    }

    #[test]
    fn a_day_on_a_chinese_clock_is_told_in_universal_time() {
        assert_eq!(last_modified("2023-02-28"), "Mon, 27 Feb 2023 16:00:00 GMT");
        assert_eq!(last_modified("2023-02-28 10:20"), "Tue, 28 Feb 2023 02:20:00 GMT");
    }
}
