//! DOCX as Word shows it: drawn numbers, tracked changes, notes, fields, tables; parts are written here by hand.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use gongwen::file::{self, FileError, FileKind, FileRule, FileText, Limits};
use gongwen::model::BlockKind;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SPACES: &str =
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="x" xmlns:wps="y""#;

/// The parts of a document.
#[derive(Default)]
pub(crate) struct Parts<'a> {
    pub(crate) body: &'a str,
    pub(crate) numbering: &'a str,
    pub(crate) styles: &'a str,
    pub(crate) footnotes: &'a str,
}

impl Parts<'_> {
    pub(crate) fn file(&self) -> Vec<u8> {
        let part = |name: &str, inside: &str| format!("<?xml version=\"1.0\"?><w:{name} {SPACES}>{inside}</w:{name}>");
        packed(&[
            ("[Content_Types].xml", "<Types/>".to_owned()),
            ("word/document.xml", part("document", &format!("<w:body>{}</w:body>", self.body))),
            ("word/numbering.xml", part("numbering", self.numbering)),
            ("word/styles.xml", part("styles", self.styles)),
            ("word/footnotes.xml", part("footnotes", self.footnotes)),
        ])
    }

    fn read(&self) -> FileText {
        file::read(&self.file(), &Limits::default()).unwrap()
    }

    fn lines(&self) -> Vec<String> {
        self.read().blocks.into_iter().map(|block| block.text).collect()
    }
}

