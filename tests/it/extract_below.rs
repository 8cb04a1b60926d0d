//! What templates put below an article, in its box or beside it: other articles, ways to explanations, notices, tabs.

use gongwen::model::Reason;

use crate::document_of;

const TITLE: &str = "林晓到青石镇调研乡村供水工作";
const BODY: [&str; 4] = [
    "4月6日上午，副县长林晓到青石镇调研乡村供水，县水务局有关负责人参加调研。",
    "在青石村水厂，林晓详细了解水源保护、水质检测等情况，要求确保群众用水安全。",
    "林晓强调，要压实各级责任，加强巡查，发现问题及时处置，让群众喝上放心水。",
    "调研期间，林晓还走访了三户用水群众，听取他们对供水服务的意见和建议。",
];
const OTHERS: [(&str, &str, &str); 3] = [
    ("云溪县召开全县防汛工作会议", "4月5日，全县防汛工作会议召开，部署今年防汛工作。", "2023-04-05"),
    ("云溪县开展安全生产专项检查", "连日来，县应急局对重点企业开展专项检查。", "2023-04-04"),
    ("云溪县组织干部外出考察学习", "为学习先进经验，我县组织干部外出考察，收获颇丰。", "2023-04-03"),
];

fn read(rest: &str) -> Result<Vec<String>, Reason> {
    let html = format!("<title>{TITLE}</title><h1>{TITLE}</h1><div>发布时间：2023-04-07　来源：县政府办</div>{rest}");
    Ok(document_of(&html)?.blocks.iter().map(|block| block.text.clone()).collect())
}

fn paragraphs(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("<p>{line}</p>")).collect()
}

/// Inside of the box of the text, and below it.
fn placed(part: &str) -> [String; 2] {
    let body = paragraphs(&BODY);
    [
        format!("<div class='main'><div class='con'>{body}{part}</div></div>"),
        format!("<div class='main'><div class='con'>{body}</div>{part}</div>"),
    ]
}

/// The items, each written so.
fn items(one: impl Fn(&str, &str, &str) -> String) -> String {
    OTHERS.iter().map(|(title, summary, day)| one(title, summary, day)).collect()
}

#[test]
fn other_articles_with_their_summaries_need_no_head() {
    for part in [
        items(|title, summary, day| {
            format!("<div><h4><a href='/1'>{title}</a></h4><p>{summary}</p><span>{day}</span></div>")
        }),
        format!("<ul>{}</ul>", items(|title, summary, _| format!("<li><a href='/1'>{title}</a><p>{summary}</p></li>"))),
        format!(
            "<dl>{}</dl>",
            items(|title, summary, _| format!("<dt><a href='/1'>{title}</a></dt><dd>{summary}</dd>"))
        ),
    ] {
        for page in placed(&part) {
            assert_eq!(read(&page).unwrap(), BODY, "{page}");
        }
        for head in ["热门推荐", "最新动态", "相关文档 <a href='/more'>更多&gt;&gt;</a>", "一周热点"]
        {
            for page in placed(&format!("<div><h3>{head}</h3>{part}</div>")) {
                assert_eq!(read(&page).unwrap(), BODY, "{page}");
            }
        }
    }
    // Flat below the box.
    let flat = items(|title, summary, _| format!("<h3><a href='/1'>{title}</a></h3><p>{summary}</p>"));
    assert_eq!(read(&placed(&flat)[1]).unwrap(), BODY);
}

#[test]
fn links_that_an_author_sums_up_among_paragraphs_are_text() {
    let digest = items(|title, summary, _| format!("<p><a href='/1'>{title}</a></p><p>{summary}</p>"));
    let kept = read(&placed(&digest)[0]).unwrap();
    assert_eq!(kept.len(), BODY.len() + 2 * OTHERS.len(), "{kept:?}");
    // Two are no column.
    let two: String = OTHERS[..2]
        .iter()
        .map(|(title, summary, _)| format!("<div><a href='/1'>{title}</a><p>{summary}</p></div>"))
        .collect();
    assert!(read(&placed(&two)[0]).unwrap().contains(&OTHERS[0].1.to_owned()));
}

#[test]
fn a_column_with_an_introduction_is_no_article() {
    let column =
        items(|title, summary, day| format!("<li><a href='/1'>{title}</a><p>{summary}</p><i>{day}</i></li>").repeat(2));
    let page =
        format!("<title>工作动态</title><div><p>本栏目发布全县各部门的工作动态，欢迎关注。</p><ul>{column}</ul></div>");
    assert!(document_of(&page).is_err());
}

