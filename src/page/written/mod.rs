//! What scripts write into a page as constants: `document.write('2017年08月11日')` is as good as shown.
//!
//! A reader of literals, no engine: variables that hold constants, their concatenation, `if` on them. What depends on
//! anything else (the clock, the address, a loop, a function) is unknown, and nothing is written of it.

mod value;
mod statements;
mod expressions;

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use statements::Reader;

/// The attribute of the element around what a script writes.
pub(in crate::page) const WRITTEN: &str = "data-written";

/// Longest script, in bytes, that is read for what it puts into elements.
const LONGEST_FILLING: usize = 20_000;
/// Most bytes that the scripts of a page may write.
const MOST_WRITTEN: usize = 200_000;

/// The markup with what each script writes behind it.
pub(crate) fn with_written(markup: &str) -> Cow<'_, str> {
    // One walk: most pages write nothing.
    if !CALLS.is_match(markup) {
        return Cow::Borrowed(markup);
    }
    let mut result = String::with_capacity(markup.len());
    let (mut rest, mut budget) = (markup, MOST_WRITTEN);
    let mut filled = Vec::new();
    while let Some((before, script, behind)) = next_script(rest) {
        result.push_str(before);
        result.push_str(script);
        let short = script.len() < LONGEST_FILLING;
        let reads = writes(script) || short && fills(script);
        let Reader { written, filled: more, .. } = if reads { read(script) } else { Reader::default() };
        filled.extend(more);
        if !written.is_empty() && written.len() <= budget {
            budget -= written.len();
            result.extend(["<span ", WRITTEN, ">", &written, "</span>"]);
        }
        rest = behind;
    }
    result.push_str(rest);
    for (id, content) in filled {
        if content.len() <= budget
            && let Some(place) = empty_element(&result, &id)
        {
            budget -= content.len();
            result.insert_str(place, &format!("<span {WRITTEN}>{content}</span>"));
        }
    }
    Cow::Owned(result)
}

const WRITES: &str = "document.write";
const FILLS: [&str; 5] = [".innerHTML", ".innerText", ".textContent", ").html(", ").text("];

/// All of these at once.
static CALLS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new([WRITES].iter().chain(&FILLS)).expect("the calls are few"));

fn writes(script: &str) -> bool {
    script.contains(WRITES)
}

fn fills(script: &str) -> bool {
    FILLS.iter().any(|call| script.contains(call))
}

/// Behind the tag of the one element with this id, if it is empty.
fn empty_element(markup: &str, id: &str) -> Option<usize> {
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)) {
        return None;
    }
    let quoted = [format!(" id=\"{id}\""), format!(" id='{id}'"), format!(" id={id}>"), format!(" id={id} ")];
    let mut places = quoted.iter().flat_map(|attribute| markup.match_indices(attribute.as_str()));
    let (place, attribute) = places.next()?;
    if places.next().is_some() {
        return None;
    }
    // The last character may be the end of the tag.
    let inside = place + markup.get(place..)?.get(attribute.len() - 1..)?.find('>')? + attribute.len();
    markup.get(inside..)?.trim_start().starts_with("</").then_some(inside)
}

/// What stands before a script's text, the text with its end tag, and what stands behind.
fn next_script(markup: &str) -> Option<(&str, &str, &str)> {
    let opened = find_tag(markup, "<script")?;
    let inside = opened + markup.get(opened..)?.find('>')? + 1;
    let body = markup.get(inside..)?;
    let end = find_tag(body, "</script")?;
    let end = end + body.get(end..)?.find('>')? + 1;
    Some((markup.get(..inside)?, body.get(..end)?, body.get(end..)?))
}

/// Where the tag `wanted` begins, in letters of either case.
fn find_tag(text: &str, wanted: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_here = |at: &usize| {
        bytes.get(*at..at + wanted.len()).is_some_and(|found| found.eq_ignore_ascii_case(wanted.as_bytes()))
    };
    memchr::memchr_iter(b'<', bytes).find(is_here)
}

