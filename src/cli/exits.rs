//! The exit codes of every verb, as its help and its manual page tell them.

const DONE: (u8, &str) = (0, "done, also when nothing was new");
const READ: (u8, &str) = (0, "every input was read; a page that gave no document is data: see its `reject`");
const READ_ALL: (u8, &str) = (0, "done; with `--failing`: every source is well");
const FAILED: (u8, &str) = (1, "failed: what was there before is untouched, and the message says what to do");
const UNREAD: (u8, &str) = (1, "no input could be read, or the result could not be written");
const DAMAGED: (u8, &str) = (1, "something is damaged, or the archive cannot be read");
const USAGE: (u8, &str) = (2, "a bad flag, or no usable configuration");
const PARTIAL: (u8, &str) =
    (3, "partial: the output is valid, but a source failed, was blocked, or lost too many of its pages");
const SOME_UNREAD: (u8, &str) = (3, "some inputs could not be read; the results of the others are whole");
const PASSED_OVER: (u8, &str) = (3, "some lines of the records are damaged and were passed over");
const NO_ANSWER: (u8, &str) = (3, "a portal does not answer, or not with what is expected");
const LEFT: (u8, &str) = (3, "the rest is done, but some archived bytes cannot be read");
const GATE: (u8, &str) =
    (4, "quality gate: a source that had reports now yields none, or a declared total was not reached");
const SICK: (u8, &str) = (3, "with `--failing`: the last run of a source was no good one");
const ALARM: (u8, &str) = (4, "with `--failing`: one of these is an alarm, as of `run`");
const DIFFERS: (u8, &str) = (4, "a source that had records now yields none, or `--diff` found a change");
const LOCKED: (u8, &str) = (75, "another run holds the lock of the output folder");
const STOPPED: (u8, &str) = (130, "stopped by Ctrl-C or SIGTERM; the next run goes on from there");

/// The exit codes of a verb and what they mean; those of the program for an empty path.
pub(crate) fn exits(verb: &str) -> Vec<(u8, &'static str)> {
    match verb {
        "extract" | "sources inspect" => vec![READ, UNREAD, USAGE, SOME_UNREAD],
        "build" | "merge" => vec![DONE, FAILED, USAGE, PARTIAL, DIFFERS, LOCKED],
        "sources add" | "sources check" => vec![DONE, FAILED, USAGE, NO_ANSWER],
        "gaps" => vec![DONE, FAILED, USAGE, PASSED_OVER],
        "export" => vec![DONE, FAILED, USAGE, LOCKED],
        "status" => vec![READ_ALL, FAILED, USAGE, SICK, ALARM],
        "archive check" => vec![DONE, DAMAGED, USAGE],
        "archive rebuild" | "archive import" => vec![DONE, FAILED, USAGE, LEFT, LOCKED],
        "log" | "structure" | "schema" | "completions" | "man" | "sources list" | "sources" | "archive" | "prune" => {
            vec![DONE, FAILED, USAGE]
        }
        _ => vec![DONE, FAILED, USAGE, PARTIAL, GATE, LOCKED, STOPPED],
    }
}
