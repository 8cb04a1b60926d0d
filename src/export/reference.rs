//! Documents as references for Zotero, LaTeX and their like, with what GB/T 7714 asks of a report on a web page.

use std::io::Write as _;
use std::path::Path;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::part::Part;
use super::selection::{Selection, file_at, text};
use super::{ExportError, Row, Written};

/// The form of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// CSL-JSON.
    CslJson,
    /// BibTeX with the keys `mark` and `medium` of the gbt7714 package.
    Bibtex,
    /// RIS.
    Ris,
}

/// What a reference says.
struct Reference {
    id: String,
    authors: Vec<String>,
    title: String,
    /// Letter of GB/T 7714: R a report, S what binds, Z all else.
    mark: char,
    published: Option<Date>,
    accessed: Option<Date>,
    number: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
}

impl Reference {
    /// Of a document; `None` without a title.
    fn of(document: &Row) -> Option<Self> {
        let owned = |key| text(document, key).map(str::to_owned);
        let day = |key| text(document, key).and_then(|value| value.get(..10)).and_then(|day| day.parse().ok());
        let signed: Vec<String> = document
            .get("issuers")
            .and_then(Value::as_array)
            .map(|issuers| issuers.iter().filter_map(|issuer| Some(issuer.as_str()?.to_owned())).collect())
            .unwrap_or_default();
        let issuer = owned("issuer").or_else(|| owned("publisher"));
        Some(Self {
            id: owned("id")?,
            authors: if signed.is_empty() { issuer.into_iter().collect() } else { signed },
            title: owned("title")?,
            mark: match text(document, "genre") {
                Some("rule_of_law_annual" | "foi_annual" | "work_report") => 'R',
                Some("rules") => 'S',
                _ => 'Z',
            },
            published: day("published").or_else(|| day("dated")),
            accessed: day("fetched_at"),
            number: owned("document_number"),
            publisher: owned("publisher"),
            url: owned("final_url").or_else(|| owned("url")),
        })
    }

    fn csl(&self) -> Value {
        let kind = match self.mark {
            'R' => "report",
            'S' => "legislation",
            _ => "webpage",
        };
        let date = |day: Date| json!({ "date-parts": [[day.year(), day.month(), day.day()]] });
        let mut item = json!({
            "id": self.id,
            "type": kind,
            "title": self.title,
            "author": self.authors.iter().map(|name| json!({ "literal": name })).collect::<Vec<_>>(),
            "language": "zh-CN",
            "note": format!("文献类型标识: {}/OL", self.mark),
        });
        let optional = [
            ("issued", self.published.map(date)),
            ("accessed", self.accessed.map(date)),
            ("number", self.number.clone().map(Value::from)),
            ("publisher", self.publisher.clone().map(Value::from)),
            ("URL", self.url.clone().map(Value::from)),
        ];
        for (key, value) in optional {
            if let Some(value) = value {
                item[key] = value;
            }
        }
        item
    }

    fn bibtex(&self) -> String {
        let kind = if self.mark == 'R' { "techreport" } else { "misc" };
        let authors: Vec<String> = self.authors.iter().map(|name| format!("{{{}}}", escaped(name))).collect();
        let body = if self.mark == 'R' { "institution" } else { "publisher" };
        let fields = [
            ("author", (!authors.is_empty()).then(|| authors.join(" and "))),
            ("title", Some(escaped(&self.title))),
            (body, self.publisher.as_ref().or(self.authors.first()).map(|name| format!("{{{}}}", escaped(name)))),
            ("year", self.published.map(|day| day.year().to_string())),
            ("date", self.published.map(|day| day.to_string())),
            ("urldate", self.accessed.map(|day| day.to_string())),
            ("number", self.number.as_deref().map(escaped)),
            ("url", self.url.as_ref().map(|url| url.replace('{', "%7B").replace('}', "%7D"))),
            ("mark", Some(self.mark.to_string())),
            ("medium", Some("OL".to_owned())),
            ("language", Some("chinese".to_owned())),
        ];
        // A key of BibTeX holds no comma, brace or blank; ids hold none either.
        let mut entry = format!("@{kind}{{{},\n", self.id);
        for (key, value) in fields {
            if let Some(value) = value {
                entry.push_str(&["  ", key, " = {", &value, "},\n"].concat());
            }
        }
        entry + "}\n\n"
    }

