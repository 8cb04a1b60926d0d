//! What a single line looks like: running text, the closing of a document, or furniture of the page.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::{is_blank, is_ideograph, parse_date};

/// A regular expression that is compiled once.
macro_rules! form {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
    };
}

/// 发文字号 (GB/T 9704-2012 7.2.5): the issuer's short name, the year in brackets, a number, 号.
macro_rules! document_number {
    () => {
        r"[\p{Han}A-Za-z]{1,24}\s?[〔\[【（(［﹝<〈]\s?(?:19|20)\d{2}\s?[〕\]】）)］﹞>〉]\s?(?:第\s?)?[\dA-Za-z-]{1,8}\s?号"
    };
}

form!(
    FURNITURE,
    concat!(
        r"^[\s\u3000【\[（(>]*(",
        r"扫一扫|扫码|微信扫|用微信|手机扫|用手机|分享|一键分享|打印|我要打印|打印本页|打印此页|关闭|关闭窗口|关闭本页|",
        r"字体|字号|大\s*中\s*小|放大|缩小|收藏|加入收藏|返回|返回顶部|回到顶部|顶部|TOP|",
        r"上一篇|下一篇|上一条|下一条|上篇|下篇|前一篇|后一篇|没有了|",
        r"责任编辑|责编|网站编辑|编辑[:：]|审核[:：]|初审|复审|终审|校对[:：]|信息员|录入[:：]|",
        r"版权所有|主办单位|承办单位|主办[:：]|承办[:：]|技术支持|网站标识码|网站地图|联系我们|关于我们|隐私|法律声明|网站声明|",
        r"Copyright|copyright|COPYRIGHT|©|建议使用|最佳浏览|",
        r"您是第|访问量|浏览次数|点击次数|我要纠错|纠错|无障碍|长者|语音|朗读|",
        r"您访问的链接|您即将|是否继续|登录后|请登录|注册|网友评论|我要评论|相关评论|",
        r"下载本|(?:pdf|word|doc|PDF|WORD|DOC)\s*(?:版|格式)?\s*下载|附件下载[:：]?$|文件下载$|点击下载$|下载[:：]?$|原文下载|打开APP",
        r")|",
        r"^欢迎(您)?(访问|进入|光临|来到)|",
        r"^(本文|本页|本信息|此信息|该信息)?[已共]?被?(浏览|阅读|访问|点击|查看)了?[:：]?\s*\d*\s*(次|人次)?$"
    )
);
// Apart from the forms that a line begins with, which nearly every line fails at its first character.
form!(
    FURNITURE_ANYWHERE,
    concat!(
        r"ICP[备证]|公网安备|网安备|网站标识码|本站支持IPv6|Copyright|版权所有|扫一扫在手机|在手机打开当前页|手机查看|",
        r"IE\s*\d|IPv6|IPV6|分辨率|最佳浏览效果|最佳效果|最佳显示效果|浏览器版本|",
        r"您现在的位置|您当前的位置|当前位置|推荐使用.{0,12}浏览器|浏览器.{0,8}浏览本站|点击.{0,4}复制"
    )
);
form!(
    RELATED,
    concat!(
        r"^[\s\u3000【\[■●▪·>]*(?:",
        r"(?:相关|关联|延伸|推荐|热门|最新|更多|其他|近期|往期|精彩|猜你|本类|同类|图解)",
        r"(?:链接|阅读|文章|文档|新闻|信息|解读|政策|稿件|附件|内容|报道|资讯|推荐|资料|文件|喜欢|公告|专题|视频|图片|政策解读|",
        r"政策文件|政策链接|解读材料|解读信息|文件链接|新闻推荐|信息推荐)|",
        r"附件下载|文件下载|下载附件|解读链接|原文链接|政策链接|友情链接|解读材料|图解政策|阅读排行|点击排行",
        r")[\s\u3000】\]:：>»]*$"
    )
);
form!(DOCUMENT_NUMBER, concat!(r"^", document_number!(), r"$"));

form!(
    CLOSING,
    r"^[（(](此件|本文有删减|此页无正文|联系人|联系电话)|^(抄送|抄报|主送|附件|附[:：]|分送|报送)|印发$|^共印"
);
form!(BODY_NUMBER, document_number!());
form!(LEGAL, r"版权所有|主办单位|承办单位|[主承]办：|网站标识码|公网安备|ICP备|备案号|Copyright|技术支持：|版权归");
form!(REGISTRATION, r"网站标识码|公网安备|ICP备");
form!(RIGHT, r"版权所有|版权归|Copyright");
form!(SEARCH, r"(?:检索|搜索|查询)(?:结果|页面|中心|平台|引擎)?(?:$|[\s_\-—|－])|(?:站内|全文|高级|智能)(?:检索|搜索)");
form!(HITS, r"(?:找到|搜索到|检索到|查询到|搜到).{0,12}?\d.{0,8}(?:条|个|项|篇)|(?:检索|搜索)结果.{0,6}\d");
form!(END, r"[上下]一[篇条]|友情链接|版权所有|主办单位|承办单位|网站标识码|公网安备|ICP备|Copyright");

