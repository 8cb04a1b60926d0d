//! The same trees as html5ever's own tokenizer makes: of the inputs of html5lib, of the corpora, and of damaged pages.
//!
//! What is read is not part of the repository; `GONGWEN_MUTATIONS=100000` asks for as many damaged pages and as many mixtures
//! of tags, `GONGWEN_SEED=7` for others. Nothing goes to the stock tokenizer: ours reads every input.
#![expect(clippy::print_stderr, reason = "who runs the tests is told what was skipped")]

use std::fs;
use std::path::{Path, PathBuf};

use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use scraper::Html;

use crate::page::dom::{Dom, Sink};
use crate::page::parse::tokens;

/// Without the limits, which change the tree of a page that goes beyond them.
fn parsed(text: &str) -> Html {
    let tree = TreeBuilder::new(Sink::new(Dom::new(0)), TreeBuilderOpts::default());
    tokens::feed(text.strip_prefix('\u{feff}').unwrap_or(text), &tree);
    tree.sink.finish().to_html()
}

fn assert_same(text: &str, what: &dyn std::fmt::Debug) {
    let (ours, stock) = (parsed(text), Html::parse_document(text));
    if ours != stock {
        let [ours, stock] = [ours, stock].map(|html| html.html());
        let differ = ours.chars().zip(stock.chars()).position(|(one, other)| one != other).unwrap_or_default();
        // Enough to see what differs, and no page.
        let part = |html: &str| html.chars().skip(differ.saturating_sub(15)).take(40).collect::<String>();
        panic!("{what:?}: ours {:?}, stock {:?}", part(&ours), part(&stock));
    }
}

fn shared(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name)
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(shared(folder)).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|known| known == ending)).collect();
    files.sort();
    files
}

/// The pages as text, whatever their encoding; what they say does not matter here. Those of the second corpus that nobody
/// looks at are left alone.
fn pages() -> Vec<String> {
    let looked_at = shared("corpus2/work.txt");
    let names = fs::read_to_string(looked_at).unwrap_or_default();
    let second = names.lines().map(|name| shared("corpus2/pages").join(name));
    let first = ["corpus/pages", "corpus/lists"].into_iter().flat_map(|folder| files(folder, "html"));
    let read = first.chain(second).map(|path| fs::read(path).unwrap());
    let pages: Vec<String> = read.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect();
    if pages.is_empty() {
        eprintln!("skipped: the corpora are not beside this repository");
    }
    pages
}

#[test]
fn real_pages_give_the_trees_of_the_plain_parser() {
    for (n, page) in pages().iter().enumerate() {
        assert_same(page, &n);
    }
}

/// What puts the tokenizer into each of its states before it reads an input.
const BEFORE: [&str; 9] =
    ["", "<title>", "<style>", "<script>", "<script><!--", "<plaintext>", "<svg>", "<p a='", "<p a="];

#[test]
fn the_inputs_of_html5lib_give_the_trees_of_the_plain_parser() {
    if !shared("html5lib-tests").exists() {
        eprintln!("skipped: the tests of html5lib are not beside this repository");
    }
    let mut compared = 0;
    for path in files("html5lib-tests/tree-construction", "dat") {
        let file = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        for case in file.split("#data\n").skip(1) {
            assert_same(case.split("\n#errors").next().unwrap_or_default(), &path);
            compared += 1;
        }
    }
    for path in files("html5lib-tests/tokenizer", "test") {
        let file: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        for case in file["tests"].as_array().into_iter().flatten() {
            let input = case["input"].as_str().unwrap();
            let escaped = format!("\"{}\"", input.replace('"', "\\\""));
            let unescaped = serde_json::from_str::<String>(&escaped).ok().filter(|_| case["doubleEscaped"] == true);
            let input = unescaped.as_deref().unwrap_or(input);
            for before in BEFORE {
                assert_same(&format!("{before}{input}"), &path);
                compared += 1;
            }
        }
    }
    assert!(compared > 50_000 || !shared("html5lib-tests").exists(), "only {compared} inputs were compared");
}

/// A number that the environment asks for.
fn number(name: &str, unless: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(unless)
}

fn asked(unless: usize) -> usize {
    number("GONGWEN_MUTATIONS", unless)
}

