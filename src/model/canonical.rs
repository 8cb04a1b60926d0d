//! One address for one page: what is the same page under another spelling gets the same canonical address.

use url::Url;

/// File names that a web server serves for the folder itself.
const INDEX_FILES: [&str; 3] = ["index.html", "index.htm", "index.shtml"];

/// Query keys that name a visit, not a page (lower case).
const SESSION_KEYS: [&str; 4] = ["jsessionid", "phpsessid", "aspsessionid", "sessionid"];

/// The canonical spelling of an address.
///
/// Dropped: fragment, credentials, default port, session ids, an empty query, the dot at the end of a host name and
/// `index.html` at the end of the path. Escapes get upper-case digits and are undone where RFC 3986 6.2.2.2 says that
/// they mean nothing. The scheme stays: see [`page_key`].
pub fn canonical(url: &Url) -> Url {
    let mut url = without_password(url.clone());
    url.set_fragment(None);
    if let Some(host) = url.host_str().and_then(|host| host.strip_suffix('.')).map(ToOwned::to_owned) {
        let _ = url.set_host(Some(&host));
    }
    if !url.cannot_be_a_base() {
        url.set_path(&path(url.path()));
    }
    let query = url.query().map(query).filter(|query| !query.is_empty());
    url.set_query(query.as_deref());
    url
}

/// The same address without a name and password, which a public page does not need and nobody is to read in a report.
#[must_use]
pub fn without_password(mut url: Url) -> Url {
    // A `file:` or `data:` address has no host to carry these; it is left as it is.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// What identifies a page: its canonical address without the scheme, so that the `http` and `https` twins are one.
pub fn page_key(url: &Url) -> String {
    let url = canonical(url);
    let text = url.as_str();
    text.split_once("://").map_or(text, |(_, rest)| rest).to_owned()
}

fn path(path: &str) -> String {
    let path = normal_escapes(path);
    let mut segments: Vec<&str> = path.split('/').map(without_session).collect();
    // ASP.NET keeps the session as a segment of its own: `/(S(abc123))/page.aspx`.
    segments.retain(|segment| !(segment.starts_with("(S(") && segment.ends_with("))")));
    if let Some(last) = segments.last_mut()
        && INDEX_FILES.contains(last)
    {
        *last = "";
    }
    segments.join("/")
}

/// A segment without `;jsessionid=…` (Java Servlet specification 7.1.3).
fn without_session(segment: &str) -> &str {
    match segment.split_once(';') {
        Some((name, parameter)) if is_session(parameter) => name,
        _ => segment,
    }
}

fn query(query: &str) -> String {
    let query = normal_escapes(query);
    query.split('&').filter(|pair| !pair.is_empty() && !is_session(pair)).collect::<Vec<_>>().join("&")
}

fn is_session(pair: &str) -> bool {
    let key = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    SESSION_KEYS.iter().any(|session| key == *session) || key.starts_with("aspsessionid")
}

/// Escapes in upper case (RFC 3986 6.2.2.1), unreserved characters without one (6.2.2.2).
fn normal_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('%');
    out.extend(parts.next());
    for part in parts {
        let escape = part.get(..2).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match escape.and_then(|digits| Some((u8::from_str_radix(digits, 16).ok()?, digits))) {
            Some((byte, _)) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => out.push(byte.into()),
            Some((_, digits)) => {
                out.push('%');
                out.push_str(&digits.to_ascii_uppercase());
            }
            None => {
                out.push('%');
                out.push_str(part);
                continue;
            }
        }
        out.extend(part.get(2..));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_page_have_one_canonical_address() {
        let cases = [
            ("http://a.example.gov.cn:80/zwgk/index.html#top", "http://a.example.gov.cn/zwgk/"),
            ("http://a.example.gov.cn/zwgk/./x/../index.shtml", "http://a.example.gov.cn/zwgk/"),
            ("https://A.Example.gov.cn.:443/index.htm?", "https://a.example.gov.cn/"),
            ("http://u:p@a.example.gov.cn/t1.html;jsessionid=0A1B?x=1", "http://a.example.gov.cn/t1.html?x=1"),
            ("http://a.example.gov.cn/l.jsp?PHPSESSID=9&p=2&jsessionid=3", "http://a.example.gov.cn/l.jsp?p=2"),
            ("http://a.example.gov.cn/(S(x1y2))/l.aspx?sid=7", "http://a.example.gov.cn/l.aspx?sid=7"),
            (
                "http://a.example.gov.cn/%7ea/%e5%85%ac?q=%E6%96%87%2f",
                "http://a.example.gov.cn/~a/%E5%85%AC?q=%E6%96%87%2F",
            ),
            ("http://a.example.gov.cn/50%/index_1.html", "http://a.example.gov.cn/50%/index_1.html"),
            ("http://a.example.gov.cn/公文.html", "http://a.example.gov.cn/%E5%85%AC%E6%96%87.html"),
        ];
        for (spelling, want) in cases {
            let once = canonical(&Url::parse(spelling).unwrap());
            assert_eq!(once.as_str(), want, "{spelling}");
            assert_eq!(canonical(&once), once, "{spelling} again");
        }
    }

    #[test]
    fn different_pages_stay_different() {
        let addresses = [
            "http://a.example.gov.cn/zwgk/",
            "http://a.example.gov.cn/zwgk",
            "http://a.example.gov.cn/zwgk/index_1.html",
            "http://a.example.gov.cn/zwgk/?page=1",
            "http://a.example.gov.cn/zwgk/?page=2",
            "http://a.example.gov.cn:8080/zwgk/",
            "http://b.example.gov.cn/zwgk/",
        ];
        let keys: std::collections::BTreeSet<_> = addresses.iter().map(|a| page_key(&Url::parse(a).unwrap())).collect();
        assert_eq!(keys.len(), addresses.len());
    }

    #[test]
    fn the_secure_twin_is_the_same_page() {
        let key = |address| page_key(&Url::parse(address).unwrap());
        assert_eq!(key("http://a.example.gov.cn/x/index.html"), key("https://a.example.gov.cn/x/"));
        assert_eq!(key("https://a.example.gov.cn/x/"), "a.example.gov.cn/x/");
        assert_eq!(key("mailto:someone@example.gov.cn"), "mailto:someone@example.gov.cn");
    }
}
