//! The facts that closing lines and titles state: who signed, for whom, when, how many copies.

use crate::model::{Document, Outline, Role, Section, Without};
use crate::text::{begins, ends, find_date, fold_char, is_blank};

use super::lines::Text;
use super::names::{is_body, is_end_of_body, is_joined_bodies, is_officer, is_post, without_remark};
use super::roles::{copies, unlabelled};
use super::{genre, part};

/// Reads the facts out of the rows.
pub(super) fn add(document: &Document, text: &Text, outline: &mut Outline, without: &Without) {
    let rows = std::mem::take(&mut outline.sections);
    for row in &rows {
        let view = &text.folded[row.start..row.end];
        let own = row.parent.is_none();
        match row.role {
            Role::Signature if own && outline.issuers.is_empty() => outline.issuers = signers(text, row),
            Role::Addressee if own && outline.addressees.is_empty() => outline.addressees = names(text, row),
            Role::Cc if outline.cc.is_empty() => outline.cc = names(text, row),
            Role::Date if own && outline.dated.is_none() => outline.dated = date(view),
            Role::Imprint => {
                outline.printed = outline.printed.or_else(|| date(view));
                outline.copies = outline.copies.or_else(|| copies(view));
            }
            Role::Copies if outline.copies.is_none() => outline.copies = copies(view),
            _ => {}
        }
    }
    outline.sections = rows;
    if outline.issuers.is_empty() {
        outline.issuers = document.title.as_deref().map(title_issuers).unwrap_or_default();
    }
    if let Some(title) = genre::folded_title(document) {
        let column = document.breadcrumb.last().map(String::as_str);
        let genre = genre::genre(&title, column, outline, without).genre();
        outline.document_type = genre::document_type(&title).map(|word| word.text.to_owned());
        outline.report_year = genre::report_year(&title, genre, outline);
        outline.genre = Some(genre);
    }
    part::label(outline);
}

fn date(view: &[char]) -> Option<jiff::civil::Date> {
    find_date(&view.iter().collect::<String>())
}

fn folded(text: &str) -> Vec<char> {
    text.chars().map(fold_char).collect()
}

/// One body a line, or several on a line with blanks between; without （代章） and a label before the name.
fn signers(text: &Text, row: &Section) -> Vec<String> {
    let printed = text.slice(row.start, row.end);
    let mut names: Vec<String> = Vec::new();
    for line in printed.lines().filter(|line| !is_officer(&folded(line)) && !is_post(&folded(line))) {
        let view = folded(line);
        let open = names.last().is_some_and(|name| !is_body(&folded(name)));
        match names.last_mut().filter(|_| open && is_end_of_body(&view)) {
            // One name over two lines.
            Some(name) => name.push_str(line.trim_matches(is_blank)),
            None => names.extend(bodies(without_label(line))),
        }
    }
    names
}

/// The name behind `发布人：`.
fn without_label(line: &str) -> &str {
    // （云溪县统计局）
    let line = line.trim_matches(is_blank);
    let bare = line.strip_prefix(['（', '(']).and_then(|line| line.strip_suffix(['）', ')']));
    let line = bare.unwrap_or(line);
    let label = line.chars().count() - unlabelled(&folded(line)).len();
    line.char_indices().nth(label).and_then(|(at, _)| line.get(at..)).unwrap_or(line)
}

/// The bodies that a line names: one, or several with blanks between if each is a body by itself.
fn bodies(line: &str) -> Vec<String> {
    let name = |name: &str| {
        let name: String = name.chars().take(without_remark(&folded(name)).len()).collect();
        let wide = name.split(is_blank).filter(|part| !part.is_empty()).all(|part| part.chars().count() == 1);
        // 云 溪 县 水 务 局 is set wide.
        if wide { name.chars().filter(|&c| !is_blank(c)).collect() } else { name }
    };
    apart(line).into_iter().map(name).filter(|name| !name.is_empty()).collect()
}

/// The bodies that stand in one place of a list, with nothing but blanks between them; else the place as it is.
fn apart(place: &str) -> Vec<&str> {
    if is_joined_bodies(&folded(place)) {
        return place.split('、').collect();
    }
    let parts: Vec<&str> = place.split(is_blank).filter(|part| !part.is_empty()).collect();
    let each = parts.len() > 1 && parts.iter().all(|part| part.chars().count() > 2 && is_body(&folded(part)));
    if each { parts } else { vec![place.trim_matches(is_blank)] }
}

/// A title names who issued it before 关于 or 印发, where nobody signs.
fn title_issuers(title: &str) -> Vec<String> {
    // 【通知】 stands before the title.
    let title = title.strip_prefix('【').and_then(|title| title.split_once('】')).map_or(title, |(_, title)| title);
    let word = ["关于", "印发", "转发", "公告", "通告"].iter().filter_map(|word| title.find(word)).min();
    // 青石镇人民政府2022年度… names the issuer before the year, 云溪县人民政府令（第3号） before 令.
    let numbered = ["令第", "令（第", "令(第"].iter().find_map(|order| title.find(order));
    let order = title.strip_suffix('令').map(str::len).or(numbered);
    let end = word.into_iter().chain(order).chain(title.find(|c: char| c.is_ascii_digit())).min();
    let Some(head) = end.and_then(|end| title.get(..end)) else { return Vec::new() };
    let head = head.trim_matches(is_blank);
    if is_body(&folded(head)) { bodies(head) } else { Vec::new() }
}

