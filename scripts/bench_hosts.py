#!/usr/bin/env python3
"""Whether politeness alone bounds a crawl of many hosts: wall time and peak memory of `gongwen crawl` on 2,000 hosts of
loopback (127.x.y.z), each asked once a second.

Usage: scripts/bench_hosts.py PROGRAM [HOSTS [PAGES]]     (2000 hosts with 20 pages each unless told otherwise; Linux only)

Nothing but loopback is asked. At most 5,000 hosts and 50 pages each; the crawl is ended after three times the time that
politeness takes. A second process is the portal; robots.txt, the queue of each host, the archive and the state are on.
"""

import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time

import bench_crawl as bench

MOST_HOSTS, MOST_PAGES = 5000, 50
INTERVAL = 1.0
PAGE_BYTES = 2_000
TARGET_OVER = 0.1


def address(host):
    """Every host has an address of its own: 127.1.0.2, 127.1.0.3 …"""
    return f"127.1.{host // 250}.{2 + host % 250}"


def serve(pages, port):
    bench.PARAGRAPHS = bench.PARAGRAPHS[: PAGE_BYTES // 3]
    # The portal holds a socket for each host as well.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    bench.serve(pages, port)


def configure(folder, hosts, port):
    os.makedirs(f"{folder}/config/sources")
    with open(f"{folder}/config/gongwen.toml", "w", encoding="utf-8") as file:
        file.write(f'[polite]\ninterval = "{int(INTERVAL * 1000)}ms"\nconcurrency = 1\n')
    for host in range(hosts):
        with open(f"{folder}/config/sources/host{host}.toml", "w", encoding="utf-8") as file:
            file.write(f'name = "host {host}"\nstart = ["http://{address(host)}:{port}/fzzf/index.html"]\n')


def most_sockets(pid):
    """How many sockets a process has open."""
    try:
        links = [os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")]
    except OSError:
        return 0
    return sum(link.startswith("socket:") for link in links)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    hosts, pages = (int(number) for number in [*sys.argv[2:], "2000", "20"][:2])
    if len(sys.argv) == 3:
        pages = 20
    if not (0 < hosts <= MOST_HOSTS and 0 < pages <= MOST_PAGES):
        sys.exit(f"at most {MOST_HOSTS} hosts and {MOST_PAGES} pages")
    # robots.txt, the list pages and the articles, with a pause between each two.
    bound = (-(-pages // bench.PER_LIST) + pages) * INTERVAL
    port = multiprocessing.Queue()
    portal = multiprocessing.Process(target=serve, args=(pages, port), daemon=True)
    portal.start()
    with tempfile.TemporaryDirectory() as folder:
        configure(folder, hosts, port.get())
        begun, sockets = time.monotonic(), 0
        command = [program, "crawl", "--allow-private", "--quiet"]
        child = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE)
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            sockets = max(sockets, most_sockets(child.pid))
            if time.monotonic() - begun > 3 * bound + 30:
                child.terminate()
            time.sleep(0.2)
        wall = time.monotonic() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        said = child.stderr.read().decode()
        archived = sum(len(files) for _, _, files in os.walk(f"{folder}/output/archive"))
    portal.terminate()
    if child.returncode != 0 or archived != hosts:
        sys.exit(f"the crawl ended with {child.returncode} and {archived} of {hosts} hosts\n{said[:2000]}")
    cpu = (usage.ru_utime + usage.ru_stime) * 1000 / (hosts * pages)
    over = wall / bound - 1
    print(f"{hosts} hosts with {pages} pages, {INTERVAL:.0f} s apart: {wall:.2f} s, where politeness takes {bound:.2f} s ({over:+.1%})")
    print(f"{usage.ru_maxrss / 1024:.1f} MB at the peak, {cpu:.2f} ms CPU a page, at most {sockets} sockets open")
    print(f"target ({TARGET_OVER:.0%} over): {'reached' if over <= TARGET_OVER else 'missed'}")
    sys.exit(0 if over <= TARGET_OVER else 1)


if __name__ == "__main__":
    main()
