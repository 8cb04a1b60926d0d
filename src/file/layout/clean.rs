//! What is drawn on a page but is no writing of its own: turned pages, watermarks, radicals in place of characters.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::counts::{Counts, count};
use super::sheet::{Ruling, Sheet, Turn};
use crate::file::FileRule;

/// The sheet as a reader holds it.
pub(super) fn cleaned(mut sheet: Sheet, counts: &mut Counts) -> Sheet {
    turned(&mut sheet);
    count(counts, FileRule::UnknownGlyph, sheet.unknown);
    let before = sheet.glyphs.len();
    sheet.glyphs.retain(|glyph| glyph.turn == Turn::None);
    count(counts, FileRule::Slanted, before - sheet.glyphs.len());
    let before = sheet.glyphs.len();
    let (width, height) = (sheet.width, sheet.height);
    sheet.glyphs.retain(|glyph| {
        glyph.x > -glyph.size && glyph.x < width && glyph.y > 0.0 && glyph.y < height + glyph.size * 0.5
    });
    count(counts, FileRule::OffPage, before - sheet.glyphs.len());
    for glyph in &mut sheet.glyphs {
        if let Some(common) = folded(glyph.text) {
            glyph.text = common;
            count(counts, FileRule::Folded, 1);
        }
    }
    sheet
}

/// Radicals of which Unicode says only in words for which character they stand, as far as that is in common use.
const RADICALS: [(char, char); 41] = [
    ('⺁', '厂'),
    ('⺇', '几'),
    ('⺎', '兀'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺝', '月'),
    ('⺠', '民'),
    ('⺩', '王'),
    ('⺬', '示'),
    ('⺼', '月'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻑', '長'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻫', '斉'),
    ('⻬', '齐'),
    ('⻭', '歯'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻲', '亀'),
];

/// Kangxi radicals, CJK radicals and compatibility ideographs stand for common characters; nothing else is folded.
fn folded(c: char) -> Option<char> {
    let radical = matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}');
    if !radical {
        return None;
    }
    if let Some((_, common)) = RADICALS.iter().find(|(radical, _)| *radical == c) {
        return Some(*common);
    }
    let mut forms = ComposingNormalizerBorrowed::new_nfkc().normalize_iter(std::iter::once(c));
    forms.next().filter(|&common| common != c && forms.next().is_none())
}

/// A page whose writing runs up or down was set sideways, as wide tables are.
fn turned(sheet: &mut Sheet) {
    let runs = |turn: Turn| sheet.glyphs.iter().filter(|glyph| glyph.turn == turn).count();
    let Some(most) = [Turn::None, Turn::Right, Turn::Half, Turn::Left]
        .into_iter()
        .max_by_key(|&turn| (runs(turn), turn == Turn::None))
    else {
        return;
    };
    if most == Turn::None {
        return;
    }
    let (width, height) = (sheet.width, sheet.height);
    let place = |x: f32, y: f32| match most {
        Turn::Right => (y, width - x),
        Turn::Half => (width - x, height - y),
        Turn::Left => (height - y, x),
        Turn::None | Turn::Slanted => (x, y),
    };
    for glyph in &mut sheet.glyphs {
        (glyph.x, glyph.y) = place(glyph.x, glyph.y);
        glyph.turn = match glyph.turn {
            turn if turn == most => Turn::None,
            Turn::None => Turn::Right,
            other => other,
        };
    }
    let rulings =
        sheet.rulings.iter().filter_map(|line| Ruling::between(place(line.x0, line.y0), place(line.x1, line.y1)));
    sheet.rulings = rulings.collect();
    if most != Turn::Half {
        (sheet.width, sheet.height) = (height, width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_read_as_the_characters_that_they_stand_for() {
        for (drawn, read) in [
            ('⼈', Some('人')),
            ('⾏', Some('行')),
            ('\u{f9e2}', Some('梨')),
            ('⺠', Some('民')),
            ('⺟', Some('母')),
            ('⺮', None),
            ('人', None),
            ('Ａ', None),
            ('①', None),
        ] {
            assert_eq!(folded(drawn), read, "{drawn}");
        }
    }
}
