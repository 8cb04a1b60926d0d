//! Every label in Chinese and in English: both stand in the page, and a switch shows one of them.

use maud::{Markup, html};

/// A label in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
}

/// A label in both languages.
pub(super) const fn label(zh: &'static str, en: &'static str) -> Label {
    Label { zh, en }
}

impl Label {
    /// For places that hold no elements, as a name that is read aloud.
    pub(super) fn both(self) -> String {
        format!("{} {}", self.zh, self.en)
    }
}

impl maud::Render for Label {
    fn render(&self) -> Markup {
        html! { span.zh { (self.zh) } span.en lang="en" { (self.en) } }
    }
}

/// A label with a number before it: 3 篇, 3 documents.
pub(super) fn counted(count: u64, label: Label) -> Markup {
    html! { span.n { (grouped(count)) } " " (label) }
}

/// A number with a thin space between thousands.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    text
}

/// What a word of the records is called; a word that is not known stands as it is.
pub(super) fn word(code: &str) -> Markup {
    let known = WORDS.iter().find(|(known, ..)| *known == code);
    html! {
        @if let Some((_, zh, en)) = known { (label(zh, en)) } @else { (code) }
    }
}

/// The words of genre, level, part, role, flag, warning, status, stage, reason and change, each with its names.
const WORDS: &[(&str, &str, &str)] = &[
    ("rule_of_law_annual", "法治政府建设年度报告", "rule-of-law report"),
    ("foi_annual", "信息公开年报", "information report"),
    ("work_report", "工作报告", "work report"),
    ("notice", "通知公告", "notice"),
    ("rules", "规章制度", "rules"),
    ("interpretation", "解读", "interpretation"),
    ("other", "其他", "other"),
    ("province", "省级", "province"),
    ("prefecture", "地级", "prefecture"),
    ("county", "县级", "county"),
    ("township", "乡级", "township"),
    ("village", "村级", "village"),
    ("measures", "主要举措和成效", "measures"),
    ("shortcomings", "存在问题", "shortcomings"),
    ("first_responsible", "第一责任人履职", "first responsible"),
    ("next_year", "下一年度安排", "next year"),
    ("overview", "总体情况", "overview"),
    ("proactive", "主动公开", "proactive disclosure"),
    ("requests", "依申请公开", "requests"),
    ("review_litigation", "复议诉讼", "review and litigation"),
    ("problems", "存在问题及改进", "problems"),
    ("section", "节", "section"),
    ("annex", "附件", "annex"),
    ("question", "问", "question"),
    ("answer", "答", "answer"),
    ("title", "标题", "title"),
    ("addressee", "主送机关", "addressee"),
    ("toc", "目录", "contents"),
    ("preamble", "引言", "preamble"),
    ("body", "正文", "body"),
    ("table", "表格", "table"),
    ("caption", "题注", "caption"),
    ("note", "注", "note"),
    ("footnote", "脚注", "footnote"),
    ("closing", "结语", "closing"),
    ("annex_note", "附件说明", "list of annexes"),
    ("signature", "署名", "signature"),
    ("date", "成文日期", "date"),
    ("remark", "附注", "remark"),
    ("cc", "抄送", "copies to"),
    ("imprint", "印发", "imprint"),
    ("copies", "印数", "print run"),
    ("run_in", "标题在段首", "heading runs into its paragraph"),
    ("heading_split", "标题另起一行", "heading on the next line"),
    ("number_skipped", "跳号", "number skipped"),
    ("number_repeated", "重号", "number repeated"),
    ("number_restart", "重新编号", "count begins again"),
    ("number_continues", "续号", "count goes on"),
    ("starts_midway", "不从一起", "does not begin at 1"),
    ("encoding_replaced", "有乱码被替换", "broken bytes replaced"),
    ("charset_mismatch", "编码声明有误", "declared encoding was wrong"),
    ("date_conflict", "日期不一致", "dates disagree"),
    ("meta_title", "元数据标题不同", "other title in the meta tags"),
    ("meta_source", "元数据来源不同", "other source in the meta tags"),
    ("meta_placeholder", "元数据为占位符", "placeholder in a meta tag"),
    ("toc_mismatch", "目录与标题不符", "contents and headings disagree"),
    ("unclosed_quote", "引号未闭合", "quotation never closed"),
    ("checksum_failed", "表内合计不符", "sums of a table do not hold"),
    ("lines_joined", "合并了断行", "broken lines joined"),
    ("picture", "图片含文字", "a picture with words"),
    ("needs_ocr", "图片文字未识别", "text is a picture"),
    ("file_rule", "文件读取有取舍", "reading the file left something out"),
    ("unarchived", "存档已缺失", "no longer in the archive"),
    ("goes_on", "后续页缺失", "goes on on pages not at hand"),
    ("text_left_out", "有文字未收入", "text left out"),
    ("complete", "完整", "complete"),
    ("partial", "不完整", "partial"),
    ("blocked", "被拦截", "blocked"),
    ("unreachable", "无法访问", "unreachable"),
    ("disallowed", "robots.txt 不许", "disallowed"),
    ("empty", "空", "empty"),
    ("changed", "已变更", "changed"),
    ("discover", "列表", "list"),
    ("fetch", "抓取", "fetch"),
    ("decode", "解码", "decode"),
    ("extract", "提取", "extract"),
    ("structure", "分节", "structure"),
    ("record", "成文", "record"),
    ("binary", "不是文本", "no text"),
    ("too_large", "超出限额", "too large"),
    ("list", "列表页", "a list"),
    ("home", "首页", "a home page"),
    ("search", "搜索页", "a search page"),
    ("error_page", "出错页", "an error page"),
    ("wall", "防爬页", "a bot wall"),
    ("redirect", "跳转页", "a redirect"),
    ("script_only", "脚本生成", "made by a script"),
    ("image_only", "只有图片", "only pictures"),
    ("attachment_only", "只有附件", "only files"),
    ("no_article", "没有文章", "no article"),
    ("gone", "已消失", "gone"),
    ("elsewhere", "内容在别的存档", "its bytes are in another archive"),
    ("poison", "程序处理失败", "the program failed at it"),
    ("http_status", "HTTP 错误", "an HTTP error"),
    ("robots", "robots.txt 不许", "not allowed by robots.txt"),
    ("timeout", "超时", "no answer in time"),
    ("redirects", "跳转过多", "too many redirects"),
    ("address", "地址不可访问", "an address not to be asked"),
    ("other_host", "在其他网站", "on another site"),
    ("damaged", "存档损坏", "damaged in the archive"),
    ("unsupported", "格式不支持", "a format that is not read"),
    ("encrypted", "有密码", "needs a password"),
    ("truncated", "文件不完整", "cut off"),
    ("broken", "文件损坏", "broken"),
    ("new", "新增", "new"),
    ("back", "恢复", "back"),
    ("page", "网页", "page"),
    ("attachment", "附件", "file"),
    ("ocr", "识别", "OCR"),
    ("unknown", "不详", "unknown"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_name_in_each_language() {
        for (n, (code, zh, en)) in WORDS.iter().enumerate() {
            assert!(!zh.is_empty() && !en.is_empty(), "{code}");
            assert!(WORDS[..n].iter().all(|(earlier, ..)| earlier != code), "{code} stands twice");
        }
        assert_eq!(word("<b>").into_string(), "&lt;b&gt;", "an unknown word is shown, and escaped");
    }

    /// Every value of an enum, from its schema.
    fn values<T: schemars::JsonSchema>() -> Vec<String> {
        fn collect(schema: &serde_json::Value, values: &mut Vec<String>) {
            match schema {
                serde_json::Value::Object(map) => {
                    values.extend(map.get("const").and_then(|value| value.as_str()).map(str::to_owned));
                    let listed = map.get("enum").and_then(|values| values.as_array()).into_iter().flatten();
                    values.extend(listed.filter_map(|value| value.as_str()).map(str::to_owned));
                    map.values().for_each(|inner| collect(inner, values));
                }
                serde_json::Value::Array(all) => all.iter().for_each(|inner| collect(inner, values)),
                _ => {}
            }
        }
        let mut found = Vec::new();
        collect(schemars::schema_for!(T).as_value(), &mut found);
        assert!(found.len() > 2, "the schema lists its values");
        found
    }

    #[test]
    fn every_word_of_the_records_has_a_name() {
        use crate::model::{Flag, Genre, Part, Reason, Role, Stage, WarningCode};
        let words = [
            values::<Flag>(),
            values::<Genre>(),
            values::<Part>(),
            values::<Reason>(),
            values::<Role>(),
            values::<Stage>(),
            values::<WarningCode>(),
        ];
        let unnamed: Vec<String> =
            words.into_iter().flatten().filter(|word| WORDS.iter().all(|(known, ..)| known != word)).collect();
        assert!(unnamed.is_empty(), "without a label: {unnamed:?}");
    }

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1\u{2009}000"), (1_234_567, "1\u{2009}234\u{2009}567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