    fn ris(&self) -> String {
        let kind = match self.mark {
            'R' => "RPRT",
            'S' => "LEGAL",
            _ => "ELEC",
        };
        let day = |day: Date| day.strftime("%Y/%m/%d").to_string();
        let mut lines = vec![("TY", kind.to_owned()), ("ID", self.id.clone())];
        lines.extend(self.authors.iter().map(|name| ("AU", name.clone())));
        lines.push(("TI", self.title.clone()));
        lines.extend(self.published.map(|day| ("PY", day.year().to_string())));
        lines.extend(self.published.map(|published| ("DA", day(published))));
        lines.extend(self.accessed.map(|accessed| ("Y2", day(accessed))));
        lines.extend(self.publisher.clone().map(|name| ("PB", name)));
        lines.extend(self.number.clone().map(|number| ("SN", number)));
        lines.extend(self.url.clone().map(|url| ("UR", url)));
        lines.push(("LA", "zh-CN".to_owned()));
        lines.push(("N1", format!("文献类型标识: {}/OL", self.mark)));
        lines.push(("ER", String::new()));
        let line = |(tag, value): (&str, String)| format!("{tag}  - {}\r\n", value.replace(['\r', '\n'], " "));
        lines.into_iter().map(line).collect::<String>() + "\r\n"
    }
}

/// What TeX would read as its own is escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '#' | '_' | '$' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Writes a reference for every document that has a title.
///
/// # Errors
/// What cannot be read or written.
pub fn references(selection: &Selection, style: Style, out: &Path) -> Result<Vec<Written>, ExportError> {
    let name = match style {
        Style::CslJson => "references.json",
        Style::Bibtex => "references.bib",
        Style::Ris => "references.ris",
    };
    let part = Part::begin(&file_at(out, name))?;
    let mut file = std::io::BufWriter::new(part.create()?);
    let mut rows = 0;
    for source in selection.folders()? {
        let chosen = selection.documents(&source, |_| ())?;
        source.rows("documents", |document| {
            let is_chosen = text(&document, "id").is_some_and(|id| chosen.contains_key(id));
            let Some(reference) = Reference::of(&document).filter(|_| is_chosen) else { return Ok(()) };
            let text = match style {
                Style::CslJson => format!("{}{}", if rows == 0 { "[\n" } else { ",\n" }, reference.csl()),
                Style::Bibtex => reference.bibtex(),
                Style::Ris => reference.ris(),
            };
            rows += 1;
            file.write_all(text.as_bytes()).map_err(|error| part.failed(error))
        })?;
    }
    let end: &[u8] = match (style, rows) {
        (Style::CslJson, 0) => b"[]\n",
        (Style::CslJson, _) => b"\n]\n",
        _ => b"",
    };
    file.write_all(end).map_err(|error| part.failed(error))?;
    file.into_inner().map_err(|error| part.failed(error.into_error()))?;
    Ok(vec![Written { path: part.commit()?, rows }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_cited_as_gb_t_7714_asks() {
        let document = json!({
            "id": "a.test:1", "title": "青石镇100%达标{2022}报告", "issuers": ["青石镇人民政府"], "genre": "work_report",
            "published": "2023-02-28", "fetched_at": "2023-03-01T08:00:00Z", "document_number": "青政〔2023〕2号",
            "publisher": null, "final_url": "http://a.test/a_b?x=1%20", "url": "http://a.test/", "issuer": null,
        });
        let reference = Reference::of(document.as_object().unwrap()).unwrap();
        let csl = reference.csl();
        assert_eq!((&csl["type"], &csl["author"][0]["literal"]), (&json!("report"), &json!("青石镇人民政府")));
        assert_eq!(csl["issued"]["date-parts"], json!([[2023, 2, 28]]));
        assert!(csl.get("publisher").is_none());
        let bibtex = reference.bibtex();
        for line in [
            "@techreport{a.test:1,",
            "  author = {{青石镇人民政府}},",
            "  title = {青石镇100\\%达标\\{2022\\}报告},",
            "  url = {http://a.test/a_b?x=1%20},",
            "  mark = {R},",
            "  medium = {OL},",
        ] {
            assert!(bibtex.contains(line), "{line} is not in\n{bibtex}");
        }
        let ris = reference.ris();
        assert!(ris.starts_with("TY  - RPRT\r\n") && ris.ends_with("ER  - \r\n\r\n"), "{ris}");
        assert!(ris.contains("DA  - 2023/02/28\r\n"));
    }
}
