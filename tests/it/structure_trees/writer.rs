//! Writes a known tree as a document.

use gongwen::model::{Flag, Style};
use proptest::prelude::*;

use super::faults::Fault;
use super::words::{CONDITIONS, DUTIES, ITEMISED, LABELS, NOISE, OBJECTS, QUOTATION, SENTENCES, VERBS};

/// How the sections of one list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A heading line, text below.
    Line,
    /// A heading line that ends with 。, text below.
    Sentence,
    /// The heading is the first sentence of the paragraph.
    RunIn,
    /// The bare label of a paragraph: `询价地点：三楼会议室。`
    Label,
    /// A whole paragraph, no heading.
    Whole,
    /// Items of one sentence, each ended by ；, the last by 。
    Items,
}

/// What a section has besides its number, its heading and one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extra {
    Nothing,
    /// A quotation whose lines are numbered.
    Quotation,
    /// A table whose cells are numbered, with caption and note.
    Table,
    /// A list inside its paragraph.
    Inline,
    /// A line that looks numbered and is not.
    Noise,
    /// Its heading stands on the line below its number.
    Split,
    /// Its first child begins on its line.
    Shared,
}

/// One section of the known tree.
#[derive(Debug, Clone)]
pub(super) struct Node {
    words: usize,
    extra: Extra,
    children: Vec<Node>,
}

/// How a document is numbered: the style of each level, and whether a level counts on across its parents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scheme {
    styles: &'static [Style],
    runs_on: Option<usize>,
}

const SCHEMES: [Scheme; 16] = {
    use Style::{Arabic, ArabicParen, Article, Book, Chapter, Circled, Cn, CnParen, Decimal, Part, Sec};
    [
        Scheme { styles: &[Cn, CnParen, Arabic, ArabicParen], runs_on: None },
        Scheme { styles: &[Cn, CnParen, Arabic, Circled], runs_on: Some(1) },
        Scheme { styles: &[Cn, CnParen, Arabic, ArabicParen], runs_on: Some(2) },
        Scheme { styles: &[Cn, Arabic, ArabicParen], runs_on: None },
        Scheme { styles: &[Cn, Arabic], runs_on: Some(1) },
        Scheme { styles: &[Cn, ArabicParen], runs_on: Some(1) },
        Scheme { styles: &[Chapter, Article, CnParen, Arabic], runs_on: Some(1) },
        Scheme { styles: &[Chapter, Sec, Article, CnParen], runs_on: Some(2) },
        Scheme { styles: &[Book, Chapter, Article, CnParen], runs_on: Some(2) },
        Scheme { styles: &[Chapter, Cn, CnParen], runs_on: Some(1) },
        Scheme { styles: &[Part, Cn, CnParen], runs_on: None },
        Scheme { styles: &[Article, CnParen, Arabic], runs_on: None },
        Scheme { styles: &[Arabic, Decimal, Decimal, Decimal], runs_on: None },
        Scheme { styles: &[Arabic, ArabicParen, Circled], runs_on: None },
        Scheme { styles: &[CnParen, Arabic, ArabicParen], runs_on: None },
        Scheme { styles: &[Article, Cn, CnParen], runs_on: None },
    ]
};

/// A line or a table of the document.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Line(String),
    Table(&'static [[&'static str; 2]]),
}

const TABLE: &[[&str; 2]] =
    &[["项目", "件数"], ["一、本年新收", "3"], ["（一）予以公开", "1"], ["1.属于国家秘密", "0"]];

/// A row that must come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) level: u32,
    pub(super) style: Style,
    pub(super) number: Option<u32>,
    pub(super) heading: Option<String>,
    pub(super) items: Vec<u32>,
    pub(super) flags: Vec<Flag>,
}

fn cn(number: usize) -> String {
    let digit = |n: usize| "零一二三四五六七八九".chars().nth(n).unwrap().to_string();
    let tens = |n: usize| match n {
        0 => String::new(),
        1 => "十".to_owned(),
        n => format!("{}十", digit(n)),
    };
    let ones = number % 10;
    format!("{}{}", tens(number / 10), if ones == 0 { String::new() } else { digit(ones) })
}

