//! What stands below the last line of a text in its own box: ways to phones, votes, comments, words that no list knows.

use crate::document_of;

const TITLE: &str = "云溪县水务局开展农村供水管护培训";
const BODY: [&str; 4] = [
    "11月8日，县水务局在青石镇举办农村供水管护培训，各乡镇水管员四十余人参加。",
    "培训围绕水质检测、设备检修、水费收缴等内容，采取现场讲解、分组操练的方式进行。",
    "县水务局要求，参训人员要学以致用，把管护责任落实到每一个供水点。",
    "下一步，县水务局将按季度组织培训，并对各供水点开展抽查。",
];

fn read(rest: &str) -> Vec<String> {
    let html = format!("<title>{TITLE}</title><h1>{TITLE}</h1><div>发布时间：2023-11-09　来源：县水务局</div>{rest}");
    let document = document_of(&html).unwrap_or_else(|reason| panic!("{reason:?}: {html}"));
    document.blocks.iter().map(|block| block.text.clone()).collect()
}

fn paragraphs(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("<p>{line}</p>")).collect()
}

/// The lines below the text in its box: as paragraphs, in boxes of their own, as bare text.
fn below(lines: &[&str]) -> [String; 3] {
    let body = paragraphs(&BODY);
    let boxes: String = lines.iter().map(|line| format!("<div><span>{line}</span></div>")).collect();
    let tails = [paragraphs(lines), boxes, lines.join("<br>")];
    tails.map(|tail| format!("<div class='main'><div class='con'>{body}{tail}</div></div>"))
}

#[test]
fn ways_to_the_page_on_a_phone_and_votes_are_no_text() {
    for line in [
        "扫码阅读",
        "手机扫码查看",
        "扫描二维码在手机上查看当前页面",
        "请使用微信扫一扫分享",
        "扫码进入手机页面",
        "长按识别二维码阅读原文",
        "本页二维码",
        "微信好友 朋友圈 新浪微博 QQ空间",
        "文章评价",
        "我要报错",
        "页面纠错",
        "您对本条信息的评价：",
        "这条信息对您有用吗？",
        "0人点赞",
        "喜欢 0 收藏 0",
        "用户名： 密码： 登录 注册",
        "文明上网，理性发言",
        "暂无评论，快来抢沙发吧",
        "还可以输入200字",
        "评论仅代表网友个人观点",
        "时效性：有效",
        "上一个：没有了",
        "上一文章：关于做好防汛工作的通知",
        "由云溪县水务局维护",
        "运维单位：云溪县信息中心",
        "附件列表：",
        "信息附件",
        "部门解读",
        "简明问答",
        "更多精彩",
        "【下载】",
        "拓展阅读",
    ] {
        for page in below(&[line]) {
            assert_eq!(read(&page), BODY, "{page}");
        }
    }
}

#[test]
fn what_text_says_of_codes_votes_and_mistakes_stays() {
    for line in [
        "扫描二维码报名",
        "可扫码查询水费",
        "请扫描二维码填写问卷",
        "考核评价",
        "评价结果：优秀",
        "对服务内容的评价和改进",
        "评价与改进",
        "群众反馈：满意",
        "由县水务局负责维护供水管网",
        "附件2：供水点名单",
        "上一级主管部门：市水务局",
    ] {
        for page in below(&[line]) {
            assert_eq!(read(&page).last().map(String::as_str), Some(line), "{page}");
        }
    }
}

#[test]
fn a_few_words_among_tools_below_the_text_are_tools_too() {
    for unknown in ["云溪发布", "数字报", "局长信箱", "大字版", "今天是：11月9日 星期四"] {
        for (first, last) in [
            ("【打印本页】", "【关闭窗口】"),
            ("责任编辑：张明", "扫一扫在手机打开当前页"),
            ("分享到：", "<a href='/2'>上一篇：关于做好防汛工作的通知</a>"),
        ] {
            for page in below(&[first, unknown, last]) {
                assert_eq!(read(&page), BODY, "{page}");
            }
        }
    }
}

