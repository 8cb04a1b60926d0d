//! Who published a page and who wrote it: the first value of a label or tag that is a name.

use super::sources::{Origin, Sources};
use crate::extract::explain::Trace;
use crate::extract::rules::NameRule;
use crate::model::{Document, Warning, WarningCode};
use crate::page::{Label, is_placeholder, same_letters};
use crate::text::{dates, is_blank, is_ideograph, is_private_use};
use crate::words::{ACCOUNTS, BODIES, LABELS, META_TAGS, PORTAL_ENDINGS, SITE_MAKERS, TOOLS_BEHIND_NAMES, Word};

/// Longest name of a publisher and of an author.
const LONGEST: (usize, usize) = (50, 40);

/// The publisher: 来源.
pub(super) fn publisher(sources: &Sources<'_>, document: &mut Document, trace: &mut Trace<'_>) -> Option<String> {
    let column = sources.meta.first(&["columnname"]);
    let breadcrumb = document.breadcrumb.clone();
    let is_column = |value: &str| {
        !is_body(value) && (Some(value) == column.as_deref() || breadcrumb.iter().any(|part| part == value))
    };
    let tags = source_tags().filter_map(|tag| Some((sources.meta.last(tag)?, Origin::Tag(tag))));
    // `<span>2023-02-28</span><span>县政府办</span>` where no label says when; else it is an item of a list.
    let is_labelled = sources.with(Label::Published).chain(sources.with(Label::Day)).next().is_some();
    let named = sources.around.named.iter().filter(|_| !is_labelled);
    let beside = named.map(|&(_, name)| name).filter(|name| is_body(name));
    let beside = beside.map(|name| (name.to_owned(), Origin::Label("beside the day")));
    for (value, origin) in candidates(sources, Label::Publisher, tags.chain(beside)) {
        trace.field("publisher", &value, || origin.to_string());
        let faults = [
            (NameRule::Placeholder, is_placeholder(&value) || is_tool(&value)),
            (NameRule::Column, is_column(&value)),
            (NameRule::TooLong, value.chars().count() > LONGEST.0),
            (NameRule::Account, is_login(&value) && (origin.is_tag() || is_account(&value))),
        ];
        let Some(rule) = fault(&faults, trace) else {
            trace.choose("publisher", &value, NameRule::First.name());
            let tags = source_tags().filter_map(|tag| sources.meta.last(tag)).filter(|tag| !is_column(tag));
            document.warnings.extend(disagreement("publisher", &value, tags, trace));
            return Some(value);
        };
        trace.pass("publisher", &value, rule.name());
        if origin.is_tag() && rule != NameRule::Account {
            document.warnings.push(placeholder(origin, &value));
        }
    }
    None
}

/// The author: 作者.
pub(super) fn author(sources: &Sources<'_>, document: &mut Document, trace: &mut Trace<'_>) -> Option<String> {
    let tag = sources.meta.last("author").map(|value| (value, Origin::Tag("Author")));
    let byline = sources.head.iter().find_map(|line| byline(line));
    let others = byline.into_iter().chain(tag);
    for (value, origin) in candidates(sources, Label::Author, others) {
        trace.field("author", &value, || origin.to_string());
        let faults = [
            (NameRule::Placeholder, is_placeholder(&value)),
            (NameRule::TooLong, value.chars().count() > LONGEST.1),
            (NameRule::Account, is_account(&value) || origin.is_tag() && is_login(&value)),
            (NameRule::Vendor, origin.is_tag() && is_vendor(&value)),
            (NameRule::Portal, origin.is_tag() && is_portal(&value)),
        ];
        let Some(rule) = fault(&faults, trace) else {
            trace.choose("author", &value, NameRule::First.name());
            let is_nobody = |tag: &str| is_account(tag) || is_portal(tag) || is_login(tag) || is_vendor(tag);
            let tag = sources.meta.last("author").filter(|tag| !is_nobody(tag));
            document.warnings.extend(disagreement("author", &value, tag.into_iter(), trace));
            return Some(value);
        };
        trace.pass("author", &value, rule.name());
        if origin.is_tag() && matches!(rule, NameRule::Placeholder | NameRule::TooLong) {
            document.warnings.push(placeholder(origin, &value));
        }
    }
    None
}

/// Names of the meta tags that hold the source, best first.
fn source_tags() -> impl Iterator<Item = &'static str> {
    META_TAGS.iter().filter(|tag| tag.meaning == Some("publisher")).map(|tag| tag.text)
}

