//! Pages that only send the reader on: a redirect in markup or in a script, where others use the status of HTTP.

use std::sync::LazyLock;

use html5ever::local_name;
use regex::Regex;
use scraper::Selector;
use url::Url;

use super::literal::{text_of, variable};
use super::seen::{says, text_in};
use super::view::View;
use crate::model::{PageFormat, page_key};

/// So many characters are a page of their own, wherever its scripts send whom: a stub says 页面跳转中 and no more.
const LITTLE: usize = 160;
/// A page that goes on later is one that is read before.
const SOON: u32 = 10;

/// How a page sends its reader on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SentBy {
    /// `<meta http-equiv="refresh" content="0;URL=…">` (HTML standard, 4.2.5.3).
    Refresh,
    /// `location.href = "…"`, `location.replace(…)` with a constant, or a variable that holds one.
    Script,
    /// A link beside words that say so: 如果没有跳转请点击.
    Link,
}

const WAYS: [SentBy; 3] = [SentBy::Refresh, SentBy::Script, SentBy::Link];

/// Where a page that has no text of its own sends its reader.
pub fn sent_on(view: &View) -> Option<Url> {
    if view.page.format != PageFormat::Html || !says_little(view) {
        return None;
    }
    let here = page_key(view.url());
    let is_other = |url: &Url| matches!(url.scheme(), "http" | "https") && page_key(url) != here;
    WAYS.iter().find_map(|way| {
        let address = match way {
            SentBy::Refresh => refresh(view),
            SentBy::Script => script(view),
            SentBy::Link => link(view),
        };
        view.resolve(&address?).filter(is_other)
    })
}

fn says_little(view: &View) -> bool {
    let dom = view.tree.dom();
    !dom.named(&local_name!("body")).next().is_some_and(|body| says(dom, body, LITTLE))
}

fn refresh(view: &View) -> Option<String> {
    static METAS: LazyLock<Selector> = LazyLock::new(|| selector("meta[http-equiv][content]"));
    static CONTENT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"(?i)^\s*(\d+)(?:\.\d*)?\s*[;,]?\s*(?:url\s*=)?\s*['"]?([^'"]+?)['"]?\s*$"#));
    let mut metas = view
        .html()
        .select(&METAS)
        .filter(|meta| meta.attr("http-equiv").is_some_and(|name| name.trim().eq_ignore_ascii_case("refresh")));
    metas.find_map(|meta| {
        let found = CONTENT.captures(meta.attr("content")?)?;
        let address = found.get(2)?.as_str();
        (found[1].parse::<u32>().ok()? <= SOON && address.parse::<u32>().is_err()).then(|| address.to_owned())
    })
}

fn script(view: &View) -> Option<String> {
    static SCRIPTS: LazyLock<Selector> = LazyLock::new(|| selector("script:not([src]), body[onload]"));
    static SENT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|[^\w$.])(?:(?:window|self|top|parent|document)\.)*location(?:\.href)?\s*(?:=\s*|\.(?:replace|assign)\s*\(\s*)",
        )
    });
    // Only telephones, or only those whose browser fails a test.
    static ASKS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)navigator|userAgent|screen\.|innerWidth|document\.cookie|XMLHttpRequest|\$\.(?:get|post|ajax)")
    });
    view.html().select(&SCRIPTS).find_map(|element| {
        let text = element.attr("onload").map_or_else(|| element.text().collect::<String>(), ToOwned::to_owned);
        if ASKS.is_match(&text) {
            return None;
        }
        SENT.find_iter(&text).find_map(|sent| text_of(text.get(sent.end()..)?, &|name| variable(&text, name)))
    })
}

fn link(view: &View) -> Option<String> {
    static LINKS: LazyLock<Selector> = LazyLock::new(|| selector("a[href]"));
    static WORDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"跳转|转到|转向|重定向|redirect"));
    static CLICK: LazyLock<Regex> = LazyLock::new(|| pattern(r"点击|单击|点此|这里|click|here"));
    let dom = view.tree.dom();
    let text = dom.named(&local_name!("body")).next().map(|body| text_in(dom, body))?;
    let mut links = view.html().select(&LINKS);
    let (only, more) = (links.next()?, links.next());
    (more.is_none() && WORDS.is_match(&text) && CLICK.is_match(&text))
        .then(|| only.attr("href"))
        .flatten()
        .map(ToOwned::to_owned)
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern")
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a fixed selector")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Page;

    fn sends(markup: &str) -> Option<String> {
        let url = Url::parse("http://www.yunxi.example/a/1.html").ok();
        let page = Page { url, format: PageFormat::Html, text: markup.to_owned(), charset: "UTF-8", replaced: 0 };
        sent_on(&View::new(page)).map(|url| url.path().to_owned())
    }

    #[test]
    fn a_page_without_text_sends_its_reader_on() {
        for page in [
            "<script>window.location.href=\"/b.html\";</script>",
            "<script>location = '/b.html'</script>",
            "<script>\n top.location.replace('/b.html');\n</script>",
            "<script>window.location.assign( \"/b.html\" )</script>",
            "<script>var url = '/b.html'; setTimeout(function () { location.href = url }, 0)</script>",
            "<script>var n = 'b'; self.location.href = '/' + n + '.html';</script>",
            "<body onload=\"location.href='/b.html'\">",
            "<meta http-equiv=\"refresh\" content=\"0;URL=/b.html\">",
            "<META HTTP-EQUIV='Refresh' CONTENT='3; url=\"/b.html\"'><p>正在跳转，请稍候……</p>",
            "<p>如果没有跳转，请点击<a href='/b.html'>这里</a></p>",
            "<title>青石镇2022年度法治政府建设工作报告</title><script>location.href='../b.html'</script>",
        ] {
            assert_eq!(sends(page).as_deref(), Some("/b.html"), "{page}");
        }
    }

    #[test]
    fn a_page_with_text_or_with_a_condition_stays() {
        let text = "坚持依法行政，加强行政执法监督，落实行政执法三项制度，提高工作人员法治素养。".repeat(6);
        for page in [
            format!("<p>{text}</p><script>if (/Android/.test(navigator.userAgent)) location.href = '/b.html'</script>"),
            format!("<p>{text}</p><script>location.href = '/b.html'</script>"),
            format!("<meta http-equiv='refresh' content='0;url=/b.html'><p>{text}</p>"),
            "<script>if (/Android/.test(navigator.userAgent)) location.href = '/b.html'</script>".to_owned(),
            "<script>document.cookie = 'a=1'; location.href = location.pathname</script>".to_owned(),
            "<script>document.cookie = 'a=1'; location.href = '/b.html'</script>".to_owned(),
            "<script>location.href = '/a/1.html'</script>".to_owned(),
            "<script>location.href = next()</script>".to_owned(),
            "<script>var mylocation = '/b.html'</script>".to_owned(),
            "<meta http-equiv='refresh' content='300'>".to_owned(),
            "<meta http-equiv='refresh' content='300;url=/b.html'>".to_owned(),
            "<meta http-equiv='content-type' content='text/html'>".to_owned(),
            "<p>点击<a href='/b.html'>这里</a></p>".to_owned(),
            "<a href='javascript:void(0)'>跳转请点击</a>".to_owned(),
        ] {
            assert_eq!(sends(&page), None, "{page}");
        }
    }
}
