//! What lists lead to besides pages of their own site: other sites, scripts, files, twins, folders without end.

use crate::portal::site::{Column, Desk, list_path, report, report_path};
use crate::portal::{Portal, Reply};

/// A list page with these links, newest first.
fn list(links: &[&str]) -> Reply {
    let rows: String = links
        .iter()
        .enumerate()
        .map(|(n, link)| {
            format!("<li><a {link}>云溪县第{n}号法治政府建设年度报告</a><span>2023-02-{:02}</span></li>", 28 - n)
        })
        .collect();
    Reply::html(&format!("<ul>{rows}</ul><script>createPageHTML(1, 0, \"index\", \"html\")</script>"))
}

#[test]
fn other_sites_are_left_out_and_told_unless_the_source_names_them() {
    let portal = Portal::open();
    let foreign = portal.url(3, "/a/1.html");
    let foreign = format!("href=\"{foreign}\"");
    portal.page(2, "/fzzf/index.html", list(&["href=\"1.html\"", &foreign, "href=\"https://mp.weixin.qq.com/s/1\""]));
    portal.page(2, "/fzzf/1.html", Reply::html(&report(2, 1, "")));
    portal.page(3, "/a/1.html", Reply::html(&report(3, 1, "")));
    let desk = Desk::new("");
    desk.source("yunxi", &portal.url(2, "/fzzf/index.html"), "");
    for _ in 0..2 {
        let run = desk.crawl(&[]);
        assert_eq!((run.exit(), run.counts()[4]), (0, 2), "{}", run.said());
        let said = "complete: not asked for, because the list leads to another site: 2 pages";
        assert_eq!(run.status("yunxi"), said);
        assert_eq!(desk.failed(), ["/a/1.html: other_host", "/s/1: other_host"]);
        assert!(portal.answers(3, "/a/1.html").is_empty());
    }
    desk.source("yunxi", &portal.url(2, "/fzzf/index.html"), "[select]\nhosts = [\"127.0.0.3\"]\n");
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()), (0, [3, 1, 0, 1, 1, 0]), "{}", run.said());
    assert_eq!(desk.failed(), ["/s/1: other_host"]);
    desk.source("yunxi", &portal.url(2, "/fzzf/index.html"), "[select]\nhosts = [\"a b\"]\n");
    assert_eq!(desk.crawl(&[]).exit(), 2);
}

#[test]
fn items_that_scripts_open_are_followed_where_the_address_is_told_and_counted_where_it_is_not() {
    let portal = Portal::open();
    let links = [
        "href=\"javascript:openPage('/art/2023/2/28/art_1_1.html')\"",
        "href=\"#\" onclick=\"window.open('/art/2023/2/27/art_1_2.html','_blank')\"",
        "href=\"javascript:void(0)\" data-url=\"/art/2023/2/26/art_1_3.html\"",
        "href=\"javascript:openDetail('4')\"",
    ];
    portal.page(2, "/fzzf/index.html", list(&links));
    for n in 1..=3 {
        portal.page(2, &format!("/art/2023/2/{}/art_1_{n}.html", 29 - n), Reply::html(&report(2, n, "")));
    }
    let desk = Desk::new("");
    desk.source("yunxi", &portal.url(2, "/fzzf/index.html"), "");
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()), (0, [4, 3, 0, 0, 1, 0]), "{}", run.said());
    assert_eq!(desk.failed(), ["openDetail('4'): script_only"]);
    let line = std::fs::read_to_string(desk.output().join("failed.jsonl")).unwrap();
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&line["title"], &line["listed"]), (&"云溪县第3号法治政府建设年度报告".into(), &"2023-02-25".into()));
    assert_eq!(desk.crawl(&[]).exit(), 0, "and every night after");
}

