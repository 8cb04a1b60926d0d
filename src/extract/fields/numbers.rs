//! 发文字号, 索引号 and 访问量.

use super::sources::Sources;
use crate::extract::explain::Trace;
use crate::extract::rules::NumberRule;
use crate::model::Document;
use crate::page::{Label, Labelled, document_number, is_placeholder, same_letters};
use crate::text::{fold_char, is_blank};

/// Most characters of an 索引号.
const LONGEST_INDEX: usize = 59;

/// The 发文字号: labelled, else alone at the head of the text, else in the title, else the name of the file.
pub(super) fn document_number(sources: &Sources<'_>, document: &Document, trace: &mut Trace<'_>) -> Option<String> {
    let mut unfilled = false;
    // 字号： is a tool of the page as often.
    let named = |found: &&Labelled| found.label == Label::Number || found.word == "字号";
    let labelled = sources.labels.iter().filter(named).filter(|_| trace.allows(NumberRule::Label.name()));
    let labelled: Vec<_> = labelled.collect();
    for found in labelled {
        unfilled |= found.label == Label::Number;
        if found.value.is_empty() {
            continue;
        }
        trace.field("document_number", &found.value, || found.word.to_owned());
        // 云 政 发〔2023〕9号: letters set apart are one word.
        let joined: String = found.value.chars().filter(|&c| !is_blank(c)).collect();
        let value =
            if document_number::is_document_number(&joined) { &joined } else { found.value.trim_matches(is_blank) };
        let unsigned = || document_number::is_number_without_sign(value).then_some(value);
        if let Some(number) = document_number::find_document_number(value).or_else(unsigned) {
            trace.choose("document_number", &found.value, NumberRule::Label.name());
            return Some(written(number));
        }
    }
    let numbered = |value| order_number(value).or_else(|| labelled_order(value));
    let order = sources.with(Label::Number).find_map(|found| numbered(found.value.as_str()));
    // 12号 behind a label says less than the number at the head of the text.
    let is_bare = |number: &str| number.starts_with(|c: char| c.is_ascii_digit());
    let headed = || sources.opening.iter().any(|text| document_number::heads_with_number(text));
    let order = order.filter(|order| trace.allows(NumberRule::OrderLabel.name()) && !(is_bare(order) && headed()));
    let found = match order {
        Some(number) => Some((NumberRule::OrderLabel, number.to_owned())),
        None => unlabelled(sources, document, unfilled, trace),
    };
    let (rule, number) = found?;
    trace.field("document_number", &number, || rule.to_string());
    trace.choose("document_number", &number, rule.name());
    Some(written(&number))
}

/// The number that no label says.
fn unlabelled(
    sources: &Sources<'_>,
    document: &Document,
    unfilled: bool,
    trace: &Trace<'_>,
) -> Option<(NumberRule, String)> {
    let title = document.title.as_deref().unwrap_or_default();
    let joined: Vec<_> = sources.opening.iter().map(|text| document_number::joined(text)).collect();
    let opening: Vec<&str> = joined.iter().map(AsRef::as_ref).collect();
    let lines = || opening.iter().copied();
    let line = || lines().find(|text| document_number::heads_with_number(text));
    let plain = |text: &&str| document_number::is_year_first_number(text) || document_number::is_plain_number(text);
    // The label is there and empty, and the file to download is named by the number.
    let files = document.attachments.iter().map(|file| file.name.as_str());
    let mut files = files.chain(sources.with(Label::Tool).map(|found| found.value.as_str()));
    let below = || lines().find_map(|line| serial(title, line));
    let in_title = || {
        let order = || bracketed(title).and_then(order_line).or_else(|| order_in_title(title));
        document_number::number_of_title(title).or_else(order)
    };
    let whole = |number: Option<&str>| number.map(str::to_owned);
    let found = [
        (NumberRule::Line, whole(line().and_then(document_number::find_document_number)).or_else(|| broken(&opening))),
        (NumberRule::Line, whole(lines().find(plain).or_else(|| lines().find_map(|line| before_title(line, title))))),
        (NumberRule::OrderLine, whole(lines().find_map(order_line))),
        (NumberRule::OrderLines, whole(below()).or_else(|| order_below(&opening))),
        (NumberRule::Title, whole(in_title())),
        (NumberRule::File, whole(unfilled.then(|| files.find_map(document_number::find_document_number)).flatten())),
    ];
    let mut found = found.into_iter().filter(|(rule, _)| trace.allows(rule.name()));
    found.find_map(|(rule, number)| Some((rule, number?)))
}

