//! Everything that a person reads is there in Chinese: help, messages, tables; and no text of the table is unused.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use assert_cmd::Command as Program;
use clap::Command;
use gongwen::language::{chinese, entries};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use regex::Regex;

/// Where messages for people arise, and files there that hold none: what programs read, pages of the demo, SQL.
const SPEAK: [&str; 13] = [
    "src/commands",
    "src/reading",
    "src/progress",
    "src/crawl",
    "src/config",
    "src/fetch",
    "src/archive",
    "src/file/error.rs",
    "src/export/mod.rs",
    "src/write/mod.rs",
    "src/write/report/mod.rs",
    "src/cli/values.rs",
    "src/log.rs",
];
const SILENT: [&str; 7] = [
    // Pages of the demo's portal.
    "src/commands/demo/markup.rs",
    "src/commands/demo/portal.rs",
    "src/commands/demo/report.rs",
    "src/commands/demo/site.rs",
    // Texts for Prometheus.
    "src/commands/crawl/metrics.rs",
    // Heads of WARC files.
    "src/archive/warc.rs",
    // The log is English.
    "src/fetch/log.rs",
];

/// What is read as prose and is none: the word is followed by why.
const NO_PROSE: [(&str, &str); 18] = [
    ("SELECT", "SQL"),
    ("INSERT", "SQL"),
    ("UPDATE", "SQL"),
    ("DELETE", "SQL"),
    ("CREATE INDEX", "SQL"),
    ("BEGIN IMMEDIATE", "SQL"),
    ("PRAGMA", "SQL"),
    ("CASE WHEN", "SQL"),
    ("checked_at, state", "SQL"),
    ("started_at", "SQL"),
    ("state IN (", "SQL"),
    ("charset=utf-8", "a media type"),
    ("source, run, report", "SQL"),
    ("state, attempts", "SQL"),
    ("# region", "a remark in a file"),
    ("sources list 2>", "a command for the shell"),
    ("<!doctype", "markup"),
    ("certificate verify failed", "the words of OpenSSL, looked for"),
];

/// The text of a string literal.
struct Literal {
    file: String,
    line: usize,
    text: String,
}

fn rust_files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_file() {
        return found.push(path.to_owned());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() || entry.extension().is_some_and(|ending| ending == "rs") {
            rust_files(&entry, found);
        }
    }
}

/// The string literals of a folder or file outside of tests; of attributes only those of `error`.
fn literals(path: &str) -> Vec<Literal> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&root.join(path), &mut files);
    let mut all = Vec::new();
    for file in files {
        let name = file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        if name.contains("tests") {
            continue;
        }
        let stream = TokenStream::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        walk(stream, &name, &mut all);
    }
    all
}

fn walk(stream: TokenStream, file: &str, all: &mut Vec<Literal>) {
    let mut tokens = stream.into_iter().peekable();
    let mut is_test = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                tokens.next_if(|next| matches!(next, TokenTree::Punct(p) if p.as_char() == '!'));
                let Some(TokenTree::Group(group)) = tokens.peek() else { continue };
                let text = group.to_string().replace(' ', "");
                if text.starts_with("[error(") {
                    walk(group.stream(), file, all);
                }
                is_test |= text == "[cfg(test)]";
                tokens.next();
            }
            // What a panic says is for who mends the program, and the log below warnings is for programs.
            TokenTree::Ident(word) if word == "expect" => {
                tokens.next_if(|next| matches!(next, TokenTree::Group(_)));
            }
            TokenTree::Ident(word) if word == "info" || word == "debug" || word == "trace" => {
                tokens.next_if(|next| matches!(next, TokenTree::Punct(p) if p.as_char() == '!'));
                tokens.next_if(|next| matches!(next, TokenTree::Group(_)));
            }
            TokenTree::Group(group) if is_test && group.delimiter() == Delimiter::Brace => is_test = false,
            TokenTree::Group(group) => walk(group.stream(), file, all),
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn_text(&literal.to_string()) {
                    all.push(Literal { file: file.to_owned(), line: literal.span().start().line, text });
                }
            }
            _ => {}
        }
    }
}

