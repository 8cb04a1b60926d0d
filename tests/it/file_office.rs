//! DOC, RTF, workbooks and archives; the fixtures are made by `scripts/make_file_fixtures.py`.

use gongwen::file::{self, FileError, FileKind, FileText, Limits, Member};
use gongwen::model::BlockKind;

use crate::file_docx::{Parts, packed};

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/file/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn read(name: &str) -> FileText {
    file::read(&fixture(name), &Limits::default()).unwrap()
}

fn lines(text: &FileText) -> Vec<&str> {
    text.blocks.iter().map(|block| block.text.as_str()).collect()
}

/// What a reader sees on the pages of the numbered document.
fn numbered(kind: FileKind, text: &FileText) {
    assert_eq!(text.kind, kind);
    let lines = lines(text);
    let head = [
        "青石镇人民政府2023年工作总结",
        "一、主要举措和成效",
        "（一）加强组织领导",
        "1.制定方案",
        "（1）落实责任",
        "①逐级签订",
        "②逐项检查",
        "（二）规范执法行为",
        "1.全员轮训",
        "二、存在问题",
        "（一）队伍建设滞后",
        "五、从五开始",
        "第一章 总则",
        "第一节 目的",
        "第二节 依据",
        "第二章 附则",
        "第一节 施行",
    ];
    assert_eq!(lines[..17], head);
    let articles = [1, 10, 11, 20, 101].map(|n| lines[16 + n]);
    let written = ["第一条 条目1", "第十条 条目10", "第十一条 条目11", "第二十条 条目20", "第一百零一条 条目101"];
    assert_eq!(articles, written);
    let others = [118, 127, 128, 129, 138, 139].map(|n| lines[n]);
    assert_eq!(others, ["甲、条目1", "癸、条目10", "11、条目11", "壹、条目1", "壹拾、条目10", "壹拾壹、条目11"]);
    assert_eq!(lines[140], "加强领导。一年来，全镇认真学习，扎实推进。");
    assert_eq!(text.blocks[140].emphasis, 5);
    assert!(text.blocks[0].centred);
    let BlockKind::Table(table) = &text.blocks[141].kind else { panic!("no table: {}", lines[141]) };
    assert_eq!(table.rows, [["项目", "项目", "件数"], ["执法", "检查", "12"], ["执法", "处罚", "3"]]);
    assert_eq!(lines[142..], ["特此报告。"]);
}

#[test]
fn a_doc_shows_the_numbers_that_word_draws() {
    numbered(FileKind::Doc, &read("numbers.doc"));
}

#[test]
fn an_rtf_shows_the_numbers_that_its_writer_drew() {
    numbered(FileKind::Rtf, &read("numbers.rtf"));
}

#[test]
fn an_rtf_is_decoded_by_its_fonts() {
    let rtf = |inside: &str| {
        let fonts = "{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}{\\f2\\fcharset134 \\'ba\\'da\\'cc\\'e5;}}";
        let text = format!("{{\\rtf1\\ansi\\ansicpg936\\uc1{fonts}{{\\info{{\\title x}}}}{inside}}}");
        file::read(text.as_bytes(), &Limits::default())
            .map(|text| text.blocks.into_iter().map(|block| (block.text, block.emphasis)).collect::<Vec<_>>())
    };
    for (inside, text, emphasis) in [
        ("\\f1 \\'b9\\'ab\\'ce\\'c4\\par", "公文", 0),
        // A second byte may be a letter of its own.
        ("\\f0 \\'b9\\'ab\\'ceA \\'95@\\par", "公蜛 旲", 0),
        ("\\u20844?\\u25991 ?\\u-10179?\\u-8704?\\par", "公文😀", 0),
        ("\\uc2\\u20844\\'b9\\'abx\\par", "公x", 0),
        ("\\f2\\'b9\\'ab\\'ce\\'c4\\f1\\'a1\\'a3\\'b9\\'ab\\par", "公文。公", 2),
        ("{\\*\\unknown x{y}}{\\field{\\*\\fldinst HYPERLINK \"u\"}{\\fldrslt a}}b\\par", "ab", 0),
        ("{\\field{\\*\\fldinst eq \\\\o\\\\ac(\\u9675?,2)}}b\\par", "②b", 0),
        ("{\\v hidden}{\\deleted gone}a\\~b\\_c\\par", "a b-c", 0),
        ("{\\listtext\\pard\\plain 1.\\tab}a\\par", "1.a", 0),
        ("{\\pict\\bin4 {}{}}a\\par", "a", 0),
    ] {
        assert_eq!(rtf(inside), Ok(vec![(text.to_owned(), emphasis)]), "{inside}");
    }
    let noted = rtf("a{\\footnote b\\par}c\\par").unwrap();
    assert_eq!(noted.into_iter().map(|line| line.0).collect::<Vec<_>>(), ["a[1]c", "[1] b"]);
    assert_eq!(rtf("{"), Err(FileError::Truncated));
    assert_eq!(rtf(&"{".repeat(1000)), Err(FileError::TooLarge("nesting")));
    assert_eq!(rtf(""), Err(FileError::Empty));
}

