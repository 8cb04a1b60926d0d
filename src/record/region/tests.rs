//! Whom the evidence of a page names.

use super::*;

fn code(evidence: &Evidence<'_>) -> Option<String> {
    resolve(evidence).map(|region| region.code)
}

#[test]
fn a_region_is_one_of_the_table() {
    for (code, known) in [
        ("430000", true),
        ("430281", true),
        ("510132", true),
        ("430281107", false),
        ("439999", false),
        ("000000", false),
        ("4302", false),
        ("bm1200", false),
    ] {
        assert_eq!(is_region(code), known, "{code}");
    }
    let township = Table::shipped().named("枫林镇").map(|region| region.code).find(|code| code.len() == 9);
    assert!(is_region(&format!("{}000", township.unwrap())));
}

#[test]
fn a_signature_that_names_the_whole_chain_needs_no_portal() {
    let issuers = ["湖南省株洲市醴陵市人民政府".to_owned()];
    let found = resolve(&Evidence { issuers: &issuers, ..Evidence::default() }).unwrap();
    assert_eq!(
        (found.code.as_str(), found.name.as_deref(), found.level),
        ("430281", Some("湖南省株洲市醴陵市"), "county")
    );
}

#[test]
fn a_township_is_found_below_the_region_that_holds_it() {
    for (site_code, source, issuer, expected) in [
        (None, None, "醴陵市枫林镇人民政府", Some("430281130000")),
        (Some("4302810001"), None, "枫林镇人民政府", Some("430281130000")),
        (None, Some("430281"), "中共枫林镇委员会", Some("430281130000")),
        (None, None, "城关镇人民政府", None),
        (Some("4302000001"), None, "城关镇人民政府", None),
    ] {
        let issuers = [issuer.to_owned()];
        let evidence = Evidence { site_code, source_region: source, issuers: &issuers, ..Evidence::default() };
        assert_eq!(code(&evidence).as_deref(), expected, "{issuer}");
    }
}

#[test]
fn the_issuing_body_counts_and_not_the_portal_that_reprints() {
    let issuers = ["湖南省人民政府办公厅".to_owned()];
    let evidence = Evidence { site_code: Some("4302810001"), issuers: &issuers, ..Evidence::default() };
    assert_eq!(code(&evidence).as_deref(), Some("430000"));
    let national = ["国务院办公厅".to_owned()];
    assert_eq!(code(&Evidence { issuers: &national, ..evidence }), None);
}

#[test]
fn a_rank_without_a_name_is_that_of_the_portal() {
    for (issuer, expected) in [("市财政局", Some("430200")), ("县财政局", None), ("省财政厅", None)] {
        let issuers = [issuer.to_owned()];
        let evidence = Evidence { site_code: Some("4302000001"), issuers: &issuers, ..Evidence::default() };
        assert_eq!(code(&evidence).as_deref(), expected, "{issuer}");
    }
}

#[test]
fn without_a_signature_title_source_and_breadcrumb_are_asked_in_this_order() {
    let breadcrumb = ["首页".to_owned(), "枫林镇".to_owned(), "法治政府建设".to_owned()];
    let site = Evidence { site_code: Some("4302810001"), breadcrumb: &breadcrumb, ..Evidence::default() };
    assert_eq!(code(&site).as_deref(), Some("430281130000"));
    assert_eq!(code(&Evidence { publisher: Some("株洲市司法局"), ..site }).as_deref(), Some("430200"));
    assert_eq!(code(&Evidence { title: Some("湖南省2022年度报告"), ..site }).as_deref(), Some("430000"));
    assert_eq!(code(&Evidence { site_code: Some("4302810001"), ..Evidence::default() }), None, "a portal alone");
}

