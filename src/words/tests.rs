//! What lists of words are made of and how they are looked through.

use std::collections::HashSet;

use super::*;

fn list() -> WordList {
    WordList::new("# heads\n报告\n工作报告\n通知 # of bodies\n\nacw_sc__v2\tAliyun 阿里云 # a cookie\n")
}

#[test]
fn a_file_is_words_remarks_and_meanings() {
    let list = list();
    let words: Vec<(&str, Option<&str>)> = list.iter().map(|word| (word.text, word.meaning)).collect();
    let expect = [("报告", None), ("工作报告", None), ("通知", None), ("acw_sc__v2", Some("Aliyun 阿里云"))];
    assert_eq!(words, expect);
}

#[test]
fn the_longest_word_is_found_at_either_end() {
    let list = list();
    let ends = |text| list.ends(text).map(|word| word.text);
    assert_eq!(ends("2022年法治政府建设工作报告"), Some("工作报告"));
    assert_eq!(ends("调查报告"), Some("报告"));
    assert_eq!(ends("报告会"), None);
    assert_eq!(list.starts("通知如下").map(|word| word.text), Some("通知"));
    assert_eq!(list.holds("关于报告的说明").map(|word| word.text), Some("报告"));
    assert!(list.is("通知") && !list.is("通知书") && !list.is(""));
}

#[test]
fn a_word_stands_once_in_its_list() {
    for (name, file) in FILES {
        let mut seen = HashSet::new();
        for word in WordList::new(file).iter() {
            assert!(seen.insert(word.text), "`{}` stands twice in {name}", word.text);
        }
        assert!(!seen.is_empty(), "{name} is empty");
    }
}
