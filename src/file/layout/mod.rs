//! From places on a page to text: rows, columns, tables and paragraphs, whatever program set the page.

mod clean;
mod columns;
mod counts;
mod furniture;
mod grid;
mod measure;
mod paragraph;
mod row;
mod sheet;
mod table;

use crate::model::Block;
use columns::Item;
use counts::Counts;
use measure::Measure;
use paragraph::{Line, Style, block, break_between};
use table::Filled;

pub(super) use sheet::{Drawn, Glyph, Ruling, Sheet, Turn, is_unknown};

/// The text of all pages.
#[derive(Debug)]
pub(super) struct Laid {
    /// The text.
    pub(super) blocks: Vec<Block>,
    /// Pages, counted from 1, whose text is only a picture, or written in characters that the file does not name.
    pub(super) needs_ocr: Vec<usize>,
    /// What was left out or changed.
    pub(super) counts: Counts,
}

/// What is known of a page besides its text.
struct Paper {
    width: f32,
    /// Lines that belong to no table.
    rules: Vec<Ruling>,
}

/// Reads pages.
pub(super) fn text(sheets: Vec<Sheet>) -> Laid {
    let mut counts = Counts::new();
    let needs_ocr = sheets.iter().zip(1..).filter(|(sheet, _)| sheet.needs_ocr()).map(|(_, page)| page).collect();
    let mut tables: Vec<Filled> = Vec::new();
    let mut papers: Vec<Paper> = Vec::new();
    let mut pages = Vec::new();
    for sheet in sheets {
        let sheet = clean::cleaned(sheet, &mut counts);
        let (items, rules) = items(&sheet, &mut tables, &mut counts);
        pages.push(furniture::Page { height: sheet.height, items });
        papers.push(Paper { width: sheet.width, rules });
    }
    furniture::without(&mut pages, &mut counts);
    let mut regions: Vec<Vec<Item>> = Vec::new();
    let mut paper_of: Vec<&Paper> = Vec::new();
    for (page, paper) in pages.into_iter().zip(&papers) {
        regions.extend(columns::regions(page.items, &mut counts));
        paper_of.resize(regions.len(), paper);
    }
    let blocks = paragraphs(&regions, &paper_of, tables, &mut counts);
    Laid { blocks, needs_ocr, counts }
}

/// Rows and tables of one page from top to bottom, and the lines that belong to no table.
fn items(sheet: &Sheet, tables: &mut Vec<Filled>, counts: &mut Counts) -> (Vec<Item>, Vec<Ruling>) {
    let mut glyphs = sheet.glyphs.clone();
    let mut free = sheet.rulings.clone();
    let mut found = Vec::new();
    for grid in grid::grids(&sheet.rulings) {
        let (inside, outside): (Vec<Glyph>, Vec<Glyph>) = glyphs.iter().partition(|glyph| grid.holds(glyph));
        let Some(filled) = table::filled(&grid, &inside, counts) else { continue };
        let (x0, y0, x1, y1) = grid.area();
        free.retain(|line| line.y0 < y0 - 3.0 || line.y1 > y1 + 3.0);
        found.push(Item::Table(tables.len(), y0, x0, x1));
        tables.push(filled);
        glyphs = outside;
    }
    (columns::ordered(glyphs, found, counts), free)
}

/// Joins rows over columns and pages to paragraphs, and tables over pages to tables.
fn paragraphs(regions: &[Vec<Item>], papers: &[&Paper], tables: Vec<Filled>, counts: &mut Counts) -> Vec<Block> {
    let widths: Vec<f32> = papers.iter().map(|paper| paper.width).collect();
    let measures = measure::measures(regions, &widths);
    let places = regions.iter().zip(papers).zip(measures).enumerate();
    let lines: Vec<Vec<Option<Line<'_>>>> =
        places.map(|(region, ((items, paper), measure))| in_column(items, region, measure, &paper.rules)).collect();
    let all: Vec<Line<'_>> = lines.iter().flatten().flatten().copied().collect();
    let style = Style::of(&all);
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut tables = tables.into_iter().map(Some).collect::<Vec<_>>();
    for (items, lines) in regions.iter().zip(lines) {
        for (item, line) in items.iter().zip(lines) {
            match (item, line) {
                (_, Some(line)) => match pieces.last_mut() {
                    Some(Piece::Rows(rows))
                        if rows
                            .last()
                            .is_some_and(|before| break_between(before, rows.len() > 1, &line, style).is_none()) =>
                    {
                        rows.push(line);
                    }
                    _ => pieces.push(Piece::Rows(vec![line])),
                },
                (Item::Table(number, ..), None) => {
                    let Some(table) = tables.get_mut(*number).and_then(Option::take) else { continue };
                    let absorbed = match pieces.last_mut() {
                        Some(Piece::Table(above)) => above.absorb(&table, counts),
                        _ => false,
                    };
                    if !absorbed {
                        pieces.push(Piece::Table(table));
                    }
                }
                (Item::Row(_), None) => {}
            }
        }
    }
    let made = |piece: &Piece<'_>| match piece {
        Piece::Rows(rows) => block(rows, style),
        Piece::Table(table) => table.block(),
    };
    pieces.iter().filter_map(made).collect()
}

