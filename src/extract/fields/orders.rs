//! The numbers of orders and announcements, which are counted through a year or a term of office: 云溪县人民政府令第5号.

use super::declared::ends_like_title;
use crate::text::is_blank;

/// What the documents are called that are numbered so.
const ORDERS: [&str; 4] = ["令", "公告", "通告", "决定"];
/// Those of them that a number alone may follow.
const NAMED: [&str; 3] = ["令", "公告", "通告"];
/// Most characters of the number of an order, with the name of the body.
const LONGEST: usize = 40;
/// Opening and closing brackets around a number and around its year.
const BRACKETS: (&str, &str) = ("（(〔[【［﹝", "）)〕]】］﹞");
/// What stands before the number of another.
const CITING: [&str; 16] = [
    "根据", "依据", "依照", "按照", "遵照", "参照", "贯彻", "转发", "关于", "废止", "修改", "详见", "参见", "见", "经",
    "按",
];

fn opens(c: char) -> bool {
    BRACKETS.0.contains(c)
}

fn closes(c: char) -> bool {
    BRACKETS.1.contains(c)
}

fn counts(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(c)
}

/// The number that a text begins with: the body, its order or announcement, the year, the number.
pub(super) fn leading_order(text: &str) -> Option<&str> {
    let signs = text.match_indices('号').map(|(at, sign)| (at, at + sign.len()));
    signs.take(2).find_map(|(at, end)| {
        let (before, rest) = (text.get(..at)?, text.get(end..)?);
        // 云溪县人民政府第5号令
        let ordered = ORDERS.into_iter().find(|kind| rest.starts_with(kind));
        let (body, end) = match ordered.and_then(|kind| Some((body_of_ordinal(before)?, end + kind.len()))) {
            Some(found) => found,
            None => (body_of_order(before)?, end + closing(before, rest)),
        };
        let number = text.get(..end)?;
        let cites = CITING.iter().any(|word| body.starts_with(word)) || body.contains("关于") || body.contains("转发");
        let framed = |of: fn(char) -> bool| body.matches(of).count();
        // …办法 某市人民政府令第5号: what stands before the body is the subject.
        let whole = framed(opens) == framed(closes) && !body.split(is_blank).any(ends_like_title);
        let named =
            whole && body.chars().count() > 1 && !body.contains(['《', '》', '，', '。', '、', '：', ':', ';', '；']);
        (named && !cites && number.chars().count() <= LONGEST).then_some(number)
    })
}

/// How long the bracket behind a number is that was opened before it: 云溪县人民政府令（第5号）.
fn closing(before: &str, rest: &str) -> usize {
    let open = before.matches(opens).count() > before.matches(closes).count();
    rest.chars().next().filter(|&c| open && closes(c)).map_or(0, char::len_utf8)
}

/// A text without the count at its end and the 第 before it; none where it has no count.
fn without_count(text: &str) -> Option<(&str, bool)> {
    /// Most characters of a count.
    const LONGEST: usize = 6;
    let text = text.trim_end_matches(is_blank);
    let head = text.trim_end_matches(counts);
    let count = text.get(head.len()..)?.chars().count();
    let head = head.trim_end_matches(is_blank);
    let bare = head.strip_suffix('第');
    (1..=LONGEST).contains(&count).then(|| (bare.unwrap_or(head).trim_end_matches(is_blank), bare.is_some()))
}

/// The body whose order has the count that a text ends with.
fn body_of_order(text: &str) -> Option<&str> {
    let (head, ordinal) = without_count(text)?;
    let head = head.trim_end_matches(|c| opens(c) || is_blank(c));
    let dated = before_year(head);
    // 云溪县公告12号 is none: a year or a 第 tells.
    let named = dated.or_else(|| ordinal.then_some(head))?.trim_end_matches(is_blank);
    ORDERS.into_iter().find_map(|kind| named.strip_suffix(kind)).map(|body| body.trim_end_matches(is_blank))
}

/// The body of 云溪县人民政府第5, which goes on with 号令.
fn body_of_ordinal(text: &str) -> Option<&str> {
    without_count(text).filter(|&(_, ordinal)| ordinal).map(|(body, _)| body)
}

/// A text without the year or the term of office at its end: 令〔2023〕, 公告2023年, 公告（2023年, 公告〔十四届〕.
fn before_year(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches(|c| closes(c) || is_blank(c));
    if let Some(head) = bare.strip_suffix('届').map(|term| term.trim_end_matches(counts)) {
        let head = head.strip_suffix('第').unwrap_or(head);
        return head.ends_with(opens).then(|| head.trim_end_matches(|c| opens(c) || is_blank(c)));
    }
    let bare = bare.strip_suffix('年').unwrap_or(bare).trim_end_matches(is_blank);
    let head = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let year = bare.get(head.len()..)?;
    let is_year = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    is_year.then(|| head.trim_end_matches(|c| opens(c) || is_blank(c)))
}

