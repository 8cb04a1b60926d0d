"""The records of gongwen for Arrow: `read("sections")` is one table over all sources, every column typed."""

import glob
import os

import pyarrow as pa
import pyarrow.json

FOLDER = None

SCHEMAS = {}


def read(name, folder=FOLDER):
    """The lines of `<source>/<name>.jsonl` of all sources; days are dates, instants are timestamps in UTC."""
    schema = SCHEMAS[name]
    # The reader of JSON knows neither days nor zones: both are read as text and turned afterwards.
    times = (pa.date32(), pa.timestamp("us", "UTC"))
    as_text = pa.schema([pa.field(field.name, pa.string()) if field.type in times else field for field in schema])
    parse = pyarrow.json.ParseOptions(explicit_schema=as_text, unexpected_field_behavior="error")
    if not os.path.isdir(folder):
        raise FileNotFoundError(f"there is no folder {folder}: give the one that holds a folder a source")
    tables = [as_text.empty_table()]
    for file in sorted(glob.glob(os.path.join(glob.escape(str(folder)), "*", name + ".jsonl"))):
        size = os.path.getsize(file)
        if size:  # an empty file is an error to it
            # A line that is longer than a block is an error too.
            read = pyarrow.json.ReadOptions(block_size=min(max(size, 1 << 20), 1 << 30))
            tables.append(pyarrow.json.read_json(file, read_options=read, parse_options=parse))
    return pa.concat_tables(tables).cast(schema)
