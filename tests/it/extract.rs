//! A page in the shape of each portal family, read whole: family, title, fields, first and last line.

use std::path::Path;

use gongwen::extract::{Rules, explain, extract};
use gongwen::model::{BlockKind, Document, PageFormat};
use gongwen::page::{View, decode};
use url::Url;

fn read(family: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/extract").join(format!("{family}.html"));
    let url = Url::parse("http://www.yunxi.example.gov.cn/a/b.html").unwrap();
    let view = View::new(decode(&std::fs::read(path).unwrap(), None, PageFormat::Html, Some(&url)).unwrap());
    extract(&view).unwrap_or_else(|reject| panic!("{family}: {reject:?}\n{}", explain(&view, Rules::default())))
}

/// What a reader finds on a page.
struct Expected {
    family: &'static str,
    title: &'static str,
    published: &'static str,
    publisher: Option<&'static str>,
    author: Option<&'static str>,
    document_number: Option<&'static str>,
    index_number: Option<&'static str>,
    breadcrumb: &'static str,
    lines: usize,
    last: &'static str,
}

const fn page(
    family: &'static str,
    title: &'static str,
    published: &'static str,
    breadcrumb: &'static str,
    lines: usize,
    last: &'static str,
) -> Expected {
    Expected {
        publisher: None,
        author: None,
        document_number: None,
        index_number: None,
        family,
        title,
        published,
        breadcrumb,
        lines,
        last,
    }
}

#[rustfmt::skip]
fn expected() -> Vec<Expected> {
    vec![
        page("epoint", "云溪县公共资源交易中心关于2023年度交易服务工作情况的报告", "2024-01-10", "首页 > 政务公开 > 工作动态", 15, "政府采购\t27\t812"),
        Expected { publisher: Some("东湖市统计局"), author: Some("办公室"), ..page("eportal", "东湖市统计局关于2021年度统计执法工作情况的报告", "2022-01-18", "首页 > 政务公开", 11, "2022年1月6日") },
        Expected { publisher: Some("本网"), document_number: Some("海住建〔2024〕9号"), index_number: Some("9900112233445566XY/2024-00008"), ..page("gkmlpt", "海角市住房和城乡建设局关于2023年度住房保障工作情况的报告", "2024-01-30", "", 12, "公开方式：主动公开") },
        Expected { publisher: Some("县水务局"), ..page("hanweb_jcms", "云溪县水务局关于2021年度政府信息公开工作情况的报告", "2022-01-26", "首页 > 政府信息公开 > 年度报告", 11, "2022年1月6日") },
        Expected { publisher: Some("县教育局办公室"), author: Some("李文"), ..page("hanweb_jpaas", "云溪县教育局关于2023年度依法治教工作情况的报告", "2024-01-29", "首页 > 信息公开 > 工作报告", 11, "2024年1月8日") },
        Expected { document_number: Some("云财采〔2021〕4号"), index_number: Some("00112233/2021-00017"), ..page("hanweb_xxgk", "云溪县财政局关于2020年度政府采购监管工作情况的报告", "2021-01-27", "", 11, "2021年1月5日") },
        Expected { publisher: Some("枫桥镇人民政府"), author: Some("枫桥镇人民政府"), ..page("hunan", "枫桥镇人民政府关于2022年度法治政府建设工作情况的报告", "2023-02-28", "首页 > 专题 > 法治政府建设", 14, "共印3份") },
        page("jeecms", "云溪县公积金管理中心关于2022年度行政执法公示工作情况的报告", "2023-01-12", "首页 > 通知公告", 11, "2023年1月7日"),
        Expected { publisher: Some("县政府办公室"), document_number: Some("柳政办〔2023〕2号"), index_number: Some("990112/202301-00021"), ..page("lonsun", "柳河县人民政府办公室关于2022年度政务公开工作情况的报告", "2023-01-30", "首页 > 信息公开 > 工作总结", 11, "2023年1月7日") },
        Expected { publisher: Some("本网"), ..page("nfcms", "海角市生态环境局关于2022年度执法监督工作情况的报告", "2023-03-01", "首页 > 政务公开 > 法治建设", 11, "2023年1月7日") },
        page("shanghai", "江湾区民政局关于2022年度社会组织管理工作情况的报告", "2023-01-16", "首页 > 政务公开 > 工作报告", 11, "2023年1月7日"),
        Expected { publisher: Some("白杨街道党政办"), author: Some("赵小满"), ..page("siteserver", "白杨街道办事处关于2022年度基层治理工作情况的报告", "2023-01-19", "首页 > 公开 > 工作总结", 11, "2023年1月7日") },
        Expected { publisher: Some("南屏开发区党政办"), ..page("staticpages", "南屏开发区管委会关于2023年度优化营商环境工作情况的报告", "2024-01-22", "南屏开发区 > 政务公开 > 工作动态", 11, "2024年1月8日") },
        Expected { publisher: Some("青石镇"), ..page("trs_static", "青石镇人民政府关于2022年度法治政府建设工作情况的报告", "2023-01-28", "首页 > 政务公开 > 法治政府建设", 12, "附件：青石镇2022年普法台账.pdf") },
        Expected { publisher: Some("木兰乡"), ..page("ucap_static", "木兰乡人民政府关于2022年度法治政府建设工作情况的报告", "2023-02-02", "首页 > 政务公开 > 乡镇街道", 11, "2023年1月7日") },
        page("vsb", "红旗区司法局关于2021年度法治宣传教育工作情况的报告", "2022-01-20", "首页 > 法治宣传", 11, "2022年1月6日"),
    ]
}

