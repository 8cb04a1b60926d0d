//! What a single line looks like: running text, the closing of a document, or furniture of the page.

mod comments;

use std::sync::LazyLock;

use regex::Regex;

pub(crate) use comments::heads_comments;

use crate::text::{is_blank, is_ideograph, parse_date};
use crate::words::{
    DOWNLOAD_ADDRESSES, FILES_OF_DOCUMENTS, FURNITURE_PARTS, FURNITURE_STARTS, LEGAL_LINES, LIST_ENDINGS,
    NEIGHBOUR_ARTICLES, PAGE_TOOLS, PAGER_STEPS, READING_HEADS, RELATED_HEADS, SITE_NOTICES, SUMMARY_HEADS, TOOL_LINES,
    UNFOLDERS, WordList,
};

/// A regular expression that is compiled once. `[一-鿿]` and `[0-9０-９]` are one and two ranges, where the classes of Unicode have
/// twenty and seventy, each of which costs at the first use.
macro_rules! form {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
    };
}

/// The words of a list, those of one meaning or all of them, as alternatives of a pattern.
fn any_of(list: &WordList, meaning: impl Fn(Option<&str>) -> bool) -> String {
    let words = list.iter().filter(|word| meaning(word.meaning));
    words.map(|word| regex::escape(word.text)).collect::<Vec<_>>().join("|")
}

form!(
    FURNITURE,
    &format!(
        concat!(
            r"^[\s\u3000【\[（(>↑▲△·]*(?:{}|(?:[一-鿿]{{2,8}}[:：]\s*)?[\[【]?大[\]】]?\s*[\[【]?中[\]】]?\s*[\[【]?小|",
            r"点赞\s*[（(:：]?\s*[0-9０-９]*\s*[）)]?$|(?:阅读|查看)原文$|收听(?:全文|本文|语音)?$|标签[:：]\s*\S{{1,8}}(?:\s+\S{{1,8}})*$|",
            r"(?:我要)?评价(?:此文|本文|本页)|您?觉得.{{0,10}}有帮助吗|.{{0,10}}对您(?:是否)?有(?:所)?(?:帮助|用)|",
            r"(?:相关)?附件[:：]\s*(?:无|暂无)$|编辑[\s\u3000]+[一-鿿]{{2,4}}[）)\]】]?$|",
            r"(?:pdf|word|doc|PDF|WORD|DOC)\s*(?:版|格式)?\s*下载|附件下载[:：]?$|文件下载$|点击下载$|下载[:：】\]]?$)|",
            r"^欢迎(?:您)?(?:访问|进入|光临|来到)|^首页\s*[-/—|→]\s*[一-鿿]|",
            r"^(?:本文|本页|本信息|此信息|该信息)?[已共]?有?\s*[0-9０-９]+\s*(?:人次|人|次)(?:浏览|阅读|访问|点击|查看)[过了]?$|",
            r"^您?(?:觉得|认为).{{0,6}}(?:本文|本页|文章|页面|内容|信息).{{0,8}}有(?:用|帮助)|",
            r"^(?:本文|本页|本信息|此信息|该信息)?[已共]?被?(?:浏览|阅读|访问|点击|查看)了?[:：]?\s*[0-9０-９]*\s*(?:次|人次)?$"
        ),
        any_of(&FURNITURE_STARTS, |meaning| meaning != Some("tool"))
    )
);
// 关注“云溪发布”公众号 and 下载云溪发布客户端 below a text; a guide has such steps, too.
form!(
    INVITATION,
    concat!(
        r"^(?:欢迎|请|扫码|微信|点击)*(?:关注|订阅).{0,16}(?:公众号|官方微信|官方微博|视频号)(?:[，,][一-鿿]{2,10})?$|",
        r"^(?:点击|扫码)?下载.{1,12}(?:客户端|APP|App)$|^扫码关注.{0,16}$"
    )
);
// 扫码阅读, 扫描二维码访问手机版, 请使用微信扫一扫: the way to the same page on a phone; 扫码缴费 is none.
form!(
    PHONE,
    concat!(
        r"^(?:请|您?可|使用|用|打开|通过|手机|微信|移动端|客户端|或)*(?:扫一扫|扫码|扫描|扫|长按|识别)+(?:一下)?",
        r"(?:上方|下方|上面|下面|左侧|右侧|此|该|本页)?(?:二维码)?[，,]?",
        r"(?:即可|可|在|到|至|用|上|打开|进入|访问|查看|浏览|阅读|观看|分享|转发|给|更多|手机|微信|移动端|当前|本|此|该)*",
        r"(?:版|页面?|网页|文章?|原文|新闻|内容|信息|好友|朋友圈|二维码)?$"
    )
);
// 文章评价, 我要纠错: what a reader thinks of the page, and that it has a mistake.
form!(
    RATING,
    concat!(
        r"^(?:您|你|请)?(?:对)?(?:本|此|该|这)?(?:条|篇|次)?(?:文章?|页面?|信息|内容|政策|网站|稿件|新闻|满意度|服务|政府|错误)+的?",
        r"(?:进行)?(?:评价|评分|打分|纠错|报错|找错|反馈)(?:[:：].{0,12}|[（(].*[）)])?$|^您的评价[:：]"
    )
);
// 打印 and 打印此页 are tools, 打印、复印每张0.5元 is none.
form!(
    SHORT_TOOL,
    &format!(
        r"^[\s\u3000【\[（(>]*(?:{})[一-鿿]{{0,5}}(?:[^一-鿿，、；。！？]|$)",
        any_of(&FURNITURE_STARTS, |meaning| meaning == Some("tool"))
    )
);
form!(
    NOTICE,
    &format!(
        r"^[\s\u3000【\[（(>]*(?:{})|^欢迎(?:您)?(?:访问|进入|光临|来到)|{}",
        any_of(&FURNITURE_STARTS, |meaning| meaning == Some("notice")),
        any_of(&FURNITURE_PARTS, |meaning| meaning == Some("notice"))
    )
);
// Apart from the forms that a line begins with, which nearly every line fails at its first character.
form!(FURNITURE_ANYWHERE, r"IE\s*[0-9０-９]|推荐使用.{0,12}浏览器|浏览器.{0,8}浏览本站|点击.{0,4}复制");
form!(
    RELATED,
    &format!(
        r"^[\s\u3000【\[■●▪·>]*(?:(?:{})(?:{})|{})(?:\s*更多)?[\s\u3000】\]:：>»]*$",
        any_of(&RELATED_HEADS, |meaning| meaning == Some("which")),
        any_of(&RELATED_HEADS, |meaning| matches!(meaning, Some("what" | "both"))),
        any_of(&RELATED_HEADS, |meaning| matches!(meaning, Some("whole" | "both")))
    )
);