#[test]
fn what_the_source_declares_stands_where_no_body_is_named() {
    for (title, issuer, expected) in [
        ("2022年法治政府建设工作报告", None, Some("430281")),
        ("国务院关于加强数字政府建设的指导意见", None, None),
        ("2022年法治政府建设工作报告", Some("无名乡人民政府"), None),
    ] {
        let issuers: Vec<String> = issuer.map(str::to_owned).into_iter().collect();
        let (source_region, title) = (Some("430281"), Some(title));
        let evidence = Evidence { source_region, title, issuers: &issuers, ..Evidence::default() };
        assert_eq!(code(&evidence).as_deref(), expected, "{title:?} {issuer:?}");
    }
    let outside = Evidence { source_region: Some("990123"), ..Evidence::default() };
    assert_eq!(resolve(&outside), Some(Region { code: "990123".to_owned(), name: None, level: "county" }));
}

#[test]
fn the_level_is_read_off_the_code() {
    for (code, expected) in [
        ("430000", Some((2, "province"))),
        ("431000", Some((4, "prefecture"))),
        ("430281", Some((6, "county"))),
        ("430281000000", Some((6, "county"))),
        ("430281107000", Some((9, "township"))),
        ("430281107201", Some((12, "village"))),
        ("000000", None),
        ("4302", None),
        ("43028x", None),
        ("", None),
    ] {
        assert_eq!(level(code), expected, "{code}");
    }
}

#[test]
fn offices_of_the_state_in_a_place_belong_to_the_place() {
    let issuers = ["佛山市公安局".to_owned(), "国家税务总局佛山市税务局".to_owned(), "市财政局".to_owned()];
    assert_eq!(code(&Evidence { issuers: &issuers, ..Evidence::default() }).as_deref(), Some("440600"));
    let joint = ["佛山市公安局".to_owned(), "国家税务总局".to_owned()];
    assert_eq!(code(&Evidence { issuers: &joint, ..Evidence::default() }), None);
}

#[test]
fn short_names_follow_one_another_and_autonomous_prefectures_have_them() {
    for (title, expected) in [
        ("安徽合肥公共资源交易中心公告", Some("340100")),
        ("德宏州人民政府办公室通知", Some("533100")),
        ("恩施州财政局公告", Some("422800")),
        ("海南州人民政府公告", Some("632500")),
        ("漳州开发区公告", Some("350600")),
        ("漳州港口经济技术开发区公告", None),
    ] {
        assert_eq!(code(&Evidence { title: Some(title), ..Evidence::default() }).as_deref(), expected, "{title}");
    }
}

#[test]
fn bodies_of_different_regions_are_no_region() {
    let issuers = ["湖南省财政厅".to_owned(), "株洲市财政局".to_owned()];
    assert_eq!(code(&Evidence { issuers: &issuers, ..Evidence::default() }), None);
}

#[test]
fn a_street_that_bears_a_citys_name_is_not_the_city() {
    for title in ["北京路改造工程公告", "长沙街公告"] {
        assert_eq!(code(&Evidence { title: Some(title), ..Evidence::default() }), None, "{title}");
    }
}

#[test]
fn zones_are_their_citys_and_the_corps_is_no_region_but_its_cities_are() {
    for (issuer, expected) in [
        ("株洲高新区管委会", Some("430200")),
        ("株洲市高新技术产业开发区管理委员会", Some("430200")),
        ("株洲市经开区财政局", Some("430200")),
        ("湖南省株洲市高新区管委会", Some("430200")),
        ("石家庄高新技术产业开发区管理委员会", Some("130171")),
        ("云南滇中新区管理委员会", None),
        ("新疆生产建设兵团办公厅", None),
        ("新疆生产建设兵团第八师", None),
        ("新疆生产建设兵团第八师石河子市教育局", Some("659001")),
        ("新疆生产建设兵团第十师北屯市人民政府", Some("659005")),
        ("图木舒克市人民政府", Some("659003")),
        ("石河子市人民政府", Some("659001")),
        ("天津滨海新区人民政府", Some("120116")),
        ("上海市浦东新区人民政府", Some("310115")),
        ("株洲市住房公积金管理委员会", Some("430200")),
        ("株洲市人民政府", Some("430200")),
    ] {
        let issuers = [issuer.to_owned()];
        assert_eq!(code(&Evidence { issuers: &issuers, ..Evidence::default() }).as_deref(), expected, "{issuer}");
    }
    let title = Some("株洲市人民政府关于支持高新区发展的意见");
    assert_eq!(code(&Evidence { title, ..Evidence::default() }).as_deref(), Some("430200"));
}