/// What a script writes and where, as far as it is certain.
fn read(script: &str) -> Reader {
    let end = find_tag(script, "</script").unwrap_or(script.len());
    let code: Vec<char> = script.get(..end).unwrap_or_default().chars().collect();
    let mut reader = Reader { code, ..Reader::default() };
    while reader.statement(true, 0).is_some() {}
    reader
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_written_and_what_is_not_certain_is_not() {
        for (script, expected) in [
            ("document.write('2017年08月11日');", "2017年08月11日"),
            ("var d='2017年08月11日'; if(d!=''){ document.write(d); }", "2017年08月11日"),
            ("var s = \"\"; if(s!=null && s!=''){document.write(s);}else{document.write(\"市教育局\");}", "市教育局"),
            ("var s='';if(s=='')document.write('无');else document.write(s);", "无"),
            ("var a='<a href=\"./x.pdf\">'+'名单'+'</a>';\ndocument.write(a)", "<a href=\"./x.pdf\">名单</a>"),
            ("var f='x.xlsx'; if(f.length > 0){document.write('<p>'+f+'</p>');}", "<p>x.xlsx</p>"),
            ("var s='abc'; a = s.indexOf(\"\"); b = s.substr(a); document.write('>'+b);", ">abc"),
            ("/* document.write('a') */ // document.write('b')\ndocument.write('c')", "c"),
            ("document.write('\\u53bf\\'s');", "县's"),
            ("if(false){document.write('x')} document.write('y')", "y"),
            ("var d=new Date(); document.write(d.getFullYear()+'年');", ""),
            ("if(location.href.indexOf('x')>0){document.write('a')}else{document.write('b')}", ""),
            ("function w(){document.write('x')} document.write('y');", "y"),
            ("for(var i=0;i<3;i++){document.write('x')}", ""),
            ("var s=''; if(s==''){ s='b'; } document.write(s);", ""),
            ("var s='a'; if(isMobile()){ s='b'; } document.write(s);", ""),
            ("document.write('a' + x + 'b'); document.write('c');", "c"),
            ("window.foo = {a: 'document.write(1)'}; document.write(\"z\");", "z"),
            ("var d='2023-11-08 10:22';document.write(d.substring(0,10));", "2023-11-08"),
            (
                "var d='2023-11-08 10:22';document.write(d.substring(10, 0) + d.substr(4, 3) + d.slice(8,10));",
                "2023-11-08-1108",
            ),
            ("document.write('2023-11-08 10:22'.split(' ')[0].replace(/-/g, '/'));", "2023/11/08"),
            ("document.write('a-b-c'.replace('-', '.'))", "a.b-c"),
            (
                "var d='2023-11-08'; if (d != '') { document.write('发布时间：' + d.substring(0, 10)); }",
                "发布时间：2023-11-08",
            ),
            ("document.write('abc'.slice(-1)); document.write('x');", "x"),
            ("document.write('abc'.replace(/[a-z]/g, '')); document.write('x');", "x"),
            ("document.write('a b'.split(' ')); document.write('x');", "x"),
            ("document.write('abc'.substring(0, n)); document.write('x');", "x"),
            ("document.write('abc'.substring(0, 1", ""),
            ("document.write(", ""),
            ("document.write(formatDate('2023-11-08 10:22:33', 'yyyy-MM-dd'));", "2023-11-08 10:22:33"),
            ("document.write(timestampToTime(1699410153));", "2023-11-08 10:22:33"),
            ("document.write(new Date(1699410153000).toLocaleDateString())", "2023-11-08 10:22:33"),
            ("document.write(new Date(parseInt('1699410153000')).format('yyyy-MM-dd'))", "2023-11-08 10:22:33"),
            (
                "var d=new Date('2023/11/08'); document.write(d.getFullYear()+'-'+(d.getMonth()+1)+'-'+d.getDate());",
                "2023-11-8",
            ),
            ("document.write(new Date().toLocaleString()); document.write('x');", "x"),
            ("document.write(new Date('2024-01-01') - new Date()); document.write('x');", "x"),
            ("document.write(count('12')); document.write(clean('县政府办')); document.write('x');", "x"),
            ("document.write(new Image(1699410153).width); document.write('x');", "x"),
            ("((((((((((", ""),
            ("var x = 'a' + ", ""),
        ] {
            assert_eq!(read(script).written, expected, "{script}");
        }
    }

    #[test]
    fn elements_are_filled_with_constants() {
        for (script, filled) in [
            ("document.getElementById(\"d\").innerHTML = '2023-03-15';", Some("2023-03-15")),
            ("var s = '<b>a</b>'; document.getElementById('d').innerHTML = s;", Some("<b>a</b>")),
            ("document.getElementById('d').innerText = '1 < 2';", Some("1 &lt; 2")),
            ("$('#d').html('2023-03-15');", Some("2023-03-15")),
            ("$(function () { $(\"#d\").text('县水务局'); });", Some("县水务局")),
            ("document.getElementById('d').innerHTML = now();", None),
            ("if (isMobile()) { $('#d').html('x'); }", None),
            ("function f() { $('#d').html('x'); }", None),
            ("$('.d').html('x'); $('#d').addClass('y');", None),
            ("document.getElementById(id).innerHTML = 'x';", None),
        ] {
            let page = |inside: &str| format!("<p>日期：<i id=\"d\">{inside}</i></p><script>{script}</script>");
            let expected = page(&filled.map(|text| format!("<span data-written>{text}</span>")).unwrap_or_default());
            assert_eq!(with_written(&page("")), expected, "{script}");
        }
        // What is there already stays as it is, and two elements of one name are nobody's.
        for page in [
            "<i id='d'>2022</i><script>$('#d').html('x')</script>",
            "<i id='d'></i><b id='d'></b><script>$('#d').html('x')</script>",
        ] {
            assert_eq!(with_written(page), page);
        }
    }

    #[test]
    fn what_is_written_stands_behind_its_script() {
        let markup = "<p>日期：<SCRIPT>document.write('2023-03-15')</SCRIPT></p><script src='a.js'></script><b>";
        let expected = "<p>日期：<SCRIPT>document.write('2023-03-15')</SCRIPT><span data-written>2023-03-15</span></p><script src='a.js'></script><b>";
        assert_eq!(with_written(markup), expected);
        assert!(matches!(with_written("<p>text</p>"), Cow::Borrowed(_)));
    }
}
