#!/usr/bin/env python3
"""Writes tests/fixtures/warc: the same two pages as other programs archive them, and as tables of Parquet.

usage: make_warc_fixtures.py FOLDER

Needs `pip install warcio fastwarc brotli zstandard pyarrow pyspark`, wget and a Java of 17 or newer. The pages are our own.
"""

import gzip
import http.server
import io
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import zlib
from pathlib import Path

import brotli
import fastwarc.warc
import pyarrow
import pyarrow.parquet
import zstandard
from pyspark.sql import SparkSession
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2024-03-01T08:00:00Z"


def page(year):
    """A report of one year."""
    return f"""<html><head><meta charset="utf-8"><title>青石镇{year}年度法治政府建设工作报告</title></head><body>
<div class="article"><h1>青石镇{year}年度法治政府建设工作报告</h1>
<p>发布时间：{year + 1}-02-28 来源：青石镇人民政府</p>
<p>现将我镇{year}年度法治政府建设工作情况报告如下：</p>
<p>一、主要举措和成效</p>
<p>（一）加强组织领导。成立领导小组，全年召开专题会议四次，研究部署法治政府建设各项工作。</p>
<p>二、存在的不足</p>
<p>执法力量仍然薄弱，普法宣传的形式还比较单一，部分干部依法行政的意识有待加强。</p>
<p>青石镇人民政府</p><p>{year + 1}年2月20日</p></div></body></html>
""".encode()


def url(year):
    return f"http://www.qingshi.gov.cn/c1/{year}.html"


def chunked(body):
    half = len(body) // 2
    parts = [body[:half], body[half:]]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def raw_deflate(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def warcio_file(path, packed, version, forms):
    """Request, response and warcinfo by warcio; the bodies as on the wire."""
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=packed, warc_version=version)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "warcio"}))
        for year, (headers, wire) in zip((2021, 2022), forms):
            body = wire(page(year))
            lines = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
            lines = [line for line in lines if line[0] != "Content-Length" or "Transfer-Encoding" not in dict(headers)]
            answer = StatusAndHeaders("200 OK", lines + headers, protocol="HTTP/1.1")
            dates = {"WARC-Date": DATE}
            record = writer.create_warc_record(
                url(year), "response", payload=io.BytesIO(body), http_headers=answer, warc_headers_dict=dates
            )
            request = writer.create_warc_record(
                url(year),
                "request",
                http_headers=StatusAndHeaders("GET / HTTP/1.1", [("Host", "www.qingshi.gov.cn")], is_http_request=True),
                warc_headers_dict=dates,
            )
            writer.write_request_response_pair(request, record)


def fastwarc_file(path):
    with open(path, "wb") as out:
        for year in (2021, 2022):
            record = fastwarc.warc.WarcRecord()
            record.init_headers(record_type=fastwarc.warc.WarcRecordType.response)
            record.headers["WARC-Target-URI"] = url(year)
            record.headers["WARC-Date"] = DATE
            record.headers["Content-Type"] = "application/http; msgtype=response"
            body = page(year)
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
            record.set_bytes_content(block)
            record.write(out, checksum_data=True)


def common_crawl_file(path):
    """As Common Crawl writes it: bodies decoded, headers of the wire renamed, one member a record."""
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=True, warc_version="1.0")
        writer.write_record(writer.create_warcinfo_record(path.name, {"isPartOf": "CC-MAIN-2024-10"}))
        for year in (2021, 2022):
            body = page(year)
            answer = StatusAndHeaders(
                "200 OK",
                [
                    ("X-Crawl-Content-Encoding", "gzip"),
                    ("X-Crawl-Transfer-Encoding", "chunked"),
                    ("Content-Type", "text/html"),
                    ("Content-Length", str(len(body))),
                ],
                protocol="HTTP/1.1",
            )
            dates = {"WARC-Date": DATE, "WARC-Identified-Payload-Type": "text/html"}
            writer.write_record(
                writer.create_warc_record(
                    url(year), "response", payload=io.BytesIO(body), http_headers=answer, warc_headers_dict=dates
                )
            )
            note = io.BytesIO(b"fetchTimeMs: 120\r\ncharset-detected: UTF-8\r\nlanguages-cld2: {}\r\n")
            writer.write_record(
                writer.create_warc_record(
                    url(year), "metadata", payload=note, warc_content_type="application/warc-fields", warc_headers_dict=dates
                )
            )