#[test]
fn ways_to_explanations_below_a_text_are_none_of_it() {
    for part in [
        "<p>政策解读：<a href='/1'>《云溪县供水办法》解读</a></p>",
        "<p>解读：<a href='/1'>《云溪县供水办法》政策解读</a></p>",
        "<p>文件链接：<a href='/1'>云溪县供水办法</a></p>",
        "<div><span>解读文件：</span><a href='/1'>《云溪县供水办法》政策解读</a></div>",
        "<p>【<a href='/1'>政策解读</a>】【<a href='/2'>图解</a>】</p>",
    ] {
        for page in placed(part) {
            assert_eq!(read(&page).unwrap(), BODY, "{page}");
        }
    }
    for line in ["解读：《云溪县供水办法》由县水务局负责解释", "原文：《云溪县供水办法》第三条"]
    {
        let kept = read(&placed(&format!("<p>{line}</p>"))[0]).unwrap();
        assert_eq!(kept.last().map(String::as_str), Some(line));
    }
}

#[test]
fn notices_of_sites_and_players_are_no_text_though_they_are_sentences() {
    for line in [
        "声明：凡本网注明来源的作品，未经授权不得转载。",
        "特别声明：以上文章内容仅代表作者本人观点，不代表本网站观点。",
        "本网站所载内容仅供参考，最终解释权归县政府办所有。",
        "【免责声明】本文仅代表作者本人观点，与本网站无关。",
        "转载请注明来源：云溪县人民政府网",
        "您的浏览器不支持 video 标签。",
        "微信里点“发现”，扫一下二维码便可将本文分享至朋友圈。",
        "扫一扫，分享到微信朋友圈",
        "↑返回顶部",
        "保存　打印　关闭",
        "点击播放视频",
        "您对本页面信息是否满意？",
        "下载客户端，随时随地看新闻",
        "Tags：<a href='/1'>供水</a> <a href='/2'>水务</a>",
        "关键词：供水　调研",
    ] {
        for page in placed(&format!("<p>{line}</p>")) {
            assert_eq!(read(&page).unwrap(), BODY, "{page}");
        }
    }
    for head in ["我来说两句", "评论列表（1）", "网友留言"] {
        let part = format!("<div><h4>{head}</h4><p>网友甲：水质越来越好了，希望继续保持。</p></div>");
        for page in placed(&part) {
            assert_eq!(read(&page).unwrap(), BODY, "{page}");
        }
    }
}

#[test]
fn the_same_words_in_a_text_stay() {
    for line in [
        "特别声明：本次招聘不收取任何费用，不指定培训机构。",
        "声明：本人承诺所填内容真实，如有不实，愿承担责任。",
        "扫一扫，即可在线缴纳水费。",
        "编辑部电话和地址：青石镇文化站，欢迎来稿",
        "编辑出版镇志一部",
        "打印、复印材料由窗口免费提供。",
        "本次供水改造资金由县财政保存并关闭旧账户。",
        "要闻宣传要突出重点，动态信息要及时发布。",
    ] {
        let kept = read(&placed(&format!("<p>{line}</p>"))[0]).unwrap();
        assert_eq!(kept.last().map(String::as_str), Some(line));
    }
}

#[test]
fn tabs_that_are_closed_and_what_frameworks_hide_are_no_text() {
    let other = "<p>为做好供水工作，县水务局就有关问题作如下说明，请结合实际掌握。</p><p>说明共有三条，供参考。</p>";
    let body = paragraphs(&BODY);
    for class in ["hide", "hidden", "box d-none", "tab-pane", "tab-pane fade", "layui-tab-item"] {
        for page in placed(&format!("<div class='{class}'>{other}</div>")) {
            assert_eq!(read(&page).unwrap(), BODY, "{page}");
        }
    }
    // The tab that is open holds the article, and what only narrow screens hide is shown.
    for class in [
        "tab-pane active",
        "tab-pane fade in show",
        "layui-tab-item layui-show",
        "d-none d-md-block",
        "hidden md:block",
        "hidden-xs",
        "hide-title",
    ] {
        let page = format!("<div class='main'><div class='{class}'>{body}</div></div>");
        assert_eq!(read(&page).unwrap(), BODY, "{class}");
        let page = format!(
            "<div class='main'><div>{body}</div><div class='{class}'><p>特此说明，请各单位知悉。</p></div></div>"
        );
        assert_eq!(read(&page).unwrap().len(), BODY.len() + 1, "{class}");
    }
    // Where nothing else is a text, what waits for a script is the article.
    for class in ["hide", "tab-pane", "d-none"] {
        assert_eq!(read(&format!("<div class='{class}'>{body}</div>")).unwrap(), BODY, "{class}");
    }
    // A hidden part that a reader unfolds goes on with the article.
    let (shown, rest) = BODY.split_at(2);
    let page = format!(
        "<div><div>{}</div><a href='#'>展开全文</a><div class='hide'>{}</div></div>",
        paragraphs(shown),
        paragraphs(rest)
    );
    assert_eq!(read(&page).unwrap(), BODY);
}

