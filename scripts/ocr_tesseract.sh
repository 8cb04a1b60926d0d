#!/bin/sh
# A recipe for [ocr] command: reads a picture with tesseract and prints a line of text a line for gongwen:
# left, upper, right and lower edge in pixels, confidence in percent, text, parted by tabs.
# Needs: apt-get install tesseract-ocr tesseract-ocr-chi-sim
set -eu
OMP_THREAD_LIMIT=1 tesseract "$1" - -l chi_sim --psm "${PSM:-6}" tsv 2>/dev/null | LC_ALL=C awk -F '\t' '
function flush() {
    if (text != "") printf "%d\t%d\t%d\t%d\t%.1f\t%s\n", x0, y0, x1, y1, sum / count, text
    text = ""; sum = 0; count = 0
}
NR == 1 { next }
$1 == 4 { flush(); x0 = $7; y0 = $8; x1 = $7 + $9; y1 = $8 + $10 }
$1 == 5 && $12 != "" && $12 != " " {
    # Words in letters are parted by a blank, ideographs are not.
    if (text ~ /[A-Za-z0-9]$/ && $12 ~ /^[A-Za-z0-9]/) text = text " "
    text = text $12; sum += $11; count++
}
END { flush() }'
