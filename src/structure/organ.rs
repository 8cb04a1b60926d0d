//! Names of bodies, as they stand in signatures, addresses and lists of recipients.

use crate::text::is_blank;

use super::lines::{begins, ends};

/// What names of bodies end with.
const SUFFIXES: [&str; 62] = [
    "政府",
    "委员会",
    "委",
    "局",
    "厅",
    "办公室",
    "办公厅",
    "部",
    "处",
    "科",
    "中心",
    "院",
    "所",
    "站",
    "队",
    "组",
    "公司",
    "会议",
    "会",
    "大学",
    "学校",
    "中学",
    "小学",
    "幼儿园",
    "司",
    "署",
    "社",
    "馆",
    "银行",
    "分行",
    "支行",
    "办事处",
    "党组",
    "党委",
    "机关",
    "网站",
    "指挥部",
    "集团",
    "园区",
    "海关",
    "基地",
    "管委",
    "街道",
    "总队",
    "法院",
    "医院",
    "电台",
    "报社",
    "工会",
    "团委",
    "纪委",
    "监委",
    "政法委",
    "改革办",
    "编办",
    "信访办",
    "管理部",
    "管理所",
    "服务站",
    "高新区",
    "开发区",
    "办",
];

/// The longest line that holds the names of signing bodies.
const LINE_LIMIT: usize = 60;

/// Whether a line holds only the names of one or more bodies.
pub(super) fn is_organ(view: &[char]) -> bool {
    let view = without_remark(view);
    if view.len() < 2 || view.len() > LINE_LIMIT || view.iter().copied().any(is_mark) {
        return false;
    }
    SUFFIXES.iter().any(|suffix| ends(view, suffix))
}

/// Posts whose holders sign orders and give speeches.
const POSTS: [&str; 12] =
    ["长", "主任", "主席", "书记", "总经理", "行长", "检察官", "总指挥", "委员", "总理", "代表", "负责人"];

/// `县长　李明`, `云溪县人民政府代县长  李明`: a post and, behind a blank, a name.
pub(super) fn is_officer(view: &[char]) -> bool {
    let Some(blank) = view.iter().rposition(|c| is_blank(*c) || *c == ':') else { return false };
    // Names of two characters are often printed apart: 李　明.
    let end = |at: usize| (0..at).rev().find(|&n| !is_blank(view[n])).map_or(0, |n| n + 1);
    let (post, name) = match (view.len() - blank - 1, end(blank)) {
        (1, before) if before > 1 && is_blank(view[before - 2]) => (&view[..end(before - 1)], 2),
        (length, before) => (&view[..before], length),
    };
    let post: Vec<char> = post.iter().copied().filter(|c| !is_blank(*c)).collect();
    let words = view.len() <= 40 && !view.iter().any(|c| "。;,!?《》“”".contains(*c) || c.is_ascii_digit());
    words && (2..=4).contains(&name) && POSTS.iter().any(|title| ends(&post, title))
}

fn is_mark(c: char) -> bool {
    matches!(c, '。' | ';' | ',' | ':' | '!' | '?' | '、' | '《' | '》' | '“' | '”' | '\t')
}

/// Without the （代章） or （公章） behind a name.
pub(super) fn without_remark(view: &[char]) -> &[char] {
    if view.last() != Some(&')') {
        return view;
    }
    let open = view.iter().rposition(|&c| c == '(').unwrap_or(view.len());
    let mut end = open;
    while end > 0 && is_blank(view[end - 1]) {
        end -= 1;
    }
    if view.len() - open <= 6 { &view[..end] } else { view }
}

/// Whether a line that ends with `:` names those whom a letter is for (主送机关, GB/T 9704-2012 7.3.2).
pub(super) fn is_address(view: &[char]) -> bool {
    let Some((':', names)) = view.split_last().map(|(last, names)| (*last, names)) else { return false };
    if names.len() < 3 || names.len() > 200 || names.iter().any(|c| "。;:!?“”《".contains(*c)) {
        return false;
    }
    if ["如下", "以下", "下列", "现将", "意见", "通知", "问题"].iter().any(|word| ends(names, word)) {
        return false;
    }
    let everyone = ["各", "广大", "全体", "全市", "全县", "全省", "全区"].iter().any(|word| begins(names, word));
    let people =
        ["人", "职工", "单位", "部门", "企业", "代表", "委员", "同志", "机构", "群众", "市民", "考生", "朋友", "们"];
    everyone || people.iter().chain(&SUFFIXES).any(|suffix| ends(without_remark(names), suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(line: &str) -> Vec<char> {
        line.chars().map(crate::text::fold_char).collect()
    }

    #[test]
    fn a_body_is_known_by_the_end_of_its_name() {
        for line in [
            "青石镇人民政府",
            "中共云溪县委员会",
            "云溪县住房公积金管理中心 云溪县退役军人事务局",
            "省促进消费联席会议（代章）",
            "国家税务总局云溪县税务局",
        ] {
            assert!(is_organ(&view(line)), "{line}");
        }
        for line in ["责任单位：县财政局", "由县财政局、县税务局", "青石镇2022年工作总结", "县政府。", "县"]
        {
            assert!(!is_organ(&view(line)), "{line}");
        }
    }

    #[test]
    fn an_officer_has_a_post_and_a_name() {
        for line in ["县长 李明", "云溪县县长　李　明", "县委副书记、县长 李明明", "主　任：王强"]
        {
            assert!(is_officer(&view(line)), "{line}");
        }
        for line in ["县长李明出席", "云溪县司法局 王强", "第一季度 增长", "李 明", "县长 2023年"]
        {
            assert!(!is_officer(&view(line)), "{line}");
        }
    }

    #[test]
    fn a_line_of_recipients_is_an_address() {
        for line in ["各乡镇人民政府，县直各有关单位：", "县直机关各科室、三个管理部：", "各缴存职工：", "各位代表："]
        {
            assert!(is_address(&view(line)), "{line}");
        }
        for line in ["现将有关情况报告如下：", "联系电话：", "工作目标：", "应当符合下列条件："]
        {
            assert!(!is_address(&view(line)), "{line}");
        }
    }
}