#[test]
fn bodies_of_every_rank_are_found() {
    for (site_code, issuer, expected) in [
        (None, "鄂伦春自治旗人民政府", Some("150723")),
        (None, "莫力达瓦达斡尔族自治旗教育局", Some("150722")),
        (None, "锡林郭勒盟行政公署", Some("152500")),
        (None, "大兴安岭地区行政公署", Some("232700")),
        (None, "神农架林区人民政府", Some("429021")),
        (None, "醴陵市人民政府办公室", Some("430281")),
        (None, "鼓楼区人民政府", None),
        (Some("3201000001"), "鼓楼区人民政府", Some("320106")),
        (Some("4302810001"), "来龙门街道办事处", Some("430281006000")),
        (Some("5331000001"), "州财政局", Some("533100")),
        (Some("1525000001"), "盟教育局", Some("152500")),
        (Some("4500000001"), "自治区财政厅", Some("450000")),
        (Some("5101320017"), "新津区财政局", Some("510118")),
        (Some("5101320017"), "成都市新津区人民政府", Some("510118")),
        (None, "襄阳市人民政府", Some("420600")),
    ] {
        let issuers = [issuer.to_owned()];
        let evidence = Evidence { site_code, issuers: &issuers, ..Evidence::default() };
        assert_eq!(code(&evidence).as_deref(), expected, "{issuer}");
    }
}

#[test]
fn papers_schools_and_companies_are_no_region() {
    for publisher in
        ["湖南日报", "湖南大学", "四川师范学院", "广西在线", "广州日报", "上海证券集团", "新华社", "中国政府网"]
    {
        assert_eq!(code(&Evidence { publisher: Some(publisher), ..Evidence::default() }), None, "{publisher}");
    }
    assert_eq!(code(&Evidence { title: Some("上海合作组织峰会公报"), ..Evidence::default() }), None);
}

#[test]
fn autonomous_counties_and_prefectures_sign_by_short_names() {
    for (issuer, expected) in [
        ("道真自治县人民政府", Some("520325")),
        ("道真县教育局", Some("520325")),
        ("道真仡佬族苗族自治县人力资源和社会保障局", Some("520325")),
        ("玉屏县大龙街道办事处", Some("520622003000")),
        ("贵州省铜仁市玉屏县财政局", Some("520622")),
        ("湘西自治州人民政府", Some("433100")),
        ("湘西州司法局", Some("433100")),
        ("海西州人民政府办公室", Some("632800")),
        ("东乡县人民政府", Some("622926")),
        ("鄂伦春旗人民政府", Some("150723")),
        ("隆林自治县林业局", Some("451031")),
        ("双江县人民政府", Some("530925")),
        ("不存在自治县人民政府", None),
    ] {
        let issuers = [issuer.to_owned()];
        assert_eq!(code(&Evidence { issuers: &issuers, ..Evidence::default() }).as_deref(), expected, "{issuer}");
    }
}

#[test]
fn a_department_is_its_countys_though_the_table_lists_a_unit_of_that_name() {
    for (issuer, expected) in [
        ("延边朝鲜族自治州安图县林业局", Some("222426")),
        ("吉林省安图县林业局", Some("222426")),
        ("安图县林业局", Some("222426")),
        ("萝北县农业局", Some("230421")),
        ("阿荣旗林业和草原局", Some("150721")),
        ("敦化市黄泥河镇人民政府", Some("222403101000")),
    ] {
        let issuers = [issuer.to_owned()];
        assert_eq!(code(&Evidence { issuers: &issuers, ..Evidence::default() }).as_deref(), expected, "{issuer}");
    }
}

