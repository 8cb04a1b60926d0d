//! What portals write beside a title that is none of it: 【失效】, 置顶, PDF版.

use crate::page::folded;
use crate::words::TITLE_BADGES;

/// A head has the letters of a title and beside them those of badges; `linked` where a part of it is a link.
pub(super) fn is_badged(head: &str, title: &str, linked: bool) -> bool {
    let (head, title) = (folded(head), folded(title));
    let mut rest = head.as_str();
    loop {
        if rest.strip_prefix(title.as_str()).is_some_and(|behind| are_badges(behind, linked)) {
            return true;
        }
        // 解读 before a title belongs to it.
        let Some(badge) = TITLE_BADGES.starts(rest).filter(|badge| badge.meaning.is_none()) else { return false };
        rest = rest.get(badge.text.len()..).unwrap_or_default();
    }
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
            assert!(is_badged(&head.replace('§', title), title, false), "{head}");
        }
        assert!(is_badged(&format!("{title}【政策解读】"), title, true));
        for head in ["§解读", "§的补充", "解读§", "有效落实§", "§有效期", "§（试行）"] {
            assert!(!is_badged(&head.replace('§', title), title, false), "{head}");
        }
    }
}
