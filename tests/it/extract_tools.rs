//! Tools, pagers, votes and summaries by machines in the box of a text.

use gongwen::model::Reason;

use crate::document_of;

const TITLE: &str = "林晓到青石镇调研乡村供水工作";
const BODY: [&str; 3] = [
    "4月6日上午，副县长林晓到青石镇调研乡村供水，县水务局有关负责人参加调研。",
    "在青石村水厂，林晓详细了解水源保护、水质检测等情况，要求确保群众用水安全。",
    "林晓强调，要压实各级责任，加强巡查，发现问题及时处置。",
];

fn read(html: &str) -> Result<Vec<String>, Reason> {
    let document = document_of(html)?;
    Ok(document.blocks.iter().map(|block| block.text.clone()).collect())
}

fn paragraphs(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("<p>{line}</p>")).collect()
}

/// The lines of a page with this below its day.
fn below(rest: &str) -> Vec<String> {
    let html = format!("<title>{TITLE}</title><h1>{TITLE}</h1><div>发布时间：2023-04-07</div>{rest}");
    read(&html).unwrap()
}

#[test]
fn lines_of_tools_at_either_end_of_a_text_are_none_of_it() {
    let body = paragraphs(&BODY);
    for last in [
        "赞 12",
        "已有0人参与评论",
        "打开微信“扫一扫”",
        "播放 暂停 00:00",
        "默认 大 特大",
        "信息纠错",
        "Produced By 大汉网络",
        "[1] [2] 下一页",
        "第1页/共1页",
        "关联文章：暂无",
        "您对本页面内容是否满意？ 满意 不满意 提交",
        "<label><input type='radio'>满意</label><label><input type='radio'>不满意</label><a>提交</a>",
        "顶一下 (0) 0% 踩一下",
        "关键词：<a href='/tag/1'>供水</a>",
    ] {
        assert_eq!(below(&format!("<div>{body}<p>{last}</p></div>")), BODY, "{last}");
        assert_eq!(below(&format!("<div>{body}<div>{last}</div></div>")), BODY, "{last}");
        let laid_out = format!("<table><tr><td>{body}<p>{last}</p></td></tr></table>");
        assert_eq!(below(&laid_out), BODY, "{last}");
    }
    for first in
        ["我要评论", "评论(0)", "评论：0", "最新评论", "智能朗读", "倍速 1.0x", "简体 | 繁体", "状态：有效", "正文"]
    {
        assert_eq!(below(&format!("<div><div>{first}</div>{body}</div>")), BODY, "{first}");
    }
}

#[test]
fn the_words_of_tools_within_a_text_and_in_its_sentences_stay() {
    let body = paragraphs(&BODY);
    for line in
        ["一、意见反馈", "请点击播放，收看直播。", "群众满意度为98%，比上年提高两个百分点。", "转发各单位遵照执行。"]
    {
        let kept = below(&format!("<div>{body}<p>{line}</p></div>"));
        assert_eq!(kept.last().map(String::as_str), Some(line), "{line}");
    }
    let [first, second, third] = BODY;
    let within = below(&format!("<div>{}</div>", paragraphs(&[first, "意见反馈", second, third])));
    assert_eq!(within.get(1).map(String::as_str), Some("意见反馈"));
    let table = "<table border='1'><tr><td>评价</td><td>人数</td></tr><tr><td>满意</td><td>98</td></tr><tr><td>不满意</td><td>2</td></tr></table>";
    assert!(below(&format!("<div>{body}{table}</div>")).iter().any(|line| line.contains("不满意")));
}

#[test]
fn comments_below_an_article_go_with_their_head() {
    let body = paragraphs(&BODY);
    let said = "<p>水厂的水质越来越好了，希望继续保持。</p>";
    for head in
        ["网友评论（1）", "1 条评论", "《县领导调研供水》有3个想法", "《县领导调研供水》上有 12 条评论", "发表回复"]
    {
        let comments = format!("<div><h3>{head}</h3>{said}</div>");
        assert_eq!(below(&format!("<div>{body}</div>{comments}")), BODY, "{head}");
        assert_eq!(below(&format!("<div>{body}{comments}</div>")), BODY, "{head}");
    }
    for line in ["会后收集到12条评论", "《征求意见稿》收到3条留言", "一、答复12条留言"] {
        let own = below(&format!("<div>{body}<p>{line}</p>{said}</div>"));
        assert_eq!(own.len(), BODY.len() + 2, "{line}: {own:?}");
    }
}

#[test]
fn what_a_machine_says_the_article_is_about_is_no_text() {
    let body = paragraphs(&BODY);
    let said = "副县长调研乡村供水，强调压实责任。";
    for head in ["AI摘要", "智能摘要", "【AI解读】"] {
        let boxed = format!("<div class='s'><div>{head}</div><p>{said}</p><span>内容由AI生成，仅供参考</span></div>");
        let bare = format!("<p>{head}</p><p>{said}</p><p>内容由AI生成，仅供参考</p>");
        for summary in [boxed, bare] {
            for page in [
                format!("{summary}<div>{body}</div>"),
                format!("<div>{summary}{body}</div>"),
                format!("<div>{body}{summary}</div>"),
                format!("<div>{body}</div>{summary}"),
            ] {
                assert_eq!(below(&page), BODY, "{page}");
            }
        }
    }
    // A heading of the same words has the text of the article below it.
    let own = below(&format!("<div><p>智能解读</p>{body}</div>"));
    assert_eq!(own.len(), BODY.len() + 1, "{own:?}");
}

#[test]
fn signs_of_icon_fonts_are_no_text_also_where_strokes_part_them() {
    let body = paragraphs(&BODY);
    for icons in ["\u{e602}\u{e60d}", "\u{e602}|\u{e60d}|\u{e61b}", "\u{e602} / \u{e60d}", "（\u{e602}）"] {
        assert_eq!(below(&format!("<div><p>{icons}</p>{body}</div>")), BODY, "{icons}");
        assert_eq!(below(&format!("<div>{body}<p>{icons}</p></div>")), BODY, "{icons}");
    }
    // A rare letter that a font of its own draws stands among others.
    let named = format!("<div>{body}<p>赵\u{e602}</p><p>2023年4月7日</p></div>");
    assert!(below(&named).contains(&"赵\u{e602}".to_owned()));
}
