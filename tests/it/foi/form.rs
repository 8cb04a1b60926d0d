//! The form as 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号 print it, filled with numbers.

use super::Place;

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edition {
    Of2019,
    Of2021,
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Every cell is filled.
    Full,
    /// 0 is left empty.
    Blank,
    /// 0 is a dash.
    Dashes,
    /// Digits as wide as ideographs.
    Wide,
    /// Blanks around, commas inside.
    Thousands,
}

/// A cell as a table prints it.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) across: usize,
    pub(super) down: usize,
}

pub(super) fn cell(text: &str, across: usize, down: usize) -> Cell {
    Cell { text: text.to_owned(), across, down }
}

/// Rows of cells; what a cell above covers is left out, as in HTML.
pub(super) type Sheet = Vec<Vec<Cell>>;

const APPLICANTS: [(&str, &str); 7] = [
    ("自然人", "natural_person"),
    ("商业企业", "company"),
    ("科研机构", "research_institution"),
    ("社会公益组织", "charity"),
    ("法律服务机构", "legal_service"),
    ("其他", "other_organisation"),
    ("总计", "total"),
];
const RESULTS: [(&str, &str); 5] = [
    ("结果维持", "upheld"),
    ("结果纠正", "corrected"),
    ("其他结果", "other_result"),
    ("尚未审结", "pending"),
    ("总计", "total"),
];
const PROCEDURES: [&str; 3] = ["review", "litigation_direct", "litigation_after_review"];