/// A number that a line end breaks behind its year.
fn broken(opening: &[&str]) -> Option<String> {
    let pairs = opening.iter().zip(opening.iter().skip(1));
    let joined =
        pairs.filter(|(head, _)| head.ends_with(['〕', ']', '］'])).map(|(head, rest)| format!("{head}{rest}"));
    joined.into_iter().find(|number| document_number::is_document_number(number))
}

/// The number before the title in the line that shows both: 云政办发〔2023〕8号 关于…的通知.
fn before_title<'a>(line: &'a str, title: &str) -> Option<&'a str> {
    let number = document_number::number_of_title(line)?;
    let rest = line.trim_start_matches(|c: char| is_blank(c) || "(（【[".contains(c)).strip_prefix(number)?;
    (!title.is_empty() && same_letters(rest, title)).then_some(number)
}

/// The number of an order or announcement that a title has before its subject, or that is all of it: 某局公告2021年第3号 关于…的公告,
/// 某市人民政府公告（第十五号）.
fn order_in_title(title: &str) -> Option<&str> {
    let own = |number: &&str| !["关于", "转发", "贯彻", "废止", "修改"].iter().any(|word| number.contains(word));
    let end = title.match_indices('号').map(|(at, sign)| at + sign.len());
    let behind = |end: usize| title.get(end..).is_some_and(|rest| rest.is_empty() || rest.starts_with(is_blank));
    let mut before = end.filter(|&end| behind(end)).filter_map(|end| title.get(..end));
    let closed = || {
        let (name, number) = title.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
        let named = ["令", "公告", "通告"].iter().any(|kind| name.ends_with(kind));
        (named && is_serial(number) && title.chars().count() <= LONGEST_ORDER).then_some(title)
    };
    before.find_map(order_line).or_else(closed).filter(own)
}

/// The number below the name of an order or announcement: 云溪县人民政府令 above 第5号.
fn order_below(opening: &[&str]) -> Option<String> {
    let pairs = opening.iter().zip(opening.iter().skip(1));
    pairs.into_iter().find_map(|(head, below)| {
        let head = head.trim_matches(is_blank);
        let names = head.chars().count() <= LONGEST_ORDER && !head.contains(['《', '，', '。', '关']);
        let number = serial(head, below).filter(|_| names)?;
        Some(format!("{head}{number}"))
    })
}

/// What the documents are called that are numbered through a year or a term of office.
const ORDERS: [&str; 4] = ["令", "公告", "通告", "决定"];

/// Most characters of the number of an order, with the name of the body.
const LONGEST_ORDER: usize = 40;

/// 第281号, 青岭县人民政府令第12号, 公告2023年第3号, FSBG2023063号: what a label calls a number and ends as one.
fn order_number(value: &str) -> Option<&str> {
    let value = value.trim_matches(is_blank);
    let framed = value.strip_prefix(['（', '(', '【']).and_then(|value| value.strip_suffix(['）', ')', '】']));
    let value = framed.unwrap_or(value).trim_matches(is_blank);
    let number = value.strip_suffix('号')?.trim_end_matches(is_blank);
    let counts = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(c);
    (value.chars().count() <= LONGEST_ORDER && number.ends_with(counts)).then_some(value)
}

