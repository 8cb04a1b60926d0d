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
  --min body_f1=0.998 --min body_perfect=0.96 --min title=0.98 --min published=0.98 --min publisher=0.98 \
  --min author=0.98 --min document_number=0.98 --min index_number=0.98 --min breadcrumb=0.98 --min not_article=1.0 \
  --min outline_f1=0.995 --min opener_f1=0.995 --min heading=0.99 --min outline_perfect=0.96 --min roles_f1=0.98 \
  --min lossless=1.0

# Reports that are PDF, DOC, DOCX or OFD. Three labels place the rules that a notice issues beside the notice, where the labels of
# pages place them below it: the level of 123 openers, which is what keeps outline_f1 low.
gongwen extract --jsonl "$corpus"/files/* > "$scratch/files.jsonl"
python3 "$corpus/score.py" "$scratch/files.jsonl" --gold "$corpus/files_gold" \
  --min body_f1=0.999 --min lines_exact=0.985 --min opener_f1=0.98 --min outline_f1=0.72 --min lossless=1.0

gongwen sources inspect --jsonl --urls "$corpus/lists_urls.tsv" "$corpus"/lists/*.html > "$scratch/lists.jsonl"
python3 "$corpus/score_lists.py" "$scratch/lists.jsonl" \
  --min items=0.95 --min dates=0.95 --min next=0.95 --min pages=0.94 --min profile=0.95 --min not_list=1.0
