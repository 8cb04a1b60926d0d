//! Files and environment → [`Config`]: each layer is laid over the one below, built-in values at the bottom.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use toml::de::DeValue;
use url::Url;

use super::files::{File, Files};
use super::keys::{Keys, Reading, nearest};
use super::value::{
    cycle, header, host, hours, pattern, pause, query_key, region, selector, size, tls_version, web_address, within,
};
use super::{
    ArticleRules, Broken, Budget, Config, Expect, FetchRules, Notify, Ocr, Polite, Problem, Problems, Schedule, Select,
    Source, Tls,
};
use crate::model::{RecordLimits, SourceId, page_key};

/// Ends of what a length of time may be.
const SHORTEST: Duration = Duration::from_millis(1);
const MOMENTS: Duration = Duration::from_mins(10);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// Within so many days every page that is known is asked for once more.
const RECHECK: u32 = 90;

/// What the environment must begin with.
const PREFIX: &str = "GONGWEN_";
/// Tables of `gongwen.toml` whose keys the environment may set: `GONGWEN_POLITE_INTERVAL=5s`.
const TABLES: [&str; 6] = ["fetch", "polite", "expect", "budget", "limits", "ocr"];
/// Variables that are no key of a table.
const OTHERS: [&str; 5] = ["max_failed", "config", "output", "log_file", "metrics"];

impl Config {
    /// Reads a folder, or what the program ships, and lays the variables `GONGWEN_*` over it. A folder without sources
    /// is filled up with those that the program ships.
    ///
    /// # Errors
    /// Every mistake of `gongwen.toml` and of the environment; those of source files are [`Config::broken`].
    pub fn load(folder: Option<&Path>, environment: &[(String, String)]) -> Result<Self, Problems> {
        let (config, problems) = Self::read(folder, environment);
        if problems.is_empty() { Ok(config) } else { Err(Problems(problems)) }
    }

    /// The same, but a source file that cannot be used is an error as well.
    ///
    /// # Errors
    /// Every mistake of every file.
    pub fn load_all(folder: Option<&Path>, environment: &[(String, String)]) -> Result<Self, Problems> {
        let (mut config, mut problems) = Self::read(folder, environment);
        problems.extend(config.broken.drain(..).flat_map(|broken| broken.problems));
        if problems.is_empty() { Ok(config) } else { Err(Problems(problems)) }
    }

    fn read(folder: Option<&Path>, environment: &[(String, String)]) -> (Self, Vec<Problem>) {
        let mut unreadable = Vec::new();
        let files = Files::of(folder, &mut unreadable);
        Self::of_files(&files, environment, unreadable)
    }

    /// The same without the sources, whose patterns take longer to compile than a page to read.
    ///
    /// # Errors
    /// Every mistake of `gongwen.toml` and of the environment.
    pub fn without_sources(folder: Option<&Path>, environment: &[(String, String)]) -> Result<Self, Problems> {
        let mut unreadable = Vec::new();
        let files = Files { sources: Vec::new(), strays: Vec::new(), ..Files::of(folder, &mut unreadable) };
        let (config, problems) = Self::of_files(&files, environment, unreadable);
        if problems.is_empty() { Ok(config) } else { Err(Problems(problems)) }
    }

    fn of_files(files: &Files, environment: &[(String, String)], unreadable: Vec<Problem>) -> (Self, Vec<Problem>) {
        let problems = RefCell::new(unreadable);
        let config = config(files, environment, &problems);
        (config, problems.into_inner())
    }
}

impl Default for Config {
    /// The built-in values, without a source.
    fn default() -> Self {
        Self {
            fetch: FetchRules::default(),
            polite: Polite::default(),
            sources: Vec::new(),
            broken: Vec::new(),
            is_own: true,
            ocr: Ocr::default(),
            limits: RecordLimits::default(),
            max_failed: 0.05,
            notify: Notify::default(),
        }
    }
}

/// What is the same for all sources, until a source says otherwise.
#[derive(Debug, Clone)]
struct Common {
    polite: Polite,
    expect: Expect,
    budget: Budget,
    recheck: Option<u32>,
}

