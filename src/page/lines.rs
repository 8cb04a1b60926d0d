//! The page as the lines that a reader sees, each with what its look says.

use std::cell::OnceCell;
use std::ops::Index;

use super::ids::{Each, Id as _, LineId, NodeId, Span, Sums};
use super::label::{Label, LabelLine};
use super::line_class;
use super::posted::{bracketed_name, is_posting_name, posted, posted_name};
use super::style::Style;
use super::tag::Tag;
use super::tree::Tree;
use crate::text::{is_blank, is_collapsed, is_ideograph, is_zero_width, parse_datetime};
use crate::words::TOOLS_BEHIND_NAMES;

/// A line of the page: the text between two line ends, cleaned by the rules of the record format.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// Bytes of [`Lines::text`].
    from: usize,
    to: usize,
    /// First and last text node.
    pub(crate) first: NodeId,
    pub(crate) last: NodeId,
    /// The innermost element that breaks lines.
    pub(crate) block: NodeId,
    /// Characters.
    pub(crate) chars: usize,
    /// Characters that are links.
    pub(crate) links: usize,
    /// Characters at the beginning that are bold or in a heading face.
    pub(crate) emphasis: usize,
    /// Look of the first text.
    pub(crate) style: Style,
    /// Marks that stand in sentences and not in navigation.
    pub(crate) marks: usize,
    /// It holds a full stop or several commas; a title may list things with 、.
    pub(crate) is_sentence: bool,
    /// An empty line stands above it, or it is set in: a paragraph begins.
    pub(crate) set_off: bool,
}

impl Line {
    /// More of it is links than not.
    pub(crate) fn is_linked(&self) -> bool {
        self.links * 2 > self.chars
    }

    /// Characters that are no links.
    pub(crate) fn plain(&self) -> usize {
        self.chars - self.links
    }
}

/// All lines of a page, in reading order.
pub(crate) struct Lines {
    buffer: String,
    /// Where in the buffer a new text node begins.
    seams: Vec<usize>,
    each: Each<LineId, Line>,
    /// For every node the line that begins with it or next behind it.
    before: Vec<LineId>,
    /// How many sentence marks the lines hold.
    marks: Sums<LineId, usize>,
    /// The labels of each line, read when first asked for.
    labels: Each<LineId, OnceCell<LabelLine>>,
    /// Whether it is furniture, by line, likewise.
    furniture: Each<LineId, OnceCell<bool>>,
}

impl Lines {
    pub(crate) fn new(tree: &Tree) -> Self {
        let mut writer = Writer::default();
        let mut before = Vec::with_capacity(tree.all().len() + 1);
        let mut open: Vec<(NodeId, bool)> = Vec::new();
        let mut blocks: Vec<NodeId> = vec![NodeId::ROOT];
        for at in tree.all().iter() {
            while let Some((_, breaks)) = open.pop_if(|(end, _)| *end <= at) {
                if breaks {
                    writer.end_line();
                    blocks.pop();
                }
            }
            before.push(writer.next());
            let node = &tree[at];
            match node.tag {
                None => {
                    let block = blocks.last().copied().unwrap_or_default();
                    writer.write(at, tree.text_of(at).unwrap_or_default(), node.style, block);
                }
                Some(Tag::Break) => writer.end_line(),
                Some(_) => {
                    let breaks = node.breaks;
                    if breaks {
                        writer.end_line();
                        blocks.push(at);
                        if let Some(last) = before.last_mut() {
                            *last = writer.next();
                        }
                    }
                    open.push((node.end, breaks));
                }
            }
        }
        writer.end_line();
        before.push(writer.next());
        let marks = Sums::of(writer.done.iter().map(|line| line.marks));
        let labels = vec![OnceCell::new(); writer.done.len()].into();
        let furniture = vec![OnceCell::new(); writer.done.len()].into();
        let (buffer, seams, each) = (writer.buffer, writer.seams, writer.done.into());
        Self { buffer, seams, each, before, marks, labels, furniture }
    }

    /// Every line.
    pub(crate) fn all(&self) -> Span<LineId> {
        self.each.all()
    }

    pub(crate) fn get(&self, n: LineId) -> Option<&Line> {
        self.each.get(n)
    }

    /// Some lines; those that do not exist are left out.
    pub(crate) fn among(&self, span: Span<LineId>) -> &[Line] {
        self.each.within(span)
    }

    /// The text of a line; that of a line that does not exist is empty.
    pub(crate) fn text(&self, n: LineId) -> &str {
        self.get(n).and_then(|line| self.buffer.get(line.from..line.to)).unwrap_or_default()
    }

    /// The labels in a line.
    pub(crate) fn labels(&self, n: LineId) -> Option<&LabelLine> {
        let read = || {
            let (text, seams) = (self.text(n), self.seams_of(n));
            let strict = LabelLine::read(text, &seams);
            let run = !strict.leads() && self.may_be_pair(n, &seams) && self.is_beside_labels(n);
            if run { LabelLine::read_in_run(text, &seams) } else { strict }
        };
        self.labels.get(n).map(|labels| labels.get_or_init(read)).filter(|labels| labels.first().is_some())
    }

