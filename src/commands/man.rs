//! `gongwen man`: the manual, a page for the program and one for each verb.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use clap::{Command, CommandFactory as _};
use clap_mangen::roff::{Roff, bold, roman};

use super::schema::print;
use super::{Exit, Usage};
use crate::cli::{self, Cli, ManArgs, exits};
use crate::language::told;
use crate::write::atomic::replace;

/// What the environment may say, beside what the options name.
const ENVIRONMENT: [(&str, &str); 6] = [
    ("GONGWEN_CONFIG, GONGWEN_OUTPUT, GONGWEN_LOG_FILE, GONGWEN_METRICS", "as the options of these names"),
    (
        "GONGWEN_POLITE_INTERVAL, GONGWEN_FETCH_TIMEOUT, GONGWEN_MAX_FAILED, …",
        "any key of gongwen.toml, as GONGWEN_ and its table and name; it overrules the files",
    ),
    ("NO_COLOR", "no colour, whatever its value"),
    ("RUST_LOG", "what is logged on stderr, in the words of tracing-subscriber; it overrules -v and -q"),
    ("TERM", "no colour on a terminal that is dumb"),
    ("LC_ALL, LC_MESSAGES, LANG", "the language of help and messages; --lang overrules it"),
];

const FILES: [(&str, &str); 8] = [
    ("config/gongwen.toml", "what holds for every source; every key is optional"),
    ("config/sources/ID.toml", "one portal column"),
    ("output/archive/ID/*.warc.gz", "what the portals answered, WARC 1.1: back this up"),
    ("output/state.sqlite", "what is known of every page; `gongwen archive rebuild` makes it anew"),
    ("output/records/ID/*.jsonl", "documents, sections and tables, replaced as a whole"),
    ("output/runs/RUN.json", "what a run did, in figures that add up"),
    ("output/failed.jsonl", "every page that failed, with stage and reason; away when none has"),
    ("output/.lock", "held by the run that is at work"),
];

pub(super) fn run(args: &ManArgs) -> anyhow::Result<Exit> {
    let mut command = cli::command();
    command.build();
    if let Some(folder) = &args.to {
        write_all(&command, "", folder)?;
        return Ok(Exit::Done);
    }
    let path = args.verb.join(" ");
    let found =
        verb(&command, &args.verb).ok_or_else(|| Usage(format!("there is no verb `{path}`: see `gongwen --help`")))?;
    print(&page(found, &path)?)
}

fn verb<'a>(command: &'a Command, path: &[String]) -> Option<&'a Command> {
    path.iter().try_fold(command, |at, name| at.find_subcommand(name))
}

/// Writes the page of a verb, and those of the verbs below it.
fn write_all(command: &Command, path: &str, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    replace(&folder.join(format!("{}.1", name(path))), &page(command, path)?)?;
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        let below = if path.is_empty() { verb.get_name().to_owned() } else { format!("{path} {}", verb.get_name()) };
        write_all(verb, &below, folder)?;
    }
    Ok(())
}

/// `gongwen-sources-add`.
fn name(path: &str) -> String {
    if path.is_empty() { "gongwen".to_owned() } else { format!("gongwen-{}", path.replace(' ', "-")) }
}

fn page(command: &Command, path: &str) -> anyhow::Result<Vec<u8>> {
    let man = clap_mangen::Man::new(command.clone()).title(name(path)).manual("gongwen");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.get_subcommands().any(|verb| verb.get_name() != "help") {
        man.render_subcommands_section(&mut page)?;
    }
    let mut more = Roff::default();
    let codes = exits(path).into_iter().map(|(code, meaning)| (code.to_string(), meaning));
    list(&mut more, "EXIT STATUS", codes);
    list(&mut more, "ENVIRONMENT", ENVIRONMENT);
    list(&mut more, "FILES", FILES);
    more.control("SH", ["EXAMPLES"]).control("nf", []).text([roman(examples(path))]).control("fi", []);
    more.control("SH", ["SEE ALSO"]).text([roman(see_also(command, path))]);
    more.to_writer(&mut page)?;
    Ok(page)
}

fn list(page: &mut Roff, heading: &str, items: impl IntoIterator<Item = (impl Into<String>, &'static str)>) {
    page.control("SH", [heading]);
    for (name, meaning) in items {
        page.control("TP", []).text([bold(name.into())]).text([roman(told(meaning))]);
    }
}

/// The examples of a verb; those of the verb above where it has none of its own.
fn examples(path: &str) -> String {
    let command = Cli::command();
    let mut found = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut at = &command;
    for name in path.split_whitespace() {
        let Some(below) = at.find_subcommand(name) else { break };
        at = below;
        if let Some(examples) = at.get_after_help() {
            found = examples.to_string();
        }
    }
    found.lines().skip(1).map(|line| line.strip_prefix("  ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// The pages above and below this one.
fn see_also(command: &Command, path: &str) -> String {
    let mut pages = String::new();
    let mut add = |path: &str| {
        let parted = if pages.is_empty() { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(pages, "{parted}{}(1)", name(path));
    };
    if let Some((above, _)) = path.rsplit_once(' ') {
        add(above);
    }
    if !path.is_empty() {
        add("");
    }
    for verb in command.get_subcommands().map(Command::get_name).filter(|name| *name != "help") {
        add(format!("{path} {verb}").trim_start());
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths of all verbs.
    fn paths(command: &Command, path: &str, found: &mut Vec<String>) {
        found.push(path.to_owned());
        for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
            paths(verb, format!("{path} {}", verb.get_name()).trim_start(), found);
        }
    }

    #[test]
    fn every_verb_has_a_page_that_says_what_an_operator_needs() {
        let mut command = cli::command();
        command.build();
        let mut all = Vec::new();
        paths(&command, "", &mut all);
        assert!(all.contains(&"sources add".to_owned()), "{all:?}");
        for path in all {
            let names: Vec<String> = path.split_whitespace().map(ToOwned::to_owned).collect();
            let page = String::from_utf8(page(verb(&command, &names).unwrap(), &path).unwrap()).unwrap();
            for heading in
                ["NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"]
            {
                let quoted = format!(".SH \"{heading}\"");
                assert!(
                    page.contains(&format!(".SH {heading}\n")) || page.contains(&quoted),
                    "{path}: {heading}\n{page}"
                );
            }
            assert!(examples(&path).contains("gongwen"), "{path} has no example");
        }
    }
}