def records(path):
    """The records of a plain file, apart."""
    data = path.read_bytes()
    starts = [0]
    while (at := data.find(b"\r\n\r\nWARC/1.", starts[-1])) >= 0:
        starts.append(at + 4)
    return [data[start:end] for start, end in zip(starts, starts[1:] + [len(data)])]


def zstd_file(path, plain):
    """As the IIPC's draft says: a dictionary in a frame at the head, then a frame a record."""
    parts = records(plain)
    dictionary = zstandard.train_dictionary(4096, [part[n : n + 200] for part in parts for n in range(0, len(part), 20)])
    packer = zstandard.ZstdCompressor(dict_data=dictionary, write_checksum=True)
    raw = zstandard.ZstdCompressor().compress(dictionary.as_bytes())
    head = struct.pack("<II", 0x184D2A5D, len(raw)) + raw
    path.write_bytes(head + b"".join(packer.compress(part) for part in parts))


def wget_file(path):
    """wget crawls both pages from loopback."""

    class Portal(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            body = chunked(page(int(self.path[4:8])))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    urls = [f"http://127.0.0.1:{server.server_port}/c1/{year}.html" for year in (2021, 2022)]
    bare = str(path).removesuffix(".warc.gz")
    subprocess.run(["wget", "-q", "-O", "/dev/null", f"--warc-file={bare}", "--no-warc-keep-log", *urls], check=True)
    server.shutdown()


def pyarrow_file(path):
    """Bytes as the server sent them, in the charset that the page names; a row a group."""
    pages = [page(year).replace(b'charset="utf-8"', b'charset="gb2312"').decode().encode("gbk") for year in (2021, 2022)]
    table = pyarrow.table({"id": [1, 2], "url": [url(2021), url(2022)], "html": pyarrow.array(pages, pyarrow.binary())})
    pyarrow.parquet.write_table(table, path, compression="gzip", row_group_size=1)


def spark_file(path):
    """Text in Snappy with checksums, as Spark writes what it is not told to write otherwise."""
    spark = SparkSession.builder.master("local[1]").getOrCreate()
    rows = [(page(year).decode(), url(year)) for year in (2021, 2022)]
    with tempfile.TemporaryDirectory() as folder:
        spark.createDataFrame(rows, "html string, url string").coalesce(1).write.mode("overwrite").parquet(folder)
        shutil.copy(next(Path(folder).glob("*.parquet")), path)
    spark.stop()


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    plain, gz = (lambda body: body), ("Content-Encoding", "gzip")
    warcio_file(folder / "warcio-1.0.warc", False, "1.0", [([], plain), ([gz], gzip.compress)])
    warcio_file(
        folder / "warcio-1.1.warc.gz",
        True,
        "1.1",
        [
            ([("Transfer-Encoding", "chunked"), gz], lambda body: chunked(gzip.compress(body))),
            ([("Content-Encoding", "br")], brotli.compress),
        ],
    )
    deflate = ("Content-Encoding", "deflate")
    warcio_file(folder / "warcio-deflate.warc.gz", True, "1.1", [([deflate], zlib.compress), ([deflate], raw_deflate)])
    fastwarc_file(folder / "fastwarc.warc")
    (folder / "one-member.warc.gz").write_bytes(gzip.compress((folder / "fastwarc.warc").read_bytes(), mtime=0))
    common_crawl_file(folder / "common-crawl.warc.gz")
    zstd_file(folder / "dictionary.warc.zst", folder / "warcio-1.0.warc")
    wget_file(folder / "wget.warc.gz")
    pyarrow_file(folder / "pyarrow.parquet")
    spark_file(folder / "spark.parquet")


main()
