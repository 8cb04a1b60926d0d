//! The language in which people are spoken to: a text arises in English, and is looked up here where it is shown.
//!
//! What programs read stays English: records, run reports, `--json`, logs. So the stages know no language, and one table
//! of texts with named gaps is all there is: `help.txt`, `messages.txt`, `clap.txt`, each a line of English and below it
//! the same in Chinese. A library that looks texts up by keys would have every stage ask for them.

mod table;
mod template;

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use self::table::Table;

/// What people are spoken to in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese.
    Chinese,
}

static SPOKEN: OnceLock<Language> = OnceLock::new();

static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::new(&[include_str!("help.txt"), include_str!("messages.txt"), include_str!("clap.txt")]));

impl Language {
    /// The language of a locale, by the first of its variables that is set: `zh_CN.UTF-8` is Chinese.
    pub fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| variable(name));
        let locale = set.into_iter().find(|value| !value.is_empty());
        if locale.is_some_and(|locale| locale.starts_with("zh")) { Self::Chinese } else { Self::English }
    }
}

/// From now on people are spoken to in this language; who says it first is right.
pub fn speak(language: Language) {
    // A second word on it changes nothing.
    let _ = SPOKEN.set(language);
}

/// The language that is spoken.
pub fn spoken() -> Language {
    SPOKEN.get().copied().unwrap_or(Language::English)
}

/// A text as it is to be shown: line by line in the language that is spoken, and as it is where the table has it not.
pub fn told(text: &str) -> Cow<'_, str> {
    match spoken() {
        Language::English => Cow::Borrowed(text),
        Language::Chinese => chinese(text),
    }
}

/// A text in Chinese, line by line; as it is where the table has it not.
pub fn chinese(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split('\n').map(|line| TABLE.line(line)).collect::<Vec<_>>().join("\n"))
}

/// The English of every entry, with the names of its gaps, in the order of the files.
pub fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.entries()
}
