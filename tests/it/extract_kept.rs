//! What belongs to an article stays in its text wherever it stands; what is left out is furniture, or told of.

use gongwen::model::{Document, Reason, WarningCode};

use crate::document_of;

const TITLE: &str = "云溪县河道保洁办法";
const CHAPTERS: &str = "<p>第一章　总则</p><p>第一条　为加强河道保洁，改善水环境，根据有关法律、法规，结合本县实际，制定本办法。</p>\
    <p>第二条　本办法适用于本县行政区域内河道的保洁及其监督管理，法律、法规另有规定的，从其规定。</p>\
    <p>第三条　河道保洁坚持属地管理、分级负责、社会参与的原则，实行河长负责、专人保洁的制度。</p>\
    <p>第二章　附则</p><p>第四条　本办法自2023年5月1日起施行，由县水务局负责解释，有效期五年。</p>";

fn read(body: &str) -> Result<Document, Reason> {
    let html = format!(
        "<html><head><title>{TITLE}_云溪县人民政府</title></head><body>{body}<div>主办单位：云溪县人民政府</div></body></html>"
    );
    document_of(&html)
}

/// A page that shows its title and when it was published, whose rest is given.
fn shown(body: &str) -> Document {
    read(&format!("<h1>{TITLE}</h1><p>发布时间：2023-03-15</p>{body}")).unwrap()
}

fn is_left_out(document: &Document) -> bool {
    document.warnings.iter().any(|warning| warning.code == WarningCode::TextLeftOut)
}

#[test]
fn a_decree_above_the_rules_that_it_issues_stays() {
    let decree = "《云溪县河道保洁办法》已经2023年3月1日县人民政府常务会议通过，现予公布，自2023年5月1日起施行。";
    for page in [
        format!(
            "<div><table><tr><td>{decree}</td></tr></table><table><tr><td>县　　长</td><td><img src='/sign.jpg'></td></tr></table>\
             <table><tr><td>2023年3月10日</td></tr></table><table><tr><td><p>{TITLE}</p>{CHAPTERS}</td></tr></table></div>"
        ),
        format!("<div><p>{decree}</p><p>县　　长</p><p>2023年3月10日</p></div><div><p>{TITLE}</p>{CHAPTERS}</div>"),
        format!("<p>{decree}</p><p>县长　李明</p><p>2023年3月10日</p><div><div><p>{TITLE}</p>{CHAPTERS}</div></div>"),
    ] {
        let document = shown(&page);
        let text = document.text();
        assert!(
            text.starts_with(decree) && text.contains("2023年3月10日\n云溪县河道保洁办法\n第一章"),
            "{text}\n{page}"
        );
        assert!(text.contains("长") && !is_left_out(&document), "{text}");
    }
}

#[test]
fn the_day_of_publication_above_a_text_is_no_signature() {
    let document = read(&format!("<h1>{TITLE}</h1><p>2023年3月15日</p><div>{CHAPTERS}</div>")).unwrap();
    assert!(document.text().starts_with("第一章"), "{}", document.text());
}

#[test]
fn a_bare_annex_stays_over_its_picture_and_goes_over_what_can_be_downloaded() {
    let letter = "<p>现将河道名录印发给你们，请结合实际，认真组织实施，确保取得实效。</p><p>云溪县水务局</p><p>2023年3月10日</p>";
    let pictured = shown(&format!("<div>{letter}<p>附件：</p><p><img src='/202303/W0202303.png'></p></div>"));
    assert!(pictured.text().ends_with("附件："), "{}", pictured.text());
    for files in
        ["<p><a href='/a.doc'>河道名录.doc</a></p>", "<p><img src='/icon/doc.gif'><a href='/a.doc'>名录</a></p>", ""]
    {
        let linked = shown(&format!("<div>{letter}<p>附件：</p>{files}</div>"));
        assert!(!linked.text().ends_with("附件："), "{}", linked.text());
    }
}

#[test]
fn the_names_of_interpretations_below_the_signature_are_no_text() {
    let letter =
        "<p>现将办法印发给你们，请认真贯彻执行，执行中的问题及时报告。</p><p>云溪县水务局</p><p>2023年3月10日</p>";
    let below = "<p>《云溪县河道保洁办法》政策解读</p><p>《云溪县河道保洁办法》图文解读</p>";
    let document = shown(&format!("<div>{letter}{below}</div>"));
    assert!(document.text().ends_with("2023年3月10日"), "{}", document.text());
}

