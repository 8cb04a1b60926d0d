#!/usr/bin/env bash
# Speed and quality beside other extractors, on the same pages in one run: a Markdown table.
#
#     scripts/bench_peers.sh [FOLDER_OF_CORPUS [PASSES]]
set -euo pipefail
cd "$(dirname "$0")/.."
corpus=${1:-../shared/corpus}
[ -d "$corpus/pages" ] || { echo "no pages in $corpus: the corpora are not part of this repository"; exit 1; }
peers=$PWD/target/peers
if [ ! -x "$peers/bin/python" ]; then
  python3 -m venv "$peers"
  "$peers/bin/pip" install --quiet --upgrade pip
  "$peers/bin/pip" install --quiet --disable-pip-version-check \
    trafilatura resiliparse turbohtml readability-lxml newspaper4k gne lxml_html_clean jieba
fi
cargo build --release --locked --quiet
cargo build --release --quiet --manifest-path scripts/dom_smoothie/Cargo.toml --target-dir target/dom_smoothie
exec "$peers/bin/python" scripts/bench_peers.py target/release/gongwen target/dom_smoothie/release/reader "$corpus" "${2:-5}"
