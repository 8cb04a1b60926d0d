#!/usr/bin/env python3
"""A crawl of hosts that fail half of all requests: complete within the promised retries, or honestly partial.

Usage: scripts/half_failing.py PROGRAM [HOSTS [PAGES]]     (200 hosts with 100 pages each unless told otherwise; Linux only)

Nothing but loopback is asked. Every answer fails with one chance in two, by a number that its host, path and turn give: 500, 503,
a closed connection, half a body. Then every host is well and is asked again. What the server has seen decides:

- no page is asked for more often in a run than the retries allow, no host by two requests at once or before its interval
- the report counts what the server gave whole; a source that lost something is not complete, and the program exits with 3
- the run after the repair has every page once
- memory at the end is not more than at a quarter of the pages
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict

import sick_portal as sick
from sick_portal import CUT, HANG_UP, Portal

PER_LIST, RETRIES, INTERVAL = 20, 3, 0.02
# So long the portal takes to answer.
DELAY = 0.01
# A sleep may end so much early, as the server sees it.
JITTER = 0.004
MOST_GROWTH_MB = 15


class Site:
    def __init__(self, pages):
        self.pages, self.failing, self.turns, self.given = pages, True, Counter(), defaultdict(set)
        self.numbers = {sick.article_path(n): n for n in range(pages)}
        self.lists = {sick.list_path(n): n for n in range(-(-pages // PER_LIST))}

    def __call__(self, host, path):
        self.turns[host, path] += 1
        lot = hashlib.sha256(f"{host} {path} {self.turns[host, path]}".encode()).digest()
        if self.failing and lot[0] < 128:
            kind = lot[1] % 4
            if kind == 2:
                return HANG_UP
            body = self.right(host, path)[2]
            return (200, {}, body, CUT) if kind == 3 else ((500, 503)[kind], {}, "error")
        answer = self.right(host, path)
        if path in self.numbers:
            self.given[host].add(path)
        return answer

    def right(self, host, path):
        if path in self.numbers:
            return 200, {}, sick.article(host, self.numbers[path])
        if path in self.lists:
            current = self.lists[path]
            newest = range(self.pages - 1 - current * PER_LIST, max(self.pages - 1 - (current + 1) * PER_LIST, -1), -1)
            return 200, {}, sick.list_page(host, newest, current, len(self.lists))
        return 404, {}, "not found"


def configure(folder, hosts, portal):
    os.makedirs(f"{folder}/config/sources")
    with open(f"{folder}/config/gongwen.toml", "w", encoding="utf-8") as file:
        polite = f'[polite]\ninterval = "{int(INTERVAL * 1000)}ms"\nconcurrency = 1\n'
        file.write(f'{polite}[fetch]\nretries = {RETRIES}\nbackoff = "20ms"\ntimeout = "30s"\n')
    for host in range(hosts):
        with open(f"{folder}/config/sources/host{host}.toml", "w", encoding="utf-8") as file:
            file.write(f'name = "host {host}"\nstart = ["{portal.url(host)}"]\n')


def crawl(program, folder, portal, whole):
    """Runs a crawl; gives its exit code, report, and memory in MB by the share of `whole` requests that were seen."""
    portal.log.clear()
    portal.begun.clear()
    command = [program, "crawl", "--allow-private", "--quiet", "--json"]
    with open(f"{folder}/said", "w", encoding="utf-8") as said, open(f"{folder}/report", "w", encoding="utf-8") as out:
        begun = time.monotonic()
        child = subprocess.Popen(command, cwd=folder, stdout=out, stderr=said)
        memory = []
        while child.poll() is None:
            try:
                with open(f"/proc/{child.pid}/status", encoding="utf-8") as status:
                    rss = next((line for line in status if line.startswith("VmRSS")), None)
            except OSError:
                rss = None
            if rss:
                memory.append((len(portal.log) / whole, int(rss.split()[1]) / 1024))
            time.sleep(0.2)
        wall = time.monotonic() - begun
    with open(f"{folder}/report", encoding="utf-8") as file:
        return child.returncode, json.load(file), memory, wall


def manners(portal):
    """The shortest time between two requests to one host, and the most that a path was asked for."""
    last, shortest = {}, float("inf")
    for at, host in portal.begun:
        if host in last:
            shortest = min(shortest, at - last[host])
        last[host] = at
    often = Counter((host, path) for _, host, path, _ in portal.log)
    return shortest, max(often.values())


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    hosts, pages = (int(number) for number in [*sys.argv[2:], *["200", "100"][len(sys.argv) - 2 :]][:2])
    site = Site(pages)
    portal = Portal(site, DELAY)
    wrong = []

    def hold(what, is_so):
        if not is_so:
            wrong.append(what)

    with tempfile.TemporaryDirectory() as folder:
        configure(folder, hosts, portal)
        exit_code, report, memory, wall = crawl(program, folder, portal, 2 * hosts * pages)
        requests, (shortest, often) = len(portal.log), manners(portal)
        failed = sum(1 for *_, status in portal.log if status in (HANG_UP, CUT, 500, 503))
        counts = report["crawl"]["counts"]
        sources = {source["source"]: source for source in report["crawl"]["sources"]}
        statuses = Counter(source["status"] for source in sources.values())
        whole = sum(len(paths) for paths in site.given.values())
        print(f"{hosts} hosts with {pages} pages, half of all requests fail: {requests} requests ({failed} of them failed) in {wall:.0f} s")
        print(f"exit {exit_code}; {counts}; {dict(statuses)}")
        print(f"given whole by the server: {whole}; shortest pause {shortest * 1000:.1f} ms of {INTERVAL * 1000:.0f}; a path at most {often} times; {portal.most_at_once} at once")
        hold("a host was asked for two things at once", portal.most_at_once == 1)
        hold("a pause is too short", shortest >= INTERVAL - JITTER)
        hold("a path was asked for more often than the retries allow", often <= 1 + RETRIES)
        hold("the report counts other pages than the server gave", counts["new"] == whole)
        hold("the counts do not add up", counts["seen"] == sum(counts[key] for key in counts if key != "seen"))
        for host in range(hosts):
            source, given = sources[f"host{host}"], len(site.given[host])
            hold(f"host{host} is told complete with {given} of {pages}", source["status"] != "complete" or given == pages)
            hold(f"host{host} counts {source['counts']['new']} and gave {given}", source["counts"]["new"] == given)
        hold("a loss is no success", exit_code == (0 if whole == hosts * pages else 3))
        early = max((mb for share, mb in memory if share <= 0.25), default=0)
        late = max(mb for _, mb in memory)
        print(f"memory: {early:.0f} MB in the first quarter, {late:.0f} MB at the peak")
        hold("memory grows", late - early <= MOST_GROWTH_MB)

        site.failing = False
        exit_code, report, _, wall = crawl(program, folder, portal, hosts * pages)
        statuses = Counter(source["status"] for source in report["crawl"]["sources"])
        again = sum(1 for _, host, path, _ in portal.log if path in site.numbers)
        print(f"after the repair: exit {exit_code}, {report['crawl']['counts']}, {dict(statuses)}, {again} articles asked for in {wall:.0f} s")
        hold("not all is there after the repair", all(len(site.given[host]) == pages for host in range(hosts)))
        hold("what was there was fetched again", again == hosts * pages - whole)
        hold("the run after the repair is not done", exit_code == 0)
    print("".join(f"wrong: {line}\n" for line in wrong[:20]) or "all held\n", end="")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
