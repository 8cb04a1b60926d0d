//! Documents made from a tree that is known: the tree must come back exactly.
//!
//! `PROPTEST_CASES=1000000 cargo test --release --test it trees` makes a million of them.

use gongwen::model::{Block, Document, Role, Style};
use gongwen::structure;
use proptest::prelude::*;

/// How the sections of one list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
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

/// One section of the known tree.
#[derive(Debug, Clone)]
struct Node {
    words: usize,
    children: Vec<Node>,
}

/// How a document is numbered: the style of each level, and whether a level counts on across its parents.
#[derive(Debug, Clone, Copy)]
struct Scheme {
    styles: &'static [Style],
    runs_on: Option<usize>,
}

const SCHEMES: [Scheme; 12] = {
    use Style::{Arabic, ArabicParen, Article, Chapter, Circled, Cn, CnParen, Part, Sec};
    [
        Scheme { styles: &[Cn, CnParen, Arabic, ArabicParen], runs_on: None },
        Scheme { styles: &[Cn, CnParen, Arabic, Circled], runs_on: Some(1) },
        Scheme { styles: &[Cn, Arabic, ArabicParen], runs_on: None },
        Scheme { styles: &[Cn, Arabic], runs_on: Some(1) },
        Scheme { styles: &[Cn, ArabicParen], runs_on: Some(1) },
        Scheme { styles: &[Chapter, Article, CnParen, Arabic], runs_on: Some(1) },
        Scheme { styles: &[Chapter, Sec, Article, CnParen], runs_on: Some(2) },
        Scheme { styles: &[Chapter, Cn, CnParen], runs_on: Some(1) },
        Scheme { styles: &[Part, Cn, CnParen], runs_on: None },
        Scheme { styles: &[Article, CnParen, Arabic], runs_on: None },
        Scheme { styles: &[Arabic, ArabicParen, Circled], runs_on: None },
        Scheme { styles: &[CnParen, Arabic, ArabicParen], runs_on: None },
    ]
};

const VERBS: [&str; 8] = ["加强", "推进", "完善", "规范", "落实", "优化", "深化", "健全"];
const OBJECTS: [&str; 9] =
    ["组织领导", "政务公开", "行政执法", "普法宣传", "矛盾化解", "决策程序", "监督机制", "营商环境", "队伍建设"];
const SENTENCES: [&str; 6] = [
    "全镇召开专题会议4次，研究解决问题12个，有关情况已经报告县政府。",
    "各村（社区）按照职责分工推进工作，做到有部署、有检查、有总结。",
    "我镇深入开展“八五”普法，发放资料3000余份，受教育群众达到5000人次。",
    "2022年以来，没有发生因违法决策造成重大损失的情形。",
    "在县委、县政府的坚强领导下，该项工作取得了明显成效，群众满意度持续提高。",
    "各有关单位应当在每年3月1日前报送材料，逾期不报的，予以通报。",
];
const DUTIES: [&str; 5] = [
    "各村应当在每季度末报送台账，并对台账的真实性负责，镇司法所不定期抽查。",
    "申请人对处理结果不服的，可以自收到决定之日起六十日内向县政府申请复议。",
    "对符合条件的家庭，按照每户每月500元的标准给予补助，补助期限不超过12个月。",
    "镇属各单位要按照本方案要求，结合实际制定工作计划，并于3月底前报镇政府备案。",
    "本镇行政区域内的单位和个人开展相关活动的，应当遵守国家和省、市有关规定。",
];
const CONDITIONS: [&str; 5] =
    ["具有本县户籍", "连续缴纳社会保险满6个月", "未享受过同类补贴", "在本县行政区域内无自有住房", "信用记录良好的"];
/// Paragraphs that look numbered and are not.
const NOISE: [&str; 8] = [
    "一、二级公路养护到位，三、四级公路逐步改善。",
    "1.5亿元专项资金已经拨付到位，惠及群众2万人。",
    "2023年，我镇新增调解室2个。",
    "第一书记带头宣讲12场，第一责任人职责得到落实。",
    "五年来，我镇法治建设水平不断提高。",
    "“一网通办”事项达到120项，“四办”改革成效明显。",
    "第三条规定的程序已经全部完成。",
    "（2023年修订版已经印发）",
];
const LABELS: [&str; 4] = ["询价地点", "项目名称", "采购方式", "联系方式"];

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

