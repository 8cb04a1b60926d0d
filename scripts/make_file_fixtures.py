#!/usr/bin/env python3
"""Makes the files below tests/fixtures/file that other programs must write: DOC, RTF, XLS, RAR, 7z.

Needs LibreOffice (`soffice`) and `pip install python-docx openpyxl py7zr rars`; the tests need none of them.
Run it when a fixture is to change; the texts are written for this project.
"""

import pathlib
import subprocess
import tempfile

import openpyxl
import py7zr
import rars
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

OUT = pathlib.Path(__file__).resolve().parent.parent / "tests/fixtures/file"

FAMILIES = [
    [
        ("chineseCountingThousand", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "（%4）"),
        ("decimalEnclosedCircle", "%5"),
    ],
    [("chineseCountingThousand", "第%1条")],
    [("chineseCounting", "第%1章"), ("chineseCounting", "第%2节")],
    [("ideographTraditional", "%1、")],
    [("chineseLegalSimplified", "%1、")],
]


def numbered(path):
    """A document whose numbers only the word processor draws."""
    doc = Document()
    numbering = doc.part.numbering_part.element
    for element in list(numbering):
        numbering.remove(element)
    for family, levels in enumerate(FAMILIES):
        inside = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:pPr><w:ind w:left="{420 * (n + 1)}" w:hanging="420"/></w:pPr></w:lvl>'
            for n, (form, text) in enumerate(levels)
        )
        numbering.append(
            parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{family}">{inside}</w:abstractNum>')
        )
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    for num, family, change in [(1, 0, ""), (2, 1, ""), (3, 2, ""), (4, 3, ""), (5, 4, ""), (6, 0, restart)]:
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{num}"><w:abstractNumId w:val="{family}"/>{change}</w:num>')
        )

    def paragraph(text, num=None, level=0, bold=""):
        added = doc.add_paragraph()
        added.add_run(bold).bold = True
        added.add_run(text)
        if num:
            added._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')
            )
        return added

    paragraph("青石镇人民政府2023年工作总结").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, level in [
        ("主要举措和成效", 0), ("加强组织领导", 1), ("制定方案", 2), ("落实责任", 3), ("逐级签订", 4),
        ("逐项检查", 4), ("规范执法行为", 1), ("全员轮训", 2), ("存在问题", 0), ("队伍建设滞后", 1),
    ]:
        paragraph(text, 1, level)
    paragraph("从五开始", 6)
    for text, level in [("总则", 0), ("目的", 1), ("依据", 1), ("附则", 0), ("施行", 1)]:
        paragraph(text, 3, level)
    for num, count in [(2, 101), (4, 11), (5, 11)]:
        for n in range(1, count + 1):
            paragraph(f"条目{n}", num)
    paragraph("一年来，全镇认真学习，扎实推进。", bold="加强领导。")
    table = doc.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "项目"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "执法"
    for row, column, text in [(0, 2, "件数"), (1, 1, "检查"), (1, 2, "12"), (2, 1, "处罚"), (2, 2, "3")]:
        table.cell(row, column).text = text
    paragraph("特此报告。")
    doc.save(path)


def workbook(path):
    """Two sheets with merged cells and number formats."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "执法情况统计表"
    sheet.merge_cells("A1:D1")
    for row in [["类别", "项目", "件数", "日期"], ["执法", "检查", 12, 45000], [None, "办结率", 0.975, 45001]]:
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet["C4"].number_format = "0.0%"
    sheet["D3"].number_format = sheet["D4"].number_format = 'yyyy"年"m"月"d"日"'
    book.create_sheet("说明")["A1"] = "注：数据截至年底。"
    book.create_sheet("底稿").sheet_state = "hidden"
    book["底稿"]["A1"] = "不公开"
    book.save(path)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        numbered(folder / "numbers.docx")
        workbook(folder / "sheet.xlsx")
        for kind, source in [("doc", "numbers.docx"), ("rtf", "numbers.docx"), ("xls", "sheet.xlsx")]:
            subprocess.run(
                ["soffice", "--headless", "--convert-to", kind, "--outdir", OUT, folder / source], check=True
            )
        (OUT / "sheet.xlsx").write_bytes((folder / "sheet.xlsx").read_bytes())
        note = folder / "说明.txt"
        note.write_text("青石镇人民政府\n2023年工作总结\n\n一、主要举措。\n", encoding="utf-8")
        with py7zr.SevenZipFile(OUT / "files.7z", "w") as archive:
            archive.write(note, "附件/说明.txt")
        with py7zr.SevenZipFile(OUT / "sealed.7z", "w", password="青石") as archive:
            archive.write(note, "说明.txt")
        for name, version, password in [("files.rar", "rar50", None), ("old.rar", "rar29", None), ("sealed.rar", "rar50", "x")]:
            builder = rars.RarBuilder(format=version, password=password)
            builder.add_bytes(note.read_bytes(), "附件/说明.txt")
            builder.write(str(OUT / name))


if __name__ == "__main__":
    main()
