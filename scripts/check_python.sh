#!/usr/bin/env bash
# The Python package: built as a wheel, its types checked, its functions compared with the program.
#
#     scripts/check_python.sh [--release]
#
# Takes maturin and mypy from PyPI into a virtual environment below target/; without a network that check is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=(--profile dev)
[ "${1:-}" != --release ] || profile=(--release)

work=$PWD/target/python
mkdir -p "$work"
if ! { python3 -m venv "$work/venv" \
  && "$work/venv/bin/pip" install --quiet --disable-pip-version-check --retries 1 'maturin>=1.9,<2' mypy; } 2>"$work/pip.log"; then
  echo "skipped: maturin and mypy cannot be installed here ($(tail -n 1 "$work/pip.log"))"
  exit 0
fi

[ -n "${GONGWEN:-}" ] || cargo build --locked --quiet
rm -rf "$work/wheels"
"$work/venv/bin/maturin" build --quiet --locked "${profile[@]}" --manifest-path python/Cargo.toml --out "$work/wheels"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-index --no-deps "$work"/wheels/*.whl
ls -l "$work"/wheels/*.whl | awk '{ print "wheel: " $5 " bytes" }'

(cd python && "$work/venv/bin/mypy" gongwen)
# In a folder of its own, so that what was installed is what is looked at. Only the native half has a stub; the rest is typed itself.
cd "$work"
venv/bin/python -m mypy.stubtest gongwen._gongwen --ignore-missing-stub --mypy-config-file "$OLDPWD/python/pyproject.toml"
GONGWEN=${GONGWEN:-$OLDPWD/target/debug/gongwen} venv/bin/python -m unittest discover --start-directory "$OLDPWD/python/tests"
