#!/usr/bin/env bash
# Counts for every rule of extraction and structure on how many pages of each corpus it fired, and which figures change without it.
# The corpora are not part of this repository: without them this says so.  scripts/rules.sh [--quick]: counts only.
set -euo pipefail
cd "$(dirname "$0")/.."

shared=../shared
[ -d "$shared/corpus/pages" ] || { echo "skipped: the corpora of real pages are not beside this repository"; exit 0; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cargo build --locked --quiet
gongwen=target/debug/gongwen

for set in corpus corpus2; do
  "$gongwen" extract --explain --jsonl --urls "$shared/$set/pages_urls.tsv" "$shared/$set"/pages/*.html > "$scratch/$set.why"
done

figures() { # prints one line of figures for what is switched off
  local set
  for set in corpus corpus2; do
    GONGWEN_WITHOUT=${1-} "$gongwen" extract --jsonl --urls "$shared/$set/pages_urls.tsv" "$shared/$set"/pages/*.html \
      > "$scratch/$set.jsonl"
  done
  python3 "$shared/corpus/score.py" "$scratch/corpus.jsonl" --gold "$shared/corpus/gold" --json > "$scratch/first.json"
  for only in work watch; do
    python3 "$shared/corpus/score.py" "$scratch/corpus2.jsonl" --gold "$shared/corpus2/gold" \
      --only "$shared/corpus2/$only.txt" --json > "$scratch/$only.json"
  done
}

[ "${1-}" = --quick ] || { figures; for set in first work watch; do cp "$scratch/$set.json" "$scratch/$set.base"; done; }
printf '%-28s %7s %7s  %s\n' rule corpus corpus2 'figures that change without it'
# A name that no rule has is refused with the list of all.
rules=$( { GONGWEN_WITHOUT=no.such.rule "$gongwen" extract --jsonl /dev/null 2>&1 || true; } | grep -oE '\b[a-z_]+\.[a-z_]+\b' \
  | grep -v '^no\.such' | sort -u)
for rule in $rules; do
  counts=$(for set in corpus corpus2; do
    python3 -c '
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
print(sum(sys.argv[2] in {**((line["why"] or {}).get("rules") or {}), **(line["structure"] or {})} for line in lines))
' "$scratch/$set.why" "$rule"
  done)
  changes=
  if [ "${1-}" != --quick ]; then
    figures "$rule"
    changes=$(python3 -c '
import json, sys
for name in ("first", "work", "watch"):
    base, now = (json.load(open(f"{sys.argv[1]}/{name}.{end}")) for end in ("base", "json"))
    print(*(f"{name}.{key} {now[key] - base[key]:+.4f}" for key in base if now[key] != base[key]), end=" ")
' "$scratch")
  fi
  # shellcheck disable=SC2086 # two counts
  printf '%-28s %7s %7s  %s\n' "$rule" $counts "$changes"
done
