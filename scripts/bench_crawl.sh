#!/usr/bin/env bash
# What a crawl costs: builds the release program and measures it; arguments are numbers of pages (1500 10000 50000).
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --locked --quiet
exec python3 scripts/bench_crawl.py target/release/gongwen "$@"
