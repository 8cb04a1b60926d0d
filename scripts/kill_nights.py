#!/usr/bin/env python3
"""Whether kills lose, repeat or tear anything: 150 x kill -9 at random instants of crawl, run --full, --retry-failed, build and
archive rebuild, against a portal on loopback, with disks that are full and clocks that go back in between.

Usage: scripts/kill_nights.py PROGRAM [KILLS] [SEED]     (150 kills unless told otherwise; Unix only)

A tenth of the answers of the portal are failures. A full disk is a limit on the size of files (RLIMIT_FSIZE), which every writer meets
in the middle of a record. At the end a run that nobody kills must leave every report in the archive once, every line whole and
every change told once; the archive must be sound; and a state made anew from the WARC files must give the same records byte by byte.
"""

import hashlib
import http.server
import json
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zlib

REPORTS, PER_LIST = 240, 60
SENTENCE = "　　坚持依法行政，加强行政执法监督，落实行政执法三项制度，提高政府工作人员法治素养。"


def path_of(n):
    return f"/fzzf/2024{1 + n // 28 % 12:02}/t2024{1 + n // 28 % 12:02}{1 + n % 28:02}_{1000 + n}.html"


def report(n):
    title = f"云溪县第{n}号法治政府建设年度报告"
    head = f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2024-01-20 09:30">'
    body = f"<p>{n}号乡镇现将有关情况报告如下：</p><p>一、主要工作</p><p>{SENTENCE * 6}</p><p>二、存在问题</p><p>{SENTENCE * 6}</p>"
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1><div class=TRS_Editor>{body}</div></body></html>"


def site():
    pages = {path_of(n): report(n).encode() for n in range(REPORTS)}
    count = -(-REPORTS // PER_LIST)
    for page in range(count):
        numbers = range(page * PER_LIST, min((page + 1) * PER_LIST, REPORTS))
        items = "".join(
            f'<li><a href="{path_of(n)}">云溪县第{n}号法治政府建设年度报告</a><span>2024-01-20</span></li>' for n in numbers
        )
        script = f'<script>createPageHTML({count}, {page}, "index", "html");</script>'
        name = "/fzzf/index.html" if page == 0 else f"/fzzf/index_{page}.html"
        pages[name] = f"<html><body><div class=list><ul>{items}</ul></div>{script}</body></html>".encode()
    return pages


class Portal(http.server.BaseHTTPRequestHandler):
    """Answers with the page, with 304, or, while it is sick, with a failure now and then."""

    protocol_version = "HTTP/1.1"
    pages, sick, chance = site(), True, random.Random(1)

    def do_GET(self):
        body = self.pages.get(self.path)
        tag = '"%s"' % hashlib.sha256(body or b"").hexdigest()[:12]
        if body is None:
            status, body = 404, b"not here"
        elif "/t2024" in self.path and self.sick and self.chance.random() < 0.1:
            status, body = 500, b"failed"
        elif self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        else:
            status = 200
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if status in (200, 304):
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # Who was killed hears no answer.


class Desk:
    def __init__(self, program, folder, port, chance):
        self.program, self.folder, self.chance = program, pathlib.Path(folder), chance
        self.output = self.folder / "output"
        sources = self.folder / "config" / "sources"
        sources.mkdir(parents=True)
        (sources / "yunxi.toml").write_text(f'start = ["http://127.0.0.1:{port}/fzzf/index.html"]\n')
        (sources.parent / "gongwen.toml").write_text(
            'recheck = "2d"\n[polite]\ninterval = "0s"\nconcurrency = 4\n[fetch]\nretries = 0\nbackoff = "1ms"\n'
        )
        self.day = 100.0

    def start(self, arguments, most_bytes=None):
        """The clock goes on by some hours, and every few runs back by some days."""
        self.day += self.chance.uniform(0.1, 1.5) if self.chance.random() < 0.8 else -self.chance.uniform(1, 5)
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_767_225_600 + 86_400 * self.day))
        flags = ["--config", self.folder / "config", "--output", self.output, "--now", now, "--quiet"]
        if arguments[0] in ("crawl", "run"):
            flags.append("--allow-private")

        def limits():
            if most_bytes is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

        return subprocess.Popen(
            [self.program, *arguments, *flags], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=limits
        )

    def run(self, arguments, codes, most_bytes=None):
        child = self.start(arguments, most_bytes)
        said = child.communicate()[0].decode()
        if child.returncode not in codes:
            raise SystemExit(f"{arguments} ended with {child.returncode}:\n{said}")
        return child.returncode

    def largest(self):
        return max((file.stat().st_size for file in self.output.rglob("*") if file.is_file()), default=0)

    def records(self):
        folder = self.output / "records" / "yunxi"
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.glob("*.jsonl"))}


