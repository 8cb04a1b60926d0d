#!/usr/bin/env bash
# Reads the same labelled pages with other programs and prints the body figures beside ours:  scripts/peers.sh [FOLDER]
# FOLDER keeps what is fetched (Python packages, a crate); the corpora are not part of this repository: without them this says so.
set -euo pipefail
cd "$(dirname "$0")/.."

shared=../shared
[ -d "$shared/corpus/pages" ] || { echo "skipped: the corpora of real pages are not beside this repository"; exit 0; }
kept=${1:-$(mktemp -d)}
[ -n "${1-}" ] || trap 'rm -rf "$kept"' EXIT

cargo build --locked --quiet
if [ ! -x "$kept/python/bin/python" ]; then
  python3 -m venv "$kept/python"
  "$kept/python/bin/pip" install --quiet trafilatura==2.3.1 lxml_html_clean py_asciimath brotli 'numpy<2.4' charset_normalizer chardet
  # It asks for a newer Python than it needs.
  "$kept/python/bin/pip" install --quiet --no-deps --ignore-requires-python magic-html==0.1.8
fi
cargo build --quiet --manifest-path scripts/dom_smoothie/Cargo.toml --target-dir "$kept/reader"

# Every program gets the text of the page, decoded once as we decode it.
cat > "$kept/read.py" <<'PYTHON'
import json, os, subprocess, sys

program, reader, folder, out = sys.argv[1:]
pages = sorted(os.listdir(folder))


def decoded(data):
    """The text of a page: UTF-8 if it is, else GB 18030."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def texts():
    if program == "dom_smoothie":
        scratch = out + ".pages"
        os.makedirs(scratch, exist_ok=True)
        for name in pages:
            with open(os.path.join(folder, name), "rb") as page, open(os.path.join(scratch, name), "w") as copy:
                copy.write(decoded(page.read()))
        subprocess.run([reader] + [os.path.join(scratch, name) for name in pages], check=True)
        for name in pages:
            path = os.path.join(scratch, name + ".txt")
            yield name, open(path).read() if os.path.exists(path) else ""
        return
    if program == "trafilatura":
        import trafilatura

        def read(html):
            return trafilatura.extract(html, include_comments=False) or ""
    else:
        from lxml.html import fromstring
        from magic_html import GeneralExtractor

        extractor = GeneralExtractor()

        def read(html):
            found = extractor.extract(html, base_url="http://example.org/").get("html") or ""
            if not found.strip():
                return ""
            tree = fromstring(found)
            for block in tree.iter("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4"):
                block.tail = "\n" + (block.tail or "")
            return tree.text_content()
    for name in pages:
        with open(os.path.join(folder, name), "rb") as page:
            try:
                yield name, read(decoded(page.read()))
            except Exception:  # a page that a program cannot read is one that it lost
                yield name, ""


with open(out, "w") as lines:
    for name, text in texts():
        document = {"text": text} if text.strip() else None
        print(json.dumps({"file": name, "document": document, "sections": []}, ensure_ascii=False), file=lines)
PYTHON

printf '%-14s %-6s %9s %9s %9s %9s %12s\n' program set precision recall F1 perfect not_article
for set in corpus corpus2; do
  for program in gongwen dom_smoothie trafilatura magic_html; do
    out="$kept/$set.$program.jsonl"
    if [ "$program" = gongwen ]; then
      target/debug/gongwen extract --jsonl --urls "$shared/$set/pages_urls.tsv" "$shared/$set"/pages/*.html > "$out" 2> "$kept/log"
    else
      "$kept/python/bin/python" "$kept/read.py" "$program" "$kept/reader/debug/reader" "$shared/$set/pages" "$out" \
        2> "$kept/log"
    fi
    for only in $([ "$set" = corpus ] && echo first || echo work watch); do
      pages=()
      [ "$only" = first ] || pages=(--only "$shared/corpus2/$only.txt")
      python3 "$shared/corpus/score.py" "$out" --gold "$shared/$set/gold" "${pages[@]}" --json |
        python3 -c 'import json, sys
figures = json.load(sys.stdin)
names = ["body_precision", "body_recall", "body_f1", "body_perfect", "not_article"]
print("%-14s %-6s %9.3f %9.3f %9.3f %9.3f %12.3f" % (*sys.argv[1:], *(figures[name] for name in names)))' "$program" "$only"
    done
  done
done
