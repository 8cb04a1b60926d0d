//! The command line as clap knows it, and what is said on it.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory as _, FromArgMatches as _};

use super::chinese::in_chinese;
use super::{Cli, exits};
use crate::language::{Language, spoken, told as in_language};

/// Verbs that have no summary: what they print is data in a form of their own.
const NO_JSON: [&str; 10] = [
    "extract",
    "log",
    "structure",
    "sources inspect",
    "sources list",
    "sources check",
    "archive import",
    "schema",
    "completions",
    "man",
];

/// Verbs that read no configuration and have nothing to log, and the global options that they have no use for.
const NO_USE: [(&str, &[&str]); 3] = [
    ("schema", &["config", "quiet", "verbose", "log_format", "log_file"]),
    ("completions", &["config", "output", "quiet", "verbose", "log_format", "log_file"]),
    ("man", &["config", "output", "quiet", "verbose", "log_format", "log_file"]),
];

/// The whole command line. What a verb has no use for is not shown in its help.
pub fn command() -> Command {
    let command = told(Cli::command(), "");
    if spoken() == Language::Chinese { in_chinese(command) } else { command }
}

/// The language that a command line asks for before it is read: that of `--lang`, else that of the locale, and for the
/// manual, which is made once for all users, English.
pub fn language(arguments: &[OsString], locale: impl Fn(&str) -> Option<String>) -> Language {
    let mut words = arguments.iter().map(|word| word.to_string_lossy()).take_while(|word| word != "--");
    let is_manual = arguments
        .iter()
        .skip(1)
        .find(|word| !word.as_encoded_bytes().starts_with(b"-"))
        .is_some_and(|word| word == "man");
    let is_help = arguments.iter().any(|word| word == "--help" || word == "-h");
    let mut asked = None;
    while let Some(word) = words.next() {
        let value = word.strip_prefix("--lang=").map(ToOwned::to_owned);
        asked = value.or_else(|| if word == "--lang" { words.next().map(Into::into) } else { None }).or(asked);
    }
    match asked.as_deref() {
        Some("zh") => Language::Chinese,
        Some(_) => Language::English,
        None if is_manual && !is_help => Language::English,
        None => Language::of_locale(locale),
    }
}

/// What is said of a mistake on the command line, in the language that is spoken.
pub fn said(mistake: &clap::Error) -> String {
    in_language(&mistake.render().to_string()).into_owned()
}

/// The command with its exit codes below its examples, and so on with its verbs.
fn told(command: Command, path: &str) -> Command {
    let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut command = command.after_help(format!("{}\n\n{}", examples, exit_codes(path)).trim_start().to_owned());
    if NO_JSON.contains(&path) {
        command = command.arg(hidden("json").long("json").action(ArgAction::SetTrue));
    }
    if let Some((_, ids)) = NO_USE.iter().find(|(verb, _)| *verb == path) {
        let program = Cli::command();
        let unused: Vec<Arg> =
            program.get_arguments().filter(|arg| ids.contains(&arg.get_id().as_str())).cloned().collect();
        command = command.args(unused.into_iter().map(|arg| arg.global(false).hide(true)));
    }
    let verbs: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    for verb in verbs {
        let path = if path.is_empty() { verb.clone() } else { format!("{path} {verb}") };
        command = command.mut_subcommand(verb, |verb| told(verb, &path));
    }
    command
}

fn hidden(id: &'static str) -> Arg {
    Arg::new(id).hide(true)
}

fn exit_codes(path: &str) -> String {
    let lines = exits::exits(path).into_iter().map(|(code, meaning)| format!("  {code:<3}  {meaning}"));
    format!("Exit codes:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// Reads the command line.
///
/// # Errors
/// What cannot be meant, or the help or version that is asked for: [`clap::Error::print`] shows either.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let mut command = command();
    let matches = command.try_get_matches_from_mut(arguments)?;
    let mut cli = Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    let given = |matches: &ArgMatches| matches.value_source("output") == Some(ValueSource::CommandLine);
    cli.global.output_is_given = matches.subcommand().is_some_and(|(_, matches)| given(matches));
    let verb = verb(&matches);
    if cli.global.json && NO_JSON.contains(&verb.as_str()) {
        let message = format!("`gongwen {verb}` has no summary that `--json` could print: see `gongwen {verb} --help`");
        return Err(command.error(ErrorKind::UnknownArgument, message));
    }
    Ok(cli)
}

/// The verb that is asked for, such as `sources add`.
fn verb(matches: &ArgMatches) -> String {
    let mut path = Vec::new();
    let mut at = matches;
    while let Some((name, inner)) = at.subcommand() {
        path.push(name);
        at = inner;
    }
    path.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> Result<Cli, clap::Error> {
        parse(line.split(' ').map(OsString::from))
    }

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn the_language_is_that_of_the_flag_and_else_of_the_locale() {
        for (line, locale, chinese) in [
            ("gongwen status", "zh_CN.UTF-8", true),
            ("gongwen status", "en_US.UTF-8", false),
            ("gongwen status", "", false),
            ("gongwen man crawl", "zh_CN.UTF-8", false),
            ("gongwen man crawl --lang zh", "C", true),
            ("gongwen --lang zh status", "C", true),
            ("gongwen status --lang=zh", "C", true),
            ("gongwen status --lang en", "zh_CN", false),
            ("gongwen extract -- --lang zh", "C", false),
        ] {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let found = language(&words, |name| (name == "LANG").then(|| locale.to_owned()));
            assert_eq!(found == Language::Chinese, chinese, "{line} {locale}");
        }
    }

    #[test]
    fn a_flag_counts_before_and_behind_the_verb() {
        for line in ["gongwen -q --output x status", "gongwen status -q --output x", "gongwen -q status --output x"] {
            let global = said(line).unwrap().global;
            assert!(global.quiet && global.output.as_os_str() == "x" && global.output_is_given, "{line}");
        }
    }

    #[test]
    fn json_is_taken_where_there_is_a_summary_and_nowhere_else() {
        for line in
            ["gongwen run --json", "gongwen --json build", "gongwen status --json", "gongwen archive check --json"]
        {
            assert!(said(line).unwrap().global.json, "{line}");
        }
        for line in [
            "gongwen schema --json",
            "gongwen --json extract x",
            "gongwen sources inspect x --json",
            "gongwen sources check --json",
            "gongwen archive import x --source y --json",
        ] {
            assert_eq!(said(line).unwrap_err().kind(), ErrorKind::UnknownArgument, "{line}");
        }
    }

    #[test]
    fn the_help_of_a_verb_shows_its_own_options_first_and_only_what_it_has_a_use_for() {
        let help = |line: &str| said(line).unwrap_err().to_string();
        let crawl = help("gongwen crawl --help");
        let places = ["Usage:", "--since", "--limit", "Global options:", "--output", "Examples:", "Exit codes:"];
        let found: Vec<usize> =
            places.iter().map(|part| crawl.find(part).unwrap_or_else(|| panic!("{part}"))).collect();
        assert!(found.is_sorted(), "{crawl}");
        assert!(crawl.contains("--allow-private") && !crawl.contains("--now"), "{crawl}");
        let schema = help("gongwen schema --help");
        assert!(schema.contains("--output") && !schema.contains("--config"), "{schema}");
        assert!(!help("gongwen man --help").contains("--output"));
        assert!(!help("gongwen extract --help").contains("--json "), "its form is --jsonl");
    }
}
