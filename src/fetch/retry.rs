//! Whether a failed request is tried again, and who has to wait: this page, or the whole host.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// What came of one request, as far as trying again is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// An answer with this status, and what its `Retry-After` asks for.
    Status(u16, Option<Duration>),
    /// No connection, or one that broke before the end of the answer.
    Broken,
    /// No answer in time.
    Late,
}

/// What to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Take it as it is.
    Take,
    /// Try this page again after a pause; others on the host go on.
    AgainLater,
    /// Leave the whole host alone for the pause that it asks for, or for ours, and try again.
    HostLater(Option<Duration>),
    /// The host asks for more patience than the run has.
    GiveUpHost,
}

/// The decision. `left` is how many more tries there are, `patience` the longest pause that a host may ask for.
pub(super) fn verdict(outcome: Outcome, left: usize, patience: Duration) -> Verdict {
    match outcome {
        Outcome::Status(429 | 503, Some(pause)) if pause > patience => Verdict::GiveUpHost,
        _ if left == 0 => Verdict::Take,
        // RFC 9110 15.6.4, RFC 6585 4: the host, not the page, is too busy.
        Outcome::Status(429 | 503, pause) => Verdict::HostLater(pause),
        Outcome::Status(408 | 500 | 502 | 504, _) | Outcome::Broken | Outcome::Late => Verdict::AgainLater,
        Outcome::Status(..) => Verdict::Take,
    }
}

/// Whether the outcome speaks against the host, not only against the page.
pub(super) fn blames_host(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Broken | Outcome::Late | Outcome::Status(429 | 503, _))
}

/// The pause that `Retry-After` asks for: seconds, or a date (RFC 9110 10.2.3).
///
/// A date is measured from the `Date` of the same answer, so that a wrong clock on either side does not matter.
pub(super) fn retry_after(value: &str, date: Option<&str>) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = http_date(value)?;
    let pause = until.duration_since(http_date(date?.trim())?);
    // A date in the past asks for nothing more than to wait until now.
    Some(Duration::try_from(pause).unwrap_or_default())
}

fn http_date(text: &str) -> Option<Timestamp> {
    // The IMF-fixdate of RFC 9110 5.6.7 is a date of RFC 2822 with `GMT` as its zone.
    rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn the_decision_is_a_table() {
        let cases = [
            (Outcome::Status(200, None), 3, Verdict::Take),
            (Outcome::Status(304, None), 3, Verdict::Take),
            (Outcome::Status(403, None), 3, Verdict::Take),
            (Outcome::Status(404, None), 3, Verdict::Take),
            (Outcome::Status(412, None), 3, Verdict::Take),
            (Outcome::Status(501, None), 3, Verdict::Take),
            (Outcome::Status(500, None), 3, Verdict::AgainLater),
            (Outcome::Status(500, None), 0, Verdict::Take),
            (Outcome::Status(503, None), 1, Verdict::HostLater(None)),
            (Outcome::Status(503, Some(SECOND)), 1, Verdict::HostLater(Some(SECOND))),
            (Outcome::Status(429, Some(SECOND)), 1, Verdict::HostLater(Some(SECOND))),
            (Outcome::Status(503, Some(SECOND)), 0, Verdict::Take),
            (Outcome::Status(503, Some(2 * MINUTE)), 3, Verdict::GiveUpHost),
            (Outcome::Status(503, Some(2 * MINUTE)), 0, Verdict::GiveUpHost),
            (Outcome::Status(200, Some(2 * MINUTE)), 3, Verdict::Take),
            (Outcome::Broken, 1, Verdict::AgainLater),
            (Outcome::Broken, 0, Verdict::Take),
            (Outcome::Late, 1, Verdict::AgainLater),
        ];
        for (outcome, left, want) in cases {
            assert_eq!(verdict(outcome, left, MINUTE), want, "{outcome:?} with {left} left");
        }
    }

    #[test]
    fn a_pause_comes_in_seconds_or_as_a_date() {
        let date = Some("Tue, 28 Feb 2023 08:00:00 GMT");
        let cases = [
            ("120", None, Some(2 * MINUTE)),
            (" 0 ", None, Some(Duration::ZERO)),
            ("Tue, 28 Feb 2023 08:01:00 GMT", date, Some(MINUTE)),
            ("Tue, 28 Feb 2023 07:00:00 GMT", date, Some(Duration::ZERO)),
            ("Tue, 28 Feb 2023 08:01:00 GMT", None, None),
            ("soon", date, None),
            ("-5", date, None),
        ];
        for (value, date, want) in cases {
            assert_eq!(retry_after(value, date), want, "{value} at {date:?}");
        }
    }
}
