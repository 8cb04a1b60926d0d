//! Heads of the box below an article in which readers speak.

use crate::text::is_blank;
use crate::words::COMMENT_HEADS;

/// The head of what readers say of an article.
pub(crate) fn heads_comments(text: &str) -> bool {
    // 网友评论（2）
    let framed = |c: char| matches!(c, '：' | ':' | '【' | '】' | '[' | ']' | '（' | '）' | '(' | ')');
    let counts = |c: char| is_blank(c) || c.is_ascii_digit() || framed(c) || matches!(c, '条' | '共');
    COMMENT_HEADS.is(text.trim_matches(counts)) || counts_comments(text)
}

/// 《老街记》有3个想法, 128 条评论, as programs for blogs print it.
fn counts_comments(text: &str) -> bool {
    let counted = ["评论", "想法", "回复", "留言", "跟帖"].iter().find_map(|what| text.strip_suffix(what));
    let number = counted.and_then(|rest| rest.trim_end().strip_suffix(['条', '个'])).map(str::trim_end);
    let before = number.map(|rest| (rest, rest.trim_end_matches(|c: char| c.is_ascii_digit())));
    before.is_some_and(|(rest, before)| {
        let of_title = || before.trim_end().ends_with("》有") || before.trim_end().ends_with("》上有");
        rest.len() > before.len() && (before.trim().is_empty() || before.starts_with('《') && of_title())
    })
}
