"""The package gives what the program prints, keeps its promises about types, and lets threads run side by side."""

import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest
import zipfile

import gongwen

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("GONGWEN", str(ROOT / "target/debug/gongwen"))
ADDRESS = "http://www.example.gov.cn/art/2024/2/19/art_1204_60871.html"
REPORT = (
    "<html><head><meta charset='gb2312'><title>青石镇</title></head><body><h1>青石镇2023年度法治政府建设工作报告</h1>"
    "<p>发布时间：2024-02-19</p><p>现将有关情况报告如下：</p><p>一、主要举措和成效</p><p>（一）推进政务公开。全年公开信息12条。</p>"
    "<p>二、存在的不足</p><p>执法力量仍然薄弱。</p></body></html>"
)


def program(*arguments, given=b""):
    """What the program prints, away from any configuration."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GONGWEN")}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([PROGRAM, *arguments], input=given, capture_output=True, cwd=folder, env=environment, check=True)
    return done.stdout


def saved(*patterns):
    """Files of the fixtures and, where they are at hand, real pages."""
    folders = [ROOT / "tests/fixtures", ROOT.parent / "shared/corpus"]
    return sorted(path for folder in folders for pattern in patterns for path in folder.glob(pattern) if path.is_file())


class SameAsTheProgram(unittest.TestCase):
    def test_every_saved_page_and_file_gives_the_same_bytes(self):
        paths = saved("**/*.html", "file/*", "files/pages/*")
        self.assertGreater(len(paths), 20)
        files = [str(path) for path in paths]
        expected = program("extract", "--jsonl", *files)
        given = [gongwen.extract_json(path.read_bytes(), file=str(path)) + "\n" for path in paths]
        self.assertEqual("".join(given).encode(), expected)

    def test_an_address_counts_as_it_does_there(self):
        for page in (REPORT.encode(), REPORT.encode("gb18030")):
            expected = program("extract", "--jsonl", "--url", ADDRESS, "-", given=page)
            self.assertEqual((gongwen.extract_json(page, ADDRESS) + "\n").encode(), expected)

    def test_plain_text_gives_the_same_bytes(self):
        text = "青石镇工作总结\n一、主要举措\n（一）推进政务公开\n全年公开信息12条。\n"
        self.assertEqual(gongwen.extract_json(text, text=True) + "\n", program("extract", "--jsonl", "--text", "-", given=text.encode()).decode())
        lines = "".join(json.dumps(section, ensure_ascii=False, separators=(",", ":")) + "\n" for section in gongwen.structure(text, 1))
        self.assertEqual(lines, program("structure", "--title-lines", "1", "-", given=text.encode()).decode())

    def test_an_archive_gives_a_line_a_file(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("empty.html", " ")
            archive.writestr("report.html", REPORT)
        expected = program("extract", "--jsonl", "-", given=packed.getvalue())
        self.assertEqual((gongwen.extract_json(packed.getvalue()) + "\n").encode(), expected)
        self.assertEqual(gongwen.extract(packed.getvalue())["file"], "-/report.html")


class Functions(unittest.TestCase):
    def test_a_page_as_text_is_the_page_as_bytes_whatever_encoding_it_declares(self):
        self.assertEqual(gongwen.extract(REPORT), gongwen.extract(REPORT.encode()))
        page = gongwen.extract(REPORT, url=ADDRESS)
        self.assertEqual(page["document"]["title"], "青石镇2023年度法治政府建设工作报告")
        self.assertEqual(page["document"]["url"], ADDRESS)
        self.assertIn("推进政务公开", [section["heading"] for section in page["sections"]])

    def test_a_saved_file_says_its_name_and_text_files_are_text(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("page.html", "page.TXT"):
                path = pathlib.Path(folder, name)
                path.write_text(REPORT if name.endswith("html") else "一、主要举措\n全年公开信息12条。\n", encoding="utf-8")
                page = gongwen.extract_file(path)
                self.assertEqual(page["file"], str(path))
                self.assertIn("全年公开信息12条。", page["document"]["text"])

    def test_what_is_no_report_is_rejected_and_raises_nothing(self):
        for page in ("", " ", b"", b"\0\1\2\3", "\ud800", "<p>", b"%PDF-1.4"):
            given = gongwen.extract(page)
            self.assertTrue(given["document"] or given["reject"]["reason"], page)

    def test_what_is_no_page_at_all_is_an_error(self):
        self.assertRaises(TypeError, gongwen.extract, None)
        self.assertRaises(TypeError, gongwen.extract, ["<p>"])
        self.assertRaises(ValueError, gongwen.extract, "<p>", url="no address")
        self.assertRaises(FileNotFoundError, gongwen.extract_file, "missing.html")

    def test_keys_are_those_of_the_types(self):
        page = gongwen.extract(REPORT, url=ADDRESS)
        self.assertEqual(list(page["document"]), list(gongwen.COLUMNS["documents"]))
        self.assertEqual(list(page["document"]), list(gongwen.Document.__annotations__))
        self.assertEqual(list(page["sections"][0]), list(gongwen.COLUMNS["sections"]))

    def test_other_threads_run_while_a_page_is_read(self):
        page = "<p>" + "一、主要举措和成效。全年公开信息12条。</p><p>" * 20000
        begun, ended, seen = threading.Barrier(2), [], []

        def read():
            begun.wait()
            seen.append(len(ended))
            gongwen.extract_json(page)
            ended.append(True)

        interval = sys.getswitchinterval()
        # Only who lets go of the lock lets another run.
        sys.setswitchinterval(3600)
        try:
            threads = [threading.Thread(target=read) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            sys.setswitchinterval(interval)
        self.assertEqual(seen, [0, 0], "the second began only when the first had ended")


if __name__ == "__main__":
    unittest.main()