/// The marker of a section, in full-width or half-width marks; `above` are the numbers of the sections around it.
pub(super) fn marker(style: Style, number: usize, narrow: bool, above: &[usize]) -> String {
    match style {
        Style::Cn => format!("{}、", cn(number)),
        Style::CnParen if narrow => format!("({})", cn(number)),
        Style::CnParen => format!("（{}）", cn(number)),
        Style::Arabic if narrow => format!("{number}、"),
        Style::Arabic => format!("{number}."),
        Style::ArabicParen if narrow => format!("({number})"),
        Style::ArabicParen => format!("（{number}）"),
        Style::Circled => char::from_u32(0x2460 + u32::try_from(number).unwrap() - 1).unwrap().to_string(),
        Style::Decimal => format!("{}.{number} ", above.iter().map(usize::to_string).collect::<Vec<_>>().join(".")),
        Style::Book => format!("第{}编　", cn(number)),
        Style::Part => format!("第{}部分　", cn(number)),
        Style::Chapter => format!("第{}章　", cn(number)),
        Style::Sec => format!("第{}节　", cn(number)),
        Style::Article => format!("第{}条　", cn(number)),
        _ => unreachable!("no scheme has it"),
    }
}

/// Writes a tree; `base` is the level of what it stands in.
pub(super) struct Writer<'a> {
    scheme: Scheme,
    forms: &'a [Form],
    narrow: bool,
    base: u32,
    /// What goes wrong, and in which section.
    fault: Option<(Fault, usize)>,
    counts: Vec<usize>,
    /// The beginning of a line that the next section goes on with.
    shared: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) expected: Vec<Row>,
}

/// What one section says.
struct Words {
    line: String,
    heading: Option<String>,
    below: Option<String>,
    items: &'static [u32],
}

impl<'a> Writer<'a> {
    pub(super) fn new(scheme: Scheme, forms: &'a [Form], narrow: bool, base: u32) -> Self {
        let (counts, shared) = (vec![0; scheme.styles.len()], String::new());
        let (pieces, expected) = (Vec::new(), Vec::new());
        Self { scheme, forms, narrow, base, fault: None, counts, shared, pieces, expected }
    }

    pub(super) fn with_fault(self, fault: Fault, at: usize) -> Self {
        Self { fault: Some((fault, at)), ..self }
    }

    pub(super) fn list(&mut self, nodes: &[Node], depth: usize) {
        if depth == self.scheme.styles.len() {
            return;
        }
        if self.scheme.runs_on != Some(depth) {
            self.counts[depth] = 0;
        }
        let form = self.form(depth, nodes);
        for (n, node) in nodes.iter().enumerate() {
            self.node(node, depth, form, (n, nodes.len()));
            self.list(&node.children, depth + 1);
        }
    }

    /// The form of a list: articles are paragraphs, chapters have titles, what has children needs a heading.
    fn form(&self, depth: usize, siblings: &[Node]) -> Form {
        let styles = self.scheme.styles;
        let form = self.forms[depth % self.forms.len()];
        let leaves = depth + 1 == styles.len() || siblings.iter().all(|node| node.children.is_empty());
        match styles[depth] {
            Style::Book | Style::Part | Style::Chapter | Style::Sec | Style::Decimal => Form::Line,
            // Decimals stand below headings.
            Style::Arabic if styles.get(depth + 1) == Some(&Style::Decimal) => Form::Line,
            Style::Article => Form::Whole,
            Style::Circled => Form::Items,
            // A list of one item, and whole paragraphs over a list of their own, say too little.
            _ if !leaves && matches!(form, Form::Items | Form::Label | Form::Whole) => Form::Line,
            _ if siblings.len() < 2 => Form::Line,
            _ => form,
        }
    }

