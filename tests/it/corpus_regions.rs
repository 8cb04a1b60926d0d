//! Who issued the real documents, and for which region: read by a person, one line a page.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::skipped;

/// Number of the page, region of the issuing body (empty: the page does not say), bodies that sign or that the title
/// begins with.
///
/// Three pages are left out because readers may differ: a branch of a city's centre in another county, a university,
/// and a development zone.
const PAGES: &[(&str, &str, &str)] = &[
    ("003", "110000", "中共北京市委"),
    ("004", "511903", "巴中市恩阳区人民政府"),
    ("006", "340100", "合肥市自然资源和规划局、安徽合肥公共资源交易中心"),
    ("014", "210600", "丹东市住房公积金管理中心"),
    ("019", "110000", "北京市人民政府"),
    ("031", "310000", "上海市教育委员会"),
    ("036", "110000", "北京市人民政府办公厅"),
    ("037", "341100", "滁州市房地产工作联席会议"),
    ("041", "120000", "市规划资源局"),
    ("042", "340000", "省完善促进消费体制机制厅际联席会议"),
    ("045", "630100", ""),
    ("046", "110000", "北京市商务局"),
    ("048", "220100", "长春市人民政府"),
    ("049", "440100", "广州住房公积金管理中心"),
    ("055", "330282", "慈溪市住房和城乡建设局、慈溪市财政局"),
    ("057", "430923", "安化县人民政府办公室"),
    ("062", "440100", "广州住房公积金管理中心"),
    ("063", "410500", "安阳市人民政府办公室"),
    ("065", "", "自然资源部、中国银行保险监督管理委员会"),
    (
        "072",
        "440600",
        "佛山市住房和城乡建设局、佛山市自然资源局、佛山市发展和改革局、佛山市公安局、佛山市政务服务和数据管理局、佛山市金融工作局、佛山市住房公积金管理中心、国家税务总局佛山市税务局、国家金融监督管理总局佛山监管分局",
    ),
    ("073", "350421", "明溪县人民政府"),
    ("074", "533100", "德宏州人民政府办公室"),
    ("076", "440100", "广州住房公积金管理中心、广州市住房和城乡建设局、广州市规划和自然资源局、广州市市场监督管理局"),
    ("081", "350100", "福州市人民政府办公厅"),
    ("087", "340100", ""),
    ("090", "341100", "滁州市房地产工作联席会议"),
    ("092", "320400", "常州市住房公积金管理中心、常州市退役军人事务局"),
    ("094", "520100", "贵阳市住房公积金管理中心"),
    ("095", "310000", ""),
    ("097", "371600", "滨州市住房公积金管理中心"),
    ("108", "520100", "贵阳市住房公积金管理中心"),
    ("110", "350100", "福州市人民政府办公厅"),
    ("111", "440600", "佛山市住房和城乡建设局、佛山市自然资源局、佛山市金融工作局、佛山市住房公积金管理中心"),
    ("116", "320100", "南京市住房保障和房产局"),
    ("117", "520400", "安顺市住房公积金管理委员会"),
    ("121", "330100", ""),
    ("124", "220100", "长春市人民政府办公厅"),
    ("128", "", ""),
    ("132", "532900", "大理州住房公积金管理中心"),
    ("134", "320400", "常州市住房公积金管理中心"),
    ("138", "420100", "武汉住房公积金管理中心"),
    ("146", "330400", "嘉兴市住房公积金管理服务中心"),
    ("148", "", ""),
    ("150", "330100", "杭州住房公积金管理委员会"),
    ("151", "", "自然资源部办公厅"),
    ("152", "371600", "滨州市住房公积金管理中心"),
    ("155", "210600", "丹东市住房公积金管理中心"),
    ("159", "110000", "北京住房公积金管理委员会办公室"),
    ("160", "520500", ""),
    ("161", "340400", "淮南市住房公积金管理中心"),
    ("162", "310000", "市住房城乡建设管理委、市房屋管理局、市自然资源确权登记局"),
    ("163", "320100", "市促进房地产市场平稳健康发展领导小组办公室"),
    ("168", "340300", ""),
    ("174", "370500", ""),
    ("176", "370500", "东营市住房公积金管理委员会"),
    ("184", "350112", ""),
    ("203", "220000", "吉林省人民政府"),
    ("246", "440000", ""),
    ("256", "440000", "广东省监狱管理局"),
    ("283", "610925", ""),
    ("286", "", ""),
    ("298", "320500", "苏州市消防救援支队"),
    ("319", "", ""),
    ("321", "320000", "江苏省物价局"),
    ("334", "", ""),
];

/// Of the pages that name bodies or a region, this share must be right.
const FLOOR: f64 = 0.95;

#[test]
fn issuers_and_regions_of_real_pages_are_right_and_never_wrong_with_certainty() {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.join("pages").is_dir() {
        skipped("the corpus of real pages");
        return;
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command.args(["extract", "--jsonl", "--urls"]).arg(corpus.join("pages_urls.tsv")).arg(corpus.join("pages"));
    let out = command.output().unwrap();
    let found: Vec<Value> =
        out.stdout.split(|&b| b == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    let (mut issuers, mut regions) = (Share::default(), Share::default());
    for &(number, region, signed) in PAGES {
        let named = |page: &&Value| page["file"].as_str().is_some_and(|file| name(file).starts_with(number));
        let page = found.iter().find(named).unwrap_or_else(|| panic!("page {number} is missing"));
        let code = page["document"]["region_code"].as_str().unwrap_or_default();
        assert!(code.is_empty() || code == region, "page {number}: {code} is certain and wrong, {region} is right");
        if !region.is_empty() {
            regions.count(number, code == region);
        }
        if !signed.is_empty() {
            let bodies = page["document"]["issuers"].as_array().unwrap();
            let bodies: Vec<&str> = bodies.iter().filter_map(Value::as_str).collect();
            issuers.count(number, bodies.join("、") == signed);
        }
    }
    issuers.assert_at_least(FLOOR, "issuers");
    regions.assert_at_least(FLOOR, "regions");
}

fn name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

#[derive(Default)]
struct Share {
    all: u32,
    wrong: Vec<String>,
}

impl Share {
    fn count(&mut self, page: &str, right: bool) {
        self.all += 1;
        if !right {
            self.wrong.push(page.to_owned());
        }
    }

    fn assert_at_least(&self, floor: f64, what: &str) {
        let wrong = u32::try_from(self.wrong.len()).unwrap();
        let right = f64::from(self.all - wrong) / f64::from(self.all);
        assert!(right >= floor, "{what}: {right:.3} of {} pages, wrong on {:?}", self.all, self.wrong);
    }
}
