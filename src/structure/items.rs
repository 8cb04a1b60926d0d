//! Inline items: 一是…二是…, 一要…二要…, 第一，…第二，… and （1）…（2）… inside a paragraph.

use crate::model::{Item, ItemStyle};
use crate::text::{begins, is_blank, parse_number};

/// Where an item may begin, and its number.
#[derive(Debug, Clone, Copy)]
struct Start {
    at: usize,
    number: u32,
    style: ItemStyle,
}

/// The items of a span of folded text; offsets are indices into the whole of `folded`.
///
/// A run begins with 1 and has at least two members, so that 统一是, 之一是 and a lone 第一， are none. An item ends where
/// the next begins; the last one ends with its paragraph.
pub(super) fn items(folded: &[char], start: usize, end: usize) -> Vec<Item> {
    let mut found: Vec<Item> = Vec::new();
    let mut run: Vec<Start> = Vec::new();
    let mut close = |run: &mut Vec<Start>| {
        if run.len() > 1 {
            for (n, item) in run.iter().enumerate() {
                let paragraph = (item.at..end).find(|&at| folded[at] == '\n').unwrap_or(end);
                let next = run.get(n + 1).map_or(end, |next| next.at);
                let item_end = trimmed(folded, item.at, if n + 1 < run.len() { next } else { paragraph });
                found.push(Item { number: item.number, style: item.style, start: item.at, end: item_end });
            }
        }
        run.clear();
    };
    let mut boundary = true;
    for (at, &c) in folded.iter().enumerate().take(end).skip(start) {
        let item = if boundary && begins_item(c) { start_at(&folded[..end], at) } else { None };
        if let Some(item) = item {
            let goes_on = run.last().is_some_and(|last| last.style == item.style && last.number + 1 == item.number);
            if !goes_on && item.number == 1 {
                close(&mut run);
            }
            if goes_on || item.number == 1 {
                run.push(item);
            }
        }
        boundary =
            matches!(c, '。' | ';' | ':' | ',' | '、' | '\n' | '!' | '?' | '”' | ')') || (boundary && is_blank(c));
    }
    close(&mut run);
    found.sort_by_key(|item| item.start);
    found
}

fn trimmed(folded: &[char], start: usize, mut end: usize) -> usize {
    while end > start && is_blank(folded[end - 1]) {
        end -= 1;
    }
    end
}

/// Nothing else is worth a closer look.
fn begins_item(c: char) -> bool {
    matches!(c, '第' | '(') || is_numeral(c)
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

fn start_at(view: &[char], at: usize) -> Option<Start> {
    let rest = &view[at..];
    let numeral = |from: usize| {
        let length = rest[from..].iter().take(4).take_while(|c| is_numeral(**c)).count();
        let text: String = rest[from..from + length].iter().collect();
        parse_number(&text).map(|number| (number, from + length))
    };
    let (number, style) = match rest.first()? {
        '第' => {
            let (number, end) = numeral(1)?;
            matches!(rest.get(end)?, ',' | '、' | '是').then_some((number, ItemStyle::DiCi))?
        }
        '(' => {
            let digits: String = rest[1..].iter().take(3).take_while(|c| c.is_ascii_digit()).collect();
            let number = digits.parse().ok()?;
            (rest.get(digits.len() + 1) == Some(&')')).then_some((number, ItemStyle::ArabicParen))?
        }
        _ => {
            let (number, end) = numeral(0)?;
            if begins(&rest[end..], "是") {
                (number, ItemStyle::CnShi)
            } else if begins(&rest[end..], "要") {
                (number, ItemStyle::CnYao)
            } else {
                return None;
            }
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
        ] {
            let texts: Vec<String> = read(text).into_iter().map(|(_, text)| text).collect();
            assert_eq!(texts, expected, "{text}");
        }
    }

    #[test]
    fn look_alikes_are_none() {
        for text in ["两岸统一是大势，问题之一是人手不足。", "第一书记带头。第一，带头学法。", "一是人手不足。"]
        {
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
