//! An article as extraction found it: its metadata and its blocks.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Block, Warning};

/// The article of a page: what stands above and around the text, and the text as blocks.
///
/// Every field is what the page shows; nothing is inferred from the body, which is the business of `structure`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Id of the portal family that matched.
    pub profile: Option<String>,
    /// Title, lines joined without a space.
    pub title: Option<String>,
    /// Title line by line.
    pub title_lines: Vec<String>,
    /// 发布时间: the day the page shows, else that of the meta tags, else that of the address.
    pub published: Option<Date>,
    /// The instant, RFC 3339 with `+08:00`, if the page gives a time of day.
    pub published_at: Option<String>,
    /// Where the day was found.
    pub published_from: Option<DayOrigin>,
    /// 作者.
    pub author: Option<String>,
    /// 来源 (meta `ContentSource`).
    pub publisher: Option<String>,
    /// 发文字号 with its brackets as 〔〕 (GB/T 9704-2012 7.2.5).
    pub document_number: Option<String>,
    /// 索引号 of government information pages.
    pub index_number: Option<String>,
    /// 当前位置, outermost first, without the title or 正文.
    pub breadcrumb: Vec<String>,
    /// `SiteIDCode` of the portal: ten digits, of which the first six are the region that registered it.
    pub site_code: Option<String>,
    /// 访问量 when the page was fetched, if the server wrote it into the page.
    pub views: Option<u64>,
    /// Files that the article links to.
    pub attachments: Vec<Attachment>,
    /// The article, in reading order.
    pub blocks: Vec<Block>,
    /// Further pages of the article, whose blocks are among these.
    pub page_urls: Vec<Url>,
    /// Odd but usable things met on the way.
    pub warnings: Vec<Warning>,
}

/// A file that an article links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Name as the page shows it.
    pub name: String,
    /// Absolute address.
    pub url: Url,
}

impl Document {
    /// The clean text: blocks joined by `\n`.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.blocks.iter().map(|block| block.text.len() + 1).sum());
        for (n, block) in self.blocks.iter().enumerate() {
            if n > 0 {
                text.push('\n');
            }
            text.push_str(&block.text);
        }
        text
    }
}

/// Where the day of publication was found, in the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayOrigin {
    /// The page shows it, or a script writes it as a constant.
    Page,
    /// Its meta tags say it.
    Meta,
    /// The list that leads to the page shows it.
    List,
    /// Its address holds it.
    Url,
}
