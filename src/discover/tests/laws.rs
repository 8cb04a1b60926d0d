//! What holds for every page, however broken.

use proptest::prelude::*;

use super::read_raw;
use crate::model::{Listing, page_key};

/// Scraps of list pages, to be put together in any order.
fn scrap() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<ul>".to_owned()),
        Just("</ul>".to_owned()),
        Just("<li>".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("<form method=post><input name=page value=1>".to_owned()),
        Just("<script>createPageHTML(4294967295, 4294967295, \"index\", \"html\")</script>".to_owned()),
        Just("<script>var countPage=3;var currentPage=99999</script>".to_owned()),
        Just("<script type='text/xml'><record><![CDATA[<li>]]></record><record></record>".to_owned()),
        Just("dataproxy.jsp' ajaxParam:{a:1} perPage:0 totalRecord:99999999999".to_owned()),
        Just("{\"total\":1,\"a\":[{\"title\":\"青石镇\",\"url\":\"/1.html\",\"date\":99999999999999999}]}".to_owned()),
        Just("<a href='javascript:__doPostBack(\"a\",\"2\")'>下一页</a>".to_owned()),
        Just("<a href='?page=4294967295'>2</a> 共 999999 页".to_owned()),
        Just("categorynum='003' '/rest/getFullTextData'".to_owned()),
        "<a href='[a-z0-9/.?=#:]{0,12}'>[\\u{4e00}-\\u{4e20}]{0,14}</a>",
        "<span>(2023-)?[0-9]{1,2}-[0-9]{1,2}</span>",
        "\\PC{0,20}",
    ]
}

fn paths() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "/c1/",
        "/c1/index_4294967295.html",
        "/list?page=4294967295",
        "/dataproxy.jsp?startrecord=0&endrecord=4294967295&perpage=0",
        "/x/gkmlpt/index",
        "/front/page/build/unit?paramJson=%7B%22pageNo%22%3A18446744073709551615%7D",
        "/s?__wb_method=POST&__wb_post_data=%7B%22pn%22%3A18446744073709551615%7D",
        "/l?offset=4294967295&rows=0",
    ])
}

proptest! {
    #[test]
    fn any_page_is_read_and_twice_the_same(path in paths(), scraps in prop::collection::vec(scrap(), 0..30)) {
        let page = scraps.concat();
        let listing: Listing = read_raw(path, &page);
        prop_assert_eq!(&listing, &read_raw(path, &page));
        let here = page_key(&url::Url::parse("http://www.example.gov.cn").unwrap().join(path).unwrap());
        if let Some(next) = &listing.next {
            prop_assert!(matches!(next.scheme(), "http" | "https"), "{}", next);
            prop_assert_ne!(page_key(next), here, "a page leads to itself");
        }
        for target in &listing.targets {
            prop_assert!(!target.title.is_empty());
            prop_assert!(matches!(target.url.scheme(), "http" | "https" | "javascript"), "{}", target.url);
            prop_assert_eq!(target.url.fragment(), None);
        }
    }
}