def members(path):
    """The decompressed members of a WARC file; whatever is no whole member is torn."""
    data = path.read_bytes()
    while data:
        inflate = zlib.decompressobj(31)
        yield inflate.decompress(data)
        if not inflate.eof:
            raise SystemExit(f"torn: {path}")
        data = inflate.unused_data


def archived(output):
    """How often each report is in the WARC files with its bytes, and how many checks are."""
    found, checks = {}, 0
    for path in sorted((output / "archive").rglob("*.warc.gz")):
        for member in members(path):
            head, _, block = member.partition(b"\r\n\r\n")
            fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
            checks += fields["WARC-Type"] == "revisit"
            page = "/" + fields.get("WARC-Target-URI", "").split("/", 3)[-1]
            if fields["WARC-Type"] == "response" and "/t2024" in page and block.startswith(b"HTTP/1.1 200"):
                body = block.partition(b"\r\n\r\n")[2][: -len(b"\r\n\r\n")]
                if body != Portal.pages[page]:
                    raise SystemExit(f"torn: the bytes of {page}")
                found[page] = found.get(page, 0) + 1
    return found, checks


def lines(path):
    text = path.read_bytes()
    if text and not text.endswith(b"\n"):
        raise SystemExit(f"torn: {path}")
    return [json.loads(line) for line in text.splitlines()]


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 150
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.SystemRandom().randrange(1 << 32)
    chance = random.Random(seed)
    server = Server(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(program, folder, server.server_port, chance)
        actions = {
            "crawl": ["crawl"],
            "run --full": ["run", "--full"],
            "run": ["run"],
            "--retry-failed": ["crawl", "--retry-failed", str(desk.output / "failed.jsonl")],
            "build": ["build"],
            "rebuild": ["archive", "rebuild"],
        }
        killed, done, full = dict.fromkeys(actions, 0), 0, 0
        # How long each takes, as far as it is known: kills are to fall into all of it.
        length = dict.fromkeys(actions, 0.3)
        while sum(killed.values()) < kills:
            name = chance.choice(sorted(actions))
            if name != "crawl" and not (desk.output / "state.sqlite").exists():
                continue
            if name == "--retry-failed" and not (desk.output / "failed.jsonl").exists():
                continue
            if done % 12 == 11:
                code = desk.run(actions[chance.choice(["crawl", "run --full", "build"])], range(0, 101), desk.largest() + chance.randrange(9000))
                full += code == 1
            began = time.monotonic()
            child = desk.start(actions[name])
            try:
                child.wait(chance.uniform(0, 1.1 * length[name]))
                length[name] = time.monotonic() - began
                if child.returncode not in (0, 1, 2, 3, 4):
                    raise SystemExit(f"seed {seed}: {name} ended with {child.returncode}:\n{child.stdout.read().decode()}")
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
                killed[name] += 1
                length[name] = min(3.0, length[name] * 1.1)
            child.stdout.close()
            done += 1
        Portal.sick = False
        desk.day += 100
        desk.run(["run"], [0])
        desk.run(["crawl", "--full"], [0])
        desk.run(["build"], [0])
        desk.run(["archive", "check"], [0])
        found, checks = archived(desk.output)
        lost = REPORTS - len(found)
        twice = sum(times - 1 for times in found.values())
        documents = lines(desk.output / "records" / "yunxi" / "documents.jsonl")
        for file in (desk.output / "records" / "yunxi").glob("*.jsonl"):
            lines(file)
        feed = lines(desk.output / "changes.jsonl")
        told = [(change["id"], change["kind"]) for change in feed]
        records = desk.records()
        desk.run(["archive", "rebuild"], [0])
        desk.run(["build"], [0])
        differ = [name for name, digest in desk.records().items() if digest != records[name]]
        invented = len(lines(desk.output / "changes.jsonl")) - len(feed)
        print(f"seed {seed}: {sum(killed.values())} kills in {done} runs: {killed}; {full} runs ended on a full disk")
        print(
            f"{REPORTS} reports: {lost} lost, {twice} twice, 0 torn; {len(documents)} documents, {len(set(told))} changes, "
            f"{len(told) - len(set(told))} told twice, {checks} checks; rebuilt: {len(differ)} files differ {differ}, {invented} changes invented"
        )
        if lost or twice or differ or invented or len(documents) != REPORTS or len(told) != len(set(told)) or len(told) != REPORTS:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
