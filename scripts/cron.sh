#!/bin/sh
# One nightly run for cron, which mails whatever this prints: nothing as long as all is well.
#
#   15 2 * * *  cd /srv/gongwen && scripts/cron.sh
#
# It runs as the user whose crontab it stands in; that user must be allowed to write below the folder. Arguments go to
# `gongwen run`. Settings, all optional: GONGWEN (the program), GONGWEN_CONFIG and GONGWEN_OUTPUT (as for the program
# itself), GONGWEN_LOGS (a folder; logs older than 60 days are removed).
set -u

output=${GONGWEN_OUTPUT:-output}
logs=${GONGWEN_LOGS:-$output/logs}

# cron's PATH is short; `cargo install` puts programs where it does not look.
find_program() {
    for program in "${GONGWEN:-gongwen}" "$(dirname "$0")/gongwen" "${CARGO_HOME:-${HOME:-/}/.cargo}/bin/gongwen" \
        "${HOME:-/}/.local/bin/gongwen" /usr/local/bin/gongwen; do
        if command -v "$program" >/dev/null 2>&1; then
            return 0
        fi
        # A program that was named is taken or missed, never replaced by another one.
        [ -z "${GONGWEN:-}" ] || break
    done
    echo "gongwen: the program is not found (${GONGWEN:-gongwen}): nothing was fetched"
    echo "name it in the crontab, for instance: GONGWEN=\$HOME/.cargo/bin/gongwen"
    exit 127
}

find_program
if ! mkdir -p "$logs"; then
    echo "gongwen: the folder \`$logs\` cannot be made: nothing was fetched"
    echo "it must belong to $(id -un), as whom this runs, or lie in a folder that does"
    exit 1
fi

# The log keeps a line a request; what is said is held in memory, so that a full disk cannot swallow it.
log=$logs/$(date -u +%Y%m%dT%H%M%SZ).log
said=$("$program" run --quiet --log-file "$log" "$@" 2>&1)
code=$?

case $code in
0) [ -z "$said" ] || echo "gongwen: all is well" ;;
75) said= ;; # An earlier run is still at work; it will finish what this one would have done.
1) echo "gongwen: failed; what was there before is untouched" ;;
2) echo "gongwen: a flag or the configuration is wrong" ;;
3) echo "gongwen: the records are valid, but a source failed, was blocked or lost too many pages" ;;
4) echo "gongwen: a source that had reports now yields none, or its list is shorter than it declares" ;;
126 | 127) echo "gongwen: \`$program\` cannot be run" ;;
130) echo "gongwen: stopped before it was done; the next run goes on from there" ;;
*) echo "gongwen: ended with the unknown exit code $code" ;;
esac

if [ -n "$said" ]; then
    echo
    printf '%s\n' "$said" | head -n 200
fi
if [ "$code" -ne 0 ] && [ "$code" -ne 75 ]; then
    echo
    echo "every request of this run: $log"
fi

[ -s "$log" ] || rm -f "$log"
find "$logs" -name '*.log' -mtime +60 -exec rm -f {} +
exit "$code"
