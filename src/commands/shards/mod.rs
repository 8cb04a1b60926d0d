//! `gongwen build --from` and `--shards`: files of other programs → records, without archive and state.
//!
//! A file is the unit of work that other machines can take over: its lines go to one output that appears whole or not at all,
//! and a receipt says what came of it. Nothing of any scheduler is known here: it hands over names of files and reads receipts.

mod guard;
mod input;
mod output;
mod page;
mod receipt;
mod title;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write as _};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use self::guard::guarded;
use self::input::items;
use self::output::Output;
use self::page::{Job, Pages};
use self::receipt::{Receipt, Status, Tally};
use self::title::Title;

use super::scope::Span;
use super::terminal::{complain, say, written};
use super::{Context, Exit, Usage};
use crate::archive::Select;
use crate::cli::{ForeignArgs, Shard, ShardForm};
use crate::model::digest;
use crate::record::RULESET;

/// Whether files of other programs are to be read.
pub(super) fn is_meant(args: &ForeignArgs) -> bool {
    !args.from.is_empty() || args.shards.is_some()
}

/// The verb.
pub(super) fn run(args: &ForeignArgs, span: Span, context: &Context) -> anyhow::Result<Exit> {
    let bench = Bench::new(args, span, context)?;
    let Some(out) = &args.out else { return print(&bench, args, context) };
    let tell = |receipt: Receipt| -> anyhow::Result<Receipt> {
        if let Some(error) = &receipt.error {
            complain(&format!("`{}`: {error}", receipt.shard));
        }
        let mut stdout = io::stdout().lock();
        let line = serde_json::to_string(&receipt)?;
        written(writeln!(stdout, "{line}").and_then(|()| stdout.flush()))?;
        Ok(receipt)
    };
    let (mut exit, mut sum) = (Exit::Done, Tally::default());
    let mut count = |told: thread::Result<anyhow::Result<Receipt>>| -> anyhow::Result<()> {
        let receipt = told.unwrap_or_else(|panic| resume_unwind(panic))?;
        if receipt.status == Status::Failed {
            exit = Exit::Failed;
        }
        sum.add(&receipt.tally);
        Ok(())
    };
    // The disk takes one output in while the pages of the next file are read. Receipts are told in the order of the files.
    thread::scope(|scope| {
        let mut closing: Option<ScopedJoinHandle<anyhow::Result<Receipt>>> = None;
        for_each_file(args, |path| {
            let shard = bench.shard(path, out);
            closing.take().map_or(Ok(()), |earlier| count(earlier.join()))?;
            closing = Some(scope.spawn(move || tell(shard.close(out))));
            Ok(())
        })?;
        closing.map_or(Ok(()), |last| count(last.join()))
    })?;
    say(context, &format!("{sum}\n"));
    Ok(exit)
}

/// The lines of all files on stdout.
fn print(bench: &Bench, args: &ForeignArgs, context: &Context) -> anyhow::Result<Exit> {
    let mut stdout = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let (mut tally, mut files, mut unread) = (Tally::default(), 0, 0);
    for_each_file(args, |path| {
        files += 1;
        let mut lost = false;
        let done = bench.lines(path, &mut tally, |line| {
            let put = stdout.write_all(line);
            lost = put.is_err();
            written(put)
        });
        match done {
            // Whoever reads the lines went away.
            Err(error) if lost => return Err(error),
            Err(error) => {
                complain(&format!("`{}`: {error:#}", path.display()));
                unread += 1;
            }
            Ok(()) => {}
        }
        Ok(())
    })?;
    written(stdout.flush())?;
    say(context, &format!("{tally}\n"));
    Ok(match unread {
        0 => Exit::Done,
        _ if unread == files => Exit::Failed,
        _ => Exit::Partial,
    })
}

/// Every file that is asked for, as soon as its name is known.
fn for_each_file(args: &ForeignArgs, mut each: impl FnMut(&Path) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let is_ours = |n: usize| args.shard.is_none_or(|shard| is_in(n, shard));
    let Some(list) = &args.shards else {
        return args.from.iter().enumerate().filter(|(n, _)| is_ours(*n)).try_for_each(|(_, path)| each(path));
    };
    let named = || format!("failed to read the list `{}`", list.display());
    let input: Box<dyn BufRead> = if list.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(list).with_context(named)?))
    };
    let mut n = 0;
    for line in input.lines() {
        let line = line.with_context(named)?;
        let path = line.trim();
        if path.is_empty() {
            continue;
        }
        if is_ours(n) {
            each(Path::new(path))?;
        }
        n += 1;
    }
    Ok(())
}

