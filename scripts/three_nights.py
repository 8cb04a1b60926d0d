#!/usr/bin/env python3
"""What an operator is told of 300 portals of which 20 are sick in different ways: three nights of `gongwen run --quiet`,
with repairs and new failures in between.

Usage: scripts/three_nights.py PROGRAM [MAILS]     (the three mails are also written to the file MAILS; Linux only)

Nothing but loopback is asked. Each mail must have fewer than 60 lines, count every sick source under its status, name it or
the file that does, name every source that is well again, and be silent on the others.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

import sick_portal as sick
from sick_portal import CUT, HANG_UP, SILENCE, Portal

SOURCES, REPORTS, MOST_LINES = 300, 6, 60
WORDS = "欢迎访问政府网站，这里有政务公开、办事服务、互动交流、数据开放等栏目，请选择您需要的服务。" * 60
WALL = "<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>"


def page(body, status=200, **headers):
    return status, {name.replace("_", "-"): value for name, value in headers.items()}, body


# Each way of being sick: what its list, its articles or its robots.txt answer in place of what is right.
LIST = {
    "list 404": lambda: page("not found", 404),
    "list 500": lambda: page("error", 500),
    "list 503": lambda: page("busy", 503, Retry_After="1"),
    "hangs up": lambda: HANG_UP,
    "list is cut": lambda: (200, {}, "<html><body><ul>" + WORDS, CUT),
    "never answers": lambda: SILENCE,
    "wall 412": lambda: page(WALL, 412),
    "wall 200": lambda: page(WALL),
    "redesign": lambda: page(f"<html><body><div>{WORDS}</div></body></html>"),
    "empty list": lambda: page("<html><body><h1>法治政府建设</h1><p>暂无内容</p></body></html>"),
    "redirects in a circle": lambda: page("", 302, Location="/fzzf/index.html"),
    "error page with 200": lambda: page("<html><title>404错误</title><body>您访问的页面不存在</body></html>"),
    "no text": lambda: page(bytes(range(256)) * 40, Content_Type="application/octet-stream"),
    "larger than allowed": lambda: page("<p>" + "x" * 400_000),
    "login": lambda: page("<html><body>请登录</body></html>", 401),
}
ROBOTS = {
    "robots disallows": lambda: page("User-agent: *\nDisallow: /\n"),
    "robots 503": lambda: page("busy", 503),
}
# Of these every article, or one of them.
ARTICLES = {
    "all articles 500": lambda n: page("error", 500),
    "one article 500": lambda n: page("error", 500) if n == 2 else None,
    "new article 500": lambda n: page("error", 500) if n == REPORTS else None,
    "one article is cut": lambda n: (200, {}, "<html><body>" + WORDS, CUT) if n == 3 else None,
    "articles behind a wall": lambda n: page(WALL, 412),
}
SHRUNK = "list of one"


class Site:
    """What every host answers tonight."""

    def __init__(self):
        self.ill, self.reports = {}, dict.fromkeys(range(SOURCES), REPORTS)

    def __call__(self, host, path):
        how = self.ill.get(host)
        if path == "/robots.txt":
            return ROBOTS[how]() if how in ROBOTS else page("", 404)
        numbers = range(self.reports.get(host, 0))
        if path == "/fzzf/index.html":
            if how in LIST:
                return LIST[how]()
            shown = numbers[-1:] if how == SHRUNK else numbers[::-1]
            return page(sick.list_page(host, shown))
        number = next((n for n in numbers if sick.article_path(n) == path), None)
        if number is None:
            return page("not found", 404)
        answer = ARTICLES[how](number) if how in ARTICLES else None
        return answer or page(sick.article(host, number))


def configure(folder, portal):
    os.makedirs(f"{folder}/config/sources")
    with open(f"{folder}/config/gongwen.toml", "w", encoding="utf-8") as file:
        file.write('[polite]\ninterval = "0s"\n[fetch]\nretries = 1\nbackoff = "20ms"\ntimeout = "3s"\nmax_bytes = "256 KiB"\n')
    for host in range(SOURCES):
        with open(f"{folder}/config/sources/{name(host)}.toml", "w", encoding="utf-8") as file:
            file.write(f'name = "第{host}镇 法治政府建设"\nstart = ["{portal.url(host)}"]\n')


def name(host):
    return f"zhen-{host:03}"


def nights():
    """Who is sick in which night, and which hosts have a report more."""
    ways = [way for way in [*LIST, *ROBOTS, *ARTICLES] if way != "new article 500"]
    first = {10 + 13 * n: how for n, how in enumerate(ways[:20])}
    repaired = sorted(first)[:8]
    second = {host: how for host, how in first.items() if host not in repaired}
    new = ["empty list", SHRUNK, "wall 412", "list 404", "new article 500", "hangs up", "redesign", "never answers"]
    second |= {2 + 31 * n: how for n, how in enumerate(new)}
    repaired = sorted(second)[::2]
    third = {host: how for host, how in second.items() if host not in repaired}
    # A failure that many share: a cluster of portals goes down at once.
    third |= {270 + n: "list 503" for n in range(10)}
    third |= {3: "robots disallows", 4: SHRUNK}
    return [(first, range(0)), (second, range(100, 130)), (third, range(110, 120))]


def check(mail, report, ill, before):
    """What is wrong with a mail."""
    wrong = []
    lines = mail.splitlines()
    if len(lines) >= MOST_LINES:
        wrong.append(f"{len(lines)} lines")
    sources = {source["source"]: source for source in report["crawl"]["sources"]}
    told = {id for id, source in sources.items() if source["status"] != "complete" or source["alarm"]}
    known = {name(host) for host in ill}
    wrong += [f"{id} is sick ({ill[int(id[-3:])]}) and not told" for id in sorted(known - told)]
    wrong += [f"{id} is well and told to be {sources[id]['status']}: {sources[id]['detail']}" for id in sorted(told - known)]
    if told and not re.search(rf"^{len(told)} of {SOURCES} sources are not well", mail, re.M):
        wrong.append("the number of sick sources is not told")
    unnamed = [id for id in sorted(told) if id not in mail]
    if unnamed and ", …)" not in mail:
        wrong.append(f"not named: {unnamed}")
    well_again = re.search(r"^well again: (.*)$", mail, re.M)
    well_again = set(well_again[1].split(", ")) if well_again else set()
    if well_again != {name(host) for host in before} - known:
        wrong.append(f"well again are not {sorted(well_again)}")
    if told and f"runs/{report['id']}.json" not in mail:
        wrong.append("the report of the run is not named")
    return wrong


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    mails, failed, before = [], False, {}
    site = Site()
    portal = Portal(site)
    with tempfile.TemporaryDirectory() as folder:
        configure(folder, portal)
        for night, (ill, more) in enumerate(nights(), 1):
            site.ill = ill
            for host in more:
                site.reports[host] += 1
            at = f"2026-03-0{night}T02:00:00Z"
            command = [program, "run", "--allow-private", "--quiet", "--now", at]
            env = {"PATH": os.environ["PATH"], "HOME": folder}
            run = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
            with open(f"{folder}/output/runs/2026030{night}T020000Z.json", encoding="utf-8") as file:
                report = json.load(file)
            mail = run.stdout + run.stderr
            wrong = check(mail, report, ill, before)
            failed |= bool(wrong)
            counts, lines = report["crawl"]["counts"], len(mail.splitlines())
            print(f"night {night}: exit {run.returncode}, {len(ill)} sick, mail of {lines} lines, {counts}")
            print("".join(f"  {line}\n" for line in wrong) or "  sufficient\n", end="")
            ways = "".join(f"  {name(host)}  {how}\n" for host, how in sorted(ill.items()))
            mails.append(f"=== night {night}: exit {run.returncode}; sick are\n{ways}--- the mail\n{mail}\n")
            before = ill
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            file.write("".join(mails))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
