"""Reads WARC files with gongwen on a Spark cluster: one shard, one task, one output, one receipt.

usage: spark-submit --archives gongwen.tar.gz#gongwen extract.py SHARDS OUT [FLAG...]

SHARDS   a file with a path a line (warc.paths), or a pattern such as /data/*.warc.gz
OUT      a folder that all executors see; outputs and receipts that are there already are not made again
FLAG     handed to `gongwen build`: --host '*.gov.cn' --title 法治政府建设

`pack.sh` makes gongwen.tar.gz, so that executors need nothing installed; without --archives `gongwen` is looked for in
PATH. On one machine:

    GONGWEN=target/release/gongwen spark-submit --master 'local[2,4]' extract.py '/data/*.warc.gz' out

Three things that this script does and that are easily forgotten:

- checkCode=True: without it a program that dies is a task that succeeds, and its records are lost in silence;
- env=…: PySpark starts the program with an empty environment, without PATH, proxies and LANG;
- only names of shards and receipts go through Spark. To pass the records themselves costs more than to make them.

Use `local[2,4]`, not `local[2]`: the second number is how often a task is tried. Leave spark.speculation off: two attempts
at one shard would work on the same file.
"""

import glob
import os
import shlex
import sys
from pathlib import Path

from pyspark.sql import SparkSession

RECEIPT = """shard string, status string, pages long, records long, rejected long, failed long, skipped long,
             sections long, seconds double, bytes long, output string, sha256 string, error string"""


def shards(argument):
    """The paths that a list or a pattern names."""
    path = Path(argument)
    is_list = path.is_file() and not argument.endswith((".gz", ".warc", ".zst", ".jsonl"))
    return path.read_text().split("\n") if is_list else sorted(glob.glob(argument))


def program():
    """The program as executors find it."""
    return os.environ.get("GONGWEN", "gongwen")


def main():
    source, out, *flags = sys.argv[1:]
    paths = [path for path in shards(source) if path.strip()]
    if not paths:
        sys.exit(f"no shard: {source}")
    spark = SparkSession.builder.appName("gongwen").getOrCreate()
    # What --archives unpacks lies in the folder of the task.
    environment = dict(os.environ)
    environment["PATH"] = "./gongwen:" + environment.get("PATH", "/usr/bin:/bin")
    command = shlex.join([program(), "build", "--quiet", "--shards", "-", "--out", out, *flags])
    lines = spark.sparkContext.parallelize(paths, len(paths)).pipe(command, env=environment, checkCode=True)
    receipts = spark.createDataFrame(lines.map(lambda line: (line,)), "line string")
    receipts = receipts.selectExpr(f"from_json(line, '{' '.join(RECEIPT.split())}') AS r").select("r.*").cache()
    receipts.groupBy("status").sum("pages", "records", "rejected", "failed").orderBy("status").show()
    receipts.write.mode("overwrite").json(os.path.join(out, "_spark_receipts"))
    spark.stop()


main()
