//! Feeds as lists: RSS 2.0, RSS 1.0 and Atom, with what is broken in them.

use super::{days, read_raw};

fn titles(listing: &crate::model::Listing) -> Vec<&str> {
    listing.targets.iter().map(|target| target.title.as_str()).collect()
}

fn addresses(listing: &crate::model::Listing) -> Vec<&str> {
    listing.targets.iter().map(|target| target.url.as_str()).collect()
}

#[test]
fn an_rss_feed_is_a_list() {
    let feed = r#"<?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>通知公告</title><link>http://www.example.gov.cn/tz/</link>
        <item><title>关于河道保洁的通知</title><link>http://www.example.gov.cn/tz/1.html</link><pubDate>Mon, 20 Mar 2023 16:30:00 GMT</pubDate></item>
        <item><title><![CDATA[关于<b>清漂</b>的通知]]></title><link>/tz/2.html?a=1&amp;b=2</link><dc:date>2023-03-20T09:00:00+08:00</dc:date></item>
        <item><title>A&amp;B&#20844;&#21496;公示</title><guid>http://www.example.gov.cn/tz/3.html</guid><pubDate>2023-03-19 10:00:00</pubDate></item>
        <item><title></title><link>/tz/4.html</link></item>
        </channel></rss>"#;
    let listing = read_raw("/tz/rss.xml", feed);
    assert_eq!(titles(&listing), ["关于河道保洁的通知", "关于清漂的通知", "A&B公司公示"]);
    assert_eq!(
        addresses(&listing),
        [
            "http://www.example.gov.cn/tz/1.html",
            "http://www.example.gov.cn/tz/2.html?a=1&b=2",
            "http://www.example.gov.cn/tz/3.html",
        ]
    );
    assert_eq!(days(&listing), ["2023-03-21", "2023-03-20", "2023-03-19"]);
    assert_eq!(listing.profile.as_deref(), Some("feed"));
}

#[test]
fn an_atom_feed_is_a_list_that_may_go_on() {
    let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>政务公开</title>
        <link rel="self" href="/feed.xml"/><link rel="next" href="/feed.xml?page=2"/>
        <entry><title type="html">关于&lt;i&gt;清淤&lt;/i&gt;的通知</title><link rel="enclosure" href="/a.pdf"/><link href="/tz/5.html"/>
        <id>urn:uuid:1</id><updated>2023-03-25T00:00:00Z</updated><published>2023-03-20T16:30:00Z</published></entry>
        <entry><title>关于巡河的通知</title><link rel="alternate" type="text/html" href="/tz/202303/t20230318_6.html"/></entry></feed>"#;
    let listing = read_raw("/feed.xml", feed);
    assert_eq!(titles(&listing), ["关于清淤的通知", "关于巡河的通知"]);
    assert_eq!(
        addresses(&listing),
        ["http://www.example.gov.cn/tz/5.html", "http://www.example.gov.cn/tz/202303/t20230318_6.html",]
    );
    assert_eq!(days(&listing), ["2023-03-21", "2023-03-18"]);
    assert_eq!(listing.next.as_ref().map(url::Url::as_str), Some("http://www.example.gov.cn/feed.xml?page=2"));
}

#[test]
fn a_feed_that_is_cut_off_gives_what_it_holds() {
    let cut = "<rdf:RDF><channel><title>甲</title></channel><item><title>关于巡河的通知</title><link>/tz/7.html</link></item><item><title>关于";
    assert_eq!(titles(&read_raw("/rss.rdf", cut)), ["关于巡河的通知"]);
    let empty = read_raw("/rss.xml", "<rss><channel><title>通知公告</title></channel></rss>");
    assert!(empty.targets.is_empty() && empty.exhausted);
}
