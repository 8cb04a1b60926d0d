//! What a generated page says: a report, a notice, rules, questions and answers, a table; all words are ours.

use super::tape::Tape;

/// An article whose every line is known.
#[derive(Debug, Clone)]
pub(super) struct Article {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// A line of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    Text(String),
    /// Stands in the middle: the signature and the day stand on the right, titles in the middle.
    Aside(String),
    Table(Vec<Vec<String>>),
}

impl Line {
    /// The lines of the clean text.
    pub(super) fn clean(&self) -> Vec<String> {
        match self {
            Self::Text(text) | Self::Aside(text) => vec![text.clone()],
            Self::Table(rows) => rows.iter().map(|row| row.join("\t")).collect(),
        }
    }
}

const TOWNS: [&str; 6] = ["青石镇", "古渡镇", "白杨乡", "临河街道", "云溪县", "东湖市"];
const FIELDS: [&str; 8] =
    ["行政执法", "政务公开", "普法宣传", "矛盾化解", "安全生产", "医疗保障", "耕地保护", "养老服务"];
const VERBS: [&str; 8] = ["加强", "推进", "完善", "规范", "落实", "优化", "深化", "健全"];
const NOUNS: [&str; 8] =
    ["组织领导", "制度建设", "监督检查", "队伍建设", "工作机制", "责任体系", "宣传引导", "服务保障"];
const ACTORS: [&str; 6] = ["镇党委", "镇司法所", "各村（社区）", "有关单位", "执法人员", "县直部门"];
const DEEDS: [&str; 8] = [
    "召开专题会议",
    "开展集中检查",
    "组织业务培训",
    "印发宣传资料",
    "办结群众来信",
    "调处矛盾纠纷",
    "修订管理制度",
    "走访困难家庭",
];
const RESULTS: [&str; 6] = [
    "群众满意度持续提高",
    "各项任务按期完成",
    "没有发生重大事故",
    "整改率达到百分之百",
    "受到县政府通报表扬",
    "基本做到有章可循",
];
const NUMBERS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

/// Sentences in which a number makes every one different, as real ones are.
struct Pen {
    written: usize,
}

impl Pen {
    fn sentence(&mut self, tape: &mut Tape<'_>) -> String {
        self.written += 1;
        let (actor, deed, result) = (tape.of(&ACTORS), tape.of(&DEEDS), tape.of(&RESULTS));
        let (n, field, verb) = (self.written * 7 + tape.below(5), tape.of(&FIELDS), tape.of(&VERBS));
        match tape.below(4) {
            0 => format!("{actor}{deed}{n}次，{result}。"),
            1 => format!("围绕{field}，{actor}{verb}工作举措，全年{deed}{n}次，{result}。"),
            2 => format!("截至目前，{actor}已{deed}{n}次；下一步将继续抓好{field}。"),
            _ => format!("在{field}方面，{deed}{n}次、整改问题{}个，{result}。", n + 3),
        }
    }

    fn paragraph(&mut self, tape: &mut Tape<'_>) -> String {
        (0..=tape.below(3)).map(|_| self.sentence(tape)).collect()
    }
}

fn heading(tape: &mut Tape<'_>) -> String {
    format!("{}{}{}", tape.of(&VERBS), tape.of(&FIELDS), tape.of(&NOUNS))
}

fn text(line: impl Into<String>) -> Line {
    Line::Text(line.into())
}