fn config(files: &Files, environment: &[(String, String)], problems: &RefCell<Vec<Problem>>) -> Config {
    let mut config = Config::default();
    let mut common = Common {
        polite: Polite::default(),
        expect: Expect::default(),
        budget: Budget::default(),
        recheck: Some(RECHECK),
    };
    if let Some(File { name, text, .. }) = &files.global {
        lay_global(Reading { file: name, text, problems }, &mut config, &mut common);
    }
    misspelt(environment, problems);
    let environment = environment_document(environment);
    let above = RefCell::new(Vec::new());
    let environment = Reading { file: "environment", text: &environment, problems: &above };
    let mut starts = HashMap::new();
    for file in &files.sources {
        let own = RefCell::new(Vec::new());
        let found = source(file, &common, environment, &own);
        let twin = found.as_ref().and_then(|source| twin(source, &file.name, &starts));
        let problems: Vec<Problem> = own.into_inner().into_iter().chain(twin).collect();
        match found {
            Some(source) if problems.is_empty() => {
                starts.extend(source.start.iter().map(|start| (page_key(start), source.id.clone())));
                config.sources.push(source);
            }
            _ => config.broken.push(Broken { id: file.id.clone(), problems }),
        }
    }
    let strays = files.strays.iter().map(|stray| Broken { id: String::new(), problems: vec![stray.clone()] });
    config.broken.extend(strays);
    config.sources.sort_by(|a, b| a.id.cmp(&b.id));
    config.is_own = files.is_own;
    config.fetch.tls = tls_of_hosts(&config.sources);
    // The environment is read again for every source; its mistakes count once.
    above.borrow_mut().clear();
    lay_global(environment, &mut config, &mut common);
    config.polite = common.polite;
    problems.borrow_mut().extend(above.take().into_iter().map(|problem| Problem {
        line: None,
        key: format!("{PREFIX}{}", problem.key.replace('.', "_").to_uppercase()),
        ..problem
    }));
    config
}

fn lay_global(reading: Reading<'_>, config: &mut Config, common: &mut Common) {
    let document = reading.document();
    let mut keys = Keys::of(reading, document.get_ref());
    lay(&mut config.max_failed, keys.share("max_failed"));
    lay(&mut common.recheck, keys.parsed("recheck", "\"90d\"", cycle));
    lay_fetch(keys.table("fetch"), &mut config.fetch);
    lay_polite(keys.table("polite"), &mut common.polite);
    lay_expect(keys.table("expect"), &mut common.expect);
    lay_budget(keys.table("budget"), &mut common.budget);
    lay_limits(keys.table("limits"), &mut config.limits);
    lay_notify(keys.table("notify"), &mut config.notify);
    lay_ocr(keys.table("ocr"), &mut config.ocr);
    keys.finish();
}

fn lay_limits(mut keys: Keys<'_>, limits: &mut RecordLimits) {
    lay(&mut limits.tags, keys.count("tags", 1..=10_000_000));
    lay(&mut limits.characters, keys.count("characters", 1..=100_000_000));
    lay(&mut limits.lines, keys.count("lines", 1..=10_000_000));
    lay(&mut limits.title, keys.count("title", 1..=100_000));
    lay(&mut limits.sections, keys.count("sections", 1..=1_000_000));
    lay(&mut limits.depth, keys.count("depth", 1..=1000).and_then(|depth| depth.try_into().ok()));
    lay(&mut limits.copied_bytes, keys.parsed("copied_bytes", "\"16 MiB\"", size));
    keys.finish();
}

fn lay_ocr(mut keys: Keys<'_>, ocr: &mut Ocr) {
    lay(
        &mut ocr.command,
        keys.list("command", "\"scripts/ocr_tesseract.sh\"", |word| Ok::<_, String>(word.to_owned())),
    );
    lay(&mut ocr.min_confidence, keys.count("min_confidence", 0..=100));
    lay(&mut ocr.timeout, keys.parsed("timeout", "\"2m\"", within(Duration::from_secs(1), HOUR)));
    lay(&mut ocr.pictures, keys.count("pictures", 1..=100_000));
    keys.finish();
}

fn lay_notify(mut keys: Keys<'_>, notify: &mut Notify) {
    let word = |text: &str| if text.contains('\0') { Err("no command") } else { Ok(text.to_owned()) };
    lay(&mut notify.command, keys.list("command", "\"/usr/local/bin/tell\"", word));
    keys.finish();
}