#[test]
fn a_page_of_each_family_is_read_whole() {
    for want in expected() {
        let family = want.family;
        let document = read(family);
        assert_eq!(document.profile.as_deref(), Some(family));
        assert_eq!(document.title.as_deref(), Some(want.title), "{family}");
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some(want.published), "{family}");
        assert_eq!(document.publisher.as_deref(), want.publisher, "{family}");
        assert_eq!(document.author.as_deref(), want.author, "{family}");
        assert_eq!(document.document_number.as_deref(), want.document_number, "{family}");
        assert_eq!(document.index_number.as_deref(), want.index_number, "{family}");
        assert_eq!(document.breadcrumb.join(" > "), want.breadcrumb, "{family}");
        let text = document.text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines.len(), lines.last().copied()), (want.lines, Some(want.last)), "{family}: {text}");
        assert_eq!(lines.first().copied(), Some("县人民政府："), "{family}: {text}");
    }
}

#[test]
fn a_title_over_two_lines_keeps_its_lines() {
    for family in ["hunan", "trs_static"] {
        let document = read(family);
        assert_eq!(document.title_lines.len(), 2, "{family}");
        assert_eq!(document.title_lines.last().unwrap(), "关于2022年度法治政府建设工作情况的报告");
    }
}

#[test]
fn files_and_times_of_day_are_read_where_the_page_has_them() {
    let document = read("trs_static");
    assert_eq!(document.published_at.as_deref(), Some("2023-01-28T09:30:00+08:00"));
    let files: Vec<&str> = document.attachments.iter().map(|file| file.url.as_str()).collect();
    assert_eq!(files, ["http://www.yunxi.example.gov.cn/a/P020230128345678901234.pdf"]);
    assert_eq!(read("ucap_static").views, Some(152));
}

#[test]
fn spans_of_a_table_are_resolved() {
    let document = read("epoint");
    let table = document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Table(table) => Some(table),
        _ => None,
    });
    let table = table.unwrap();
    assert_eq!(table.header_rows, Some(1));
    assert_eq!(table.rows[2], ["工程建设", "3", "560"]);
}

#[test]
fn an_explanation_names_candidates_and_reasons() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/extract/shanghai.html");
    let page = decode(&std::fs::read(path).unwrap(), None, PageFormat::Html, None).unwrap();
    let explanation = explain(&View::new(page), Rules::default());
    assert_eq!(explanation.bodies.iter().filter(|body| body.chosen).count(), 1);
    let refused = explanation.fields.iter().find(|field| field.field == "publisher").unwrap();
    assert!(!refused.chosen && refused.value == "工作报告" && refused.rule == Some("name.column"));
    assert!(explanation.to_string().contains("div#ivs_content.Article_content"), "{explanation}");
}
