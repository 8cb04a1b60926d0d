//! Articles that a page keeps as JSON: the answer of a detail interface, or the state that a script shows.

use serde_json::{Map, Value};

use crate::page::line_class::is_sentence;
use crate::page::{Tag, View, folded};
use crate::text::{DateTime, of_epoch};
use crate::words::JSON_FIELDS;

/// Deepest nesting of records that is looked into.
const DEEPEST: usize = 8;
/// Fields that hold the text of an article, in lower case.
const TEXTS: [&str; 18] = [
    "content",
    "contenthtml",
    "htmlcontent",
    "infocontent",
    "articlecontent",
    "doccontent",
    "dochtmlcon",
    "text",
    "body",
    "nr",
    "contents",
    "htmltext",
    "articlebody",
    "newscontent",
    "detailcontent",
    "fulltext",
    "wznr",
    "zw",
];
/// Fields that hold the source.
const SOURCES: [&str; 11] = [
    "source",
    "contentsource",
    "docsource",
    "infosource",
    "ly",
    "laiyuan",
    "sourcename",
    "docsourcename",
    "contentsourcename",
    "articlesource",
    "newssource",
];
/// Fields that hold the 发文字号.
const NUMBERS: [&str; 9] =
    ["fileno", "filenum", "filenumber", "docno", "docnumber", "documentnumber", "wh", "wenhao", "fwzh"];
/// Fields that hold the 索引号.
const INDEXES: [&str; 6] = ["indexno", "indexnum", "indexnumber", "indexcode", "syh", "suoyinhao"];

/// The article of an answer in JSON, as the markup of a page that shows it.
pub(super) fn of_answer(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    article(&value, 0).map(|(title, record)| markup(&title, record))
}

/// The text is JSON.
pub(super) fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim();
    text.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// The article of the state that a script of the page shows: `window.__INITIAL_STATE__ = {…}`.
///
/// The page must show no heading of its own, which would be that of another text.
pub(super) fn of_state(view: &View) -> Option<String> {
    let tree = &view.tree;
    let headed = tree.all().iter().any(|at| tree.tag(at) == Some(Tag::Heading) && !tree.text(tree.span(at)).is_empty());
    let mut states = tree.scripts().flat_map(states);
    states.find_map(|state| {
        let (title, record) = article(&state, 0)?;
        let shown = || folded(tree.title()).contains(&folded(&title));
        (!headed || shown()).then(|| markup(&title, record))
    })
}

/// The objects of a script that are JSON: all of it (`__NEXT_DATA__`), or what stands behind a `=`.
fn states(script: &str) -> impl Iterator<Item = Value> {
    /// So many assignments of one script are looked at.
    const MOST: usize = 64;
    let whole = script.trim_start().starts_with('{').then_some(script);
    let assigned = script.match_indices('=').filter_map(|(at, _)| script.get(at + 1..)).take(MOST);
    whole.into_iter().chain(assigned).filter_map(|state| {
        let state = state.trim_start();
        let mut values = serde_json::Deserializer::from_str(state).into_iter::<Value>();
        state.starts_with('{').then(|| values.next()).flatten()?.ok()
    })
}

/// The first record with a title and a text that reads like one.
fn article(value: &Value, depth: usize) -> Option<(String, &Map<String, Value>)> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Object(record) => {
            let own = || Some((meaning(record, "title")?, record)).filter(|_| text(record).is_some());
            own().or_else(|| record.values().find_map(|value| article(value, depth + 1)))
        }
        Value::Array(values) if values.len() == 1 => article(values.first()?, depth + 1),
        _ => None,
    }
}

fn meaning(record: &Map<String, Value>, meaning: &str) -> Option<String> {
    let words = JSON_FIELDS.iter().filter(|word| word.meaning == Some(meaning));
    named(record, words.map(|word| word.text))
}

/// The first of these fields that says something.
fn named<'w>(record: &Map<String, Value>, mut names: impl Iterator<Item = &'w str>) -> Option<String> {
    names.find_map(|name| said(record, name).or_else(|| instant(field(record, name)?)))
}

fn field<'a>(record: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    record.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// The words of a field.
fn said(record: &Map<String, Value>, name: &str) -> Option<String> {
    field(record, name)?.as_str().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The day and time of a field that counts from 1970.
fn instant(value: &Value) -> Option<String> {
    let DateTime { date, time } = of_epoch(value.as_i64()?)?;
    Some(date.to_datetime(time?).strftime("%Y-%m-%d %H:%M:%S").to_string())
}

fn text(record: &Map<String, Value>) -> Option<String> {
    named(record, TEXTS.into_iter()).filter(|text| is_sentence(text))
}

/// A page that shows the record.
fn markup(title: &str, record: &Map<String, Value>) -> String {
    let title = escaped(title);
    let day = meaning(record, "day").map(|day| escaped(&day));
    let day =
        day.map(|day| format!("<meta name=\"PubDate\" content=\"{day}\"><p>发布时间：{day}</p>")).unwrap_or_default();
    let labelled = |label: &str, names: &[&str]| {
        let value = names.iter().find_map(|name| said(record, name));
        value.map(|value| format!("<p>{label}：{}</p>", escaped(&value))).unwrap_or_default()
    };
    let labels = [("来源", &SOURCES[..]), ("文号", &NUMBERS), ("索引号", &INDEXES)];
    let labels = labels.map(|(label, names)| labelled(label, names)).concat();
    let text = text(record).unwrap_or_default();
    let text = if text.contains('<') { text } else { format!("<pre>{text}</pre>") };
    format!(
        "<html><head><title>{title}</title><meta name=\"ArticleTitle\" content=\"{title}\"></head>\
         <body><h1>{title}</h1>{day}{labels}<div>{text}</div></body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_with_a_title_and_a_text_is_an_article() {
        for (answer, found) in [
            (
                r#"{"data":{"title":"关于养护的通知","content":"<p>现将办法印发给你们。</p>","publishTime":"2023-03-15"}}"#,
                true,
            ),
            (r#"[{"docTitle":"关于养护的通知","docContent":"现将办法印发给你们。"}]"#, true),
            (r#"{"data":{"list":[{"title":"甲","content":"一。"},{"title":"乙","content":"二。"}]}}"#, false),
            (r#"{"code":500,"message":"系统错误。"}"#, false),
            ("关于养护的通知", false),
            ("{不是", false),
        ] {
            assert_eq!(of_answer(answer).is_some(), found, "{answer}");
        }
        let page = of_answer(r#"{"title":"甲<乙>","content":"一。","source":"某局"}"#).unwrap();
        assert!(page.contains("甲&lt;乙&gt;") && page.contains("来源：某局"), "{page}");
        let filed = r#"{"title":"甲","htmlText":"一。","sourceName":"某局","fileNo":"云政发〔2023〕4号","indexNo":"4306/2023-4","wh":3}"#;
        let page = of_answer(filed).unwrap();
        for label in ["来源：某局", "文号：云政发〔2023〕4号", "索引号：4306/2023-4"] {
            assert!(page.contains(label), "{page}");
        }
    }
}