form!(LEGAL, &any_of(&LEGAL_LINES, |_| true));
form!(REGISTRATION, &any_of(&LEGAL_LINES, |meaning| meaning == Some("registration")));
// In a whole sentence: what a site says of itself, and not 作品版权归主办单位所有。 or 网站应当办理ICP备案。
form!(
    LEGAL_SENTENCE,
    &format!(
        r"(?:{})[^一-鿿]{{0,3}}[0-9０-９]|^(?:版权所有|主办单位|承办单位|技术支持)[：:\s]|Copyright|本站|本网|转载|镜像",
        any_of(&LEGAL_LINES, |meaning| meaning == Some("registration"))
    )
);
form!(RIGHT, &any_of(&LEGAL_LINES, |meaning| meaning == Some("rights")));
form!(SEARCH, r"(?:检索|搜索|查询)(?:结果|页面|中心|平台|引擎)?(?:$|[\s_\-—|－])|(?:站内|全文|高级|智能)(?:检索|搜索)");
form!(
    HITS,
    r"(?:找到|搜索到|检索到|查询到|搜到).{0,12}?[0-9０-９].{0,8}(?:条|个|项|篇)|(?:检索|搜索)结果.{0,6}[0-9０-９]"
);
form!(
    END,
    &format!(
        "[上下]一[篇条]|^[上下前后]一(?:篇|条|个|则|级)?(?:信息|文章|新闻|主题|公告)?[:：]|友情链接|{}",
        any_of(&LEGAL_LINES, |_| true)
    )
);

