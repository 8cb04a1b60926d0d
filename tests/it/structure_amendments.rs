//! Decisions that amend: sentences about articles, and the sentences that they quote.

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
fn what_becomes_of_an_article_is_said_in_a_sentence() {
    for sentence in [
        "第十条改为第九条，修改为：“本办法由县城管局解释。”",
        "第十条　改为第九条。",
        "第十条 修改为：“本办法由县城管局解释。”",
        "第十条修改为：“本办法由县城管局解释。”",
        "第10条修改为：“本办法由县城管局解释。”",
        "第十条作为第十一条。",
        "第十条调整为第十一条。",
        "第十条增加一款，作为第二款：“逾期不改的，处以罚款。”",
        "第十条删去“市政府”。",
        "第十条删除。",
        "第十条与第十一条合并为第十条。",
        "第十条之一改为第十一条。",
        "删去第十条。",
    ] {
        let lines = format!(
            "对办法作如下修改：/一、将第三条修改为：“城市管理以人为本。”/二、删去第九条。/{sentence}/本决定自公布之日起施行。"
        );
        assert_eq!(sections(&lines), ["1 -", "2 -"], "{sentence}");
    }
}

#[test]
fn articles_whose_first_words_tell_what_to_do_are_articles() {
    for words in [
        "增加公共投入，改善设施。",
        "删除个人信息应当经本人同意。",
        "作为监护人的父母应当履行职责。",
        "改建道路应当报批。",
        "调整价格应当听证。",
        "合并办理的，一次告知。",
    ] {
        for blank in ["", " ", "　"] {
            let lines = format!(
                "第九条{blank}本办法适用于本县。/第十条{blank}{words}/第十一条{blank}本办法自2023年5月1日起施行。"
            );
            assert_eq!(sections(&lines), ["a9 -", "a10 -", "a11 -"], "{blank}{words}");
        }
    }
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
