#!/usr/bin/env python3
"""Counts instructions, which other work on the machine does not change: what a start, a page, a byte and a section cost.

    cargo build --release && scripts/bench_cost.py target/release/gongwen      the tables of docs/performance.md; some minutes
    cargo build && scripts/bench_cost.py target/debug/gongwen --guard          fails where a bound is passed; half a minute

Needs valgrind. Counts of one build differ by less than a percent; the SHA instructions of the processor are not used under
valgrind, so a page costs less than it counts here.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

# Of a build without optimisation, which CI has: millions of instructions of a start, and instructions a byte of a page. Half
# as much again as today: what they find is a mistake.
MOST_AT_START = 24
MOST_PER_BYTE = 4500
# A page ten times as large may cost so many times as much.
MOST_GROWTH = 12

WORDS = "依法行政 法治政府 建设 工作机制 行政执法 矛盾纠纷 群众 政务公开 重大决策 合法性审查 专题会议 述法 培训 案件 复议 应诉 宣传 责任 监督 改革".split()


def sentence(n, words):
    # A linear congruence chooses the words, so that every run counts the same.
    out = []
    for _ in range(words):
        n = (n * 1103515245 + 12345) % 2**31
        out.append(WORDS[n >> 16 & 15])
    return "".join(out) + "。"


def page(paragraphs, encoding="utf-8"):
    head = f'<!DOCTYPE html><html><head><meta charset="{encoding}"><title>云溪县2025年法治政府建设年度报告</title></head><body>'
    nav = "".join(f'<li><a href="/c{n}/index.html">栏目{n}</a></li>' for n in range(40))
    body = "".join(f'<p style="text-indent:2em"><span style="font-size:16pt">{text}</span></p>\n' for text in paragraphs)
    return (
        f'{head}<ul>{nav}</ul><h1>云溪县2025年法治政府建设年度报告</h1><div>发布时间：2026-03-01 来源：云溪县司法局</div>'
        f'<div class="TRS_Editor">{body}</div><div>版权所有 云溪县人民政府</div></body></html>'
    ).encode(encoding)


def of_size(size, encoding="utf-8"):
    paragraphs, length = [], 0
    while length < size:
        n = len(paragraphs)
        head = f"{'一二三四五六七八九十'[n // 8 % 10]}、" if n % 8 == 0 else ""
        paragraphs.append(head + sentence(n, 6 if head else 24))
        length += 3 * len(paragraphs[-1]) + 75
    return page(paragraphs, encoding)


def of_sections(count):
    return page([f"第{n + 1}条　{sentence(n, 8)}" for n in range(count)])


def instructions(command):
    tool = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    limits = {f"GONGWEN_LIMITS_{key.upper()}": value for key, value in LIMITS.items()}
    done = subprocess.run([*tool, *command], capture_output=True, env={**os.environ, **limits}, check=False)
    found = re.search(rb"I\s+refs:\s+([\d,]+)", done.stderr)
    if not found:
        sys.exit(done.stderr.decode(errors="replace"))
    return int(found[1].replace(b",", b"")) / 1e6, done.stdout


# What the largest page of the tables needs; the shipped limits turn it away.
LIMITS = {"tags": "2000000", "characters": "20000000", "lines": "400000", "sections": "400000", "copied_bytes": "4096 MiB"}


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = path, pathlib.Path(folder)

    def extract(self, html, times=1):
        files = [self.folder / f"{n}.html" for n in range(times)]
        for file in files:
            file.write_bytes(html)
        cost, out = instructions([self.path, "extract", "--jsonl", "--quiet", *map(str, files)])
        if out.count(b'"reject":null') != times:
            sys.exit("a page of the table is turned away")
        return cost

    def of_page(self, html):
        """Millions of instructions for a page, without start and first use: the second and third of three."""
        return (self.extract(html, 3) - self.extract(html)) / 2


def milliseconds(command, runs=200):
    """From the call to the end of a command: the least and the middle of some runs."""
    spent = []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        spent.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    return f"{spent[0]:.1f} ms, mostly {spent[runs // 2]:.1f} ms"


def tables(program):
    start, _ = instructions([program.path, "--version"])
    small = program.extract(of_size(2000))
    page = str(program.folder / "0.html")
    print(f"`--version` {start:.1f} M instructions, {milliseconds([program.path, '--version'])}.")
    print(f"`extract` of one small page {small:.1f} M, {milliseconds([program.path, 'extract', '--jsonl', '--quiet', page])}.\n")
    print("| page | M instructions | a byte |\n|---|---|---|")
    for size in (10_000, 100_000, 1_000_000, 10_000_000):
        html = of_size(size)
        cost = program.of_page(html)
        print(f"| {len(html) / 1000:,.0f} KB | {cost:,.1f} | {cost * 1e6 / len(html):.0f} |", flush=True)
    print("\n| sections | M instructions | a section |\n|---|---|---|")
    for count in (10, 100, 1000, 10_000, 100_000):
        cost = program.of_page(of_sections(count))
        print(f"| {count:,} | {cost:,.1f} | {cost * 1e6 / count:,.0f} |", flush=True)
    utf8, gbk = (program.of_page(of_size(50_000, encoding)) for encoding in ("utf-8", "gbk"))
    print(f"\nA page of 50 KB: UTF-8 {utf8:.1f} M, the same in GBK {gbk:.1f} M: {utf8 / gbk:.2f} of the speed.")


def guard(program):
    small, large = of_size(20_000), of_size(200_000)
    costs = program.of_page(small), program.of_page(large)
    start, _ = instructions([program.path, "--version"])
    checks = [
        ("a start", start, MOST_AT_START),
        ("a byte of a page", costs[0] * 1e6 / len(small), MOST_PER_BYTE),
        ("a page ten times as large", costs[1] / costs[0], MOST_GROWTH),
    ]
    for what, cost, most in checks:
        print(f"{what}: {cost:.1f}, at most {most}")
    if any(cost > most for _, cost, most in checks):
        sys.exit("slower than the bounds of scripts/bench_cost.py")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--guard", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(args.program, folder)
        (guard if args.guard else tables)(program)


if __name__ == "__main__":
    main()
