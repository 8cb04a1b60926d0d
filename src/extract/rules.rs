//! Every rule of extraction, by the decision that it is part of.

use crate::config::ArticleRules;
use crate::model::{Without, rules};

/// What extraction is told besides the page.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// What the source file says of the article.
    pub article: &'a ArticleRules,
    /// What is switched off.
    pub without: &'a Without,
}

impl Default for Rules<'_> {
    fn default() -> Self {
        const NONE: &ArticleRules = &ArticleRules { body: None, title: None, remove: None };
        Self { article: NONE, without: Without::NOTHING }
    }
}

rules! {
    /// What makes the lines of a page weigh little or nothing when the body is looked for.
    pub enum WeightRule: "weight" {
        /// It stands on the page a second time: the mobile copy beside the desktop's.
        Copy = "copy",
        /// It stands above the line that shows the title.
        AboveTitle = "above_title",
        /// It stands in the foot of the page, below its first legal line.
        Foot = "foot",
        /// It is what the site says of its rights, from 版权与免责声明 to the end of the box.
        SiteNotice = "site_notice",
        /// It stands in a box of other pages, each with its summary, or of comments.
        RelatedBox = "related_box",
        /// It stands in a box whose id or class says that it surrounds an article.
        FurnitureBox = "furniture_box",
    }
}

rules! {
    /// Why this element holds the body: why the next smaller one does not, or who named it.
    pub enum BodyRule: "body" {
        /// The source file names it (`article.body`).
        Source = "source",
        /// Running text of the page stands outside of the smaller one.
        TextOutside = "text_outside",
        /// Not so: that text is stray sentences among links, as slogans are.
        Strays = "strays",
        /// Lines that close a document stand below the smaller one.
        ClosingLines = "closing_lines",
        /// A box that an editor of portal software fills would be left, or be taken apart.
        EditorBox = "editor_box",
        /// The smaller one is a part of a table of data.
        DataTable = "data_table",
        /// The smaller one is one of several boxes in a row that are built alike.
        Items = "items",
        /// The smaller one is a line of its own beside others of the same make: a paragraph.
        Paragraph = "paragraph",
        /// There is no smaller one that weighs anything.
        Innermost = "innermost",
    }
}

rules! {
    /// Why the body is more or less than what stands in its element.
    pub enum ReachRule: "reach" {
        /// Lines of text stand above it, below the title and its metadata.
        Above = "above",
        /// Lines of text stand below it, above the first furniture.
        Below = "below",
        /// A table of data stands below it, above the first furniture.
        TableBelow = "table_below",
        /// Not so: behind its signature and day stands a single sentence, a word of the site to its readers.
        LoneSentence = "lone_sentence",
        /// It ends where a box of other articles, of comments or of rights begins inside.
        OtherArticles = "other_articles",
        /// A part of the article waits hidden beside it until a reader unfolds it.
        Unfolded = "unfolded",
    }
}

rules! {
    /// Why a line in the element of the body is no part of the body.
    pub enum DropRule: "drop" {
        /// A script may show it; the reader does not see it.
        Hidden = "hidden",
        /// A script writes it beside the text: boxes of links and files.
        Written = "written",
        /// Nothing but characters of an icon font.
        IconFont = "icon_font",
        /// The source file removes it (`article.remove`).
        Source = "source",
        /// A tool of the page: 打印本页, 扫一扫在手机打开当前页.
        Tool = "tool",
        /// A link to what explains the article: 点击查看政策解读：《…》.
        Interpretation = "interpretation",
        /// 上一页 1 2 3 下一页, the way to the other pages of the article.
        Pager = "pager",
        /// 展开全文, the way to the rest on the same page.
        Unfolder = "unfolder",
        /// A box whose id or class says that it surrounds an article, without a sentence in it.
        FurnitureBox = "furniture_box",
        /// The foot of the page: who runs the site, its numbers, its rights.
        Foot = "foot",
        /// The article stands there a second time.
        Copy = "copy",
        /// A box of links beside the article, above it in the markup.
        SideLinks = "side_links",
        /// Metadata, and what stands above it.
        Head = "head",
        /// The title.
        Title = "title",
        /// Scraps above the title.
        AboveTitle = "above_title",
        /// A bare day below the title, which is that of the publication.
        BareDay = "bare_day",
        /// What a machine says the article is about: 智能摘要.
        MachineSummary = "machine_summary",
        /// Boxes of links, tools and legal lines below the text.
        Tail = "tail",
        /// — 1 —, the number of a printed page between the lines of its text.
        PageNumber = "page_number",
    }
}