/// The number of its own that a title has before its subject, behind it, or that is all of it: 某局公告2021年第3号 关于…的公告,
/// …管理办法（某市人民政府令第5号）, 某市人民政府公告（第十五号）.
pub(super) fn order_of_title(title: &str) -> Option<&str> {
    let title = title.trim_matches(is_blank);
    if let Some(order) = order_behind(title) {
        return Some(order);
    }
    let order = leading_order(title)?;
    let rest = title.get(order.len()..)?;
    let apart = rest.is_empty() || rest.starts_with(|c: char| is_blank(c) || "：:—-－《【（(".contains(c));
    let goes_on = ["的", "等", "文", "及", "和", "与", "、", "公布", "发布", "修", "废", "规定的"];
    let glued = || ends_like_title(rest) && !goes_on.iter().any(|word| rest.starts_with(word));
    (apart || rest.starts_with("关于") || glued()).then_some(order)
}

/// The number of an order behind the subject of a title.
fn order_behind(title: &str) -> Option<&str> {
    let framed = title.strip_suffix(closes).and_then(|inside| {
        let open = inside.rfind(opens)?;
        let (subject, inside) = (inside.get(..open)?, inside.get(open..)?.trim_start_matches(opens));
        // 云溪县人民政府公告（第5号） is the number as a whole.
        let own = || NAMED.iter().any(|kind| subject.ends_with(kind)) && is_serial(inside) && subject.contains("关于");
        order_line(inside).or_else(|| (own() && inside.ends_with('号')).then_some(inside))
    });
    let apart = || {
        title.rsplit_once(is_blank).and_then(|(subject, last)| order_line(last).filter(|_| ends_like_title(subject)))
    };
    framed.or_else(apart)
}

/// The number below the name of an order or announcement: 云溪县人民政府令 above 第5号.
pub(super) fn order_below(opening: &[&str]) -> Option<String> {
    let pairs = opening.iter().zip(opening.iter().skip(1));
    pairs.into_iter().find_map(|(head, below)| {
        let head = head.trim_matches(is_blank);
        let names = head.chars().count() <= LONGEST && !head.contains(['《', '，', '。', '关']);
        let number = serial(head, below).filter(|_| names)?;
        Some(format!("{head}{number}"))
    })
}

/// 第281号, 青岭县人民政府令第12号, 公告2023年第3号, FSBG2023063号: what a label calls a number and ends as one.
pub(super) fn order_number(value: &str) -> Option<&str> {
    let value = unframed(value);
    let number = value.strip_suffix('号')?.trim_end_matches(is_blank);
    (value.chars().count() <= LONGEST && number.ends_with(counts)).then_some(value)
}

/// A text without the brackets around all of it.
fn unframed(text: &str) -> &str {
    let text = text.trim_matches(is_blank);
    let inside = text.strip_prefix(['（', '(', '【']).and_then(|text| text.strip_suffix(['）', ')', '】']));
    inside.unwrap_or(text).trim_matches(is_blank)
}

/// What only a label makes the number of an order: 第5号令, 云溪县人民政府令（第5号）.
pub(super) fn labelled_order(value: &str) -> Option<&str> {
    let value = value.trim_matches(is_blank);
    let closed = value.trim_end_matches(['）', ')']).ends_with('号') && value.contains(['（', '(']);
    let ordered =
        closed || ORDERS.iter().any(|kind| value.strip_suffix(kind).is_some_and(|value| value.ends_with('号')));
    let fits = value.chars().count() <= LONGEST && !value.contains(['《', '，', '。', '、']);
    (fits && ordered && value.contains('第')).then_some(value)
}

/// What is left of a line behind the title that it begins with: 关于…的通知云溪县人民政府令第12号.
fn behind_subject(text: &str) -> &str {
    let ends = ["的通知", "的公告", "的通告", "的决定", "的意见", "的批复"];
    let cut = ends.iter().filter_map(|end| text.rfind(end).map(|at| at + end.len())).max();
    cut.and_then(|cut| text.get(cut..)).map_or(text, |rest| rest.trim_start_matches(is_blank))
}

/// The line names the body, its order or announcement, and the number, and nothing else.
pub(super) fn order_line(text: &str) -> Option<&str> {
    let text = unframed(behind_subject(text));
    let whole = leading_order(text).filter(|order| order.len() == text.len());
    let code = || {
        let bare: String = text.chars().filter(|&c| !is_blank(c) && c != '号').collect();
        bare.len() > 6
            && text.ends_with('号')
            && bare.starts_with(|c: char| c.is_ascii_uppercase())
            && bare.ends_with(|c: char| c.is_ascii_digit())
            && bare.chars().all(|c| c.is_ascii_alphanumeric())
    };
    whole.or_else(|| code().then_some(text))
}

