#!/usr/bin/env python3
"""Makes an archive for measurements: pages from the fixtures of this repository, each with its own address, name and figures.

usage: make_archive.py [--pages N] [--files N] FOLDER

The same arguments give the same bytes. Needs nothing but Python; writes one gzip member a record, as Common Crawl does.
"""

import argparse
import hashlib
import re
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOWNS = [a + b for a in "青云石清泉龙凤白松" for b in "山溪水口桥坪湖"]


def fixtures():
    """Pages of portals with their charset."""
    for path in sorted((ROOT / "tests/fixtures/extract").glob("*.html")):
        data = path.read_bytes()
        charset = "gb18030" if re.search(rb"charset=[\"']?gb", data[:2000], re.I) else "utf-8"
        yield data.decode(charset, "replace"), charset


def member(data):
    packer = zlib.compressobj(6, wbits=31)
    return packer.compress(data) + packer.flush()


def record(url, html, charset):
    body = html.encode(charset, "replace")
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\nContent-Length: {len(body)}\r\n\r\n"
    block = head.encode() + body
    digest = hashlib.sha256(block).hexdigest()
    return member(
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:sha256:{digest}>\r\nWARC-Date: 2024-03-01T08:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Block-Digest: sha256:{digest}\r\nContent-Length: {len(block)}\r\n\r\n".encode()
        + block
        + b"\r\n\r\n"
    )


def page(n, html):
    """One of many: another town and year, other figures, and paragraphs up to the size of a real page."""
    town, year = TOWNS[n % len(TOWNS)], 2010 + n % 15
    html = re.sub(r"20[12]\d", str(year), html)
    more = "".join(
        f"<p>{town}镇第{k}村：办理事项{(n * 31 + k * 17) % 997}件，同比增长{(n + k) % 40}.{k % 10}%，投入资金{(n * k) % 5000}万元。</p>"
        for k in range(1, 40 + n % 200)
    )
    at = html.rfind("</p>")
    return html if at < 0 else html[: at + 4] + more + html[at + 4 :]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=200_000)
    parser.add_argument("--files", type=int, default=20)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    sources = list(fixtures())
    n, size = 0, 0
    for k in range(args.files):
        until = args.pages * (k + 1) // args.files
        with open(args.folder / f"part-{k:03}.warc.gz", "wb") as out:
            while n < until:
                html, charset = sources[n % len(sources)]
                url = f"http://www.town{n % 5003}.gov.cn/c{n % 17}/{n}.html"
                size += out.write(record(url, page(n, html), charset))
                n += 1
    print(f"{n} pages in {args.files} files, {size / 1e6:.1f} MB")


main()
