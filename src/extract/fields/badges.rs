//! What portals write beside a title that is none of it: 【失效】, 置顶, PDF版.

use crate::page::{folded, line_class};
use crate::text::is_blank;
use crate::words::TITLE_BADGES;

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

/// A name of columns; 政府信息 begins titles, too.
fn names_column(name: &str) -> bool {
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