    fn node(&mut self, node: &Node, depth: usize, form: Form, place: (usize, usize)) {
        let style = self.scheme.styles[depth];
        let fault = self.fault.filter(|(_, at)| *at == self.expected.len()).map(|(fault, _)| fault);
        let number_flag = self.count(depth, place, fault);
        let number = self.counts[depth];
        let parent = depth + 1 < self.scheme.styles.len() && !node.children.is_empty();
        let words = words(node, form, parent, place.0 + 1 == place.1);
        let shares = form == Form::Line && self.shares(node, depth);
        let splits = node.extra == Extra::Split && form == Form::Line && matches!(style, Style::Part | Style::Chapter);
        // Chapters go straight on to their articles; other headings may stand above their sections or have a text first.
        let upper = matches!(style, Style::Book | Style::Chapter | Style::Sec | Style::Part);
        let text_first = !shares && !(parent && (node.words.is_multiple_of(3) || upper));
        let printed = marker(style, number, self.narrow, &self.counts[..depth]);
        let printed = fault.map_or(printed.clone(), |fault| fault.typed(style, number, &printed, &mut self.pieces));
        self.open(&printed, &words.line, splits, shares);
        if text_first {
            let room = form == Form::Line && !parent;
            self.body(node, &words, room, fault);
        }
        let own_text = words.below.is_none() || text_first;
        let run_in = words.below.is_none() && words.heading.is_some();
        let flags = [run_in.then_some(Flag::RunIn), number_flag, splits.then_some(Flag::HeadingSplit)];
        self.expected.push(Row {
            level: self.base + u32::try_from(depth).unwrap() + 1,
            style,
            number: u32::try_from(number).ok(),
            heading: words.heading,
            items: if own_text { words.items.to_vec() } else { Vec::new() },
            flags: flags.into_iter().flatten().collect(),
        });
    }

    /// Counts on, and says what is odd about the number.
    fn count(&mut self, depth: usize, (n, siblings): (usize, usize), fault: Option<Fault>) -> Option<Flag> {
        let (style, runs_on) = (self.scheme.styles[depth], self.scheme.runs_on == Some(depth));
        let continues = n == 0 && runs_on && self.counts[depth] > 0 && style != Style::Article;
        let (step, flag) = match fault {
            Some(Fault::Skips) if n > 0 => (2, Some(Flag::NumberSkipped)),
            Some(Fault::Repeats) if n > 0 => (0, Some(Flag::NumberRepeated)),
            Some(Fault::Midway) if n == 0 && siblings > 1 && !runs_on && style != Style::Decimal => {
                // Where the same style ended with 1 before, the count may just as well go on.
                let before = self.expected.iter().rev().find(|row| row.style == style);
                let goes_on = before.is_some_and(|row| row.number == Some(1));
                let continues = goes_on.then_some(Flag::NumberContinues).filter(|_| style != Style::Article);
                (2, if goes_on { continues } else { Some(Flag::StartsMidway) })
            }
            _ => (1, continues.then_some(Flag::NumberContinues)),
        };
        self.counts[depth] += step;
        flag
    }

    /// The first child may begin on the line of its parent: `一、贷款政策（一）贷款额度`.
    fn shares(&self, node: &Node, depth: usize) -> bool {
        let below = self.scheme.styles.get(depth + 1);
        let bracketed = matches!(below, Some(Style::CnParen | Style::ArabicParen));
        let first = self.scheme.runs_on != Some(depth + 1) || self.counts[depth + 1] == 0;
        let plain = matches!(self.scheme.styles[depth], Style::Cn | Style::Arabic);
        // Two odd things at one place are too much.
        let sound = self.fault.is_none();
        node.extra == Extra::Shared && bracketed && plain && first && node.children.len() > 1 && sound
    }

    /// A contents list: the headings that stand on lines of their own on the first level, with their pages.
    pub(super) fn contents(&self) -> Vec<String> {
        let first = self.expected.iter().filter(|row| row.level == 1);
        let entry = |(n, row): (usize, &Row)| {
            let number = usize::try_from(row.number?).ok()?;
            Some(format!("{}{} {}", marker(row.style, number, self.narrow, &[]), row.heading.as_ref()?, n + 1))
        };
        let entries: Vec<String> = first.enumerate().filter_map(entry).collect();
        if entries.is_empty() { entries } else { std::iter::once("目　录".to_owned()).chain(entries).collect() }
    }

