#!/usr/bin/env bash
# Scores the program on the corpus of real pages and fails below the floors. Floors only rise.
# The corpus is not part of this repository: without it this says so and passes.
set -euo pipefail
cd "$(dirname "$0")/.."

corpus=../shared/corpus
if [ ! -d "$corpus/pages" ]; then
  echo "skipped: the corpus of real pages is not beside this repository"
  exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
gongwen() { cargo run --locked --quiet -- "$@"; }

gongwen extract --jsonl --urls "$corpus/pages_urls.tsv" "$corpus"/pages/*.html > "$scratch/pages.jsonl"
python3 "$corpus/score.py" "$scratch/pages.jsonl" \
  --min body_f1=0.96 --min title=0.90 --min published=0.90 \
  --min opener_f1=0.93 --min lossless=1.0 --min not_article=0.8