impl DropRule {
    /// The rule tells what the line is; others tell it by where it stands.
    pub(super) fn is_certain(self) -> bool {
        !matches!(self, Self::Head | Self::AboveTitle | Self::Tail)
    }
}

rules! {
    /// Why a sentence of the page that is not in the text is no part of the article for certain; for all others there
    /// is a warning.
    pub enum LeftRule: "left_out" {
        /// The reader does not see it.
        Hidden = "hidden",
        /// A rule for the lines in the element of the body names it: a tool, the title, the source file.
        Named = "named",
        /// The body says the same.
        Copy = "copy",
        /// It stands in a box whose id or class says that it surrounds an article.
        FurnitureBox = "furniture_box",
        /// It stands above the line that shows the title.
        AboveTitle = "above_title",
        /// It stands in the foot of the page.
        Foot = "foot",
        /// It is what the site says of its rights.
        SiteNotice = "site_notice",
        /// It stands below what ends every article: the way to the next one, a box of others, of comments.
        BelowEnd = "below_end",
        /// It is mostly a link, or sums up the page that the line beside it links to.
        Link = "link",
        /// It says so itself: a tool of the page, a label.
        Says = "says",
    }
}

rules! {
    /// Why a line goes on with the one before.
    pub enum JoinRule: "join" {
        /// The page breaks lines at a fixed width within sentences.
        FixedWidth = "fixed_width",
        /// A printed sheet breaks them at its width, and paragraphs stand in or are cut within sentences.
        Printed = "printed",
    }
}

rules! {
    /// Where the title comes from.
    pub enum TitleRule: "title" {
        /// A head of the page has the letters of one of the titles that the tags declare.
        Declared = "declared",
        /// A main heading right above metadata that says more than the meta tag of the article.
        HeadBeforeTag = "head_before_tag",
        /// The meta tag of the article; the page shows nothing like it.
        ArticleTag = "article_tag",
        /// A label of the page: 标题：.
        Label = "label",
        /// A label in the first rows of the text, as letters have it: 信件标题.
        InnerLabel = "inner_label",
        /// A main heading that is a part of the `<title>`, behind the name of a column.
        PagePart = "page_part",
        /// The head of the body, below a red head or a number; nothing above the body looks like a title.
        BodyHead = "body_head",
        /// A short one of the tags, which a heading of the page says: 停水通知.
        Short = "short",
        /// One word, 公示, that page and tags show.
        OneWord = "one_word",
        /// The most prominent head above the body.
        Head = "head",
        /// A less prominent one; the tags name the site only.
        HeadBesideSite = "head_beside_site",
        /// The `<title>` without the names of column and site.
        PageTag = "page_tag",
    }
}

rules! {
    /// Where the day of publication comes from.
    pub enum DayRule: "published" {
        /// A label that says so: 发布时间：.
        Label = "label",
        /// A label that says so if no other does: 时间：, 更新时间：.
        DayLabel = "day_label",
        /// A day alone in its line between title and body.
        UnderTitle = "under_title",
        /// A day in an element beside one with a name, between title and body: `<span>2023年2月28日</span><span>县政府办</span>`.
        BesideName = "beside_name",
        /// The day of the month and the month in two boxes of the head: 28 and 2023-02.
        Badge = "badge",
        /// A day with a time alone in a line right below the text.
        BelowText = "below_text",
        /// A day without a label behind the value of another.
        BehindValue = "behind_value",
        /// The attribute of a `<time>` between title and text; nothing that is shown says a day.
        TimeElement = "time_element",
        /// A label of another day of the document: 生成日期：; no other day is shown or tagged.
        DocumentDay = "document_day",
        /// A meta tag.
        Tag = "tag",
        /// The address; nothing else says a day, or the tag is more than a year later: the page was made anew.
        Address = "address",
    }
}

