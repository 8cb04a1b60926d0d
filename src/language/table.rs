//! The table of texts: whole lines by their templates, and lines that are put together of several texts.

use std::collections::HashMap;

use super::template::Template;

/// Texts in English and Chinese.
#[derive(Debug)]
pub(super) struct Table {
    /// Those without gaps.
    plain: HashMap<&'static str, &'static str>,
    /// Those with gaps; what says most comes first.
    templates: Vec<(Template, Template)>,
    lines: Vec<(&'static str, &'static str)>,
}

/// What stands between the texts that a line is put together of, and the same in Chinese.
const JOINTS: [(&str, &str); 4] = [("; ", "；"), (": ", "："), (", ", "，"), (" (", "（")];

impl Table {
    /// Reads files of pairs of lines; empty lines and those that begin with `# ` or `## ` are for who reads the file.
    pub(super) fn new(files: &[&'static str]) -> Self {
        let is_text = |line: &&str| !line.is_empty() && !line.starts_with("# ") && !line.starts_with("## ");
        let texts: Vec<&'static str> = files.iter().flat_map(|file| file.lines()).filter(is_text).collect();
        let lines: Vec<_> = texts.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
        let mut plain = HashMap::new();
        let mut templates = Vec::new();
        for &(english, chinese) in &lines {
            let template = Template::new(english);
            if template.is_plain() {
                plain.insert(english, chinese);
            } else {
                templates.push((template, Template::new(chinese)));
            }
        }
        templates.sort_by_key(|(english, _)| std::cmp::Reverse(english.weight()));
        Self { plain, templates, lines }
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.lines.iter().copied()
    }

    /// A line in Chinese, with the blanks around it; as it is where nothing is known of it.
    pub(super) fn line(&self, line: &str) -> String {
        let text = line.trim();
        let Some((before, after)) = line.split_once(text).filter(|_| !text.is_empty()) else {
            return line.to_owned();
        };
        let said = self.whole(text).unwrap_or_else(|| self.joined(text));
        format!("{before}{said}{after}")
    }

    /// A text that an entry is, or whose template fits.
    fn whole(&self, text: &str) -> Option<String> {
        if let Some(said) = self.plain.get(text) {
            return Some((*said).to_owned());
        }
        // A sentence of a manual ends with a full stop, the same sentence in a list does not.
        if let Some(said) = text.strip_suffix('.').and_then(|text| self.plain.get(text)) {
            return Some(format!("{said}。"));
        }
        self.templates.iter().find_map(|(english, chinese)| {
            let filled = english.fit(text)?;
            Some(chinese.fill(&filled, |held| self.line(held)))
        })
    }

    /// A text that is put together of several: the longest beginning that is known, then the rest.
    fn joined(&self, text: &str) -> String {
        let mut cuts: Vec<(usize, &str, &str)> = JOINTS
            .iter()
            .flat_map(|(joint, said)| text.match_indices(joint).map(|(at, _)| (at, *joint, *said)))
            .collect();
        cuts.sort_unstable();
        for &(at, joint, said) in cuts.iter().rev() {
            let Some((head, rest)) = text.split_at_checked(at) else { continue };
            if let Some(head) = self.whole(head) {
                return format!("{head}{said}{}", self.line(rest.strip_prefix(joint).unwrap_or(rest)));
            }
        }
        let Some((head, joint, rest)) = cuts.first().and_then(|&(at, joint, _)| {
            let (head, rest) = text.split_at_checked(at)?;
            Some((head, joint, rest.strip_prefix(joint)?))
        }) else {
            return text.to_owned();
        };
        format!("{head}{joint}{}", self.line(rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_looked_up_whole_and_else_in_the_parts_that_it_is_put_together_of() {
        let table = Table::new(&[
            "# a remark\nthe answer is {status}\n应答为 {status}\n\nlist page `{url}`: {why}\n列表页 `{url}`：{why}\n",
            "{n} pages could not be had\n{n} 个页面没有取到\nfor instance {url}: {why}\n例如 {url}：{why}\nno page\n没有页面",
        ]);
        for (line, expect) in [
            ("no page", "没有页面"),
            ("  no page. ", "  没有页面。 "),
            ("list page `http://a.cn/`: the answer is 500", "列表页 `http://a.cn/`：应答为 500"),
            (
                "yunxi: partial: 2 pages could not be had; for instance http://a.cn/b: the answer is 500",
                "yunxi: partial: 2 个页面没有取到；例如 http://a.cn/b：应答为 500",
            ),
            ("something else, and no page", "something else, and no page"),
            ("something else, no page", "something else, 没有页面"),
            ("云溪县, x", "云溪县, x"),
            ("", ""),
        ] {
            assert_eq!(table.line(line), expect, "{line}");
        }
    }
}
