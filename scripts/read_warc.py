#!/usr/bin/env python3
"""Reads WARC files completely with warcio, an independent reader, and checks every digest.

usage: read_warc.py FILE|DIR...

Prints one line a file with the number of records of each type. Exits with 1 if a file cannot be read to its end, if a
digest is wrong or missing, if an HTTP answer has no status or not the length that its head says, or if there is no
answer at all. Needs `pip install warcio`.
"""

import sys
from collections import Counter
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator


def files(arguments):
    """The WARC files that the arguments name, folders searched."""
    for argument in arguments:
        path = Path(argument)
        yield from sorted(path.rglob("*.warc.gz")) if path.is_dir() else [path]


def troubles(record):
    """What is wrong with a record; it is read to its end for that."""
    head = record.rec_headers
    kind = record.rec_type
    body = record.content_stream().read()
    checker = record.digest_checker
    # A revisit has the digest of bytes that stand elsewhere.
    if checker.passed is not True and (kind != "revisit" or checker.problems):
        yield "; ".join(checker.problems) or "no digest to check"
    if not head.get_header("WARC-Record-ID", "").startswith("<urn:uuid:"):
        yield "no urn:uuid as WARC-Record-ID"
    if kind == "response":
        if not head.get_header("WARC-Payload-Digest"):
            yield "no payload digest"
        if record.http_headers is None or not record.http_headers.get_statuscode().isdigit():
            yield "no HTTP status"
        elif record.http_headers.get_header("Content-Length") != str(len(body)):
            yield "the HTTP head gives another length than the body has"


def main(arguments):
    bad = 0
    total = Counter()
    for path in files(arguments):
        kinds = Counter()
        try:
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream, check_digests=True):
                    kinds[record.rec_type] += 1
                    for trouble in troubles(record):
                        bad += 1
                        number = sum(kinds.values())
                        print(f"{path}: record {number} ({record.rec_type}): {trouble}", file=sys.stderr)
        except Exception as error:  # any failure to read is what this program is there to find
            bad += 1
            print(f"{path}: {type(error).__name__}: {error}", file=sys.stderr)
        total += kinds
        print(f"{path}: " + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())))
    if not total["response"]:
        bad += 1
        print("no answer was read", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
