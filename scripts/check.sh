#!/usr/bin/env bash
# Everything that must hold before a commit; CI runs exactly this.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$1"; }
# A tool that is not installed is named and left out: a newcomer needs only Rust.
with() { if command -v "$1" >/dev/null; then return 0; else echo "skipped: $1 is not installed"; return 1; fi; }

step "format"
cargo fmt --check

step "lints"
cargo clippy --locked --all-targets -- -D warnings

step "the library alone: no network, TLS, database or command line"
cargo clippy --locked --no-default-features --lib -- -D warnings
cargo clippy --locked --package gongwen-python -- -D warnings
impure=$(cargo tree --locked --no-default-features --edges normal --prefix none \
  | grep -E '^(tokio|reqwest|hyper|openssl|rusqlite|libsqlite3-sys|clap) ' || true)
[ -z "$impure" ] || { echo "the library alone pulls in:"; echo "$impure"; exit 1; }

step "tests"
cargo test --locked

step "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items

step "dependencies"
if with cargo-deny; then cargo-deny check bans licenses sources; fi

step "spelling"
if with typos; then typos; fi

step "corpus"
scripts/corpus.sh

step "instructions of a start, a byte and a page"
if with valgrind; then python3 scripts/bench_cost.py target/debug/gongwen --guard; fi

step "archive, read by an independent program"
if with warcio; then
  demo=$(mktemp -d)
  trap 'rm -rf "$demo"' EXIT
  cargo run --locked --quiet -- demo --quiet --output "$demo"
  python3 scripts/read_warc.py "$demo"/archive/*/*.warc.gz
fi

step "Python package"
scripts/check_python.sh

step "readers, examples and notebooks"
scripts/check_readers.sh

step "Spark around shards"
scripts/check_spark.sh

step "recipes of docs/scale.md"
cargo build --locked --quiet
python3 scripts/check_recipes.py target/debug/gongwen

step "report, opened in a browser"
if with chromium; then
  site=$(mktemp -d)
  trap 'rm -rf "${demo:-}" "$site"' EXIT
  cargo run --locked --quiet -- demo --quiet --output "$site/demo"
  python3 scripts/make_output.py "$site/made" --documents 500
  for output in "$site/demo" "$site/made"; do
    cargo run --locked --quiet -- report --quiet --output "$output"
    python3 scripts/check_report.py "$output/report"
  done
fi

printf '\nall checks passed\n'