/// Tools, notices and legal lines of the page, recognised by what they say. A whole sentence is text unless it is a notice.
pub(crate) fn is_furniture(text: &str) -> bool {
    // A pattern that stands anywhere is looked for where a word of it is.
    let anywhere =
        || ["IE", "浏览器", "点击"].iter().any(|word| text.contains(word)) && FURNITURE_ANYWHERE.is_match(text);
    let says = || FURNITURE.is_match(text) || SHORT_TOOL.is_match(text) || FURNITURE_PARTS.is_in(text);
    text.len() < 400 && (if is_whole_sentence(text) { NOTICE.is_match(text) } else { says() } || anywhere())
}

/// To follow a site elsewhere, to read the page on a phone, to say what one thinks of it; only below a text.
pub(crate) fn invites(text: &str) -> bool {
    let holds = |words: &[&str]| words.iter().any(|word| text.contains(word));
    holds(&["关注", "订阅", "下载"]) && INVITATION.is_match(text)
        || holds(&["扫", "长按", "识别"]) && PHONE.is_match(text)
        || holds(&["评", "错", "打分", "反馈"]) && RATING.is_match(text)
}

/// 某局 主办, 由某局维护, as the foot of old sites has it.
pub(crate) fn names_host(text: &str) -> bool {
    /// Most characters of a body's name.
    const NAME: usize = 30;
    let by = text
        .strip_prefix('由')
        .and_then(|name| ["维护", "主办", "承办"].iter().find_map(|role| Some((name.strip_suffix(role)?, *role))));
    let (name, role) = by.or_else(|| text.rsplit_once(is_blank)).unwrap_or_default();
    let name = name.trim_end_matches(is_blank);
    matches!(role, "主办" | "承办" | "主管" | "维护" | "制作维护" | "版权所有")
        && (4..=NAME).contains(&name.chars().count())
        && name.chars().all(is_ideograph)
        || names_hosts(text)
}

/// 某办主办　某局承办
fn names_hosts(text: &str) -> bool {
    let ends = |part: &str| ["主办", "承办", "协办", "维护"].iter().any(|role| part.ends_with(role));
    let mut parts = text.split(is_blank).filter(|part| !part.is_empty());
    parts.clone().count() > 1 && parts.all(|part| part.chars().all(is_ideograph) && ends(part))
}

/// It ends as a sentence does, or a clause of a list.
fn is_whole_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| is_blank(c) || "”’）)\"".contains(c)).ends_with(['。', '；'])
}

/// It holds a tool of the page, whatever else it says.
pub(crate) fn holds_tool(text: &str) -> bool {
    PAGE_TOOLS.is_in(text)
}

/// The title of what explains an article, or the way to it.
pub(crate) fn names_interpretation(text: &str) -> bool {
    let named = || text.contains("解读") || text.contains("图解");
    text.starts_with(['《', '【']) && text.ends_with(['读', '解', '》']) && named()
        || ["点击查看", "点击阅读", "点此查看"].iter().any(|way| text.starts_with(way)) && named()
}

/// The head of what a site says of its rights.
pub(crate) fn heads_notice(text: &str) -> bool {
    SITE_NOTICES.is(text.trim_matches(|c: char| is_blank(c) || matches!(c, '：' | ':' | '【' | '】' | '[' | ']')))
}

/// 上一页 1 2 3 下一页: steps of a pager and numbers, nothing else.
pub(crate) fn is_pager(text: &str) -> bool {
    /// Most bytes of such a line.
    const LONGEST: usize = 200;
    if text.len() > LONGEST {
        return false;
    }
    let (mut rest, mut steps) = (text, 0);
    while let Some(c) = rest.chars().next() {
        rest = match PAGER_STEPS.starts(rest) {
            Some(step) => {
                steps += 1;
                rest.get(step.text.len()..).unwrap_or_default()
            }
            None if c.is_ascii_digit() || is_blank(c) || "[]【】|./…".contains(c) => {
                rest.get(c.len_utf8()..).unwrap_or_default()
            }
            None => return false,
        };
    }
    steps > 1
}