    /// The day in figures of a short line whose elements only their boxes part: `2023-02-28` `12` `县政府办`.
    pub(crate) fn leading_day(&self, n: LineId) -> Option<&str> {
        /// Most characters of such a line.
        const LONGEST: usize = 48;
        self.get(n).filter(|line| line.chars <= LONGEST && line.marks == 0)?;
        let first = self.first_element(n)?;
        (posted(first).is_some() && !first.contains(is_ideograph)).then_some(first)
    }

    /// What stands in the first element of a line of several.
    pub(crate) fn first_element(&self, n: LineId) -> Option<&str> {
        let line = self.get(n)?;
        let seam = self.seams.partition_point(|&seam| seam <= line.from);
        self.buffer.get(line.from..*self.seams.get(seam).filter(|&&seam| seam < line.to)?)
    }

    /// The day and the name of a short line that has one in an element beside the other.
    pub(crate) fn day_and_name(&self, n: LineId) -> Option<(&str, &str)> {
        /// Most characters of such a line.
        const LONGEST: usize = 48;
        let line = self.get(n).filter(|line| line.chars <= LONGEST)?;
        let text = self.text(n);
        let ends: Vec<usize> = self.seams_of(n).into_iter().chain([line.to - line.from]).collect();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let parts =
            starts.zip(&ends).filter_map(|(from, &to)| text.get(from..to)).map(|part| part.trim_matches(is_blank));
        let counts = |part: &str| LabelLine::read(part, &[]).leads_with(|label| label == Label::Views);
        let parts = parts.filter(|part| part.chars().any(char::is_alphanumeric) && !counts(part));
        let parts: Vec<&str> = parts.collect();
        let is_day = |part: &str| parse_datetime(part).is_some();
        let (day, name) = match parts.as_slice() {
            [day, name] if is_day(day) => (*day, *name),
            [name, day] if is_day(day) => (*day, *name),
            [whole] => posted_name(whole).or_else(|| bracketed_name(whole))?,
            _ => bracketed_name(text)?,
        };
        is_posting_name(name).then_some((day, name))
    }

    /// What the elements of a line hold that has several: `<span>文字解读</span><span>视频解读</span>`.
    pub(crate) fn parts(&self, n: LineId) -> Vec<&str> {
        let (text, seams) = (self.text(n), self.seams_of(n));
        let ends = seams.iter().copied().chain([text.len()]);
        let starts = std::iter::once(0).chain(seams.iter().copied());
        let parts =
            starts.zip(ends).filter_map(|(from, to)| text.get(from..to)).map(|part| part.trim_matches(is_blank));
        parts.filter(|part| part.chars().any(char::is_alphanumeric)).collect()
    }

    /// The line without the elements at its ends that are a day, labels or tools: `<h1>关于…的通知<small>2023-02-28</small></h1>`.
    pub(crate) fn headline(&self, n: LineId) -> &str {
        let text = self.text(n);
        let is_day = |part: &str| parse_datetime(part).is_some();
        let is_beside = |part: &str| {
            let part = part.trim_matches(|c: char| is_blank(c) || "[]【】（）()".contains(c));
            is_day(part)
                || LabelLine::read(part, &[]).leads() && part.contains([':', '：'])
                || TOOLS_BEHIND_NAMES.is(part)
        };
        let seams = self.seams_of(n);
        let parts = |at: usize| Some((text.get(..at)?, text.get(at..)?));
        let letters = |part: &str| part.chars().any(char::is_alphanumeric);
        let behind = seams.iter().filter_map(|&at| parts(at)).find(|(head, rest)| letters(head) && is_beside(rest));
        let text = behind.map_or(text, |(head, _)| head);
        let before = seams.iter().filter_map(|&at| parts(at)).find(|(head, _)| letters(head));
        let before = before.filter(|(head, _)| is_day(head.trim_matches(is_blank)) && head.len() < text.len());
        before.and_then(|(head, _)| text.get(head.len()..)).unwrap_or(text).trim_matches(is_blank)
    }

    /// A short line of two elements, the first of which holds two characters: 来源 and 云溪日报.
    fn may_be_pair(&self, n: LineId, seams: &[usize]) -> bool {
        /// Most characters of such a line.
        const LONGEST: usize = 60;
        let short = self.get(n).is_some_and(|line| line.chars < LONGEST && !line.is_sentence);
        let first = seams.first().and_then(|&seam| self.text(n).get(..seam));
        short && first.is_some_and(|first| first.chars().filter(|&c| !is_blank(c)).count() == 2)
    }

    /// A line near above or below begins with a label and has no colon either.
    fn is_beside_labels(&self, n: LineId) -> bool {
        const NEAR: usize = 3;
        let colon = |m: LineId| self.text(m).contains([':', '：']);
        let leads = |m: LineId| m != n && !colon(m) && LabelLine::read(self.text(m), &self.seams_of(m)).leads();
        (n - NEAR).to((n + NEAR + 1).min(self.all().end)).iter().any(leads)
    }

