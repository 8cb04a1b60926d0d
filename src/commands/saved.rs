//! Saved pages as the command line names them: files, folders, standard input, and the addresses that belong to them.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use url::Url;

use super::ordered::ordered;
use super::terminal::{complain, written};
use super::{Exit, Usage};
use crate::model::{PageFormat, Reason};
use crate::reading::{self, Input};

/// Endings of file names under which browsers and crawlers save pages and files; other files of a folder are passed over.
const PAGE_ENDINGS: [&str; 24] = [
    "html", "htm", "shtml", "xhtml", "jhtml", "jsp", "aspx", "php", "txt", "pdf", "ofd", "docx", "docm", "doc", "wps",
    "rtf", "xlsx", "xlsm", "xls", "et", "zip", "rar", "7z", "dot",
];

/// One saved page, not read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SavedPage {
    /// The path as it was given; `-` is standard input.
    pub(super) path: PathBuf,
    /// Where it was fetched, if known.
    pub(super) url: Option<Url>,
    /// Markup or plain text.
    pub(super) format: PageFormat,
}

impl SavedPage {
    /// The name under which results are reported.
    pub(super) fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// What it holds: itself, or the files of an archive.
    pub(super) fn inputs(&self) -> anyhow::Result<Vec<Input>> {
        Ok(reading::inputs(&self.name(), self.bytes()?, self.format, self.url.as_ref()))
    }

    /// The bytes.
    pub(super) fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        if self.path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).context("failed to read standard input")?;
            return Ok(bytes);
        }
        std::fs::read(&self.path).with_context(|| format!("failed to read `{}`", self.path.display()))
    }
}

/// Which addresses belong to which files.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    by_name: HashMap<String, Url>,
    only: Option<Url>,
}

impl Addresses {
    /// One address for the one page.
    pub(super) fn one(url: Url) -> Self {
        Self { by_name: HashMap::new(), only: Some(url) }
    }

    /// Reads lines of `file name<TAB>URL`; blank lines and lines that begin with `#` say nothing.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("failed to read `{}`", path.display()))?;
        let mut by_name = HashMap::new();
        for (n, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let place = || format!("`{}` line {}", path.display(), n + 1);
            let Some((name, url)) = line.split_once('\t') else {
                return Err(Usage(format!("{}: no tab; write a file name, a tab and its URL", place())).into());
            };
            let url = Url::parse(url.trim()).map_err(|error| Usage(format!("{}: `{url}`: {error}", place())))?;
            by_name.insert(name.trim().to_owned(), url);
        }
        Ok(Self { by_name, only: None })
    }

    /// The address of a file, by its path as given or by its bare name.
    fn of(&self, path: &Path) -> Option<Url> {
        let named = |name: &OsStr| name.to_str().and_then(|name| self.by_name.get(name));
        let found = self.only.as_ref().or_else(|| named(path.as_os_str()));
        found.or_else(|| path.file_name().and_then(named)).cloned()
    }
}

/// Every page that the inputs name, folders opened and sorted by path.
///
/// `plain` says that all of them are plain text; without it only files ending in `.txt` are.
pub(super) fn saved_pages(inputs: &[PathBuf], addresses: &Addresses, plain: bool) -> anyhow::Result<Vec<SavedPage>> {
    let mut paths = Vec::new();
    for input in inputs {
        if input.is_dir() {
            let before = paths.len();
            pages_below(input, &mut paths)?;
            if paths.len() == before {
                let endings = PAGE_ENDINGS.join(", ");
                return Err(Usage(format!("no page in folder `{}`: looked for {endings}", input.display())).into());
            }
        } else {
            paths.push(input.clone());
        }
    }
    if addresses.only.is_some() && paths.len() != 1 {
        return Err(Usage(format!("`--url` is for one page, but there are {}: use `--urls FILE`", paths.len())).into());
    }
    Ok(paths
        .into_iter()
        .map(|path| SavedPage {
            url: addresses.of(&path),
            format: if plain || ending(&path) == "txt" { PageFormat::Plain } else { PageFormat::Html },
            path,
        })
        .collect())
}

/// What is printed of one saved page.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// The lines.
    pub(super) text: String,
    /// How many documents it gave.
    pub(super) documents: usize,
    /// Why it gave none; one entry a page or file.
    pub(super) turned_away: Vec<Reason>,
}