rules! {
    /// Where the 发文字号 comes from.
    pub enum NumberRule: "document_number" {
        /// A label: 发文字号：.
        Label = "label",
        /// A line that is nothing else, at the head of the text.
        Line = "line",
        /// The title.
        Title = "title",
        /// The number of an order or announcement, as a label says it: 第281号, 公告〔2023〕3号.
        OrderLabel = "order_label",
        /// The same as a line of its own at the head of the text: 重庆市人民政府令第306号.
        OrderLine = "order_line",
        /// Such a number below the name of the order, or below a title that names one: 第5号.
        OrderLines = "order_lines",
        /// The name of the file of the document: its only one, one with its title, or any where the label is there and empty.
        File = "file",
    }
}

rules! {
    /// Why a value is no name of an author or publisher, or is taken for one.
    pub enum NameRule: "name" {
        /// The first value without one of the faults below is the name.
        First = "first",
        /// It stands for nothing: 无, `null`, a template that was not filled in.
        Placeholder = "placeholder",
        /// It is the column of the site.
        Column = "column",
        /// It is too long for a name.
        TooLong = "too_long",
        /// It is a tag's name of the firm that made the site.
        Vendor = "vendor",
        /// It is an account of the content management system.
        Account = "account",
        /// It is the portal itself, named by a tag.
        Portal = "portal",
    }
}

rules! {
    /// What tells that a page is no article.
    pub enum PageRule: "page_type" {
        /// The signature of a bot wall, and hardly any text; or nothing but a script that is made unreadable.
        Wall = "wall",
        /// A phrase of error pages, and hardly any text.
        ErrorPhrase = "error_phrase",
        /// Most lines are the titles of other pages.
        TitlesOfOthers = "titles_of_others",
        /// Most lines are items of a column: a title that leads to a page, a summary, a day.
        Items = "items",
        /// A page of a topic: a few words above columns.
        Topic = "topic",
        /// A list that says that it is what a search found, or a page that is called a search and counts.
        SearchHits = "search_hits",
        /// A form that asks the reader for an answer.
        Form = "form",
        /// Nothing but files.
        FilesOnly = "files_only",
        /// Nothing but pictures.
        PicturesOnly = "pictures_only",
        /// There is no body.
        NoBody = "no_body",
        /// Neither tags nor labels of an article, and the body is scant or links.
        Undeclared = "undeclared",
    }
}

/// The names of all rules of extraction.
pub fn rule_names() -> Vec<&'static str> {
    let names = [
        WeightRule::ALL.iter().map(|rule| rule.name()).collect::<Vec<_>>(),
        BodyRule::ALL.iter().map(|rule| rule.name()).collect(),
        ReachRule::ALL.iter().map(|rule| rule.name()).collect(),
        DropRule::ALL.iter().map(|rule| rule.name()).collect(),
        LeftRule::ALL.iter().map(|rule| rule.name()).collect(),
        JoinRule::ALL.iter().map(|rule| rule.name()).collect(),
        TitleRule::ALL.iter().map(|rule| rule.name()).collect(),
        DayRule::ALL.iter().map(|rule| rule.name()).collect(),
        NumberRule::ALL.iter().map(|rule| rule.name()).collect(),
        NameRule::ALL.iter().map(|rule| rule.name()).collect(),
        PageRule::ALL.iter().map(|rule| rule.name()).collect(),
    ];
    names.concat()
}
