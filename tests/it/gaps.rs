//! What a collection lacks is told with its neighbours, and documents that repeat others are told from them.

use assert_cmd::Command;
use serde_json::Value;

use crate::build::{Place, report};

fn gongwen(folder: &std::path::Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongwen"));
    command.env_clear().current_dir(folder).args(args);
    command
}

/// A notice with a number, and the annual reports of two counties.
fn pages(folder: &std::path::Path) {
    let page = |name: &str, title: &str, number: &str, signed: &str| {
        let text = format!(
            "<html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1><div class=\"TRS_Editor\">
             <p>{number}</p><p>　　根据有关规定，现将{title}有关事项说明如下，请结合实际认真贯彻落实，并按时报送情况。</p>
             <p>　　一、总体情况</p><p>　　各项工作按计划推进，取得明显成效，群众满意度稳步提升。</p>
             <p style=\"text-align:right\">{signed}</p><p style=\"text-align:right\">2022年3月1日</p></div></body></html>"
        );
        crate::rebuild::write(&folder.join("saved").join(format!("{name}.html")), text.as_bytes());
    };
    for serial in [2, 3, 6] {
        let title = format!("醴陵市人民政府关于做好第{serial}项工作的通知");
        page(&format!("n{serial}"), &title, &format!("醴政发〔2022〕{serial}号"), "醴陵市人民政府");
    }
    for (county, years) in [("醴陵市", &[2019, 2021][..]), ("攸县", &[2021, 2022])] {
        for year in years {
            let title = format!("{county}{year}年度法治政府建设工作报告");
            page(&format!("{county}{year}"), &title, "", &format!("{county}人民政府"));
        }
    }
    gongwen(folder, &["extract", "--output", "output/records/saved", "saved"]).assert().success();
}

#[test]
fn missing_numbers_and_years_are_told_with_what_stands_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    pages(folder.path());
    let output = gongwen(folder.path(), &["gaps", "--json", "-q"]).assert().success().get_output().clone();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let series = &found["series"];
    assert_eq!((series[0]["mark"].as_str(), series[0]["known"].as_u64()), (Some("醴政发"), Some(3)), "{found:#}");
    let run = |n: usize, key: &str| series[0]["missing"][n][key].clone();
    assert_eq!((run(0, "from"), run(0, "to"), run(0, "before")), (1.into(), 1.into(), Value::Null));
    assert_eq!((run(1, "from"), run(1, "to"), run(1, "before")["serial"].clone()), (4.into(), 5.into(), 3.into()));
    assert_eq!(run(1, "after")["title"], "醴陵市人民政府关于做好第6项工作的通知");
    let reports: Vec<String> = found["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|body| format!("{} {}", body["issuer"], body["missing"]))
        .collect();
    assert_eq!(reports, ["\"醴陵市人民政府\" [2020,2022]"]);

    let text = gongwen(folder.path(), &["gaps"]).assert().success().get_output().stdout.clone();
    let text = String::from_utf8(text).unwrap();
    assert!(
        text.contains("醴政发〔2022〕  3 of 6 known") && text.contains("4–5") && text.contains("missing 2020, 2022"),
        "{text}"
    );
}

#[test]
fn without_records_the_message_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let failed = gongwen(folder.path(), &["gaps"]).assert().code(2).get_output().stderr.clone();
    assert!(String::from_utf8_lossy(&failed).contains("gongwen build"));
    pages(folder.path());
    gongwen(folder.path(), &["gaps", "--source", "elsewhere"]).assert().code(2);
}

#[test]
fn a_reprint_repeats_the_earlier_document_and_a_second_build_changes_nothing() {
    let place = Place::new();
    let mut archive = place.archive();
    let text = String::from_utf8(report(2022, "健全工作机制")).unwrap();
    // The same report in another column two weeks later, with a line above it.
    let reprint = text
        .replace("2023-02-28", "2023-03-14")
        .replace("<div class=\"TRS_Editor\">", "<div class=\"TRS_Editor\"><p>转自青石镇。</p>");
    archive.put(&crate::archive::exchange("c1/2022.html", text.as_bytes())).unwrap();
    archive.put(&crate::archive::exchange("c1/0.html", reprint.as_bytes())).unwrap();
    archive.put(&crate::archive::exchange("c1/2021.html", &report(2021, "健全工作机制"))).unwrap();
    drop(archive);
    place.build(0);
    let documents = place.records("documents.jsonl");
    let of = |page: &str| documents.iter().find(|document| document["url"].as_str().unwrap().ends_with(page)).unwrap();
    assert_eq!(of("/0.html")["duplicate_of"], of("/2022.html")["id"]);
    // Another year is another report, however alike.
    assert_eq!((&of("/2022.html")["duplicate_of"], &of("/2021.html")["duplicate_of"]), (&Value::Null, &Value::Null));
    let counts = place.build(0).build.unwrap().counts;
    assert_eq!((counts.unchanged, counts.changed, counts.new), (3, 0, 0));
    assert_eq!(place.records("documents.jsonl"), documents);
}
