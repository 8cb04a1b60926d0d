//! The words by which portals announce metadata and their tools.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::words::LABELS;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// The day of publication, said outright.
    Published,
    /// A day that is the publication's if no other is shown: 日期, 时间, 更新时间.
    Day,
    /// The day of the document, not of its publication: 成文日期, 生成日期.
    Dated,
    Publisher,
    Author,
    Number,
    Index,
    Title,
    Views,
    Position,
    /// Who handled the page: 责任编辑, 审核.
    Credit,
    /// A tool of the page, which has no value: 字号, 打印, 文件下载.
    Tool,
    /// Metadata that no field holds.
    Other,
}

/// The CJK unified ideographs, which all labels begin with.
const IDEOGRAPHS: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// Whether a label begins with a character; asked for every character of the page's head and foot.
pub(crate) fn may_begin(first: char) -> bool {
    static FIRST: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let begins = |c: char| !beginning_with(c).is_empty();
        IDEOGRAPHS.map(begins).collect()
    });
    let place = u32::from(first).checked_sub(u32::from(*IDEOGRAPHS.start()));
    place.and_then(|place| FIRST.get(usize::try_from(place).ok()?).copied()).unwrap_or(false)
}

/// The labels that begin with a character, longest first.
pub(crate) fn beginning_with(first: char) -> &'static [(&'static str, Label)] {
    static BY_FIRST: LazyLock<HashMap<char, Vec<(&str, Label)>>> = LazyLock::new(|| {
        let mut map: HashMap<char, Vec<(&str, Label)>> = HashMap::new();
        for word in LABELS.iter() {
            if let (Some(first), Some(label)) = (word.text.chars().next(), word.meaning.and_then(Label::of)) {
                map.entry(first).or_default().push((word.text, label));
            }
        }
        for words in map.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        map
    });
    BY_FIRST.get(&first).map_or(&[], Vec::as_slice)
}

impl Label {
    /// What the list of labels calls it.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "published" => Self::Published,
            "day" => Self::Day,
            "dated" => Self::Dated,
            "publisher" => Self::Publisher,
            "author" => Self::Author,
            "number" => Self::Number,
            "index" => Self::Index,
            "title" => Self::Title,
            "views" => Self::Views,
            "position" => Self::Position,
            "credit" => Self::Credit,
            "tool" => Self::Tool,
            "other" => Self::Other,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_of_the_list_announces_something_that_is_known() {
        for word in LABELS.iter() {
            assert!(word.meaning.and_then(Label::of).is_some(), "{}", word.text);
            assert!(IDEOGRAPHS.contains(&word.text.chars().next().unwrap()), "{}", word.text);
        }
    }
}
