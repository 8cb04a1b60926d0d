"""Record files → data frames, every column typed as the records promise, also where a file is empty or full of nulls."""

import glob
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from .records import COLUMNS, Kind

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars

PathLike = str | os.PathLike[str]


@overload
def read_jsonl(path: PathLike, as_: Literal["polars"] = "polars", *, table: str | None = None) -> "polars.DataFrame": ...
@overload
def read_jsonl(path: PathLike, as_: Literal["pandas"], *, table: str | None = None) -> "pandas.DataFrame": ...
@overload
def read_jsonl(path: PathLike, as_: Literal["duckdb"], *, table: str | None = None) -> "duckdb.DuckDBPyRelation": ...


def read_jsonl(path: PathLike, as_: str = "polars", *, table: str | None = None) -> Any:
    """A record file as a data frame; `path` may be a pattern (`output/records/*/sections.jsonl`) that names several.

    Days become dates, instants timestamps in UTC, codes stay text, whole numbers stay whole beside nulls. `table` says what
    the lines are (`documents`, `sections`, …); without it the first line does, or the name of the file.
    """
    readers = {"polars": _polars, "pandas": _pandas, "duckdb": _duckdb}
    if as_ not in readers:
        raise ValueError(f"`as_` is {as_!r}: choose one of {', '.join(readers)}")
    files = sorted(glob.glob(str(path))) or [str(path)]
    columns = COLUMNS.get(table or _table_of(files))
    if columns is None:
        raise ValueError(f"`table` is {table!r}: choose one of {', '.join(COLUMNS)}")
    return readers[as_](files, columns)


def _table_of(files: list[str]) -> str:
    for file in files:
        for line in _lines(file):
            kind = str(json.loads(line).get("schema", "")).partition("/")[0]
            return next((name for name in COLUMNS if name in (kind, kind + "s")), kind)
    stem = Path(files[0]).stem
    return "documents" if stem == "revisions" else stem


def _lines(file: str) -> Iterable[str]:
    with open(file, encoding="utf-8") as lines:
        yield from (line for line in lines if not line.isspace())


def _polars(files: list[str], columns: dict[str, Kind]) -> "polars.DataFrame":
    import polars as pl

    def dtype(kind: Kind) -> Any:
        if isinstance(kind, dict):
            return pl.Struct({name: dtype(inner) for name, inner in kind.items()})
        if isinstance(kind, list):
            return pl.List(dtype(kind[0]))
        # Readers of JSON leave days and instants as text, some of them silently as null.
        return {"integer": pl.Int64, "number": pl.Float64, "truth": pl.Boolean}.get(kind, pl.String)

    schema = {name: dtype(kind) for name, kind in columns.items()}
    frames = [pl.read_ndjson(file, schema=schema) for file in files if os.path.getsize(file)]
    frame = pl.concat(frames) if frames else pl.DataFrame(schema=schema)
    return frame.with_columns(
        *(pl.col(name).str.to_date("%Y-%m-%d") for name, kind in columns.items() if kind == "day"),
        *(
            pl.col(name).str.to_datetime("%Y-%m-%dT%H:%M:%S%#z", time_unit="us", time_zone="UTC")
            for name, kind in columns.items()
            if kind == "instant"
        ),
    )


def _pandas(files: list[str], columns: dict[str, Kind]) -> "pandas.DataFrame":
    import pandas as pd

    rows = [json.loads(line) for file in files for line in _lines(file)]

    def column(name: str, kind: Kind) -> Any:
        values = pd.Series([row.get(name) for row in rows], dtype=object)
        if kind == "day":
            return pd.to_datetime(values, format="%Y-%m-%d").astype("datetime64[ns]")
        if kind == "instant":
            return pd.to_datetime(values, format="ISO8601", utc=True).astype("datetime64[ns, UTC]")
        if isinstance(kind, str):
            return values.astype({"integer": "Int64", "number": "Float64", "truth": "boolean"}.get(kind, "string"))
        return values

    return pd.DataFrame({name: column(name, kind) for name, kind in columns.items()})


def _duckdb(files: list[str], columns: dict[str, Kind]) -> "duckdb.DuckDBPyRelation":
    import duckdb

    names = {"integer": "BIGINT", "number": "DOUBLE", "truth": "BOOLEAN", "day": "DATE", "instant": "TIMESTAMPTZ"}

    def sql(kind: Kind) -> str:
        if isinstance(kind, dict):
            return "STRUCT(" + ", ".join(f'"{name}" {sql(inner)}' for name, inner in kind.items()) + ")"
        if isinstance(kind, list):
            return sql(kind[0]) + "[]"
        return names.get(kind, "VARCHAR")

    types = ", ".join(f"'{name}': '{sql(kind)}'" for name, kind in columns.items())
    paths = ", ".join("'" + glob.escape(file).replace("'", "''") + "'" for file in files)
    # A line of a long document is longer than DuckDB allows by default.
    return duckdb.sql(
        f"SELECT * FROM read_json([{paths}], format = 'newline_delimited', maximum_object_size = {1 << 30}, "
        f"columns = {{{types}}})"
    )
