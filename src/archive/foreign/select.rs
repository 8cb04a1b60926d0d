//! Which pages of a foreign archive are wanted, as far as that shows without reading them.

use std::str::FromStr;

use regex::Regex;
use url::Url;

/// Media types that hold no text of ours and are passed over unless they are asked for.
const NO_PAGES: [&str; 11] = [
    "image/",
    "audio/",
    "video/",
    "font/",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/x-javascript",
    "application/ecmascript",
    "application/font",
    "application/x-font",
];

/// What is asked of a page; an empty list asks nothing.
#[derive(Debug, Clone, Default)]
pub struct Select {
    /// One of these hosts.
    pub hosts: Vec<HostPattern>,
    /// One of these patterns in the address.
    pub urls: Vec<Regex>,
    /// One of these media types, `text/*` for all of a kind; without any, all that can be pages.
    pub types: Vec<String>,
    /// One of these statuses; without any, 200 to 299.
    pub statuses: Vec<u16>,
}

impl Select {
    /// Whether pages of this address are wanted.
    pub fn takes_address(&self, url: Option<&Url>) -> bool {
        let host = url.and_then(Url::host_str).unwrap_or_default();
        let is_host = self.hosts.is_empty() || self.hosts.iter().any(|pattern| pattern.matches(host));
        let text = url.map_or("", Url::as_str);
        is_host && (self.urls.is_empty() || self.urls.iter().any(|pattern| pattern.is_match(text)))
    }

    /// Whether answers of this status and media type are wanted.
    pub fn takes_answer(&self, status: u16, content_type: Option<&str>) -> bool {
        let is_status =
            if self.statuses.is_empty() { (200..300).contains(&status) } else { self.statuses.contains(&status) };
        let media_type =
            content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_type = if self.types.is_empty() {
            !NO_PAGES.iter().any(|other| media_type.starts_with(other))
        } else {
            self.types.iter().any(|wanted| match wanted.strip_suffix('*') {
                Some(start) => media_type.starts_with(&start.to_ascii_lowercase()),
                None => media_type == wanted.to_ascii_lowercase(),
            })
        };
        is_status && is_type
    }
}

/// A host, or with `*.` before it all hosts below a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPattern {
    name: String,
    is_suffix: bool,
}

impl HostPattern {
    fn matches(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.');
        if !self.is_suffix {
            return host == self.name;
        }
        host.strip_suffix(self.name.as_str()).is_some_and(|rest| rest.ends_with('.'))
    }
}

impl FromStr for HostPattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, is_suffix) = match text.strip_prefix("*.") {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        if name.is_empty() || name.contains(['*', '/', ':']) {
            return Err("give a host, or `*.` and a domain, such as *.gov.cn".to_owned());
        }
        Ok(Self { name: name.to_ascii_lowercase(), is_suffix })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_of_hosts_ends_at_a_dot() {
        for (pattern, host, matches) in [
            ("*.gov.cn", "www.yunxi.gov.cn", true),
            ("*.GOV.cn", "www.gov.cn", true),
            ("*.gov.cn", "gov.cn", false),
            ("*.gov.cn", "www.notgov.cn", false),
            ("*.gov.cn", "www.gov.cn.example.com", false),
            ("www.gov.cn", "www.gov.cn", true),
            ("www.gov.cn", "a.www.gov.cn", false),
        ] {
            assert_eq!(pattern.parse::<HostPattern>().unwrap().matches(host), matches, "{pattern} {host}");
        }
        assert!(["", "*", "*.", "a*b.cn", "http://www.gov.cn/"].iter().all(|bad| bad.parse::<HostPattern>().is_err()));
    }

    #[test]
    fn an_answer_is_selected_by_status_and_media_type() {
        let select = |types: &[&str], statuses: &[u16]| Select {
            types: types.iter().map(ToString::to_string).collect(),
            statuses: statuses.to_vec(),
            ..Select::default()
        };
        for (select, status, content_type, taken) in [
            (select(&[], &[]), 200, Some("text/html; charset=GBK"), true),
            (select(&[], &[]), 200, None, true),
            (select(&[], &[]), 404, Some("text/html"), false),
            (select(&[], &[]), 200, Some("Image/PNG"), false),
            (select(&[], &[404]), 404, Some("text/html"), true),
            (select(&["text/*"], &[]), 200, Some("text/plain"), true),
            (select(&["text/html"], &[]), 200, Some("application/pdf"), false),
        ] {
            assert_eq!(select.takes_answer(status, content_type), taken, "{status} {content_type:?}");
        }
    }
}
