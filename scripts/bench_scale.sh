#!/usr/bin/env bash
# Measures `build --shards` on an archive made from the fixtures and prints the table of docs/scale.md. Unattended; wants a quiet
# machine with two cores, and some 60 KB of free disk a page below TMPDIR. What it writes it removes.
#
# usage: bench_scale.sh [PAGES [FILES]]        (default: 200000 20)
#
# GONGWEN is the program (default: target/release/gongwen, which is not built here), PYTHON one with `pip install trafilatura
# lxml_html_clean fastwarc pyspark numpy`; what is missing of these is left out and said.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
pages=${1:-200000} files=${2:-20}
program=$(realpath "${GONGWEN:-$root/target/release/gongwen}")
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

need=$((pages * 60 / 1024)) free=$(df -Pm . | awk 'NR == 2 {print $4}')
[ "$free" -gt "$need" ] || { echo "needs $need MiB below $work, $free are free"; exit 1; }
[ "$(nproc)" -ge 2 ] || { echo "needs two cores"; exit 1; }

python3 "$root/scripts/make_archive.py" --pages "$pages" --files "$files" shards
find "$PWD/shards" -name '*.warc.gz' | sort > list
cat $(cat list) > /dev/null
printf '%s: %s, %s\n\n' "$("$program" --version)" "$(nproc) cores" "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"

# row NAME COMMAND…: runs it, and prints its line of the table.
row() {
  local name=$1
  shift
  /usr/bin/time -o time.txt -f '%e %U %S %M' "$@" > out.txt 2> err.txt || { cat err.txt; exit 1; }
  read -r wall user system memory < time.txt
  awk -v name="$name" -v n="$pages" -v w="$wall" -v u="$user" -v s="$system" -v m="$memory" 'BEGIN {
    printf "| %s | %.1f | %.1f | %d | %.3f | %d |\n", name, w, u + s, n / w, (u + s) * 1000 / n, m / 1024 }'
}
sums() { (cd "$1" && sha256sum ./*.jsonl); }
shards() { local out=$1; shift; echo "$program" build --quiet --shards list --out "$out" "$@"; }

echo '| run | seconds | seconds of processor | pages a second | ms of processor a page | MiB resident |'
echo '|---|---|---|---|---|---|'
row 'reading alone, one core' taskset -c 0 "$program" build --quiet --from $(cat list) --host nobody.invalid
row 'one core' taskset -c 0 $(shards one)
one=$wall
sums one > one.sums && rm -r one
row 'two cores' taskset -c 0,1 $(shards two)
two=$wall
sums two | diff one.sums - && rm -r two
row 'two cores, to Parquet' taskset -c 0,1 $(shards typed --to parquet)
rm -r typed
row 'two cores, only titles with 法治政府建设' taskset -c 0,1 $(shards title --title 法治政府建设)
rm -r title
row 'two processes (xargs -P2)' xargs -a list -P2 -I{} \
  sh -c 'echo {} | "$0" build --quiet --shards - --out xargs' "$program"
xargs=$wall
sums xargs | diff one.sums - && rm -r xargs
spark=$("$python" -c 'import pyspark, pathlib; print(pathlib.Path(pyspark.__file__).parent / "bin/spark-submit")' 2> /dev/null || true)
if [ -n "$spark" ] && command -v java > /dev/null; then
  export PYSPARK_PYTHON=$python SPARK_LOCAL_IP=127.0.0.1 GONGWEN=$program
  extract() {
    "$spark" --master 'local[2,4]' --conf spark.ui.enabled=false "$root/examples/spark/extract.py" "$1" spark
  }
  export -f extract
  export spark root
  row 'Spark, local[2,4]' bash -c 'extract "$0"' "$PWD/shards/*.warc.gz"
  sparks=$wall
  sums spark | diff one.sums -
  row 'Spark, all shards there already' bash -c 'extract "$0"' "$PWD/shards/*.warc.gz"
  all=$wall
  row 'Spark, one shard there already' bash -c 'extract "$0"' "$PWD/shards/part-000.warc.gz"
  rm -r spark
  awk -v s="$sparks" -v x="$xargs" -v all="$all" -v one="$wall" -v n="$files" 'BEGIN {
    each = (all - one) / (n - 1)
    printf "\nSpark: %.1f s more than xargs; %.1f s to begin and end, then %.2f s a shard: %.1f %% of a shard of 100 s\n",
      s - x, one - each, each, each }'
else
  echo "left out: Spark (pip install pyspark numpy, and a Java)"
fi
awk -v one="$one" -v two="$two" 'BEGIN { printf "\ntwo cores are %.2f times one\n", one / two }'
echo "all outputs: the same bytes"
if "$python" -c 'import trafilatura, fastwarc' 2> /dev/null; then
  read -r n found seconds < <(taskset -c 0 "$python" "$root/scripts/bench_trafilatura.py" "$(head -1 list)" 2000)
  awk -v n="$n" -v f="$found" -v s="$seconds" 'BEGIN {
    printf "trafilatura, one core, without reading: %d pages, %d with text, %.1f s, %d pages a second, %.3f ms a page\n", n, f, s, n / s, s * 1000 / n }'
else
  echo "left out: trafilatura (pip install trafilatura lxml_html_clean fastwarc)"
fi