/// The values of a label, cleaned of what templates glue to them, then those of tags.
fn candidates(
    sources: &Sources<'_>,
    label: Label,
    tags: impl Iterator<Item = (String, Origin)>,
) -> Vec<(String, Origin)> {
    let labels = sources.with(label).map(|found| (cleaned(&found.value), Origin::Label(found.word)));
    labels.chain(tags).filter(|(value, _)| !value.is_empty()).collect()
}

/// The first rule that speaks against a value.
fn fault(faults: &[(NameRule, bool)], trace: &Trace<'_>) -> Option<NameRule> {
    faults.iter().find(|(rule, holds)| *holds && trace.allows(rule.name())).map(|&(rule, _)| rule)
}

fn placeholder(origin: Origin, value: &str) -> Warning {
    Warning::of_document(WarningCode::MetaPlaceholder, format!("{origin}: {value}"))
}

/// The first tag that names another than the page shows.
fn disagreement(
    field: &'static str,
    shown: &str,
    mut tags: impl Iterator<Item = String>,
    trace: &mut Trace<'_>,
) -> Option<Warning> {
    let tagged = tags.find(|tag| !is_placeholder(tag) && !same_letters(tag, shown))?;
    trace.field(field, &tagged, || "meta".to_owned());
    Some(Warning::of_document(WarningCode::MetaSource, format!("{field}: shown {shown}, tagged {tagged}")))
}

/// Who wrote the page, in the line under its title: 记者：林晓, 文/林晓.
fn byline(line: &str) -> Option<(String, Origin)> {
    /// Most characters of the names.
    const LONGEST: usize = 20;
    let word = ["本报记者", "记者", "通讯员", "文"].into_iter().find(|word| line.starts_with(word))?;
    let names = line.strip_prefix(word)?.strip_prefix([':', '：', '/', '／'])?;
    let names = before_byline(names).trim_matches(is_blank);
    let is_name = |c: char| is_ideograph(c) || is_blank(c) || "、·".contains(c);
    let fits = (2..=LONGEST).contains(&names.chars().count()) && names.chars().all(is_name);
    fits.then(|| (names.to_owned(), Origin::Label(word)))
}

/// A name without the day, the icons and the tools that stand behind it.
fn cleaned(value: &str) -> String {
    let day = dates(value).next().map_or(usize::MAX, |found| found.start);
    let text: String = value.chars().take(day).filter(|&c| !is_private_use(c)).collect();
    let mut text = before_byline(&text).trim_matches(|c: char| is_blank(c) || "[【|｜".contains(c));
    let shorter = |text: &'_ str| {
        let open = text.trim_end_matches(['】', ']', '）', ')']);
        let tool = TOOLS_BEHIND_NAMES.ends(open)?;
        let cut = open.strip_suffix(tool.text)?;
        let opens = |c: char| is_blank(c) || "[【|（(".contains(c);
        let is_tool = tool.meaning != Some("apart") || cut.ends_with(opens);
        is_tool.then(|| cut.trim_end_matches(opens).len())
    };
    while let Some(cut) = shorter(text).and_then(|end| text.get(..end)).filter(|cut| cut.chars().count() > 1) {
        text = cut;
    }
    let text = before_label(before_reads(before_count(text)));
    let empty = ["（）", "()"].into_iter().find_map(|pair| text.strip_suffix(pair));
    let text = empty.unwrap_or(text).trim_end_matches(|c: char| is_blank(c) || "/／，,•·-—".contains(c));
    unbracketed(without_closing(text)).to_owned()
}