#[test]
fn a_file_in_place_of_a_page_is_kept_and_told() {
    let portal = Portal::open();
    portal.page(2, "/fzzf/index.html", list(&["href=\"1.html\"", "href=\"./P020230228.pdf\"", "href=\"2.doc\""]));
    portal.page(2, "/fzzf/1.html", Reply::html(&report(2, 1, "")));
    let pdf = || Reply::bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n".to_vec());
    portal.page(2, "/fzzf/P020230228.pdf", pdf().header("content-type", "application/pdf"));
    portal.page(2, "/fzzf/2.doc", Reply::bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0".repeat(90)));
    let desk = Desk::new("");
    desk.source("yunxi", &portal.url(2, "/fzzf/index.html"), "");
    let run = desk.run(&["run", "--allow-private", "--json"]);
    assert_eq!(run.report()["counts"]["new"], 3, "{}", run.said());
    assert_eq!(desk.archived("yunxi").len(), 3, "the bytes are in the archive, for a later version to read");
    let files: Vec<String> = desk.failed().iter().map(|line| line.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(files, ["/fzzf/2.doc", "/fzzf/P020230228.pdf"]);
}

#[test]
fn spellings_of_one_address_are_one_page() {
    let portal = Portal::open();
    let links =
        ["href=\"/a/index.html\"", "href=\"/a/\"", "href=\"/a/;jsessionid=7\"", "href=\"/a/#top\"", "href=\"../a/./\""];
    portal.page(2, "/fzzf/index.html", list(&links));
    portal.page(2, "/a/index.html", Reply::html(&report(2, 1, "")));
    portal.page(2, "/a/", Reply::html(&report(2, 1, "")));
    let desk = Desk::new("");
    desk.source("yunxi", &portal.url(2, "/fzzf/index.html"), "");
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()[..2].to_vec()), (0, vec![1, 1]), "{}", run.said());
    assert_eq!(portal.answers(2, "/a/").len() + portal.answers(2, "/a/index.html").len(), 1);
}

#[test]
fn a_folder_without_end_is_left_when_its_budget_is_used_up() {
    let portal = Portal::open();
    let days: Vec<String> = (0..20).map(|n| format!("href=\"/cal/2023/{n:02}/1.html\"")).collect();
    let links: Vec<&str> = days.iter().map(String::as_str).chain(["href=\"1.html\""]).collect();
    portal.page(2, "/fzzf/index.html", list(&links));
    portal.page(2, "/fzzf/1.html", Reply::html(&report(2, 1, "")));
    for n in 0..20 {
        portal.page(2, &format!("/cal/2023/{n:02}/1.html"), Reply::html(&report(2, n, "")));
    }
    let desk = Desk::new("");
    desk.source("yunxi", &portal.url(2, "/fzzf/index.html"), "[budget]\npages_per_folder = 5\n");
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.counts()), (3, [21, 6, 0, 0, 15, 0]), "{}", run.said());
    assert!(run.status("yunxi").contains("more than 5 pages lie below"), "{}", run.status("yunxi"));
    assert_eq!(desk.crawl(&[]).counts()[1], 5, "the next run goes on");
}

#[test]
fn a_layout_that_changes_is_noted_and_an_alarm_where_nothing_is_found() {
    let portal = Portal::open();
    let column = Column::new(2, 20);
    column.serve(&portal);
    let desk = Desk::new("");
    desk.source("yunxi", &column.start(&portal), "[select]\ntitle_matches = '报告'\n");
    assert_eq!(desk.crawl(&[]).exit(), 0);
    let status = desk.run(&["status"]).printed();
    assert!(!status.contains("another way"), "{status}");
    // The same items in another dress.
    let rows = |title: &str| -> String {
        (0..15)
            .map(|n| {
                format!(
                    "<tr><td><a href=\"{}\">云溪县第{n}号{title}</a></td><td>2015-01-{:02}</td></tr>",
                    report_path(n),
                    n + 1
                )
            })
            .collect()
    };
    let dressed = |title: &str| Reply::html(&format!("<table class=\"new\">{}</table>", rows(title)));
    portal.page(2, &list_path(0), dressed("法治政府建设年度报告"));
    let run = desk.crawl(&[]);
    assert_eq!((run.exit(), run.status("yunxi").as_str()), (0, "complete: "), "{}", run.said());
    let status = desk.run(&["status"]).printed();
    assert!(status.contains("its list page has been built in another way since"), "{status}");
    let json: serde_json::Value = serde_json::from_str(&desk.run(&["status", "--json"]).printed()).unwrap();
    assert_eq!((&json[0]["usual_items"], &json[0]["profile"]), (&15.into(), &"trs_static".into()), "{json}");
    assert!(json[0]["newest_age"].as_i64().is_some_and(|days| days > 3000), "{json}");
    // Another dress again, and the column now holds something else.
    let other =
        format!("<div class=\"x\"><dl>{}</dl></div>", rows("通知公告内容").replace("tr>", "dd>").replace("td>", "i>"));
    portal.page(2, &list_path(0), Reply::html(&other));
    let run = desk.crawl(&[]);
    assert_eq!(run.exit(), 4, "{}", run.said());
    assert!(run.status("yunxi").starts_with("changed: the portal has changed its layout"), "{}", run.status("yunxi"));
}