/// The marker of a section, in full-width or half-width marks.
fn marker(style: Style, number: usize, narrow: bool) -> String {
    match style {
        Style::Cn => format!("{}、", cn(number)),
        Style::CnParen if narrow => format!("({})", cn(number)),
        Style::CnParen => format!("（{}）", cn(number)),
        Style::Arabic if narrow => format!("{number}、"),
        Style::Arabic => format!("{number}."),
        Style::ArabicParen if narrow => format!("({number})"),
        Style::ArabicParen => format!("（{number}）"),
        Style::Circled => char::from_u32(0x2460 + u32::try_from(number).unwrap() - 1).unwrap().to_string(),
        Style::Part => format!("第{}部分　", cn(number)),
        Style::Chapter => format!("第{}章　", cn(number)),
        Style::Sec => format!("第{}节　", cn(number)),
        Style::Article => format!("第{}条　", cn(number)),
        _ => unreachable!("no scheme has it"),
    }
}

type Expected = (u32, Style, Option<u32>, Option<String>);

struct Writer<'a> {
    scheme: Scheme,
    forms: &'a [Form],
    narrow: bool,
    base: u32,
    counts: Vec<usize>,
    lines: Vec<String>,
    expected: Vec<Expected>,
}

impl Writer<'_> {
    /// The form of a list: articles are paragraphs, chapters have titles, what has children needs a heading.
    fn form(&self, depth: usize, siblings: &[Node]) -> Form {
        let form = self.forms[depth % self.forms.len()];
        let leaves = siblings.iter().all(|node| node.children.is_empty());
        match self.scheme.styles[depth] {
            Style::Part | Style::Chapter | Style::Sec => Form::Line,
            Style::Article => Form::Whole,
            Style::Circled => Form::Items,
            // A list of one item, and whole paragraphs over a list of their own, say too little.
            _ if !leaves && matches!(form, Form::Items | Form::Label | Form::Whole) => Form::Line,
            _ if siblings.len() < 2 => Form::Line,
            _ => form,
        }
    }

    fn list(&mut self, nodes: &[Node], depth: usize) {
        if depth == self.scheme.styles.len() {
            return;
        }
        if self.scheme.runs_on != Some(depth) {
            self.counts[depth] = 0;
        }
        let form = self.form(depth, nodes);
        for (n, node) in nodes.iter().enumerate() {
            self.counts[depth] += 1;
            let last = n + 1 == nodes.len();
            self.node(node, depth, form, last);
            if depth + 1 < self.scheme.styles.len() {
                self.list(&node.children, depth + 1);
            }
        }
    }

    fn node(&mut self, node: &Node, depth: usize, form: Form, last: bool) {
        let (style, number) = (self.scheme.styles[depth], self.counts[depth]);
        let marker = marker(style, number, self.narrow);
        let words = node.words;
        let pick = |list: &[&str]| list[words % list.len()].to_owned();
        let title = format!("{}{}", pick(&VERBS), OBJECTS[(words / 8) % OBJECTS.len()]);
        let body = pick(&SENTENCES);
        let parent = depth + 1 < self.scheme.styles.len() && !node.children.is_empty();
        let (line, heading, below) = match form {
            Form::Line => (title.clone(), Some(title), Some(body)),
            Form::Sentence => (format!("{title}。"), Some(title), Some(body)),
            Form::RunIn => (format!("{title}。{body}"), Some(title), None),
            Form::Label => (format!("{}：三楼会议室。", pick(&LABELS)), Some(pick(&LABELS)), None),
            Form::Whole if parent => {
                (pick(&["有下列情形之一的，不予受理：", "应当具备下列条件：", "按照下列程序办理："]), None, None)
            }
            Form::Whole => (pick(&DUTIES), None, None),
            Form::Items => (format!("{}{}", pick(&CONDITIONS), if last { "。" } else { "；" }), None, None),
        };
        self.lines.push(format!("{marker}{line}"));
        // Chapters go straight on to their articles; other headings may stand above their sections or have a text first.
        let text_first =
            !(parent && (words.is_multiple_of(3) || matches!(style, Style::Chapter | Style::Sec | Style::Part)));
        let room = form == Form::Line && text_first && !parent;
        self.lines.extend(below.filter(|_| text_first));
        if room && words.is_multiple_of(5) {
            self.lines.push(pick(&NOISE));
        }
        let level = self.base + u32::try_from(depth).unwrap() + 1;
        self.expected.push((level, style, u32::try_from(number).ok(), heading));
    }
}

