//! No two files of a folder import each other, neither directly nor in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::File;
use super::rules::module;
use super::tokens;

/// For every module the modules beside it that it imports, by their paths.
type Imports = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

/// Every circle of modules that stand side by side.
pub(super) fn circles(files: &[File]) -> Vec<String> {
    let modules: BTreeSet<Vec<String>> = files.iter().map(|file| module(&file.path)).collect();
    let imports = imports(files, &modules);
    let mut found = BTreeSet::new();
    for start in imports.keys() {
        // The way back from what a module imports to itself.
        let mut ways: Vec<Vec<&Vec<String>>> = vec![vec![start]];
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop() {
            for next in way.last().and_then(|last| imports.get(*last)).into_iter().flatten() {
                if next == start {
                    let mut circle: Vec<String> = way.iter().map(|module| module.join("::")).collect();
                    circle.sort();
                    found.insert(circle);
                } else if seen.insert(next) {
                    ways.push([way.as_slice(), &[next]].concat());
                }
            }
        }
    }
    found.into_iter().map(|circle| format!("import one another: {}", circle.join(", "))).collect()
}

/// A folder is one module beside the files of its parent; its `mod.rs` may know all of them, and all of them it.
fn imports(files: &[File], modules: &BTreeSet<Vec<String>>) -> Imports {
    let exports = exports(files, modules);
    let mut imports = Imports::new();
    for file in files {
        let own = module(&file.path);
        let (used, _) = tokens::read(&file.text, &own);
        for used in used.iter().filter(|used| !used.in_test) {
            let Some(target) = target(&used.path, modules, &exports) else { continue };
            // Where the two ways part, both are modules of one folder.
            let common = own.iter().zip(&target).take_while(|(a, b)| a == b).count();
            if common < own.len() && common < target.len() {
                let (from, to) = (own[..=common].to_vec(), target[..=common].to_vec());
                imports.entry(from).or_default().insert(to);
            }
        }
    }
    imports
}

/// The module that a path leads to, also through what its folder exports under its own name.
fn target(
    path: &[String],
    modules: &BTreeSet<Vec<String>>,
    exports: &BTreeMap<Vec<String>, Vec<String>>,
) -> Option<Vec<String>> {
    let known = (1..=path.len()).rev().find(|&n| modules.contains(&path[..n]))?;
    let exported = path.get(..=known).and_then(|name| exports.get(name));
    exported.cloned().or_else(|| Some(path[..known].to_vec()))
}

/// What each `mod.rs` exports: the path of the name to the module in which it is defined.
fn exports(files: &[File], modules: &BTreeSet<Vec<String>>) -> BTreeMap<Vec<String>, Vec<String>> {
    let mut exports = BTreeMap::new();
    for file in files.iter().filter(|file| file.path.ends_with("/mod.rs")) {
        let own = module(&file.path);
        let (used, _) = tokens::read(&file.text, &own);
        for mut path in used.into_iter().map(|used| used.path) {
            // `pub use lines::Body` is a path from here.
            let here = path.first().map(|first| [own.as_slice(), std::slice::from_ref(first)].concat());
            if here.is_some_and(|here| modules.contains(&here)) {
                path = [own.as_slice(), &path].concat();
            }
            let Some(name) = path.last() else { continue };
            let inner = (1..path.len()).rev().find(|&n| modules.contains(&path[..n]));
            if let Some(n) = inner.filter(|&n| n > own.len() && path.starts_with(&own)) {
                exports.insert([own.as_slice(), std::slice::from_ref(name)].concat(), path[..n].to_vec());
            }
        }
    }
    exports
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> usize {
        circles(&files.iter().map(|(path, text)| File::sample(path, text)).collect::<Vec<_>>()).len()
    }

    #[test]
    fn a_circle_is_found_also_through_what_the_folder_exports() {
        let a = ("src/page/a.rs", "use super::b::B;");
        let folder = ("src/page/mod.rs", "mod a; mod b; pub use a::A; pub use b::B;");
        for (b, circles) in [("use super::a::A;", 1), ("use super::A;", 1), ("use crate::text::x;", 0)] {
            assert_eq!(found(&[folder, a, ("src/page/b.rs", b)]), circles, "{b}");
        }
    }

    #[test]
    fn a_folder_counts_as_one_and_its_own_files_may_know_it() {
        let files = [
            ("src/extract/mod.rs", "mod body; mod title; use body::Body;"),
            ("src/extract/body/mod.rs", "mod find; use super::title::T; pub struct Body;"),
            ("src/extract/body/find.rs", "use super::Body;"),
            ("src/extract/title.rs", "pub struct T;"),
        ];
        assert_eq!(found(&files), 0);
        let back = ("src/extract/title.rs", "use super::body::find::F; pub struct T;");
        assert_eq!(found(&[files[0], files[1], files[2], back]), 1);
    }
}
