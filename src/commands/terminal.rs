//! What goes to a terminal: colour only where it is wanted, and never a control character of a page.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};

use anyhow::Context as _;
use unicode_width::UnicodeWidthStr as _;

use super::Context;
use crate::cli::Color;
use crate::language::told;
use crate::progress;

/// Paints text, or leaves it as it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    on: bool,
}

impl Paint {
    /// Colour for standard output: as the flag says, else on a terminal unless `NO_COLOR` is set (no-color.org).
    pub(super) fn stdout(color: Color) -> Self {
        let on = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                io::stdout().is_terminal() && !set("NO_COLOR") && !dumb
            }
        };
        Self { on }
    }

    /// No colour.
    #[cfg(test)]
    pub(super) fn plain() -> Self {
        Self { on: false }
    }

    /// What the eye should find first.
    pub(super) fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// What is there for who looks for it.
    pub(super) fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// The names of roles and families.
    pub(super) fn name(self, text: &str) -> String {
        self.paint("36", text)
    }

    /// What is wrong.
    pub(super) fn alarm(self, text: &str) -> String {
        self.paint("31", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        let text = printable(text);
        let text = as_wide(&text);
        if self.on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.into_owned() }
    }
}

/// The text in the language that is spoken, in as many columns as it had with its blanks.
fn as_wide(text: &str) -> Cow<'_, str> {
    let bare = text.trim_end();
    match told(bare) {
        Cow::Borrowed(_) => Cow::Borrowed(text),
        Cow::Owned(said) => {
            let blanks = text.width().saturating_sub(said.width()).min(text.len() - bare.len());
            Cow::Owned(said + &" ".repeat(blanks))
        }
    }
}

/// The text without characters that steer a terminal or turn the direction of writing; line ends become blanks.
pub fn printable(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let seen = |c: char| match c {
        '\n' | '\t' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if steers(c) => None,
        c => Some(c),
    };
    Cow::Owned(text.chars().filter_map(seen).collect())
}

/// The result of writing to standard output: a reader that went away (`| head`) is no failure.
///
/// # Errors
/// It cannot be written, because the disk is full for instance.
pub fn written(result: io::Result<()>) -> anyhow::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("failed to write to standard output"),
    }
}

/// Says something to the one who waits: on standard error, and not at all with `--quiet`.
pub(super) fn say(context: &Context, text: &str) {
    if !context.global.quiet {
        tell(text);
    }
}

/// Says something on standard error, above the bars that may stand there.
pub(super) fn tell(text: &str) {
    // Nobody is left to be told that telling failed.
    let _ = progress::above(|| io::stderr().lock().write_all(told(text).as_bytes()));
}

/// Says what went wrong.
pub fn complain(text: &str) {
    let lines: Vec<Cow<'_, str>> = text.lines().map(printable).collect();
    tell(&format!("gongwen: {}\n", told(&lines.join("\n"))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cannot_steer_the_terminal() {
        for (text, expect) in [
            ("一、总体情况", "一、总体情况"),
            ("red\u{1b}[31m", "red[31m"),
            ("a\u{9b}31mb", "a31mb"),
            ("two\nlines\there", "two lines here"),
            ("\u{202e}txet", "txet"),
            ("bell\u{7}", "bell"),
        ] {
            assert_eq!(printable(text), expect);
        }
    }

    #[test]
    fn paint_cleans_what_it_paints() {
        assert_eq!(Paint { on: true }.bold("a\u{1b}[0m"), "\u{1b}[1ma[0m\u{1b}[0m");
        assert_eq!(Paint::plain().dim("a\u{1b}"), "a");
    }
}