fn is_in(n: usize, shard: Shard) -> bool {
    n as u64 % u64::from(shard.count) == u64::from(shard.index % shard.count)
}

/// What all files are worked on with.
struct Bench {
    job: Arc<Job>,
    /// How long a page may take.
    limit: Duration,
    form: ShardForm,
    /// Names version, form and selection: with others an output is not the same.
    recipe: String,
}

impl Bench {
    fn new(args: &ForeignArgs, span: Span, context: &Context) -> anyhow::Result<Self> {
        let host = |text: &String| text.parse().map_err(|error| Usage(format!("--host {text}: {error}")));
        let hosts = args.hosts.iter().map(host).collect::<Result<_, Usage>>()?;
        let select =
            Select { hosts, urls: args.urls.clone(), types: args.types.clone(), statuses: args.statuses.clone() };
        let limits = context.config()?.limits;
        let (version, form) = (env!("CARGO_PKG_VERSION"), args.to);
        let recipe = format!("{version} {RULESET} {form:?} {select:?} {:?} {span:?} {limits:?}", args.title);
        let title = args.title.clone().map(Title::new);
        let job = Arc::new(Job { select, title, span, limits });
        Ok(Self { job, limit: Duration::from_secs(args.page_timeout), form, recipe })
    }

    /// One file → one output that is to be closed, unless it is there already.
    fn shard(&self, path: &Path, out: &Path) -> Written {
        let begun = Instant::now();
        let output = out.join(receipt::output_name(path, self.form));
        let input = path.metadata().map_or(0, |file| file.len());
        let recipe = digest::sha256_hex(format!("{input} {}", self.recipe).as_bytes());
        if let Some(done) = Receipt::of_finished(out, &output, &recipe) {
            return Written { receipt: done, output: Ok(None), path: output, begun };
        }
        let mut receipt = Receipt::new(path, &output, recipe);
        let written = self.write(path, &output, &mut receipt.tally);
        Written { receipt, output: written.map(Some), path: output, begun }
    }

    fn write(&self, path: &Path, output: &Path, tally: &mut Tally) -> anyhow::Result<Output> {
        let mut output = Output::begin(self.form, output)?;
        self.lines(path, tally, |line| output.line(line))?;
        Ok(output)
    }

    /// The lines of one file in their order.
    fn lines(
        &self,
        path: &Path,
        tally: &mut Tally,
        mut take: impl FnMut(&[u8]) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let pages = Pages { job: Arc::clone(&self.job), path: path.to_owned() };
        guarded(items(path)?, pages, self.limit, |outcome| {
            let outcome = outcome?;
            tally.count(outcome.fate, outcome.sections);
            if outcome.line.is_empty() { Ok(()) } else { take(&outcome.line) }
        })
    }
}

/// A file whose pages are all read, before its output is in its place.
struct Written {
    receipt: Receipt,
    /// `None` if the output was there before.
    output: anyhow::Result<Option<Output>>,
    path: PathBuf,
    begun: Instant,
}

impl Written {
    /// Puts the output in its place, then keeps the receipt.
    fn close(self, out: &Path) -> Receipt {
        let Self { mut receipt, output, path, begun } = self;
        let done = output.and_then(|output| {
            let Some(output) = output else { return Ok(()) };
            let (bytes, sha256) = output.finish()?;
            receipt.bytes = bytes;
            receipt.sha256 = Some(sha256);
            receipt.seconds = (begun.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
            receipt.keep(out, &path).with_context(|| format!("failed to write `{}`", path.display()))
        });
        if let Err(error) = done {
            receipt.status = Status::Failed;
            receipt.error = Some(format!("{error:#}"));
        }
        receipt
    }
}

/// The name of a file without the folders before it.
fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| PathBuf::from(path), PathBuf::from).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_exactly_one_part_from_0_or_from_1() {
        for n in 0..20 {
            for parts in [0..3, 1..4] {
                assert_eq!(parts.filter(|&index| is_in(n, Shard { index, count: 3 })).count(), 1);
            }
        }
    }
}