#[test]
fn a_town_that_the_table_lacks_is_not_its_county() {
    for (issuer, expected) in [
        ("醴陵市云杉镇人民政府", None),
        ("湖南省株洲市醴陵市云杉乡党委", None),
        ("醴陵市云杉街道办事处", None),
        ("醴陵市城乡建设局", Some("430281")),
        ("醴陵市乡村振兴局", Some("430281")),
        ("醴陵市乡镇企业局", Some("430281")),
    ] {
        let issuers = [issuer.to_owned()];
        let evidence = Evidence { issuers: &issuers, source_region: Some("430281"), ..Evidence::default() };
        assert_eq!(code(&evidence).as_deref(), expected, "{issuer}");
    }
    let title = Some("云杉镇2022年度法治政府建设工作报告");
    assert_eq!(code(&Evidence { title, source_region: Some("430281"), ..Evidence::default() }), None);
}

#[test]
fn numbers_of_regions_that_changed_and_cities_without_counties_are_settled_by_what_is_in_use() {
    for (issuer, expected) in [
        ("贵州省毕节市大方县人民政府", "520521"),
        ("贵州省铜仁市人民政府", "520600"),
        ("西藏自治区日喀则市江孜县教育局", "540222"),
        ("哈尔滨市香坊区人民政府", "230110"),
        ("河南省济源市人民政府", "419001"),
        ("济源市克井镇人民政府", "419001100000"),
        ("湖北仙桃财政局", "429004"),
        ("潜江市人民政府", "429005"),
        ("天门市司法局", "429006"),
        ("湖北省神农架林区人民政府", "429021"),
        ("贵州省毕节市人民政府", "520500"),
        ("西藏自治区日喀则市人民政府", "540200"),
        ("毕节地区行政公署", "522400"),
        ("海南省陵水黎族自治县人民政府", "469028"),
        ("东莞市桥头镇人民政府", "441900107000"),
        ("中山市石岐街道办事处", "442000001000"),
        ("东莞市人民政府", "441900"),
        ("嘉峪关市人民政府", "620200"),
    ] {
        let issuers = [issuer.to_owned()];
        assert_eq!(code(&Evidence { issuers: &issuers, ..Evidence::default() }).as_deref(), Some(expected), "{issuer}");
    }
}

#[test]
fn a_citys_news_of_a_district_stays_the_citys() {
    let title = Some("鼓楼区开展普法宣传活动");
    let news = Evidence { title, headline: true, ..Evidence::default() };
    let news = Evidence { publisher: Some("南京市司法局"), site_code: Some("3201000001"), ..news };
    assert_eq!(code(&news).as_deref(), Some("320100"));
    let report = Evidence { title: Some("鼓楼区2022年法治政府建设工作报告"), headline: false, ..news };
    assert_eq!(code(&report).as_deref(), Some("320106"));
    let other = Evidence {
        title: Some("合肥发布房地产新政"), publisher: Some("合肥日报"), headline: true, ..report
    };
    assert_eq!(code(&other).as_deref(), Some("340100"));
}

#[test]
fn the_region_of_a_site_is_what_its_name_and_its_registration_agree_on() {
    for (name, site_code, expected) in [
        ("醴陵市人民政府", "4302810001", Some("430281")),
        ("中国·醴陵市", "4302810001", Some("430281")),
        ("醴陵市人民政府", "4302000001", Some("430281")),
        ("株洲市司法局", "4302000001", Some("430200")),
        ("湖南省人民政府", "4302810001", None),
        ("长沙市人民政府", "4302810001", None),
        ("云溪县人民政府", "4302810001", None),
        ("醴陵市人民政府", "4399990001", None),
        ("醴陵市人民政府", "43", None),
    ] {
        assert_eq!(region_of_site(name, site_code).as_deref(), expected, "{name} {site_code}");
    }
}