#[test]
fn what_the_style_of_a_framework_hides_is_hidden() {
    for class in ["ng-hide", "fujian layui-hide"] {
        let part = format!("<div class='{class}'><p>附件信息：本页的附件，请下载后查看。</p></div>");
        let document = shown(&format!("<div>{CHAPTERS}{part}</div>"));
        assert!(document.text().ends_with("有效期五年。"), "{}", document.text());
    }
}

#[test]
fn of_two_texts_that_an_application_keeps_neither_is_the_article() {
    let notice = "为进一步做好河道保洁，县水务局会同有关部门起草了保洁办法，现向社会公开征求意见，请于三月底前反馈，并留下联系方式，以便进一步了解情况。";
    let answer = "截至三月底，县水务局共收到社会各界二十条意见，其中十条与本次征求意见的事项有关，经研究予以采纳，其余意见将在今后的工作中考虑，感谢支持。";
    let application = |texts: &str| {
        let script = "load();".repeat(200);
        let head = format!("<h1>{TITLE}</h1><p>发布时间：2023-03-15</p>");
        format!("{head}<div id='app'></div><script>window.CONFIG = {{ data: {{{texts}}} }}; {script}</script>")
    };
    let two = format!("\"content\": \"<p>{notice}</p>\", \"feedback\": \"<p>{answer}</p>\"");
    assert!(read(&application(&two)).is_err());
    let copy = format!("\"content\": \"<p>{notice}</p>\", \"summary\": \"{notice}\"");
    assert_eq!(read(&application(&copy)).unwrap().text(), notice);
}

#[test]
fn sentences_that_are_left_out_are_furniture_for_certain_or_told_of() {
    let more = |n: usize| {
        format!("<p>第{n}条　河道保洁经费列入年度预算，专款专用，县审计局每年进行专项审计，并向社会公开结果。</p>")
    };
    let body = format!("<div class='text'>{}{CHAPTERS}</div>", (5..15).map(more).collect::<String>());
    let other = "近日，县水务局召开河道保洁现场会，要求各乡镇提高认识，压实责任，抓好落实。";
    // Furniture for certain.
    for around in [
        format!("{body}<div><h3>相关链接</h3><p>{other}</p><p>{other}各村积极行动。</p></div>"),
        format!("{body}<div>上一篇：<a href='/1.html'>通知</a></div><p>{other}</p>"),
        format!("{body}<h3>相关阅读</h3><p><a href='/1.html'>河道保洁现场会召开</a></p><p>{other}</p>"),
        format!("{body}<div class='sidebar'><p>{other}</p></div>"),
        format!("{body}<div style='display:none'><p>{other}</p></div>"),
        format!("{body}<div>【打印本页】</div><div><a href='/1.html'>河道保洁现场会召开</a><p>{other}</p></div>"),
        format!("{body}<p>版权所有：云溪县人民政府。未经许可，任何单位和个人不得转载、摘编本站内容。</p>"),
    ] {
        let document = shown(&around);
        assert!(document.text().ends_with("有效期五年。"), "{around}\n{}", document.text());
        assert!(!is_left_out(&document), "{around}\n{:?}", document.warnings);
    }
    // Nothing says that this is no part of the article; the tools above it end the way down.
    let document = shown(&format!("{body}<div>【打印本页】【关闭窗口】</div><div><p>{other}</p></div>"));
    let told = document.warnings.iter().find(|warning| warning.code == WarningCode::TextLeftOut);
    let detail = format!("1 lines, {} characters", other.chars().count());
    assert_eq!(told.and_then(|warning| warning.detail.as_deref()), Some(detail.as_str()), "{}", document.text());
}

