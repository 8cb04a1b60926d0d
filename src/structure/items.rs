//! Inline items: 一是…二是…, 第一，…第二，…, （1）…（2）…, ①…②… and the like inside a paragraph.

use crate::model::{Item, ItemStyle};
use crate::text::{is_blank, is_ideograph, parse_number};

/// Where an item may begin, and its number.
#[derive(Debug, Clone, Copy)]
struct Start {
    at: usize,
    number: u32,
    style: ItemStyle,
}

/// The items of a span of folded text; offsets are indices into the whole of `folded`.
///
/// A run begins with 1 and has at least two members, so that 统一是, 之一是 and a lone 第一， are none; runs of other styles
/// may stand between its members. An item ends where the next of its run begins; the last one ends with its paragraph,
/// or where a run goes on that began before.
pub(super) fn items(folded: &[char], start: usize, end: usize) -> Vec<Item> {
    let runs = runs(folded, start, end);
    let mut found: Vec<Item> = Vec::new();
    for run in &runs {
        for (n, item) in run.iter().enumerate() {
            let paragraph = || (item.at..end).find(|&at| folded[at] == '\n').unwrap_or(end);
            let outer = runs.iter().filter(|other| other[0].at < run[0].at).flatten();
            let goes_on = || outer.map(|other| other.at).filter(|&at| at > item.at).min();
            let item_end = run
                .get(n + 1)
                .map_or_else(|| goes_on().map_or_else(paragraph, |at| at.min(paragraph())), |next| next.at);
            let item_end = trimmed(folded, item.at, item_end);
            found.push(Item { number: item.number, style: item.style, start: item.at, end: item_end });
        }
    }
    found.sort_by_key(|item| item.start);
    found
}

