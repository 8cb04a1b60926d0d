"""The records of gongwen for polars: `read("sections")` is one data frame over all sources, every column typed."""

import glob
import os

import polars as pl

FOLDER = None

SCHEMAS = {}


def read(name, folder=FOLDER):
    """The lines of `<source>/<name>.jsonl` of all sources; days are dates, instants are timestamps in UTC."""
    schema = SCHEMAS[name]
    days = [key for key, kind in schema.items() if kind == pl.Date]
    instants = [key for key, kind in schema.items() if kind == pl.Datetime("us", "UTC")]
    # Older readers of JSON leave both as text, so they are read as text by all.
    as_text = {**schema, **dict.fromkeys(days + instants, pl.String)}
    if not os.path.isdir(folder):
        raise FileNotFoundError(f"there is no folder {folder}: give the one that holds a folder a source")
    files = sorted(glob.glob(os.path.join(glob.escape(str(folder)), "*", name + ".jsonl")))
    frames = [pl.read_ndjson(file, schema=as_text) for file in files if os.path.getsize(file)]
    frame = pl.concat(frames) if frames else pl.DataFrame(schema=as_text)
    return frame.with_columns(
        *(pl.col(key).str.to_date("%Y-%m-%d") for key in days),
        *(pl.col(key).str.to_datetime("%Y-%m-%dT%H:%M:%S%#z", time_unit="us", time_zone="UTC") for key in instants),
    )
