//! Names as documents print them: bodies, officers, readers, titles and numbers of documents, the word 附件.

use crate::text::{begins, ends, is_blank, is_ideograph, parse_number};
use crate::words::{
    BODIES, BODY_ENDINGS, DOCUMENT_TYPES, EVERYONE, FILES_OF_DOCUMENTS, NO_RECIPIENTS, PARTY_LABELS, POSTS, RECIPIENTS,
};

/// The longest line that holds the names of signing bodies.
const BODIES_LENGTH: usize = 60;
/// The longest line that says whom a letter is for.
const READERS_LENGTH: usize = 200;

/// Whether a line holds only the names of one or more bodies.
pub(super) fn is_body(view: &[char]) -> bool {
    let view = without_remark(view);
    let mark = |c: &char| matches!(c, '。' | ';' | ',' | ':' | '!' | '?' | '、' | '《' | '》' | '“' | '”' | '\t');
    (2..=BODIES_LENGTH).contains(&view.len()) && !view.iter().any(mark) && ends_like_body(view)
}

fn ends_like_body(view: &[char]) -> bool {
    BODIES.ends_view(view).is_some_and(|word| word.meaning.is_none())
}

/// `云溪县文物局、古城管理委员会`: several bodies, each whole.
pub(super) fn is_joined_bodies(view: &[char]) -> bool {
    view.len() <= BODIES_LENGTH
        && view.contains(&'、')
        && view.split(|c| *c == '、').all(|name| name.len() > 3 && is_body(name))
}

/// What the name of a body ends with that means nothing alone: 领导小组办公室.
pub(super) fn is_end_of_body(view: &[char]) -> bool {
    is_body(view) && BODY_ENDINGS.starts_view(view).is_some()
}

/// `县长　李明`, `云溪县人民政府代县长  李明`: a post and, behind a blank, a name.
pub(super) fn is_officer(view: &[char]) -> bool {
    let Some(blank) = view.iter().rposition(|c| is_blank(*c) || *c == ':') else { return false };
    // Names of two characters are often printed apart: 李　明.
    let end = |at: usize| (0..at).rev().find(|&n| !is_blank(view[n])).map_or(0, |n| n + 1);
    let (post, name) = match (view.len() - blank - 1, end(blank)) {
        (1, before) if before > 1 && is_blank(view[before - 2]) => (&view[..end(before - 1)], 2),
        (length, before) => (&view[..before], length),
    };
    let post: Vec<char> = post.iter().copied().filter(|c| !is_blank(*c)).collect();
    let words = view.len() <= 40 && !view.iter().any(|c| "。;,!?《》“”".contains(*c) || c.is_ascii_digit());
    words && (2..=4).contains(&name) && POSTS.ends_view(&post).is_some()
}

/// 市长李明, without a blank between the post and the name of two or three characters.
pub(super) fn is_joined_officer(view: &[char]) -> bool {
    let post = |name: usize| view.len().checked_sub(name).is_some_and(|end| POSTS.ends_view(&view[..end]).is_some());
    (4..=12).contains(&view.len()) && view.iter().all(|c| is_ideograph(*c)) && (post(2) || post(3))
}

/// `省　　长` alone, where the name is a picture.
pub(super) fn is_post(view: &[char]) -> bool {
    let post: Vec<char> = view.iter().copied().filter(|c| !is_blank(*c)).collect();
    (2..=6).contains(&post.len()) && post.iter().all(|c| is_ideograph(*c)) && POSTS.ends_view(&post).is_some()
}

/// Whether a line is a list of bodies as 抄送 gives them, a final 。 aside.
pub(super) fn lists_bodies(view: &[char]) -> bool {
    let names = view.strip_suffix(&['。']).or(view.strip_suffix(&[','])).unwrap_or(view);
    let body = |name: &[char]| {
        let name = without_remark(name);
        name.len() > 1 && (ends_like_body(name) || RECIPIENTS.ends_view(name).is_some())
    };
    let plain = !names.iter().any(|c| matches!(c, '。' | ';' | ':' | '《' | '“'));
    (2..=READERS_LENGTH).contains(&names.len()) && plain && names.split(|c| *c == ',').all(body)
}

/// Without the （代章） or （公章） behind a name.
pub(super) fn without_remark(view: &[char]) -> &[char] {
    if view.last() != Some(&')') {
        return view;
    }
    let open = view.iter().rposition(|&c| c == '(').unwrap_or(view.len());
    let mut end = open;
    while end > 0 && is_blank(view[end - 1]) {
        end -= 1;
    }
    if view.len() - open <= 6 { &view[..end] } else { view }
}

