//! What portals write beside a title that is none of it: 【失效】, 置顶, PDF版.

use crate::page::{Label, LabelLine, folded, line_class};
use crate::text::{dates, is_blank};
use crate::words::{TITLE_BADGES, TOOLS_BEHIND_NAMES};

/// Most letters of the name of a column, and how many one has that no breadcrumb names.
const LONGEST_COLUMN: usize = 8;
const COLUMN: std::ops::RangeInclusive<usize> = 4..=6;

/// A head has the letters of a title and beside them those of badges; `linked` where a part of it is a link, `columns` the
/// steps of the breadcrumb, one of which may stand before a title.
pub(super) fn is_badged(head: &str, title: &str, linked: bool, columns: &[String]) -> bool {
    let (head, title) = (folded(head), folded(title));
    let mut rest = head.as_str();
    let column = columns.iter().map(|column| folded(column)).find_map(|column| rest.strip_prefix(column.as_str()));
    let is_column = |name: &str| names_column(name) && name.chars().count() <= LONGEST_COLUMN;
    if column.is_some_and(|behind| behind == title) || rest.strip_suffix(title.as_str()).is_some_and(is_column) {
        return true;
    }
    loop {
        if rest.strip_prefix(title.as_str()).is_some_and(|behind| are_badges(behind, linked)) {
            return true;
        }
        // 解读 before a title belongs to it.
        let Some(badge) = TITLE_BADGES.starts(rest).filter(|badge| badge.meaning.is_none()) else { return false };
        rest = rest.get(badge.text.len()..).unwrap_or_default();
    }
}

/// A title without the column before it, in brackets or in an element of its own: `[通知公告]关于…的通知`; `first` is the text of
/// the first element of the line.
pub(super) fn without_column(mut lines: Vec<String>, first: Option<&str>, columns: &[String]) -> Vec<String> {
    /// Fewest characters of the title.
    const SHORTEST: usize = 6;
    /// The same where no brackets tell the column.
    const HEADLINE: usize = 8;
    let is_list = |name: &str| names_column(name) && COLUMN.contains(&name.chars().count());
    let behind = |line: &String| {
        let bracketed = line.strip_prefix(['[', '【']).and_then(|line| line.split_once([']', '】']));
        // 工作动态 in an element, and not the beginning of 工作动态发布办法 in another face.
        let own = || {
            let name = first?.trim_end_matches(is_blank);
            let rest = line.strip_prefix(name)?.trim_start_matches(is_blank);
            let is_own = rest.chars().count() >= HEADLINE
                && !["的", "发布", "管理", "报送"].iter().any(|word| rest.starts_with(word));
            is_own.then_some((name, rest))
        };
        let (name, rest) = bracketed.or_else(own)?;
        let is_column = columns.iter().any(|column| column == name) || is_list(name);
        (is_column && rest.chars().count() >= SHORTEST).then(|| rest.trim_matches(is_blank).to_owned())
    };
    let title = lines.first().and_then(behind);
    if let (Some(first), Some(title)) = (lines.first_mut(), title) {
        *first = title;
    }
    lines
}

/// A title without what portals say of the page in the same line: 关于…的通知　[点击数：12], 关于…的通知　2023-02-28.
pub(super) fn without_metadata(line: &str) -> &str {
    /// Fewest characters of the title.
    const SHORTEST: usize = 6;
    if !line.contains([':', '：']) && !line.ends_with(ends_metadata) {
        return line;
    }
    let opens = |c: char| is_blank(c) || "[【（(|｜".contains(c);
    let title = before_label(without_tools(line)).trim_end_matches(opens);
    let stands = title.chars().count() >= SHORTEST
        && !(title.starts_with(['[', '【', '（', '(']) && title.ends_with([']', '】', '）', ')']))
        && !title.ends_with(['：', ':', '，', '。']);
    if stands { title } else { line }
}

/// What metadata without a colon ends with: 2023-02-28, 【打印】, 点击12次, 字号 大 中 小.
pub(super) fn ends_metadata(c: char) -> bool {
    c.is_ascii_digit() || "]】）)次小".contains(c)
}

