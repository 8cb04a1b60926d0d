//! How an article stands in the markup: paragraphs in every form, boxes in boxes, one article over several boxes.

use super::article::{Article, Line};
use super::tape::Tape;

/// How one line becomes markup.
type Markup = fn(&str, &mut Tape<'_>) -> String;

/// How lines of markup become boxes.
type Container = fn(&[String], &Article, &mut Tape<'_>) -> String;

/// The boxes of an article, as they stand in the page.
pub(super) fn body(article: &Article, tape: &mut Tape<'_>) -> String {
    let markup = paragraph(tape);
    let lines: Vec<String> = article.lines.iter().map(|line| one(line, markup, tape)).collect();
    let containers: [(&'static str, Container); 17] = [
        ("one box", |lines, _, tape| boxed(&lines.concat(), tape)),
        ("bare", |lines, _, _| lines.concat()),
        ("boxes in boxes", |lines, _, tape| {
            let depth = 1 + tape.below(5);
            let inner = boxed(&lines.concat(), tape);
            (0..depth).fold(inner, |inner, _| format!("<div>{inner}</div>"))
        }),
        ("inner box", inner_box),
        ("several boxes", several),
        ("several editor boxes", editors),
        ("a box a paragraph", |lines, _, _| lines.iter().map(|line| format!("<div><div>{line}</div></div>")).collect()),
        ("layout table", |lines, _, _| format!("<table width=\"100%\"><tr><td>{}</td></tr></table>", lines.concat())),
        ("layout rows", |lines, _, _| {
            let rows: String = lines.iter().map(|line| format!("<tr><td>{line}</td></tr>")).collect();
            format!("<table width=\"900\"><tbody>{rows}</tbody></table>")
        }),
        ("folded rest", folded),
        ("copy for phones", |lines, _, tape| {
            let box_of = |name: &str| format!("<div class=\"{name}\">{}</div>", lines.concat());
            let hidden = tape.of(&["wap", "m-content\" style=\"display:none"]);
            format!("{}{}", box_of("pc"), box_of(hidden))
        }),
        ("copy for print", |lines, _, _| {
            let whole = lines.concat();
            format!("<div class=\"con\">{whole}</div><div id=\"print\" style=\"display:none\">{whole}</div>")
        }),
        ("printed pages", printed),
        ("definition", |lines, _, _| {
            format!("<dl>{}</dl>", lines.iter().map(|line| format!("<dd>{line}</dd>")).collect::<String>())
        }),
        ("lines kept", |lines, article, _| {
            let whole = article.lines.iter().all(|line| !matches!(line, Line::Table(_)));
            let plain = article.lines.iter().flat_map(Line::clean).collect::<Vec<_>>().join("\n");
            if whole { format!("<div style=\"white-space: pre-wrap\">{plain}</div>") } else { lines.concat() }
        }),
        ("list", |lines, _, _| {
            format!("<ul>{}</ul>", lines.iter().map(|line| format!("<li>{line}</li>")).collect::<String>())
        }),
        ("pre", |lines, article, _| {
            let whole = article.lines.iter().all(|line| !matches!(line, Line::Table(_)));
            let plain = article.lines.iter().flat_map(Line::clean).collect::<Vec<_>>().join("\n");
            if whole { format!("<pre>{plain}</pre>") } else { lines.concat() }
        }),
    ];
    let container = tape.named("container", &containers);
    container(&lines, article, tape)
}

/// How paragraphs are written.
fn paragraph(tape: &mut Tape<'_>) -> Markup {
    let markup: [(&'static str, Markup); 12] = [
        ("p", |line, _| format!("<p>{line}</p>\n")),
        ("p with blanks", |line, tape| {
            let indent = tape.of(&["&nbsp;&nbsp;&nbsp;&nbsp;", "　　", "&emsp;&emsp;"]);
            format!("<p style=\"text-indent:0\">{indent}{line}</p>")
        }),
        ("div", |line, _| format!("<div>{line}</div>")),
        ("span", |line, _| format!("<p><span style=\"font-family:仿宋\"><font size=\"3\">{line}</font></span></p>\n")),
        ("cut words", cut),
        ("bold opening", |line, _| {
            let (head, rest) = line.split_at(line.find('。').map_or(0, |at| at + '。'.len_utf8()));
            if rest.is_empty() { format!("<p><b>{line}</b></p>") } else { format!("<p><b>{head}</b>{rest}</p>") }
        }),
        ("br", |line, _| format!("　　{line}<br>\n")),
        ("two br", |line, _| format!("&nbsp;&nbsp;{line}<br/><br/>")),
        ("section", |line, _| format!("<section><section><p>{line}</p></section></section>")),
        ("headings", |line, tape| {
            let is_heading =
                line.chars().count() < 30 && !line.ends_with(['。', '：', '；']) && line.contains(['、', '章']);
            let tag = if is_heading { tape.of(&["h2", "h3", "h4"]) } else { "p" };
            format!("<{tag}>{line}</{tag}>")
        }),
        ("pasted from Word", |line, _| {
            format!(
                "<p class=\"MsoNormal\" style=\"margin:0cm\"><o:p></o:p><span lang=\"EN-US\"><span style=\"mso-spacerun:yes\">&nbsp;&nbsp; </span></span>{line}<o:p></o:p></p>"
            )
        }),
        ("block span", |line, _| format!("<span style=\"display:block\">{line}</span>")),
    ];
    tape.named("paragraph", &markup)
}

fn one(line: &Line, markup: Markup, tape: &mut Tape<'_>) -> String {
    match line {
        Line::Text(text) => markup(text, tape),
        Line::Aside(text) => match tape.below(3) {
            0 => markup(text, tape),
            1 => format!("<p align=\"right\">{text}</p>"),
            _ => format!("<p style=\"text-align:center\">{text}</p>"),
        },
        Line::Table(rows) => table(rows, tape),
    }
}

/// Markup that cuts words and says nothing.
fn cut(line: &str, tape: &mut Tape<'_>) -> String {
    let chars: Vec<char> = line.chars().collect();
    let at = tape.below(chars.len());
    let (head, rest): (String, String) = (chars[..at].iter().collect(), chars[at..].iter().collect());
    format!("<p><span lang=\"EN-US\">{head}</span><span style=\"font-size:16pt\">{rest}</span></p>\n")
}

fn table(rows: &[Vec<String>], tape: &mut Tape<'_>) -> String {
    let head = tape.once_in(2);
    let row = |n: usize, row: &Vec<String>| {
        let cell = if head && n == 0 { "th" } else { "td" };
        let cells: String = row.iter().map(|text| format!("<{cell}><p>{text}</p></{cell}>")).collect();
        format!("<tr>{cells}</tr>")
    };
    let rows: String = rows.iter().enumerate().map(|(n, cells)| row(n, cells)).collect();
    format!("<table border=\"1\" cellspacing=\"0\"><tbody>{rows}</tbody></table>")
}

/// The boxes in which portal software puts what an editor wrote.
const BOXES: [&str; 9] = [
    "<div class=\"content\">",
    "<div>",
    "<div class=\"TRS_Editor\">",
    "<div id=\"zoom\">",
    "<div id=\"UCAPCONTENT\">",
    "<div class=\"trs_editor_view TRS_UEDITOR\">",
    "<div id=\"vsb_content\" class=\"v_news_content\">",
    "<div class=\"article-content\" id=\"NewsContent\">",
    "<div class=\"pages_content\">",
];

fn boxed(inner: &str, tape: &mut Tape<'_>) -> String {
    format!("{}{inner}</div>", tape.of(&BOXES))
}

/// Some lines stand one box deeper than those around them.
fn inner_box(lines: &[String], _: &Article, tape: &mut Tape<'_>) -> String {
    let from = tape.below(lines.len());
    let to = from + 1 + tape.below(lines.len() - from);
    let inner = format!("<div style=\"margin-left:2em\">{}</div>", lines[from..to].concat());
    let whole = format!("{}{inner}{}", lines[..from].concat(), lines[to..].concat());
    boxed(&whole, tape)
}

/// Consecutive parts of the lines.
fn parts<'a>(lines: &'a [String], tape: &mut Tape<'_>) -> Vec<&'a [String]> {
    let mut cuts: Vec<usize> = (0..=tape.below(3)).map(|_| tape.below(lines.len() + 1)).collect();
    cuts.sort_unstable();
    let mut parts = Vec::new();
    let mut from = 0;
    for to in cuts.into_iter().chain([lines.len()]) {
        parts.extend((from < to).then(|| &lines[from..to]));
        from = to;
    }
    parts
}

fn several(lines: &[String], _: &Article, tape: &mut Tape<'_>) -> String {
    let parts: String = parts(lines, tape).iter().map(|part| format!("<div>{}</div>", part.concat())).collect();
    boxed(&parts, tape)
}

fn editors(lines: &[String], _: &Article, tape: &mut Tape<'_>) -> String {
    let editor = tape.of(&BOXES);
    parts(lines, tape).iter().map(|part| format!("{editor}{}</div>", part.concat())).collect()
}

/// The rest of the article waits hidden until a reader asks for it.
fn folded(lines: &[String], _: &Article, tape: &mut Tape<'_>) -> String {
    let at = 3 + tape.below(lines.len());
    let (shown, rest) = lines.split_at(at.min(lines.len()));
    let more = "<a href=\"javascript:;\" onclick=\"unfold()\">展开全文</a>";
    let rest = if rest.is_empty() {
        String::new()
    } else {
        format!("{more}<div style=\"display:none\">{}</div>", rest.concat())
    };
    format!("<div class=\"con\"><div>{}</div>{rest}</div>", shown.concat())
}

/// Between the parts stands the number of a printed page.
fn printed(lines: &[String], _: &Article, tape: &mut Tape<'_>) -> String {
    let parts = parts(lines, tape);
    // 第 1 页 alone may be a line of the text.
    let forms = ["— N —", "- N -", "第 N 页"];
    let form = tape.of(if parts.len() > 1 { &forms } else { &forms[..2] });
    let number = |n: usize| format!("<p align=\"center\">{}</p>", form.replace('N', &n.to_string()));
    let whole: String =
        parts.iter().enumerate().map(|(n, part)| format!("{}{}", part.concat(), number(n + 1))).collect();
    boxed(&whole, tape)
}
