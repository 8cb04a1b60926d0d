//! The log: warnings on stderr and more with `-v`, and a file that keeps a line a request.

use std::fmt::{self, Write as _};
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer};

use crate::cli::{Color, Global, LogFormat};
use crate::commands::printable;
use crate::language::told;
use crate::progress;

/// Libraries that tell of every byte that they read, whatever is asked for.
const NEVER: [&str; 3] = ["html5ever", "markup5ever", "selectors"];

/// Begins the log of a program that was started at `now`.
///
/// # Errors
/// The log file cannot be opened.
pub fn start(global: &Global, now: Timestamp, began: Instant) -> anyhow::Result<()> {
    let json = global.log_format == LogFormat::Json;
    let form = |colour, is_spoken| Form { json, colour, is_spoken, now, began };
    let stderr = tracing_subscriber::fmt::layer()
        // What cannot be written to stderr cannot be told there either.
        .log_internal_errors(false)
        .event_format(form(colour(global), true))
        .with_writer(|| AboveBars)
        .with_filter(filter(std::env::var("RUST_LOG").ok().as_deref().unwrap_or(level(global))));
    let file = global.log_file.as_deref().map(open).transpose()?.map(|file| {
        let level = if global.verbose > 1 { "gongwen=debug,info" } else { "gongwen=info,warn" };
        tracing_subscriber::fmt::layer()
            .log_internal_errors(false)
            .event_format(form(false, false))
            .with_writer(Mutex::new(file))
            .with_filter(filter(level))
    });
    tracing_subscriber::registry().with(stderr).with(file).init();
    Ok(())
}

/// What is logged on stderr.
fn level(global: &Global) -> &'static str {
    match (global.quiet, global.verbose) {
        (true, _) => "error",
        (false, 0) => "gongwen=warn,error",
        (false, 1) => "gongwen=info,warn",
        (false, _) => "gongwen=debug,info",
    }
}

fn filter(directives: &str) -> EnvFilter {
    let never = NEVER.iter().filter_map(|library| format!("{library}=off").parse().ok());
    never.fold(EnvFilter::new(directives), EnvFilter::add_directive)
}

fn colour(global: &Global) -> bool {
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

fn open(path: &Path) -> anyhow::Result<File> {
    let context = || format!("cannot write the log file `{}`", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(context)?;
    }
    OpenOptions::new().create(true).append(true).open(path).with_context(context)
}

/// Standard error, above the bars that may stand there.
struct AboveBars;

impl io::Write for AboveBars {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        progress::above(|| io::stderr().lock().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().lock().flush()
    }
}

/// A line: time, level, what happened, `key=value`; or the same as one JSON object.
struct Form {
    json: bool,
    colour: bool,
    /// Warnings are in the language that people are spoken to in.
    is_spoken: bool,
    now: Timestamp,
    began: Instant,
}

impl<S, N> FormatEvent<S, N> for Form
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let passed = SignedDuration::try_from(self.began.elapsed()).unwrap_or_default();
        let at = self.now.saturating_add(passed).unwrap_or(self.now);
        let at = Timestamp::from_second(at.as_second()).unwrap_or(at);
        let mut fields = Fields::default();
        event.record(&mut fields);
        out.write_str(&self.line(at, *event.metadata().level(), fields))
    }
}

impl Form {
    fn line(&self, at: Timestamp, level: Level, fields: Fields) -> String {
        let Fields { message, others } = fields;
        if self.json {
            let mut line = Map::new();
            line.insert("time".to_owned(), at.to_string().into());
            line.insert("level".to_owned(), level.as_str().to_lowercase().into());
            line.insert("message".to_owned(), message.into());
            line.extend(others);
            return Value::from(line).to_string() + "\n";
        }
        let painted = match level {
            Level::ERROR if self.colour => format!("\u{1b}[31m{level:<5}\u{1b}[0m"),
            Level::WARN if self.colour => format!("\u{1b}[33m{level:<5}\u{1b}[0m"),
            _ => format!("{level:<5}"),
        };
        let message = if self.is_spoken { told(&message) } else { message.as_str().into() };
        let mut line = format!("{at} {painted} {}", printable(&message));
        for (key, value) in others {
            let value = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
            // Writing to a string cannot fail.
            let _ = write!(line, " {key}={}", printable(&value));
        }
        line + "\n"
    }
}

/// What an event says.
#[derive(Default)]
struct Fields {
    message: String,
    others: Map<String, Value>,
}

impl Fields {
    fn put(&mut self, field: &Field, value: Value) {
        match field.name() {
            "message" => self.message = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned),
            // What comes by way of the `log` crate says so in fields of its own.
            name if name.starts_with("log.") => {}
            name => _ = self.others.insert(name.to_owned(), value),
        }
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put(field, format!("{value:?}").into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_carries_time_level_and_figures_and_nothing_that_steers_a_terminal() {
        let form =
            |json| Form { json, colour: false, is_spoken: true, now: Timestamp::UNIX_EPOCH, began: Instant::now() };
        let fields = || {
            let others = Map::from_iter([
                ("status".to_owned(), Value::from(200)),
                ("url".to_owned(), "http://www.example.gov.cn/\u{1b}[2J".into()),
            ]);
            Fields { message: "request".to_owned(), others }
        };
        let at: Timestamp = "2026-03-01T02:15:03Z".parse().unwrap();
        assert_eq!(
            form(false).line(at, Level::INFO, fields()),
            "2026-03-01T02:15:03Z INFO  request status=200 url=http://www.example.gov.cn/[2J\n"
        );
        let line: Value = serde_json::from_str(&form(true).line(at, Level::WARN, fields())).unwrap();
        assert_eq!((&line["time"], &line["level"]), (&"2026-03-01T02:15:03Z".into(), &"warn".into()));
        assert_eq!((&line["message"], &line["status"]), (&"request".into(), &200.into()));
    }
}
