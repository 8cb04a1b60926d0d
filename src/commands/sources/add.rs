//! `gongwen sources add`: an address becomes a source file.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::tz::Offset;
use serde::Serialize;
use url::Url;

use super::candidate::Candidate;
use super::entry;
use super::find::{Finding, find};
use crate::cli::AddArgs;
use crate::commands::terminal::{Paint, say, written};
use crate::commands::{Context, Exit, Usage};
use crate::config::Config;
use crate::discover::Wanted;
use crate::model::{SourceId, page_key};
use crate::write::atomic;

/// So many titles are shown.
const SHOWN: usize = 10;

pub(super) fn run(args: &AddArgs, context: &Context) -> anyhow::Result<Exit> {
    let wanted = Wanted::named(&args.want).map_err(|error| {
        Usage(format!(
            "`--want {}` is neither rule_of_law, foi nor work_report, and no pattern either: {error}",
            args.want
        ))
    })?;
    let config = context.config()?;
    if let Some(id) = &args.id {
        refuse_existing(&file(id, context), args)?;
    }
    let found = find(&args.url, &wanted, &config, args.allow_private, context)?;
    let id = match &args.id {
        Some(id) => id.clone(),
        None => entry::id(&found.column.start)
            .ok_or_else(|| Usage(format!("`{}` makes no id: give one with --id", found.column.start)))?,
    };
    let path = file(&id, context);
    refuse_existing(&path, args)?;
    refuse_twin(&found.column, &id, &config)?;
    let today = Offset::UTC.to_datetime(context.now).date();
    let text = entry::text(&found.column, &wanted, today);
    show(&found, &wanted, &id, &text, args, context)?;
    if args.dry_run {
        return Ok(Exit::Done);
    }
    atomic::replace(&path, text.as_bytes())?;
    say(context, &format!("wrote `{}`; try it with `gongwen crawl --source {id} --limit 5`\n", path.display()));
    if !config.is_own {
        say(
            context,
            "there was no source of your own: from now on yours count here, not those that the program ships\n",
        );
    }
    Ok(Exit::Done)
}

/// Where the file of a source lies, or will lie.
fn file(id: &SourceId, context: &Context) -> PathBuf {
    let folder = context.config_folder().unwrap_or(Path::new("config"));
    folder.join("sources").join(format!("{id}.toml"))
}

fn refuse_existing(path: &Path, args: &AddArgs) -> Result<(), Usage> {
    if args.force || args.dry_run || !path.exists() {
        return Ok(());
    }
    Err(Usage(format!("`{}` exists: give another name with --id, or replace it with --force", path.display())))
}

/// A list page belongs to one source: its documents would be stored twice, and `sources check` would complain.
fn refuse_twin(column: &Candidate, id: &SourceId, config: &Config) -> Result<(), Usage> {
    if !config.is_own {
        return Ok(());
    }
    let key = page_key(&column.start);
    let twin =
        config.sources.iter().find(|source| source.id != *id && source.start.iter().any(|url| page_key(url) == key));
    match twin {
        Some(twin) => Err(Usage(format!("`{}` is already a start of `{}`", column.start, twin.id))),
        None => Ok(()),
    }
}

/// The summary as JSON.
#[derive(Debug, Serialize)]
struct Summary<'a> {
    id: &'a SourceId,
    want: &'a str,
    start: &'a Url,
    trail: &'a [String],
    why: &'a str,
    profile: Option<&'a str>,
    pages: Option<u32>,
    items: Option<u32>,
    items_read: usize,
    wanted: usize,
    next: Option<&'a Url>,
    first_day: Option<String>,
    last_day: Option<String>,
    others: Vec<&'a Url>,
    file: &'a str,
    written: bool,
}

fn show(
    found: &Finding,
    wanted: &Wanted,
    id: &SourceId,
    text: &str,
    args: &AddArgs,
    context: &Context,
) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    if context.global.json {
        let summary = summary(found, wanted, id, text, args);
        return written(writeln!(out, "{}", serde_json::to_string(&summary)?));
    }
    if context.global.quiet && !args.dry_run {
        return Ok(());
    }
    let paint = Paint::stdout(context.global.color);
    written(out.write_all(report(found, wanted, id, paint).as_bytes()))?;
    if args.dry_run { written(write!(out, "\n{text}")) } else { Ok(()) }
}

fn summary<'a>(found: &'a Finding, wanted: &Wanted, id: &'a SourceId, text: &'a str, args: &'a AddArgs) -> Summary<'a> {
    let column = &found.column;
    let days = column.days();
    Summary {
        id,
        want: &args.want,
        start: &column.start,
        trail: &column.trail,
        why: &found.why,
        profile: column.first.profile.as_deref(),
        pages: column.first.pages,
        items: column.first.items,
        items_read: column.items().len(),
        wanted: column.n_wanted(wanted),
        next: column.first.next.as_ref(),
        first_day: days.map(|(first, _)| first.to_string()),
        last_day: days.map(|(_, last)| last.to_string()),
        others: found.others.iter().map(|other| &other.start).collect(),
        file: text,
        written: !args.dry_run,
    }
}

/// What was found, for a reader.
fn report(found: &Finding, wanted: &Wanted, id: &SourceId, paint: Paint) -> String {
    let column = &found.column;
    let number = |number: Option<u32>, of: &str| number.map_or_else(String::new, |number| format!("{number} {of}, "));
    let days = column.days().map_or_else(|| "none shown".to_owned(), |(first, last)| format!("{first} to {last}"));
    let mut facts = vec![("id", id.to_string()), ("column", column.start.to_string())];
    if !column.trail.is_empty() {
        facts.push(("way", column.trail.join(" > ")));
    }
    facts.extend([
        ("why", found.why.clone()),
        ("family", column.first.profile.clone().unwrap_or_else(|| "unknown".to_owned())),
        ("pages", format!("{}{}", number(column.first.pages, "declared"), column.paging.said())),
        ("items", format!("{}{} read", number(column.first.items, "declared"), column.items().len())),
        ("dates", days),
    ]);
    let mut out = paint.bold(&entry::name(&column.site_info, &column.start)) + "\n";
    // Writing to a string cannot fail.
    for (label, value) in facts {
        let _ = writeln!(out, "  {} {}", paint.dim(&format!("{label:<8}")), paint.name(&value));
    }
    for target in column.items().into_iter().take(SHOWN) {
        let wanted = wanted.is_wanted(&target.title);
        let date = target.date.map_or_else(|| "          ".to_owned(), |date| date.to_string());
        let title = if wanted { paint.bold(&target.title) } else { paint.dim(&target.title) };
        let _ = writeln!(out, "  {} {date}  {title}", if wanted { "*" } else { " " });
    }
    let _ = writeln!(out, "  {}", paint.dim("* looks like a wanted report; only these are crawled, if there is one"));
    for other in &found.others {
        let said = format!("also seen: {} with {} such reports", other.start, other.n_wanted(wanted));
        let _ = writeln!(out, "  {}", paint.dim(&said));
    }
    if !column.paging.is_certain() {
        let _ = writeln!(out, "  {}", paint.alarm("the paging is not certain: look at the second page in a browser"));
    }
    out
}
