#!/usr/bin/env bash
# Proves what examples/spark promises, on one machine: needs `pip install pyspark` and a Java of 17 or newer.
# usage: test.sh [PROGRAM]        (default: target/debug/gongwen)
#
# 1. six shards on local[2,4], one filter killed with -9: the outputs are those of the plain run, byte for byte
# 2. the driver killed: what is finished is skipped by the next run, and the outputs are the same
# 3. the program packed and handed out by Spark; analyse.py reads the outputs
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=$(realpath "${1:-$root/target/debug/gongwen}")
export PYSPARK_PYTHON=${PYSPARK_PYTHON:-python3} SPARK_LOCAL_IP=127.0.0.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 "$root/scripts/make_archive.py" --pages 240 --files 6 shards
spark=$(python3 -c 'import pyspark, pathlib; print(pathlib.Path(pyspark.__file__).parent / "bin/spark-submit")')
quiet=(--conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false)
sums() { (cd "$1" && sha256sum ./*.jsonl | sort); }

ls "$PWD"/shards/*.warc.gz | "$program" build --quiet --shards - --out plain > receipts.jsonl
sums plain > plain.sums

# A program that is killed at its first shard: once, then it behaves.
cat > killed <<END
#!/usr/bin/env bash
if mkdir "$work/once" 2>/dev/null; then
  "$program" "\$@" <&0 & sleep 0.05; kill -9 \$!; wait \$!; exit 137
fi
exec "$program" "\$@"
END
chmod +x killed
GONGWEN=$work/killed "$spark" "${quiet[@]}" --master 'local[2,4]' "$here/extract.py" "$PWD/shards/*.warc.gz" one 2> one.log
[ -d once ]
sums one | diff plain.sums - && echo "a filter killed with -9: the same bytes"

# The driver dies when the first shards are finished.
GONGWEN=$program "$spark" "${quiet[@]}" --master 'local[1,4]' "$here/extract.py" "$PWD/shards/*.warc.gz" two > /dev/null 2>&1 &
driver=$!
for _ in $(seq 600); do [ "$(ls two/_receipts 2>/dev/null | wc -l)" -ge 2 ] && break; sleep 0.1; done
kill -9 $driver; pkill -9 -P $driver 2>/dev/null || true; wait $driver 2>/dev/null || true
GONGWEN=$program "$spark" "${quiet[@]}" --master 'local[2,4]' "$here/extract.py" "$PWD/shards/*.warc.gz" two 2> two.log | tee two.txt
grep -q skipped two.txt
sums two | diff plain.sums - && echo "the driver killed: finished shards skipped, the same bytes"

"$here/pack.sh" "$program"
env -u GONGWEN "$spark" "${quiet[@]}" --master 'local-cluster[2,1,1024]' --archives gongwen.tar.gz#gongwen \
  "$here/extract.py" "$PWD/shards/*.warc.gz" "$work/three" 2> three.log
sums three | diff plain.sums - && echo "packed and handed out: the same bytes"
"$spark" "${quiet[@]}" --master 'local[2]' "$here/analyse.py" "$work/three" "$work/tables" 2> four.log