/// A ZIP archive of these members.
pub(crate) fn packed(members: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn body(body: &str) -> Vec<String> {
    Parts { body, ..Parts::default() }.lines()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A paragraph of a list.
fn item(list: u32, level: usize, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn level(at: usize, format: &str, text: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn family(id: u32, levels: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>")
}

fn list(id: u32, family: u32, changes: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{family}\"/>{changes}</w:num>")
}

fn official() -> String {
    let levels = [
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
        level(3, "decimal", "（%4）"),
        level(4, "decimalEnclosedCircle", "%5"),
    ];
    family(0, &levels.concat())
}

#[test]
fn numbers_that_word_draws_come_out_as_the_reader_sees_them() {
    let start = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>";
    let numbering = official() + &list(1, 0, "") + &list(2, 0, start);
    let text = [
        item(1, 0, "主要举措和成效"),
        item(1, 1, "加强组织领导"),
        item(1, 2, "制定方案"),
        item(1, 3, "落实责任"),
        item(1, 4, "逐级签订"),
        item(1, 4, "逐项检查"),
        item(1, 1, "规范执法"),
        item(1, 2, "全员轮训"),
        item(2, 0, "从五开始"),
        item(1, 0, "接着数"),
    ];
    assert_eq!(
        Parts { body: &text.concat(), numbering: &numbering, ..Parts::default() }.lines(),
        [
            "一、主要举措和成效",
            "（一）加强组织领导",
            "1.制定方案",
            "（1）落实责任",
            "①逐级签订",
            "②逐项检查",
            "（二）规范执法",
            "1.全员轮训",
            "五、从五开始",
            "六、接着数",
        ]
    );
}

#[test]
fn every_style_of_chinese_numbers_is_drawn_up_to_a_hundred_and_one() {
    let kinds = [
        ("chineseCountingThousand", "第%1条", ["第一条 x", "第十条 x", "第十一条 x", "第二十条 x", "第一百〇一条 x"]),
        ("ideographTraditional", "%1、", ["甲、x", "癸、x", "11、x", "20、x", "101、x"]),
        ("chineseLegalSimplified", "%1、", ["壹、x", "壹拾、x", "壹拾壹、x", "贰拾、x", "壹佰零壹、x"]),
        ("decimalFullWidth", "%1．", ["１．x", "１０．x", "１１．x", "２０．x", "１０１．x"]),
    ];
    let (mut numbering, mut text) = (String::new(), String::new());
    for (n, (format, shape, _)) in (0..).zip(&kinds) {
        numbering += &family(n, &level(0, format, shape));
    }
    for (n, _) in (0..).zip(&kinds) {
        numbering += &list(n + 1, n, "");
        (0..101).for_each(|_| text += &item(n + 1, 0, "x"));
    }
    let lines = Parts { body: &text, numbering: &numbering, ..Parts::default() }.lines();
    for (n, (format, _, expected)) in kinds.iter().enumerate() {
        let shown = [1, 10, 11, 20, 101].map(|item| lines[n * 101 + item - 1].as_str());
        assert_eq!(shown, *expected, "{format}");
    }
}

#[test]
fn the_number_of_a_list_may_come_from_a_style_or_from_a_list_style() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr>\
        <w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"1\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"3\"><w:basedOn w:val=\"1\"/><w:pPr><w:numPr><w:numId w:val=\"0\"/>\
        </w:numPr></w:pPr></w:style>\
        <w:style w:type=\"numbering\" w:styleId=\"公文\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>";
    let linked = |at: usize, style: &str, format: &str, text: &str| {
        level(at, format, text).replace("<w:lvlText", &format!("<w:pStyle w:val=\"{style}\"/><w:lvlText"))
    };
    let levels = linked(0, "1", "chineseCounting", "第%1章") + &linked(1, "2", "chineseCounting", "第%2节");
    let numbering = family(0, &levels)
        + &official().replace("abstractNumId=\"0\"", "abstractNumId=\"1\"")
        + "<w:abstractNum w:abstractNumId=\"2\"><w:numStyleLink w:val=\"公文\"/></w:abstractNum>"
        + &list(1, 0, "")
        + &list(2, 1, "")
        + &list(3, 2, "");
    let of_style = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let text = of_style("1", "总则")
        + &of_style("2", "目的")
        + &of_style("2", "依据")
        + &of_style("3", "说明")
        + &item(3, 0, "其他");
    assert_eq!(
        Parts { body: &text, numbering: &numbering, styles, ..Parts::default() }.lines(),
        ["第一章 总则", "第一节 目的", "第二节 依据", "说明", "一、其他"]
    );
}

#[test]
fn a_level_without_a_number_and_a_bullet_draw_none() {
    let numbering = family(0, &(level(0, "none", "%1.") + &level(1, "bullet", "\u{f06c}"))) + &list(1, 0, "");
    let text = item(1, 0, "甲") + &item(1, 1, "乙") + &item(0, 0, "丙") + &item(7, 0, "丁");
    let read = Parts { body: &text, numbering: &numbering, ..Parts::default() }.read();
    assert_eq!(read.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>(), ["甲", "乙", "丙", "丁"]);
    assert_eq!(read.blocks[1].kind, BlockKind::ListItem { ordinal: None });
    assert_eq!(read.notes, []);
}

#[test]
fn deleted_text_is_left_out_and_inserted_text_is_kept() {
    let text = "<w:p><w:r><w:t>各村</w:t></w:r><w:del><w:r><w:delText>要</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>应当</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>\
        <w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p>\
        <w:p><w:r><w:t>后半句。</w:t></w:r></w:p>\
        <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>可见</w:t></w:r></w:p>";
    let read = Parts { body: text, ..Parts::default() }.read();
    let lines: Vec<&str> = read.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(lines, ["各村应当新处", "前半句，后半句。", "可见"]);
    let rules: Vec<(FileRule, usize)> = read.notes.iter().map(|note| (note.rule, note.count)).collect();
    assert_eq!(rules, [(FileRule::DeletedText, 2), (FileRule::HiddenText, 1)]);
}

#[test]
fn a_field_shows_its_result_and_never_its_instruction() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let linked =
        mark("begin") + &instruction("HYPERLINK \"http://x\"") + &mark("separate") + &run("链接") + &mark("end");
    let ring = mark("begin") + &instruction(" eq \\o\\ac(○,3)") + &mark("end");
    let open = mark("begin") + &run("悬空");
    let text = format!(
        "<w:p>{}{linked}{}</w:p><w:p>{ring}{}</w:p><w:p>{open}</w:p>{}",
        run("见"),
        run("。"),
        run("检查"),
        paragraph("后文")
    );
    assert_eq!(body(&text), ["见链接。", "③检查", "后文"]);
}

#[test]
fn notes_follow_the_text_with_their_marks() {
    let reference = |id: u32| format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>");
    let text = format!("<w:p><w:r><w:t>收入增长</w:t></w:r>{}</w:p>{}", reference(2), paragraph("完。"));
    let notes = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>按可比价。</w:t></w:r></w:p></w:footnote>";
    let parts = |section: &str| {
        let body = format!("{text}{section}");
        Parts { body: &body, footnotes: notes, ..Parts::default() }.lines()
    };
    assert_eq!(parts(""), ["收入增长[1]", "完。", "[1] 按可比价。"]);
    let circled =
        "<w:sectPr><w:footnotePr><w:numFmt w:val=\"decimalEnclosedCircleChinese\"/></w:footnotePr></w:sectPr>";
    assert_eq!(parts(circled), ["收入增长①", "完。", "① 按可比价。"]);
}

#[test]
fn a_text_box_that_is_written_twice_is_read_once_behind_its_paragraph() {
    let inside = format!("<w:txbxContent>{}</w:txbxContent>", paragraph("框内"));
    let text = format!(
        "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{inside}\
         </wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>\
         <w:p><w:r><w:pict>{inside}</w:pict></w:r></w:p>"
    );
    assert_eq!(body(&text), ["正文", "框内", "框内"]);
}

#[test]
fn spans_of_tables_are_resolved() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text));
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = [
        "<w:tr><w:trPr><w:tblHeader/></w:trPr>".to_owned()
            + &cell("<w:gridSpan w:val=\"2\"/>", "项目")
            + &cell("", "件数")
            + "</w:tr>",
        row(&[cell("<w:vMerge w:val=\"restart\"/>", "执法"), cell("", "检查"), cell("", "12")]),
        row(&[cell("<w:vMerge/>", ""), cell("", "处罚"), cell("", "3")]),
    ];
    let text = format!("<w:tbl>{}</w:tbl>", table.concat());
    let read = Parts { body: &text, ..Parts::default() }.read();
    assert_eq!(read.blocks[0].text, "项目\t件数\n执法\t检查\t12\n\t处罚\t3");
    let BlockKind::Table(table) = &read.blocks[0].kind else { panic!("no table") };
    assert_eq!(table.rows, [["项目", "项目", "件数"], ["执法", "检查", "12"], ["执法", "处罚", "3"]]);
    assert_eq!(table.header_rows, Some(1));
}

