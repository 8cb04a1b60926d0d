"""A portal on loopback whose hosts (127.1.0.2, 127.1.0.3 …) can be sick in any way that is known of real ones.

For `three_nights.py` and `half_failing.py`: one process and one thread, so that a site is a plain function of host and
path that the script may exchange between two runs.
"""

import asyncio
import threading
import time
from collections import Counter

PARAGRAPH = "<p>　　坚持依法行政，加强行政执法监督，落实行政执法三项制度，提高政府工作人员法治素养。</p>\n" * 6
# What a site gives beside an answer: nothing at all, half of it, no end, or a closed connection.
HANG_UP, CUT, SILENCE = "hang up", "cut", "silence"


def address(host):
    """Every host has an address of its own."""
    return f"127.1.{host // 250}.{2 + host % 250}"


def host_of(ip):
    """The number of the host with this address."""
    _, _, high, low = ip.split(".")
    return int(high) * 250 + int(low) - 2


def article_path(n):
    month, day = 1 + n // 28 % 12, 1 + n % 28
    return f"/fzzf/2024{month:02}/t2024{month:02}{day:02}_{1000 + n}.html"


def article(host, n):
    month, day = 1 + n // 28 % 12, 1 + n % 28
    title = f"第{host}镇第{n}号法治政府建设年度报告"
    head = f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2024-{month:02}-{day:02} 09:30">'
    return f'<html><head><title>{title}</title>{head}</head><body><div class="TRS_Editor">{PARAGRAPH}</div></body></html>'


def list_page(host, numbers, current=0, pages=1):
    """A list page in the form of a common portal system; `numbers` are its articles, newest first."""
    items = "".join(
        f'<li><a href="{article_path(n)}">第{host}镇第{n}号法治政府建设年度报告</a>'
        f"<span>2024-{1 + n // 28 % 12:02}-{1 + n % 28:02}</span></li>\n"
        for n in numbers
    )
    script = f'<script>createPageHTML({pages}, {current}, "index", "html");</script>'
    return f'<html><head><title>法治政府建设</title></head><body><div class="list"><ul>{items}</ul></div>{script}</body></html>'


def list_path(current):
    return "/fzzf/index.html" if current == 0 else f"/fzzf/index_{current}.html"


class Connection(asyncio.Protocol):
    """Answers one connection; requests have no body, so the blank line ends them."""

    portal = None

    def connection_made(self, transport):
        self.transport, self.waiting = transport, b""
        self.host = host_of(transport.get_extra_info("sockname")[0])

    def data_received(self, data):
        self.waiting += data
        while b"\r\n\r\n" in self.waiting:
            request, self.waiting = self.waiting.split(b"\r\n\r\n", 1)
            self.portal.begin(self.host)
            asyncio.get_running_loop().call_later(self.portal.delay, self.reply, request.split(b" ", 2)[1].decode())

    def reply(self, path):
        self.portal.end(self.host)
        answer = self.portal.answer(self.host, path)
        if answer == SILENCE:
            return
        if answer == HANG_UP:
            self.transport.close()
            return
        status, headers, body = answer[:3]
        body = body if isinstance(body, bytes) else body.encode()
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": len(body), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        cut = len(answer) > 3 and answer[3] == CUT
        sent = body[: len(body) // 2] if cut else body
        self.transport.write(f"HTTP/1.1 {status} -\r\n{lines}\r\n".encode() + sent)
        if cut:
            self.transport.close()


class Portal:
    """Serves `site(host, path)`, which gives (status, headers, body[, CUT]), HANG_UP or SILENCE, and keeps who asked when.

    Answers come `delay` seconds after their requests, so that `most_at_once` is how many a host had to answer at one time.
    """

    def __init__(self, site, delay=0.0):
        self.site, self.delay, self.log, self.begun, self.port = site, delay, [], [], None
        self.open, self.most_at_once = Counter(), 0
        ready = threading.Event()
        threading.Thread(target=asyncio.run, args=(self._serve(ready),), daemon=True).start()
        ready.wait()

    async def _serve(self, ready):
        Connection.portal = self
        server = await asyncio.get_running_loop().create_server(Connection, "0.0.0.0", 0, backlog=4096)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await server.serve_forever()

    def begin(self, host):
        self.begun.append((time.monotonic(), host))
        self.open[host] += 1
        self.most_at_once = max(self.most_at_once, self.open[host])

    def end(self, host):
        self.open[host] -= 1

    def answer(self, host, path):
        answer = self.site(host, path)
        self.log.append((time.monotonic(), host, path, answer if isinstance(answer, str) else answer[-1] if len(answer) > 3 else answer[0]))
        return answer

    def url(self, host, path="/fzzf/index.html"):
        return f"http://{address(host)}:{self.port}{path}"
