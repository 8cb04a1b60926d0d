#!/usr/bin/env python3
"""Reads what `gongwen` wrote as analysts do, with the libraries that are installed, and runs every example of the texts.

    scripts/check_readers.py FOLDER       FOLDER/output/demo holds a demo and its exports; see check_readers.sh

Each test is a trap that once caught somebody: codes without their zeros, days that shift, columns that are null for long.
"""
import datetime
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDER = pathlib.Path(os.environ["GONGWEN_READ"])
DEMO = FOLDER / "output/demo"
TABLES = ["documents", "sections", "tables", "citations", "figures", "foi"]
LATE = 3000


def lines(name, folder=DEMO):
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob(f"records/*/{name}.jsonl"))]
    return [json.loads(line) for text in texts for line in text.split("\n") if line]


def trap(folder):
    """Records in which a column is null for thousands of rows, then a code; one source is empty."""
    some = lines("sections")[0]
    for source in ("late", "none"):
        (folder / "records" / source).mkdir(parents=True)
        for name in [*TABLES, "revisions"]:
            (folder / "records" / source / f"{name}.jsonl").write_bytes(b"")
    rows = [{**some, "region_code": None, "report_year": None, "published": None, "issuer": None} for _ in range(LATE)]
    rows.append({**some, "region_code": "011010100000", "report_year": 2023, "published": "2024-01-05", "issuer": "青石镇人民政府"})
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "records/late/sections.jsonl").write_text(text, encoding="utf-8")


class Traps(unittest.TestCase):
    """The same file through every reader."""

    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.kept.name)
        trap(cls.folder)
        cls.file = cls.folder / "records/late/sections.jsonl"
        sys.path.insert(0, str(DEMO / "records/schema"))

    @classmethod
    def tearDownClass(cls):
        cls.kept.cleanup()

    def last_is_right(self, code, year, day, n_rows):
        self.assertEqual((code, int(year), str(day)[:10], n_rows), ("011010100000", 2023, "2024-01-05", LATE + 1))

    def test_pandas_as_the_readme_says(self):
        import pandas as pd

        for readme in ("README.md", "README.zh-CN.md"):
            call = re.search(r"pd\.read_json\((.*)\)\n", (ROOT / readme).read_text(encoding="utf-8"))
            arguments = call.group(1).partition(",")[2]
            frame = eval(f"pd.read_json({str(self.file)!r},{arguments})", {"pd": pd})
            last = frame.iloc[-1]
            self.last_is_right(last["region_code"], last["report_year"], last["published"], len(frame))
            self.assertTrue(frame["region_code"].isna().iloc[0], "a null is no text")
            self.assertEqual(str(frame["report_year"].dtype), "Int64")

    def test_polars(self):
        import records_polars

        frame = records_polars.read("sections", self.folder / "records")
        last = frame.row(-1, named=True)
        self.last_is_right(last["region_code"], last["report_year"], last["published"], frame.height)
        self.assertEqual(last["published"], datetime.date(2024, 1, 5))
        empty = records_polars.read("foi", self.folder / "records")
        self.assertEqual((empty.height, str(empty.schema["value"])), (0, "Float64"))
        earlier = records_polars.read("revisions", self.folder / "records")
        self.assertEqual((earlier.height, str(earlier.schema["published"])), (0, "Date"))

    def test_arrow(self):
        import records_arrow

        table = records_arrow.read("sections", str(self.folder / "records"))
        last = table.slice(table.num_rows - 1).to_pylist()[0]
        self.last_is_right(last["region_code"], last["report_year"], last["published"], table.num_rows)
        self.assertEqual(str(records_arrow.read("foi", str(self.folder / "records")).schema.field("value").type), "double")

    def test_duckdb_in_every_zone(self):
        import duckdb

        sql = (DEMO / "records/schema/records.sql").read_text(encoding="utf-8")
        sql = re.sub(r"read_json\('.*?/records/", f"read_json('{self.folder}/records/", sql)
        for zone in ("UTC", "Asia/Shanghai", "America/New_York"):
            db = duckdb.connect()
            db.execute(f"set TimeZone = '{zone}'")
            db.execute(sql)
            code, year, day = db.sql("select region_code, report_year, published from sections where region_code is not null").fetchall()[0]
            self.last_is_right(code, year, day, db.sql("select count(*) from sections").fetchall()[0][0])
            self.assertEqual(db.sql("select count(*) from foi").fetchall(), [(0,)])
            self.assertEqual(db.sql("select id, revisions.rev from documents join revisions using (id)").fetchall(), [])
            ((start,),) = db.sql("select min(start - \"end\") from sections").fetchall()
            self.assertLessEqual(start, 0, "numbers have a sign")

    def test_the_python_package(self):
        try:
            import gongwen
        except ImportError:
            self.skipTest("the package is not installed: scripts/check_python.sh makes it")
        everywhere = self.folder / "records/*/sections.jsonl"
        frame = gongwen.read_jsonl(everywhere)
        last = frame.row(-1, named=True)
        self.last_is_right(last["region_code"], last["report_year"], last["published"], frame.height)
        frame = gongwen.read_jsonl(everywhere, "pandas")
        last = frame.iloc[-1]
        self.last_is_right(last["region_code"], last["report_year"], last["published"], len(frame))
        self.assertEqual((str(frame["report_year"].dtype), frame["region_code"].isna().sum()), ("Int64", LATE))
        relation = gongwen.read_jsonl(everywhere, "duckdb")
        code, year, day = relation.filter("region_code is not null").select("region_code, report_year, published").fetchall()[0]
        self.last_is_right(code, year, day, relation.count("*").fetchall()[0][0])
        for as_ in ("polars", "pandas", "duckdb"):
            empty = gongwen.read_jsonl(self.folder / "records/none/foi.jsonl", as_)
            self.assertEqual(list(empty.columns), list(gongwen.COLUMNS["foi"]), as_)
            for name in TABLES:
                every = gongwen.read_jsonl(DEMO / f"records/demo/{name}.jsonl", as_)
                self.assertEqual(list(every.columns), list(gongwen.COLUMNS[name]), as_)
            earlier = gongwen.read_jsonl(DEMO / "records/demo/revisions.jsonl", as_)
            self.assertEqual(list(earlier.columns), list(gongwen.COLUMNS["documents"]), as_)


