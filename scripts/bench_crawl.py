#!/usr/bin/env python3
"""What a crawl costs: CPU a page and peak memory of `gongwen crawl` on 50 hosts of loopback with pages of 40 KB.

Usage: scripts/bench_crawl.py PROGRAM [PAGES...]     (1500, 10000 and 50000 pages unless told otherwise; Linux only)
       scripts/bench_crawl.sh [PAGES...]             (the release program of this folder)

A second process is the portal, so what is measured is the program alone. Everything is on: robots.txt, the queue of
each host, the archive, the state. There is no interval, so wall time is that of the work. A last crawl has one, and
its wall time is compared with the time that politeness alone takes.
"""

import asyncio
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time

HOSTS = 50
PER_LIST = 20
PAGE_BYTES = 40_000
TARGET_MS, TARGET_MB = 0.6, 60
# A crawl of 30 pages a host ends before every connection has grown its buffers; beyond that nothing may grow.
TARGET_GROWTH_MB = 5
POLITE_PAGES, INTERVAL, TARGET_OVER = 1500, 0.5, 0.1
SENTENCE = "　　坚持依法行政，加强行政执法监督，落实行政执法三项制度，提高政府工作人员法治素养。"
PARAGRAPHS = f"<p>{SENTENCE * 4}</p>\n" * (PAGE_BYTES // len(f"<p>{SENTENCE * 4}</p>\n".encode()))


def article_path(n):
    return f"/fzzf/2024{1 + n // 28 % 12:02}/t2024{1 + n // 28 % 12:02}{1 + n % 28:02}_{1000 + n}.html"


def article(n):
    title = f"云溪县第{n}号法治政府建设年度报告"
    head = f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2025-01-20 09:30">'
    return f'<html><head><title>{title}</title>{head}</head><body><div class="TRS_Editor">{PARAGRAPHS}</div></body></html>'


def list_page(current, per_host):
    numbers = range(current * PER_LIST, min((current + 1) * PER_LIST, per_host))
    items = "".join(
        f'<li><a href="{article_path(n)}">云溪县第{n}号法治政府建设年度报告</a><span>2025-01-20</span></li>\n'
        for n in numbers
    )
    pages = -(-per_host // PER_LIST)
    script = f'<script>createPageHTML({pages}, {current}, "index", "html");</script>'
    return f'<html><body><div class="list"><ul>{items}</ul></div>{script}</body></html>'


class Portal(asyncio.Protocol):
    """Answers one connection; requests have no body, so the blank line ends them."""

    site = {}

    def connection_made(self, transport):
        self.transport, self.waiting = transport, b""

    def data_received(self, data):
        self.waiting += data
        while b"\r\n\r\n" in self.waiting:
            request, self.waiting = self.waiting.split(b"\r\n\r\n", 1)
            page = self.site.get(request.split(b" ", 2)[1].decode())
            status = "404 Not Found" if page is None else "200 OK"
            body = (page() if page else "").encode()
            head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
            self.transport.write(head.encode() + body)


def serve(per_host, port):
    """Runs the portal; every host has the same paths."""

    async def run():
        Portal.site = {article_path(n): (lambda n=n: article(n)) for n in range(per_host)}
        for n in range(-(-per_host // PER_LIST)):
            name = "/fzzf/index.html" if n == 0 else f"/fzzf/index_{n}.html"
            Portal.site[name] = lambda n=n: list_page(n, per_host)
        server = await asyncio.get_running_loop().create_server(Portal, "0.0.0.0", 0, backlog=4096)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def configure(folder, port, interval):
    os.makedirs(f"{folder}/config/sources")
    concurrency = 1 if interval else 2
    with open(f"{folder}/config/gongwen.toml", "w", encoding="utf-8") as file:
        file.write(f'[polite]\ninterval = "{int(interval * 1000)}ms"\nconcurrency = {concurrency}\n')
    for host in range(HOSTS):
        with open(f"{folder}/config/sources/host{host}.toml", "w", encoding="utf-8") as file:
            file.write(f'name = "host {host}"\nstart = ["http://127.0.0.{host + 2}:{port}/fzzf/index.html"]\n')


def measure(program, pages, interval=0):
    """Crawls so many pages and gives seconds of CPU and of the wall, and peak memory in MB."""
    port = multiprocessing.Queue()
    portal = multiprocessing.Process(target=serve, args=(pages // HOSTS, port), daemon=True)
    portal.start()
    with tempfile.TemporaryDirectory() as folder:
        configure(folder, port.get(), interval)
        command = [program, "crawl", "--allow-private", "--quiet", "--json"]
        start = time.monotonic()
        child = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE)
        report = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        new = json.loads(report)["crawl"]["counts"]["new"] if report else 0
        if child.returncode != 0 or new != pages:
            sys.exit(f"the crawl ended with {child.returncode} and {new} of {pages} pages")
    portal.terminate()
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    good, peaks = True, []
    for pages in [int(pages) // HOSTS * HOSTS for pages in sys.argv[2:]] or [1500, 10000, 50000]:
        cpu, wall, memory = measure(program, pages)
        per_page = cpu * 1000 / pages
        good &= per_page <= TARGET_MS and memory <= TARGET_MB
        peaks.append(memory)
        print(f"{pages:>6} pages: {per_page:.2f} ms CPU a page, {memory:.1f} MB at the peak, {wall:.1f} s", flush=True)
    growth = max(peaks) - min(peaks)
    good &= growth <= TARGET_GROWTH_MB
    print(f"the largest peak is {growth:.1f} MB above the smallest", flush=True)
    _, wall, _ = measure(program, POLITE_PAGES, INTERVAL)
    per_host = POLITE_PAGES // HOSTS
    # robots.txt, the list pages and the articles, with a pause between each two.
    bound = (-(-per_host // PER_LIST) + per_host) * INTERVAL
    good &= wall <= bound * (1 + TARGET_OVER)
    print(f"{POLITE_PAGES:>6} pages, {INTERVAL} s apart: {wall:.2f} s, where politeness takes {bound:.2f} s")
    targets = f"{TARGET_MS} ms, {TARGET_MB} MB, {TARGET_GROWTH_MB} MB apart, {TARGET_OVER:.0%} over"
    print(f"targets ({targets}): {'reached' if good else 'missed'}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
