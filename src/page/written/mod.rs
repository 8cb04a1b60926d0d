//! What scripts write into a page as constants: `document.write('2017年08月11日')` is as good as shown.
//!
//! A reader of literals, no engine: variables that hold constants, their concatenation, `if` on them. What depends on
//! anything else (the clock, the address, a loop, a function) is unknown, and nothing is written of it.

mod value;
mod statements;
mod expressions;

use std::borrow::Cow;
use std::collections::HashMap;

use statements::Reader;

/// The attribute of the element around what a script writes.
pub(in crate::page) const WRITTEN: &str = "data-written";

/// Most bytes that the scripts of a page may write.
const MOST_WRITTEN: usize = 200_000;

/// The markup with what each script writes behind it.
pub(crate) fn with_written(markup: &str) -> Cow<'_, str> {
    if !markup.contains("document.write") {
        return Cow::Borrowed(markup);
    }
    let mut result = String::with_capacity(markup.len());
    let (mut rest, mut budget) = (markup, MOST_WRITTEN);
    while let Some((before, script, behind)) = next_script(rest) {
        result.push_str(before);
        result.push_str(script);
        let written = if script.contains("document.write") { written(script) } else { String::new() };
        if !written.is_empty() && written.len() <= budget {
            budget -= written.len();
            result.extend(["<span ", WRITTEN, ">", &written, "</span>"]);
        }
        rest = behind;
    }
    result.push_str(rest);
    Cow::Owned(result)
}

/// What stands before a script's text, the text with its end tag, and what stands behind.
fn next_script(markup: &str) -> Option<(&str, &str, &str)> {
    let opened = find_ignoring_case(markup, "<script")?;
    let inside = opened + markup.get(opened..)?.find('>')? + 1;
    let body = markup.get(inside..)?;
    let end = find_ignoring_case(body, "</script")?;
    let end = end + body.get(end..)?.find('>')? + 1;
    Some((markup.get(..inside)?, body.get(..end)?, body.get(end..)?))
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|bytes| bytes.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// What a script writes, as far as it is certain.
fn written(script: &str) -> String {
    let end = find_ignoring_case(script, "</script").unwrap_or(script.len());
    let code: Vec<char> = script.get(..end).unwrap_or_default().chars().collect();
    let mut reader = Reader { code, at: 0, names: HashMap::new(), written: String::new() };
    while reader.statement(true, 0).is_some() {}
    reader.written
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
            ("document.write(", ""),
            ("((((((((((", ""),
            ("var x = 'a' + ", ""),
        ] {
            assert_eq!(written(script), expected, "{script}");
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