/// What only a label makes the number of an order: 第5号令, 云溪县人民政府令（第5号）.
fn labelled_order(value: &str) -> Option<&str> {
    let value = value.trim_matches(is_blank);
    let closed = value.trim_end_matches(['）', ')']).ends_with('号') && value.contains(['（', '(']);
    let ordered =
        closed || ORDERS.iter().any(|kind| value.strip_suffix(kind).is_some_and(|value| value.ends_with('号')));
    let fits = value.chars().count() <= LONGEST_ORDER && !value.contains(['《', '，', '。', '、']);
    (fits && ordered && value.contains('第')).then_some(value)
}

/// What is left of a line behind the title that it begins with: 关于…的通知云溪县人民政府令第12号.
fn behind_subject(text: &str) -> &str {
    let ends = ["的通知", "的公告", "的通告", "的决定", "的意见", "的批复"];
    let cut = ends.iter().filter_map(|end| text.rfind(end).map(|at| at + end.len())).max();
    cut.and_then(|cut| text.get(cut..)).map_or(text, |rest| rest.trim_start_matches(is_blank))
}

/// The line names the body, its order or announcement, and the number.
fn order_line(text: &str) -> Option<&str> {
    let number = order_number(behind_subject(text))?;
    let named = ORDERS.iter().any(|kind| {
        number.split_once(kind).is_some_and(|(body, rest)| {
            let rest: String = rest.chars().filter(|&c| !is_blank(c)).collect();
            let behind = rest.strip_suffix('号').unwrap_or(&rest);
            let digits = |c: char| c.is_ascii_digit() || "年第〔〕[]（）()一二三四五六七八九十百零〇".contains(c);
            body.chars().count() > 2
                && !body.contains(['《', '，', '。'])
                && !behind.is_empty()
                && behind.chars().all(digits)
        })
    });
    let code = || {
        let bare: String = number.chars().filter(|&c| !is_blank(c) && c != '号').collect();
        bare.len() > 6
            && bare.starts_with(|c: char| c.is_ascii_uppercase())
            && bare.chars().all(|c| c.is_ascii_alphanumeric())
    };
    (named || code()).then_some(number)
}

/// 第12号 and 2013年第12号 below the title of an order or announcement, which names the body.
fn serial<'a>(title: &str, line: &'a str) -> Option<&'a str> {
    let named = ["令", "公告", "通告"].iter().any(|kind| title.ends_with(kind));
    order_number(line).filter(|number| named && is_serial(number))
}

/// 第12号, 2013年第12号, 〔2013〕第12号: the number of an order without its name.
fn is_serial(number: &str) -> bool {
    let is_year = |year: &str| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let counts = |c: char| c.is_ascii_digit() || is_blank(c) || "号一二三四五六七八九十百零〇".contains(c);
    number.split_once('第').is_some_and(|(year, serial)| {
        let year = year.trim_matches(is_blank);
        let bare = year.strip_suffix('年').map(|year| year.trim_end_matches(is_blank));
        let bracketed = || year.strip_prefix(['〔', '[', '（', '('])?.strip_suffix(['〕', ']', '）', ')']);
        serial.chars().all(counts) && (year.is_empty() || bare.or_else(bracketed).is_some_and(is_year))
    })
}

/// What stands in brackets at the end of a title: …管理办法（云溪县人民政府令第12号）.
fn bracketed(title: &str) -> Option<&str> {
    let inside = title.strip_suffix(['）', ')'])?;
    inside.rfind(['（', '(']).and_then(|open| inside.get(open..)).map(|inside| inside.trim_start_matches(['（', '(']))
}

/// The 索引号.
pub(super) fn index_number(sources: &Sources<'_>, trace: &mut Trace<'_>) -> Option<String> {
    let found = sources.with(Label::Index).find(|found| {
        let value = &found.value;
        let digits = value.chars().any(|c| c.is_ascii_digit());
        !is_placeholder(value) && digits && value.chars().count() <= LONGEST_INDEX
    })?;
    trace.field("index_number", &found.value, || found.word.to_owned());
    Some(found.value.chars().filter(|&c| !is_blank(c)).collect())
}

