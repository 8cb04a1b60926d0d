"""Pages and files of Chinese government portals → records: the verbs of the program `gongwen` as functions.

    page = gongwen.extract(html, url="http://www.example.gov.cn/art/2024/2/19/art_1204_60871.html")
    page["document"]["title"], [section["heading"] for section in page["sections"]]

Nothing here touches the network. A page that is no report gives no exception but a `reject` with stage and reason.
"""

import json
import os
from pathlib import Path
from typing import TypedDict, cast

from ._gongwen import __version__, extract_json, structure_json
from ._read import read_jsonl
from .records import COLUMNS, Citation, Document, Figure, Foi, Section, Table

__all__ = [
    "COLUMNS",
    "Citation",
    "Document",
    "Extracted",
    "Figure",
    "Foi",
    "Reject",
    "Section",
    "Table",
    "__version__",
    "extract",
    "extract_file",
    "extract_json",
    "read_jsonl",
    "structure",
]


class Reject(TypedDict):
    """Why a page gave no document."""

    stage: str
    reason: str


class Extracted(TypedDict):
    """What a page or file gave: a document with its sections, or why there is none."""

    file: str
    document: Document | None
    sections: list[Section]
    reject: Reject | None


def extract(html: str | bytes, url: str | None = None) -> Extracted:
    """The document and sections of a page, or of a file (PDF, DOCX, …) given as bytes.

    Give bytes where you have them: the encoding is then found as a browser would. `url` is where the page was fetched; it
    names the record and resolves links. Of an archive (ZIP, …) the first file counts that gives a document.
    """
    return _first(extract_json(html, url))


def extract_file(path: str | os.PathLike[str], url: str | None = None) -> Extracted:
    """The same for a saved page or file; one that ends in `.txt` is plain text."""
    path = Path(path)
    return _first(extract_json(path.read_bytes(), url, file=str(path), text=path.suffix.lower() == ".txt"))


def structure(text: str, title_lines: int = 0) -> list[Section]:
    """The sections of plain text, one paragraph a line; the first `title_lines` lines are its title."""
    return [cast(Section, json.loads(line)) for line in structure_json(text, title_lines).split("\n") if line]


def _first(lines: str) -> Extracted:
    every = [cast(Extracted, json.loads(line)) for line in lines.split("\n") if line]
    nothing: Extracted = {"file": "-", "document": None, "sections": [], "reject": {"stage": "decode", "reason": "empty"}}
    return next((one for one in every if one["document"] is not None), every[0] if every else nothing)