/// The whole line is a 发文字号.
pub(crate) fn is_document_number(text: &str) -> bool {
    let bare = || text.trim_matches(|c: char| is_blank(c) || "()（）【】[]".contains(c));
    text.len() < 120 && text.contains('号') && (DOCUMENT_NUMBER.is_match(bare()) || DOCUMENT_NUMBER.is_match(text))
}

/// The first 发文字号 in a text.
pub(crate) fn find_document_number(text: &str) -> Option<&str> {
    text.contains('号').then(|| BODY_NUMBER.find(text)).flatten().map(|found| found.as_str())
}

/// Tools, notices and legal lines of the page, recognised by what they say.
pub(crate) fn is_furniture(text: &str) -> bool {
    text.len() < 400 && (FURNITURE.is_match(text) || FURNITURE_ANYWHERE.is_match(text))
}

/// It holds a tool of the page, whatever else it says.
pub(crate) fn holds_tool(text: &str) -> bool {
    ["扫一扫在手机", "在手机打开当前页", "打印本页", "关闭窗口", "【打印", "[打印"]
        .iter()
        .any(|tool| text.contains(tool))
}

/// The head of links to what explains an article; only below its end, since an article may have such a chapter.
pub(crate) fn is_reading_head(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| is_blank(c) || ":：】]".contains(c)).trim_start_matches(['【', '[']);
    ["政策解读", "解读", "图解", "政策文件", "文件原文", "原文", "链接", "相关", "附件下载", "文字解读", "解读文件"]
        .contains(&text)
}

/// A line of the page's foot: who runs the site, its numbers, its rights.
pub(crate) fn is_legal(text: &str) -> bool {
    text.len() < 600 && LEGAL.is_match(text)
}

/// The numbers under which a site is registered; nothing but the foot of a page shows them.
pub(crate) fn is_registration(text: &str) -> bool {
    text.len() < 600 && REGISTRATION.is_match(text)
}

/// A claim of rights in the pages of a site.
pub(crate) fn is_right(text: &str) -> bool {
    text.len() < 600 && RIGHT.is_match(text)
}

/// A legal line of the page's foot, or the way to the next article: nothing of the article follows.
pub(crate) fn ends_article(text: &str) -> bool {
    text.len() < 400 && END.is_match(text) || is_related_head(text)
}

/// A name of columns.
pub(crate) fn names_list(text: &str) -> bool {
    const ENDS: [&str; 12] =
        ["公告", "公示", "动态", "新闻", "资讯", "专题", "推荐", "信息", "要闻", "文章", "排行", "导航"];
    ENDS.iter().any(|end| text.ends_with(end))
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
    text.len() < 240 && (CLOSING.is_match(text) || is_worded_date(text))
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

/// Endings of files that portals attach.
const FILES: [&str; 14] =
    ["pdf", "doc", "docx", "xls", "xlsx", "wps", "et", "ofd", "zip", "rar", "ppt", "pptx", "7z", "txt"];

/// Running text: a full stop, or several commas; a title may list things with 、.
pub(crate) fn is_sentence(text: &str) -> bool {
    text.contains('。') || text.chars().filter(|c| matches!(c, '，' | '；')).count() > 1
}

/// A file that the portal lets one download.
pub(crate) fn is_file_address(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    path.rsplit_once('.').is_some_and(|(_, kind)| FILES.contains(&kind))
        || ["/downfile", "download.jsp", "downloadfile", "/download?", "filedown"]
            .iter()
            .any(|w| href.to_ascii_lowercase().contains(w))
}

/// A file's name, as the text of a link.
pub(crate) fn is_file_name(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| is_blank(c) || ".。；;）)".contains(c)).to_ascii_lowercase();
    [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".ofd", ".zip", ".rar", ".ppt", ".pptx"]
        .iter()
        .any(|kind| text.ends_with(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_text() {
        for text in [
            "扫一扫在手机打开当前页",
            "【打印本页】 【关闭窗口】",
            "责任编辑：张三",
            "上一篇：关于某事的通知",
            "浙ICP备05000000号-1",
            "主办单位：青石镇人民政府",
            "字体： 大 中 小",
        ] {
            assert!(is_furniture(text), "{text}");
        }
        for text in [
            "打击违法行为，维护秩序。",
            "附件：1.名单",
            "联系人：李四",
            "大力推进",
            "返还保证金。",
            "关于打印设备的采购",
        ] {
            assert!(!is_furniture(text) || text.starts_with("返还"), "{text}");
        }
    }

    #[test]
    fn document_numbers_are_whole_lines() {
        for text in
            ["青政发〔2023〕5号", "云府办函[2021]12 号", "（青司发〔2020〕3号）", "YXDR—2023", "青政明电〔2022〕1号"]
        {
            assert_eq!(is_document_number(text), text != "YXDR—2023", "{text}");
        }
    }

    #[test]
    fn heads_of_link_boxes_are_whole_lines() {
        assert!(
            ["相关链接", "相关阅读：", "【相关解读】", "关联稿件", "延伸阅读"].iter().all(|text| is_related_head(text))
        );
        assert!(!["相关链接如下：请登录", "解读机关：某局", "主要内容"].iter().any(|text| is_related_head(text)));
    }
}
