//! A request with a body as one address: `http://…/list.aspx?__wb_method=POST&cpage=2`.
//!
//! Archives know pages by their address. A form that is sent with POST has the same address whatever its fields, so the
//! fields are written behind the address, in the way that web archives write POST requests into their index (pywb,
//! warcio). The client takes them apart again before it asks.

use url::Url;

const METHOD: &str = "__wb_method";
const DATA: &str = "__wb_post_data";

/// What is sent with POST.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Where it is sent to.
    pub url: Url,
    /// `Content-Type` of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

impl Posted {
    /// Takes an address apart; `None` if it is asked for with GET.
    pub fn of(address: &Url) -> Option<Self> {
        let mut before = Vec::new();
        let mut pairs = address.query_pairs();
        loop {
            let (key, value) = pairs.next()?;
            if key == METHOD && value == "POST" {
                break;
            }
            before.push((key, value));
        }
        let mut url = address.clone();
        url.set_query(None);
        if !before.is_empty() {
            url.query_pairs_mut().extend_pairs(before);
        }
        let fields: Vec<_> = pairs.collect();
        Some(match fields.as_slice() {
            [(key, data)] if key == DATA => Self { url, content_type: "application/json", body: data.to_string() },
            fields => {
                let mut body = url::form_urlencoded::Serializer::new(String::new());
                body.extend_pairs(fields);
                Self { url, content_type: "application/x-www-form-urlencoded", body: body.finish() }
            }
        })
    }

    /// The address of a form that is sent with these fields.
    pub fn form(url: &Url, fields: &[(String, String)]) -> Url {
        let mut address = Self::bare(url);
        address.query_pairs_mut().append_pair(METHOD, "POST").extend_pairs(fields);
        address
    }

    /// The address of a JSON text that is sent.
    pub fn json(url: &Url, text: &str) -> Url {
        let mut address = Self::bare(url);
        address.query_pairs_mut().append_pair(METHOD, "POST").append_pair(DATA, text);
        address
    }

    /// The address without what is sent.
    pub fn bare(address: &Url) -> Url {
        Self::of(address).map_or_else(|| address.clone(), |posted| posted.url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_put_together_and_taken_apart() {
        let plain = Url::parse("http://www.example.gov.cn/list.aspx?id=3").unwrap();
        assert_eq!(Posted::of(&plain), None);
        let fields = [("__EVENTTARGET".to_owned(), "pager".to_owned()), ("年".to_owned(), "2 & 3".to_owned())];
        let address = Posted::form(&plain, &fields);
        let posted = Posted::of(&address).unwrap();
        assert_eq!((&posted.url, posted.content_type), (&plain, "application/x-www-form-urlencoded"));
        assert_eq!(posted.body, "__EVENTTARGET=pager&%E5%B9%B4=2+%26+3");
        assert_eq!(Posted::form(&address, &fields), address, "a form on an answer is sent to the same place");

        let plain = Url::parse("http://www.example.gov.cn/search").unwrap();
        let posted = Posted::of(&Posted::json(&plain, "{\"pn\":10}")).unwrap();
        assert_eq!(posted, Posted { url: plain, content_type: "application/json", body: "{\"pn\":10}".to_owned() });
    }
}