#[test]
fn a_heading_that_a_line_below_the_fold_begins_with_stays() {
    let more = "<a href='javascript:;' onclick='unfold()'>展开全文</a>";
    let shown_part =
        "<p>一、加强保洁</p><p>（一）完善河道保洁责任体系</p><p>各镇落实河长责任，全年开展集中保洁十二次。</p>";
    let folded = "<p>二、加强监督</p><p>（一）完善河道保洁责任体系。县水务局每季检查一次，结果公开。</p>";
    let document = shown(&format!("<div><div>{shown_part}</div>{more}<div style='display:none'>{folded}</div></div>"));
    let text = document.text();
    assert_eq!(text.matches("完善河道保洁责任体系").count(), 2, "{text}");
    // The last line that is shown is cut off by the fold, or says so: then the whole counts.
    for cut in ["（一）完善河道保洁责任体系", "（一）完善河道保洁责任体系……"] {
        let shown_part = format!("<p>一、加强保洁</p><p>各镇落实河长责任，全年开展集中保洁十二次。</p><p>{cut}</p>");
        let page = format!("<div><div>{shown_part}</div>{more}<div style='display:none'>{folded}</div></div>");
        let text = shown(&page).text().clone();
        assert_eq!(text.matches("完善河道保洁责任体系").count(), 1, "{text}");
    }
}

#[test]
fn what_an_article_says_several_times_is_no_copy() {
    let granted = "经审查，该申请材料齐全、符合法定形式，依据《中华人民共和国行政许可法》第三十八条，决定准予许可。";
    let remedy = "如不服本决定，可以自收到本决定书之日起六十日内向云溪县人民政府申请行政复议。";
    let name = |n: usize| format!("云溪县第{n}保洁公司");
    for times in [2, 3, 6] {
        for shape in [
            "<p>NAME</p><p>GRANTED</p><p>REMEDY</p>",
            "NAME<br>GRANTED<br>REMEDY<br>",
            "<div><h4>NAME</h4><p>GRANTED</p><p>REMEDY</p></div>",
            "<div><h4>NAME</h4><p>GRANTED</p><p>REMEDY</p><p>云溪县水务局</p><p>特此公示</p></div>",
            "<div><h4>NAME</h4><p>GRANTEDREMEDY</p></div>",
            "<table><tr><td>NAME</td><td>GRANTEDREMEDY</td></tr></table>",
            "<ul><li>NAME</li><li>GRANTEDREMEDY</li></ul>",
            "<section><p>NAME：</p><p>GRANTED</p><p>REMEDY</p><p>云溪县水务局</p><p>2023年3月15日</p></section>",
        ] {
            let item = |n| shape.replace("NAME", &name(n)).replace("GRANTED", granted).replace("REMEDY", remedy);
            let items: String = (1..=times).map(item).collect();
            let text = shown(&format!("<div class='text'>{items}</div>")).text();
            let found = [granted, remedy].map(|sentence| text.matches(sentence).count());
            assert_eq!(found, [times, times], "{shape}: {text}");
            assert!((1..=times).all(|n| text.contains(&name(n))), "{shape}: {text}");
        }
    }
}

#[test]
fn a_copy_in_another_box_is_left_out_with_what_stands_between() {
    for between in ["", "<p>分享到：</p>", "<p>分享到：</p><p>打印本页</p>"] {
        for times in [2, 3] {
            let body = vec![format!("<div class='box'>{CHAPTERS}</div>"); times].join(between);
            assert_eq!(shown(&body).text().matches("有效期五年。").count(), 1, "{between} {times}");
        }
    }
}

#[test]
fn a_copy_that_begins_right_below_the_text_is_left_out_however_lines_are_broken() {
    let lines = ["同志们：", "全县今年清理河道十二公里，增设保洁点九处。", "各镇要压实河长责任，加强日常巡查。"];
    for (open, close) in [("", "<br>"), ("", "<br><br>"), ("<p>", "</p>"), ("<div>", "</div>"), ("　　", "<br/>\n")] {
        let text: String = lines.iter().map(|line| format!("{open}{line}{close}")).collect();
        for (wide, narrow) in [("div", "div"), ("div", "section"), ("article", "div")] {
            let copies = format!("<{wide} class=pc>{text}</{wide}><{narrow} class=wap>{text}</{narrow}>");
            for page in
                [format!("<h1>在会议上的讲话</h1>{copies}"), format!("<div><h1>在会议上的讲话</h1>{copies}</div>")]
            {
                assert_eq!(shown(&page).text(), lines.join("\n"), "{page}");
            }
        }
    }
}
