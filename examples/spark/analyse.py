"""What people do next with the outputs of extract.py, in SQL.

usage: spark-submit analyse.py OUT TABLES [REGIONS.csv]

Reads OUT/*.jsonl, or OUT/*.parquet if extract.py was given `--to parquet`, and writes below TABLES, as Parquet:

- documents/report_year=…/   the newest revision of each page, by year of the report
- issuers/                   documents and characters by issuer and year: who has published, who has not
- copies/                    pairs of documents of different portals with nearly the same text

REGIONS.csv, if given, has the columns code and name; documents get the name of their province.
"""

import glob
import json
import sys

from pyspark.ml.feature import HashingTF, MinHashLSH, NGram, RegexTokenizer
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

COLUMNS = """id string, rev string, url string, title string, genre string, issuers array<string>, region_code string,
             report_year bigint, published date, fetched_at timestamp, text string, char_count bigint, section_count bigint"""

LATEST = """
    SELECT * EXCEPT (n) FROM (
        SELECT *, row_number() OVER (PARTITION BY id ORDER BY fetched_at DESC NULLS LAST, rev) AS n FROM pages
    ) WHERE n = 1
"""

ISSUERS = """
    SELECT coalesce(issuers[0], split_part(id, ':', 1)) AS issuer, report_year, genre,
           count(*) AS documents, sum(char_count) AS characters, min(published) AS first_published
    FROM documents GROUP BY ALL ORDER BY issuer, report_year
"""


def main():
    out, tables, *regions = sys.argv[1:]
    spark = SparkSession.builder.appName("gongwen-analyse").getOrCreate()
    # The schema is given: what is inferred changes with the files.
    reader = spark.read.schema(f"document struct<{as_fields(COLUMNS)}>")
    lines = reader.parquet(f"{out}/*.parquet") if glob.glob(f"{out}/*.parquet") else reader.json(f"{out}/*.jsonl")
    pages = lines.where("document IS NOT NULL").select("document.*")
    pages.createOrReplaceTempView("pages")
    documents = spark.sql(LATEST)
    if regions:
        names = spark.read.option("header", True).schema("code string, name string").csv(regions[0])
        province = f.rpad(f.substring("region_code", 1, 2), 6, "0")
        names = names.selectExpr("code AS province_code", "name AS province")
        documents = documents.withColumn("province_code", province).join(f.broadcast(names), "province_code", "left")
    documents = documents.cache()
    documents.createOrReplaceTempView("documents")
    documents.write.mode("overwrite").partitionBy("report_year").parquet(f"{tables}/documents")
    spark.sql(ISSUERS).write.mode("overwrite").parquet(f"{tables}/issuers")
    copies(documents).write.mode("overwrite").parquet(f"{tables}/copies")
    print(json.dumps({"documents": documents.count(), "copies": spark.read.parquet(f"{tables}/copies").count()}))
    spark.stop()


def as_fields(columns):
    """`a int, b string` as the fields of a struct."""
    return ", ".join(column.strip().replace(" ", ": ", 1) for column in " ".join(columns.split()).split(", "))


def copies(documents):
    """Pairs of different portals of whose sequences of five characters at least 80 in 100 are the same (MinHash)."""
    letters = RegexTokenizer(inputCol="text", outputCol="letters", pattern=r"\s*", gaps=True, minTokenLength=1)
    shingles = NGram(n=5, inputCol="letters", outputCol="shingles")
    counts = HashingTF(inputCol="shingles", outputCol="features", numFeatures=1 << 18, binary=True)
    long = documents.where("char_count >= 200").select("id", "text")
    features = counts.transform(shingles.transform(letters.transform(long))).select("id", "features")
    model = MinHashLSH(inputCol="features", outputCol="hashes", numHashTables=5, seed=1).fit(features)
    pairs = model.approxSimilarityJoin(features, features, 0.2, "distance")
    pairs = pairs.selectExpr("datasetA.id AS one", "datasetB.id AS other", "1 - distance AS likeness")
    return pairs.where("one < other AND split_part(one, ':', 1) <> split_part(other, ':', 1)")


main()