#[test]
fn text_among_tools_stays() {
    // A sentence, an item, an annex and a closing line are text wherever they stand.
    for line in ["附件：1.供水点名单", "县水务局将继续做好培训，请各乡镇配合。", "（联系人：张明）", "2023年11月9日"]
    {
        for page in below(&["【打印本页】", line, "【关闭窗口】"]) {
            assert!(read(&page).iter().any(|shown| shown == line), "{page}");
        }
    }
    // A single word that is a tool elsewhere leads no tools: the last lines of a list.
    let names = ["参训单位", "返回乡镇水管站", "青石镇水管站", "双井镇水管站"];
    for page in below(&names) {
        let text = read(&page);
        assert_eq!(text.iter().skip(BODY.len()).map(String::as_str).collect::<Vec<_>>(), names, "{page}");
    }
    // So are the rows of a table.
    let table = "<table border='1'><tr><td>项目</td><td>价格</td></tr><tr><td>打印</td><td>0.5元</td></tr>\
                 <tr><td>装订</td><td>2元</td></tr><tr><td>分享</td><td>免费</td></tr></table>";
    let text = read(&format!("<div class='con'>{}{table}</div>", paragraphs(&BODY))).join("\n");
    assert!(text.contains("装订") && text.contains("分享"), "{text}");
}

#[test]
fn what_a_site_says_of_itself_below_a_text_is_none_of_it() {
    let body = paragraphs(&BODY);
    for line in [
        "未经授权，不得转载、摘编本网内容。",
        "本站部分内容来源于网络，如有侵权，请联系我们删除。",
        "所有内容均来自互联网，不代表本站观点。",
        "本网站电子版仅供参考，以正式文本为准。",
        "以上内容由人工智能生成，请以正式文件为准。",
        "您的浏览器禁用了脚本，请开启后访问。",
        "网页链接已超出本网站，是否继续访问？",
        "请对本页面内容进行评价，您的意见对我们很重要。",
        "文明上网理性发言，请遵守《新闻评论服务协议》",
        "打开云溪发布客户端，查看更多精彩内容",
        "视频加载失败，请刷新重试",
        "如发现内容有误，请向我们反馈",
    ] {
        let beside = format!("<div class='main'><div class='con'>{body}</div><div><p>{line}</p></div></div>");
        for page in below(&[line]).into_iter().chain([beside]) {
            assert_eq!(read(&page), BODY, "{page}");
        }
    }
    for line in [
        "县水务局网站同步公布培训课件，供各站下载。",
        "培训资料由县水务局编印，未经同意不得外传。",
        "请各站扫描二维码，填写反馈表。",
        "各站不得转载未经核实的水质信息。",
    ] {
        let beside = format!("<div class='main'><div class='con'>{body}</div><div><p>{line}</p></div></div>");
        for page in below(&[line]).into_iter().chain([beside]) {
            assert_eq!(read(&page).last().map(String::as_str), Some(line), "{page}");
        }
    }
    // Among the paragraphs it is the author's.
    let page = format!(
        "<div class='con'>{}</div>",
        paragraphs(&[BODY[0], "如发现内容有误，请向我们反馈。", BODY[1], BODY[2]])
    );
    assert_eq!(read(&page).len(), 4);
}

#[test]
fn links_whose_address_only_a_script_knows_are_told_by_their_form() {
    let titles = ["云溪县2023年供水工作要点", "青石镇开展管网检修", "县水务局检查2022年度冬修工程"];
    let dated: String =
        titles.iter().map(|title| format!("<li><a href='/1'>{title}</a><span>2023-11-01</span></li>")).collect();
    let first: String =
        titles.iter().map(|title| format!("<li><span>2023-11-01</span><a href='/1'>{title}</a></li>")).collect();
    for tail in [
        format!("<ul>{dated}</ul>"),
        format!("<ul>{first}</ul>"),
        "<p>&lt; 县水务局召开供水工作会议</p><p>青石镇开展管网检修 &gt;</p>".to_owned(),
        "<p>前一条信息：县水务局召开供水工作会议</p>".to_owned(),
        "<div><span>文字解读</span><span>图片解读</span><span>视频解读</span></div>".to_owned(),
        "<div><label>非常满意</label><label>满意</label><label>一般</label><label>不满意</label></div>".to_owned(),
        "<p>政策解读链接：http://www.yunxi.test/zcjd/1.html</p>".to_owned(),
        "<p>解读链接：《云溪县供水管护办法》解读</p>".to_owned(),
        "<p>云溪县水务局办公室主办　云溪县信息中心承办</p>".to_owned(),
        "<div>评分：<b>5</b>分（已有12人评分）</div>".to_owned(),
    ] {
        let page = format!("<div class='con'>{}{tail}</div>", paragraphs(&BODY));
        assert_eq!(read(&page), BODY, "{page}");
    }
    for line in [
        "<p>&lt;云溪县供水管护办法&gt;同时废止</p>",
        "<p>原文：第三条供水管护的经费</p>",
        "<p>水压&gt;0.2兆帕，水温&lt;30度</p>",
    ] {
        let page = format!("<div class='con'>{}{line}</div>", paragraphs(&BODY));
        assert_eq!(read(&page).len(), BODY.len() + 1, "{page}");
    }
}