class Exports(unittest.TestCase):
    """What `gongwen export` wrote of the demo, opened by others."""

    def test_parquet_has_the_types_and_values_of_the_records(self):
        import pyarrow.parquet as pq

        sys.path.insert(0, str(DEMO / "records/schema"))
        import records_arrow

        for name in TABLES:
            table = pq.read_table(DEMO / f"export/parquet/{name}.parquet")
            expected = records_arrow.read(name, str(DEMO / "records"))
            self.assertEqual(table.schema.names, expected.schema.names)
            self.assertEqual(self.types_of(table), self.types_of(expected), name)
            self.assertEqual(table.to_pylist(), expected.to_pylist(), name)

    def types_of(self, table):
        # What a list holds is called `element` in Parquet and `item` in Arrow.
        return [str(kind).replace("<item:", "<element:") for kind in table.schema.types]

    def test_parquet_is_at_most_a_fifth_of_the_records(self):
        packed = sum(file.stat().st_size for file in DEMO.glob("export/parquet/*.parquet"))
        whole = sum(file.stat().st_size for file in DEMO.glob("records/*/*.jsonl"))
        print(f"Parquet / JSON Lines: {packed / whole:.3f}")
        self.assertLessEqual(packed, whole / 5)

    def test_parquet_in_pandas_polars_and_duckdb(self):
        import duckdb
        import pandas as pd
        import polars as pl

        file = str(DEMO / "export/parquet/documents.parquet")
        documents = lines("documents")
        days = [document["published"] for document in documents]
        self.assertEqual([str(day) for day in pd.read_parquet(file)["published"]], days)
        self.assertEqual([str(day) for day in pl.read_parquet(file)["published"]], days)
        self.assertEqual([str(day) for (day,) in duckdb.sql(f"select published from '{file}'").fetchall()], days)
        every = duckdb.sql(f"select * from read_parquet('{DEMO}/export/parquet/foi.parquet')")
        self.assertEqual((len(every.columns), every.fetchall()), (9, []))

    def test_a_hugging_face_dataset_by_its_card(self):
        import datasets

        datasets.disable_progress_bars()
        folder = DEMO / "export/parquet"
        with tempfile.TemporaryDirectory() as cache:
            named = datasets.get_dataset_config_names(str(folder))
            self.assertEqual(named, [name for name in TABLES if lines(name)])
            for name in named:
                rows = datasets.load_dataset(str(folder), name, split="train", cache_dir=cache)
                self.assertEqual([row for row in rows.select_columns(["schema"])["schema"]], [line["schema"] for line in lines(name)])
        # It gives no split without rows; a stream or Arrow does.
        empty = datasets.load_dataset("parquet", data_files=str(folder / "foi.parquet"), split="train", streaming=True)
        self.assertEqual((list(empty), len(empty.features)), ([], 9))

    def test_a_spreadsheet_of_csv(self):
        import pandas as pd

        frame = pd.read_csv(DEMO / "export/csv/documents.csv", dtype=str, keep_default_na=False)
        self.assertEqual(list(frame["title"]), [document["title"] for document in lines("documents")])

    def test_a_workbook(self):
        import pandas as pd

        book = pd.read_excel(DEMO / "export/gongwen.xlsx", sheet_name=None)
        self.assertEqual(list(book), [*TABLES, "about"])
        documents = lines("documents")
        self.assertEqual(list(book["documents"]["title"]), [document["title"] for document in documents])
        self.assertEqual([str(day)[:10] for day in book["documents"]["published"]], [document["published"] for document in documents])
        self.assertEqual(list(book["about"]["rows"]), [len(lines(name)) for name in TABLES])

    def test_sqlite_finds_three_characters(self):
        db = sqlite3.connect(DEMO / "export/gongwen.sqlite")
        (found,) = db.execute("select count(*) from sections_fts where sections_fts match '第一责任人'").fetchone()
        self.assertGreater(found, 0)


