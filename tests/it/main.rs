//! The integration tests, one binary; the modules are listed here with what they hold.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, also in its helpers")]

use gongwen::extract::extract;
use gongwen::model::{Document, PageFormat, Reason};
use gongwen::page::{View, decode};

mod archive; // nothing lost, nothing twice, torn tails cut
mod rebuild; // archive and state of different moments: nothing intact cut, the state made anew
mod changes; // what came, changed and went is told once, and marked in the records
mod check; // damage is found before a reader finds it; what is no record of ours is left alone
mod damage; // damage at any byte of the output: no other document changes, no run stops
mod size; // the records of a page are bounded by its size
mod build; // archive to records: twice the same bytes, what differs is told, nothing is lost on the way
mod attachments; // files on pages become documents: text and parent told, shared ones read once, bad ones counted
mod cli; // the program as a user runs it: exit codes, stdout and stderr
mod chinese; // everything that people read is there in Chinese, and no text of the table is unused
mod config; // every mistake is reported at once, layers overrule one another, what is shipped is sound
mod discover; // list pages asked for online
mod families; // a column of every portal family, crawled to its last page
mod sources_add; // an address becomes a source file that crawls, or it is told why not
mod crawl; // a portal on loopback is crawled: everything once, nothing again, what fails is told
mod tls; // old TLS: refused by default, spoken where a source asks for it
mod fetch; // the client as a portal sees it: where it goes, how fast, what it makes of bad answers
mod file_office; // DOC, RTF, workbooks, archives
mod file_mutated; // damaged files of every format, as many as are asked for
mod foi; // every cell of the tables of reports on government information, in every layout
mod gaps; // what a collection lacks, and which documents repeat others
mod facts; // works cited and figures of hand-checked sentences
mod facts_columns; // issuing bodies and heads of tables, hand-checked
mod file_docx; // DOCX as Word shows it: drawn numbers, tracked changes, notes, fields, tables
mod file_pages; // PDF and OFD: characters to paragraphs and tables, whatever the font says; files made to break a reader
#[cfg(unix)]
mod ocr; // pages that are pictures are read by the program that the configuration names, and by nobody else
mod corpus_crawl; // the real pages, crawled from loopback, give the records that they give as files
mod judge; // fifty hosts at once, bad in every way that portals are
mod kill; // kill -9 at random instants: everything there once, no line torn
mod corpus_regions; // who issued the real documents, and for which region
mod mail; // what an operator is told: the mail, the command that is notified, figures, the log
mod portal; // a scriptable portal on loopback that judges the client
mod export; // records in the forms of other programs: whole, typed, the same bytes each time
mod contract; // the record format is a promise: declared a second time, checked against its JSON Schema
mod schema_check; // a validator for the keywords that our JSON Schema uses
mod warc; // the WARC reader: whole records or an error, whatever the bytes
mod report; // the site of a report: whole, no dead link, nothing in it acts but its own script
mod foreign; // WARC files of other programs: read or told, whatever the packing and the damage
mod foreign_build; // files of other programs to records: selection, shards, receipts
#[cfg(feature = "parquet")]
mod foreign_columns; // pages as rows of Parquet, records as Parquet
mod merge; // outputs of several machines become one, foreign pages become captures
mod demo; // the demo twice: fetched once, read as it was written, the same bytes again
mod scripts; // cron.sh: silent on a good night, clear on a bad one
mod extract; // a page of each portal family, read whole
mod extract_beside; // what stands beside titles, days and numbers
mod extract_below; // other articles, explanations, notices and closed tabs below an article
mod extract_columns;
mod extract_days; // columns with summaries, topics and searches, which are no articles
mod extract_evidence; // which of several things that a page says counts
mod extract_fields; // numbers, days, titles and breadcrumbs as portals set them
mod extract_forms; // pages in forms that no template has: labels, surroundings, breadcrumbs, broken lines
mod generated_pages; // pages made from known articles, in every box and among every chrome
mod extract_heads; // numbers, breadcrumbs, days and titles in every form, and what looks like them
mod extract_kept;
mod extract_labels;
mod extract_lists;
mod extract_lost; // what belongs to an article stays, what is left out is told of
mod extract_old; // heads and tags of portals that are built with tables, fonts and spans
mod extract_menus;
mod extract_posted;
mod extract_shapes; // walls, shells, texts in JSON, titles with ornaments, files behind scripts
mod extract_titles;
mod extract_tails;
mod extract_tools;
mod extract_traps; // odd markup, hidden and doubled bodies, pages that are no article
mod extract_words; // words of errors, walls and feet in articles, and articles of few words
mod layers; // who may import whom, what the core may touch, where async stands, how long a file is

mod structure_corpus; // the outline of the real corpus, from its labelled lines
mod cases; // the numbering cases that every structurer must get right
mod structure_model; // the model report: its tree, roles and facts
mod laws; // what holds for every text
mod structure_genres; // a document of each genre, its whole tree
mod structure_nasty; // the nastiest numbering of real documents, in our own words
mod structure_forms; // separators, slips, families, references
mod structure_headings; // first sentences, labels and lines that are headings, and that only look like one
mod structure_letters; // who signs, for whom, and what is attached below a signature
mod structure_annexes; // what names annexes and what opens them
mod structure_closings; // seals, remarks and signers below the day, labels that name no reader
mod structure_amendments; // decisions that amend articles, and what they quote
mod structure_lists; // lists one behind the other, behind 答：, in one paragraph, in Roman numerals
mod structure_trees; // documents made from known trees
mod structure_restarts;
mod structure_roles; // heads, closing parts, notes, attached letters

/// The document that a page gives, or why it gives none.
fn document_of(html: &str) -> Result<Document, Reason> {
    let view = View::new(decode(html.as_bytes(), None, PageFormat::Html, None).unwrap());
    extract(&view).map_err(|reject| reject.reason)
}

/// Says that a test has nothing to look at.
#[expect(clippy::print_stderr, reason = "whoever reads the output of the tests must see what was not tested")]
fn skipped(what: &str) {
    eprintln!("skipped: {what} is not beside this repository");
}
