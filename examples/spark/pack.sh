#!/usr/bin/env bash
# Packs the program for `spark-submit --archives gongwen.tar.gz#gongwen`, so that executors need nothing installed.
# usage: pack.sh [PROGRAM]        (default: target/release/gongwen, built if it is missing)
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
program=${1:-$root/target/release/gongwen}
[ -x "$program" ] || cargo build --release --manifest-path "$root/Cargo.toml"
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cp "$program" "$here/gongwen"
strip "$here/gongwen" 2>/dev/null || true
tar -C "$here" -czf gongwen.tar.gz gongwen
echo "gongwen.tar.gz: $(du -h gongwen.tar.gz | cut -f1)"
