//! The layers of DESIGN section 2: who may know whom, what the core may touch, where async may stand, how long a file is.

mod circles;
mod hosts;
mod rules;
mod tokens;

use std::fs;
use std::path::{Path, PathBuf};

/// A source file of the project.
struct File {
    /// Its path below the root of the repository, with `/`.
    path: String,
    /// What it holds.
    text: String,
}

impl File {
    fn sample(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }
}

#[test]
fn stages_never_import_one_another() {
    assert_sound(&files("src", "rs"), rules::imports);
}

#[test]
fn the_core_touches_no_file_network_clock_or_environment() {
    assert_sound(&files("src", "rs"), rules::purity);
}

#[test]
fn async_stands_only_in_fetch_and_commands() {
    assert_sound(&files("src", "rs"), rules::async_code);
}

#[test]
fn a_file_has_one_idea() {
    for folder in ["src", "tests", "benches"] {
        assert_sound(&files(folder, "rs"), rules::length);
    }
}

#[test]
fn a_file_opens_with_a_sentence() {
    for folder in ["src", "tests", "benches"] {
        assert_sound(&files(folder, "rs"), rules::opening);
    }
}

#[test]
fn no_files_import_one_another_in_a_circle() {
    let circles = circles::circles(&files("src", "rs"));
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n"));
}

#[test]
fn no_rule_names_a_host() {
    let known = hosts::corpus();
    for (folder, extension) in [("src", "rs"), ("src", "toml")] {
        assert_sound(&files(folder, extension), |file| hosts::named(file, &known));
    }
}

fn assert_sound(files: &[File], complaints: impl Fn(&File) -> Vec<String>) {
    let complaints: Vec<String> = files.iter().flat_map(complaints).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Every file with this extension below a folder of the repository, in the order of their paths.
fn files(folder: &str, extension: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join(folder), extension, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().components().map(|part| part.as_os_str().to_str().unwrap());
            File { path: name.collect::<Vec<_>>().join("/"), text: fs::read_to_string(&path).unwrap() }
        })
        .collect()
}

fn collect(folder: &Path, extension: &str, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, extension, paths);
        } else if path.extension().is_some_and(|found| found == extension) {
            paths.push(path);
        }
    }
}

#[test]
fn the_files_are_found() {
    let paths: Vec<String> = files("src", "rs").into_iter().map(|file| file.path).collect();
    for path in ["src/main.rs", "src/model/mod.rs", "src/commands/demo/mod.rs"] {
        assert!(paths.iter().any(|found| found == path), "{path} is not looked at");
    }
}