/// Runs of starts that count from 1, each with two members at least.
fn runs(folded: &[char], start: usize, end: usize) -> Vec<Vec<Start>> {
    let mut runs: Vec<Vec<Start>> = Vec::new();
    let mut before = '\n';
    for at in start..end {
        let c = folded[at];
        if begins_item(c)
            && let Some(item) = start_at(&folded[..end], at)
        {
            let open = runs.iter_mut().rev().find(|run| run[0].style == item.style);
            match open {
                Some(run) if run[run.len() - 1].number + 1 == item.number && follows(item.style, before, true) => {
                    run.push(item);
                }
                _ if item.number == 1 && follows(item.style, before, false) => runs.push(vec![item]),
                _ => {}
            }
        }
        if c == '\n' || !is_blank(c) {
            before = c;
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}

/// Whether an item may begin behind a character; `counted` = it goes on in a run.
fn follows(style: ItemStyle, before: char, counted: bool) -> bool {
    let sentence = matches!(before, '。' | ';' | ':' | '\n' | '!' | '?');
    match style {
        // Numbers stand behind commas in any enumeration of figures, letters in any of names.
        ItemStyle::Arabic => sentence,
        ItemStyle::Letter => before == '\n',
        ItemStyle::Circled if counted => true,
        _ => sentence || matches!(before, ',' | '、' | '”' | ')'),
    }
}

fn trimmed(folded: &[char], start: usize, mut end: usize) -> usize {
    while end > start && is_blank(folded[end - 1]) {
        end -= 1;
    }
    end
}

/// Nothing else is worth a closer look.
fn begins_item(c: char) -> bool {
    matches!(c, '第' | '(' | '①'..='⑳' | '0'..='9' | 'a'..='z' | 'A'..='Z') || is_numeral(c)
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

fn start_at(view: &[char], at: usize) -> Option<Start> {
    let rest = &view[at..];
    let numeral = |from: usize, follows: fn(char) -> bool| {
        let end = from + rest[from..].iter().take(4).take_while(|c| is_numeral(**c)).count();
        // Most numerals are words of the text.
        rest.get(end).filter(|next| follows(**next))?;
        let text: String = rest[from..end].iter().collect();
        parse_number(&text).map(|number| (number, end))
    };
    let digits = |from: usize| {
        let digits = rest[from..].iter().take(3).map_while(|c| c.to_digit(10));
        let (number, length) = digits.fold((0, 0), |(number, length), digit| (number * 10 + digit, length + 1));
        (length > 0).then_some((number, from + length))
    };
    let (number, style) = match *rest.first()? {
        '第' => {
            let (number, _) = numeral(1, |next| matches!(next, ',' | '、' | '是'))?;
            (number, ItemStyle::DiCi)
        }
        '(' => {
            let ((number, end), style) = match digits(1) {
                Some(found) => (found, ItemStyle::ArabicParen),
                None => (numeral(1, |next| next == ')')?, ItemStyle::CnParen),
            };
            // `（一）、（二）项` speaks about items.
            let refers = rest.get(end + 1).is_some_and(|c| "、,至和及与或项款".contains(*c));
            (rest.get(end) == Some(&')') && !refers).then_some((number, style))?
        }
        c @ '①'..='⑳' => {
            let words =
                rest.get(1).is_some_and(|c| is_ideograph(*c) || "“《".contains(*c) || c.is_ascii_alphanumeric());
            words.then_some((u32::from(c) - u32::from('①') + 1, ItemStyle::Circled))?
        }
        '0'..='9' => {
            let (number, end) = digits(0)?;
            let words = !rest.get(end + 1)?.is_ascii_digit();
            (matches!(rest.get(end)?, '.' | '、' | ')') && words).then_some((number, ItemStyle::Arabic))?
        }
        letter if letter.is_ascii_alphabetic() => {
            let number = u32::from(letter.to_ascii_lowercase()) - u32::from('a') + 1;
            let words = !rest.get(2)?.is_ascii_alphanumeric();
            (matches!(rest.get(1)?, '.' | '、' | ')') && words).then_some((number, ItemStyle::Letter))?
        }
        _ => {
            let (number, end) = numeral(0, |next| matches!(next, '是' | '要'))?;
            (number, if rest[end] == '是' { ItemStyle::CnShi } else { ItemStyle::CnYao })
        }
    };
    Some(Start { at, number, style })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u32, String)> {
        let folded: Vec<char> = text.chars().map(crate::text::fold_char).collect();
        let found = items(&folded, 0, folded.len());
        found
            .iter()
            .map(|item| (item.number, text.chars().skip(item.start).take(item.end - item.start).collect()))
            .collect()
    }

    #[test]
    fn items_are_read_in_every_style() {
        for (text, expected) in [
            ("主要有：一是宣讲4次；二是走访5次。", vec!["一是宣讲4次；", "二是走访5次。"]),
            ("一要聚焦主线。二要压实责任。", vec!["一要聚焦主线。", "二要压实责任。"]),
            ("第一，经费不足。第二，人员不足。", vec!["第一，经费不足。", "第二，人员不足。"]),
            ("包括（1）身份证；（2）户口本。", vec![]),
            ("包括：（1）身份证；（2）户口本。", vec!["（1）身份证；", "（2）户口本。"]),
            ("一是宣讲。\n二是走访。\n其余不变。", vec!["一是宣讲。", "二是走访。"]),
            ("三件事：①完善制度；②强化培训。", vec!["①完善制度；", "②强化培训。"]),
            ("三件事：①完善制度②强化培训③严格考核。", vec!["①完善制度", "②强化培训", "③严格考核。"]),
            ("措施：（一）登记；（二）公示。", vec!["（一）登记；", "（二）公示。"]),
            ("材料：1.身份证；2.户口本。", vec!["1.身份证；", "2.户口本。"]),
            ("a.毕业证\nb.学位证\n其余不变。", vec!["a.毕业证", "b.学位证"]),
            (
                "一是宣讲：（1）进村；（2）进校。二是走访。",
                vec!["一是宣讲：（1）进村；（2）进校。", "（1）进村；", "（2）进校。", "二是走访。"],
            ),
        ] {
            let texts: Vec<String> = read(text).into_iter().map(|(_, text)| text).collect();
            assert_eq!(texts, expected, "{text}");
        }
    }

    #[test]
    fn look_alikes_are_none() {
        for text in [
            "两岸统一是大势，问题之一是人手不足。",
            "第一书记带头。第一，带头学法。",
            "一是人手不足。",
            "依照第三条第（一）项、第（二）项办理。",
            "有下列情形：（一）、（二）项所列事项。",
            "同比增长1.2%，2.3%和3.4%，1.2.3号楼验收合格。",
            "见注①。又见注②。",
            "甲、乙两方，A、B两类。",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn a_second_run_begins_anew() {
        let numbers: Vec<u32> =
            read("一是甲；二是乙。\n一是丙；二是丁；三是戊。").into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [1, 2, 1, 2, 3]);
    }
}
