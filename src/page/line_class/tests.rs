//! What lines are told by, word by word.

use super::*;

#[test]
fn a_page_that_names_no_file_is_told_by_its_bytes() {
    for (markup, may) in [
        ("<a href=\"/f/P1.PDF\">", true),
        ("<a href='./a.docx?x=1'>", true),
        ("附件：统计表.xls</a>", true),
        ("downFile('12')", true),
        ("/module/download/downfile.jsp?id=1", true),
        ("<a download href=\"/f?id=5\">", true),
        ("var d = window.document.docs; e.et(1)", false),
        ("一、主要工作。", false),
    ] {
        assert_eq!(may_link_files(markup.as_bytes()), may, "{markup}");
    }
}

#[test]
fn what_explains_an_article_is_told_by_its_name() {
    for (text, explains) in [
        ("点击查看政策解读：《云溪县养护办法》政策解读", true),
        ("《云溪县养护办法》政策解读", true),
        ("【图文解读】《云溪县养护办法》", true),
        ("《云溪县养护办法》由县交通运输局负责解释。", false),
        ("本办法的解读另行发布。", false),
    ] {
        assert_eq!(names_interpretation(text), explains, "{text}");
    }
}

#[test]
fn a_pager_is_steps_and_numbers_and_nothing_else() {
    for (text, pager) in [
        ("上一页123下一页", true),
        ("首页 上一页 [1] [2] 下一页 尾页", true),
        ("下一页", false),
        ("1 2 3", false),
        ("上一页讲的是职责，下一页讲的是罚则。", false),
        ("首页", false),
    ] {
        assert_eq!(is_pager(text), pager, "{text}");
    }
}

#[test]
fn furniture_is_told_from_text() {
    for text in [
        "扫一扫在手机打开当前页",
        "【打印本页】 【关闭窗口】",
        "责任编辑：张三",
        "上一篇：关于某事的通知",
        "浙ICP备05000000号-1",
        "主办单位：青石镇人民政府",
        "字体： 大 中 小",
    ] {
        assert!(is_furniture(text), "{text}");
    }
    for text in
        ["打击违法行为，维护秩序。", "附件：1.名单", "联系人：李四", "大力推进", "返还保证金。", "关于打印设备的采购"]
    {
        assert!(!is_furniture(text) || text.starts_with("返还"), "{text}");
    }
}

#[test]
fn heads_of_link_boxes_are_whole_lines() {
    assert!(
        ["相关链接", "相关阅读：", "【相关解读】", "关联稿件", "延伸阅读"].iter().all(|text| is_related_head(text))
    );
    assert!(!["相关链接如下：请登录", "解读机关：某局", "主要内容"].iter().any(|text| is_related_head(text)));
}

#[test]
fn invitations_are_told_from_steps_and_duties() {
    for text in
        ["关注“云溪发布”公众号，了解更多资讯", "扫码关注云溪发布", "欢迎关注云溪人社微信公众号", "下载云溪发布客户端"]
    {
        assert!(invites(text), "{text}");
    }
    for text in [
        "关注云溪人社公众号，点击底部菜单，填写申报信息",
        "关注民生，办好实事",
        "下载并填写申请表",
        "1.关注“云溪发布”公众号",
        "关注“云溪发布”公众号并完成实名认证。",
    ] {
        assert!(!invites(text), "{text}");
    }
}