/// A row of the table for applications: heads to its left, its own label, its name.
type RequestRow = (&'static str, &'static str, &'static str);

const OUTCOMES: [RequestRow; 18] = [
    ("", "（一）予以公开", "granted"),
    ("", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partly_granted"),
    ("（三）不予公开", "1.属于国家秘密", "refused_state_secret"),
    ("（三）不予公开", "2.其他法律行政法规禁止公开", "refused_by_law"),
    ("（三）不予公开", "3.危及“三安全一稳定”", "refused_safety"),
    ("（三）不予公开", "4.保护第三方合法权益", "refused_third_party"),
    ("（三）不予公开", "5.属于三类内部事务信息", "refused_internal"),
    ("（三）不予公开", "6.属于四类过程性信息", "refused_process"),
    ("（三）不予公开", "7.属于行政执法案卷", "refused_case_file"),
    ("（三）不予公开", "8.属于行政查询事项", "refused_inquiry"),
    ("（四）无法提供", "1.本机关不掌握相关政府信息", "unavailable_not_held"),
    ("（四）无法提供", "2.没有现成信息需要另行制作", "unavailable_not_made"),
    ("（四）无法提供", "3.补正后申请内容仍不明确", "unavailable_unclear"),
    ("（五）不予处理", "1.信访举报投诉类申请", "unprocessed_complaint"),
    ("（五）不予处理", "2.重复申请", "unprocessed_repeated"),
    ("（五）不予处理", "3.要求提供公开出版物", "unprocessed_publication"),
    ("（五）不予处理", "4.无正当理由大量反复申请", "unprocessed_excessive"),
    ("（五）不予处理", "5.要求行政机关确认或重新出具已获取信息", "unprocessed_confirmation"),
];
const OTHERS: [RequestRow; 3] = [
    ("（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "other_not_corrected"),
    ("（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "other_unpaid"),
    ("（六）其他处理", "3.其他", "other_rest"),
];

/// A block of the table of what is published unasked: article, columns, rows.
type Block = (&'static str, &'static [(&'static str, &'static str)], &'static [(&'static str, &'static str)]);

const BLOCKS_2019: [Block; 5] = [
    (
        "第二十条第（一）项",
        &[("本年新制作数量", "made"), ("本年新公开数量", "newly_disclosed"), ("对外公开总数量", "disclosed_total")],
        &[("规章", "rules"), ("规范性文件", "normative_documents")],
    ),
    (
        "第二十条第（五）项",
        &[("上一年项目数量", "items_before"), ("本年增/减", "change"), ("处理决定数量", "decisions")],
        &[("行政许可", "licences"), ("其他对外管理服务事项", "other_services")],
    ),
    (
        "第二十条第（六）项",
        &[("上一年项目数量", "items_before"), ("本年增/减", "change"), ("处理决定数量", "decisions")],
        &[("行政处罚", "penalties"), ("行政强制", "coercion")],
    ),
    (
        "第二十条第（八）项",
        &[("上一年项目数量", "items_before"), ("本年增/减", "change")],
        &[("行政事业性收费", "fees")],
    ),
    (
        "第二十条第（九）项",
        &[("采购项目数量", "purchases"), ("采购总金额", "purchase_amount")],
        &[("政府集中采购", "procurement")],
    ),
];
const BLOCKS_2021: [Block; 4] = [
    (
        "第二十条第（一）项",
        &[("本年制发件数", "issued"), ("本年废止件数", "repealed"), ("现行有效件数", "in_force")],
        &[("规章", "rules"), ("行政规范性文件", "normative_documents")],
    ),
    ("第二十条第（五）项", &[("本年处理决定数量", "decisions")], &[("行政许可", "licences")]),
    (
        "第二十条第（六）项",
        &[("本年处理决定数量", "decisions")],
        &[("行政处罚", "penalties"), ("行政强制", "coercion")],
    ),
    ("第二十条第（八）项", &[("本年收费金额（单位：万元）", "fee_amount")], &[("行政事业性收费", "fees")]),
];

/// A filled form.
pub(super) struct Report {
    pub(super) edition: Edition,
    style: Style,
    cells: Vec<(Place, f64)>,
}

impl Report {
    /// Fills a form with numbers whose sums agree.
    pub(super) fn new(seed: usize, edition: Edition, style: Style) -> Self {
        let mut random = seed as u64 + 11;
        let mut below = |most: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Naught is the most frequent number of these reports.
            let value = (random >> 33) % (2 * most);
            if value >= most { 0 } else { u32::try_from(value).unwrap() }
        };
        let mut report = Self { edition, style, cells: Vec::new() };
        for (_, columns, rows) in report.blocks() {
            for (_, row) in *rows {
                for (_, column) in *columns {
                    let value = f64::from(below(3000));
                    let value = if column.ends_with("amount") { value + 0.52 } else { value };
                    report.put("proactive", row, column, value);
                }
            }
        }
        let outcomes = report.outcomes();
        let mut concluded = [0.0; 7];
        for (.., row) in &outcomes {
            let mut total = 0.0;
            for (n, (_, column)) in APPLICANTS.iter().enumerate() {
                let value = if n < 6 { f64::from(below(40)) } else { total };
                total += value;
                concluded[n] += value;
                report.put("requests", row, column, value);
            }
        }
        let (mut received, mut carried) = ([0.0; 7], [0.0; 7]);
        let mut carried_in = [0.0; 7];
        for n in 0..6 {
            carried[n] = f64::from(below(9));
            let all = concluded[n] + carried[n];
            carried_in[n] = f64::from(below(5)).min(all);
            received[n] = all - carried_in[n];
        }
        for row in [&mut received, &mut carried, &mut carried_in] {
            row[6] = row[..6].iter().sum();
        }
        for (row, values) in
            [("received", received), ("carried_in", carried_in), ("concluded", concluded), ("carried_out", carried)]
        {
            for ((_, column), value) in APPLICANTS.iter().zip(values) {
                report.put("requests", row, column, value);
            }
        }
        for row in PROCEDURES {
            let mut total = 0.0;
            for (n, (_, column)) in RESULTS.iter().enumerate() {
                let value = if n < 4 { f64::from(below(4)) } else { total };
                total += value;
                report.put("review_litigation", row, column, value);
            }
        }
        report
    }

    fn put(&mut self, table: &str, row: &str, column: &str, value: f64) {
        self.cells.push(((table.to_owned(), row.to_owned(), column.to_owned()), value));
    }

    /// Adds to a cell, so that sums no longer agree.
    pub(super) fn add(&mut self, table: &str, row: &str, column: &str, more: f64) {
        let place = (table.to_owned(), row.to_owned(), column.to_owned());
        self.cells.iter_mut().find(|(found, _)| *found == place).unwrap().1 += more;
    }

    fn value(&self, table: &str, row: &str, column: &str) -> f64 {
        let is_it = |place: &Place| (place.0.as_str(), place.1.as_str(), place.2.as_str()) == (table, row, column);
        self.cells.iter().find(|(place, _)| is_it(place)).unwrap().1
    }

    /// Every cell with what a reader sees in it.
    pub(super) fn cells(&self) -> impl Iterator<Item = (Place, Option<f64>)> {
        let empty = matches!(self.style, Style::Blank | Style::Dashes);
        self.cells
            .iter()
            .map(move |(place, value)| (place.clone(), Some(*value).filter(|value| *value != 0.0 || !empty)))
    }

    fn blocks(&self) -> &'static [Block] {
        match self.edition {
            Edition::Of2019 => &BLOCKS_2019,
            Edition::Of2021 => &BLOCKS_2021,
        }
    }

    fn outcomes(&self) -> Vec<RequestRow> {
        let others: &[RequestRow] = match self.edition {
            Edition::Of2019 => &[("", "（六）其他处理", "other_outcome")],
            Edition::Of2021 => &OTHERS,
        };
        [&OUTCOMES[..], others].concat()
    }

    fn printed(&self, table: &str, row: &str, column: &str) -> String {
        let value = self.value(table, row, column);
        let plain = value.to_string();
        match self.style {
            Style::Blank if value == 0.0 => String::new(),
            Style::Dashes if value == 0.0 => "—".to_owned(),
            Style::Wide => plain
                .chars()
                .map(|c| if c == '.' { '．' } else { char::from_u32(c as u32 + 0xFEE0).unwrap() })
                .collect(),
            Style::Thousands if value >= 1000.0 => {
                let (thousands, rest) = ((value / 1000.0).floor(), value % 1000.0);
                let whole = format!("{thousands},{:03}", rest.floor());
                if rest.fract() > 0.0 { format!("{whole}.52") } else { whole }
            }
            _ => plain,
        }
    }

    /// 二、主动公开政府信息情况.
    pub(super) fn proactive(&self) -> Sheet {
        const WIDTH: usize = 4;
        let mut sheet = Sheet::new();
        for (article, columns, rows) in self.blocks() {
            sheet.push(vec![cell(article, WIDTH, 1)]);
            // The last column takes what room is left.
            let across = |n: usize| if n + 1 == columns.len() { WIDTH - columns.len() } else { 1 };
            let heads = columns.iter().enumerate().map(|(n, (label, _))| cell(label, across(n), 1));
            sheet.push(std::iter::once(cell("信息内容", 1, 1)).chain(heads).collect());
            for (label, row) in *rows {
                let values = columns
                    .iter()
                    .enumerate()
                    .map(|(n, (_, column))| cell(&self.printed("proactive", row, column), across(n), 1));
                sheet.push(std::iter::once(cell(label, 1, 1)).chain(values).collect());
            }
        }
        sheet
    }

    /// 三、收到和处理政府信息公开申请情况.
    pub(super) fn requests(&self) -> Sheet {
        let mut sheet = vec![
            vec![
                cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
                cell("申请人情况", 7, 1),
            ],
            vec![cell("自然人", 1, 2), cell("法人或其他组织", 5, 1), cell("总计", 1, 2)],
            APPLICANTS[1..6].iter().map(|(label, _)| cell(label, 1, 1)).collect(),
        ];
        let values = |row: &str| -> Vec<Cell> {
            APPLICANTS.iter().map(|(_, column)| cell(&self.printed("requests", row, column), 1, 1)).collect()
        };
        sheet.push([vec![cell("一、本年新收政府信息公开申请数量", 3, 1)], values("received")].concat());
        sheet.push([vec![cell("二、上年结转政府信息公开申请数量", 3, 1)], values("carried_in")].concat());
        let outcomes = self.outcomes();
        let mut group = "";
        for (n, (head, label, row)) in outcomes.iter().enumerate() {
            let mut cells = Vec::new();
            if n == 0 {
                cells.push(cell("三、本年度办理结果", 1, outcomes.len() + 1));
            }
            if head.is_empty() {
                cells.push(cell(label, 2, 1));
            } else {
                if *head != group {
                    cells.push(cell(head, 1, outcomes.iter().filter(|(other, ..)| other == head).count()));
                }
                cells.push(cell(label, 1, 1));
            }
            group = head;
            cells.extend(values(row));
            sheet.push(cells);
        }
        sheet.push([vec![cell("（七）总计", 2, 1)], values("concluded")].concat());
        sheet.push([vec![cell("四、结转下年度继续办理", 3, 1)], values("carried_out")].concat());
        sheet
    }

    /// 四、因政府信息公开工作被申请行政复议、提起行政诉讼情况.
    pub(super) fn review(&self) -> Sheet {
        let results = || RESULTS.iter();
        vec![
            vec![cell("行政复议", 5, 1), cell("行政诉讼", 10, 1)],
            results()
                .map(|(label, _)| cell(label, 1, 2))
                .chain([cell("未经复议直接起诉", 5, 1), cell("复议后起诉", 5, 1)])
                .collect(),
            results().chain(results()).map(|(label, _)| cell(label, 1, 1)).collect(),
            PROCEDURES
                .iter()
                .flat_map(|row| {
                    results().map(move |(_, column)| cell(&self.printed("review_litigation", row, column), 1, 1))
                })
                .collect(),
        ]
    }
}