/// 第12号 and 2013年第12号 below the title of an order or announcement, which names the body.
pub(super) fn serial<'a>(title: &str, line: &'a str) -> Option<&'a str> {
    let named = NAMED.iter().any(|kind| title.ends_with(kind));
    order_number(line).filter(|number| named && is_serial(number))
}

/// 第12号, 2013年第12号, 〔2013〕第12号: the number of an order without its name.
fn is_serial(number: &str) -> bool {
    let is_year = |year: &str| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    number.split_once('第').is_some_and(|(year, serial)| {
        let year = year.trim_matches(is_blank);
        let bare = year.strip_suffix('年').map(|year| year.trim_end_matches(is_blank));
        let bracketed = || year.strip_prefix(['〔', '[', '（', '('])?.strip_suffix(['〕', ']', '）', ')']);
        serial.chars().all(|c| counts(c) || is_blank(c) || c == '号')
            && (year.is_empty() || bare.or_else(bracketed).is_some_and(is_year))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_and_announcements_have_numbers() {
        for (line, number) in [
            ("重庆市人民政府令第 306 号", true),
            ("云溪县人民政府令（第12号）", true),
            ("云溪县人民政府令〔2023〕第12号", true),
            ("云溪县第十届人民代表大会常务委员会公告（第三号）", true),
            ("云溪县人民政府第12号令", true),
            ("（云溪县人民政府令第12号）", true),
            ("财政部 税务总局公告2025年第17号", true),
            ("云溪县财政局公告〔2023〕3号", true),
            ("云溪县人大常委会公告〔十四届〕第36号", true),
            ("云溪县人大常委会公告（第18届第5号）", true),
            ("云溪县第十八届第5号", false),
            ("关于加强管理的通知云溪县人民政府令第12号", true),
            ("FSBG2023063 号", true),
            ("第二百八十一号", false),
            ("根据云溪县人民政府令第12号", false),
            ("详见县财政局公告2023年第1号", false),
            ("云溪县公告12号", false),
            ("《云溪县养护办法》公告第3号", false),
            ("云溪路12号", false),
            ("云溪县公告栏位于云溪路12号", false),
        ] {
            assert_eq!(order_line(line).is_some(), number, "{line}");
        }
        for (value, number) in [("第281号", true), ("令第十二号", true), ("无", false), ("云溪路", false)] {
            assert_eq!(order_number(value).is_some(), number, "{value}");
        }
    }

    #[test]
    fn a_title_may_hold_the_number_of_its_order() {
        const ORDER: &str = "云溪县人民政府令第12号";
        for (title, number) in [
            ("云溪县养护办法（云溪县人民政府令第12号）", Some(ORDER)),
            ("云溪县养护办法【云溪县人民政府令第12号】", Some(ORDER)),
            ("云溪县养护办法 云溪县人民政府令第12号", Some(ORDER)),
            ("云溪县人民政府令第12号：云溪县养护办法", Some(ORDER)),
            ("云溪县人民政府令第12号《云溪县养护办法》", Some(ORDER)),
            ("云溪县人民政府令第12号云溪县养护办法", Some(ORDER)),
            ("云溪县人民政府令（第12号）云溪县养护办法", Some("云溪县人民政府令（第12号）")),
            ("云溪县养护办法（云溪县人民政府第12号令）", Some("云溪县人民政府第12号令")),
            ("云溪县财政局公告2023年第3号——关于开展检查的公告", Some("云溪县财政局公告2023年第3号")),
            ("云溪县财政局关于开展检查的公告（2023年第3号）", Some("2023年第3号")),
            ("云溪县财政局公告（2023年第3号）", Some("云溪县财政局公告（2023年第3号）")),
            ("云溪县养护办法（试行）", None),
            ("云溪县人民政府令第12号修正案", None),
            ("云溪县人民政府令第12号公布的目录", None),
            ("关于废止云溪县人民政府令第12号的决定", None),
            ("对县政协第12号提案的答复", None),
            ("云溪县抽检信息公告（2023年第3期）", None),
            ("云溪县养护办法（第3号修改单）", None),
        ] {
            assert_eq!(order_of_title(title), number, "{title}");
        }
    }

    #[test]
    fn an_announcement_may_be_named_above_its_number() {
        for (title, line, number) in [
            ("云溪县人民政府令", "第12号", Some("第12号")),
            ("云溪县人民政府令", "（第十二号）", Some("第十二号")),
            ("云溪县财政局公告", "2013年第3号", Some("2013年第3号")),
            ("关于开展检查的通告", "2013 年第 3 号", Some("2013 年第 3 号")),
            ("关于开展检查的通知", "第3号", None),
            ("云溪县财政局公告", "云溪路第3号", None),
            ("云溪县财政局公告", "第3栋12号", None),
        ] {
            assert_eq!(serial(title, line), number, "{title} {line}");
        }
    }
}
