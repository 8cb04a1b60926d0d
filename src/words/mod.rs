//! The words that rules know: data files, one fact a list, shared by every stage.
//!
//! A file holds one word a line. What follows a tab is what the word stands for. `#` at the beginning of a line, or
//! behind a blank, opens a remark: why the word is there.

mod view;

use std::cmp::Reverse;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;

/// The words of one file.
#[derive(Debug)]
pub struct WordList {
    words: Vec<Word>,
    /// Finds any of them in one walk through a text; made when first asked for.
    anywhere: OnceLock<AhoCorasick>,
    /// The first character of each word and its place, sorted; of words with one character the longest first.
    by_first: Vec<(char, usize)>,
    /// The last character of each word and its place, likewise.
    by_last: Vec<(char, usize)>,
}

/// A word, and what it stands for where the file says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The word as it is looked for.
    pub text: &'static str,
    /// The second column of its line.
    pub meaning: Option<&'static str>,
}

impl WordList {
    /// Reads a file of the form that this module describes.
    pub fn new(file: &'static str) -> Self {
        let words: Vec<Word> = file.lines().filter_map(word).collect();
        let by = |letter: fn(&str) -> Option<char>| {
            let letters = words.iter().enumerate();
            let mut places: Vec<(char, usize)> =
                letters.filter_map(|(place, word)| Some((letter(word.text)?, place))).collect();
            let length = |place: usize| words.get(place).map_or(0, |word| word.text.len());
            places.sort_by_key(|&(letter, place)| (letter, Reverse(length(place))));
            places
        };
        let (by_first, by_last) = (by(|text| text.chars().next()), by(|text| text.chars().next_back()));
        Self { by_first, by_last, anywhere: OnceLock::new(), words }
    }

    /// The words in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = Word> {
        self.words.iter().copied()
    }

    /// Whether the text is one of the words.
    pub fn is(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The word that the text is.
    pub fn find(&self, text: &str) -> Option<Word> {
        self.candidates(&self.by_first, text.chars().next()).find(|word| word.text == text)
    }

    /// The longest word with which the text begins.
    pub fn starts(&self, text: &str) -> Option<Word> {
        self.candidates(&self.by_first, text.chars().next()).find(|word| text.starts_with(word.text))
    }

    /// The longest word with which the text ends.
    pub fn ends(&self, text: &str) -> Option<Word> {
        self.candidates(&self.by_last, text.chars().next_back()).find(|word| text.ends_with(word.text))
    }

    /// The first word of the file that stands anywhere in the text.
    ///
    /// # Panics
    /// Never: so few words fit into the table that is made of them.
    pub fn holds(&self, text: &str) -> Option<Word> {
        let first = self.anywhere().find_overlapping_iter(text).map(|found| found.pattern()).min()?;
        self.words.get(first.as_usize()).copied()
    }

    /// Whether any of the words stands in the text.
    ///
    /// # Panics
    /// Never, as above.
    pub fn is_in(&self, text: &str) -> bool {
        self.anywhere().is_match(text)
    }

    /// Where the first of the words begins that stands in the text.
    ///
    /// # Panics
    /// Never, as above.
    pub fn place(&self, text: &str) -> Option<usize> {
        self.anywhere().find_overlapping_iter(text).map(|found| found.start()).min()
    }

    fn anywhere(&self) -> &AhoCorasick {
        let words = || self.words.iter().map(|word| word.text);
        self.anywhere.get_or_init(|| AhoCorasick::new(words()).expect("a list of words fits"))
    }

    fn candidates<'a>(&'a self, places: &'a [(char, usize)], letter: Option<char>) -> impl Iterator<Item = Word> + 'a {
        let start = letter.map_or(places.len(), |letter| places.partition_point(|(known, _)| *known < letter));
        let places = places.iter().skip(start).take_while(move |(known, _)| Some(*known) == letter);
        places.filter_map(|&(_, place)| self.words.get(place).copied())
    }
}

