#!/bin/sh
# One nightly run for cron, which mails whatever this prints: nothing as long as all is well.
#
#   15 2 * * *  cd /srv/gongwen && scripts/cron.sh
#
# Arguments go to `gongwen run`. Settings, all optional: GONGWEN (the program), GONGWEN_CONFIG and GONGWEN_OUTPUT
# (as for the program itself), GONGWEN_LOGS (a folder; logs older than 60 days are removed).
set -u

program=${GONGWEN:-gongwen}
output=${GONGWEN_OUTPUT:-output}
logs=${GONGWEN_LOGS:-$output/logs}

mkdir -p "$logs" || exit 1
log=$logs/$(date -u +%Y%m%dT%H%M%SZ).log
"$program" run --quiet "$@" >"$log" 2>&1
code=$?

case $code in
0) ;;
75) ;; # An earlier run is still at work; it will finish what this one would have done.
2) echo "gongwen: a flag or the configuration is wrong; nothing was fetched" ;;
3) echo "gongwen: the records are valid, but a source failed, was blocked or lost too many pages" ;;
4) echo "gongwen: a source that had reports now yields none, or its list is shorter than it declares" ;;
130) echo "gongwen: stopped before it was done; the next run goes on from there" ;;
*) echo "gongwen: failed with exit code $code; the output is not usable" ;;
esac

if [ "$code" -ne 0 ] && [ "$code" -ne 75 ]; then
    echo "log: $log"
    newest=$(find "$output/runs" -name '*.json' 2>/dev/null | sort | tail -n 1)
    [ -n "$newest" ] && echo "run report: $newest"
    echo
    tail -n 40 "$log"
fi

[ -s "$log" ] || rm -f "$log"
find "$logs" -name '*.log' -mtime +60 -exec rm -f {} +
exit "$code"
