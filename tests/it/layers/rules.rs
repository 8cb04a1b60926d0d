//! What is asked of a source file; each rule is a function from the file to its complaints.

use super::File;
use super::tokens::{self, Used};

const MAX_LINES: usize = 400;
const STAGES: [&str; 10] =
    ["discover", "fetch", "archive", "extract", "file", "structure", "record", "facts", "write", "progress"];
const CORE: [&str; 11] =
    ["model", "text", "words", "page", "discover", "extract", "file", "structure", "record", "facts", "reading"];
/// From the bytes of one page to its records, without the outside world.
const READING: [&str; 10] =
    ["model", "text", "words", "config", "page", "discover", "extract", "file", "structure", "record"];
const ASYNC: [&str; 3] = ["fetch", "crawl", "commands"];
/// A crawl joins stages; of verbs and their flags it knows nothing.
const CRAWL: [&str; 9] = ["model", "text", "words", "config", "page", "discover", "fetch", "archive", "progress"];
/// What the outside world is reached through.
const EFFECTS: [&[&str]; 14] = [
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "io", "stdin"],
    &["std", "io", "stdout"],
    &["std", "io", "stderr"],
    &["std", "time", "Instant"],
    &["std", "time", "SystemTime"],
    &["tokio"],
    &["reqwest"],
    &["rusqlite"],
    &["tempfile"],
];
/// Addresses are plain values.
const VALUES: [&str; 4] = ["IpAddr", "Ipv4Addr", "Ipv6Addr", "SocketAddr"];
const CLOCKS: [&str; 4] = ["Timestamp", "Zoned", "SystemTime", "Instant"];

/// The modules that a module may know; `None` = all.
fn may_import(module: &str) -> Option<&'static [&'static str]> {
    match module {
        "text" | "language" => Some(&[]),
        "model" | "words" => Some(&["text"]),
        "config" => Some(&["model", "text", "words"]),
        "cli" => Some(&["model", "text", "words", "language"]),
        // It speaks to people, as the verbs do.
        "progress" => Some(&["model", "language"]),
        "page" => Some(&["model", "text", "words", "config"]),
        stage if STAGES.contains(&stage) => Some(&["model", "text", "words", "config", "page"]),
        "crawl" => Some(&CRAWL),
        "reading" => Some(&READING),
        "export" => Some(&["model", "record", "write"]),
        _ => None,
    }
}

/// Stages never import one another, and nothing imports what stands above it.
pub(super) fn imports(file: &File) -> Vec<String> {
    let module = top_module(file);
    let Some(allowed) = may_import(&module) else { return Vec::new() };
    let foreign = |used: &Used| {
        let imported = match used.path.as_slice() {
            [root, imported, ..] if root == "crate" => imported,
            _ => return false,
        };
        *imported != module && !allowed.contains(&imported.as_str())
    };
    complaints(file, |used| foreign(used).then(|| format!("`{module}` may not know `{}`", used.path.join("::"))))
}

/// The core is a pure function of what it is given.
pub(super) fn purity(file: &File) -> Vec<String> {
    if !CORE.contains(&top_module(file).as_str()) {
        return Vec::new();
    }
    complaints(file, |used| {
        let path: Vec<&str> = used.path.iter().map(String::as_str).collect();
        let effect = EFFECTS.iter().any(|effect| path.len() > 1 && path.starts_with(effect));
        let value = path.starts_with(&["std", "net"]) && path.get(2).is_some_and(|name| VALUES.contains(name));
        let clock = matches!(path.as_slice(), [.., kind, "now"] if CLOCKS.contains(kind));
        (!used.in_test && (effect && !value || clock)).then(|| format!("the core may not use `{}`", path.join("::")))
    })
}

/// Waiting belongs where there is something to wait for.
pub(super) fn async_code(file: &File) -> Vec<String> {
    if ASYNC.contains(&top_module(file).as_str()) {
        return Vec::new();
    }
    complaints(file, |used| {
        let word = used.path.first().filter(|word| ["async", "await", "tokio"].contains(&word.as_str()))?;
        Some(format!("`{word}` belongs in {}", ASYNC.join(", ")))
    })
}

/// A longer file holds a second idea.
pub(super) fn length(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    let long = (lines > MAX_LINES).then(|| format!("{}: {lines} lines, more than {MAX_LINES}", file.path));
    long.into_iter().collect()
}

/// The first line says what the file is for.
pub(super) fn opening(file: &File) -> Vec<String> {
    let mut opening = file.text.lines().take_while(|line| line.starts_with("//!"));
    let opens = opening.next().and_then(|line| line.strip_prefix("//! ")).is_some_and(|line| !line.trim().is_empty());
    let ends = file.text.lines().map_while(|line| line.strip_prefix("//!")).take_while(|line| !line.is_empty());
    let ended = ends.last().is_some_and(|line| line.trim_end().ends_with(['.', ':', '!', '?']));
    if opens && ended { Vec::new() } else { vec![format!("{}: does not open with a `//!` sentence", file.path)] }
}

/// `src/page/decode.rs` is in `page`, `src/cli.rs` is `cli`.
fn top_module(file: &File) -> String {
    module(&file.path).get(1).cloned().unwrap_or_default()
}

/// The path of the module that a file is.
pub(super) fn module(path: &str) -> Vec<String> {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    let inner = inner.strip_suffix(".rs").unwrap_or(inner);
    let parts = inner.split('/').filter(|part| !["mod", "lib", "main"].contains(part));
    std::iter::once("crate").chain(parts).map(str::to_owned).collect()
}

