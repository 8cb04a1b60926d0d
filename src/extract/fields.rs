//! The fields around an article, each chosen among what labels and tags say.

use url::Url;

use super::trace::Trace;
use crate::model::{Document, Warning, WarningCode};
use crate::page::{Label, Labelled, MetaTags, is_placeholder, line_class, same_letters};
use crate::text::{dates, fold_char, is_blank, is_private_use};

/// Names of the meta tags that hold the source.
const SOURCE_TAGS: &[&str] = &["contentsource", "source"];

/// What the fields are chosen from.
pub(super) struct Sources<'a> {
    pub(super) labels: &'a [Labelled],
    pub(super) meta: &'a MetaTags<'a>,
    /// Lines between the title and the body.
    pub(super) head: Vec<&'a str>,
    /// First lines of the body.
    pub(super) opening: Vec<&'a str>,
    /// Where the page was fetched.
    pub(super) url: Option<&'a Url>,
}

impl Sources<'_> {
    /// Fills the fields of the document.
    pub(super) fn fill(&self, document: &mut Document, trace: &mut Trace) {
        self.published(document, trace);
        let mut warnings = Vec::new();
        document.publisher = self.publisher(document, &mut warnings, trace);
        document.warnings.append(&mut warnings);
        document.author = self.author(document, trace);
        document.document_number = self.document_number(document, trace);
        document.index_number = self.index_number(trace);
        document.views = self.views(trace);
    }

    /// The values of a label that may be names, cleaned of what templates glue to them.
    fn names(&self, label: Label) -> impl Iterator<Item = (String, String)> {
        self.with(label).map(|found| (name(&found.value), found.word.to_owned()))
    }

    pub(super) fn with(&self, label: Label) -> impl Iterator<Item = &Labelled> {
        self.labels.iter().filter(move |found| found.label == label)
    }

    fn publisher(&self, document: &Document, warnings: &mut Vec<Warning>, trace: &mut Trace) -> Option<String> {
        let column = self.meta.first(&["columnname"]);
        let is_column =
            |value: &String| !is_body(value) && (Some(value) == column.as_ref() || document.breadcrumb.contains(value));
        let labels = self.names(Label::Publisher);
        let tags = SOURCE_TAGS.iter().filter_map(|tag| Some((self.meta.last(tag)?, format!("meta {tag}"))));
        let candidates: Vec<(String, String)> = labels.chain(tags).filter(|(value, _)| !value.is_empty()).collect();
        for (value, origin) in candidates {
            trace.field("publisher", &value, || origin.clone());
            let why = if is_placeholder(&value) || is_column(&value) {
                "stands for nothing"
            } else if value.chars().count() > 50 {
                "is too long for a name"
            } else {
                trace.choose("publisher", &value, "first value that is a name");
                let tags = SOURCE_TAGS.iter().filter_map(|tag| self.meta.last(tag)).filter(|tag| !is_column(tag));
                warnings.extend(disagreement("publisher", &value, tags, trace));
                return Some(value);
            };
            trace.pass("publisher", &value, why);
            if origin.starts_with("meta") {
                warnings.push(Warning::of_document(WarningCode::MetaPlaceholder, format!("{origin}: {value}")));
            }
        }
        None
    }

    fn author(&self, document: &mut Document, trace: &mut Trace) -> Option<String> {
        let labels = self.names(Label::Author);
        let tag = self.meta.last("author").map(|value| (value, "meta Author".to_owned()));
        let candidates: Vec<(String, String)> = labels.chain(tag).filter(|(value, _)| !value.is_empty()).collect();
        for (value, origin) in candidates {
            trace.field("author", &value, || origin.clone());
            if is_placeholder(&value) || value.chars().count() > 40 {
                if origin.starts_with("meta") {
                    document
                        .warnings
                        .push(Warning::of_document(WarningCode::MetaPlaceholder, format!("{origin}: {value}")));
                }
                trace.pass("author", &value, "stands for nothing");
            } else if is_account(&value) || origin.starts_with("meta") && is_portal(&value) {
                trace.pass("author", &value, "names an account or the portal");
            } else {
                trace.choose("author", &value, "first value that is a name");
                let tag = self.meta.last("author").filter(|tag| !is_account(tag) && !is_portal(tag));
                document.warnings.extend(disagreement("author", &value, tag.into_iter(), trace));
                return Some(value);
            }
        }
        None
    }

    fn document_number(&self, document: &Document, trace: &mut Trace) -> Option<String> {
        for found in self.with(Label::Number).filter(|found| !found.value.is_empty()) {
            trace.field("document_number", &found.value, || found.word.to_owned());
            if let Some(number) = line_class::find_document_number(&found.value) {
                trace.choose("document_number", &found.value, "labelled");
                return Some(written_number(number));
            }
            trace.pass("document_number", &found.value, "has not the form of a number");
        }
        let line = self.opening.iter().find(|text| line_class::is_document_number(text));
        let in_title = || document.title.as_deref().and_then(line_class::find_document_number);
        // The label is there and empty, and the file to download is named by the number.
        let unfilled = self.with(Label::Number).next().is_some();
        let files = document.attachments.iter().map(|file| file.name.as_str());
        let mut files = files.chain(self.with(Label::Credit).map(|found| found.value.as_str()));
        let in_file = unfilled.then(|| files.find_map(line_class::find_document_number)).flatten();
        let found =
            line.and_then(|line| Some((line_class::find_document_number(line)?, "stands alone above the text")));
        let found = found.or_else(|| Some((in_title()?, "stands in the title")));
        let (number, why) = found.or_else(|| Some((in_file?, "names the file of the document")))?;
        trace.field("document_number", number, || why.to_owned());
        trace.choose("document_number", number, why);
        Some(written_number(number))
    }

    fn index_number(&self, trace: &mut Trace) -> Option<String> {
        let found = self.with(Label::Index).find(|found| {
            let value = &found.value;
            !is_placeholder(value) && value.chars().any(|c| c.is_ascii_digit()) && value.chars().count() < 60
        })?;
        trace.field("index_number", &found.value, || found.word.to_owned());
        trace.choose("index_number", &found.value, "labelled");
        Some(found.value.chars().filter(|&c| !is_blank(c)).collect())
    }

    fn views(&self, trace: &mut Trace) -> Option<u64> {
        self.with(Label::Views).find_map(|found| {
            let digits: String =
                found.value.chars().map(fold_char).take_while(|c| c.is_ascii_digit() || *c == ',').collect();
            let views = digits.replace(',', "").parse().ok()?;
            trace.field("views", &found.value, || found.word.to_owned());
            trace.choose("views", &found.value, "labelled");
            Some(views)
        })
    }
}

