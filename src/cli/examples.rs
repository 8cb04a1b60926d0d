//! The examples that the help of each verb ends with.

/// Of the program as a whole.
pub(super) const PROGRAM: &str = "\
Examples:
  gongwen demo                                      see it work: a small portal on this machine, crawled and built
  gongwen extract --tree page.html                  one saved page as a tree of its sections
  gongwen crawl --source liling --since 2020        fetch the reports of one column into ./output/archive
  gongwen run --quiet                               the line for cron: fetch what is new, build what changed";

/// Of `crawl`.
pub(super) const CRAWL: &str = "\
Examples:
  gongwen crawl --source liling --limit 20
  gongwen crawl --shipped --source liling   (a column that the program ships, without a ./config)
  gongwen crawl --since 2015 --until 2020   (stop and repeat it at will)
  gongwen crawl --dry-run
  gongwen crawl --recheck 90d
  gongwen crawl --retry-failed output/failed.jsonl
  gongwen crawl --shard 2/8";

/// Of `extract`.
pub(super) const EXTRACT: &str = "\
Examples:
  gongwen extract --tree page.html
  gongwen extract --jsonl --urls urls.tsv saved/ > pages.jsonl
  gongwen extract --output records saved/   (documents.jsonl, sections.jsonl, tables.jsonl and the others)
  curl -s http://www.example.gov.cn/1.html | gongwen extract --url http://www.example.gov.cn/1.html -
  gongwen extract --explain page.html";

/// Of `structure`.
pub(super) const STRUCTURE: &str = "\
Examples:
  gongwen structure report.txt
  pdftotext report.pdf - | gongwen structure --title-lines 2 -";

/// Of `merge`.
pub(super) const MERGE: &str = "\
Examples:
  gongwen crawl --shard 0/2 --output one      (on one machine; the other takes 1/2)
  gongwen merge one two --output all";

/// Of `archive`.
pub(super) const ARCHIVE: &str = "\
Examples:
  gongwen archive check              is everything that was archived still readable?
  gongwen archive rebuild            make output/state.sqlite anew from the WARC files
  gongwen archive import old.warc.gz --source yunxi --host '*.example.gov.cn'";

/// Of `prune`.
pub(super) const PRUNE: &str = "\
Examples:
  gongwen prune --dry-run
  gongwen prune --keep 365d";

/// Of `sources`.
pub(super) const SOURCES: &str = "\
Examples:
  gongwen sources list
  gongwen sources add www.example.gov.cn                    (from the home page to the column)
  gongwen sources add www.example.gov.cn --want foi         (its 政府信息公开年报)
  gongwen sources add http://www.example.gov.cn/fzzf/ --id yunxi --dry-run
  gongwen sources check --config ./config
  gongwen sources inspect list.html";

/// Of `demo`.
pub(super) const DEMO: &str = "\
Examples:
  gongwen demo
  gongwen demo --output elsewhere
  gongwen status --output output/demo";

/// Of `run`.
pub(super) const RUN: &str = "\
Examples:
  gongwen run --quiet
  gongwen run --source liling --since 2023
  gongwen run --quiet --metrics /var/lib/node_exporter/gongwen.prom";

/// Of `build`.
pub(super) const BUILD: &str = "\
Examples:
  gongwen build
  gongwen build --diff   (what would a changed rule change?)
  gongwen build --from CC-MAIN-*.warc.gz --host '*.gov.cn' --title 法治政府建设 > pages.jsonl
  ls *.warc.gz | gongwen build --shards - --out records
  gongwen build --shards warc.paths --out records --shard 2/8";

/// Of `log`.
pub(super) const LOG: &str = "\
Examples:
  gongwen log                        what the last run found
  gongwen log --since 2026-03-01 --source liling
  gongwen log --jsonl --since 20260301T181500Z   (what the runs behind that one found)
  gongwen log --output output/demo";

/// Of `gaps`.
pub(super) const GAPS: &str = "\
Examples:
  gongwen gaps
  gongwen gaps --source liling --json";

/// Of `status`.
pub(super) const STATUS: &str = "\
Examples:
  gongwen status
  gongwen status --all --json
  gongwen status --failing           exit 3 or 4 if a source is not well";

/// Of `export`.
pub(super) const EXPORT: &str = "\
Examples:
  gongwen export --to parquet
  gongwen export --to csv --by year --out tables
  gongwen export --to wide --out reports.csv
  gongwen export --to bibtex --since 2023 --out reports.bib";

/// Of `schema`.
pub(super) const SCHEMA: &str = "\
Examples:
  gongwen schema
  gongwen schema --as duckdb > records.sql
  gongwen schema --as polars > demo.py";

/// Of `completions`.
pub(super) const COMPLETIONS: &str = "\
Examples:
  gongwen completions bash > /etc/bash_completion.d/gongwen";

/// Of `man`.
pub(super) const MAN: &str = "\
Examples:
  gongwen man | man -l -
  gongwen man crawl | man -l -
  gongwen man --to /usr/local/share/man/man1";

/// Of `report`.
pub(super) const REPORT: &str = "\
Examples:
  gongwen report
  gongwen report";
