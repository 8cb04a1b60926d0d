//! The command line in Chinese: every text of its help, and what its parser says of mistakes.

use clap::builder::{PossibleValue, StyledStr};
use clap::{Arg, ArgAction, Command};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::language::chinese;

/// What is left of 80 columns beside the indent of an option's text.
const COLUMNS: usize = 68;

const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法： {usage}\n\n{all-args}{after-help}";

/// The whole command in Chinese.
pub(super) fn in_chinese(command: Command) -> Command {
    let mut command = of_verb(command, true);
    // What the library adds is there from here on.
    command.build();
    help_verb(command)
}

fn of_verb(command: Command, is_program: bool) -> Command {
    let (about, long) = (said(command.get_about()), said(command.get_long_about()));
    let after =
        command.get_after_help().map(|text| text.to_string().lines().map(ending).collect::<Vec<_>>().join("\n"));
    let mut command = command
        .help_template(TEMPLATE)
        .next_line_help(true)
        .subcommand_help_heading("命令")
        .disable_help_flag(true)
        .mut_args(argument)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示说明").help_heading("选项"));
    if is_program {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.disable_version_flag(true).arg(version.help("显示版本").help_heading("选项"));
    }
    command = about.into_iter().fold(command, Command::about);
    command = long.into_iter().fold(command, Command::long_about);
    command = after.into_iter().fold(command, Command::after_help);
    let verbs: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    verbs.into_iter().fold(command, |command, verb| command.mut_subcommand(verb, |verb| of_verb(verb, false)))
}

/// The verb `help` that the library adds wherever there are verbs.
fn help_verb(command: Command) -> Command {
    let verbs: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    verbs.into_iter().fold(command, |command, name| {
        let is_help = name == "help";
        command.mut_subcommand(name, |verb| {
            if is_help { verb.about("显示本说明，或某个命令的说明") } else { help_verb(verb) }
        })
    })
}

/// An option or argument; what the library would add in English is written into its text.
fn argument(arg: Arg) -> Arg {
    let text = arg.get_long_help().or_else(|| arg.get_help()).map(ToString::to_string).unwrap_or_default();
    let heading = match arg.get_help_heading() {
        Some(heading) => chinese(heading).into_owned(),
        None if arg.is_positional() => "参数".to_owned(),
        None => "选项".to_owned(),
    };
    let mut lines = vec![folded(&chinese(&text))];
    let values = if arg.get_action().takes_values() { arg.get_possible_values() } else { Vec::new() };
    lines.extend(values.iter().filter(|value| !value.is_hide_set()).map(value_line));
    let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if arg.get_action().takes_values() && !default.is_empty() {
        lines.push(format!("［默认：{}］", default.join("、")));
    }
    lines.extend(arg.get_env().map(|name| format!("［环境变量：{}］", name.to_string_lossy())));
    let text = lines.join("\n");
    let is_valued = arg.get_action().takes_values();
    let arg = arg.help(text.clone()).long_help(text).help_heading(heading);
    if is_valued { arg.hide_possible_values(true).hide_default_value(true).hide_env(true) } else { arg }
}

fn value_line(value: &PossibleValue) -> String {
    let meaning = value.get_help().map(|text| format!("：{}", chinese(&text.to_string()))).unwrap_or_default();
    folded(&format!("- {}{meaning}", value.get_name()))
}

fn said(text: Option<&StyledStr>) -> Option<String> {
    text.map(|text| folded(&chinese(&text.to_string())))
}

/// A line of the examples or exit codes: what stands behind two blanks or more is said in Chinese.
fn ending(line: &str) -> String {
    let head = line.trim_end().rsplit_once("  ").filter(|(head, _)| !head.trim().is_empty());
    match head {
        Some((head, text)) => format!("{head}  {}", chinese(text)),
        None => chinese(line).into_owned(),
    }
}

/// Each line in lines of [`COLUMNS`]: broken before a character of Chinese, or at a blank.
fn folded(text: &str) -> String {
    text.split('\n').map(fold).collect::<Vec<_>>().join("\n")
}

fn fold(text: &str) -> String {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for piece in pieces(text) {
        // Punctuation does not begin a line.
        let is_mark = piece.starts_with(['，', '。', '；', '：', '、', '）', '］', '”']);
        if !is_mark && !line.is_empty() && line.width() + piece.trim_end().width() > COLUMNS {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line.push_str(piece);
    }
    lines.push(line);
    lines.join("\n")
}

/// Characters of Chinese one by one, words of letters with the blank behind them.
fn pieces(text: &str) -> Vec<&str> {
    let is_wide = |c: char| c.width().unwrap_or(0) > 1;
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| is_wide(before) || is_wide(c) || before == ' ') {
            pieces.extend(text.get(from..at));
            from = at;
        }
        before = Some(c);
    }
    pieces.extend(text.get(from..));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_columns_and_nothing_is_lost() {
        let text = "读取这些文件而不是存档：任何程序的 WARC（不压缩、gzip、Zstandard），或每行 `{\"url\": …, \"html\": …}` 的 JSON Lines";
        let folded = folded(text);
        assert!(folded.lines().count() > 1 && folded.lines().all(|line| line.width() <= COLUMNS + 2), "{folded}");
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(bare(&folded), bare(text));
    }

    #[test]
    fn what_stands_behind_an_example_is_said_in_chinese() {
        assert_eq!(
            ending("  gongwen build --diff   (what would a changed rule change?)"),
            "  gongwen build --diff   （改了规则会改变什么）"
        );
        assert_eq!(ending("  gongwen status"), "  gongwen status");
        assert_eq!(
            ending("  75   another run holds the lock of the output folder"),
            "  75   输出文件夹被另一次运行锁住"
        );
    }
}
