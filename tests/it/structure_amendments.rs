//! Decisions that amend: the sentences that they quote.

use gongwen::model::{Block, Document, Outline, Role, Section};
use gongwen::structure;

fn outline(lines: &str) -> Outline {
    structure(&Document { blocks: lines.split('/').map(Block::paragraph).collect(), ..Document::default() })
}

/// Sections as `path heading`.
fn sections(lines: &str) -> Vec<String> {
    let row = |row: &Section| format!("{} {}", row.path, row.heading.as_deref().unwrap_or("-"));
    outline(lines).sections.iter().filter(|row| row.role == Role::Section).map(row).collect()
}

#[test]
fn a_quoted_sentence_is_no_heading() {
    for item in [
        "将第三条修改为：“城市管理以人为本。”",
        "第三条修改为：“城市管理以人为本。”",
        "增加一条，作为第四条：“城市管理以人为本。”",
        "将第三条第一款修改为:“城市管理以人为本；”",
        "将“以人为中心。”改为“以人民为中心。”",
    ] {
        let lines = format!("对办法作如下修改：/一、{item}/二、{item}/三、删去第九条。/本决定自公布之日起施行。");
        assert_eq!(sections(&lines), ["1 -", "2 -", "3 -"], "{item}");
    }
    // Words that are quoted may end a heading.
    let lines = "一、推进“一网通办”/各窗口联通。/二、深化“放管服”/各部门放权。";
    assert_eq!(sections(lines), ["1 推进“一网通办”", "2 深化“放管服”"]);
}
