//! The outline of the real corpus, from its labelled lines: what extraction can at best hand over.

use std::collections::HashMap;
use std::path::PathBuf;

use gongwen::model::{Block, BlockKind, Document, Outline, Role, Section, Style, Table};
use gongwen::structure;
use serde::Deserialize;

#[derive(Deserialize)]
struct Gold {
    file: String,
    kind: String,
    title: Option<String>,
    #[serde(default)]
    lines: Vec<String>,
    #[serde(default)]
    outline: Vec<Opener>,
    #[serde(default)]
    roles: Option<HashMap<String, Vec<usize>>>,
}

#[derive(Deserialize)]
struct Opener {
    line: usize,
    level: u32,
    style: Style,
    number: Option<u32>,
    heading: Option<String>,
}

impl Gold {
    /// The names that sign, in the first document of the page: without a label, without （代章）.
    fn signature(&self) -> impl Iterator<Item = String> {
        let annex =
            self.outline.iter().find(|opener| opener.style == Style::Annex).map_or(usize::MAX, |annex| annex.line);
        let lines =
            self.roles.iter().filter_map(|roles| roles.get("signature")).flatten().filter(move |line| **line < annex);
        lines.map(|&line| {
            let name = self.lines[line].split(['：', '（']).collect::<Vec<_>>();
            flat(if self.lines[line].contains('：') { name[1] } else { name[0] })
        })
    }
}

/// What identifies an opener: level, style, number and the first characters of its text.
type Key = (u32, Style, Option<u32>, String);

#[derive(Default)]
struct Sums {
    gold: usize,
    found: usize,
    right: usize,
    opened: usize,
    headings: usize,
    pages: usize,
    perfect: usize,
    gold_roles: usize,
    found_roles: usize,
    right_roles: usize,
    signed: usize,
    issuers: usize,
}

const ROLES: [(&str, Role); 6] = [
    ("addressee", Role::Addressee),
    ("annex_note", Role::AnnexNote),
    ("signature", Role::Signature),
    ("date", Role::Date),
    ("cc", Role::Cc),
    ("imprint", Role::Imprint),
];

fn shared(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path)
}

/// One paragraph a line; lines with tabs that stand together are one table.
fn document(gold: &Gold) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    let mut table: Vec<&str> = Vec::new();
    let close = |table: &mut Vec<&str>, blocks: &mut Vec<Block>| {
        if !table.is_empty() {
            let rows = table.iter().map(|row| row.split('\t').map(str::to_owned).collect()).collect();
            let kind = BlockKind::Table(Table { rows, header_rows: None });
            blocks.push(Block { kind, ..Block::paragraph(table.join("\n")) });
            table.clear();
        }
    };
    for line in &gold.lines {
        if line.contains('\t') {
            table.push(line);
        } else {
            close(&mut table, &mut blocks);
            blocks.push(Block::paragraph(line));
        }
    }
    close(&mut table, &mut blocks);
    Document { title: gold.title.clone(), blocks, ..Document::default() }
}