fn write(scheme: Scheme, forms: &[Form], narrow: bool, nodes: &[Node], base: u32) -> (Vec<String>, Vec<Expected>) {
    let counts = vec![0; scheme.styles.len()];
    let mut writer = Writer { scheme, forms, narrow, base, counts, lines: Vec::new(), expected: Vec::new() };
    writer.list(nodes, 0);
    (writer.lines, writer.expected)
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = (0usize..720).prop_map(|words| Node { words, children: Vec::new() });
    leaf.prop_recursive(3, 40, 4, |inner| {
        (0usize..720, prop::collection::vec(inner, 0..5)).prop_map(|(words, children)| Node { words, children })
    })
}

fn nodes() -> impl Strategy<Value = Vec<Node>> {
    prop::collection::vec(node(), 2..7)
}

fn forms() -> impl Strategy<Value = Vec<Form>> {
    let form =
        prop::sample::select(vec![Form::Line, Form::Sentence, Form::RunIn, Form::Label, Form::Whole, Form::Items]);
    prop::collection::vec(form, 4)
}

fn scheme() -> impl Strategy<Value = Scheme> {
    prop::sample::select(SCHEMES.to_vec())
}

fn found(lines: &[String], title: &str) -> Vec<Expected> {
    let blocks = lines.iter().map(Block::paragraph).collect();
    let outline = structure(&Document { title: Some(title.to_owned()), blocks, ..Document::default() });
    let row = |row: &gongwen::model::Section| {
        let numbered = matches!(row.role, Role::Section | Role::Question | Role::Annex);
        numbered.then(|| (row.level, row.style.unwrap(), row.number, row.heading.clone()))
    };
    outline.sections.iter().filter_map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_tree_of_a_report_comes_back(scheme in scheme(), forms in forms(), narrow: bool, nodes in nodes()) {
        let (body, expected) = write(scheme, &forms, narrow, &nodes, 0);
        let mut lines = vec!["2022年，我镇扎实推进依法行政。现将有关情况报告如下：".to_owned()];
        lines.extend(body);
        lines.extend(["青石镇人民政府", "2023年2月28日", "抄送：县委依法治县办。"].map(str::to_owned));
        prop_assert_eq!(found(&lines, "青石镇2022年法治政府建设工作报告"), expected, "{}", lines.join("\n"));
    }

    #[test]
    fn a_notice_and_what_it_issues_have_trees_of_their_own(
        letter in (scheme(), forms(), nodes()), issued in (scheme(), forms(), nodes()), annex in (scheme(), forms(), nodes()),
        narrow: bool, marked: bool,
    ) {
        let mut lines = vec!["各乡镇人民政府，县直各单位：".to_owned(), "现将《云溪县工作方案》印发给你们，并就有关事项通知如下：".to_owned()];
        let (body, mut expected) = write(letter.0, &letter.1, narrow, &letter.2, 0);
        lines.extend(body);
        lines.extend(["云溪县人民政府", "2022年3月1日"].map(str::to_owned));
        if marked {
            lines.push("附件".to_owned());
        }
        lines.push("云溪县工作方案".to_owned());
        expected.push((1, Style::Annex, None, Some("云溪县工作方案".to_owned())));
        lines.push("为做好有关工作，制定本方案。".to_owned());
        let (body, inner) = write(issued.0, &issued.1, narrow, &issued.2, 1);
        lines.extend(body);
        expected.extend(inner);
        lines.extend(["附件2", "任务分解表"].map(str::to_owned));
        expected.push((1, Style::Annex, Some(2), Some("任务分解表".to_owned())));
        let (body, inner) = write(annex.0, &annex.1, !narrow, &annex.2, 1);
        lines.extend(body);
        expected.extend(inner);
        prop_assert_eq!(found(&lines, "云溪县人民政府关于印发云溪县工作方案的通知"), expected, "{}", lines.join("\n"));
    }
}