    /// A line says of itself that it is no part of an article.
    pub(crate) fn is_furniture(&self, n: LineId) -> bool {
        self.furniture.get(n).is_some_and(|known| *known.get_or_init(|| line_class::is_furniture(self.text(n))))
    }

    /// Bytes of a line at which a new text node begins.
    fn seams_of(&self, n: LineId) -> Vec<usize> {
        let Some(line) = self.get(n) else { return Vec::new() };
        let first = self.seams.partition_point(|&seam| seam <= line.from);
        let seams = self.seams.get(first..).unwrap_or_default().iter();
        seams.take_while(|&&seam| seam < line.to).map(|seam| seam - line.from).collect()
    }

    /// The lines in some nodes.
    pub(crate) fn within(&self, nodes: Span<NodeId>) -> Span<LineId> {
        self.behind(nodes.start).to(self.behind(nodes.end))
    }

    /// The line that begins with a node, or the next behind it.
    pub(crate) fn behind(&self, node: NodeId) -> LineId {
        self.before.get(node.index()).copied().unwrap_or(self.all().end)
    }

    /// How many sentence marks the lines hold.
    pub(crate) fn marks(&self, span: Span<LineId>) -> usize {
        self.marks.within(span)
    }
}

impl Index<LineId> for Lines {
    type Output = Line;

    fn index(&self, n: LineId) -> &Line {
        &self.each[n]
    }
}

/// The last byte of a no-break space, which no other white space that is collapsed has.
const NBSP: u8 = 0xa0;

#[derive(Default)]
struct Writer {
    buffer: String,
    seams: Vec<usize>,
    done: Vec<Line>,
    line: Option<Line>,
    /// White space is due before the next character.
    gap: bool,
    /// The next line is set off from the one above.
    set_off: bool,
    /// Everything so far is emphasised.
    emphatic: bool,
    /// Characters and commas of the line so far.
    count: usize,
    commas: usize,
}

impl Writer {
    /// The line that is written next.
    fn next(&self) -> LineId {
        LineId::at(self.done.len())
    }

    fn write(&mut self, at: NodeId, text: &str, style: Style, block: NodeId) {
        if self.line.is_some() {
            self.seams.push(self.buffer.len());
        }
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // Ideographs, figures and white space between tags are most of a page, and each run of them is one step.
            let (run, behind) = rest.split_at(match c {
                _ if is_ideograph(c) => run(rest, is_ideograph),
                _ if c.is_ascii_alphanumeric() => run(rest, |c| c.is_ascii_alphanumeric()),
                _ if is_collapsed(c) && !style.preformatted => run(rest, is_collapsed),
                _ => c.len_utf8(),
            });
            rest = behind;
            if c == '\n' && style.preformatted || is_line_end(c) {
                self.end_line();
            } else if is_collapsed(c) {
                self.gap = true;
                self.set_off |= self.line.is_none() && (style.preformatted || run.as_bytes().contains(&NBSP));
            } else if self.line.is_none() && is_blank(c) {
                self.set_off |= !is_zero_width(c);
            } else if !is_zero_width(c) {
                self.push(c, run, at, style, block);
            }
        }
    }

    /// Adds a run of ideographs, or of letters and figures of ASCII, or one character; `c` is the first.
    fn push(&mut self, c: char, run: &str, at: NodeId, style: Style, block: NodeId) {
        let from = self.buffer.len();
        let line = self.line.get_or_insert_with(|| {
            self.gap = false;
            self.emphatic = true;
            (self.count, self.commas) = (0, 0);
            Line {
                from,
                to: from,
                first: at,
                last: at,
                block,
                chars: 0,
                links: 0,
                emphasis: 0,
                style,
                marks: 0,
                is_sentence: false,
                set_off: std::mem::take(&mut self.set_off),
            }
        });
        self.emphatic &= style.bold || style.face || is_blank(c);
        if self.gap {
            self.buffer.push(' ');
            self.count += 1;
            self.gap = false;
        }
        let chars = run.len() / c.len_utf8();
        self.buffer.push_str(run);
        self.count += chars;
        line.links += if style.link { chars } else { 0 };
        if !is_blank(c) {
            line.to = self.buffer.len();
            line.last = at;
            line.chars = self.count;
            line.marks += usize::from(line_class::is_sentence_mark(c));
            self.commas += usize::from(matches!(c, '，' | '；'));
            line.is_sentence |= c == '。' || self.commas > 1;
            if self.emphatic {
                line.emphasis = line.chars;
            }
        }
    }

    fn end_line(&mut self) {
        self.gap = false;
        self.set_off = self.line.is_none();
        if let Some(mut line) = self.line.take() {
            line.links = line.links.min(line.chars);
            self.buffer.truncate(line.to);
            while self.seams.pop_if(|seam| *seam > line.to).is_some() {}
            self.done.push(line);
        }
    }
}

/// Characters that end a line wherever they stand (Unicode Standard Annex 14, classes BK and NL).
fn is_line_end(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Bytes of the characters at the beginning that are of a kind.
fn run(text: &str, of_kind: impl Fn(char) -> bool) -> usize {
    text.find(|c| !of_kind(c)).unwrap_or(text.len())
}