#[test]
fn words_of_old_templates_at_either_end_of_a_text_are_none_of_it() {
    for line in [
        "文章录入：admin　责任编辑：admin",
        "共有 123 人浏览",
        "本信息已有123人次阅读过",
        "复制本文地址",
        "今日访问：12　总访问：12345",
        "转发到：<a href='/1'>微博</a>",
        "回到首页",
        "大家还在看",
        "无相关附件",
        "举报/反馈",
        "微信分享",
        "长按二维码关注我们",
        "（编辑 张三）",
        "本文来源：云溪日报",
        "网站支持：云溪科技有限公司",
    ] {
        for page in placed(&format!("<p>{line}</p>")) {
            assert_eq!(read(&page).unwrap(), BODY, "{page}");
        }
    }
    let body = paragraphs(&BODY);
    let register = "<table><tr><td>文　　号：</td><td>云水〔2023〕12号</td></tr><tr><td>有 效 性：</td><td>有效</td></tr>\
                    <tr><td>主题分类：</td><td>水利</td></tr></table>";
    for first in
        ["<p>00:00/03:21</p>", "<p>2023年04月07日　来源：县政府办</p>", "<p>首页&gt;政务动态&gt;正文</p>", register]
    {
        let page = format!("<div class='main'><div class='con'>{first}{body}</div></div>");
        assert_eq!(read(&page).unwrap(), BODY, "{page}");
    }
    // The first section is no value of a label above it.
    let page = format!("<div class='main'><div class='con'><div>【摘要】</div><p>一、总体情况</p>{body}</div></div>");
    assert!(read(&page).unwrap().contains(&"一、总体情况".to_owned()));
    for line in ["共有123人参加培训", "2023年4月7日前，完成来源：地排查", "编辑部设在县委宣传部"]
    {
        let kept = read(&placed(&format!("<p>{line}</p><p>以上情况，请各单位知悉，并抓好落实。</p>"))[0]).unwrap();
        assert!(kept.contains(&line.to_owned()), "{line}");
    }
}

/// Each line in an element of its own, in one element, and without any.
fn written(lines: &[&str]) -> [String; 4] {
    let spans: String = lines.iter().map(|line| format!("<span>{line}</span> ")).collect();
    let divs: String = lines.iter().map(|line| format!("<div>{line}</div>")).collect();
    [paragraphs(lines), divs, format!("<div class='xx'>{spans}</div>"), lines.join("<br>")]
}

#[test]
fn invitations_votes_and_empty_lists_below_the_text_are_none_of_it() {
    let link = "<a href='/1'>云溪县召开全县防汛工作会议</a>";
    for lines in [
        &["关注“云溪发布”公众号，了解更多资讯"][..],
        &["扫码关注官方微信"],
        &["下载云溪发布客户端"],
        &["云溪县人民政府办公室 主办"],
        &["云溪县大数据中心　承办"],
        &["您觉得这篇文章是否有用？", "有用", "没用"],
        &["我来说两句", "0条评论"],
        &["参与评论", "登录后可评论"],
        &["扫描二维码分享到手机"],
        &["手机扫一扫，阅读更方便"],
        &["下载PDF版", "下载Word版"],
        &["OFD下载", "PDF下载"],
        &["附件下载：", "暂无附件"],
        &["相关政策", "暂无相关政策"],
        &["政策解读", "暂无"],
        &["违法和不良信息举报电话：0730-0000000"],
        &["视频加载中"],
        &["字号：", "默认", "大", "超大"],
        &["点赞", "收藏", "123"],
        &["相关报道", link, link],
        &["延伸阅读", link],
    ] {
        for part in written(lines) {
            for page in placed(&part) {
                assert_eq!(read(&page).unwrap(), BODY, "{page}");
            }
        }
    }
}

#[test]
fn tools_above_the_text_are_none_of_it() {
    for lines in [
        &["分享到：", "微信", "微博"][..],
        &["AI朗读", "倍速"],
        &["【显示字体： 大 中 小】", "【视力保护色】"],
        &["双击自动滚屏"],
        &["选择阅读字号：[ 大 中 小 ]"],
        &["字数：1234", "预计阅读时间：3分钟"],
    ] {
        for part in written(lines) {
            let page = format!("<div class='con'>{part}{}</div>", paragraphs(&BODY));
            let text = read(&page).unwrap().join("\n");
            assert_eq!(text, BODY.join("\n"), "{page}");
        }
    }
}

#[test]
fn steps_and_last_lines_of_a_text_stay() {
    for line in [
        "关注“云溪人社”公众号，点击底部的菜单，填写申报信息。",
        "下载并填写申请表，于4月20日前交到县水务局。",
        "推荐单位：云溪县水务局",
        "有用的建议将在下次会议上研究。",
        "用户可在手机上登录后查询水费。",
        "举报电话：0730-0000000",
    ] {
        let body = paragraphs(&[BODY[0], BODY[1], line, BODY[2]]);
        let text = read(&format!("<div class='con'>{body}</div>")).unwrap().join("\n");
        assert!(text.contains(line), "{line}\n{text}");
    }
    for line in ["联系电话：0730-0000000", "云溪县水务局", "县水务局主办，青石镇承办", "2023年4月7日"]
    {
        let mut lines = BODY.to_vec();
        lines.push(line);
        let text = read(&format!("<div class='con'>{}</div>", paragraphs(&lines))).unwrap().join("\n");
        assert!(text.ends_with(line), "{line}\n{text}");
    }
}