#[test]
fn sheets_are_tables_with_merged_cells_and_number_formats() {
    for (name, kind) in [("sheet.xlsx", FileKind::Xlsx), ("sheet.xls", FileKind::Xls)] {
        let text = read(name);
        assert_eq!(text.kind, kind);
        let expected = [
            "执法情况统计表",
            "类别\t项目\t件数\t日期\n执法\t检查\t12\t2023年3月15日\n\t办结率\t97.5%\t2023年3月16日",
            "说明",
            "注：数据截至年底。",
        ];
        assert_eq!(lines(&text), expected, "{name}");
        let BlockKind::Table(table) = &text.blocks[1].kind else { panic!("no table") };
        assert_eq!(table.rows[2], ["执法", "办结率", "97.5%", "2023年3月16日"]);
        assert_eq!(text.notes.len(), 1, "the hidden sheet is told");
    }
}

#[test]
fn an_archive_gives_its_files_under_their_names() {
    let named = |members: Vec<Member>| {
        members.into_iter().map(|member| (member.name, member.bytes.map(|bytes| bytes.len()))).collect::<Vec<_>>()
    };
    for name in ["files.7z", "files.rar", "old.rar"] {
        let members = named(file::members(&fixture(name), &Limits::default()).unwrap());
        assert_eq!(members, [("附件/说明.txt".to_owned(), Ok(65))], "{name}");
    }
    for name in ["sealed.7z", "sealed.rar"] {
        assert_eq!(file::members(&fixture(name), &Limits::default()), Err(FileError::Encrypted), "{name}");
    }
    let inner = packed(&[("甲.txt", "甲".to_owned())]);
    // A name in GBK, as old packers write it: both of its forms take the place of one of four letters.
    let gbk = b"\xb9\xab\xce\xc4";
    let mut old = packed(&[("abcd", "丙".to_owned())]);
    for at in 0..old.len() - 4 {
        if old[at..at + 4] == *b"abcd" {
            old[at..at + 4].copy_from_slice(gbk);
        }
    }
    assert_eq!(named(file::members(&old, &Limits::default()).unwrap()), [("公文".to_owned(), Ok(3))]);
    let outer = packed(&[("b.txt", "乙".to_owned()), ("__MACOSX/b.txt", "x".to_owned())]);
    assert_eq!(named(file::members(&outer, &Limits::default()).unwrap()), [("b.txt".to_owned(), Ok(3))]);
    assert_eq!(file::members(b"%PDF-1.4", &Limits::default()), Err(FileError::Unknown));
    let limits = Limits { members: 1, ..Limits::default() };
    assert_eq!(file::members(&outer, &limits), Err(FileError::TooLarge("members")));
    let bomb = packed(&[("a.txt", "0".repeat(30 << 20))]);
    assert_eq!(file::members(&bomb, &Limits::default()), Err(FileError::TooLarge("unpacked")));
    let damaged = inner.len() / 3;
    assert_eq!(file::members(&inner[..damaged], &Limits::default()), Err(FileError::Truncated));
}

#[test]
fn what_a_file_is_follows_from_its_bytes() {
    for (bytes, kind) in [
        (fixture("numbers.doc"), Some(FileKind::Doc)),
        (fixture("numbers.rtf"), Some(FileKind::Rtf)),
        (fixture("sheet.xls"), Some(FileKind::Xls)),
        (fixture("sheet.xlsx"), Some(FileKind::Xlsx)),
        (fixture("files.rar"), Some(FileKind::Rar)),
        (Parts { body: "<w:p/>", ..Parts::default() }.file(), Some(FileKind::Docx)),
        (b"\xef\xbb\xbf\n%PDF-1.4".to_vec(), Some(FileKind::Pdf)),
        (b"<html>PK</html>".to_vec(), None),
        (Vec::new(), None),
    ] {
        assert_eq!(FileKind::of(&bytes), kind);
    }
}

#[test]
fn encrypted_old_and_cut_files_are_told() {
    let read = |bytes: &[u8]| file::read(bytes, &Limits::default()).map(|text| text.blocks.len());
    let doc = fixture("numbers.doc");
    // The block of facts is the first sector of the main stream; its flags stand at 10, its version at 2.
    let start = doc.windows(4).position(|bytes| bytes[..2] == [0xec, 0xa5]).unwrap();
    let with = |at: usize, byte: u8| {
        let mut bytes = doc.clone();
        bytes[start + at] = byte;
        bytes
    };
    assert_eq!(read(&with(11, doc[start + 11] | 1)), Err(FileError::Encrypted));
    let mut old = with(2, 0x68);
    old[start + 3] = 0;
    assert_eq!(read(&old), Err(FileError::Unsupported("Word 2 to 95")));
    assert_eq!(read(b"\xdb\xa5\x2d\x00"), Err(FileError::Unsupported("Word 2 to 95")));
    for name in ["numbers.doc", "numbers.rtf", "sheet.xls", "sheet.xlsx"] {
        let bytes = fixture(name);
        assert!(read(&bytes[..bytes.len() / 3]).is_err(), "{name} cut short");
    }
    assert_eq!(read(&fixture("files.7z")), Err(FileError::Archive("7z")));
}
