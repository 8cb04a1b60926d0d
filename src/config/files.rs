//! The configuration files of a folder, or those that the program ships.

use std::io::ErrorKind;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::Problem;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config");

/// One file: its name for messages, its id and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    /// The path as a reader should see it.
    pub(super) name: String,
    /// The file name without `.toml`.
    pub(super) id: String,
    /// The content.
    pub(super) text: String,
}

/// All files of one configuration, each kind sorted by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Files {
    /// `gongwen.toml`.
    pub(super) global: Option<File>,
    /// `sources/*.toml`.
    pub(super) sources: Vec<File>,
    /// The sources are of the folder, not those that the program ships.
    pub(super) is_own: bool,
}

impl Files {
    /// Those of a folder, with the sources that the program ships where it holds none; without a folder all that the
    /// program ships. What cannot be read is a problem.
    pub(super) fn of(folder: Option<&Path>, problems: &mut Vec<Problem>) -> Self {
        let Some(folder) = folder else { return Self::shipped() };
        let known = problems.len();
        let own = Self::of_folder(folder, problems);
        let is_own = !own.sources.is_empty() || problems.len() > known;
        Self { sources: if is_own { own.sources } else { Self::shipped().sources }, is_own, ..own }
    }

    /// What the program ships.
    pub(super) fn shipped() -> Self {
        let file = |file: &include_dir::File<'_>| {
            // The shipped files are part of the source code, and a test reads them all.
            let text = file.contents_utf8().unwrap_or_default().to_owned();
            Some(File { name: format!("shipped {}", file.path().display()), id: id(file.path())?, text })
        };
        let folder = |name| SHIPPED.get_dir(name).into_iter().flat_map(Dir::files);
        let mut sources: Vec<File> = folder("sources").filter_map(file).collect();
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        Self { global: SHIPPED.get_file("gongwen.toml").and_then(file), sources, is_own: false }
    }

    fn of_folder(folder: &Path, problems: &mut Vec<Problem>) -> Self {
        if !folder.is_dir() {
            let message = "no such folder; give one that holds `gongwen.toml` and `sources/`".to_owned();
            problems.push(Problem { file: folder.display().to_string(), line: None, key: String::new(), message });
            return Self::default();
        }
        let global = read(&folder.join("gongwen.toml"), problems);
        let sources = toml_files(&folder.join("sources"), problems);
        Self { global, sources, is_own: true }
    }
}

/// The `.toml` files of a folder, sorted by name; a folder that is not there has none.
fn toml_files(folder: &Path, problems: &mut Vec<Problem>) -> Vec<File> {
    let entries = match std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            problems.push(unreadable(folder, &error));
            return Vec::new();
        }
    };
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| read(path, problems)).collect()
}

/// The file if it is there and its name ends in `.toml`.
fn read(path: &Path, problems: &mut Vec<Problem>) -> Option<File> {
    let id = id(path)?;
    if path.metadata().is_ok_and(|found| !found.is_file()) {
        // A pipe or a device would be waited for without end.
        let message = "not a regular file; only such files are read".to_owned();
        problems.push(Problem { file: path.display().to_string(), line: None, key: String::new(), message });
        return None;
    }
    match std::fs::read_to_string(path) {
        Ok(text) => Some(File { name: path.display().to_string(), id, text }),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => {
            problems.push(unreadable(path, &error));
            None
        }
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    let message = match error.kind() {
        ErrorKind::InvalidData => "not UTF-8; save it as UTF-8".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    Problem { file: path.display().to_string(), line: None, key: String::new(), message }
}

/// The name without `.toml`; other files are no configuration.
fn id(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    name.strip_suffix(".toml").filter(|id| !id.is_empty() && !id.starts_with('.')).map(ToOwned::to_owned)
}
