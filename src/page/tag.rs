//! What an element means for the flow of text.

use html5ever::local_name;

use super::dom::Element;

/// What an element means for the flow of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Meta,
    Block,
    Paragraph,
    Heading,
    Break,
    Pre,
    Table,
    Row,
    Cell,
    HeadCell,
    OrderedList,
    Item,
    Link,
    Image,
    Input,
    Frame,
    Inline,
}

impl Tag {
    /// Text before and after it stands on lines of its own.
    pub(crate) fn breaks(self) -> bool {
        !matches!(self, Self::Link | Self::Image | Self::Input | Self::Inline | Self::Meta | Self::Frame)
    }
}

/// An `<a>` that leads nowhere: word processors leave `<a name="OLE_LINK1">` around parts of a text.
fn is_bookmark(element: &Element) -> bool {
    let mut named = element.attrs.is_empty();
    let leads_nowhere = element.attrs.iter().all(|attr| {
        named |= matches!(attr.name.local, local_name!("name") | local_name!("id"));
        matches!(attr.name.local, local_name!("name") | local_name!("id") | local_name!("style") | local_name!("title"))
    });
    leads_nowhere && named
}

pub(crate) fn tag_of(element: &Element) -> Tag {
    match *element.local() {
        local_name!("p") => Tag::Paragraph,
        local_name!("h1")
        | local_name!("h2")
        | local_name!("h3")
        | local_name!("h4")
        | local_name!("h5")
        | local_name!("h6") => Tag::Heading,
        local_name!("br") | local_name!("hr") => Tag::Break,
        local_name!("pre") => Tag::Pre,
        local_name!("table") => Tag::Table,
        local_name!("tr") => Tag::Row,
        local_name!("td") => Tag::Cell,
        local_name!("th") => Tag::HeadCell,
        local_name!("ol") => Tag::OrderedList,
        local_name!("li") => Tag::Item,
        local_name!("a") if is_bookmark(element) => Tag::Inline,
        local_name!("a") => Tag::Link,
        local_name!("img") => Tag::Image,
        local_name!("input") => Tag::Input,
        local_name!("iframe") | local_name!("embed") => Tag::Frame,
        local_name!("meta") => Tag::Meta,
        local_name!("html")
        | local_name!("head")
        | local_name!("body")
        | local_name!("div")
        | local_name!("section")
        | local_name!("article")
        | local_name!("header")
        | local_name!("footer")
        | local_name!("main")
        | local_name!("nav")
        | local_name!("aside")
        | local_name!("ul")
        | local_name!("dl")
        | local_name!("dt")
        | local_name!("dd")
        | local_name!("form")
        | local_name!("fieldset")
        | local_name!("blockquote")
        | local_name!("center")
        | local_name!("address")
        | local_name!("caption")
        | local_name!("tbody")
        | local_name!("thead")
        | local_name!("tfoot")
        | local_name!("figure")
        | local_name!("figcaption")
        | local_name!("details")
        | local_name!("summary")
        | local_name!("legend")
        | local_name!("marquee")
        | local_name!("menu")
        | local_name!("dir") => Tag::Block,
        // UCAP wraps title and body in elements of its own.
        ref name if &**name == "ucaptitle" => Tag::Heading,
        ref name if &**name == "ucapcontent" => Tag::Block,
        _ => Tag::Inline,
    }
}
