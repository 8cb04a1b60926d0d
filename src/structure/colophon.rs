//! The colophon (版记): 抄送, 印发, 共印N份 (GB/T 9704-2012 7.4).

use crate::model::Role;
use crate::text::{dates, is_blank};

use super::lines::{Text, begins, ends, holds};
use super::organ::is_organ;
use super::roles::Roles;

/// 抄送 goes on over at most so many lines more.
const CC_LINES: usize = 5;

pub(super) fn is_cc(view: &[char]) -> bool {
    ["抄送:", "抄报:", "分送:", "主送:", "抄 送:", "抄报、抄送:"].iter().any(|word| begins(view, word))
}

/// 抄送 may run over several lines, each a list of bodies.
pub(super) fn mark_cc(text: &Text, first: usize, roles: &mut Roles) {
    roles[first] = Some(Role::Cc);
    for (n, line) in text.lines.iter().enumerate().skip(first + 1).take(CC_LINES) {
        let view = text.view(line);
        let finished = ends(text.view(&text.lines[n - 1]), "。");
        let names = is_organ(view) || view.contains(&',') && !view.contains(&':') && view.len() <= 120;
        if finished || roles[n].is_some() || is_imprint(view) || !(names || is_cc(view)) {
            break;
        }
        roles[n] = Some(Role::Cc);
    }
}

/// `云溪县人民政府办公室　2023年2月28日印发`
pub(super) fn is_imprint(view: &[char]) -> bool {
    view.len() <= 60
        && (ends(view, "印发")
            || ends(view, "印")
            || ends(view, "印制")
            || (holds(view, "印发") && copies(view).is_some()))
        && dates(&view.iter().collect::<String>()).next().is_some()
}

/// `共印3份`
pub(super) fn copies(view: &[char]) -> Option<u32> {
    if view.len() > 60 || !holds(view, "印") {
        return None;
    }
    let key: String = view.iter().filter(|c| !is_blank(**c) && !matches!(c, '(' | ')')).collect();
    let (_, digits) = ["共印制", "共印", "印数:", "印数"].iter().find_map(|word| key.split_once(word))?;
    digits.trim_end_matches('。').strip_suffix('份')?.parse().ok()
}