/// What a literal of text means, its escapes resolved.
fn syn_text(literal: &str) -> Result<String, ()> {
    if let Some(raw) = literal.strip_prefix('r') {
        return Ok(raw.trim_matches('#').trim_matches('"').to_owned());
    }
    let inner = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or(())?;
    let joined = Regex::new(r"\\\n\s*").unwrap().replace_all(inner, "");
    Ok(joined.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"").replace("\\\\", "\\"))
}

/// English words that are left in a text, apart from names in backticks, flags, addresses and paths.
fn english_left(text: &str) -> Option<String> {
    let names =
        Regex::new(r"`[^`]*`|\{\{.*?\}\}|--?[a-z][a-z-]*|https?://\S+|\S+\.\S+|[A-Z_]{2,}\S*|\S*[=/_]\S*").unwrap();
    let prose = Regex::new(r"\b[a-z]{2,}[,;:]? [a-z]{2,}\b").unwrap();
    prose.find(&names.replace_all(text, "7")).map(|found| found.as_str().to_owned())
}

fn spoken_literals() -> Vec<Literal> {
    let all = SPEAK.iter().flat_map(|path| literals(path));
    all.filter(|literal| !SILENT.contains(&literal.file.as_str()))
        .filter(|literal| !NO_PROSE.iter().any(|(part, _)| literal.text.contains(part)))
        .collect()
}