/// A name without who wrote the text and took the pictures: 县林业局 文/林晓 图/李明.
fn before_byline(text: &str) -> &str {
    let who = |rest: &str| {
        let rest = rest.strip_prefix(['文', '图']);
        rest.is_some_and(|rest| rest.starts_with(['/', '／', ':', '：']))
    };
    let mut blanks = text.char_indices().filter(|&(_, c)| is_blank(c));
    let found = blanks.find(|&(at, c)| text.get(at + c.len_utf8()..).is_some_and(who));
    found.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// A name without how often the page was read: 县林业局 已阅 12, 县林业局（12次浏览）.
fn before_reads(text: &str) -> &str {
    let rest = text.trim_end_matches(['）', ')']);
    let end = |rest: &'_ str, words: &[&str]| words.iter().find_map(|word| rest.strip_suffix(word)).map(str::len);
    let cut = |rest: &str, words: &[&str]| end(rest, words).unwrap_or(rest.len());
    let rest = rest.get(..cut(rest, &["阅读", "浏览", "点击", "查看", "已阅", "已读"])).unwrap_or(rest);
    let rest = rest.get(..cut(rest, &["人次", "次", "人"])).unwrap_or(rest);
    let has_unit = rest.len() < text.len();
    let rest = if has_unit { rest.trim_end_matches(is_blank) } else { rest };
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let counted = digits.len() < rest.len();
    let bare = digits.trim_end_matches(is_blank);
    let name = ["已阅", "已读", "已有", "共有", "共"].iter().find_map(|word| bare.strip_suffix(word));
    let cut = name.or(Some(digits).filter(|_| has_unit)).unwrap_or(text);
    let opens = |c: char| is_blank(c) || "（(".contains(c);
    let is_count = counted && cut.ends_with(opens) && cut.chars().any(is_ideograph);
    if is_count { cut.trim_end_matches(opens) } else { text }
}

/// A name without the brackets around it: 〔林晓〕.
fn unbracketed(text: &str) -> &str {
    let pairs = [('〔', '〕'), ('【', '】'), ('[', ']'), ('（', '）'), ('(', ')')];
    let inside = pairs.iter().find_map(|&(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inside.map_or(text, |inside| inside.trim_matches(is_blank))
}

/// A name without how often the page was looked at: 县政府办 阅读 123 次, 县政府办阅读量：123.
fn before_count(text: &str) -> &str {
    let counts = |rest: &str| {
        let digit = rest.contains(|c: char| c.is_ascii_digit());
        digit && rest.chars().all(|c| is_blank(c) || c.is_ascii_digit() || "：:次人[]()（）".contains(c))
    };
    let behind = |word: &Word| {
        let at = text.rfind(word.text)?;
        (at > 0 && counts(text.get(at + word.text.len()..)?)).then_some(at)
    };
    let views = LABELS.iter().filter(|word| word.meaning == Some("views"));
    let cut = views.filter_map(|word| behind(&word)).min().and_then(|at| text.get(..at));
    let name = cut.unwrap_or(text);
    // 县政府办 共浏览12次
    let whole =
        ["共", "本文", "已"].iter().filter_map(|word| name.strip_suffix(word)).find(|name| name.ends_with(is_blank));
    let name = whole.filter(|_| cut.is_some()).unwrap_or(name);
    name.trim_end_matches(|c: char| is_blank(c) || "|｜[【（(".contains(c))
}

/// A name without the next label that is glued to it: 深圳市人民政府　信息提供日期：, 县政府办发布时间：.
fn before_label(text: &str) -> &str {
    /// Fewest characters of a label that is told without a blank before it.
    const SHORTEST: usize = 4;
    const LABEL: std::ops::RangeInclusive<usize> = 2..=8;
    /// Shorter ones that are told by the name of a body before them.
    const GLUED: [&str; 9] = ["作者", "编辑", "责编", "点击", "浏览", "阅读", "时间", "日期", "人气"];
    let heads = text.match_indices([':', '：']).filter_map(|(at, _)| text.get(..at));
    let glued = heads.filter_map(|head| {
        let word = LABELS.ends(head)?;
        let name = head.strip_suffix(word.text).filter(|name| !name.is_empty())?;
        // 县林业局作者:林晓
        let is_told = || GLUED.contains(&word.text) && is_body(name);
        (word.text.chars().count() >= SHORTEST || is_told()).then_some(name)
    });
    let text = glued.min_by_key(|name| name.len()).unwrap_or(text).trim_end_matches(is_blank);
    let labelled = |rest: &str| {
        let word = rest.split([':', '：']).next().unwrap_or_default();
        word.len() < rest.len() && LABEL.contains(&word.chars().count()) && word.chars().all(is_ideograph)
    };
    let mut blanks = text.char_indices().filter(|&(_, c)| is_blank(c));
    // 县政府办 | 发布日期
    let bare = |(at, bar): (usize, &str)| {
        let rest = text.get(at + bar.len()..).unwrap_or_default().trim_start_matches(is_blank);
        LABELS.is(rest).then_some(at)
    };
    if let Some(name) = text.match_indices(['|', '｜']).find_map(bare).and_then(|at| text.get(..at)) {
        return name.trim_end_matches(is_blank);
    }
    let label = blanks.find(|&(at, c)| text.get(at + c.len_utf8()..).is_some_and(labelled));
    label.and_then(|(at, _)| text.get(..at)).unwrap_or(text).trim_end_matches(is_blank)
}

/// A name without the closing bracket that was opened before its label: [来源：县政府办].
fn without_closing(text: &str) -> &str {
    let pairs = [('[', ']'), ('【', '】'), ('（', '）'), ('(', ')'), ('［', '］'), ('〔', '〕')];
    let unopened = pairs.iter().find(|(open, close)| text.ends_with(*close) && !text.contains(*open));
    unopened.map_or(text, |(_, close)| text.trim_end_matches(|c| c == *close || is_blank(c)))
}

/// The name of a body rather than of a column of the site.
fn is_body(value: &str) -> bool {
    BODIES.ends(value).is_some()
}

/// Accounts of the content management system are no authors.
fn is_account(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    ACCOUNTS.is_in(&lower) || value.chars().all(|c| c.is_ascii_digit())
}

/// The tool that stands behind an empty label, or an address: 打印, http://….
fn is_tool(value: &str) -> bool {
    TOOLS_BEHIND_NAMES.is(value) || value.contains("://")
}

/// A name to log in with, or the number of an account: no name of the country is written so.
fn is_login(value: &str) -> bool {
    value.is_ascii()
}

/// Who made the site; templates name the firm in the tag of the author.
fn is_vendor(value: &str) -> bool {
    !value.ends_with(['局', '厅', '委', '部']) && SITE_MAKERS.is_in(value)
}

fn is_portal(value: &str) -> bool {
    PORTAL_ENDINGS.ends(value).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_glued_to_a_name_is_no_part_of_it() {
        for (value, name) in [
            ("县政府办]", "县政府办"),
            ("县政府办）", "县政府办"),
            ("县政府办】 【打印】", "县政府办"),
            ("县政府办（法制科）", "县政府办（法制科）"),
            ("云溪县[本级]", "云溪县[本级]"),
            ("云溪县人民政府　信息提供日期：", "云溪县人民政府"),
            ("云溪监管局 文章类型：原创", "云溪监管局"),
            ("云溪县 财政局", "云溪县 财政局"),
            ("县政府办 2023-03-15", "县政府办"),
            ("县政府办发布时间：", "县政府办"),
            ("县政府办 -", "县政府办"),
            ("县政府办 阅读 123 次", "县政府办"),
            ("县政府办阅读量：123", "县政府办"),
            ("县政府办 | 浏览次数：12", "县政府办"),
            ("县政府办 | 发布日期", "县政府办"),
            ("云溪阅读网", "云溪阅读网"),
            ("云溪日报 | 林晓", "云溪日报 | 林晓"),
            ("县林业局/", "县林业局"),
            ("县林业局 • 2023-03-15", "县林业局"),
            ("县林业局 我要纠错", "县林业局"),
            ("县林业局 朗读 收藏本文", "县林业局"),
            ("县林业局 A- A+", "县林业局"),
            ("县林业局（原文链接）", "县林业局"),
            ("云溪播报", "云溪播报"),
            ("县林业局 已阅 12", "县林业局"),
            ("县林业局 12次", "县林业局"),
            ("县林业局 12人阅读", "县林业局"),
            ("县林业局 12 阅读", "县林业局"),
            ("县林业局 已有12人浏览", "县林业局"),
            ("县林业局 共浏览12次", "县林业局"),
            ("县林业局 微信 微博 QQ空间", "县林业局"),
            ("县林业局 T T T", "县林业局"),
            ("县林业局 听全文", "县林业局"),
            ("云溪微信", "云溪微信"),
            ("云溪县公共", "云溪县公共"),
            ("县林业局 （12次浏览）", "县林业局"),
            ("县林业局（）", "县林业局"),
            ("云溪 12", "云溪 12"),
            ("县林业局 文/林晓", "县林业局"),
            ("县林业局 文：林晓 图：李明", "县林业局"),
            ("云溪 图文社", "云溪 图文社"),
            ("〔县林业局〕", "县林业局"),
        ] {
            assert_eq!(cleaned(value), name, "{value}");
        }
    }

    #[test]
    fn a_line_may_say_who_wrote_the_page() {
        for (line, name) in [
            ("记者：林晓", Some("林晓")),
            ("本报记者：林晓 李明", Some("林晓 李明")),
            ("文：林晓 图：李明", Some("林晓")),
            ("文/林晓", Some("林晓")),
            ("记者：请您介绍一下今年的情况。", None),
            ("文：《云溪县志》", None),
            ("文件：林晓", None),
            ("记者手记", None),
        ] {
            assert_eq!(byline(line).map(|(name, _)| name).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn accounts_and_firms_are_no_authors() {
        assert!(is_login("Jackson") && is_login("10086") && !is_login("林晓"));
        assert!(is_vendor("万象网络设计制作") && is_vendor("某某信息技术有限公司") && !is_vendor("云溪县科技局"));
    }
}
