"""Times the program and other extractors on the pages of a corpus, and scores what they find; called by bench_peers.sh.

CPU time of one core, the best of several passes, since others may use the machine: trust the ratios of one run. Decoding is not
counted for those that want text. Quality is `body_f1` and `body_perfect`
of the corpus's own scorer, and how many pages that are no article are turned away.
"""
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

# Python extractors a hundred times slower need no five passes.
SLOW = {"trafilatura", "readability-lxml", "newspaper4k", "gne"}


def scorer(corpus):
    for folder in (corpus, corpus.parent / "corpus"):
        if (folder / "score.py").exists():
            spec = importlib.util.spec_from_file_location("score", folder / "score.py")
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    sys.exit("no score.py beside the pages")


def extractors():
    """Name → bytes and decoded text → the main text, or nothing."""
    import gne
    import newspaper
    import readability
    import trafilatura
    import turbohtml
    from lxml import html
    from resiliparse.extract.html2text import extract_plain_text

    def by_newspaper(_, text):
        article = newspaper.Article("http://example.org/", language="zh")
        article.download(input_html=text)
        article.parse()
        return article.text

    def by_readability(_, text):
        return html.fromstring(readability.Document(text).summary()).text_content()

    found = {}
    if importlib.util.find_spec("gongwen"):  # pip install target/wheels/*.whl, which scripts/wheel.sh makes
        import gongwen

        found["gongwen"] = lambda raw, _: (gongwen.extract(raw)["document"] or {}).get("text")
    return found | {
        "turbohtml": lambda raw, _: turbohtml.parse(raw).article().text,
        "resiliparse": lambda _, text: extract_plain_text(text, main_content=True),
        "trafilatura": lambda raw, _: trafilatura.extract(raw),
        "readability-lxml": by_readability,
        "newspaper4k": by_newspaper,
        "gne": lambda _, text: gne.GeneralNewsExtractor().extract(text)["content"],
    }


def quality(score, gold, texts):
    """Body F1, share of perfect bodies, pages turned away that are no articles."""
    f1 = perfect = articles = others = away = 0
    for file, page in gold.items():
        text = texts.get(file) or ""
        if page["kind"] != "article":
            others += 1
            away += not text.strip()
            continue
        articles += 1
        precision, recall, f = score.body_scores(page, text)
        f1 += f
        perfect += precision >= 0.999 and recall >= 0.999
    return f1 / articles, perfect / articles, f"{away}/{others}"


def of_program(program, pages, addresses, passes):
    """CPU seconds of a pass without start-up, and the texts."""
    names = [str(page) for page in pages]
    told = ["--urls", str(addresses)] if addresses.exists() else []

    def run(n, output=subprocess.DEVNULL):
        return seconds_of([program, "extract", "--jsonl", "--quiet", *told, *(names * n)], output)

    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        run(1, output)
        output.seek(0)
        lines = [json.loads(line) for line in output]
    texts = {os.path.basename(line["file"]): (line["document"] or {}).get("text") for line in lines}
    return seconds_of_a_pass(run, passes), texts


def of_smoothie(reader, pages, passes):
    """The same of dom_smoothie, which is a library of Rust: a program that reads and writes files."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for file, _, text in pages:
            names.append(os.path.join(folder, file))
            pathlib.Path(names[-1]).write_text(text, encoding="utf-8")
        seconds_of([reader, *names])
        texts = {os.path.basename(name): pathlib.Path(name + ".txt").read_text(encoding="utf-8") for name in names}
        return seconds_of_a_pass(lambda n: seconds_of([reader, *(names * n)]), passes), texts


def seconds_of(command, output=subprocess.DEVNULL):
    """CPU seconds of a command on one core."""
    before = os.times()
    subprocess.run(["taskset", "-c", "0", *command], stdout=output, stderr=subprocess.DEVNULL, check=False)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def seconds_of_a_pass(run, passes):
    """Without start-up: what eight more passes take."""
    once, more = (min(run(n) for _ in range(passes)) for n in (1, 9))
    return (more - once) / 8


def of_peer(extract, pages, passes):
    """CPU seconds of a pass, and the texts."""
    texts, best = {}, None
    for n in range(passes):
        begun = time.process_time()
        for file, raw, text in pages:
            try:
                found = extract(raw, text)
            except Exception:  # an extractor that fails has found nothing
                found = None
            if n == 0:
                texts[file] = found
        spent = time.process_time() - begun
        best = spent if best is None else min(best, spent)
    return best, texts


def main():
    program, reader, corpus, passes = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), int(sys.argv[4])
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    score = scorer(corpus)
    files = sorted((corpus / "pages").glob("*.html"))
    raw = [(file.name, file.read_bytes()) for file in files]
    pages = [(name, page, bytes_to_str(page, detect_encoding(page))) for name, page in raw]
    # The pages of watch.txt are scored by figures alone, as all others.
    labels = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((corpus / "gold").iterdir())]
    gold = {label["file"]: label for label in labels}
    seconds, texts = of_program(program, files, corpus / "pages_urls.tsv", passes)
    rows = [("gongwen", len(files) / seconds, *quality(score, gold, texts))]
    seconds, texts = of_smoothie(reader, pages, passes)
    rows.append(("dom_smoothie 0.19.0", len(files) / seconds, *quality(score, gold, texts)))
    for name, extract in extractors().items():
        seconds, texts = of_peer(extract, pages, 1 if name in SLOW else passes)
        called = f"{name} {version(name)}" + (", through Python" if name == "gongwen" else "")
        rows.append((called, len(files) / seconds, *quality(score, gold, texts)))
    size = sum(len(page) for _, page in raw) / len(raw) / 1024
    print(f"{len(files)} pages of {size:.0f} KB on average, CPU time of one core.\n")
    print("| extractor | pages a CPU-second | gongwen is faster by | body F1 | whole bodies | no articles turned away |")
    print("|---|---|---|---|---|---|")
    for name, speed, f1, perfect, away in rows:
        print(f"| {name} | {speed:,.0f} | {rows[0][1] / speed:.2f} | {f1:.3f} | {perfect:.3f} | {away} |")


if __name__ == "__main__":
    main()
