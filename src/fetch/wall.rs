//! Answers that are no answer: bot walls, and error pages sent as if they were good ones.
//!
//! A wall is told and reported, never circumvented.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use encoding_rs::GB18030;
use memchr::{memchr, memchr_iter, memmem};
use reqwest::header::{HeaderMap, SET_COOKIE};

use crate::words::{EMPTY_LISTS, ERROR_PAGES, WALL_COOKIES, WALLS, Word};

/// A page with more visible text than this is a page, whatever its scripts say: a portal behind a wall carries the
/// wall's script on every good page as well.
const LITTLE_TEXT: usize = 2 << 10;

/// A page that shows less than this, its title included, is no page of a site: some sixteen characters of Chinese.
const HARDLY_A_WORD: usize = 48;

/// How much of a page is searched for signatures, which stand at its top.
const SEARCHED: usize = 64 << 10;

/// The same words as a page in UTF-8 and one in GB18030 hold them.
struct Words {
    /// Finds all of them in one walk through the bytes: these are looked for in every answer.
    any: AhoCorasick,
    names: Vec<&'static str>,
}

impl Words {
    fn new(words: impl Iterator<Item = (&'static str, &'static str)>) -> Self {
        let both = words.flat_map(|(word, name)| {
            let (gb, _, _) = GB18030.encode(word);
            [(word.as_bytes().to_vec(), name), (gb.into_owned(), name)]
        });
        let (words, names): (Vec<_>, Vec<_>) = both.unzip();
        Self { any: AhoCorasick::new(words).expect("a few hundred words fit"), names }
    }

    /// The name of the word that is listed first, of all that the bytes hold.
    fn find(&self, bytes: &[u8]) -> Option<&'static str> {
        let found = self.any.find_overlapping_iter(bytes).map(|found| found.pattern()).min()?;
        self.names.get(found.as_usize()).copied()
    }
}

static WALL_WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(WALLS.iter().map(named)));
static ERROR_WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(ERROR_PAGES.iter().filter(|word| word.meaning == Some("sure")).map(|word| (word.text, word.text)))
});

static EMPTY_WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::new(EMPTY_LISTS.iter().map(|word| (word.text, word.text))));

/// A word with the product that it tells.
fn named(word: Word) -> (&'static str, &'static str) {
    (word.text, word.meaning.unwrap_or("unknown"))
}

/// The wall that gave this answer, if one did.
pub(super) fn wall(status: u16, headers: &HeaderMap, body: &[u8]) -> Option<&'static str> {
    // No condition was set that could fail, so a 412 is the challenge of Ruishu.
    if status == 412 {
        return Some("Ruishu 瑞数");
    }
    let good = (200..300).contains(&status);
    if status == 304 || good && visible(body) >= LITTLE_TEXT {
        return None;
    }
    let head = body.get(..SEARCHED).unwrap_or(body);
    WALL_WORDS.find(head).or_else(|| cookie_wall(headers)).or_else(|| (status == 202).then_some("unknown"))
}

/// The wall whose challenge cookie an answer sets.
pub(super) fn cookie_wall(headers: &HeaderMap) -> Option<&'static str> {
    let cookies = headers.get_all(SET_COOKIE).into_iter().filter_map(|cookie| cookie.to_str().ok());
    let mut names = cookies.filter_map(|cookie| cookie.split('=').next());
    names.find_map(|name| WALL_COOKIES.starts(name.trim()).map(|word| named(word).1))
}

/// What a good status hides: the words of an error page on a page that says nothing else.
pub(super) fn error_page(body: &[u8]) -> Option<&'static str> {
    let head = body.get(..SEARCHED).unwrap_or(body);
    if visible(body) < LITTLE_TEXT { ERROR_WORDS.find(head) } else { None }
}

/// Whether a page shows next to nothing to a reader.
pub(super) fn says_little(body: &[u8]) -> bool {
    visible(body) < LITTLE_TEXT
}

/// Whether a page has hardly a word for a reader, or a few and no way on: a challenge does so, and a page that a script
/// makes. A list that is empty says so, or leads to the rest of its site.
pub(super) fn is_bare(body: &[u8]) -> bool {
    let mut links = false;
    let shown = shown(body, |tag| links |= is_link(tag));
    if shown.len() >= LITTLE_TEXT || EMPTY_WORDS.find(&shown).is_some() {
        return false;
    }
    shown.len() < HARDLY_A_WORD || !links
}

/// Whether this tag leads to a page.
fn is_link(tag: &[u8]) -> bool {
    let end = tag.iter().position(|&b| b == b'>').unwrap_or(tag.len());
    let holds = |word: &[u8]| tag.get(..end).is_some_and(|tag| tag.windows(word.len()).any(|part| part == word));
    starts_with(tag, "<a")
        && tag.get(2).is_some_and(u8::is_ascii_whitespace)
        && holds(b"href")
        && !holds(b"javascript:")
}

/// How many bytes of a page a reader sees, roughly.
fn visible(body: &[u8]) -> usize {
    shown(body, |_| {}).len()
}