fn complaints(file: &File, complaint: impl Fn(&Used) -> Option<String>) -> Vec<String> {
    let (used, _) = tokens::read(&file.text, &module(&file.path));
    used.iter().filter_map(|used| Some(format!("{}:{}: {}", file.path, used.line, complaint(used)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_across_stages_is_found() {
        for (path, text, fine) in [
            ("src/extract/title.rs", "use crate::model::Page;", true),
            ("src/extract/title.rs", "use crate::extract::Rules;", true),
            ("src/extract/title.rs", "use super::Rules;", true),
            ("src/extract/title.rs", "use crate::structure::structure;", false),
            ("src/extract/title.rs", "use super::super::fetch;", false),
            ("src/extract/mod.rs", "use super::fetch::Client;", false),
            ("src/extract/mod.rs", "fn f() { crate::commands::dispatch() }", false),
            ("src/extract/mod.rs", "#[cfg(test)] mod tests { use crate::fetch::Client; }", false),
            ("src/extract/title.rs", "use crate::page::View;", true),
            ("src/page/decode.rs", "use crate::extract::Rules;", false),
            ("src/config/load.rs", "use crate::page::View;", false),
            ("src/progress.rs", "use crate::archive::Archive;", false),
            ("src/text/date.rs", "use crate::model::Page;", false),
            ("src/model/page.rs", "use crate::{text::is_blank, config::Config};", false),
            ("src/config/load.rs", "use crate::extract::Rules;", false),
            ("src/cli.rs", "use crate::commands::Exit;", false),
            ("src/crawl/lists.rs", "use crate::{discover, fetch::Client};", true),
            ("src/crawl/engine.rs", "use crate::cli::CrawlArgs;", false),
            ("src/crawl/retry.rs", "use crate::commands::Usage;", false),
            ("src/archive/put.rs", "use crate::crawl::Clock;", false),
            ("src/commands/build.rs", "use crate::{archive, extract, write};", true),
            ("src/reading/page.rs", "use crate::{extract, file, structure, record};", true),
            ("src/reading/page.rs", "use crate::archive::Archive;", false),
        ] {
            assert_eq!(imports(&File::sample(path, text)).is_empty(), fine, "{path}: {text}");
        }
    }

    #[test]
    fn an_effect_in_the_core_is_found() {
        for (path, text, fine) in [
            ("src/text/date.rs", "use std::fmt; use std::time::Duration;", true),
            ("src/text/date.rs", "use std::fs;", false),
            ("src/model/page.rs", "use std::{fmt, fs::File};", false),
            ("src/discover/mod.rs", "fn f() { std::net::TcpStream::connect(x) }", false),
            ("src/discover/mod.rs", "use std::net::{IpAddr, TcpStream};", false),
            ("src/model/exchange.rs", "use std::net::IpAddr;", true),
            ("src/extract/mod.rs", "fn f() -> X { std::env::var(y) }", false),
            ("src/structure/mod.rs", "use tokio::time;", false),
            ("src/record/mod.rs", "fn f() { jiff::Timestamp::now() }", false),
            ("src/record/mod.rs", "use jiff::Timestamp; fn f() { Timestamp::now() }", false),
            ("src/record/mod.rs", "#[cfg(test)] mod tests { use std::fs; }", true),
            ("src/record/tests.rs", "use std::fs;", true),
            ("src/reading/file.rs", "use std::fs;", false),
            ("src/archive/mod.rs", "use std::fs;", true),
        ] {
            assert_eq!(purity(&File::sample(path, text)).is_empty(), fine, "{path}: {text}");
        }
    }

    #[test]
    fn async_elsewhere_is_found() {
        for (path, text, fine) in [
            ("src/fetch/mod.rs", "async fn get() {}", true),
            ("src/crawl/engine.rs", "async fn crawl() { get().await }", true),
            ("src/commands/demo/portal.rs", "async fn serve() { answer().await }", true),
            ("src/write/mod.rs", "async fn replace() {}", false),
            ("src/archive/mod.rs", "fn f() { g(async { 1 }) }", false),
            ("src/progress.rs", "use tokio::sync::mpsc;", false),
            ("src/write/mod.rs", "// async\nfn f() {}", true),
        ] {
            assert_eq!(async_code(&File::sample(path, text)).is_empty(), fine, "{path}: {text}");
        }
    }

    #[test]
    fn a_long_file_is_found() {
        assert!(length(&File::sample("src/a.rs", &"x\n".repeat(MAX_LINES))).is_empty());
        assert_eq!(length(&File::sample("src/a.rs", &"x\n".repeat(MAX_LINES + 1))).len(), 1);
    }

    #[test]
    fn a_file_without_a_sentence_is_found() {
        for (text, fine) in [
            ("//! Dates as pages print them.\n\nuse a;", true),
            ("//! Dates as pages print them:\n//! `2023-02-28`.\n", true),
            ("//! One.\n//!\n//! More words\n", true),
            ("//! Dates\n\nuse a;", false),
            ("//!\n\nuse a;", false),
            ("// Dates.\n", false),
            ("use a;\n//! Dates.\n", false),
            ("", false),
        ] {
            assert_eq!(opening(&File::sample("src/a.rs", text)).is_empty(), fine, "{text:?}");
        }
    }
}
