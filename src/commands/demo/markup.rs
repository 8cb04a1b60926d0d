//! The paragraphs of a report as the HTML that editors of each portal family leave behind.
//!
//! Marks at the start of a line: `>` to the right, `=` centred, `|` a table row, `@` a file to download;
//! inside a line `**…**` is emphasis.

use super::report::{Family, Report};

/// The body of the page.
pub(super) fn body(report: &Report) -> String {
    let mut html = Vec::new();
    let mut lines = report.body.iter().copied().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with('|') {
            let mut rows = vec![row(line)];
            while let Some(line) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(row(line));
            }
            html.push(format!("<table border=\"1\" cellspacing=\"0\"><tbody>\n{}\n</tbody></table>", rows.join("\n")));
        } else {
            html.push(paragraph(line, report.family));
        }
    }
    html.join("\n")
}

/// Text with the characters of HTML written as entities.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn row(line: &str) -> String {
    let cells: String = line.split('|').skip(1).map(|cell| format!("<td><p>{}</p></td>", escaped(cell))).collect();
    format!("<tr>{cells}</tr>")
}

fn paragraph(line: &str, family: Family) -> String {
    if let Some((file, name)) = line.strip_prefix('@').and_then(|link| link.split_once(' ')) {
        return format!("<p><a href=\"./{}\" appendix=\"true\">{}</a></p>", escaped(file), escaped(name));
    }
    let (align, text) = match (line.strip_prefix('>'), line.strip_prefix('=')) {
        (Some(text), _) => ("right", text),
        (_, Some(text)) => ("center", text),
        _ => ("justify", line),
    };
    let indented = align == "justify";
    match family {
        Family::Trs => {
            let indent = if indented { "\u{3000}\u{3000}" } else { "" };
            format!("<p style=\"text-align: {align};\">{indent}{}</p>", emphasised(text, escaped))
        }
        Family::Hanweb => {
            let indent = if indented { "text-indent: 2em; " } else { "" };
            format!("<p style=\"{indent}text-align: {align};\">{}</p>", emphasised(text, escaped))
        }
        Family::Hunan => {
            let indent = if indented { "text-indent:32.0pt;" } else { "" };
            let font = typeface(text);
            let runs = emphasised(text, word_runs);
            format!(
                "<p class=\"MsoNormal\" style=\"text-align:{align};{indent}\"><span \
                 style=\"font-family:{font};font-size:16.0pt\">{runs}</span></p>"
            )
        }
    }
}

/// The type faces that GB/T 9704-2012 and its practice ask for: 黑体 for 一、, 楷体 for （一）, 仿宋 for the rest.
fn typeface(text: &str) -> &'static str {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('一'..='龥'), Some('、')) => "黑体",
        (Some('（' | '('), Some('一' | '二' | '三' | '四' | '五' | '六')) if text.chars().count() < 30 => {
            "楷体_GB2312"
        }
        _ => "仿宋_GB2312",
    }
}

/// Turns `**…**` into an element, and what lies between the marks into HTML.
fn emphasised(text: &str, html: fn(&str) -> String) -> String {
    let pieces = text.split("**").map(html).enumerate();
    pieces.map(|(n, piece)| if n % 2 == 1 { format!("<strong>{piece}</strong>") } else { piece }).collect()
}

/// Word puts every run of Latin letters and digits into an element of its own.
fn word_runs(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let (before, run) = rest.split_at(start);
        let end = run.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(run.len());
        let (run, after) = run.split_at(end);
        html += &escaped(before);
        html += "<span lang=\"EN-US\">";
        html += run;
        html += "</span>";
        rest = after;
    }
    html + &escaped(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_family_has_its_own_markup() {
        for (family, line, html) in [
            (
                Family::Trs,
                "**一、学**2022年",
                "<p style=\"text-align: justify;\">　　<strong>一、学</strong>2022年</p>",
            ),
            (Family::Hanweb, ">某镇", "<p style=\"text-align: right;\">某镇</p>"),
            (
                Family::Hunan,
                "(一)第2条<3>",
                "<p class=\"MsoNormal\" style=\"text-align:justify;text-indent:32.0pt;\"><span \
                 style=\"font-family:楷体_GB2312;font-size:16.0pt\">(一)第<span lang=\"EN-US\">2</span>条&lt;<span \
                 lang=\"EN-US\">3</span>&gt;</span></p>",
            ),
            (Family::Trs, "@a.pdf 表.pdf", "<p><a href=\"./a.pdf\" appendix=\"true\">表.pdf</a></p>"),
        ] {
            assert_eq!(paragraph(line, family), html);
        }
    }

    #[test]
    fn a_row_keeps_its_empty_cells() {
        assert_eq!(row("|甲||乙"), "<tr><td><p>甲</p></td><td><p></p></td><td><p>乙</p></td></tr>");
    }
}