    fn open(&mut self, marker: &str, line: &str, splits: bool, shares: bool) {
        let begun = std::mem::take(&mut self.shared) + marker;
        match (splits, shares) {
            (true, _) => {
                self.pieces.push(Piece::Line(begun.trim_end().to_owned()));
                self.pieces.push(Piece::Line(line.to_owned()));
            }
            (_, true) => self.shared = begun + line,
            _ => self.pieces.push(Piece::Line(begun + line)),
        }
    }

    /// The text below a heading, and what else stands there if there is room for it.
    fn body(&mut self, node: &Node, words: &Words, room: bool, fault: Option<Fault>) {
        let lines = words.below.iter().flat_map(|below| fault.map_or(vec![below.clone()], |fault| fault.told(below)));
        self.pieces.extend(lines.map(Piece::Line));
        // `第三条规定的…` where article 3 is missing: two odd things at one place are too much.
        let odd_number = self.fault.is_some_and(|(fault, _)| fault.is_of_numbers());
        match node.extra {
            Extra::Quotation if room => self.pieces.extend(QUOTATION.map(|line| Piece::Line(line.to_owned()))),
            Extra::Table if room => {
                self.pieces.push(Piece::Line("表1 办理情况".to_owned()));
                self.pieces.push(Piece::Table(TABLE));
                self.pieces.push(Piece::Line("注：数据截至年底。".to_owned()));
            }
            Extra::Noise if room && !odd_number => {
                self.pieces.push(Piece::Line(NOISE[node.words % NOISE.len()].to_owned()));
            }
            _ => {}
        }
    }
}

fn words(node: &Node, form: Form, parent: bool, last: bool) -> Words {
    let pick = |list: &[&str]| list[node.words % list.len()].to_owned();
    let title = format!("{}{}", pick(&VERBS), OBJECTS[(node.words / 8) % OBJECTS.len()]);
    let (body, items) = match node.extra {
        Extra::Inline => {
            let (body, items) = ITEMISED[node.words % ITEMISED.len()];
            (body.to_owned(), items)
        }
        _ => (pick(&SENTENCES), &[][..]),
    };
    let plain = |line, heading| Words { line, heading, below: None, items: &[] };
    match form {
        Form::Line => Words { line: title.clone(), heading: Some(title), below: Some(body), items },
        Form::Sentence => Words { line: format!("{title}。"), heading: Some(title), below: Some(body), items },
        Form::RunIn => Words { line: format!("{title}。{body}"), heading: Some(title), below: None, items },
        Form::Label => plain(format!("{}：三楼会议室。", pick(&LABELS)), Some(pick(&LABELS))),
        Form::Whole if parent => {
            plain(pick(&["有下列情形之一的，不予受理：", "应当具备下列条件：", "按照下列程序办理："]), None)
        }
        Form::Whole => plain(pick(&DUTIES), None),
        Form::Items => plain(format!("{}{}", pick(&CONDITIONS), if last { "。" } else { "；" }), None),
    }
}

fn node() -> impl Strategy<Value = Node> {
    use Extra::{Inline, Noise, Nothing, Quotation, Shared, Split, Table};
    let extra =
        || prop::sample::select(vec![Nothing, Nothing, Nothing, Quotation, Table, Inline, Noise, Split, Shared]);
    let leaf = (0usize..720, extra()).prop_map(|(words, extra)| Node { words, extra, children: Vec::new() });
    leaf.prop_recursive(3, 40, 4, move |inner| {
        let children = prop::collection::vec(inner, 0..5);
        (0usize..720, extra(), children).prop_map(|(words, extra, children)| Node { words, extra, children })
    })
}

pub(super) fn nodes() -> impl Strategy<Value = Vec<Node>> {
    prop::collection::vec(node(), 2..7)
}

pub(super) fn forms() -> impl Strategy<Value = Vec<Form>> {
    let form =
        prop::sample::select(vec![Form::Line, Form::Sentence, Form::RunIn, Form::Label, Form::Whole, Form::Items]);
    prop::collection::vec(form, 4)
}

pub(super) fn scheme() -> impl Strategy<Value = Scheme> {
    prop::sample::select(SCHEMES.to_vec())
}