impl From<String> for Shown {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// What became of all saved pages.
#[derive(Debug, Default)]
pub(super) struct Tally {
    read: usize,
    unread: usize,
    documents: usize,
    turned_away: BTreeMap<Reason, usize>,
}

impl Tally {
    /// A page that gives no document is data; one that cannot be read is missing in the result.
    pub(super) fn exit(&self) -> Exit {
        match (self.read, self.unread) {
            (_, 0) => Exit::Done,
            (0, _) => Exit::Failed,
            _ => Exit::Partial,
        }
    }

    /// Counts a page that could be read.
    pub(super) fn read(&mut self, documents: usize, turned_away: impl IntoIterator<Item = Reason>) {
        self.read += 1;
        self.documents += documents;
        for reason in turned_away {
            *self.turned_away.entry(reason).or_default() += 1;
        }
    }

    /// Counts a page that could not, and says why.
    pub(super) fn unread(&mut self, error: &anyhow::Error) {
        self.unread += 1;
        complain(&format!("{error:#}"));
    }

    /// A line about pages that gave no document; nothing if there are none.
    pub(super) fn line(&self) -> Option<String> {
        let n_turned: usize = self.turned_away.values().sum();
        if n_turned + self.unread == 0 {
            return None;
        }
        let mut parts = vec![format!("documents: {}", self.documents)];
        if n_turned > 0 {
            let reasons: Vec<String> =
                self.turned_away.iter().map(|(reason, n)| format!("{} {n}", reason.as_str())).collect();
            parts.push(format!("turned away: {n_turned} ({})", reasons.join(", ")));
        }
        if self.unread > 0 {
            parts.push(format!("not to be read: {}", self.unread));
        }
        Some(parts.join(", ") + "\n")
    }
}

/// Prints what `shown` makes of every page, in order; a page that cannot be read is named on stderr, and the rest goes on.
pub(super) fn print_each<T: Into<Shown> + Send>(
    pages: &[SavedPage],
    shown: impl Fn(&SavedPage) -> anyhow::Result<T> + Sync,
) -> anyhow::Result<Tally> {
    // A record is some 10 KB.
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut tally = Tally::default();
    let shown = |page: &SavedPage| shown(page).map(Into::into);
    let bytes = |shown: &anyhow::Result<Shown>| shown.as_ref().map_or(0, |shown| shown.text.len());
    let result = ordered(pages, shown, bytes, |shown| match shown {
        Ok(shown) => {
            tally.read(shown.documents, shown.turned_away);
            out.write_all(shown.text.as_bytes())
        }
        Err(error) => {
            tally.unread(&error);
            Ok(())
        }
    });
    written(result.and_then(|()| out.flush()))?;
    Ok(tally)
}

fn pages_below(folder: &Path, paths: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let context = || format!("failed to list folder `{}`", folder.display());
    let entries = std::fs::read_dir(folder).with_context(context)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().with_context(context)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // A link to a folder is not followed: it may lead back up.
        if entry.file_type().with_context(context)?.is_dir() {
            pages_below(&path, paths)?;
        } else if PAGE_ENDINGS.contains(&ending(&path).as_str()) {
            paths.push(path);
        }
    }
    Ok(())
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_by_path_or_by_bare_name() {
        let url = |text| Url::parse(text).unwrap();
        let by_name = HashMap::from([
            ("a.html".to_owned(), url("http://a.example.gov.cn/")),
            ("x/a.html".to_owned(), url("http://x.example.gov.cn/")),
        ]);
        let addresses = Addresses { by_name, only: None };
        assert_eq!(addresses.of(Path::new("x/a.html")), Some(url("http://x.example.gov.cn/")));
        assert_eq!(addresses.of(Path::new("y/a.html")), Some(url("http://a.example.gov.cn/")));
        assert_eq!(addresses.of(Path::new("b.html")), None);
    }

    #[test]
    fn one_address_is_for_one_page() {
        let addresses = Addresses::one(Url::parse("http://a.example.gov.cn/").unwrap());
        assert!(saved_pages(&["a.html".into(), "b.html".into()], &addresses, false).is_err());
        assert!(saved_pages(&["a.html".into()], &addresses, false).is_ok());
    }

    #[test]
    fn text_files_and_the_flag_make_plain_text() {
        for (name, plain, format) in [
            ("a.txt", false, PageFormat::Plain),
            ("a.TXT", false, PageFormat::Plain),
            ("a.html", false, PageFormat::Html),
            ("-", false, PageFormat::Html),
            ("-", true, PageFormat::Plain),
        ] {
            let pages = saved_pages(&[name.into()], &Addresses::default(), plain).unwrap();
            assert_eq!(pages[0].format, format, "{name} {plain}");
        }
    }
}
