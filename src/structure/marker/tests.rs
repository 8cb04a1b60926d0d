//! What begins a section and what only looks so, as tables of lines.

use super::*;
use crate::text::fold_char;

fn readings(line: &str) -> Readings {
    read(&line.trim_matches(is_blank).chars().map(fold_char).collect::<Vec<char>>(), 0)
}

#[test]
fn every_form_of_a_marker_is_read() {
    use Kind::{
        Arabic, ArabicParen, Article, Book, Chapter, Circled, Cn, CnParen, Decimal2, Decimal3, Part, Question, Sec,
    };
    for (line, kind, number, marker) in [
        ("一、总体情况", Cn, 1, "一、"),
        ("二十一、附则", Cn, 21, "二十一、"),
        ("一 、总体", Cn, 1, "一 、"),
        ("一．指导思想", Cn, 1, "一．"),
        ("—、出台背景", Cn, 1, "—、"),
        ("（一）加强领导", CnParen, 1, "（一）"),
        ("（一)加强领导", CnParen, 1, "（一)"),
        ("（ 四 ）加强领导", CnParen, 4, "（ 四 ）"),
        ("三）加强领导", CnParen, 3, "三）"),
        ("㈢加强领导", CnParen, 3, "㈢"),
        ("1.完善制度", Arabic, 1, "1."),
        ("１．完善制度", Arabic, 1, "１．"),
        ("12、完善制度", Arabic, 12, "12、"),
        ("⒉完善制度", Arabic, 2, "⒉"),
        ("l.完善制度", Arabic, 1, "l."),
        ("4,完善制度", Arabic, 4, "4,"),
        ("01综合", Arabic, 1, "01"),
        ("3　预警监测", Arabic, 3, "3"),
        ("（1）身份证；", ArabicParen, 1, "（1）"),
        ("2）身份证；", ArabicParen, 2, "2）"),
        ("⑵身份证；", ArabicParen, 2, "⑵"),
        ("③身份证；", Circled, 3, "③"),
        ("第一编　通则", Book, 1, "第一编"),
        ("第二部分 决算", Part, 2, "第二部分"),
        ("第十章　附则", Chapter, 10, "第十章"),
        ("第 3 章 附则", Chapter, 3, "第 3 章"),
        ("第一节　一般规定", Sec, 1, "第一节"),
        ("第一百零三条　本办法", Article, 103, "第一百零三条"),
        ("第一千二百六十条　本法", Article, 1260, "第一千二百六十条"),
        ("第七条之一　本办法", Article, 7, "第七条之一"),
        ("问：何时施行？", Question, 0, "问："),
        ("问2：何时施行？", Question, 2, "问2："),
    ] {
        let marker_read = readings(line)[0].unwrap_or_else(|| panic!("{line}"));
        let printed: String = line.chars().skip(marker_read.start).take(marker_read.end - marker_read.start).collect();
        assert_eq!((marker_read.kind, marker_read.number, printed.as_str()), (kind, number, marker), "{line}");
    }
    let decimal = readings("1.2 等级划分")[1].unwrap();
    assert_eq!((decimal.kind, decimal.major, decimal.number), (Decimal2, 1, 2));
    let decimal = readings("1.2.3 省级人民政府")[1].unwrap();
    assert_eq!((decimal.kind, decimal.major, decimal.number), (Decimal3, 2, 3));
}

#[test]
fn what_only_looks_like_a_marker_is_none() {
    for line in [
        "2023年，新增调解室2个。",
        "2023.12月底前完成。",
        "5个工作日内办结",
        "第一书记带头宣讲",
        "一体推进教育发展",
        "[1] 数据来源",
        "（试行）",
        "第一，带头学法",
        "12345热线",
    ] {
        assert_eq!(readings(line), [None, None], "{line}");
    }
}

#[test]
fn a_quantity_weighs_less_than_an_item_before_a_number() {
    let weight = |line| readings(line)[0].map(|marker| marker.weight);
    assert!(weight("1.5亿元资金到位") < weight("8.6个重大专项"));
    assert!(weight("8.6个重大专项") < weight("6.2020年秋季新生备案表"));
    assert!(weight("6.2020年秋季新生备案表") < weight("6.秋季新生备案表"));
}