fn word(line: &'static str) -> Option<Word> {
    let line = line.split_once(" #").map_or(line, |(line, _)| line);
    let line = if line.starts_with('#') { "" } else { line.trim_end() };
    let (text, meaning) = match line.split_once('\t') {
        Some((text, meaning)) => (text.trim_end(), Some(meaning.trim())),
        None => (line, None),
    };
    (!text.is_empty()).then_some(Word { text, meaning })
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)*) => {
        $($(#[$doc])* pub static $name: LazyLock<WordList> = LazyLock::new(|| WordList::new(include_str!($file)));)*

        /// Every list with the name of its file.
        #[cfg(test)]
        const FILES: &[(&str, &str)] = &[$(($file, include_str!($file))),*];
    };
}

lists! {
    /// Ids and classes of the boxes that editors of portal software fill.
    EDITOR_BOXES = "editor_boxes.txt";
    /// Words in ids and classes of what surrounds an article.
    FURNITURE_BOXES = "furniture_boxes.txt";
    /// What the challenge pages of bot walls hold, with the product.
    WALLS = "walls.txt";
    /// Beginnings of the cookies that only challenge answers set, with the product.
    WALL_COOKIES = "wall_cookies.txt";
    /// What a list says that has nothing to show.
    EMPTY_LISTS = "empty_lists.txt";
    /// What pages say that are not there.
    ERROR_PAGES = "error_pages.txt";
    /// Parts of the addresses of pictures that hold no text.
    FURNITURE_PICTURES = "furniture_pictures.txt";
    /// The words by which portals announce metadata and their tools, with what each announces.
    LABELS = "labels.txt";
    /// Tools of a page that follow the value of a label without a label of their own.
    TOOLS_BEHIND_VALUES = "tools_behind_values.txt";
    /// Words in ids and classes of the element that holds the breadcrumb.
    BREADCRUMB_BOXES = "breadcrumb_boxes.txt";
    /// Last parts of a breadcrumb that name no column.
    BREADCRUMB_LEAVES = "breadcrumb_leaves.txt";
    /// Values of labels and tags that stand for nothing.
    PLACEHOLDERS = "placeholders.txt";
    /// What a template leaves in a value that it did not fill in.
    TEMPLATE_SIGNS = "template_signs.txt";
    /// Tools of a page that make its whole line one.
    PAGE_TOOLS = "page_tools.txt";
    /// Heads of links to what explains an article.
    READING_HEADS = "reading_heads.txt";
    /// What names of lists of links end with.
    LIST_ENDINGS = "list_endings.txt";
    /// Parts of addresses from which a portal sends files.
    DOWNLOAD_ADDRESSES = "download_addresses.txt";
    /// What links say that lead to a file and do not name it.
    DOWNLOAD_LABELS = "download_labels.txt";
    /// Alternative texts of pictures that say nothing.
    PICTURE_WORDS = "picture_words.txt";
    /// Tools of a page that templates glue to a name.
    TOOLS_BEHIND_NAMES = "tools_behind_names.txt";
    /// Parts of the names of accounts of content management systems.
    ACCOUNTS = "accounts.txt";
    /// What names of portals end with.
    PORTAL_ENDINGS = "portal_endings.txt";
    /// Words that head a column of a table, also of one in which no cell holds a number.
    COLUMN_HEADS = "column_heads.txt";
    /// Names of meta tags that hold a field of an article, best first.
    META_TAGS = "meta_tags.txt";
    /// What names of sites and of the bodies that run them end with.
    SITE_NAME_ENDINGS = "site_name_endings.txt";
    /// Parts of the ids and classes of elements that hold a title.
    TITLE_BOXES = "title_boxes.txt";
    /// What lines that are no part of an article begin with.
    FURNITURE_STARTS = "furniture_starts.txt";
    /// What stands anywhere in lines that are no part of an article.
    FURNITURE_PARTS = "furniture_parts.txt";
    /// What lines in the foot of a page hold.
    LEGAL_LINES = "legal_lines.txt";
    /// What heads of boxes of further links are made of.
    RELATED_HEADS = "related_heads.txt";
    /// Ways to the rest of an article on the same page.
    UNFOLDERS = "unfolders.txt";
    /// Heads of what a site says of its rights below an article.
    SITE_NOTICES = "site_notices.txt";
    /// Heads of what readers say of an article.
    COMMENT_HEADS = "comment_heads.txt";
    /// What lines of nothing but tools are made of.
    TOOL_LINES = "tool_lines.txt";
    /// Heads of what a machine says an article is about.
    SUMMARY_HEADS = "summary_heads.txt";
    /// Endings of addresses and names of files that are documents.
    FILES_OF_DOCUMENTS = "files_of_documents.txt";
    /// Words on the links of a pager, and where they lead.
    PAGER_STEPS = "pager_steps.txt";
    /// Labels of buttons that load more of a list.
    LOAD_MORE = "load_more.txt";
    /// Keys whose value is made at the moment of the request.
    CACHE_BUSTERS = "cache_busters.txt";
    /// Labels of links to the rest of an article.
    REST_OF_ARTICLE = "rest_of_article.txt";
    /// Functions that draw a pager.
    SCRIPT_PAGERS = "script_pagers.txt";
    /// Keys of a query or a form that choose a page of a list.
    PAGE_PARAMETERS = "page_parameters.txt";
    /// Names of fields in JSON records, and what they hold.
    JSON_FIELDS = "json_fields.txt";
    /// Labels of links that are never items of a list.
    NO_ITEM_LABELS = "no_item_labels.txt";
    /// Parts of the links in the foot of every portal.
    SMALL_PRINT = "small_print.txt";
    /// What the link to the article before or behind begins with.
    NEIGHBOUR_ARTICLES = "neighbour_articles.txt";
    /// What stands on articles beside the text.
    ARTICLE_TOOLS = "article_tools.txt";
    /// What portals write before or behind the title of an article.
    TITLE_BADGES = "title_badges.txt";
    /// What stands before or behind the title of an item.
    TITLE_MARKS = "title_marks.txt";
    /// Parts of the headings of boxes beside the list of a column.
    SIDE_HEADINGS = "side_headings.txt";
    /// Labels on the way to any column of reports.
    COLUMN_WAYS = "column_ways.txt";
    /// What is named like the way to such a column and leads elsewhere.
    COLUMN_ASTRAY = "column_astray.txt";
    /// Labels near the column of annual reports on law-based government.
    RULE_OF_LAW_WAYS = "rule_of_law_ways.txt";
    /// Folder names in pinyin that stand for that column.
    RULE_OF_LAW_PINYIN = "rule_of_law_pinyin.txt";
    /// Labels near the column of annual reports on open government information.
    FOI_WAYS = "foi_ways.txt";
    /// Names of that column.
    FOI_COLUMNS = "foi_columns.txt";
    /// Folder names in pinyin that stand for that column.
    FOI_PINYIN = "foi_pinyin.txt";
    /// Labels near the column of work reports of a government.
    WORK_REPORT_WAYS = "work_report_ways.txt";
    /// Folder names in pinyin that stand for that column.
    WORK_REPORT_PINYIN = "work_report_pinyin.txt";
    /// What the name of a site adds to the name of the place.
    SITE_ENDINGS = "site_endings.txt";
    /// What titles of documents end with, and what such a document is.
    DOCUMENT_TYPES = "document_types.txt";
    /// What names of bodies end with.
    BODIES = "bodies.txt";
    /// Short names of kinds of bodies and the full ones.
    SHORT_BODIES = "short_bodies.txt";
    /// What the second line of the name of a body begins with.
    BODY_ENDINGS = "body_endings.txt";
    /// Posts whose holders sign orders and give speeches.
    POSTS = "posts.txt";
    /// What notices of a meeting say below its time.
    EVENT_PARTS = "event_parts.txt";
    /// What the line to whom a letter is for begins with when it names no body.
    EVERYONE = "everyone.txt";
    /// What the line to whom a letter is for ends with when it names people or bodies in general.
    RECIPIENTS = "recipients.txt";
    /// What a line before ： ends with that announces the text rather than names a reader.
    NO_RECIPIENTS = "no_recipients.txt";
    /// What alone before ： names a party to a matter.
    PARTY_LABELS = "party_labels.txt";
    /// Labels before the bodies that get a copy.
    COPY_LABELS = "copy_labels.txt";
    /// Labels before the name of who signs.
    SIGNER_LABELS = "signer_labels.txt";
    /// Labels before the day below a text.
    SIGNING_DAY_LABELS = "signing_day_labels.txt";
    /// What words in brackets end with that stand in the place of a seal.
    SEALS = "seals.txt";
    /// What a remark in brackets speaks of.
    REMARKS = "remarks.txt";
    /// Formulas that close a letter.
    CLOSINGS = "closings.txt";
    /// Labels of notes below tables.
    NOTE_LABELS = "note_labels.txt";
    /// What lines around an attached document begin with that are no title of it.
    NO_TITLES = "no_titles.txt";
    /// What a letter says of the document that it makes known.
    PROMULGATIONS = "promulgations.txt";
    /// What announces somebody's words.
    SAYING = "saying.txt";
    /// What headings of reports begin with.
    HEADING_VERBS = "heading_verbs.txt";
    /// Nouns that end the names of themes.
    HEADING_NOUNS = "heading_nouns.txt";
    /// What a heading ends with over a list of things or persons.
    THINGS = "things.txt";
    /// What sentences begin with that tell something.
    SENTENCE_OPENINGS = "sentence_openings.txt";
    /// Words that begin like those and name something.
    NAME_OPENINGS = "name_openings.txt";
    /// What sentences hold that order or tell something.
    DUTIES = "duties.txt";
    /// What sentences of announcements hold that settle something.
    SETTLEMENTS = "settlements.txt";
    /// What a sentence holds that a list goes on with.
    LEAD_INS = "lead_ins.txt";
    /// What the words before ： begin with when they are half a sentence.
    CONDITIONS = "conditions.txt";
    /// Measure words and units.
    MEASURE_WORDS = "measure_words.txt";
    /// What stands behind 第五条 when a sentence speaks about that article.
    ARTICLE_REFERENCES = "article_references.txt";
    /// What stands behind 第五条 when a decision says what becomes of that article.
    AMENDMENTS = "amendments.txt";
    /// Words in a title that tell the genre of a document.
    GENRE_WORDS = "genre_words.txt";
    /// Words in a heading that make it a part of an annual report on law-based government.
    RULE_OF_LAW_PARTS = "rule_of_law_parts.txt";
    /// Words in a heading that make it a part of an annual report on government information.
    FOI_PARTS = "foi_parts.txt";
    /// Parts of the names of firms that make sites.
    SITE_MAKERS = "site_makers.txt";
    /// Verbs of headlines that tell of a document.
    HEADLINE_VERBS = "headline_verbs.txt";
    /// Ends of the names of columns of interpretations.
    INTERPRETATION_COLUMNS = "interpretation_columns.txt";
    /// Peoples in the names of autonomous regions.
    PEOPLES = "peoples.txt";
    /// Bodies of the whole country.
    MINISTRIES = "ministries.txt";
    /// Measure words and units behind a figure.
    FIGURE_UNITS = "figure_units.txt";
    /// Marks of zones, which are no regions.
    ZONES = "zones.txt";
    /// What pages call themselves that collect columns about one matter.
    TOPIC_NAMES = "topic_names.txt";
    /// What the name of a zone begins with that is named by its kind alone.
    ZONE_KINDS = "zone_kinds.txt";
    /// What stands behind the name of a zone.
    BEHIND_ZONES = "behind_zones.txt";
    /// What makes the short name of a place before it another word.
    BEHIND_PLACES = "behind_places.txt";
    /// What names of bodies end with that are no part of a government.
    HOUSES = "houses.txt";
    /// What stands behind the name of a township that speaks for itself.
    TOWNSHIP_BODIES = "township_bodies.txt";
    /// What stands before the number of a cited document and is no part of its mark.
    NUMBER_LEADS = "number_leads.txt";
    /// Words before a number by which it is an estimate or a bound.
    FIGURE_BOUNDS = "figure_bounds.txt";
    /// Words behind a number by which it is an estimate or a bound.
    FIGURE_BOUNDS_BEHIND = "figure_bounds_behind.txt";
    /// Words that end like a bound and bound nothing.
    NO_FIGURE_BOUNDS = "no_figure_bounds.txt";
    /// Words that begin like a unit and are none.
    UNIT_COMPOUNDS = "unit_compounds.txt";
    /// Words that end in 法 and name no law.
    NO_LAWS = "no_laws.txt";
    /// What the foot of a page says of where the body that runs the site is found.
    CONTACTS = "contacts.txt";
    /// What a line that ends in 文件 holds when it names a subject.
    LETTERHEAD_SUBJECTS = "letterhead_subjects.txt";
    /// What titles and red heads end with to which a document number is glued.
    BEFORE_NUMBERS = "before_numbers.txt";
    /// What OpenSSL says when a server is too old for safe settings.
    OLD_TLS = "old_tls.txt";
}

#[cfg(test)]
mod tests;
