//! `numbering.xml`: the lists of a document.

use std::collections::HashMap;

use super::super::list::{Format, Instance, LEVELS, Level, Lists, Suffix};
use super::super::xml::Element;
use super::styles::{Styles, is_on, number};

/// The lists, and which levels belong to which paragraph styles.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The lists.
    pub(super) lists: Lists,
    /// Family and style of paragraphs → level.
    linked: HashMap<(u32, String), usize>,
}

impl Numbering {
    /// Reads the part.
    pub(super) fn read(root: Element<'_>, styles: &Styles) -> Self {
        let mut numbering = Self::default();
        let named = |name: &'static str| root.children().filter(move |element| element.name() == name);
        let instance_of = |list: u32| named("num").find(|num| id(*num, "numId") == Some(list));
        for family in named("abstractNum") {
            let Some(key) = id(family, "abstractNumId") else { continue };
            // A list style: its levels stand with the family that the style names.
            let style = family.child("numStyleLink").and_then(|link| link.attr("val"));
            let linked = style.and_then(|style| {
                let list = styles.look(Some(&style)).list.and_then(instance_of)?;
                let target = list.child("abstractNumId").and_then(number)?;
                named("abstractNum").find(|family| id(*family, "abstractNumId") == Some(target))
            });
            let mut levels = vec![Level { format: Format::None, ..Level::default() }; LEVELS];
            for element in linked.unwrap_or(family).children().filter(|element| element.name() == "lvl") {
                let Some(at) = place(element) else { continue };
                if let Some(style) = element.child("pStyle").and_then(|style| style.attr("val")) {
                    numbering.linked.insert((key, style.into_owned()), at);
                }
                if let Some(level) = levels.get_mut(at) {
                    *level = read_level(element);
                }
            }
            numbering.lists.families.insert(key, levels);
        }
        for num in named("num") {
            let (Some(list), Some(family)) = (id(num, "numId"), num.child("abstractNumId").and_then(number)) else {
                continue;
            };
            let mut instance = Instance { family, ..Instance::default() };
            for change in num.children().filter(|element| element.name() == "lvlOverride") {
                let Some(at) = place(change) else { continue };
                if let Some(level) = change.child("lvl").map(read_level) {
                    instance.starts.insert(at, level.start);
                    instance.levels.insert(at, level);
                }
                if let Some(start) = change.child("startOverride").and_then(number) {
                    instance.starts.insert(at, start);
                }
            }
            numbering.lists.instances.insert(list, instance);
        }
        numbering
    }

    /// The level that a list keeps for paragraphs of a style, or of those that it is based on.
    pub(super) fn level_of_style<'s>(&self, list: u32, mut styles: impl Iterator<Item = &'s str>) -> Option<usize> {
        let family = self.lists.instances.get(&list)?.family;
        styles.find_map(|style| self.linked.get(&(family, style.to_owned())).copied())
    }
}

fn id(element: Element<'_>, name: &str) -> Option<u32> {
    element.attr(name).and_then(|value| value.trim().parse().ok())
}

fn place(element: Element<'_>) -> Option<usize> {
    id(element, "ilvl").and_then(|at| usize::try_from(at).ok()).filter(|&at| at < LEVELS)
}

fn read_level(element: Element<'_>) -> Level {
    let value = |name: &str| element.child(name).and_then(|child| child.attr("val"));
    let format = element.child("numFmt").or_else(|| {
        // Formats younger than a program stand in an alternative that older ones pass over.
        element.child("AlternateContent")?.children().find_map(|choice| choice.child("numFmt"))
    });
    let custom = format.filter(|format| format.attr("val").is_some_and(|name| name == "custom"));
    let format = match custom.and_then(|format| format.attr("format")) {
        // 17.9.17: a custom format is a row of examples, 001, 002, …
        Some(example) if example.starts_with('0') => Format::Zero,
        _ => format.and_then(|format| format.attr("val")).map_or(Format::Decimal, |name| Format::named(&name)),
    };
    Level {
        start: element.child("start").and_then(number).unwrap_or(0),
        format,
        text: value("lvlText").unwrap_or_default().into_owned(),
        suffix: match value("suff").as_deref() {
            Some("space") => Suffix::Space,
            Some("nothing") => Suffix::Nothing,
            _ => Suffix::Tab,
        },
        legal: element.child("isLgl").is_some_and(is_on),
        restart: element.child("lvlRestart").and_then(number).and_then(|level| usize::try_from(level).ok()),
    }
}
