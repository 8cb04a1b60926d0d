//! robots.txt by RFC 9309: which paths of a host are open to us, and how slowly it wants to be asked.

use std::time::Duration;

use robotstxt::parser::escape_pattern;
use robotstxt::{RobotsParseHandler, parse_robotstxt};
use url::Url;

/// More of a file than this is not read (RFC 9309 2.5 asks for at least 500 KiB).
pub(super) const MAX_BYTES: usize = 500 << 10;

/// More sitemaps than these are not kept.
const MOST_SITEMAPS: usize = 20;

/// The product token that rules for us are written under.
const AGENT: &str = "gongwen";

/// What a host allows us.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// Time that the host wants between two requests.
    pub(super) crawl_delay: Option<Duration>,
    /// The sitemaps that the file names, whomever it speaks to (sitemaps.org).
    pub(super) sitemaps: Vec<Url>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    allow: bool,
    pattern: String,
}

impl Robots {
    /// Reads a file; what is no rule is passed over.
    pub(super) fn parse(body: &[u8]) -> Self {
        let body = body.get(..MAX_BYTES).unwrap_or(body);
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let mut reader = Reader::default();
        parse_robotstxt(&ascii(body), &mut reader);
        let sitemaps = std::mem::take(&mut reader.sitemaps);
        Self { sitemaps, ..if reader.names_us { reader.named } else { reader.everyone } }
    }

    /// Whether the address may be asked: the longest rule that matches decides, of two equal ones the allowing one
    /// (RFC 9309 2.2.2).
    pub(super) fn allows(&self, url: &Url) -> bool {
        let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        if path == "/robots.txt" {
            return true;
        }
        // The patterns have their escapes in upper case as well.
        let path = plain(&escape_pattern(&path));
        let matching = self.rules.iter().filter(|rule| matches(&rule.pattern, &path));
        matching.max_by_key(|rule| (rule.pattern.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }
}

/// Bytes as ASCII with everything else escaped, as a URL has it; so the encoding of the file does not matter.
fn ascii(bytes: &[u8]) -> String {
    bytes.iter().map(|&b| if b.is_ascii() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// The same path with those octets decoded that need no encoding, so that both spellings compare (RFC 9309 2.2.2, RFC
/// 3986 2.3).
fn plain(path: &str) -> String {
    let mut parts = path.split('%');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let octet = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).map(char::from);
        match octet.filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~')) {
            Some(decoded) => plain.extend(std::iter::once(decoded).chain(part.chars().skip(2))),
            None => plain.extend(std::iter::once('%').chain(part.chars())),
        }
    }
    plain
}

/// Whether a path begins with the pattern; `*` is any run of characters, `$` at the end is the end of the path.
///
/// Linear but for one step back to the last `*`, so that no pattern of a stranger takes long.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() && to_end {
            return rest.ends_with(part);
        }
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    true
}

/// Collects the groups that speak to us and those that speak to everyone.
#[derive(Default)]
struct Reader {
    named: Robots,
    everyone: Robots,
    /// Some group names us, so that the groups for everyone do not count.
    names_us: bool,
    sitemaps: Vec<Url>,
    at: Place,
}

/// Where in the file the reader is.
#[derive(Default)]
struct Place {
    in_named: bool,
    in_everyone: bool,
    /// A rule was seen since the last `User-agent` line, so that the next one opens a new group.
    rule_seen: bool,
}

impl Reader {
    fn groups(&mut self) -> impl Iterator<Item = &mut Robots> {
        self.at.rule_seen = true;
        let named = self.at.in_named.then_some(&mut self.named);
        named.into_iter().chain(self.at.in_everyone.then_some(&mut self.everyone))
    }

    fn rule(&mut self, allow: bool, pattern: &str) {
        let rule = Rule { allow, pattern: plain(pattern) };
        for group in self.groups() {
            // An empty pattern says nothing: `Disallow:` alone opens the host.
            if !pattern.is_empty() {
                group.rules.push(rule.clone());
            }
        }
    }
}

impl RobotsParseHandler for Reader {
    fn handle_robots_start(&mut self) {}

    fn handle_robots_end(&mut self) {}