/// A line up to its first label, where its value is one of metadata, or up to the day in figures at its end.
fn before_label(line: &str) -> &str {
    let labels = LabelLine::read(line, &[]);
    let before = labels.before(line);
    let value =
        || line.get(before.len()..).and_then(|rest| rest.split_once(['：', ':'])).map_or("", |(_, value)| value);
    let is_own = match labels.first() {
        Some(Label::Views) => true,
        Some(Label::Tool) => labels.word().is_some_and(|word| word.starts_with('字')),
        // 会议 时间：2023-02-28 地点：三楼 is a title.
        Some(Label::Published | Label::Day) => dates(value())
            .next()
            .is_some_and(|found| found.start < 2 && (labels.count() > 1 || value().chars().count() <= found.end + 2)),
        Some(Label::Publisher) => dates(value()).next().is_some(),
        _ => false,
    };
    let apart = |head: &str| head.ends_with(|c: char| is_blank(c) || "[【（(|｜".contains(c));
    if is_own && apart(before) {
        return before;
    }
    let last = dates(line).last().filter(|found| line.chars().count() == found.end);
    let head =
        last.and_then(|found| line.char_indices().nth(found.start)).and_then(|(at, _)| line.split_at_checked(at));
    head.filter(|(head, day)| head.ends_with(is_blank) && day.contains('-')).map_or(line, |(head, _)| head)
}

/// A line without the tools in brackets at its end: 关于…的通知 【打印】【关闭】.
fn without_tools(line: &str) -> &str {
    let mut line = line;
    while let Some((head, tool)) = line.strip_suffix(['】', ']']).and_then(|open| open.rsplit_once(['【', '['])) {
        if !TOOLS_BEHIND_NAMES.is(tool) {
            break;
        }
        line = head.trim_end_matches(is_blank);
    }
    line
}

/// A name of columns; 政府信息 begins titles, too.
pub(super) fn names_column(name: &str) -> bool {
    line_class::names_list(name) && !name.ends_with("信息")
}

fn are_badges(mut text: &str, linked: bool) -> bool {
    while let Some(badge) = TITLE_BADGES.starts(text).filter(|badge| linked || badge.meaning.is_none()) {
        text = text.get(badge.text.len()..).unwrap_or_default();
    }
    text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badges_stand_before_and_behind_a_title() {
        let title = "云溪县关于做好秋收工作的通知";
        for head in ["置顶有效§", "§【失效】", "§（失效）", "§ 已废止", "§[PDF版]", "原创§复制链接"]
        {
            assert!(is_badged(&head.replace('§', title), title, false, &[]), "{head}");
        }
        assert!(is_badged(&format!("{title}【政策解读】"), title, true, &[]));
        for head in ["§解读", "§的补充", "解读§", "有效落实§", "§有效期", "§（试行）"] {
            assert!(!is_badged(&head.replace('§', title), title, false, &[]), "{head}");
        }
        let columns = ["政务公开", "通知公告"].map(str::to_owned);
        for (head, badged) in [
            ("通知公告§", true),
            ("【通知公告】§", true),
            ("[通知公告] §", true),
            ("工作动态§", true),
            ("政府信息§", false),
            ("经验§", false),
            ("通知公告栏§", false),
        ] {
            assert_eq!(is_badged(&head.replace('§', title), title, false, &columns), badged, "{head}");
        }
    }

    #[test]
    fn a_column_in_brackets_before_a_title_is_none_of_it() {
        let columns = ["政务公开", "通知公告"].map(str::to_owned);
        for (line, title) in [
            ("[通知公告]关于秋收的通知", "关于秋收的通知"),
            ("【通知公告】 关于秋收的通知", "关于秋收的通知"),
            ("【关注】关于秋收的通知", "【关注】关于秋收的通知"),
            ("【通知公告】秋收", "【通知公告】秋收"),
            ("通知公告", "通知公告"),
        ] {
            assert_eq!(without_column(vec![line.to_owned()], None, &columns), [title]);
        }
    }
}
