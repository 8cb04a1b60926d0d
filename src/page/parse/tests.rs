//! Trees of a sane page are those of the plain parser; hostile ones take linear time.

mod differential;

use super::*;

fn text_of(html: &Html) -> String {
    html.root_element().text().collect()
}

#[test]
fn a_sane_page_is_parsed_as_by_the_plain_parser() {
    for page in [
        "<p>一<p>二<table><tr><td>三</table>",
        "<b><i>甲</b>乙</i><p>丙",
        "<body a=1></html><body b=2><div>文<script>if(a<b){'</div>'}</script>",
        "<svg><path d=''/></svg><div>文",
        "<math><mi><div><b></div>文<![CDATA[一]]>",
        "\u{feff}<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Transitional//EN' 'x'>\r\n<html>\r\n<p>文\0字",
    ] {
        assert_eq!(parse_html(page), Html::parse_document(page), "{page}");
    }
}

/// What pages are made of, and what they get wrong.
const PIECES: [&str; 64] = [
    "<p>",
    "</p>",
    "<div class=a id='b'>",
    "</div>",
    "<td>",
    "<tr>",
    "<table>",
    "</table>",
    "<b>",
    "</b>",
    "<a href=x>",
    "</a>",
    "<br/>",
    "<li>",
    "<ul>",
    "</ul>",
    "<span a=1 a=2 B>",
    "</span>",
    "<svg>",
    "</svg>",
    "<![CDATA[一]]>",
    "<math><mi>",
    "</math>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "--!>",
    "<style>",
    "</style>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<!DOCTYPE html>",
    "<?xml?>",
    "</br>",
    "<select>",
    "<option>",
    "</html>",
    "<body c>",
    "<form",
    "'>\"",
    "&nbsp;&amp&copy;&#x4e00;&#0;&bogus;",
    "\r\n \r",
    "一、总则",
    "\0",
    "<",
    "</",
    "</>",
    "<!",
    "<!-->",
    "<!--->",
    "-",
    "!>",
    "<!doctype a public 'b' \"c\" d",
    "<!DOCTYPE html SYSTEM",
    ">",
    "=",
    "/",
    "<script x='<!--'>",
    "<plaintext>",
    "]]>",
    "<DIV A=&lt&notit=&not; =b/c d='&amp' D=x / >",
];

proptest::proptest! {
    #[test]
    fn any_soup_of_tags_is_parsed_as_by_the_plain_parser(
        soup in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..24)
    ) {
        let page = soup.concat();
        proptest::prop_assert_eq!(parse_html(&page), Html::parse_document(&page), "{}", page);
    }
}

#[test]
fn hostile_markup_keeps_its_text_and_takes_linear_time() {
    for unit in
        ["<div>", "<b>", "<b id=x><p>", "<span><div>", "<table><tr><td>", "<p><b>", "<a><p>", "<body x=1>", "<div/>"]
    {
        let page = format!("<p>头</p>{}尾", unit.repeat(60_000));
        let html = parse_html(&page);
        let text = text_of(&html);
        assert!(text.contains('头') && text.contains('尾'), "{unit}");
    }
}

#[test]
fn a_tag_of_thousands_of_attributes_is_left_out() {
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
    let html = parse_html(&format!("<p>头</p><div{attributes}>尾"));
    assert_eq!(text_of(&html), "头尾");
    let picture = format!("<p>头<img src='data:{}'>尾", "x".repeat(200_000));
    assert_eq!(parse_html(&picture), Html::parse_document(&picture));
}

#[test]
fn what_is_left_out_is_closed_in_its_own_right() {
    let page = format!("{}深{}<div id=end>浅</div>", "<div>".repeat(3000), "</div>".repeat(3000));
    let html = parse_html(&page);
    let end = html.select(&scraper::Selector::parse("body > #end").unwrap()).next().map(|e| e.text().collect());
    assert_eq!(end, Some("浅".to_owned()));
}
