//! One name a body, whatever the page calls it.

use super::*;

fn signed(name: &str, evidence: &Evidence<'_>) -> Option<(String, Option<&'static str>)> {
    let issuers = [name.to_owned()];
    issuer(&Evidence { issuers: &issuers, ..*evidence }, None).map(|issuer| (issuer.name, issuer.level))
}

fn assert_signed(evidence: &Evidence<'_>, cases: &[(&str, &str, &str)]) {
    for &(name, expected, level) in cases {
        let found = signed(name, evidence).unwrap_or_default();
        assert_eq!((found.0.as_str(), found.1.unwrap_or_default()), (expected, level), "{name}");
    }
}

#[test]
fn every_way_to_write_a_name_gives_one() {
    assert_signed(
        &Evidence::default(),
        &[
            ("湖南省株洲市醴陵市人民政府", "醴陵市人民政府", "county"),
            ("醴陵市人民政府", "醴陵市人民政府", "county"),
            ("醴陵市政府", "醴陵市人民政府", "county"),
            ("醴陵市 人民政府", "醴陵市人民政府", "county"),
            ("醴陵市政府办公室", "醴陵市人民政府办公室", "county"),
            ("株洲市醴陵市枫林镇人民政府", "醴陵市枫林镇人民政府", "township"),
            ("醴陵市枫林镇政府", "醴陵市枫林镇人民政府", "township"),
            ("中共醴陵市枫林镇委员会", "中共醴陵市枫林镇委员会", "township"),
            ("醴陵市枫林镇党委", "中共醴陵市枫林镇委员会", "township"),
            ("中共醴陵市委", "中共醴陵市委员会", "county"),
            ("醴陵市来龙门街道办事处", "醴陵市来龙门街道办事处", "township"),
            ("醴陵市来龙门街道", "醴陵市来龙门街道办事处", "township"),
            ("南京市鼓楼区人民政府", "南京市鼓楼区人民政府", "county"),
            ("江苏省南京市鼓楼区司法局", "南京市鼓楼区司法局", "county"),
            ("德宏州人民政府办公室", "德宏傣族景颇族自治州人民政府办公室", "prefecture"),
            ("国家税务总局佛山市税务局", "国家税务总局佛山市税务局", "prefecture"),
            ("湖南省人民政府办公厅", "湖南省人民政府办公厅", "province"),
            ("东莞市桥头镇人民政府", "东莞市桥头镇人民政府", "township"),
            ("济源市人民政府", "济源市人民政府", "county"),
            ("济源市克井镇人民政府", "济源市克井镇人民政府", "township"),
            ("河南省济源市财政局", "济源市财政局", "county"),
            ("新疆生产建设兵团第八师石河子市教育局", "石河子市教育局", "county"),
            ("上海市浦东新区人民政府", "上海市浦东新区人民政府", "county"),
            ("国务院办公厅", "国务院办公厅", ""),
            ("自然资源部办公厅", "自然资源部办公厅", ""),
            ("株洲高新区管委会", "株洲市高新区管理委员会", ""),
            ("合肥经济技术开发区管委会", "合肥市经济技术开发区管理委员会", ""),
            ("新疆生产建设兵团财政局", "新疆生产建设兵团财政局", ""),
            ("醴陵市委宣传部", "中共醴陵市委员会宣传部", "county"),
            ("共青团醴陵市委", "共青团醴陵市委员会", "county"),
            ("醴陵市政协", "政协醴陵市委员会", "county"),
            ("醴陵市人大常委会", "醴陵市人民代表大会常务委员会", "county"),
            ("醴陵市人社局", "醴陵市人力资源和社会保障局", "county"),
            ("国家统计局湖南调查总队", "国家统计局湖南省调查总队", "province"),
            ("国家发展改革委", "国家发展和改革委员会", ""),
            ("云溪县青石镇党委", "中共云溪县青石镇委员会", "township"),
            ("云溪县青石镇自然资源所", "云溪县青石镇自然资源所", "township"),
        ],
    );
}

#[test]
fn a_name_that_fits_several_places_is_none() {
    for name in [
        "鼓楼区人民政府",
        "朝阳区人民政府",
        "城关镇人民政府",
        "财政局",
        "市财政局",
        "青石镇人民政府",
        "云南滇中新区管理委员会",
        "李明",
        "",
    ] {
        assert_eq!(signed(name, &Evidence::default()), None, "{name}");
    }
}

#[test]
fn a_town_lies_in_the_county_that_the_page_names() {
    let breadcrumb = ["首页".to_owned(), "青石镇".to_owned(), "法治政府建设".to_owned()];
    let county = ["云溪县人民政府".to_owned()];
    let readers = ["云溪县人民政府".to_owned()];
    let name = Some(("云溪县青石镇人民政府".to_owned(), Some("township")));
    for (what, evidence, known) in [
        (
            "title",
            Evidence {
                title: Some("云溪县青石镇2022年度法治政府建设工作报告"), ..Evidence::default()
            },
            true,
        ),
        ("publisher", Evidence { publisher: Some("云溪县政府网"), ..Evidence::default() }, true),
        ("breadcrumb", Evidence { breadcrumb: &county, ..Evidence::default() }, true),
        ("readers", Evidence { addressees: &readers, ..Evidence::default() }, true),
        ("no county", Evidence { breadcrumb: &breadcrumb, ..Evidence::default() }, false),
        (
            "two counties",
            Evidence { publisher: Some("白水县政府网"), addressees: &readers, ..Evidence::default() },
            false,
        ),
    ] {
        assert_eq!(signed("青石镇人民政府", &evidence), name.clone().filter(|_| known), "{what}");
        assert_eq!(signed("青石镇", &evidence), name.clone().filter(|_| known), "{what}");
    }
    assert_signed(
        &Evidence { source_region: Some("430281"), ..Evidence::default() },
        &[
            ("枫林镇人民政府", "醴陵市枫林镇人民政府", "township"),
            ("云杉镇人民政府", "醴陵市云杉镇人民政府", "township"),
            ("市财政局", "醴陵市财政局", "county"),
            ("云溪县青石镇人民政府", "云溪县青石镇人民政府", "township"),
            ("云溪县司法局", "云溪县司法局", "county"),
        ],
    );
}

#[test]
fn the_title_of_a_years_report_names_whose_it_is() {
    for (title, publisher, expected) in [
        ("醴陵市2022年度法治政府建设工作报告", None, Some("醴陵市人民政府")),
        ("醴陵市枫林镇2022年度法治政府建设工作报告", None, Some("醴陵市枫林镇人民政府")),
        ("醴陵市教育局关于2022年度法治政府建设情况的报告", None, Some("醴陵市教育局")),
        ("2022年度法治政府建设工作报告", Some("醴陵市教育局"), Some("醴陵市教育局")),
        ("2022年度法治政府建设工作报告", Some("醴陵市司法局"), None),
        ("2022年度法治政府建设工作报告", Some("醴陵市"), None),
        ("2022年度法治政府建设工作报告", None, None),
    ] {
        let evidence = Evidence { title: Some(title), publisher, ..Evidence::default() };
        let found = issuer(&evidence, Some(Genre::RuleOfLawAnnual)).map(|issuer| issuer.name);
        assert_eq!(found.as_deref(), expected, "{title} {publisher:?}");
        let news = issuer(&Evidence { headline: true, ..evidence }, Some(Genre::Other));
        assert_eq!(news, None, "{title}");
    }
}
