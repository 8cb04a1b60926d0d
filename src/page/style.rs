//! What the look of an element says: hidden, bold or in a heading face, centred; read from its own attributes.

use html5ever::{Attribute, local_name};

use super::dom::Element;
use super::sheet::{Flow, declared};
use super::tag::Tag;
use super::written::WRITTEN;

/// Parts of the names of the faces of headings.
const HEADING_FACES: [&str; 6] = ["黑体", "楷体", "小标宋", "simhei", "kaiti", "heiti"];

/// Classes by which the style sheets of frameworks that portals use hide an element: `AngularJS`, `Layui`, `Bootstrap` 3 to 5.
const HIDING: [&str; 5] = ["ng-hide", "layui-hide", "hide", "hidden", "d-none"];

/// The class of a tab in `Bootstrap` and `Layui`, and those of the one that is open.
const TABS: [(&str, &[&str]); 2] = [("tab-pane", &["active", "show", "in"]), ("layui-tab-item", &["layui-show"])];

/// The look that an element hands on to what is inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own, and all pairs occur")]
pub(crate) struct Style {
    /// `display: none` on the element or above it.
    pub(crate) hidden: bool,
    /// Bold type.
    pub(crate) bold: bool,
    /// 黑体 or 楷体, the faces of headings (GB/T 9704-2012 7.3.3).
    pub(crate) face: bool,
    /// Set in the middle of the line.
    pub(crate) centred: bool,
    /// Inside a link.
    pub(crate) link: bool,
    /// A script writes it.
    pub(crate) written: bool,
    /// Line ends of the source are line ends of the text.
    pub(crate) preformatted: bool,
}

/// The look of an element below one that looks like `above`, and what its own attribute says of the flow of text.
pub(crate) fn style_of(element: &Element, tag: Tag, above: Style) -> (Style, Flow) {
    let mut style = above;
    match *element.local() {
        local_name!("b") | local_name!("strong") => style.bold = true,
        local_name!("center") => style.centred = true,
        local_name!("pre") => style.preformatted = true,
        _ => {}
    }
    match tag {
        Tag::Heading => style.bold = true,
        Tag::Link => style.link = true,
        Tag::Table => style.centred = false,
        _ => {}
    }
    let mut css = "";
    for Attribute { name, value } in &element.attrs {
        match name.local {
            local_name!("style") => css = value,
            local_name!("align") => style.centred = value.eq_ignore_ascii_case("center"),
            _ if &*name.local == WRITTEN => style.written = true,
            local_name!("hidden") => style.hidden = true,
            local_name!("class") => style.hidden |= hides(value),
            local_name!("face") => style.face = is_heading_face(value.as_bytes()),
            _ => {}
        }
    }
    // Whatever stands where: a style sheet has the last word.
    let flow = read(css, &mut style);
    (style, flow)
}

/// Whether the classes hide an element on a wide screen.
fn hides(classes: &str) -> bool {
    let any = |fits: &dyn Fn(&str) -> bool| classes.split_ascii_whitespace().any(fits);
    // d-none d-md-block and hidden md:block hide from narrow screens only.
    let widens = |class: &str| {
        let display = class.starts_with("d-") && !class.ends_with("-none");
        display || class.contains(':') || class.starts_with("visible")
    };
    let closed = |(tab, open): &(&str, &[&str])| any(&|class| class == *tab) && !any(&|class| open.contains(&class));
    any(&|class| HIDING.contains(&class)) && !any(&widens) || TABS.iter().any(closed)
}

fn read(css: &str, style: &mut Style) -> Flow {
    let mut flow = Flow::default();
    for (property, value) in declared(css) {
        match property {
            p if p.eq_ignore_ascii_case(b"display") => {
                style.hidden |= starts_with(value, b"none");
                flow.declare(property, value);
            }
            p if p.eq_ignore_ascii_case(b"text-align") => style.centred = starts_with(value, b"center"),
            p if p.eq_ignore_ascii_case(b"font-weight") => {
                style.bold = starts_with(value, b"bold") || matches!(value.first(), Some(b'6'..=b'9'));
            }
            p if p.eq_ignore_ascii_case(b"font-family") => style.face = is_heading_face(value),
            p if p.eq_ignore_ascii_case(b"white-space") => {
                style.preformatted = starts_with(value, b"pre");
                flow.declare(property, value);
            }
            _ => {}
        }
    }
    flow
}

fn starts_with(value: &[u8], word: &[u8]) -> bool {
    value.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// The first family named is the one that a reader with these fonts sees.
fn is_heading_face(families: &[u8]) -> bool {
    let first = families.split(|&byte| byte == b',').next().unwrap_or_default();
    let begins = |at: usize, face: &str| {
        first.get(at..at + face.len()).is_some_and(|name| name.eq_ignore_ascii_case(face.as_bytes()))
    };
    // Few letters begin one of the names.
    let may_begin = |byte: u8| matches!(byte.to_ascii_lowercase(), b's' | b'k' | b'h' | 0xe5 | 0xe6 | 0xe9);
    let mut places = first.iter().enumerate().filter(|(_, byte)| may_begin(**byte));
    places.any(|(at, _)| HEADING_FACES.iter().any(|face| begins(at, face)))
}