#[test]
fn bold_and_heading_faces_are_evidence_and_centred_lines_are_told() {
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia=\"仿宋_GB2312\"/></w:rPr></w:rPrDefault>\
        </w:docDefaults><w:style w:type=\"character\" w:styleId=\"强\"><w:rPr><w:b/></w:rPr></w:style>";
    let text = format!(
        "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p><w:p>{}{}</w:p><w:p>{}{}</w:p><w:p>{}</w:p>",
        run("", "标题"),
        run("<w:rFonts w:eastAsia=\"楷体_GB2312\"/>", "（一）加强领导。"),
        run("", "一年来，青石镇认真学习，扎实推进各项工作。"),
        run("<w:rStyle w:val=\"强\"/>", "1.宣传。"),
        run("<w:rStyle w:val=\"强\"/><w:b w:val=\"0\"/>", "开展宣传活动十二场，覆盖全镇各村。"),
        run("<w:b w:val=\"false\"/>", "特此报告。"),
    );
    let read = Parts { body: &text, styles, ..Parts::default() }.read();
    let looks: Vec<(usize, bool)> = read.blocks.iter().map(|block| (block.emphasis, block.centred)).collect();
    assert_eq!(looks, [(0, true), (8, false), (5, false), (0, false)]);
}

#[test]
fn line_breaks_tabs_and_symbols_are_text() {
    let text = "<w:p><w:r><w:t>甲</w:t><w:br/><w:t xml:space=\"preserve\">乙 </w:t><w:tab/><w:t>丙</w:t>\
        <w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:noBreakHyphen/><w:t>丁</w:t></w:r></w:p>";
    assert_eq!(body(text), ["甲", "乙 丙☑-丁"]);
}

#[test]
fn a_broken_or_hostile_document_is_an_error_with_a_reason() {
    let read = |bytes: &[u8]| file::read(bytes, &Limits::default()).map(|text| text.blocks.len());
    let whole = Parts { body: &paragraph("正文"), ..Parts::default() }.file();
    assert_eq!(read(&whole), Ok(1));
    assert_eq!(read(&whole[..whole.len() / 2]), Err(FileError::Truncated));
    let document =
        |text: String| packed(&[("[Content_Types].xml", "<Types/>".to_owned()), ("word/document.xml", text)]);
    assert_eq!(read(&document("<w:document><w:body>".to_owned())), Err(FileError::Truncated));
    assert_eq!(read(&document("<w:document/>".to_owned())), Err(FileError::Broken("no body")));
    assert_eq!(read(&document("<w:document><w:body><w:p".to_owned())), Err(FileError::Broken("XML")));
    assert_eq!(read(&document("<w:document><w:body/></w:document>".to_owned())), Err(FileError::Empty));
    let deep = format!("<d><body>{}", "<p>".repeat(100_000));
    assert_eq!(read(&document(deep)), Err(FileError::TooLarge("nesting")));
    let bomb = format!("<d><body>{}</body></d>", " ".repeat(40 << 20));
    assert_eq!(read(&document(bomb)), Err(FileError::TooLarge("unpacked")));
    assert_eq!(FileKind::of(&whole), Some(FileKind::Docx));
}

#[test]
fn an_external_entity_is_not_followed() {
    let mut text = String::from("<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\">");
    for (name, of) in [("b", "a"), ("c", "b"), ("e", "c")] {
        write!(text, "<!ENTITY {name} \"{}\">", format!("&{of};").repeat(10)).unwrap();
    }
    text += "<!ENTITY x SYSTEM \"file:///etc/hostname\">]><d><body><p><r><t>1&x;&e;2</t></r></p></body></d>";
    let bytes = packed(&[("[Content_Types].xml", "<Types/>".to_owned()), ("word/document.xml", text)]);
    let read = file::read(&bytes, &Limits::default()).unwrap();
    assert_eq!(read.blocks[0].text, "1&x;&e;2");
}