fn lay_fetch(mut keys: Keys<'_>, rules: &mut FetchRules) {
    const TIME: &str = "\"30s\"";
    lay(&mut rules.user_agent, keys.parsed("user_agent", "\"gongwen/{version} (+mailto:you@example.org)\"", header));
    lay(&mut rules.connect_timeout, keys.parsed("connect_timeout", TIME, within(SHORTEST, MOMENTS)));
    lay(&mut rules.timeout, keys.parsed("timeout", TIME, within(SHORTEST, HOUR)));
    lay(&mut rules.max_bytes, keys.parsed("max_bytes", "\"32 MiB\"", size));
    lay(&mut rules.retries, keys.count("retries", 0..=20));
    lay(&mut rules.backoff, keys.parsed("backoff", TIME, within(Duration::ZERO, MOMENTS)));
    lay(&mut rules.max_retry_after, keys.parsed("max_retry_after", TIME, within(Duration::ZERO, DAY)));
    lay(&mut rules.max_redirects, keys.count("max_redirects", 0..=50));
    lay(&mut rules.max_list_pages, keys.count("max_list_pages", 1..=1_000_000));
    keys.finish();
}

fn lay_polite(mut keys: Keys<'_>, polite: &mut Polite) {
    lay(&mut polite.interval, keys.parsed("interval", "\"2s\"", within(Duration::ZERO, HOUR)));
    lay(&mut polite.concurrency, keys.count("concurrency", 1..=64));
    keys.finish();
}

fn lay_expect(mut keys: Keys<'_>, expect: &mut Expect) {
    lay(&mut expect.min_items, keys.count("min_items", 0..=100_000));
    keys.finish();
}

fn lay_budget(mut keys: Keys<'_>, budget: &mut Budget) {
    lay(&mut budget.pages_per_folder, keys.count("pages_per_folder", 1..=1_000_000_000));
    lay(&mut budget.depth, keys.count("depth", 1..=1000));
    lay(&mut budget.bytes, keys.parsed("bytes", "\"20 GiB\"", size));
    lay(&mut budget.time, keys.parsed("time", "\"24h\"", within(Duration::from_secs(1), 30 * DAY)));
    lay(&mut budget.attachments, keys.count("attachments", 1..=1_000_000));
    lay(&mut budget.attachment_bytes, keys.parsed("attachment_bytes", "\"64 MiB\"", size));
    keys.finish();
}

/// One file of `sources/`; `None` if what it must have is missing, which has then been reported.
fn source(file: &File, common: &Common, environment: Reading<'_>, problems: &RefCell<Vec<Problem>>) -> Option<Source> {
    let reading = Reading { file: &file.name, text: &file.text, problems };
    let document = reading.document();
    let mut keys = Keys::of(reading, document.get_ref());
    let id = file.id.parse().map_err(|error| reading.report(None, String::new(), format!("file name: {error}"))).ok();

    let name = keys.text("name", "\"青石镇 法治政府建设\"");
    let region = keys.parsed("region", "\"430281\"", region);
    let start = keys.list("start", "\"http://www.example.gov.cn/c21705/index.html\"", web_address);
    keys.require("start", "[\"http://www.example.gov.cn/c21705/index.html\"], the first list page");
    let attachments = keys.flag("attachments").unwrap_or(true);
    keys.outdated("profile", "is no longer needed: portal families are told by their pages; remove the line");
    let select = select(keys.table("select"));
    let article = article(keys.table("article"));
    let tls = tls(keys.table("tls"));
    let Common { mut polite, mut expect, mut budget, recheck } = common.clone();
    let schedule = Schedule {
        enabled: keys.flag("enabled").unwrap_or(true),
        every: keys.parsed("every", "\"7d\"", pause),
        hours: keys.list("hours", "\"22:00-06:00\"", hours).unwrap_or_default(),
        recheck: keys.parsed("recheck", "\"90d\"", cycle).unwrap_or(recheck),
    };
    lay_polite(keys.table("polite"), &mut polite);
    lay_expect(keys.table("expect"), &mut expect);
    lay_budget(keys.table("budget"), &mut budget);
    keys.finish();

    let above = environment.document();
    let mut above = Keys::of(environment, above.get_ref());
    lay_polite(above.table("polite"), &mut polite);
    lay_expect(above.table("expect"), &mut expect);
    lay_budget(above.table("budget"), &mut budget);

    Some(Source {
        id: id?,
        name: name.unwrap_or_else(|| file.id.clone()),
        region,
        start: start?,
        select,
        article,
        polite,
        expect,
        tls,
        budget,
        attachments,
        schedule,
    })
}

