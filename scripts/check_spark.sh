#!/usr/bin/env bash
# Runs examples/spark/test.sh where there are PySpark and a Java of 17 or newer, in four minutes at most; else it says what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYSPARK_PYTHON:-python3}
if ! "$python" -c 'import pyspark, numpy' 2>/dev/null; then
  echo "skipped: pyspark and numpy are not installed (pip install pyspark numpy)"
  exit
fi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' || true)
if [ "${version:-0}" -lt 17 ]; then
  echo "skipped: no Java of 17 or newer (apt-get install openjdk-17-jre-headless)"
  exit
fi
cargo build --locked --quiet
timeout 240 examples/spark/test.sh