/// Names in a list: parted by ， where it has any, else by 、; what stands in brackets is one name's.
fn names(text: &Text, row: &Section) -> Vec<String> {
    let view = &text.folded[row.start..row.end];
    let last = view.iter().rposition(|c| !matches!(c, ':' | '。')).map_or(0, |n| n + 1);
    let first = view[..last].iter().position(|&c| c == ':').map_or(0, |n| n + 1);
    let depths = view.iter().scan(0i32, |depth, c| {
        *depth += i32::from(*c == '(') - i32::from(*c == ')');
        Some(*depth)
    });
    let outside: Vec<bool> = depths.map(|depth| depth == 0).collect();
    let commas = (first..last).any(|n| outside[n] && matches!(view[n], ',' | ';'));
    let parts = |n: usize| {
        let apart = |n: usize| !commas && view[n] == '、' && !shares_its_ending(&view[..n], &view[n + 1..last]);
        outside[n] && (matches!(view[n], ',' | ';' | '\n' | '。') || apart(n))
    };
    let mut found = Vec::new();
    let mut start = first;
    for n in first..=last {
        if n == last || parts(n) {
            found.extend(apart(&text.slice(row.start + start, row.start + n)).into_iter().map(str::to_owned));
            start = n + 1;
        } else if outside[n] && view[n] == ':' {
            // 报：… above 送：…
            start = n + 1;
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

/// 各省、自治区、直辖市财政厅, 各县（市）、区林业局: what stands before the 、 is a place and no body of its own.
fn shares_its_ending(before: &[char], behind: &[char]) -> bool {
    const PLACES: [&str; 10] = ["省", "自治区", "直辖市", "州", "盟", "市", "县", "区", "旗", "镇"];
    let ends_with_place = |name: &[char]| PLACES.iter().any(|place| ends(without_remark(name), place));
    let another = ["各", "省直", "市直", "县直", "区直", "州直"].iter().any(|word| begins(behind, word));
    ends_with_place(before) && !is_zone(before) && !another
}

/// 高新区 is a body, as 开发区 is; the 区 of 各县、区 is none.
fn is_zone(name: &[char]) -> bool {
    ["高新区", "开发区", "园区", "新区", "管理区"].iter().any(|zone| ends(name, zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Block;

    fn outline(lines: &[&str]) -> Outline {
        let blocks = lines.iter().copied().map(Block::paragraph).collect();
        crate::structure(&Document { blocks, ..Document::default() })
    }

    #[test]
    fn lists_of_bodies_are_taken_apart_where_they_may_be() {
        for (line, names) in [
            ("各县（市、区）人民政府，市直各有关单位：", vec!["各县（市、区）人民政府", "市直各有关单位"]),
            ("各区政府，市政府各委、办、局，各市属机构：", vec!["各区政府", "市政府各委、办、局", "各市属机构"]),
            ("各缴存单位、各受托银行：", vec!["各缴存单位", "各受托银行"]),
            ("各缴存职工：", vec!["各缴存职工"]),
            ("各县（市）、区林业局：", vec!["各县（市）、区林业局"]),
            ("各市、县、区人民政府：", vec!["各市、县、区人民政府"]),
            ("各市（州）、县（市、区）财政局、各直属单位：", vec!["各市（州）、县（市、区）财政局", "各直属单位"]),
            (
                "各省、自治区、直辖市财政厅（局）、林业厅（局）：",
                vec!["各省、自治区、直辖市财政厅（局）", "林业厅（局）"],
            ),
            ("各区、各镇人民政府、县直各单位：", vec!["各区", "各镇人民政府", "县直各单位"]),
            ("各县、高新区管委会、开发区财政局：", vec!["各县、高新区管委会", "开发区财政局"]),
        ] {
            assert_eq!(outline(&[line, "现将有关事项通知如下：", "一、范围", "正文。"]).addressees, names, "{line}");
        }
    }

    #[test]
    fn every_body_that_signs_is_an_issuer() {
        let lines = ["正文已经结束。", "云溪县住房局 云溪县财政局", "云溪县税务局（代章）", "2023年2月28日"];
        let outline = outline(&lines);
        assert_eq!(outline.issuers, ["云溪县住房局", "云溪县财政局", "云溪县税务局"]);
        assert_eq!(outline.dated.map(|day| day.to_string()).as_deref(), Some("2023-02-28"));
    }

    #[test]
    fn a_title_names_the_issuer_where_nobody_signs() {
        assert_eq!(title_issuers("云溪县人民政府办公室关于印发方案的通知"), ["云溪县人民政府办公室"]);
        assert_eq!(title_issuers("云溪县住房局 云溪县财政局印发办法的通知"), ["云溪县住房局", "云溪县财政局"]);
        assert_eq!(title_issuers("青石镇人民政府2022年法治政府建设工作报告"), ["青石镇人民政府"]);
        assert_eq!(title_issuers("关于印发方案的通知"), [""; 0]);
        assert_eq!(title_issuers("云溪县2023年政府工作报告"), [""; 0]);
    }

    #[test]
    fn the_colophon_may_stand_on_one_line() {
        let lines = [
            "正文。",
            "青石镇人民政府 2023年2月28日",
            "抄送：县委办，县府办。",
            "青石镇办公室 2023年3月1日印发（共印30份）",
        ];
        let outline = outline(&lines);
        assert_eq!(outline.issuers, ["青石镇人民政府"]);
        assert_eq!(outline.cc, ["县委办", "县府办"]);
        assert_eq!((outline.dated.is_some(), outline.printed.is_some(), outline.copies), (true, true, Some(30)));
    }
}