/// How often the page was looked at.
pub(super) fn views(sources: &Sources<'_>, trace: &mut Trace<'_>) -> Option<u64> {
    sources.with(Label::Views).find_map(|found| {
        let views = count(&found.value)?;
        trace.field("views", &found.value, || found.word.to_owned());
        Some(views)
    })
}

/// 1024, 1,024, 1.2万.
fn count(value: &str) -> Option<u64> {
    const TEN_THOUSAND: u64 = 10_000;
    let text: String = value.chars().map(fold_char).filter(|&c| c != ',').collect();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    if !rest.trim_start_matches(is_blank).starts_with(['万', 'w', 'W']) {
        return number.split('.').next()?.parse().ok();
    }
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let part = format!("{part:0<4}").get(..4)?.parse::<u64>().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(TEN_THOUSAND)?.checked_add(part)
}

/// A 发文字号 with the brackets of its year as 〔〕 and without blanks (GB/T 9704-2012 7.2.5).
fn written(number: &str) -> String {
    let width = |c: char| if c.is_numeric() { fold_char(c) } else { c };
    let number: String = number.chars().filter(|&c| !is_blank(c)).map(width).collect();
    let year = number.rfind(document_number::OPENING).filter(|&at| {
        let mut year = number.get(at..).unwrap_or_default().chars().skip(1);
        year.by_ref().take(4).filter(char::is_ascii_digit).count() == 4
    });
    let Some(open) = year else { return number };
    let (head, rest) = number.split_at(open);
    let rest: String = rest
        .chars()
        .enumerate()
        .map(|(n, c)| [(0, '〔'), (5, '〕')].into_iter().find(|&(at, _)| at == n).map_or(c, |(_, bracket)| bracket))
        .collect();
    format!("{head}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_and_announcements_have_numbers() {
        for (line, number) in [
            ("重庆市人民政府令第 306 号", true),
            ("云溪县人民政府令（第12号）", false),
            ("（云溪县人民政府令第12号）", true),
            ("财政部 税务总局公告2025年第17号", true),
            ("云溪县财政局公告〔2023〕3号", true),
            ("关于加强管理的通知云溪县人民政府令第12号", true),
            ("FSBG2023063 号", true),
            ("第二百八十一号", false),
            ("根据云溪县人民政府令第12号", true),
            ("《云溪县养护办法》公告第3号", false),
            ("云溪路12号", false),
            ("云溪县公告栏位于云溪路12号", false),
        ] {
            assert_eq!(order_line(line).is_some(), number, "{line}");
        }
        for (value, number) in [("第281号", true), ("令第十二号", true), ("无", false), ("云溪路", false)] {
            assert_eq!(order_number(value).is_some(), number, "{value}");
        }
    }

    #[test]
    fn an_announcement_may_be_named_above_its_number() {
        for (title, line, number) in [
            ("云溪县人民政府令", "第12号", Some("第12号")),
            ("云溪县人民政府令", "（第十二号）", Some("第十二号")),
            ("云溪县财政局公告", "2013年第3号", Some("2013年第3号")),
            ("关于开展检查的通告", "2013 年第 3 号", Some("2013 年第 3 号")),
            ("关于开展检查的通知", "第3号", None),
            ("云溪县财政局公告", "云溪路第3号", None),
            ("云溪县财政局公告", "第3栋12号", None),
        ] {
            assert_eq!(serial(title, line), number, "{title} {line}");
        }
        assert_eq!(
            bracketed("云溪县养护办法（云溪县人民政府令第12号）").and_then(order_line),
            Some("云溪县人民政府令第12号")
        );
        assert_eq!(bracketed("云溪县养护办法（试行）").and_then(order_line), None);
    }

    #[test]
    fn views_may_be_counted_in_tens_of_thousands() {
        for (value, views) in [
            ("1024", Some(1024)),
            ("1,024次", Some(1024)),
            ("1.2万", Some(12_000)),
            ("3万+", Some(30_000)),
            ("１.２３４５万次", Some(12_345)),
            ("[1]", None),
            ("", None),
        ] {
            assert_eq!(count(value), views, "{value}");
        }
    }
}