fn flat(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn head(text: &str, length: usize) -> String {
    flat(text).chars().take(length).collect()
}

/// Width, brackets and dashes are no difference between headings.
fn fold(heading: Option<&String>) -> Option<String> {
    let folded = |c| match gongwen::text::fold_char(c) {
        '〔' | '【' | '[' => '(',
        '〕' | '】' | ']' => ')',
        '—' | '–' => '-',
        '“' | '”' => '"',
        c => c,
    };
    heading.map(|heading| flat(heading).chars().map(folded).collect())
}

fn gold_openers(gold: &Gold) -> Vec<(Key, Option<String>)> {
    let opener = |opener: &Opener| {
        let end = gold.lines.len().min(opener.line + 3);
        let text = head(&gold.lines[opener.line..end].concat(), 10);
        ((opener.level, opener.style, opener.number, text), fold(opener.heading.as_ref()))
    };
    gold.outline.iter().map(opener).collect()
}

fn found_openers(outline: &Outline, chars: &[char]) -> Vec<(Key, Option<String>)> {
    let opener = |row: &Section| {
        let style = if row.role == Role::Annex { Style::Annex } else { row.style? };
        let numbered = matches!(row.role, Role::Section | Role::Question | Role::Annex);
        let text: String = chars.iter().skip(row.start).take(60).collect();
        numbered.then(|| ((row.level, style, row.number, head(&text, 10)), fold(row.heading.as_ref())))
    };
    outline.sections.iter().filter_map(opener).collect()
}

/// The longest common subsequence, as pairs of indices.
fn aligned<T: PartialEq>(gold: &[T], found: &[T]) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0u32; found.len() + 1]; gold.len() + 1];
    for i in (0..gold.len()).rev() {
        for j in (0..found.len()).rev() {
            best[i][j] = if gold[i] == found[j] { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < gold.len() && j < found.len() {
        if gold[i] == found[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn role_lines(gold: &Gold, outline: &Outline, chars: &[char]) -> (Vec<String>, Vec<String>) {
    let mut labelled: Vec<String> = Vec::new();
    let mut found: Vec<String> = Vec::new();
    for (name, role) in ROLES {
        let lines = gold.roles.iter().filter_map(|roles| roles.get(name)).flatten();
        labelled.extend(lines.map(|&line| format!("{name} {}", head(&gold.lines[line], 40))));
        for row in outline.sections.iter().filter(|row| row.role == role) {
            let text: String = chars[row.start..row.end].iter().collect();
            found.extend(
                text.lines().filter(|line| !flat(line).is_empty()).map(|line| format!("{name} {}", head(line, 40))),
            );
        }
    }
    labelled.sort();
    found.sort();
    (labelled, found)
}

/// Own spans are in order, disjoint, and cover every character that is no blank.
fn tiles(outline: &Outline, chars: &[char]) -> bool {
    let mut behind = 0;
    for row in &outline.sections {
        if row.start < behind || chars[behind..row.start].iter().any(|c| !c.is_whitespace()) || row.end < row.start {
            return false;
        }
        behind = row.end;
    }
    chars[behind..].iter().all(|c| c.is_whitespace())
}

fn count(gold: &Gold, sums: &mut Sums, report: &mut String) {
    use std::fmt::Write;
    let outline = structure(&document(gold));
    let chars: Vec<char> = outline.text.chars().collect();
    assert!(tiles(&outline, &chars), "{}: rows do not tile the text", gold.file);
    let (labelled, found) = (gold_openers(gold), found_openers(&outline, &chars));
    let keys = |openers: &[(Key, Option<String>)]| openers.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    let flatter = |openers: &[(Key, Option<String>)]| {
        openers.iter().map(|((_, style, number, text), _)| (*style, *number, text.clone())).collect::<Vec<_>>()
    };
    let pairs = aligned(&keys(&labelled), &keys(&found));
    let headings = pairs.iter().filter(|&&(i, j)| labelled[i].1 == found[j].1).count();
    sums.gold += labelled.len();
    sums.found += found.len();
    sums.right += pairs.len();
    sums.headings += headings;
    sums.opened += aligned(&flatter(&labelled), &flatter(&found)).len();
    let right = pairs.len() == labelled.len() && pairs.len() == found.len() && headings == pairs.len();
    if !labelled.is_empty() {
        sums.pages += 1;
        sums.perfect += usize::from(right);
    }
    let (a, b) = role_lines(gold, &outline, &chars);
    let same = aligned(&a, &b);
    sums.gold_roles += a.len();
    sums.found_roles += b.len();
    sums.right_roles += same.len();
    let signed: String = gold.signature().collect();
    if !signed.is_empty() {
        sums.signed += 1;
        sums.issuers += usize::from(flat(&outline.issuers.concat()) == signed);
    }
    if !right || same.len() != a.len() || same.len() != b.len() {
        let _ = writeln!(report, "== {}", gold.file);
        for (n, (key, heading)) in labelled.iter().enumerate().filter(|(n, _)| !pairs.iter().any(|(i, _)| i == n)) {
            let _ = writeln!(report, "  missing {n} {key:?} {heading:?}");
        }
        for (n, (key, heading)) in found.iter().enumerate().filter(|(n, _)| !pairs.iter().any(|(_, j)| j == n)) {
            let _ = writeln!(report, "  extra   {n} {key:?} {heading:?}");
        }
        for &(i, j) in pairs.iter().filter(|&&(i, j)| labelled[i].1 != found[j].1) {
            let _ = writeln!(report, "  heading {:?} gold {:?} got {:?}", labelled[i].0, labelled[i].1, found[j].1);
        }
        for (n, line) in a.iter().enumerate().filter(|(n, _)| !same.iter().any(|(i, _)| i == n)) {
            let _ = writeln!(report, "  role missing {n} {line}");
        }
        for (n, line) in b.iter().enumerate().filter(|(n, _)| !same.iter().any(|(_, j)| j == n)) {
            let _ = writeln!(report, "  role extra   {n} {line}");
        }
    }
}

/// What the labelled lines of one folder must at least reach.
type Floors = [(&'static str, f64); 6];

#[expect(clippy::cast_precision_loss, clippy::print_stderr, reason = "figures for a reader of the test")]
fn reaches(folder: &str, floors: Floors) {
    let Ok(files) = std::fs::read_dir(shared(folder)) else {
        eprintln!("skipped: no ../shared/{folder} here");
        return;
    };
    let mut files: Vec<PathBuf> = files.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.sort();
    let (mut sums, mut report) = (Sums::default(), String::new());
    for file in files {
        let gold: Gold = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        if gold.kind == "article" {
            count(&gold, &mut sums, &mut report);
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let figures = [
        share(2 * sums.right, sums.gold + sums.found),
        share(2 * sums.opened, sums.gold + sums.found),
        share(sums.headings, sums.right),
        share(sums.perfect, sums.pages),
        share(2 * sums.right_roles, sums.gold_roles + sums.found_roles),
        share(sums.issuers, sums.signed),
    ];
    for (figure, (name, floor)) in figures.iter().zip(floors) {
        eprintln!("{name:16} {figure:.4} floor {floor}");
    }
    eprintln!("{report}");
    for (figure, (name, floor)) in figures.into_iter().zip(floors) {
        assert!(figure >= floor, "{name} {figure:.4} < {floor}\n{report}");
    }
}

#[test]
fn the_labelled_lines_of_pages_are_read_right() {
    reaches(
        "corpus/gold",
        [
            ("outline_f1", 0.995),
            ("opener_f1", 0.995),
            ("heading", 0.995),
            ("outline_perfect", 0.97),
            ("roles_f1", 0.99),
            ("issuers", 0.95),
        ],
    );
}

/// Three of these files are notices with the document that they issue; their labels give that document no scope of its
/// own, as those of pages do, so levels differ there and only the openers can be compared.
#[test]
fn the_labelled_lines_of_files_are_read_right() {
    reaches(
        "corpus/files_gold",
        [
            ("outline_f1", 0.72),
            ("opener_f1", 0.985),
            ("heading", 0.99),
            ("outline_perfect", 0.6),
            ("roles_f1", 0.95),
            ("issuers", 0.8),
        ],
    );
}
