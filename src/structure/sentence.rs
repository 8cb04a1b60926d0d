//! The first sentence of a paragraph: where it ends, and whether it names a theme or tells something.

use crate::text::{begins, ends, holds, is_blank};
use crate::words::{DUTIES, HEADING_NOUNS, HEADING_VERBS, NAME_OPENINGS, SENTENCE_OPENINGS, SETTLEMENTS};

/// The marks that end the first sentence and the first label of a paragraph, outside brackets and quotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clause {
    /// Index of the first 。
    pub(super) stop: Option<usize>,
    /// Index of the first ：, if it stands before the first 。
    pub(super) colon: Option<usize>,
}

/// So many characters of its heading a text takes up at its beginning.
const TAKEN_UP: usize = 4;
/// A first sentence is looked for over so many characters.
const REACH: usize = 120;

/// Finds the first 。 and the first ： of a paragraph.
pub(super) fn clauses(words: &[char]) -> Clause {
    let mut clause = Clause { stop: None, colon: None };
    let mut open = 0u32;
    for (n, c) in words.iter().take(REACH).enumerate() {
        match c {
            '(' | '〔' | '【' | '《' | '“' | '[' => open += 1,
            ')' | '〕' | '】' | '》' | '”' | ']' => open = open.saturating_sub(1),
            '。' if open == 0 => {
                clause.stop = Some(n);
                break;
            }
            ':' if open == 0 && clause.colon.is_none() && !in_time(words, n) => clause.colon = Some(n),
            _ => {}
        }
    }
    clause
}

/// `16:30`, `1:500`, `http:`
fn in_time(words: &[char], colon: usize) -> bool {
    let digit = |n: Option<usize>| n.and_then(|n| words.get(n)).is_some_and(char::is_ascii_digit);
    (digit(colon.checked_sub(1)) && digit(Some(colon + 1))) || words.get(colon + 1) == Some(&'/')
}

/// Evidence in tenths that a sentence, given without its 。, names a theme.
///
/// Headings of reports are short and begin with a verb (`加强组织领导，健全工作机制`); sentences have subjects,
/// conditions, duties and figures.
pub(super) fn theme(sentence: &[char]) -> i32 {
    let sentence = &unbracketed(sentence);
    let length = match sentence.len() {
        0..=8 => 40,
        9..=12 => 30,
        13..=16 => 25,
        17..=20 => 15,
        21..=25 => 5,
        26..=30 => -5,
        31..=40 => -20,
        _ => -40,
    };
    let placed = placed_verb(sentence);
    // 保障性住房 begins with no verb.
    let verb = placed || HEADING_VERBS.starts_view(sentence).is_some() && !matches!(sentence.get(2), Some('性' | '型'));
    let opens = SENTENCE_OPENINGS.starts_view(sentence).is_some() && NAME_OPENINGS.starts_view(sentence).is_none();
    // 在莞就业证明材料 begins like a sentence and is a name.
    let named = HEADING_NOUNS.ends_view(sentence).is_some();
    let telling = opens && !placed && !named;
    let duty = DUTIES.iter().filter(|word| holds(sentence, word.text)).count().min(2);
    let figures = sentence.iter().any(char::is_ascii_digit);
    let mut evidence = length;
    evidence += if verb { 20 } else { 0 };
    evidence += if named { 5 } else { 0 };
    evidence -= if telling { 35 } else { 0 };
    evidence -= 15 * i32::try_from(duty).unwrap_or(0);
    evidence -= if equates(sentence) { 15 } else { 0 };
    evidence -= if !verb && settles(sentence) { 45 } else { 0 };
    evidence -= if figures { 15 } else { 0 };
    evidence -= if ends(sentence, "的") { 15 } else { 0 };
    evidence -= if asks_or_enacts(sentence) { 60 } else { 0 };
    evidence - uneven(sentence)
}

/// `将第三条修改为：“…。”` ends with the sentence that it quotes.
pub(super) fn ends_quoting(words: &[char]) -> bool {
    matches!(words, [.., '。' | ';', '”'])
}

/// Without what stands in brackets, and of a cited title no more than its beginning: `宣传动员阶段（2018年6月1日至6月30日）`
/// and `执行《关于调整某规定的通知》有关规定` are no longer than what they say.
pub(super) fn unbracketed(sentence: &[char]) -> Vec<char> {
    /// So many characters a cited title counts for.
    const CITED: i32 = 6;
    let (mut open, mut cited) = (0i32, 0i32);
    let outside = sentence.iter().copied().filter(|&c| {
        open += i32::from(c == '(');
        cited = match c {
            '《' => 1,
            '》' => 0,
            _ => cited + i32::from(cited > 0),
        };
        let outside = open <= 0 && cited <= CITED;
        open -= i32::from(c == ')');
        outside
    });
    outside.collect()
}

