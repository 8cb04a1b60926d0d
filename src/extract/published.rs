//! The day of publication: what the page shows, checked against its tags and its address.

use jiff::ToSpan;
use jiff::civil::Time;

use super::fields::Sources;
use super::trace::Trace;
use crate::model::{Document, Warning, WarningCode};
use crate::page::{Label, LabelLine, line_class};
use crate::text::{DateTime, address_day, dates, is_blank};

/// Names of the meta tags that hold the day of publication.
const DAY_TAGS: &[&str] = &[
    "pubdate",
    "publishdate",
    "publishtime",
    "firstpublishedtime",
    "publishedtime",
    "article:published_time",
    "createdate",
    "others",
];
/// A day and where it was found.
type Found = (DateTime, String);

impl Sources<'_> {
    pub(super) fn published(&self, document: &mut Document, trace: &mut Trace) {
        let shown = self.shown_day(document);
        let tagged =
            DAY_TAGS.iter().find_map(|tag| Some((first_day(&self.meta.first(&[tag])?)?, format!("meta {tag}"))));
        for (day, origin) in shown.iter().chain(&tagged) {
            trace.field("published", &day.date.to_string(), || origin.clone());
        }
        if let (Some((shown, _)), Some((tagged, _))) = (&shown, &tagged)
            && shown.date != tagged.date
        {
            let detail = format!("shown {}, tagged {}", shown.date, tagged.date);
            trace.pass("published", &tagged.date.to_string(), "the page shows another day");
            document.warnings.push(Warning::of_document(WarningCode::DateConflict, detail));
        }
        let is_shown = shown.is_some();
        let Some((day, _)) = shown.or_else(|| Some(self.unless_made_anew(tagged.clone()?, document, trace))) else {
            return;
        };
        trace.choose("published", &day.date.to_string(), if is_shown { "shown" } else { "nothing is shown" });
        document.published = Some(day.date);
        let tagged = tagged.filter(|(tagged, _)| tagged.date == day.date).and_then(|(tagged, _)| time(&tagged));
        let time = match (time(&day), tagged) {
            // A template may print the hours of a clock of twelve.
            (Some(one), Some(other)) if one.duration_until(other).unsigned_abs().as_secs() == 12 * 3600 => {
                Some(one.max(other))
            }
            (shown, tagged) => shown.or(tagged),
        };
        document.published_at = time.map(|time| format!("{}T{}+08:00", day.date, time.strftime("%H:%M:%S")));
    }

    /// The day that the page shows, best label first.
    fn shown_day(&self, document: &Document) -> Option<Found> {
        let by_label =
            |label: Label| self.with(label).find_map(|found| Some((first_day(&found.value)?, found.word.to_owned())));
        by_label(Label::Published)
            .or_else(|| by_label(Label::Day))
            .or_else(|| self.bare_day(document.title_lines.last()))
            .or_else(|| self.glued_day())
    }

    /// A tag that is much later than the address says when the page was made anew, not when it was published.
    fn unless_made_anew(&self, tagged: Found, document: &mut Document, trace: &mut Trace) -> Found {
        let address = self.url.and_then(|url| address_day(url.path()));
        let Some(address) = address.filter(|day| day.checked_add(1.year()).is_ok_and(|later| later < tagged.0.date))
        else {
            return tagged;
        };
        let (said, found) = (tagged.0.date.to_string(), address.to_string());
        trace.field("published", &found, || "address".to_owned());
        trace.pass("published", &said, "more than a year later than the address: the page was made anew");
        document
            .warnings
            .push(Warning::of_document(WarningCode::DateConflict, format!("address {found}, tagged {said}")));
        (DateTime { date: address, time: None }, "address".to_owned())
    }

    /// A day alone in its line between the title and the body.
    fn bare_day(&self, title: Option<&String>) -> Option<Found> {
        self.head.iter().find_map(|line| {
            let line = title.and_then(|title| line.strip_prefix(title.as_str())).unwrap_or(line);
            let text = LabelLine::read(line, &[]).before(line);
            let found = dates(text).next()?;
            let text = text.trim_matches(is_blank);
            let rest = text.chars().count().saturating_sub(found.end - found.start);
            // `2023年2月28日 10:30 某局`: what follows may name the body that published.
            let leads = found.start == 0 && rest <= 24 && !line_class::is_sentence(text) && text != line;
            (rest <= 4 || leads).then(|| (found.value, "day under the title".to_owned()))
        })
    }

    /// A day without a label behind the value of another.
    fn glued_day(&self) -> Option<Found> {
        let labels =
            self.labels.iter().filter(|found| matches!(found.label, Label::Publisher | Label::Author | Label::Views));
        labels
            .filter(|found| found.value.chars().count() < 80)
            .find_map(|found| Some((first_day(&found.value)?, format!("day behind {}", found.word))))
    }
}

fn time(day: &DateTime) -> Option<Time> {
    day.time.filter(|time| time.hour() != 0 || time.minute() != 0)
}

/// The first day of a value; of two glued values the first is the publication's.
fn first_day(value: &str) -> Option<DateTime> {
    dates(value).map(|found| found.value).find(|day| day.date.year() > 1990)
}