/// The first tag that names another than the page shows.
fn disagreement(
    field: &'static str,
    shown: &str,
    mut tags: impl Iterator<Item = String>,
    trace: &mut Trace,
) -> Option<Warning> {
    let tagged = tags.find(|tag| !is_placeholder(tag) && !same_letters(tag, shown))?;
    trace.field(field, &tagged, || "meta".to_owned());
    trace.pass(field, &tagged, "the page shows another name");
    Some(Warning::of_document(WarningCode::MetaSource, format!("{field}: shown {shown}, tagged {tagged}")))
}

/// Tools of the page that templates glue to a name.
const TOOLS: [&str; 7] = ["打印", "收藏", "纠错", "分享", "关闭", "字体", "字号"];

/// A name without the day, the icons and the tools that stand behind it.
fn name(value: &str) -> String {
    let day = dates(value).next().map_or(usize::MAX, |found| found.start);
    let text: String = value.chars().take(day).filter(|&c| !is_private_use(c)).collect();
    let mut text = text.trim_matches(|c: char| is_blank(c) || "[【|｜".contains(c));
    let shorter = |text: &'_ str| {
        let cut = TOOLS.iter().find_map(|tool| text.strip_suffix(tool))?;
        Some(cut.trim_end_matches(|c: char| is_blank(c) || "[【|".contains(c)).len())
    };
    while let Some(cut) = shorter(text).and_then(|end| text.get(..end)).filter(|cut| cut.chars().count() > 1) {
        text = cut;
    }
    text.to_owned()
}

/// The name of a body rather than of a column of the site.
fn is_body(value: &str) -> bool {
    const ENDS: [&str; 30] = [
        "局",
        "委",
        "办",
        "办公室",
        "政府",
        "中心",
        "厅",
        "部",
        "院",
        "署",
        "会",
        "社",
        "报",
        "网",
        "处",
        "科",
        "股",
        "所",
        "站",
        "队",
        "行",
        "公司",
        "集团",
        "大学",
        "学院",
        "学校",
        "街道",
        "镇",
        "乡",
        "馆",
    ];
    ENDS.iter().any(|end| value.ends_with(end))
}

/// Accounts of the content management system are no authors.
fn is_account(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    ["管理员", "站管", "超级", "admin", "系统", "编辑员", "webmaster", "test", "测试"]
        .iter()
        .any(|word| lower.contains(word))
}

fn is_portal(value: &str) -> bool {
    ["网站", "门户", "政府网", "信息网", "公开网"].iter().any(|word| value.ends_with(word))
}

/// A 发文字号 with its brackets as 〔〕 and without blanks (GB/T 9704-2012 7.2.5).
fn written_number(number: &str) -> String {
    number
        .chars()
        .filter(|&c| !is_blank(c))
        .map(|c| match c {
            '[' | '【' | '（' | '(' | '［' | '﹝' | '<' | '〈' => '〔',
            ']' | '】' | '）' | ')' | '］' | '﹞' | '>' | '〉' => '〕',
            c => c,
        })
        .collect()
}
