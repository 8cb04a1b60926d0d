//! The configuration files of a folder, or those that the program ships.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

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
    /// `sources/**/*.toml`.
    pub(super) sources: Vec<File>,
    /// What is wrong with other files there.
    pub(super) strays: Vec<Problem>,
    /// The sources are of the folder, not those that the program ships.
    pub(super) is_own: bool,
}

impl Files {
    /// Those of a folder, with the sources that the program ships where it holds none; without a folder all that the
    /// program ships. What cannot be read is a problem.
    pub(super) fn of(folder: Option<&Path>, problems: &mut Vec<Problem>) -> Self {
        let Some(folder) = folder else { return Self::shipped() };
        let own = Self::of_folder(folder, problems);
        Self { sources: if own.is_own { own.sources } else { Self::shipped().sources }, ..own }
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
        Self { global: SHIPPED.get_file("gongwen.toml").and_then(file), sources, strays: Vec::new(), is_own: false }
    }

    fn of_folder(folder: &Path, problems: &mut Vec<Problem>) -> Self {
        if !folder.is_dir() {
            let message = "no such folder; give one that holds `gongwen.toml` and `sources/`".to_owned();
            problems.push(Problem { file: folder.display().to_string(), line: None, key: String::new(), message });
            return Self::default();
        }
        let global = read(&folder.join("gongwen.toml"), problems);
        let mut found = Found::default();
        found.walk(&folder.join("sources"), DEPTH);
        found.beside(folder);
        let Found { sources, strays } = found;
        Self { global, is_own: !sources.is_empty() || !strays.is_empty(), sources, strays }
    }
}

/// So many folders may lie in one another: a link may lead back.
const DEPTH: usize = 8;

/// The source files of a folder, and what lies there and is none.
#[derive(Debug, Default)]
struct Found {
    sources: Vec<File>,
    strays: Vec<Problem>,
}

impl Found {
    /// The `.toml` files of a folder and of those below it, sorted by path; a folder that is not there has none.
    fn walk(&mut self, folder: &Path, depth: usize) {
        for path in self.entries(folder) {
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
                continue;
            }
            if path.is_dir() {
                if depth > 0 {
                    self.walk(&path, depth - 1);
                }
            } else if let Some(file) = read(&path, &mut self.strays) {
                match self.sources.iter().find(|known| known.id == file.id) {
                    Some(twin) => {
                        let message =
                            format!("`{}` has the same name, which is the id; rename one of the two", twin.name);
                        self.stray(&path, message);
                    }
                    None => self.sources.push(file),
                }
            } else if id(&path).is_none() && !is_note(&path) {
                self.stray(&path, "the name of a source file ends in `.toml`; rename it, or take it away".to_owned());
            }
        }
    }

    /// Files beside `gongwen.toml` that look like sources.
    fn beside(&mut self, folder: &Path) {
        for path in self.entries(folder) {
            let name = path.file_name().unwrap_or_default();
            let is_meant =
                ["toml", "yaml", "yml"].iter().any(|end| path.extension().is_some_and(|found| found == *end));
            if is_meant && name != "gongwen.toml" && !path.is_dir() && !is_note(&path) {
                self.stray(&path, "source files lie in `sources/`; move it there, or take it away".to_owned());
            }
        }
    }

    fn entries(&mut self, folder: &Path) -> Vec<PathBuf> {
        match std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(entries) => {
                let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
                paths.sort();
                paths
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                self.strays.push(unreadable(folder, &error));
                Vec::new()
            }
        }
    }

    fn stray(&mut self, path: &Path, message: String) {
        self.strays.push(Problem { file: path.display().to_string(), line: None, key: String::new(), message });
    }
}

/// Notes, copies of editors and hidden files may lie beside the sources.
fn is_note(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ends = [".md", ".txt", ".rst", ".bak", ".orig", ".swp", "~"];
    name.starts_with('.') || name.starts_with("readme") || ends.iter().any(|end| name.ends_with(end))
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
