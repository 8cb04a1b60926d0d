//! Pictures of figures, drawn as SVG; each has a name, and a title on every mark that says its figure.

use maud::{Markup, html};

use super::labels::{Label, grouped};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 200.0;
const LEFT: f64 = 44.0;
const BOTTOM: f64 = 22.0;
const TOP: f64 = 10.0;

/// A colour of a chart, by the class that the style sheet knows, and what it stands for.
pub(super) type Series = (&'static str, Label);

/// Bars over columns, each stacked of the series.
pub(super) fn stacked(name: Label, series: &[Series], columns: &[(String, Vec<u64>)]) -> Markup {
    let top = columns.iter().map(|(_, parts)| parts.iter().sum::<u64>()).max().unwrap_or(0);
    let scale = Scale::new(top, columns.len());
    html! {
        figure.chart {
            (legend(name, series))
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(name.both()) {
                (scale.grid())
                @for (n, (column, parts)) in columns.iter().enumerate() {
                    @let mut below = 0;
                    @for ((class, what), part) in series.iter().zip(parts) {
                        @if *part > 0 {
                            rect class=(class) x=(px(scale.x(n) + scale.bar * 0.14)) width=(px(scale.bar * 0.72))
                                y=(px(scale.y(below + part))) height=(px(scale.y(below) - scale.y(below + part))) {
                                title { (column) " " (what.both()) " " (part) }
                            }
                            @let () = below += part;
                        }
                    }
                }
                (scale.names(columns.iter().map(|(column, _)| column.as_str())))
            }
        }
    }
}

/// For each column the middle of its values, and the span that holds eight tenths of them.
pub(super) fn spread(name: Label, columns: &[(String, Vec<u64>)]) -> Markup {
    let sorted: Vec<(String, [u64; 3], usize)> = columns
        .iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(column, values)| {
            let mut values = values.clone();
            values.sort_unstable();
            let at = |tenth: usize| values[(values.len() - 1) * tenth / 10];
            (column.clone(), [at(1), at(5), at(9)], values.len())
        })
        .collect();
    let top = sorted.iter().map(|(_, [_, _, high], _)| *high).max().unwrap_or(0);
    let scale = Scale::new(top, sorted.len());
    html! {
        figure.chart {
            figcaption { b { (name) } }
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(name.both()) {
                (scale.grid())
                @for (n, (column, [low, middle, high], count)) in sorted.iter().enumerate() {
                    @let x = scale.x(n) + scale.bar * 0.28;
                    g {
                        title { (column) ": " (grouped(*low)) " – " b { (grouped(*middle)) } " – " (grouped(*high)) " (" (count) ")" }
                        rect.span x=(px(x)) width=(px(scale.bar * 0.44)) y=(px(scale.y(*high)))
                            height=(px((scale.y(*low) - scale.y(*high)).max(2.0))) {}
                        rect.middle x=(px(x)) width=(px(scale.bar * 0.44)) y=(px(scale.y(*middle) - 1.5)) height="3" {}
                    }
                }
                (scale.names(sorted.iter().map(|(column, ..)| column.as_str())))
            }
        }
    }
}

/// A bar for a part of a whole, in a table.
pub(super) fn share(part: u64, whole: u64) -> Markup {
    let percent = percent(part, whole);
    html! {
        svg.share viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
            rect.all width="100" height="8" {}
            rect.part width=(percent) height="8" {}
        }
    }
}

/// Whole percents; what is not nothing and not everything is never shown as 0 or 100.
pub(super) fn percent(part: u64, whole: u64) -> u64 {
    match (part * 200 + whole).checked_div(whole * 2) {
        None => 0,
        Some(0) if part > 0 => 1,
        Some(100) if part < whole => 99,
        Some(percent) => percent,
    }
}

fn legend(name: Label, series: &[Series]) -> Markup {
    html! {
        figcaption {
            b { (name) }
            @for (class, what) in series { span.key { i class=(class) {} (what) } }
        }
    }
}

/// Where a figure stands in a chart.
struct Scale {
    top: u64,
    step: u64,
    bar: f64,
    count: usize,
}

impl Scale {
    /// A scale up to a round number.
    fn new(top: u64, count: usize) -> Self {
        let mut step = 1;
        for factor in [2, 5, 10].into_iter().cycle().take(60) {
            if step * 4 >= top {
                break;
            }
            // 1, 2, 5, 10, 20, 50 …
            step = if factor == 5 { step / 2 * 5 } else { step * 2 };
        }
        let wide = (WIDTH - LEFT) / as_f64(count.max(1) as u64);
        Self { top: top.div_ceil(step).max(1) * step, step, bar: wide.min(90.0), count }
    }

    fn x(&self, n: usize) -> f64 {
        LEFT + self.bar * as_f64(n as u64)
    }

    fn y(&self, value: u64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * as_f64(value) / as_f64(self.top)
    }

    fn grid(&self) -> Markup {
        html! {
            @for value in (0..=self.top / self.step).map(|n| n * self.step) {
                line x1=(LEFT) x2=(WIDTH) y1=(px(self.y(value))) y2=(px(self.y(value))) {}
                text.axis x=(LEFT - 6.0) y=(px(self.y(value) + 3.5)) text-anchor="end" { (grouped(value)) }
            }
        }
    }

    /// The names below the columns: as many as there is room for.
    fn names<'a>(&self, names: impl Iterator<Item = &'a str>) -> Markup {
        let every = (self.count * 48).div_ceil(600).max(1);
        html! {
            @for (n, name) in names.enumerate().filter(|(n, _)| n % every == 0) {
                text.axis x=(px(self.x(n) + self.bar / 2.0)) y=(HEIGHT - 6.0) text-anchor="middle" { (name) }
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a picture is not exact to the last of 2^52")]
fn as_f64(number: u64) -> f64 {
    number as f64
}

/// One decimal is finer than any screen, and the same bytes everywhere.
fn px(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::report::labels::label;

    #[test]
    fn little_is_not_nothing_and_nearly_all_is_not_all() {
        for (part, whole, expected) in
            [(0, 0, 0), (0, 5, 0), (1, 1000, 1), (999, 1000, 99), (1000, 1000, 100), (1, 3, 33)]
        {
            assert_eq!(percent(part, whole), expected, "{part} of {whole}");
        }
    }

    #[test]
    fn a_scale_ends_at_a_round_number_above_all_bars() {
        for (top, step, end) in [(0, 1, 1), (3, 1, 3), (5, 2, 6), (17, 5, 20), (30, 10, 30), (1234, 500, 1500)] {
            let scale = Scale::new(top, 3);
            assert_eq!((scale.step, scale.top), (step, end), "{top}");
        }
    }

    #[test]
    fn a_chart_of_nothing_is_a_chart() {
        let name = label("无", "nothing");
        assert!(stacked(name, &[("a", name)], &[]).into_string().contains("<svg"));
        assert!(spread(name, &[("2024".to_owned(), Vec::new())]).into_string().contains("<svg"));
    }
}