    fn handle_user_agent(&mut self, _line: u32, agent: &str) {
        if self.at.rule_seen {
            self.at = Place::default();
        }
        let token = agent.split(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_')).next();
        if agent == "*" || agent.starts_with("* ") {
            self.at.in_everyone = true;
        } else if token.is_some_and(|token| token.eq_ignore_ascii_case(AGENT)) {
            (self.at.in_named, self.names_us) = (true, true);
        }
    }

    fn handle_allow(&mut self, _line: u32, pattern: &str) {
        self.rule(true, pattern);
    }

    fn handle_disallow(&mut self, _line: u32, pattern: &str) {
        self.rule(false, pattern);
    }

    fn handle_sitemap(&mut self, _line: u32, address: &str) {
        if self.sitemaps.len() < MOST_SITEMAPS {
            self.sitemaps.extend(Url::parse(address));
        }
    }

    fn handle_unknown_action(&mut self, _line: u32, key: &str, value: &str) {
        if !key.eq_ignore_ascii_case("crawl-delay") {
            return;
        }
        let delay = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        for group in self.groups() {
            group.crawl_delay = group.crawl_delay.max(delay);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(file: &str, path: &str) -> bool {
        let base = Url::parse("http://www.example.gov.cn/").unwrap();
        Robots::parse(file.as_bytes()).allows(&base.join(path).unwrap())
    }

    #[test]
    fn the_longest_rule_decides() {
        let cases = [
            ("User-agent: *\nDisallow: /col", "/col7/", false),
            ("User-agent: *\nDisallow: /col", "/art/1.html", true),
            ("User-agent: *\nDisallow: /\nAllow: /zwgk", "/zwgk/1.html", true),
            ("User-agent: *\nAllow: /zwgk\nDisallow: /", "/other", false),
            ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true),
            ("User-agent: *\nDisallow: /*.pdf$", "/x/1.pdf", false),
            ("User-agent: *\nDisallow: /*.pdf$", "/x/1.pdf?x", true),
            ("User-agent: *\nDisallow: /x*y*z", "/x1y2z3", false),
            ("User-agent: *\nDisallow: /x*y*z", "/x1z2y3", true),
            ("User-agent: *\nDisallow: /$", "/", false),
            ("User-agent: *\nDisallow: /$", "/a", true),
            ("User-agent: *\nDisallow: /l?p=", "/l?p=2", false),
            ("User-agent: *\nDisallow: /", "/robots.txt", true),
            ("User-agent: *\nDisallow:", "/a", true),
            ("Disallow: /", "/a", true),
            ("", "/a", true),
            ("<html>404</html>", "/a", true),
        ];
        for (file, path, want) in cases {
            assert_eq!(allows(file, path), want, "{file:?} {path}");
        }
    }

    #[test]
    fn octets_that_need_no_encoding_compare_decoded() {
        for (pattern, path, closed) in [
            ("/foo/%62%61%7A", "/foo/baz.html", true),
            ("/foo/baz", "/foo/%62%61%7a.html", true),
            ("/%7euser/", "/~user/1.html", true),
            ("/a%2Fb", "/a/b", false),
            ("/a%2fb", "/a%2Fb", true),
            ("/a/b", "/a%2Fb", false),
            ("/a%", "/a%", true),
            ("/a%4", "/a%4x", true),
            ("/a%+1", "/a%+1", true),
            ("/a%2Ab", "/axb", false),
            ("/a%24", "/a%24b", true),
        ] {
            assert_eq!(!allows(&format!("User-agent: *\nDisallow: {pattern}"), path), closed, "{pattern} {path}");
        }
    }

    #[test]
    fn our_group_silences_the_one_for_everyone() {
        let file = "User-agent: *\nDisallow: /\n\nUser-agent: Other\nUser-agent: GongWen/2\nDisallow: /a\n\
                    \nUser-agent: gongwen\nDisallow: /b\n";
        assert!(allows(file, "/c"));
        assert!(!allows(file, "/a"), "the first group for us");
        assert!(!allows(file, "/b"), "the second group for us counts as well");
        assert!(!allows("User-agent: gongwenbot\nDisallow: /a\nUser-agent: *\nDisallow: /", "/c"));
    }

    #[test]
    fn a_mark_line_ends_and_typing_errors_do_not_matter() {
        assert!(!allows("\u{FEFF}User-agent: *\r\nDisallow: /a\r\n", "/a"));
        assert!(!allows("user-agent : *\rDISALLOW : /a # no\r", "/a"));
        assert!(!allows("User-agent: *\nDisalow: /a", "/a"));
        assert!(!allows("User-agent: *\nDisallow: /公文/", "/公文/1.html"));
        assert!(!allows("User-agent: *\nDisallow: /%e5%85%ac", "/公文/1.html"));
        assert!(!allows("User-agent: *\nDisallow: /公", "/%e5%85%ac/"));
        assert!(!allows("公ï: x\nUser-agent: *\nDisallow: /a", "/a"));
    }

    #[test]
    fn a_crawl_delay_belongs_to_its_group() {
        let delay = |file: &str| Robots::parse(file.as_bytes()).crawl_delay;
        assert_eq!(delay("User-agent: *\nCrawl-delay: 5"), Some(Duration::from_secs(5)));
        assert_eq!(delay("User-agent: *\nCrawl-delay: 0.5\nDisallow: /a"), Some(Duration::from_millis(500)));
        assert_eq!(delay("User-agent: other\nCrawl-delay: 5\nUser-agent: *\nDisallow: /a"), None);
        assert_eq!(delay("User-agent: *\nCrawl-delay: -1"), None);
        assert_eq!(delay("User-agent: *\nCrawl-delay: soon"), None);
    }

    #[test]
    fn sitemaps_are_named_to_everyone() {
        let file = "Sitemap: http://www.example.gov.cn/a.xml\nUser-agent: gongwen\nDisallow: /x\nSitemap: /no.xml\n\
                    sitemap: http://www.example.gov.cn/b.xml";
        let found: Vec<String> =
            Robots::parse(file.as_bytes()).sitemaps.iter().map(|url| url.path().to_owned()).collect();
        assert_eq!(found, ["/a.xml", "/b.xml"]);
    }

    #[test]
    fn a_pattern_of_stars_takes_no_time() {
        let file = format!("User-agent: *\nDisallow: /{}b$", "*a".repeat(2000));
        assert!(allows(&file, &format!("/{}", "a".repeat(2000))));
    }
}