/// `在更高起点上推动长江经济带发展`: where, and then the verb of a heading.
fn placed_verb(sentence: &[char]) -> bool {
    /// So far behind 在 the place ends.
    const PLACE: usize = 12;
    let place = |n: usize| "上中下".contains(sentence[n]) && HEADING_VERBS.starts_view(&sentence[n + 1..]).is_some();
    sentence.first() == Some(&'在') && (2..sentence.len().min(PLACE)).any(place)
}

/// `请按时参加面试` asks its reader, `本通知自印发之日起施行` enacts, `删去第九条` amends, `身份证，验原件` asks for a paper: none
/// names a theme.
pub(super) fn asks_or_enacts(sentence: &[char]) -> bool {
    let enacts = ["起施行", "起执行", "起实施", "起生效"].iter().any(|end| ends(sentence, end));
    let paper = ["复印件", "验原件", "交原件"].iter().any(|word| holds(sentence, word));
    enacts || paper || begins(sentence, "删去") || sentence.first() == Some(&'请')
}

/// `监管主体是林业局`; 一是 and 但是 are words.
fn equates(sentence: &[char]) -> bool {
    sentence.windows(2).any(|pair| pair[1] == '是' && !"一二三四五六七八九十但凡于还或总就".contains(pair[0]))
}

/// What announcements settle has a subject and its predicate: `合同期为三年`, `补贴资金由县财政承担`, `申报材料一式三份`.
fn settles(sentence: &[char]) -> bool {
    let pairs = || sentence.windows(3).skip(1);
    let numbers = |c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c);
    let amounts = || pairs().any(|three| three[1] == '为' && numbers(three[2]) && !"作成".contains(three[0]));
    let by = || pairs().any(|three| three[1] == '由' && !"理缘事自来经".contains(three[0]) && three[2] != '于');
    SETTLEMENTS.iter().any(|word| match word.meaning {
        Some("first") => begins(sentence, word.text),
        Some("last") => ends(sentence, word.text),
        _ => holds(sentence, word.text),
    }) || amounts()
        || by()
}

/// Clauses of about one length are a heading in two halves; others are a sentence.
fn uneven(sentence: &[char]) -> i32 {
    let lengths: Vec<usize> = sentence.split(|&c| c == ',').map(<[char]>::len).collect();
    let (Some(longest), Some(shortest)) = (lengths.iter().max(), lengths.iter().min()) else { return 0 };
    let commas = i32::try_from(lengths.len() - 1).unwrap_or(0);
    if longest - shortest <= 3 { 0 } else { 8 * commas }
}

/// `保障方式有：` is half a sentence, `违法行为：` a name.
pub(super) fn leads_on(words: &[char]) -> bool {
    let names = ["所有", "国有", "共有", "私有", "持有", "行为", "作为", "立即"];
    words.last().is_some_and(|c| "有是为即".contains(*c)) && !names.iter().any(|name| ends(words, name))
}

/// `2023年3月1日前：` says when, `2026年度适用时间：` names a theme.
pub(super) fn names_time(label: &[char]) -> bool {
    (0..label.len()).any(|n| {
        let noun = label[n] == '时' && label.get(n + 1).is_some_and(|c| "间段长限".contains(*c));
        "月日前后时的".contains(label[n]) && !noun
    })
}

/// `顺产的，98天；难产的，…`: the text goes on with the cases of what stands before it.
pub(super) fn tells_cases(rest: &[char]) -> bool {
    /// Most characters of a case.
    const CASE: usize = 10;
    let case = |part: &&[char]| {
        let comma = part.iter().take(CASE).position(|&c| c == ',');
        comma.is_some_and(|comma| comma > 0 && part[comma - 1] == '的')
    };
    rest.split(|&c| c == ';').take(2).filter(case).count() == 2
}

/// How much it says that the text begins with words of its heading: `高档住房。高档住房是指…` with all of its beginning.
pub(super) fn echo(heading: &[char], rest: &[char]) -> i32 {
    let first = |words: &[char]| words.iter().copied().skip_while(|c| is_blank(*c)).take(TAKEN_UP).collect::<Vec<_>>();
    match (takes_up(heading, rest), first(heading) == first(rest)) {
        (true, true) => 5,
        (true, false) => 4,
        _ => 0,
    }
}

/// `高档住房。高档住房是指…`: the text takes up words of its heading at once.
fn takes_up(heading: &[char], rest: &[char]) -> bool {
    let first: Vec<char> = rest.iter().copied().skip_while(|c| is_blank(*c)).take(TAKEN_UP).collect();
    first.len() == TAKEN_UP && heading.windows(TAKEN_UP).any(|words| words == first.as_slice())
}

/// `（县住房局牵头）` behind a sentence is no text under a heading.
pub(super) fn is_remark(rest: &[char]) -> bool {
    let rest = rest.iter().position(|c| !is_blank(*c)).map_or(rest, |n| &rest[n..]);
    rest.first() == Some(&'(') && rest.iter().position(|&c| c == ')').is_some_and(|n| n + 2 >= rest.len())
}