class Examples(unittest.TestCase):
    """Every Python block of the READMEs and every notebook, in the folder in which the demo was run."""

    def run_code(self, code, folder):
        environment = {**os.environ, "MPLBACKEND": "agg", "PYTHONWARNINGS": "error:Glyph:UserWarning"}
        done = subprocess.run([sys.executable, "-"], input=code.encode(), cwd=folder, env=environment, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr.decode()[-2000:])
        return done

    def test_every_block_of_the_readmes(self):
        try:
            import gongwen as _
        except ImportError:
            have_package = False
        else:
            have_package = True
        for readme in ("README.md", "README.zh-CN.md", "python/README.md"):
            blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / readme).read_text(encoding="utf-8"), flags=re.S | re.M)
            self.assertTrue(blocks, readme)
            for block in blocks:
                if have_package or "import gongwen" not in block:
                    with self.subTest(readme=readme, block=block):
                        self.run_code(block, FOLDER)

    def test_every_notebook(self):
        notebooks = sorted(ROOT.glob("notebooks/*.ipynb"))
        self.assertGreater(len(notebooks), 3)
        folder = FOLDER / "notebooks"
        folder.mkdir(exist_ok=True)
        for notebook in notebooks:
            cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
            code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
            self.assertFalse([cell for cell in cells if cell.get("outputs")], f"{notebook.name}: kept without outputs")
            with self.subTest(notebook=notebook.name):
                self.run_code("\n\n".join(code), folder)
            drawn = [cell for cell in code if "CHINESE = [" in cell]
            if drawn:
                with self.subTest(notebook=notebook.name, font="none"):
                    done = self.run_code("\n\n".join(code).replace("CHINESE = [", "CHINESE = [] and ["), folder)
                    self.assertEqual(done.stdout.decode().count("fonts-noto-cjk"), 1)
                    self.assertNotIn("lyph", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