#[test]
fn every_message_is_there_in_chinese() {
    let gap = Regex::new(r"\{[A-Za-z_0-9]*(:[^}]*)?\}").unwrap();
    let mut missing = Vec::new();
    for Literal { file, line, text } in spoken_literals() {
        for part in text.split('\n') {
            let sample = gap.replace_all(part, "7").replace("{{", "{").replace("}}", "}");
            if english_left(&sample).is_none() {
                continue;
            }
            let said = chinese(&sample);
            if let Some(left) = english_left(&said) {
                missing.push(format!("{file}:{line}: `{left}` is left of: {part}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "{} texts are not in src/language/messages.txt:\n{}",
        missing.len(),
        missing.join("\n")
    );
}

/// Every text of the help of a command and of the verbs below it, by lines.
fn help_texts(command: &Command, texts: &mut BTreeSet<String>) {
    let about = [command.get_about(), command.get_long_about()].into_iter().flatten().map(ToString::to_string);
    texts.extend(about.flat_map(|text| text.lines().map(ToOwned::to_owned).collect::<Vec<_>>()));
    for line in command.get_after_help().map(ToString::to_string).unwrap_or_default().lines() {
        let behind = line.trim_end().rsplit_once("  ").filter(|(head, _)| !head.trim().is_empty());
        texts.insert(behind.map_or(line, |(_, text)| text).trim().to_owned());
    }
    for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
        let help = [arg.get_long_help(), arg.get_help()].into_iter().flatten().next();
        texts.extend(help.map(ToString::to_string));
        texts.extend(arg.get_help_heading().map(ToOwned::to_owned));
        if arg.get_id() != "shell" && arg.get_action().takes_values() {
            texts.extend(arg.get_possible_values().iter().filter_map(|value| Some(value.get_help()?.to_string())));
        }
    }
    command.get_subcommands().for_each(|verb| help_texts(verb, texts));
}

#[test]
fn every_text_of_the_help_is_there_in_chinese() {
    let mut texts = BTreeSet::new();
    help_texts(&gongwen::cli::command(), &mut texts);
    let has_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let known: BTreeMap<&str, &str> = entries().collect();
    let plain = |text: &str| text.trim_end_matches('.').to_owned();
    let needs = |text: &&String| {
        !text.is_empty() && !text.starts_with("gongwen ") && !text.contains(" | ") && *text != "gongwen"
    };
    let missing: Vec<&String> = texts
        .iter()
        .filter(needs)
        .filter(|text| {
            !known.contains_key(plain(text).as_str()) && (english_left(text).is_some() || !has_chinese(text))
        })
        .collect();
    assert!(missing.is_empty(), "{} texts are not in src/language/help.txt:\n{missing:#?}", missing.len());
}

#[test]
fn no_entry_is_unused_or_there_twice_and_each_fills_the_gaps_that_it_has() {
    let gap = Regex::new(r"\{[a-z0-9]+\}").unwrap();
    let word = Regex::new(r"[A-Za-z]{2,}").unwrap();
    let clap: BTreeSet<&str> = include_str!("../../src/language/clap.txt").lines().collect();
    let mut texts = BTreeSet::new();
    help_texts(&gongwen::cli::command(), &mut texts);
    // The words of each source file.
    let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for literal in literals("src") {
        let words = files.entry(literal.file).or_default();
        words.extend(word.find_iter(&literal.text).map(|word| word.as_str().to_owned()));
    }
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for (english, said) in entries() {
        if !seen.insert(english) {
            wrong.push(format!("there twice: {english}"));
        }
        let gaps: BTreeSet<&str> = gap.find_iter(english).map(|gap| gap.as_str()).collect();
        if gap.find_iter(said).any(|gap| !gaps.contains(gap.as_str())) {
            wrong.push(format!("a gap that the English has not: {said}"));
        }
        let bare = gap.replace_all(english, " ");
        let words: Vec<&str> = word.find_iter(&bare).map(|word| word.as_str()).collect();
        if clap.contains(english) || texts.contains(english) || texts.contains(&format!("{english}.")) {
            continue;
        }
        if texts.iter().any(|text| text.trim_end_matches('.') == english) {
            continue;
        }
        if !files.values().any(|known| words.iter().all(|word| known.contains(*word))) {
            wrong.push(format!("nobody says it: {english}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn run(arguments: &[&str]) -> (String, String) {
    let mut program = Program::new(env!("CARGO_BIN_EXE_gongwen"));
    let folder = tempfile::tempdir().unwrap();
    let output = program.env_clear().env("LANG", "zh_CN.UTF-8").current_dir(folder.path()).args(arguments).output();
    let output = output.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

#[test]
fn the_help_of_every_verb_is_chinese_by_the_locale_and_fits_80_columns() {
    fn paths(command: &Command, path: &[String], found: &mut Vec<Vec<String>>) {
        found.push(path.to_vec());
        for verb in command.get_subcommands() {
            paths(verb, &[path, &[verb.get_name().to_owned()]].concat(), found);
        }
    }
    let mut verbs = Vec::new();
    paths(&gongwen::cli::command(), &[], &mut verbs);
    assert!(verbs.len() > 15);
    for verb in verbs {
        for flag in ["--help", "-h"] {
            let words: Vec<&str> = verb.iter().map(String::as_str).chain([flag]).collect();
            let (help, error) = run(&words);
            assert!(
                help.contains("用法：") && help.contains("全局选项") && error.is_empty(),
                "{verb:?} {flag}: {help}{error}"
            );
            for line in help.lines().filter(|line| !line.contains("gongwen ") && !line.contains("[-a-z")) {
                assert_eq!(english_left(line), None, "{verb:?} {flag}: {line}");
                assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{verb:?} {flag}: {line}");
            }
        }
    }
}

#[test]
fn mistakes_and_messages_are_told_in_chinese_and_data_stays_as_it_is() {
    for (arguments, part) in [
        (&["crwal"][..], "没有命令 'crwal'"),
        (&["crawl", "--since-day", "2020"], "不认识的参数 '--since-day'"),
        (&["crawl", "--limit", "0"], "请给不小于 1 的整数"),
        (&["extract"], "缺少必要的参数"),
        (&["build"], "没有存档"),
        (&["crawl", "--shipped", "--source", "nosuch"], "没有来源 `nosuch`"),
        (&["extract", "nosuch.html"], "读取 `nosuch.html` 失败"),
        (&["gaps"], "没有记录"),
    ] {
        let (out, error) = run(arguments);
        assert!(error.contains(part) && out.is_empty(), "{arguments:?}: {error}{out}");
        // The usage of a verb and what the system says stay as they are.
        for line in error.lines().filter(|line| !line.starts_with("用法")) {
            assert_eq!(
                english_left(&line.replace("No such file or directory (os error 2)", "")),
                None,
                "{arguments:?}: {line}"
            );
        }
    }
    let (schema, _) = run(&["schema", "--as", "jsonschema"]);
    assert!(schema.contains("\"description\"") && english_left(&schema).is_some());
    let (english, _) = run(&["--lang", "en", "--help"]);
    assert!(english.contains("Usage:"));
    let (man, _) = run(&["man", "crawl"]);
    assert!(man.contains("Fetch list pages"), "the manual is English unless it is asked for");
}
