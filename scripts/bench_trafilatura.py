#!/usr/bin/env python3
"""How long trafilatura takes for the pages of a WARC file, on one core; prints pages, pages with text, and seconds.

usage: bench_trafilatura.py FILE PAGES

Needs `pip install trafilatura lxml_html_clean fastwarc`. The time to read the file is not counted.
"""

import itertools
import sys
import time

import fastwarc
import trafilatura


def pages(path):
    """The bodies of all answers."""
    with open(path, "rb") as file:
        for record in fastwarc.ArchiveIterator(file, record_types=fastwarc.WarcRecordType.response):
            yield record.reader.read()


def main():
    path, n = sys.argv[1], int(sys.argv[2])
    bodies = list(itertools.islice(pages(path), n))
    trafilatura.bare_extraction(bodies[0], with_metadata=True)
    begun = time.process_time()
    found = sum(trafilatura.bare_extraction(body, with_metadata=True) is not None for body in bodies)
    print(len(bodies), found, round(time.process_time() - begun, 2))


main()