/// The number of a printed page: — 1 —, - 2 -, 第3页.
pub(crate) fn page_number(text: &str) -> Option<u32> {
    let dash = |c: char| matches!(c, '—' | '–' | '－' | '-' | '─' | '―');
    let inner = text.trim_matches(dash);
    let dashed = text.starts_with(dash) && text.ends_with(dash) && inner.len() < text.len();
    let named =
        || text.strip_prefix('第')?.split('页').next().filter(|_| text.contains('页') && text.chars().count() < 12);
    let digits = if dashed { Some(inner) } else { named() }?.trim();
    (digits.len() < 5).then(|| digits.parse().ok()).flatten()
}

/// 展开全文: the way to the rest of an article on the same page.
pub(crate) fn unfolds(text: &str) -> bool {
    /// Most characters of such a line.
    const LONGEST: usize = 13;
    text.chars().nth(LONGEST).is_none() && UNFOLDERS.is_in(text)
}

/// 上一篇：…, the way to another article.
pub(crate) fn names_neighbour(text: &str) -> bool {
    NEIGHBOUR_ARTICLES.starts(text.trim_start_matches(|c: char| is_blank(c) || "【[<".contains(c))).is_some()
}

/// < 关于…的通知, the way to the article before, whose link a script makes; <某办法> is a name.
pub(crate) fn names_neighbour_by_arrow(text: &str) -> bool {
    /// The arrows back and on.
    const ARROWS: ([char; 5], [char; 5]) = (['<', '＜', '‹', '«', '←'], ['>', '＞', '›', '»', '→']);
    let inner = text.trim_start_matches(ARROWS.0).trim_end_matches(ARROWS.1);
    text.starts_with(ARROWS.0) != text.ends_with(ARROWS.1) && !inner.contains(ARROWS.0) && !inner.contains(ARROWS.1)
}

/// The head of what a machine says an article is about.
pub(crate) fn heads_summary(text: &str) -> bool {
    let framed = |c: char| is_blank(c) || "：:【】[]".contains(c);
    SUMMARY_HEADS.is(text.trim_matches(framed))
}

/// A line of nothing but tools and their counts: 播放 暂停, 赞 12, 第1页/共1页, 00:00; only at the head and the end of a text, which may
/// have such words as headings.
pub(crate) fn is_tool_line(text: &str) -> bool {
    /// Most characters of such a line.
    const LONGEST: usize = 40;
    if text.chars().nth(LONGEST).is_some() {
        return false;
    }
    let clock = |part: &str| part.trim().len() == 5 && part.contains(':') && part.trim().split(':').all(is_count);
    let letters: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let mut parts = letters.split(|c: char| !is_letter(c)).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(is_made_of_tools) || text.split('/').all(clock)
}

/// One tool, or several that no blank parts: 满意基本满意不满意提交.
fn is_made_of_tools(mut part: &str) -> bool {
    while let Some(tool) = TOOL_LINES.starts(part) {
        part = part.get(tool.text.len()..).unwrap_or_default();
    }
    part.is_empty()
}

/// Nothing but digits.
fn is_count(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The head of links to what explains an article; only below its end, since an article may have such a chapter.
pub(crate) fn is_reading_head(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| is_blank(c) || ":：】]".contains(c)).trim_start_matches(['【', '[']);
    READING_HEADS.is(text)
}

/// A line of the page's foot: who runs the site, its numbers, its rights.
pub(crate) fn is_legal(text: &str) -> bool {
    says_legally(text, &LEGAL)
}

/// The numbers under which a site is registered; nothing but the foot of a page shows them.
pub(crate) fn is_registration(text: &str) -> bool {
    says_legally(text, &REGISTRATION)
}

/// A claim of rights in the pages of a site.
pub(crate) fn is_right(text: &str) -> bool {
    says_legally(text, &RIGHT)
}

fn says_legally(text: &str, form: &Regex) -> bool {
    text.len() < 600 && form.is_match(text) && (!is_whole_sentence(text) || LEGAL_SENTENCE.is_match(text))
}