/// Numbers below a bound: the constants of Knuth's MMIX.
fn random() -> impl FnMut(usize) -> usize {
    let mut seed = number("GONGWEN_SEED", 1) as u64;
    move |below| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % below.max(1)
    }
}

#[test]
fn damaged_pages_give_the_trees_of_the_plain_parser() {
    const DAMAGE: [&str; 20] = [
        "<", ">", "</", "\"", "'", "=", "/", "&", "&#", ";", "<!--", "-->", "--", "!", "<script>", "</script", "\0",
        "\r", " ", "]]>",
    ];
    let pages = pages();
    let mut random = random();
    for n in 0..if pages.is_empty() { 0 } else { asked(3000) } {
        let page: Vec<char> = {
            let page = &pages[n % pages.len()];
            let start = page.floor_char_boundary(random(page.len()));
            page.get(start..).unwrap_or_default().chars().take(random(1500)).collect()
        };
        let mut damaged = String::new();
        let mut rest = page.as_slice();
        while !rest.is_empty() {
            let (kept, behind) = rest.split_at(random(200).min(rest.len()));
            damaged.extend(kept);
            damaged.push_str(DAMAGE[random(DAMAGE.len())]);
            rest = behind.get(random(8)..).unwrap_or_default();
        }
        assert_same(&damaged, &n);
    }
}

/// Elements for which the standard has rules of their own, and some that it does not know.
const NAMES: [&str; 64] = [
    "html",
    "head",
    "body",
    "title",
    "base",
    "link",
    "meta",
    "style",
    "script",
    "noscript",
    "template",
    "frameset",
    "frame",
    "iframe",
    "table",
    "caption",
    "colgroup",
    "col",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "select",
    "option",
    "optgroup",
    "form",
    "input",
    "textarea",
    "button",
    "label",
    "p",
    "div",
    "span",
    "h1",
    "h2",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "a",
    "b",
    "i",
    "nobr",
    "font",
    "u",
    "center",
    "marquee",
    "object",
    "pre",
    "br",
    "hr",
    "img",
    "svg",
    "math",
    "mi",
    "desc",
    "foreignObject",
    "annotation-xml",
    "plaintext",
    "o:p",
];

/// What stands between tags and in them.
const PIECES: [&str; 24] = [
    "文字",
    " ",
    "\n",
    "\r\n",
    "\0",
    "&amp;",
    "&lt",
    "&#x4e00;",
    "&#0;",
    "&notit;",
    "<!-- x -->",
    "<!-->",
    "<![CDATA[x]]>",
    "<?x?>",
    "<!DOCTYPE html>",
    " id=a",
    " class='b c'",
    " type=hidden",
    " encoding=\"text/html\"",
    " 数=值",
    "/",
    "<",
    ">",
    "x",
];

/// Tags that open, close and nest as nobody meant them to: formatting across blocks, text in tables, tables in paragraphs.
#[test]
fn mixtures_of_tags_give_the_trees_of_the_plain_parser() {
    let mut random = random();
    for _ in 0..asked(3000) {
        // A few names, so that they meet each other.
        let names: Vec<&str> = (0..2 + random(8)).map(|_| NAMES[random(NAMES.len())]).collect();
        let mut page = String::new();
        for _ in 0..random(60) {
            let name = names[random(names.len())];
            match random(8) {
                0..=3 => page.extend(["<", name, ">"]),
                4 | 5 => page.extend(["</", name, ">"]),
                6 => page.extend(["<", name, PIECES[random(PIECES.len())], PIECES[random(PIECES.len())], ">"]),
                _ => page.push_str(PIECES[random(PIECES.len())]),
            }
        }
        assert_same(&page, &page);
    }
}

/// The line break directly behind them is dropped: what stands between decides, also what is no token of the standard.
#[test]
fn what_follows_pre_is_read_as_by_the_plain_parser() {
    let between = [
        "",
        "</>",
        "\0",
        "</ >",
        "<!--a-->",
        "<!>",
        "&;",
        "&#0;",
        "&#xD;",
        "&#10;",
        "</<",
        "<?a>",
        "</p a>",
        "<",
        "\r",
        "</pre a=b>",
        "<!DOCTYPE>",
        " ",
        "\n</>",
        "</>\n</>",
    ];
    for tag in ["pre", "textarea", "listing"] {
        for between in between {
            assert_same(&format!("<div><{tag}>{between}\n  b</{tag}></div>"), &(tag, between));
        }
    }
}
