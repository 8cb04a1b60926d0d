//! The first sentence of a paragraph: where it ends, and whether it names a theme or tells something.

use super::lines::{begins, ends, holds};

/// The marks that end the first sentence and the first label of a paragraph, outside brackets and quotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clause {
    /// Index of the first 。
    pub(super) stop: Option<usize>,
    /// Index of the first ：, if it stands before the first 。
    pub(super) colon: Option<usize>,
}

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

/// What headings of reports begin with.
const VERBS: [&str; 118] = [
    "加强",
    "强化",
    "推进",
    "推动",
    "完善",
    "健全",
    "落实",
    "优化",
    "提升",
    "提高",
    "深化",
    "规范",
    "建立",
    "加大",
    "加快",
    "坚持",
    "严格",
    "切实",
    "全面",
    "深入",
    "积极",
    "扎实",
    "持续",
    "着力",
    "注重",
    "突出",
    "抓好",
    "做好",
    "开展",
    "创新",
    "支持",
    "促进",
    "保障",
    "实施",
    "构建",
    "打造",
    "培育",
    "发挥",
    "统筹",
    "聚焦",
    "压实",
    "拓展",
    "维护",
    "防范",
    "鼓励",
    "引导",
    "明确",
    "调整",
    "扩大",
    "降低",
    "取消",
    "稳定",
    "稳住",
    "增强",
    "巩固",
    "化解",
    "营造",
    "发展",
    "发放",
    "延续",
    "简化",
    "缩短",
    "合理",
    "适度",
    "适当",
    "延长",
    "牢固",
    "紧盯",
    "狠抓",
    "大力",
    "充分",
    "主动",
    "严厉",
    "严肃",
    "进一步",
    "不断",
    "认真",
    "科学",
    "广泛",
    "有序",
    "有效",
    "贯彻",
    "履行",
    "夯实",
    "筑牢",
    "围绕",
    "凝聚",
    "汇聚",
    "把握",
    "助力",
    "确保",
    "激发",
    "丰富",
    "弘扬",
    "办好",
    "满足",
    "放宽",
    "妥善",
    "整治",
    "盘活",
    "缓解",
    "减轻",
    "改进",
    "改革",
    "牢记",
    "学习",
    "宣传",
    "落细",
    "依法",
    "聚力",
    "转变",
    "整合",
    "严把",
    "畅通",
    "树立",
    "关于",
    "强调",
    "推行",
];

/// What sentences begin with that tell something: who, when, under which condition.
const TELLING: [&str; 40] = [
    "我",
    "本",
    "自",
    "凡",
    "对",
    "经",
    "在",
    "由",
    "各",
    "如",
    "若",
    "因",
    "根据",
    "按",
    "为了",
    "截至",
    "全年",
    "今年",
    "去年",
    "目前",
    "已",
    "其",
    "该",
    "这",
    "此",
    "可",
    "应",
    "不得",
    "上述",
    "以上",
    "有下列",
    "通过",
    "当",
    "从",
    "一是",
    "全镇",
    "全县",
    "全市",
    "申请人",
    "借款人",
];

/// Evidence in tenths that a sentence, given without its 。, names a theme.
///
/// Headings of reports are short and begin with a verb (`加强组织领导，健全工作机制`); sentences have subjects,
/// conditions, duties and figures.
pub(super) fn theme(sentence: &[char]) -> i32 {
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
    // 保障性住房 begins with no verb.
    let verb = VERBS.iter().any(|word| begins(sentence, word)) && !matches!(sentence.get(2), Some('性' | '型'));
    let telling = TELLING.iter().any(|word| begins(sentence, word));
    let duties = ["应当", "须", "不得", "可以", "必须", "已经", "了", "将", "予以", "的,", "不予", "可享受"];
    let duty = duties.iter().filter(|word| holds(sentence, word)).count().min(2);
    let figures = sentence.iter().any(char::is_ascii_digit);
    let mut evidence = length;
    evidence += if verb { 20 } else { 0 };
    evidence -= if telling { 35 } else { 0 };
    evidence -= 15 * i32::try_from(duty).unwrap_or(0);
    evidence -= if figures { 15 } else { 0 };
    evidence -= if ends(sentence, "的") { 15 } else { 0 };
    evidence - uneven(sentence)
}

/// Clauses of about one length are a heading in two halves; others are a sentence.
fn uneven(sentence: &[char]) -> i32 {
    let lengths: Vec<usize> = sentence.split(|&c| c == ',').map(<[char]>::len).collect();
    let (Some(longest), Some(shortest)) = (lengths.iter().max(), lengths.iter().min()) else { return 0 };
    let commas = i32::try_from(lengths.len() - 1).unwrap_or(0);
    if longest - shortest <= 3 { 0 } else { 8 * commas }
}