#[test]
fn outside_of_the_box_of_the_text_lists_of_bodies_and_labels_of_forms_are_none_of_it() {
    let body = paragraphs(&BODY);
    let bodies = ["县直部门网站", "县发改局", "县教育局", "县科技局", "县公安局", "县民政局"];
    for part in [
        format!("<ul>{}</ul>", bodies.iter().map(|name| format!("<li>{name}</li>")).collect::<String>()),
        "<div><p>用户名：<input></p><p>密　码：<input></p><p>验证码：<input></p></div>".to_owned(),
        "<div><h4>意见征询</h4><p>您的姓名：<input></p><p>您的意见：<textarea></textarea></p></div>".to_owned(),
    ] {
        let page = format!("<div class='main'><div class='con'>{body}</div>{part}</div>");
        assert_eq!(read(&page), BODY, "{page}");
    }
    // Two or three bodies sign, and what a colon announces comes below it.
    let signed = "<p>云溪县水务局</p><p>云溪县财政局</p><p>2023年11月8日</p>";
    let announced = "<p>附名单如下：</p><p>青石镇水管站、双井镇水管站、白鹿镇水管站。</p>";
    for (part, lines) in [(signed, 3), (announced, 2)] {
        let page = format!("<div class='main'><div class='con'>{body}</div><div>{part}</div></div>");
        assert_eq!(read(&page).len(), BODY.len() + lines, "{page}");
    }
}

#[test]
fn a_sentence_alone_behind_signature_and_day_in_another_box_is_the_sites() {
    let signed: Vec<&str> = BODY.into_iter().chain(["云溪县水务局", "2023年11月8日"]).collect();
    let page =
        |part: &str| format!("<div class='main'><div class='con'>{}</div><div>{part}</div></div>", paragraphs(&signed));
    for slogan in ["弘扬伟大建党精神，奋进新征程！", "全心全意为人民服务！"] {
        assert_eq!(read(&page(&format!("<p>{slogan}</p>"))), signed, "{slogan}");
    }
    // A remark, an annex and a text of several lines are the document's.
    for part in [
        "<p>（此件公开发布）</p>",
        "<p>注：参训人员名单由各站报送，县水务局汇总。</p>",
        "<p>附件：1.参训人员名单</p>",
        "<p>云溪县供水管护办法</p><p>第一条　为加强供水管护，制定本办法。</p><p>第二条　本办法自发布之日起施行。</p>",
    ] {
        assert!(read(&page(part)).len() > signed.len(), "{part}");
    }
    // Where nobody has signed the text goes on.
    let open = format!(
        "<div class='main'><div class='con'>{}</div><div><p>全县供水形势持续向好，群众满意。</p></div></div>",
        paragraphs(&BODY)
    );
    assert_eq!(read(&open).len(), BODY.len() + 1);
}

#[test]
fn a_slogan_above_the_title_does_not_hide_a_text_that_waits_for_a_script() {
    let slogan = "<div><p>为保证浏览质量，请使用新版软件打开。</p></div>";
    let waiting = format!("<div class='m' style='display:none'>{}</div>", paragraphs(&BODY));
    let page = |rest: &str| {
        let html =
            format!("<title>{TITLE}</title><body>{slogan}<h1>{TITLE}</h1><div>发布时间：2023-11-09</div>{rest}</body>");
        document_of(&html).map(|document| document.blocks.iter().map(|block| block.text.clone()).collect::<Vec<_>>())
    };
    assert_eq!(page(&waiting).unwrap(), BODY);
    // Where a text is shown below the title, what is hidden stays out.
    let shown = "<div><p>11月8日，县水务局举办培训，水管员四十余人参加。</p></div>";
    assert_eq!(page(&format!("{shown}{waiting}")).unwrap().len(), 1);
}
