#!/usr/bin/env bash
# A wheel that carries the Python package and the program: `pip install` of it gives `import gongwen` and the command.
#
#     scripts/wheel.sh [FOLDER]        default: target/wheels; needs maturin and wheel from PyPI
#
# Without the program a wheel is smaller: `pip install ./python`.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-target/wheels}
cargo build --locked --release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
maturin build --quiet --locked --release --manifest-path python/Cargo.toml --out "$work"
python3 -m wheel unpack --dest "$work" "$work"/*.whl
folder=$(echo "$work"/gongwen-*/)
# What lies there becomes a command of the environment.
scripts=$folder/$(basename "$folder").data/scripts
mkdir -p "$scripts" "$out"
strip -o "$scripts/gongwen" target/release/gongwen
python3 -m wheel pack --dest-dir "$out" "$folder"
