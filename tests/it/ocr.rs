//! Pages that are pictures are read by a program that the configuration names, and by nobody else.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::Value;

use crate::portal::site::{Column, Desk, report, report_path};
use crate::portal::{Portal, Reply};

/// What the program prints for every picture: a paragraph over two lines, a heading, a line that it does not trust.
const SAID: &str = "16\t8\t52\t14\t96\t一、主要工作\n\
                    16\t18\t88\t24\t97\t全镇开展行政执法检查十二\n\
                    4\t28\t46\t34\t95\t次，全部归档。\n\
                    4\t80\t40\t86\t31\t噪声噪声\n";

/// A program that prints this, and notes that it was asked.
fn program(folder: &Path, said: &str) -> String {
    let script = format!(
        "#!/bin/sh\nhead -c 2 \"$1\" >> '{0}/asked'\necho >> '{0}/asked'\ncat <<'END'\n{said}END\n",
        folder.display()
    );
    let path = folder.join("ocr.sh");
    gongwen::write::atomic::replace(&path, script.as_bytes()).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

fn asked(folder: &Path) -> usize {
    std::fs::read_to_string(folder.join("asked")).unwrap_or_default().lines().filter(|line| *line == "P5").count()
}

fn scan() -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/files/pages/scan.pdf")).unwrap()
}

/// `extract --jsonl` of the scan.
fn extracted(desk: &Desk) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/files/pages/scan.pdf");
    let run = desk.run(&["extract", "--jsonl", path.to_str().unwrap()]);
    serde_json::from_str(&run.printed()).unwrap_or_else(|_| panic!("{}", run.said()))
}

#[test]
fn a_scan_is_told_and_read_only_where_a_program_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::new("");
    assert_eq!(extracted(&desk)["reject"]["reason"], "needs_ocr");
    let program = program(folder.path(), SAID);
    let desk = Desk::new(&format!("[ocr]\ncommand = [\"{program}\"]\n"));
    let document = extracted(&desk)["document"].clone();
    assert_eq!(document["text_origin"], "ocr", "{document}");
    let text = document["text"].as_str().unwrap();
    assert!(
        text.contains("全镇开展行政执法检查十二次，全部归档。"),
        "lines go through the layer of paragraphs: {text}"
    );
    assert!(!text.contains("噪声"), "a line that the program does not trust is left out");
    let codes: Vec<&str> =
        document["warnings"].as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"ocr") && !codes.contains(&"needs_ocr"), "{codes:?}");
    assert!(asked(folder.path()) > 0);
}

#[test]
fn a_program_that_fails_leaves_the_page_a_picture() {
    for script in ["exit 3", "sleep 60", "echo nonsense"] {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("ocr.sh");
        gongwen::write::atomic::replace(&program, format!("#!/bin/sh\n{script}\n").as_bytes()).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let more = format!("[ocr]\ntimeout = \"1s\"\ncommand = [\"{}\"]\n", program.display());
        assert_eq!(extracted(&Desk::new(&more))["reject"]["reason"], "needs_ocr", "{script}");
    }
}

#[test]
fn a_build_asks_once_for_each_picture_and_gives_the_same_bytes_again() {
    let folder = tempfile::tempdir().unwrap();
    let portal = Portal::open();
    let column = Column::new(2, 1);
    column.serve(&portal);
    let link = "<p><a href=\"/f/scan.pdf\">附件：扫描件.pdf</a></p></div></body>";
    portal.page(2, &report_path(0), Reply::html(&report(2, 0, "").replace("</div></body>", link)));
    portal.page(2, "/f/scan.pdf", Reply::bytes(scan()));
    let desk = Desk::new(&format!("[ocr]\ncommand = [\"{}\"]\n", program(folder.path(), SAID)));
    desk.source("yunxi", &column.start(&portal), "");
    assert_eq!(desk.run(&["run", "--allow-private", "-q"]).exit(), 0);
    let records = || std::fs::read_to_string(desk.output().join("records/yunxi/documents.jsonl")).unwrap();
    let (before, first) = (records(), asked(folder.path()));
    let file = before.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let file = file.into_iter().find(|document| !document["parent_id"].is_null()).unwrap();
    assert_eq!((&file["text_origin"], &file["title"]), (&"ocr".into(), &"扫描件".into()));
    assert!(first > 0);
    assert_eq!(desk.run(&["build", "-q"]).exit(), 0);
    assert_eq!((records(), asked(folder.path())), (before, first), "what it said is kept");
}