/// Whether a line that ends with `:` names those whom a letter is for (主送机关, GB/T 9704-2012 7.3.2).
pub(super) fn names_readers(view: &[char]) -> bool {
    let Some((':', names)) = view.split_last().map(|(last, names)| (*last, names)) else { return false };
    if !(3..=READERS_LENGTH).contains(&names.len()) || names.iter().any(|c| "。;:!?“”《".contains(*c)) {
        return false;
    }
    let names = without_remark(names);
    let letters: String = names.iter().filter(|c| !is_blank(**c)).collect();
    !PARTY_LABELS.is(&letters)
        && NO_RECIPIENTS.ends_view(names).is_none()
        && (EVERYONE.starts_view(names).is_some() || RECIPIENTS.ends_view(names).is_some() || ends_like_body(names))
}

/// `云政发〔2022〕20号`, or a registration number.
pub(super) fn is_number_line(view: &[char]) -> bool {
    let view = without_class(view);
    let bare = view.strip_suffix(&['号']).unwrap_or(view);
    let bare = bare.strip_suffix(&[' ']).unwrap_or(bare);
    let code = bare.iter().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_')) && bare.len() >= 6;
    let year = view.iter().any(|c| matches!(c, '〔' | '[' | '【' | '('));
    let unbracketed = view.strip_suffix(&[')']).unwrap_or(view);
    view.len() <= 40 && (code || (year && ends(unbracketed, "号") && view.iter().any(char::is_ascii_digit)))
}

/// `云教函〔2023〕15号　　　（A类）`, `云政〔2023〕3号　签发人：李明`
fn without_class(view: &[char]) -> &[char] {
    let Some(at) = (0..view.len()).find(|&n| view[n] == '号' && view.get(n + 1).is_some_and(|c| is_blank(*c))) else {
        return view;
    };
    let rest: Vec<char> = view[at + 1..].iter().copied().filter(|c| !is_blank(*c)).collect();
    let class = rest.len() <= 6 && rest.first() == Some(&'(') && rest.last() == Some(&')');
    if class || begins(&rest, "签发人") || begins(&rest, "类别") { &view[..=at] } else { view }
}

/// Whether a line ends like the title of a document, a （试行） behind it aside.
pub(super) fn is_title(view: &[char]) -> bool {
    // 工　作　报　告 is set wide.
    let letters: Vec<char> = view.iter().copied().filter(|c| !is_blank(*c)).collect();
    let mut view = letters.as_slice();
    // 《云溪县养犬办法》 in the marks of a name.
    view = view.strip_prefix(&['《']).and_then(|view| view.strip_suffix(&['》'])).unwrap_or(view);
    while view.last() == Some(&')') {
        let Some(open) = view.iter().rposition(|&c| c == '(') else { break };
        view = &view[..open];
    }
    DOCUMENT_TYPES.ends_view(view).is_some()
}

/// Whether a line is the name of a file.
pub(super) fn is_file_name(view: &[char]) -> bool {
    let Some(dot) = view.iter().rposition(|&c| c == '.') else { return false };
    let ending: String = view[dot + 1..].iter().map(char::to_ascii_lowercase).collect();
    FILES_OF_DOCUMENTS.is(&ending)
}

/// The word 附件 at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AnnexMark {
    /// The number behind it.
    pub(super) number: Option<u32>,
    /// Where the words behind it begin, in characters of the line.
    pub(super) rest: usize,
    /// Nothing parts them from it.
    pub(super) is_glued: bool,
}

/// Reads 附件 附件2 附件： 附件：2 附表2： 附2 附： （附件二） 附件A 附件之一; words may follow behind a colon, a blank or a
/// bracket, or as a title.
pub(super) fn annex_mark(view: &[char]) -> Option<AnnexMark> {
    let skip = |at: usize| (at..view.len()).find(|&n| !is_blank(view[n])).unwrap_or(view.len());
    // （附件二）, 【附件2】 名单: brackets around the mark.
    if let Some((_, close)) = view.first().and_then(|open| BRACKETS.iter().find(|(first, _)| first == open)) {
        let end = view.iter().take(BRACKETED_MARK).position(|c| c == close)?;
        let inside = &view[1..end];
        let mark = annex_mark(inside).filter(|mark| mark.rest == inside.len() && mark.number.is_some())?;
        return Some(AnnexMark { rest: skip(end + 1), ..mark });
    }
    if view.first() != Some(&'附') {
        return None;
    }
    let kind = skip(1);
    let is_numeral = |c: &char| c.is_ascii_digit() || CN_DIGITS.contains(*c);
    let at = match view.get(kind) {
        Some('件' | '表' | '录' | '图') => kind + 1,
        Some(':') => kind,
        // 附1 and no more than a colon, or a name behind a blank.
        Some(c) if is_numeral(c) => {
            let end = (kind..view.len()).find(|&n| !is_numeral(&view[n])).unwrap_or(view.len());
            let parted = view.get(end).is_none_or(|c| *c == ':' || is_blank(*c) && view[kind].is_ascii_digit());
            if parted { kind } else { return None }
        }
        _ => return None,
    };
    // 附件：2 is 附件2 where nothing follows.
    let colon = skip(at);
    let behind_colon = (view.get(colon) == Some(&':') && colon >= at).then(|| skip(colon + 1));
    let whole = behind_colon.filter(|&at| annex_number(view, at).is_some_and(|(_, end)| end == view.len()));
    let numbered = annex_number(view, whole.unwrap_or_else(|| skip(at)));
    let (number, behind) = numbered.map_or((None, at), |(number, end)| (Some(number), end));
    // 附件1-2 is part 2 of annex 1.
    let behind = match view.get(behind) {
        Some('-' | '—' | '–') => behind + 1 + view[behind + 1..].iter().take_while(|c| c.is_ascii_digit()).count(),
        _ => behind,
    };
    let colon = skip(behind);
    let mut is_glued = false;
    let rest = match view.get(colon) {
        None => view.len(),
        // 附件1（样式）
        Some('(') if number.is_some() && view.last() == Some(&')') && view.len() - colon <= BRACKETED_MARK => {
            view.len()
        }
        Some(':' | '.' | '、') if number.is_some() || view[colon] == ':' => skip(colon + 1),
        Some(_) if colon > behind => colon,
        Some(_) => {
            is_glued = true;
            glued_name(view, behind).filter(|_| number.is_some())?
        }
    };
    Some(AnnexMark { number, rest, is_glued })
}