/// Writes an article of a genre.
type Genre = fn(&mut Tape<'_>) -> Article;

/// An article of some genre.
pub(super) fn article(tape: &mut Tape<'_>) -> Article {
    let genres: [(&'static str, Genre); 10] = [
        ("report", report),
        ("notice", notice),
        ("rules", rules),
        ("questions", questions),
        ("table", table),
        ("short", short),
        ("decisions", decisions),
        ("enclosing notice", enclosing),
        ("speech", speech),
        ("appointments", appointments),
    ];
    tape.named("genre", &genres)(tape)
}

fn year(tape: &mut Tape<'_>) -> usize {
    2015 + tape.below(10)
}

fn signed(lines: &mut Vec<Line>, tape: &mut Tape<'_>, body: &str, year: usize) {
    lines.push(Line::Aside(body.to_owned()));
    let (month, day) = (1 + tape.below(12), 1 + tape.below(28));
    lines.push(Line::Aside(format!("{year}年{month}月{day}日")));
}

fn report(tape: &mut Tape<'_>) -> Article {
    let (town, year, mut pen) = (tape.of(&TOWNS), year(tape), Pen { written: 0 });
    let body = format!("{town}人民政府");
    let mut lines = Vec::new();
    if tape.once_in(2) {
        lines.push(text("县人民政府："));
    }
    lines.push(text(format!("{year}年，我单位认真贯彻上级部署，现将有关情况报告如下：")));
    for (n, number) in NUMBERS.iter().take(2 + tape.below(4)).enumerate() {
        lines.push(text(format!("{number}、{}", heading(tape))));
        if tape.once_in(2) {
            lines.push(text(pen.paragraph(tape)));
        }
        for inner in NUMBERS.iter().take(tape.below(4)) {
            match tape.below(3) {
                0 => lines.push(text(format!("（{inner}）{}。{}", heading(tape), pen.paragraph(tape)))),
                1 => lines.push(text(format!("（{inner}）{}", pen.paragraph(tape)))),
                _ => {
                    lines.push(text(format!("（{inner}）{}", heading(tape))));
                    lines.push(text(pen.paragraph(tape)));
                }
            }
        }
        if n == 0 && tape.once_in(6) {
            lines.push(cells(tape));
        }
        if !matches!(lines.last(), Some(Line::Text(line)) if line.ends_with('。')) {
            lines.push(text(pen.paragraph(tape)));
        }
    }
    if tape.once_in(3) {
        lines.push(text("特此报告。"));
    }
    signed(&mut lines, tape, &body, year + 1);
    if tape.once_in(4) {
        lines.push(text(format!("抄送：县委办公室，县人民政府办公室，{town}各办所。")));
    }
    Article { title: format!("{body}{year}年度{}工作报告", tape.of(&FIELDS)), lines }
}

fn notice(tape: &mut Tape<'_>) -> Article {
    let (town, year, mut pen) = (tape.of(&TOWNS), year(tape), Pen { written: 0 });
    let body = format!("{town}人民政府办公室");
    let field = tape.of(&FIELDS);
    let mut lines =
        vec![text("各村（社区），各有关单位："), text(format!("为做好{year}年{field}工作，现将有关事项通知如下："))];
    for number in NUMBERS.iter().take(1 + tape.below(4)) {
        match tape.below(3) {
            0 => lines.push(text(format!("{number}、{}。{}", heading(tape), pen.paragraph(tape)))),
            1 => lines.push(text(format!("{number}、{}", pen.paragraph(tape)))),
            _ => {
                lines.push(text(format!("{number}、{}", heading(tape))));
                for n in 1..=1 + tape.below(3) {
                    lines.push(text(format!("{n}.{}", pen.paragraph(tape))));
                }
            }
        }
    }
    if tape.once_in(3) {
        lines.push(text("特此通知。"));
    }
    signed(&mut lines, tape, &body, year);
    if tape.once_in(4) {
        lines.push(text("（此件公开发布）"));
    }
    Article { title: format!("{body}关于做好{year}年{field}工作的通知"), lines }
}

fn rules(tape: &mut Tape<'_>) -> Article {
    let (town, year, mut pen) = (tape.of(&TOWNS), year(tape), Pen { written: 0 });
    let field = tape.of(&FIELDS);
    let mut lines = Vec::new();
    if tape.once_in(2) {
        lines.push(Line::Aside(format!("（{year}年3月1日{town}人民政府第4次常务会议通过）")));
    }
    let mut article = 0;
    for chapter in NUMBERS.iter().take(1 + tape.below(3)) {
        lines.push(Line::Aside(format!("第{chapter}章　{}", heading(tape))));
        for _ in 0..=tape.below(3) {
            lines.push(text(format!("第{}条　{}", NUMBERS[article % 12], pen.paragraph(tape))));
            article += 1;
            if tape.once_in(4) {
                for inner in NUMBERS.iter().take(2) {
                    lines.push(text(format!("（{inner}）{}", pen.sentence(tape))));
                }
            }
        }
    }
    lines.push(text(format!("第{}条　本办法自{year}年7月1日起施行。", NUMBERS[article % 12])));
    Article { title: format!("{town}{field}管理办法"), lines }
}

fn questions(tape: &mut Tape<'_>) -> Article {
    let (town, mut pen) = (tape.of(&TOWNS), Pen { written: 0 });
    let field = tape.of(&FIELDS);
    let mut lines = vec![text(format!("近日，{town}印发{field}实施方案，现就有关问题解读如下。"))];
    for _ in 0..=1 + tape.below(4) {
        lines.push(text(format!("问：{}有什么新的要求？", heading(tape))));
        lines.push(text(format!("答：{}", pen.paragraph(tape))));
    }
    Article { title: format!("关于《{town}{field}实施方案》的政策解读"), lines }
}

fn cells(tape: &mut Tape<'_>) -> Line {
    let mut rows = vec![["序号", "单位名称", "数量", "备注"].map(str::to_owned).to_vec()];
    for n in 1..=2 + tape.below(6) {
        let unit = format!("{}{}股份合作社", tape.of(&TOWNS), NUMBERS[n % 12]);
        rows.push(vec![n.to_string(), unit, (n * 17 + 3).to_string(), tape.of(&["合格", "整改", "复核"]).to_owned()]);
    }
    Line::Table(rows)
}

fn table(tape: &mut Tape<'_>) -> Article {
    let (town, year, mut pen) = (tape.of(&TOWNS), year(tape), Pen { written: 0 });
    let mut lines =
        vec![text(format!("现将{year}年检查结果公示如下，公示期五个工作日。{}", pen.sentence(tape))), cells(tape)];
    if tape.once_in(2) {
        lines.push(text(pen.paragraph(tape)));
    }
    signed(&mut lines, tape, &format!("{town}市场监督管理所"), year);
    Article { title: format!("{town}{year}年食品安全监督检查结果公示"), lines }
}

fn short(tape: &mut Tape<'_>) -> Article {
    let (town, year, mut pen) = (tape.of(&TOWNS), year(tape), Pen { written: 0 });
    let mut lines = vec![text(pen.paragraph(tape)), text(pen.paragraph(tape)), text("特此公告。")];
    signed(&mut lines, tape, &format!("{town}人民政府"), year);
    Article { title: format!("{town}人民政府关于{year}年{}的公告", tape.of(&FIELDS)), lines }
}

/// One body decides on several applications in the same words.
fn decisions(tape: &mut Tape<'_>) -> Article {
    let (town, year) = (tape.of(&TOWNS), year(tape));
    let granted = "经审查，该申请材料齐全，符合法定条件和形式，决定准予许可。";
    let remedy = "如不服本决定，可以自收到本决定书之日起六十日内申请行政复议。";
    let mut lines = Vec::new();
    if tape.once_in(2) {
        lines.push(text(format!("现将{year}年准予行政许可的决定公示如下：")));
    }
    let signs_each = tape.once_in(3);
    let body = format!("{town}行政审批局");
    for (n, number) in NUMBERS.iter().enumerate().take(2 + tape.below(5)) {
        lines.push(text(format!("{}{}股份合作社：", tape.of(&TOWNS), number)));
        lines.push(text(format!("你单位提出的第{}号申请，我局已受理。", 17 * n + 3)));
        lines.push(text(granted));
        lines.push(text(remedy));
        if signs_each {
            signed(&mut lines, tape, &body, year);
        }
    }
    if !signs_each {
        signed(&mut lines, tape, &body, year);
    }
    Article { title: format!("{town}{year}年行政许可决定公示"), lines }
}

/// A notice, and behind its signature the rules that it issues.
fn enclosing(tape: &mut Tape<'_>) -> Article {
    let inner = rules(tape);
    let (town, year) = (tape.of(&TOWNS), year(tape));
    let mut lines =
        vec![text("各村（社区），各有关单位："), text(format!("现将《{}》印发给你们，请认真贯彻执行。", inner.title))];
    signed(&mut lines, tape, &format!("{town}人民政府"), year);
    lines.push(Line::Aside(inner.title.clone()));
    lines.extend(inner.lines);
    Article { title: format!("{town}人民政府关于印发《{}》的通知", inner.title), lines }
}

/// Paragraphs without numbers and without a signature.
fn speech(tape: &mut Tape<'_>) -> Article {
    let (town, year, mut pen) = (tape.of(&TOWNS), year(tape), Pen { written: 0 });
    let mut lines = vec![text("同志们：")];
    for _ in 0..2 + tape.below(8) {
        lines.push(text(pen.paragraph(tape)));
    }
    Article { title: format!("在{town}{year}年{}工作会议上的讲话", tape.of(&FIELDS)), lines }
}

/// Short lines that are no sentences.
fn appointments(tape: &mut Tape<'_>) -> Article {
    let (town, year) = (tape.of(&TOWNS), year(tape));
    let mut lines = vec![text("各村（社区），各有关单位："), text("经研究决定：")];
    for (n, number) in NUMBERS.iter().enumerate().take(1 + tape.below(7)) {
        let end = if tape.once_in(3) { "。" } else { "；" };
        let verb = tape.of(&["任命", "免去"]);
        let post = tape.of(&["司法所所长", "财政所副所长", "便民服务中心主任"]);
        let join = if verb == "任命" { "为" } else { "的" };
        lines.push(text(format!("{verb}赵{number}{join}{town}{post}{}{end}", if n % 2 == 1 { "职务" } else { "" })));
    }
    signed(&mut lines, tape, &format!("{town}人民政府"), year);
    Article { title: format!("{town}人民政府关于赵一等同志职务任免的通知"), lines }
}
