//! `styles.xml`: what a paragraph or run looks like by its style.

use std::collections::HashMap;

use super::super::face::is_heading_face;
use super::super::xml::Element;

/// Styles that a style is based on, at most.
const CHAIN: usize = 30;

/// What properties say of a paragraph or a run; `None` = nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Bold.
    pub(super) bold: Option<bool>,
    /// Set in a heading face.
    pub(super) face: Option<bool>,
    /// Hidden.
    pub(super) hidden: Option<bool>,
    /// Centred.
    pub(super) centred: Option<bool>,
    /// The list; 0 = none.
    pub(super) list: Option<u32>,
    /// The level in the list.
    pub(super) level: Option<usize>,
    /// The paragraph is a heading.
    pub(super) heading: Option<bool>,
}

impl Look {
    /// What the properties of a run (`rPr`) say.
    pub(super) fn of_run(properties: Option<Element<'_>>) -> Self {
        let mut look = Self::default();
        for property in properties.into_iter().flat_map(Element::children) {
            match property.name() {
                "b" => look.bold = Some(is_on(property)),
                "vanish" => look.hidden = Some(is_on(property)),
                "rFonts" => {
                    let face = property.attr("eastAsia").or_else(|| property.attr("ascii"));
                    look.face = face.map(|face| is_heading_face(&face)).or(look.face);
                }
                _ => {}
            }
        }
        look
    }

    /// What the properties of a paragraph (`pPr`) say.
    pub(super) fn of_paragraph(properties: Option<Element<'_>>) -> Self {
        let mut look = Self::default();
        for property in properties.into_iter().flat_map(Element::children) {
            match property.name() {
                "jc" => look.centred = property.attr("val").map(|value| value == "center"),
                "outlineLvl" => look.heading = number(property).map(|level| level < 9),
                "numPr" => {
                    look.list = property.child("numId").and_then(number);
                    look.level = property.child("ilvl").and_then(number).and_then(|level| usize::try_from(level).ok());
                }
                _ => {}
            }
        }
        look
    }

    /// What this says, and where it says nothing, what `below` says.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            face: self.face.or(below.face),
            hidden: self.hidden.or(below.hidden),
            centred: self.centred.or(below.centred),
            list: self.list.or(below.list),
            level: self.level.or(below.level),
            heading: self.heading.or(below.heading),
        }
    }
}

/// A switch is on unless it says otherwise.
pub(super) fn is_on(property: Element<'_>) -> bool {
    !property.attr("val").is_some_and(|value| matches!(value.as_ref(), "0" | "false" | "off" | "none"))
}

/// `w:val` as a number.
pub(super) fn number(element: Element<'_>) -> Option<u32> {
    element.attr("val").and_then(|value| value.trim().parse().ok())
}

#[derive(Debug, Default)]
struct Style {
    based: Option<String>,
    look: Look,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    /// What holds where no style says anything.
    base: Look,
}

impl Styles {
    /// Reads the part.
    pub(super) fn read(root: Element<'_>) -> Self {
        let mut styles = Self::default();
        if let Some(defaults) = root.child("docDefaults") {
            let run = defaults.child("rPrDefault").and_then(|defaults| defaults.child("rPr"));
            let paragraph = defaults.child("pPrDefault").and_then(|defaults| defaults.child("pPr"));
            styles.base = Look::of_paragraph(paragraph).over(Look::of_run(run));
        }
        for style in root.children().filter(|element| element.name() == "style") {
            let Some(id) = style.attr("styleId").map(std::borrow::Cow::into_owned) else { continue };
            let paragraph = style.attr("type").is_none_or(|kind| kind == "paragraph");
            if paragraph && style.attr("default").is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on")) {
                styles.default = Some(id.clone());
            }
            let value = |name: &str| style.child(name).and_then(|element| element.attr("val"));
            let mut look = Look::of_paragraph(style.child("pPr")).over(Look::of_run(style.child("rPr")));
            if value("name").is_some_and(|name| name.to_ascii_lowercase().starts_with("heading ")) {
                look.heading = Some(true);
            }
            styles.by_id.insert(id, Style { based: value("basedOn").map(std::borrow::Cow::into_owned), look });
        }
        styles
    }

    /// What a style says, with those that it is based on.
    pub(super) fn look(&self, id: Option<&str>) -> Look {
        let mut look = Look::default();
        let mut next = id;
        for _ in 0..CHAIN {
            let Some(style) = next.and_then(|id| self.by_id.get(id)) else { break };
            look = look.over(style.look);
            next = style.based.as_deref();
        }
        look
    }

    /// What the style of a paragraph says; one that is not known counts as the default.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Look {
        let id = id.filter(|id| self.by_id.contains_key(*id)).or(self.default.as_deref());
        self.look(id).over(self.base)
    }

    /// The style that a paragraph without one has.
    pub(super) fn default_id(&self) -> Option<&str> {
        self.default.as_deref()
    }

    /// The style and those that it is based on, nearest first.
    pub(super) fn chain<'s>(&'s self, id: &'s str) -> impl Iterator<Item = &'s str> {
        let based = |id: &&'s str| self.by_id.get(*id).and_then(|style| style.based.as_deref());
        std::iter::successors(Some(id), based).take(CHAIN)
    }
}
