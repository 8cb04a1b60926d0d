//! Decoding as tables of cases.

use super::*;

const PAGE: &str = "<meta charset=X><p>青石镇人民政府关于朱镕基、㑇村、𠮷田的报告，２０２３年。";

fn page(bytes: &[u8], content_type: Option<&str>) -> Result<Page, Reason> {
    decode(bytes, content_type, PageFormat::Html, None).map_err(|reject| reject.reason)
}

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

#[test]
fn a_page_is_read_in_its_encoding_whatever_is_said_of_it() {
    for label in ["utf-8", "gb2312", "GBK", "big5", "iso-8859-1", "none"] {
        let text = PAGE.replace('X', label);
        for (bytes, charset) in [(text.clone().into_bytes(), "UTF-8"), (encoded(GB18030, &text), "gb18030")] {
            let page = page(&bytes, Some("text/html; charset=utf-8")).unwrap();
            assert_eq!((page.charset, page.text.as_str(), page.replaced), (charset, text.as_str(), 0), "{label}");
        }
    }
}

#[test]
fn traditional_pages_are_read_as_big5() {
    let text = "<meta charset=\"big5\"><p>臺北市政府關於法治政府建設的報告。";
    let page = page(&encoded(BIG5, text), None).unwrap();
    assert_eq!((page.charset, page.text.as_str()), ("Big5", text));
}

#[test]
fn a_byte_order_mark_wins_and_is_dropped() {
    let mut little = vec![0xff, 0xfe];
    little.extend("报告".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(page(&little, None).unwrap().text, "报告");
    let marked = page("\u{feff}报告".as_bytes(), Some("text/html; charset=gbk")).unwrap();
    assert_eq!((marked.text.as_str(), marked.charset), ("报告", "UTF-8"));
}

#[test]
fn wide_text_without_a_mark_is_recognised() {
    let bytes: Vec<u8> = "<html><body><p>report 报告</p>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(page(&bytes, None).unwrap().charset, "UTF-16BE");
}

#[test]
fn broken_bytes_are_counted_and_cost_no_more_than_themselves() {
    let mut bytes = "<meta charset=utf-8><p>青石镇\u{fffd}".as_bytes().to_vec();
    bytes.extend([0xe9, 0x9d]);
    bytes.extend("人民政府".as_bytes());
    let page = page(&bytes, None).unwrap();
    assert_eq!((page.charset, page.replaced), ("UTF-8", 1));
    assert!(page.text.ends_with("人民政府"));
}

#[test]
fn what_is_no_text_is_rejected() {
    for (bytes, reason) in [
        (&b""[..], Reason::Empty),
        (b" \r\n\t ", Reason::Empty),
        ("\u{feff}　".as_bytes(), Reason::Empty),
        (b"%PDF-1.7 ...", Reason::Binary),
        (b"PK\x03\x04....", Reason::Binary),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07", Reason::Binary),
    ] {
        assert_eq!(page(bytes, None).err(), Some(reason), "{bytes:?}");
    }
}
