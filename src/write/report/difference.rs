//! What changed between two texts of a document: lines, and within changed lines the letters.

use maud::{Markup, html};
use similar::{ChangeTag, DiffOp, TextDiff};

/// Longer changes are shown as a whole: letters are compared in quadratic time.
const MAX_LETTERS: usize = 4000;

/// So many lines around a change are shown with it.
const AROUND: usize = 1;

/// The difference as lines, with what is deleted and inserted marked.
pub(super) fn difference(old: &str, new: &str) -> Markup {
    let (old, new) = (format!("{old}\n"), format!("{new}\n"));
    let diff = TextDiff::from_lines(&old, &new);
    html! {
        div.diff {
            @for (n, group) in diff.grouped_ops(AROUND).iter().enumerate() {
                @if n > 0 { p.gap { "⋯" } }
                @for op in group { (change(op, diff.old_slices(), diff.new_slices())) }
            }
        }
    }
}

fn change(op: &DiffOp, old: &[&str], new: &[&str]) -> Markup {
    let (old, new) = (&old[op.old_range()], &new[op.new_range()]);
    html! {
        @match op {
            DiffOp::Equal { .. } => @for line in new { p { (line.trim_end()) } },
            DiffOp::Delete { .. } => @for line in old { p.del { del { (line.trim_end()) } } },
            DiffOp::Insert { .. } => @for line in new { p.ins { ins { (line.trim_end()) } } },
            DiffOp::Replace { .. } => (replaced(&old.concat(), &new.concat())),
        }
    }
}

fn replaced(old: &str, new: &str) -> Markup {
    let (old, new) = (old.trim_end(), new.trim_end());
    if old.len().max(new.len()) > MAX_LETTERS * 3 {
        return html! { p.del { del { (old) } } p.ins { ins { (new) } } };
    }
    let diff = TextDiff::from_chars(old, new);
    // Single letters would each be an element.
    let mut runs: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, run)) if *tag == change.tag() => run.push_str(change.value()),
            _ => runs.push((change.tag(), change.value().to_owned())),
        }
    }
    html! {
        p.both {
            @for (tag, run) in &runs {
                @match tag {
                    ChangeTag::Equal => (run),
                    ChangeTag::Delete => del { (run) },
                    ChangeTag::Insert => ins { (run) },
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_compared_within_a_changed_line_and_far_lines_left_out() {
        let far: String = (0..9).map(|n| format!("\n第{n}行")).collect();
        let shown = difference(&format!("办件三件。{far}\n<旧>"), &format!("办件五件。{far}")).into_string();
        assert_eq!(
            shown,
            "<div class=\"diff\"><p class=\"both\">办件<del>三</del><ins>五</ins>件。</p><p>第0行</p>\
             <p class=\"gap\">⋯</p><p>第8行</p><p class=\"del\"><del>&lt;旧&gt;</del></p></div>"
        );
    }

    #[test]
    fn the_same_text_has_no_difference() {
        assert_eq!(difference("一\n二", "一\n二").into_string(), "<div class=\"diff\"></div>");
    }
}
