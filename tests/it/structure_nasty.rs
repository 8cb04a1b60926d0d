//! The nastiest numbering that a survey of real documents found, each in words of our own.

mod counts; // how the numbers of a document run: across chapters, into annexes, back to one
mod typing; // how markers are typed: slipped brackets, dashes for numbers, two on one line

use gongwen::model::{Block, Document, Outline, Role};
use gongwen::structure;

/// The thirty cases of the survey, in its order: what is nasty about each, and the test that holds it.
const CASES: [(&str, &str); 30] = [
    (
        "the bracket of （三） stands in the paragraph before",
        "a_bracket_that_slipped_into_the_line_before_belongs_to_its_number",
    ),
    ("—、 for 一、, a blank behind 二、", "a_dash_or_a_letter_may_stand_for_one"),
    ("l. for 1., then 2. and 3．", "a_dash_or_a_letter_may_stand_for_one"),
    ("1.6 个月: item 1 and six months", "an_item_before_a_number_is_no_decimal"),
    ("8.6个项目: item 8 and six projects", "an_item_before_a_number_is_no_decimal"),
    ("14.2025年: item 14 and a year", "an_item_before_a_number_is_no_decimal"),
    ("5.5%左右 is a quantity", "an_item_before_a_number_is_no_decimal"),
    ("a title glued to its text", "a_heading_repeated_by_its_text_needs_no_mark_between"),
    ("一、甲(一)乙: two levels on one line", "two_sections_may_begin_on_one_line"),
    ("（三） alone, its title in the next line", "a_number_alone_has_its_title_on_the_next_line"),
    ("a table printed one cell a line", "cells_printed_as_lines_are_no_sections"),
    ("一、 below chapters, counting on", "numbers_run_on_across_chapters_and_parts"),
    ("（五） counts on across 二、", "numbers_run_on_across_chapters_and_parts"),
    ("一. below 第六条, from one in every article", "upper_markers_may_stand_below_articles"),
    ("㈠, ⑴ and ① below articles", "upper_markers_may_stand_below_articles"),
    ("4, for 4.", "a_comma_may_be_typed_for_the_mark"),
    ("a contents list without pages says every heading", "a_contents_list_is_no_text_even_without_page_numbers"),
    ("第一条为…: a sentence about an article", "sentences_about_articles_are_none"),
    ("第三章 and 第七条 glued to their words", "sentences_about_articles_are_none"),
    ("附件, and 一、 begins again", "an_annex_begins_its_own_count"),
    ("附件2 名词解释: terms above their meanings", "an_annex_begins_its_own_count"),
    ("1、(1): two numbers before the first word", "two_sections_may_begin_on_one_line"),
    ("13、…？, 答：（1）…, and （2） alone", "numbered_questions_have_answers_with_lists"),
    ("the text begins in the middle", "a_document_may_begin_in_the_middle"),
    ("-、 for 一、", "a_dash_or_a_letter_may_stand_for_one"),
    ("01综合: padded, without a mark", "padded_digits_number_a_bulletin"),
    ("第二章 is the first heading", "a_document_may_begin_in_the_middle"),
    ("第一，…第二，… as a level", "ordinals_in_running_text_are_items"),
    ("a whole report in one paragraph", "a_document_in_one_line_is_cut_where_that_is_certain"),
    ("a decision that amends, in one paragraph", "a_document_in_one_line_is_cut_where_that_is_certain"),
];

#[test]
fn every_case_of_the_survey_has_its_test() {
    let tests = [include_str!("structure_nasty/counts.rs"), include_str!("structure_nasty/typing.rs")].concat();
    for (what, name) in CASES {
        assert!(tests.contains(&format!("fn {name}()")), "{what}: no test `{name}`");
    }
}

pub(super) fn outline(lines: &[&str]) -> Outline {
    structure(&Document { blocks: lines.iter().copied().map(Block::paragraph).collect(), ..Document::default() })
}

/// Sections as `level marker heading`, a missing heading as `-`.
pub(super) fn tree(lines: &[&str]) -> Vec<String> {
    let row = |row: &gongwen::model::Section| {
        let numbered = matches!(row.role, Role::Section | Role::Question | Role::Annex);
        let marker = row.marker.as_deref().unwrap_or("附").replace('\n', "");
        numbered.then(|| format!("{} {marker} {}", row.level, row.heading.as_deref().unwrap_or("-")))
    };
    outline(lines).sections.iter().filter_map(row).collect()
}
