#!/usr/bin/env bash
# Proves what examples/spark promises, on one machine: needs `pip install pyspark numpy` and a Java of 17 or newer.
# usage: test.sh [PROGRAM]        (default: target/debug/gongwen)
#
# 1. six shards on local[2,4], one filter killed with -9: the outputs are those of the plain run, byte for byte
# 2. the driver killed: what is finished is skipped by the next run, on local-cluster[2,1,1024] with the program packed and handed
#    out by Spark and one filter killed with -9, and the outputs are the same
# 3. analyse.py reads the outputs, and says the same of outputs in Parquet
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=$(realpath "${1:-$root/target/debug/gongwen}")
export PYSPARK_PYTHON=${PYSPARK_PYTHON:-python3} SPARK_LOCAL_IP=127.0.0.1
work=$(mktemp -d)
trap 'tail -n 20 "$work"/*.log 2>/dev/null >&2; rm -rf "$work"' ERR
trap 'rm -rf "$work"' EXIT
cd "$work"

spark=$("$PYSPARK_PYTHON" -c 'import pyspark, pathlib; print(pathlib.Path(pyspark.__file__).parent / "bin/spark-submit")')
# What runs for seconds is not worth optimising.
brief='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
submit() {
  local log=$1 master=$2
  shift 2
  "$spark" --master "$master" --conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false \
    --conf spark.sql.shuffle.partitions=4 --conf spark.executor.extraJavaOptions="$brief" --driver-java-options "$brief" "$@" 2> "$log.log"
}
same() { (cd "$1" && sha256sum ./*.jsonl) | diff plain.sums - && echo "$2: the same bytes"; }

python3 "$root/scripts/make_archive.py" --pages 180 --files 6 shards
ls "$PWD"/shards/*.warc.gz | "$program" build --quiet --shards - --out plain > receipts.jsonl
(cd plain && sha256sum ./*.jsonl) > plain.sums

# A program that is killed at its first shard: once, then it behaves.
cat > killed <<END
#!/usr/bin/env bash
program=$program
[ -x gongwen/gongwen ] && program=gongwen/gongwen
if mkdir "$work/once" 2>/dev/null; then
  "\$program" "\$@" <&0 & sleep 0.05; kill -9 \$!; wait \$!; exit 137
fi
exec "\$program" "\$@"
END
chmod +x killed
GONGWEN=$work/killed submit one 'local[2,4]' "$here/extract.py" "$PWD/shards/*.warc.gz" one
[ -d once ]
same one "local[2,4], a filter killed with -9"

# The driver dies when the first shards are finished. Its filters come to their end by themselves.
GONGWEN=$program submit two-killed 'local[1,4]' "$here/extract.py" "$PWD/shards/*.warc.gz" "$work/two" > /dev/null &
shell=$!
for _ in $(seq 600); do [ "$(find two/_receipts -name '*.json' 2>/dev/null | wc -l)" -ge 2 ] && break; sleep 0.1; done
driver=$(pgrep -P "$shell")
kill -9 "$driver"
wait "$shell" 2>/dev/null || true
[ ! -d two/_spark_receipts ]

"$here/pack.sh" "$program"
rmdir once
GONGWEN=$work/killed submit two 'local-cluster[2,1,1024]' --archives gongwen.tar.gz#gongwen \
  "$here/extract.py" "$PWD/shards/*.warc.gz" "$work/two" > two.txt
cat two.txt
[ -d once ]
grep -q skipped two.txt
same two "the driver killed, finished shards skipped; local-cluster[2,1,1024], a filter killed with -9"

submit four 'local[2]' "$here/analyse.py" "$work/two" "$work/tables" > four.txt
ls "$PWD"/shards/*.warc.gz | "$program" build --quiet --shards - --out typed --to parquet > /dev/null
submit five 'local[2]' "$here/analyse.py" "$work/typed" "$work/tables-typed" > five.txt
cat four.txt
diff four.txt five.txt
python3 - four.txt plain <<'END'
import json, pathlib, sys
told = json.loads(pathlib.Path(sys.argv[1]).read_text())
lines = [json.loads(line) for path in pathlib.Path(sys.argv[2]).glob("*.jsonl") for line in path.open(encoding="utf-8")]
documents = {line["document"]["id"] for line in lines if line["document"]}
assert told["documents"] == len(documents) > 100, (told, len(documents))
END
[ -n "$(find tables/documents -path '*report_year=2*' -name '*.parquet' -print -quit)" ]
echo "analyse.py: every document once, the same of JSON Lines and of Parquet"