/// A legal line of the page's foot, or the way to the next article: nothing of the article follows.
pub(crate) fn ends_article(text: &str) -> bool {
    let ends = || END.is_match(text) && (!is_whole_sentence(text) || is_legal(text));
    text.len() < 400 && ends() || is_related_head(text)
}

/// A name of columns.
pub(crate) fn names_list(text: &str) -> bool {
    LIST_ENDINGS.ends(text).is_some()
}

/// The title of a page that searches the site.
pub(crate) fn names_search(title: &str) -> bool {
    SEARCH.is_match(title)
}

/// 为您找到相关结果约 60 个: how much a search found.
pub(crate) fn counts_hits(text: &str) -> bool {
    text.len() < 200 && HITS.is_match(text)
}

/// The head of a box of further links.
pub(crate) fn is_related_head(text: &str) -> bool {
    text.len() < 60 && RELATED.is_match(text)
}

/// A line at the end of a document: date, 附件, 抄送, 印发, 附注.
pub(crate) fn is_closing(text: &str) -> bool {
    let framed = text.strip_prefix(['（', '(']).unwrap_or_default();
    let begins = |text: &str, words: &[&str]| words.iter().any(|word| text.starts_with(word));
    text.len() < 240
        && (begins(text, &["抄送", "抄报", "主送", "附件", "附:", "附：", "分送", "报送", "共印"])
            || begins(framed, &["此件", "本文有删减", "此页无正文", "联系人", "联系电话"])
            || text.ends_with("印发")
            || is_worded_date(text))
}

/// 附件： with nothing behind it, which portals put above what can be downloaded.
pub(crate) fn heads_files(text: &str) -> bool {
    matches!(text, "附件：" | "附件:")
}

/// 2023年2月28日 alone in its line; `2023-02-28` is how pages date links.
pub(crate) fn is_worded_date(text: &str) -> bool {
    text.len() < 60 && text.contains('年') && parse_date(text).is_some()
}

/// A letter, ideograph or digit; ideographs, which most are, are told without the tables of Unicode.
pub(crate) fn is_letter(c: char) -> bool {
    is_ideograph(c) || c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric()
}

/// A mark that stands in sentences and not in navigation.
pub(crate) fn is_sentence_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '！' | '？' | '、')
}

/// How many such marks a text holds.
pub(crate) fn sentence_marks(text: &str) -> usize {
    text.chars().filter(|&c| is_sentence_mark(c)).count()
}

/// Running text: a full stop, or several commas; a title may list things with 、.
pub(crate) fn is_sentence(text: &str) -> bool {
    text.contains('。') || text.chars().filter(|c| matches!(c, '，' | '；')).count() > 1
}

/// A file that the portal lets one download.
pub(crate) fn is_file_address(href: &str) -> bool {
    let lower = href.to_ascii_lowercase();
    let path = lower.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(_, kind)| FILES_OF_DOCUMENTS.is(kind)) || DOWNLOAD_ADDRESSES.is_in(&lower)
}

/// Whether bytes of markup may name a file at all; a page that does not need not be read for its files.
#[cfg(any(feature = "program", test))]
pub(crate) fn may_link_files(markup: &[u8]) -> bool {
    static NAMED: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        let endings: Vec<&str> = FILES_OF_DOCUMENTS.iter().map(|word| word.text).collect();
        // `window.document` names none, nor does a call `.et(`.
        let pattern = format!(r"(?i-u)\.(?:{})(?:[^a-z0-9_.(=\[]|$)|download|downfile|filedown", endings.join("|"));
        regex::bytes::Regex::new(&pattern).expect("a constant pattern")
    });
    NAMED.is_match(markup)
}

/// A file's name, as the text of a link.
pub(crate) fn is_file_name(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| is_blank(c) || ".。；;）)".contains(c)).to_ascii_lowercase();
    text.rsplit_once('.').is_some_and(|(_, kind)| FILES_OF_DOCUMENTS.is(kind))
}

#[cfg(test)]
mod tests;