fn tls(mut keys: Keys<'_>) -> Tls {
    let tls = Tls {
        min_version: keys.parsed("min_version", "\"1.0\"", tls_version).unwrap_or_default(),
        weak_keys: keys.flag("weak_keys").unwrap_or_default(),
        legacy_renegotiation: keys.flag("legacy_renegotiation").unwrap_or_default(),
        accept_invalid_certs: keys.flag("accept_invalid_certs").unwrap_or_default(),
    };
    keys.finish();
    tls
}

/// What the sources ask for, by the hosts of their list pages: a redirect to another host does not take it along.
fn tls_of_hosts(sources: &[Source]) -> BTreeMap<String, Tls> {
    let mut hosts: BTreeMap<String, Tls> = BTreeMap::new();
    for source in sources.iter().filter(|source| source.tls != Tls::default()) {
        for host in source.start.iter().filter_map(Url::host_str) {
            let known = hosts.entry(host.to_owned()).or_default();
            *known = known.or(source.tls);
        }
    }
    hosts
}

fn select(mut keys: Keys<'_>) -> Select {
    let select = Select {
        title_matches: keys.parsed("title_matches", "'法治政府建设.*报告'", pattern),
        article_url: keys.parsed("article_url", r"'/t\d{8}_\d+\.html$'", pattern),
        hosts: keys.list("hosts", "\"www.example.gov.cn\"", host).unwrap_or_default(),
        ignore_query: keys.list("ignore_query", "\"t\"", query_key).unwrap_or_default(),
    };
    keys.finish();
    select
}

fn article(mut keys: Keys<'_>) -> ArticleRules {
    let rules = ArticleRules {
        body: keys.parsed("body", "\"div.article\"", selector),
        title: keys.parsed("title", "\"h1\"", selector),
        remove: keys.parsed("remove", "\".share, .print\"", selector),
    };
    keys.finish();
    rules
}

/// A list page belongs to one source: its documents would be stored twice.
fn twin(source: &Source, file: &str, starts: &HashMap<String, SourceId>) -> Option<Problem> {
    source.start.iter().find_map(|start| {
        let owner = starts.get(&page_key(start))?;
        let message = format!("`{start}` is already a start of `{owner}`; remove one of the two");
        Some(Problem { file: file.to_owned(), line: None, key: "start".to_owned(), message })
    })
}

/// Variables that are almost ours: one of another program is none of our business, but a slip must not pass in silence.
fn misspelt(environment: &[(String, String)], problems: &RefCell<Vec<Problem>>) {
    for (variable, _) in environment {
        let Some(name) = variable.strip_prefix(PREFIX).map(str::to_lowercase) else { continue };
        let (table, key) = name.split_once('_').unwrap_or((&name, ""));
        if OTHERS.contains(&name.as_str()) || TABLES.contains(&table) && !key.is_empty() {
            continue;
        }
        let near = nearest(&name, &OTHERS).map(ToOwned::to_owned);
        let near = near.or_else(|| nearest(table, &TABLES).map(|table| format!("{table}_{key}")));
        if let Some(near) = near {
            let message = format!("unknown variable; did you mean `{PREFIX}{}`?", near.to_uppercase());
            let file = "environment".to_owned();
            problems.borrow_mut().push(Problem { file, line: None, key: variable.clone(), message });
        }
    }
}

/// The variables of the tables as a TOML document, so that they are read and checked like a file.
fn environment_document(environment: &[(String, String)]) -> String {
    let mut document = String::new();
    let mut line = |key: &str, value: &str| {
        let number =
            DeValue::parse(value).is_ok_and(|value| value.get_ref().is_integer() || value.get_ref().is_float());
        let value = if number { value.to_owned() } else { toml::Value::from(value).to_string() };
        // Writing to a string cannot fail.
        let _ = writeln!(document, "{key} = {value}");
    };
    for (name, value) in environment {
        let Some(name) = name.strip_prefix(PREFIX).map(str::to_lowercase) else { continue };
        if name == "max_failed" {
            line(&name, value);
        } else if let Some((table, key)) = name.split_once('_').filter(|(table, _)| TABLES.contains(table)) {
            line(&format!("{table}.{}", toml::Value::from(key)), value);
        }
    }
    document
}

fn lay<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}