/// Where a title begins that no blank parts from its mark: 附件1养护办法, 附件1——养护办法. 附件1所列办法，… is a sentence.
fn glued_name(view: &[char], behind: usize) -> Option<usize> {
    /// Fewest and most characters of such a title.
    const NAME: std::ops::RangeInclusive<usize> = 4..=60;
    let at = (behind..view.len()).find(|&n| !matches!(view[n], '-' | '—' | '–'))?;
    let name = &view[at..];
    let refers = name.first().is_some_and(|c| "中所的为是内和与至及或、".contains(*c));
    let plain = !name.iter().any(|c| "。;:?!,\t".contains(*c));
    (NAME.contains(&name.len()) && plain && !refers && is_title(name)).then_some(at)
}

/// Most characters of a mark in brackets, or of a remark in brackets behind one.
const BRACKETED_MARK: usize = 8;
const CN_DIGITS: &str = "一二三四五六七八九十";

/// The number behind 附件, and the index behind it: 2 二 （二） 之二 ② A.
fn annex_number(view: &[char], at: usize) -> Option<(u32, usize)> {
    let first = *view.get(at)?;
    let numeral: String = view[at..].iter().take_while(|c| c.is_ascii_digit() || CN_DIGITS.contains(**c)).collect();
    if !numeral.is_empty() {
        let number = parse_number(&numeral).filter(|&number| number < 1000)?;
        return Some((number, at + numeral.chars().count()));
    }
    let single = |base: char| Some((u32::from(first) - u32::from(base) + 1, at + 1));
    match first {
        '之' => annex_number(view, at + 1),
        '(' => annex_number(view, at + 1)
            .filter(|&(_, end)| view.get(end) == Some(&')'))
            .map(|(number, end)| (number, end + 1)),
        '①'..='⑳' => single('①'),
        'A'..='H' if !view.get(at + 1).is_some_and(char::is_ascii_alphanumeric) => single('A'),
        _ => None,
    }
}

/// What may stand around a whole mark or remark, folded.
pub(super) const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('〔', '〕'), ('【', '】')];

#[cfg(test)]
mod tests {
    use super::*;

    fn view(line: &str) -> Vec<char> {
        line.chars().map(crate::text::fold_char).collect()
    }

    #[test]
    fn a_body_is_known_by_the_end_of_its_name() {
        for line in [
            "青石镇人民政府",
            "中共云溪县委员会",
            "云溪县住房公积金管理中心 云溪县退役军人事务局",
            "省促进消费联席会议（代章）",
            "国家税务总局云溪县税务局",
        ] {
            assert!(is_body(&view(line)), "{line}");
        }
        for line in ["责任单位：县财政局", "由县财政局、县税务局", "青石镇2022年工作总结", "县政府。", "县"]
        {
            assert!(!is_body(&view(line)), "{line}");
        }
    }

    #[test]
    fn an_officer_has_a_post_and_a_name() {
        for line in ["县长 李明", "云溪县县长　李　明", "县委副书记、县长 李明明", "主　任：王强"]
        {
            assert!(is_officer(&view(line)), "{line}");
        }
        for line in ["县长李明出席", "云溪县司法局 王强", "第一季度 增长", "李 明", "县长 2023年"]
        {
            assert!(!is_officer(&view(line)), "{line}");
        }
    }

    #[test]
    fn a_line_of_recipients_is_an_address() {
        for line in ["各乡镇人民政府，县直各有关单位：", "县直机关各科室、三个管理部：", "各缴存职工：", "各位代表："]
        {
            assert!(names_readers(&view(line)), "{line}");
        }
        for line in ["现将有关情况报告如下：", "联系电话：", "工作目标：", "应当符合下列条件："]
        {
            assert!(!names_readers(&view(line)), "{line}");
        }
    }
}
