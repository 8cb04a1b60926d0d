//! Which items of a list are asked for at all: those of the own site, and of others that the source names.

use url::{Host, Url};

use super::job::Failure;
use crate::config::Source;
use crate::model::{Reason, Reject, Stage};

/// Why an item cannot be asked for; `None` if it can.
///
/// Lists lead to other sites as well: to a platform of public accounts, to the State Council, to a news agency. What
/// stands there is not what the body that keeps the list has published, so it is left out and told, unless the source
/// names the site.
pub(super) fn refusal(url: &Url, source: &Source) -> Option<Failure> {
    let refused = |stage, reason, detail| Some(Failure { reject: Reject { stage, reason }, detail, attempt: false });
    if url.scheme() == "javascript" {
        let detail = format!("the list opens it with a script that is not run (`{url}`)");
        return refused(Stage::Discover, Reason::ScriptOnly, detail);
    }
    let here = site(url);
    let own = source.start.iter().any(|start| site(start) == here);
    let host = url.host_str().unwrap_or_default();
    let named =
        |name: &String| host.strip_suffix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if own || source.select.hosts.iter().any(named) {
        return None;
    }
    let detail = format!("the list leads to another site; name it in `select.hosts` to follow: `{host}`");
    refused(Stage::Discover, Reason::OtherHost, detail)
}

/// The registrable domain: the hosts of one body are one site.
pub(crate) fn site(url: &Url) -> String {
    match url.host() {
        Some(Host::Domain(name)) => psl::domain_str(name).unwrap_or(name).to_owned(),
        Some(address) => address.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_site_and_those_that_are_named_are_followed() {
        let mut source = crate::crawl::plan::tests::source("http://www.yunxi.gov.cn/fzzf/");
        let home = Url::parse("http://www.yunxi.gov.cn/").unwrap();
        source.select.hosts = vec!["xinhuanet.com".to_owned()];
        for (address, reason) in [
            ("/fzzf/1.html", None),
            ("https://sfj.yunxi.gov.cn/1.html", None),
            ("http://www.xinhuanet.com/1.html", None),
            ("https://mp.weixin.qq.com/s/1", Some(Reason::OtherHost)),
            ("http://www.gov.cn/1.html", Some(Reason::OtherHost)),
            ("http://notxinhuanet.com/1.html", Some(Reason::OtherHost)),
            ("javascript:openDetail('12')", Some(Reason::ScriptOnly)),
        ] {
            assert_eq!(
                refusal(&home.join(address).unwrap(), &source).map(|failure| failure.reject.reason),
                reason,
                "{address}"
            );
        }
    }
}