/// The rows of a region; a table has none.
fn in_column<'a>(items: &'a [Item], region: usize, measure: Measure, rules: &[Ruling]) -> Vec<Option<Line<'a>>> {
    let mut above = f32::NEG_INFINITY;
    let mut lines = Vec::with_capacity(items.len());
    for item in items {
        let Item::Row(row) = item else {
            lines.push(None);
            continue;
        };
        let below_rule = rules.iter().filter(|rule| rule.is_horizontal()).any(|rule| {
            let meets = rule.x1.min(row.x1) > rule.x0.max(row.x0);
            let long = rule.x1 - rule.x0 > 0.5 * (measure.right - measure.left);
            long && meets && rule.y0 > above && rule.y0 < row.y - 0.5 * row.size
        });
        above = row.y;
        lines.push(Some(Line { row, measure, region, ruled: below_rule }));
    }
    lines
}

/// A paragraph or a table.
enum Piece<'a> {
    Rows(Vec<Line<'a>>),
    Table(Filled),
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters of one row, 16 points wide.
    fn row(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        let glyph = |(n, text)| {
            #[expect(clippy::cast_precision_loss, reason = "rows are short")]
            let x = x + 16.0 * n as f32;
            Glyph { text, x, y, width: 16.0, size: 16.0, strong: false, turn: Turn::None }
        };
        text.chars().enumerate().map(glyph).collect()
    }

    /// A page with a running head above a line, and full rows of 20 characters below.
    fn page(rows: &[(&str, f32)], number: &str) -> Sheet {
        let glyphs = [row("云溪县人民政府规章", 80.0, 60.0), row(number, 240.0, 800.0)].into_iter();
        let body = rows.iter().zip(0_u8..).map(|((text, x), n)| row(text, *x, 110.0 + 28.0 * f32::from(n)));
        Sheet {
            width: 480.0,
            height: 842.0,
            glyphs: glyphs.chain(body).flatten().collect(),
            rulings: Ruling::between((80.0, 70.0), (400.0, 70.0)).into_iter().collect(),
            ..Sheet::default()
        }
    }

    #[test]
    fn the_line_below_a_running_head_parts_no_sentence_that_goes_on_from_the_page_before() {
        let first =
            [("第一条为了规范本县地名管理工作根据有关", 112.0), ("法律法规结合本县实际情况由县民政部门牵头的", 80.0)];
        let second = [
            ("地名工作联席会议应当按照职责做好地名管理各", 80.0),
            ("项工作。", 80.0),
            ("第二条本办法自公布之日起施行并由县民政部", 112.0),
            ("门解释。", 80.0),
        ];
        let third = [("第三条过去的有关规定与本办法不一致的，按", 112.0), ("本办法执行。", 80.0)];
        let pages = vec![page(&first, "1"), page(&second, "2"), page(&third, "3")];
        let texts: Vec<String> = text(pages).blocks.into_iter().map(|block| block.text).collect();
        let lengths: Vec<usize> = texts.iter().map(|text| text.chars().count()).collect();
        assert_eq!(texts.len(), 3, "{texts:?}");
        assert!(
            texts[0].ends_with("民政部门牵头的地名工作联席会议应当按照职责做好地名管理各项工作。"),
            "{texts:?} {lengths:?}"
        );
        assert!(texts[2].starts_with("第三条"), "{texts:?}");
    }

    #[test]
    fn a_paragraph_that_is_set_in_as_a_whole_is_one() {
        let rows = [
            ("第五条县民政部门主管本县地名管理工作。", 112.0),
            ("第六条本县设立地名专家委员会以下简称委", 112.0),
            ("员会委员会聘请有关方面的专家组成若干组", 112.0),
            ("负责评审和监督。", 112.0),
            ("第七条本办法自公布之日起施行并由县民政部", 112.0),
            ("门解释。", 80.0),
        ];
        let texts: Vec<String> = text(vec![page(&rows, "1")]).blocks.into_iter().map(|block| block.text).collect();
        assert!(
            texts.iter().any(|text| text.ends_with("委员会委员会聘请有关方面的专家组成若干组负责评审和监督。")),
            "{texts:?}"
        );
    }

    #[test]
    fn a_page_number_far_above_the_edge_of_the_sheet_is_no_text() {
        let rows =
            [("第五条县民政部门主管本县地名管理工作并负", 80.0), ("责监督检查各乡镇的地名标志设置与维护工作", 80.0)];
        let low = |n: usize| {
            let mut sheet = page(&rows, "");
            sheet.glyphs.extend(row(&format!("-{n}-"), 80.0, 700.0));
            sheet
        };
        let texts: Vec<String> = text((1..5).map(low).collect()).blocks.into_iter().map(|block| block.text).collect();
        assert!(texts.iter().all(|text| !text.contains('-')), "{texts:?}");
        // A number that stands so far up on one page alone is a line of the text.
        let mut pages: Vec<Sheet> = (0..4).map(|_| page(&rows, "")).collect();
        pages[1].glyphs.extend(row("-7-", 80.0, 700.0));
        assert!(text(pages).blocks.iter().any(|block| block.text.contains("-7-")));
    }
}
