//! What an element is: what it means for the flow of text, its attributes, its id and classes.

use html5ever::local_name;
use scraper::node::Element;

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

/// The id and the classes of an element.
pub(crate) fn names_of(element: &Element) -> impl Iterator<Item = &str> {
    let named = |name: &html5ever::QualName| matches!(name.local, local_name!("id") | local_name!("class"));
    element.attrs.iter().filter(move |(name, _)| named(name)).map(|(_, value)| &**value)
}

/// The value of an attribute, without the look-up table that `scraper` would build.
pub(crate) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attrs.iter().find(|(known, _)| &*known.local == name).map(|(_, value)| &**value)
}

/// An `<a>` that leads nowhere: word processors leave `<a name="OLE_LINK1">` around parts of a text.
fn is_bookmark(element: &Element) -> bool {
    let named = attribute(element, "name").or_else(|| attribute(element, "id")).is_some() || element.attrs.is_empty();
    named && element.attrs.iter().all(|(name, _)| matches!(&*name.local, "name" | "id" | "style" | "title"))
}

pub(crate) fn tag_of(element: &Element) -> Tag {
    match element.name.local {
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
