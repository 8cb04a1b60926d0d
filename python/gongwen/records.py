"""The records of gongwen: what a line of each file holds. Made by `gongwen schema --as python`."""

from typing import TypedDict, Union


class DocumentAttachment(TypedDict):
    """Files that the article links to."""

    name: str
    url: str
    media_type: str | None
    sha256: str | None
    bytes: int | None
    document_id: str | None


class DocumentWarning(TypedDict):
    """What is odd."""

    code: str
    start: int | None
    end: int | None
    detail: str | None


class Document(TypedDict):
    """One document: one line of `documents.jsonl`."""

    schema: str
    id: str
    rev: str
    prev_rev: str | None
    source: str | None
    profile: str | None
    url: str | None
    final_url: str | None
    title: str | None
    title_lines: list[str]
    genre: str | None
    document_type: str | None
    document_number: str | None
    index_number: str | None
    issuers: list[str]
    addressees: list[str]
    cc: list[str]
    author: str | None
    publisher: str | None
    published: str | None
    published_at: str | None
    published_from: str | None
    dated: str | None
    printed: str | None
    copies: int | None
    report_year: int | None
    region_code: str | None
    region_name: str | None
    region_level: str | None
    issuer: str | None
    issuer_level: str | None
    breadcrumb: list[str]
    views: int | None
    text: str
    text_origin: str
    page_urls: list[str]
    parent_id: str | None
    duplicate_of: str | None
    attachments: list[DocumentAttachment]
    section_count: int
    char_count: int
    warnings: list[DocumentWarning]
    first_seen: str | None
    last_checked: str | None
    gone_at: str | None
    fetched_at: str | None
    http_status: int | None
    content_type: str | None
    charset: str | None
    raw_sha256: str
    raw_bytes: int
    warc_file: str | None
    warc_offset: int | None
    extractor: str


class SectionItem(TypedDict):
    """Inline items of the own body."""

    number: int
    style: str
    start: int
    end: int


class Section(TypedDict):
    """One section: one line of `sections.jsonl`."""

    schema: str
    id: str
    doc_id: str
    rev: str
    seq: int
    parent_id: str | None
    path: str
    level: int
    role: str
    style: str | None
    marker: str | None
    number: int | None
    heading: str | None
    text: str
    items: list[SectionItem]
    part: list[str]
    breadcrumb: list[str]
    start: int
    text_start: int
    end: int
    subtree_end: int
    flags: list[str]
    url: str | None
    title: str | None
    issuer: str | None
    region_code: str | None
    report_year: int | None
    published: str | None
    source: str | None


class Table(TypedDict):
    """One table: one line of `tables.jsonl`."""

    schema: str
    id: str
    doc_id: str
    section_id: str
    rows: list[list[str]]
    header_rows: int | None


class Citation(TypedDict):
    """A law or document that a text cites: one line of `citations.jsonl`."""

    schema: str
    doc_id: str
    section_id: str | None
    kind: str
    title: str | None
    document_number: str | None
    start: int
    end: int


class Figure(TypedDict):
    """A number with its unit: one line of `figures.jsonl`."""

    schema: str
    doc_id: str
    section_id: str | None
    value: float
    approximate: bool
    unit: str | None
    context: str
    start: int
    end: int


class Foi(TypedDict):
    """One cell of a standard table of an annual report on government information: one line of `foi.jsonl`."""

    schema: str
    doc_id: str
    report_year: int | None
    issuer: str | None
    table: str
    row: str
    column: str
    value: float | None
    flags: list[str]


Kind = Union[str, list["Kind"], dict[str, "Kind"]]

# The type of every column: text, day, instant, integer, number or truth; a list of one, or the keys of an object.
COLUMNS: dict[str, dict[str, Kind]] = {
    "documents": {
        "schema": "text",
        "id": "text",
        "rev": "text",
        "prev_rev": "text",
        "source": "text",
        "profile": "text",
        "url": "text",
        "final_url": "text",
        "title": "text",
        "title_lines": ["text"],
        "genre": "text",
        "document_type": "text",
        "document_number": "text",
        "index_number": "text",
        "issuers": ["text"],
        "addressees": ["text"],
        "cc": ["text"],
        "author": "text",
        "publisher": "text",
        "published": "day",
        "published_at": "instant",
        "published_from": "text",
        "dated": "day",
        "printed": "day",
        "copies": "integer",
        "report_year": "integer",
        "region_code": "text",
        "region_name": "text",
        "region_level": "text",
        "issuer": "text",
        "issuer_level": "text",
        "breadcrumb": ["text"],
        "views": "integer",
        "text": "text",
        "text_origin": "text",
        "page_urls": ["text"],
        "parent_id": "text",
        "duplicate_of": "text",
        "attachments": [{"name": "text", "url": "text", "media_type": "text", "sha256": "text", "bytes": "integer", "document_id": "text"}],
        "section_count": "integer",
        "char_count": "integer",
        "warnings": [{"code": "text", "start": "integer", "end": "integer", "detail": "text"}],
        "first_seen": "instant",
        "last_checked": "instant",
        "gone_at": "instant",
        "fetched_at": "instant",
        "http_status": "integer",
        "content_type": "text",
        "charset": "text",
        "raw_sha256": "text",
        "raw_bytes": "integer",
        "warc_file": "text",
        "warc_offset": "integer",
        "extractor": "text",
    },
    "sections": {
        "schema": "text",
        "id": "text",
        "doc_id": "text",
        "rev": "text",
        "seq": "integer",
        "parent_id": "text",
        "path": "text",
        "level": "integer",
        "role": "text",
        "style": "text",
        "marker": "text",
        "number": "integer",
        "heading": "text",
        "text": "text",
        "items": [{"number": "integer", "style": "text", "start": "integer", "end": "integer"}],
        "part": ["text"],
        "breadcrumb": ["text"],
        "start": "integer",
        "text_start": "integer",
        "end": "integer",
        "subtree_end": "integer",
        "flags": ["text"],
        "url": "text",
        "title": "text",
        "issuer": "text",
        "region_code": "text",
        "report_year": "integer",
        "published": "day",
        "source": "text",
    },
    "tables": {
        "schema": "text",
        "id": "text",
        "doc_id": "text",
        "section_id": "text",
        "rows": [["text"]],
        "header_rows": "integer",
    },
    "citations": {
        "schema": "text",
        "doc_id": "text",
        "section_id": "text",
        "kind": "text",
        "title": "text",
        "document_number": "text",
        "start": "integer",
        "end": "integer",
    },
    "figures": {
        "schema": "text",
        "doc_id": "text",
        "section_id": "text",
        "value": "number",
        "approximate": "truth",
        "unit": "text",
        "context": "text",
        "start": "integer",
        "end": "integer",
    },
    "foi": {
        "schema": "text",
        "doc_id": "text",
        "report_year": "integer",
        "issuer": "text",
        "table": "text",
        "row": "text",
        "column": "text",
        "value": "number",
        "flags": ["text"],
    },
}
