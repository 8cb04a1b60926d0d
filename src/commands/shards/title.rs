//! Selection by title, with a cheap look at the bytes that spares most pages the full reading.

use std::sync::LazyLock;

use regex::Regex;
use regex_syntax::hir::literal::{ExtractKind, Extractor, Seq};

use crate::file::FileKind;
use crate::model::PageFormat;
use crate::page;

/// Characters written by their numbers, which the look at the bytes does not read.
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)&#x?[0-9a-f]{4,}|\\u[0-9a-f]{4}|%u[0-9a-f]{4}|%e[0-9a-f]%").expect("a pattern of ours")
});

/// What may stand between two characters of a title that a page breaks over tags and lines.
const GAP: &str = r"(?:\s|\p{Cf}|<[^<>]*>|&[a-zA-Z]+;)*";

/// A pattern of titles.
pub(super) struct Title {
    pattern: Regex,
    /// Found in every page that can have such a title; `None` if the pattern is too general to say.
    sign: Option<Regex>,
}

impl Title {
    pub(super) fn new(pattern: Regex) -> Self {
        let sign = sign(pattern.as_str());
        Self { pattern, sign }
    }

    /// Whether a document has such a title.
    pub(super) fn is(&self, title: Option<&str>) -> bool {
        title.is_some_and(|title| self.pattern.is_match(title))
    }

    /// Whether a page may have such a title. In doubt it may: files, and what is written by numbers.
    pub(super) fn may_be_in(&self, bytes: &[u8], content_type: Option<&str>) -> bool {
        let Some(sign) = &self.sign else { return true };
        if FileKind::of(bytes).is_some() {
            return true;
        }
        match page::decode(bytes, content_type, PageFormat::Html, None) {
            Ok(page) => sign.is_match(&page.text) || NUMBERS.is_match(&page.text),
            // The full reading says what is wrong.
            Err(_) => true,
        }
    }
}

/// The words with which, or at the end of which, everything that a pattern matches is written.
fn sign(pattern: &str) -> Option<Regex> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let words = |kind: ExtractKind| {
        let seq: Seq = Extractor::new().kind(kind).extract(&hir);
        let literals = seq.literals()?;
        let words = literals.iter().map(|word| Some(str::from_utf8(word.as_bytes()).ok()?.to_owned()));
        let words: Vec<String> = words.collect::<Option<_>>()?;
        words.iter().all(|word| !word.trim().is_empty()).then_some(words).filter(|words| !words.is_empty())
    };
    let words = words(ExtractKind::Prefix).or_else(|| words(ExtractKind::Suffix))?;
    let spread = |word: &String| {
        let characters = word.chars().filter(|c| !c.is_whitespace()).map(|c| regex::escape(&c.to_string()));
        characters.collect::<Vec<_>>().join(GAP)
    };
    Regex::new(&words.iter().map(spread).collect::<Vec<_>>().join("|")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Rules;
    use crate::model::RecordLimits;
    use crate::reading::{RawPage, page_records};

    fn title(pattern: &str) -> Title {
        Title::new(Regex::new(pattern).unwrap())
    }

    #[test]
    fn pages_that_cannot_have_the_title_are_not_read() {
        for (pattern, page, may) in [
            ("法治政府建设", "<title>云溪县法治政府建设报告</title>", true),
            ("法治政府建设", "<title>云溪县财政预算报告</title>", false),
            ("法治政府建设.*(报告|总结)", "<h1>法治政府<br>\n 建设 情况</h1>", true),
            ("(法治政府|依法行政).*报告", "<p>依法<b>行</b>政</p>", true),
            (".*报告$", "<p>公告</p>", false),
            (".*", "<p>公告</p>", true),
            ("法治政府建设", "<h1>&#x6cd5;&#x6cbb;&#x653f;&#x5e9c;&#x5efa;&#x8bbe;</h1>", true),
            ("法治政府建设", "%PDF-1.7 binary", true),
        ] {
            assert_eq!(title(pattern).may_be_in(page.as_bytes(), None), may, "{pattern} {page}");
        }
    }

    #[test]
    fn no_page_is_passed_over_whose_title_matches() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/extract");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let page = RawPage::saved(&bytes, PageFormat::Html, None);
            let Ok(made) = page_records(page, Rules::default(), &RecordLimits::default()) else { continue };
            let Some(found) = made.records.document.title else { continue };
            let pattern = title(&regex::escape(&found));
            assert!(pattern.is(Some(&found)));
            assert!(pattern.may_be_in(&bytes, None), "{} in {}", found, path.display());
            seen += 1;
        }
        assert!(seen > 10, "only {seen} pages");
    }
}
