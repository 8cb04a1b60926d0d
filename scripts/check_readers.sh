#!/usr/bin/env bash
# What analysts do with the demo: every reader of this and the last major version, the examples of the READMEs, the notebooks.
#
#     scripts/check_readers.sh
#
# Takes pandas, polars, DuckDB, pyarrow and datasets from PyPI into virtual environments below target/; without a network that
# check is left out. The Python package is tried, too, where scripts/check_python.sh has made it.
set -euo pipefail
cd "$(dirname "$0")/.."
gongwen=${GONGWEN:-$PWD/target/debug/gongwen}
[ -n "${GONGWEN:-}" ] || cargo build --locked --quiet

work=$PWD/target/readers
mkdir -p "$work"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && "$gongwen" demo --quiet --output output/demo)
for form in parquet csv xlsx sqlite; do
  "$gongwen" --quiet --output "$folder/output/demo" export --to "$form"
done

read_with() { # name, tests, packages…
  local name=$1 tests=$2
  shift 2
  echo "-- $name: $*"
  if ! { python3 -m venv "$work/$name" \
    && "$work/$name/bin/pip" install --quiet --disable-pip-version-check --retries 1 "$@"; } 2>"$work/pip.log"; then
    echo "skipped: they cannot be installed here ($(tail -n 1 "$work/pip.log"))"
    return
  fi
  for wheel in target/python/wheels/*.whl; do
    [ ! -e "$wheel" ] || "$work/$name/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-deps "$wheel"
  done
  # shellcheck disable=SC2086
  HF_HUB_OFFLINE=1 GONGWEN_READ=$folder timeout 300 "$work/$name/bin/python" scripts/check_readers.py $tests
}

read_with current "" pandas polars duckdb pyarrow datasets matplotlib openpyxl
read_with last "Traps Exports" 'pandas<3' 'polars<2' 'duckdb<2' pyarrow 'datasets<5' openpyxl