/// What a reader sees, roughly: what stands outside of tags, comments, scripts and styles, without blanks; and what
/// begins with a tag is given to `tag`.
///
/// It works on bytes, so that the encoding does not matter, and stops when the page clearly says something.
fn shown(body: &[u8], mut tag: impl FnMut(&[u8])) -> Vec<u8> {
    let mut seen = Vec::new();
    let mut rest = body;
    while seen.len() < LITTLE_TEXT {
        let (shown, after) = rest.split_at(memchr(b'<', rest).unwrap_or(rest.len()));
        seen.extend(shown.iter().filter(|b| !b.is_ascii_whitespace()));
        tag(after);
        let Some(after) = skip_tag(after) else { break };
        rest = after;
    }
    seen
}

/// What follows the tag, the comment, or the whole script or style that begins here.
fn skip_tag(tag: &[u8]) -> Option<&[u8]> {
    let inner = tag.get(1..)?;
    let end = if tag.starts_with(b"<!--") {
        memmem::find(inner, b"-->")? + 3
    } else if starts_with(tag, "<script") {
        element_end(inner, "</script")?
    } else if starts_with(tag, "<style") {
        element_end(inner, "</style")?
    } else {
        memchr(b'>', inner)? + 1
    };
    inner.get(end..)
}

/// Where an end tag begins, past its name.
fn element_end(bytes: &[u8], end: &str) -> Option<usize> {
    let at = memchr_iter(b'<', bytes).find(|&at| starts_with(bytes.get(at..).unwrap_or_default(), end))?;
    Some(at + end.len())
}

fn starts_with(bytes: &[u8], word: &str) -> bool {
    bytes.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall_of(status: u16, cookie: &str, body: &str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        if !cookie.is_empty() {
            headers.append(SET_COOKIE, cookie.parse().unwrap());
        }
        wall(status, &headers, body.as_bytes())
    }

    #[test]
    fn walls_are_told_by_status_script_and_cookie() {
        let cases = [
            (412, "", "", Some("Ruishu 瑞数")),
            (202, "", "<script>$_ts=window['$_ts'];</script>", Some("Ruishu 瑞数")),
            (200, "", "<meta r='m'><script>$_ts=window['$_ts'];$_ts.cd=1</script>", Some("Ruishu 瑞数")),
            (
                521,
                "__jsluid_h=1; path=/",
                "<script>document.cookie='__jsl_clearance=1'</script>",
                Some("Jiasule 加速乐"),
            ),
            (403, "", "<p>您的请求已被创宇盾拦截</p>", Some("Jiasule 加速乐")),
            (200, "", "<script>var wzwsquestion='x'</script>", Some("WangSu 网宿")),
            (200, "", "<script>function f(){security_verify_data}</script>", Some("Yunsuo 云锁")),
            (200, "acw_sc__v2=x", "<script>var arg1=1</script>", Some("Aliyun 阿里云")),
            (200, "HOY_TR=x", "", Some("cookie challenge")),
            (202, "", "", Some("unknown")),
            (200, "", "<p>请开启JavaScript并刷新该页</p>", Some("script challenge")),
            (200, "", "", None),
            (200, "__jsluid_h=1", "<p>公告</p>", None),
            (304, "acw_sc__v2=x", "", None),
            (404, "", "<h1>404</h1>", None),
            (500, "", "oops", None),
        ];
        for (status, cookie, body, want) in cases {
            assert_eq!(wall_of(status, cookie, body), want, "{status} {cookie} {body}");
        }
    }

    #[test]
    fn a_page_with_text_is_a_page_in_spite_of_its_scripts() {
        let page = format!("<script>$_ts=window['$_ts'];</script><p>{}</p>", "法治政府建设".repeat(200));
        assert_eq!(wall_of(200, "__jsl_clearance=1", &page), None);
        assert!(wall_of(403, "", &page).is_some(), "a bad status needs no second sign");
    }

    #[test]
    fn error_pages_with_a_good_status_are_told_in_both_encodings() {
        let page = "<html><body><p>抱歉，您访问的页面不存在或已删除</p></body></html>";
        assert!(error_page(page.as_bytes()).is_some());
        assert!(error_page(&GB18030.encode(page).0).is_some());
        let report = format!("<p>办事群众反映的页面不存在等问题</p><p>{}</p>", "法治政府建设".repeat(200));
        assert_eq!(error_page(report.as_bytes()), None);
        assert_eq!(error_page("<p>公告</p>".as_bytes()), None);
    }

    #[test]
    fn only_what_a_reader_sees_is_counted() {
        let cases = [
            ("", 0),
            ("ab c", 3),
            ("<p class='x'>ab</p>", 2),
            ("<SCRIPT>if (a<b) {}</SCRIPT>ab<style>x</style>", 2 + 1 + 1),
            ("<!-- <p>a</p> -->ab", 2),
            ("ab<broken", 2),
            ("ab<script>never closed", 2),
        ];
        for (page, want) in cases {
            // The `>` of `</script>` is left over, which is near enough for a rough count.
            assert_eq!(visible(page.as_bytes()), want, "{page}");
        }
    }
}
