//! What the `<style>` elements of a page say of line ends: boxes that are shown as blocks, text whose line ends count.

use std::collections::HashMap;

use scraper::node::Element;

use super::tag::{attribute, names_of};

/// What a style says of the flow of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flow {
    /// Text before and after the element stands on lines of its own.
    pub(crate) block: bool,
    /// Line ends of the source are line ends of the text.
    pub(crate) preformatted: bool,
}

/// The rules of a page that matter for line ends, by the tag, class or id that they name.
///
/// A rule counts if its last part names a class or an id, or if it is a tag alone; what stands above is not looked at.
#[derive(Debug, Default)]
pub(crate) struct Sheet(HashMap<String, Flow>);

impl Sheet {
    /// Adds the rules of a `<style>` element.
    pub(crate) fn read(&mut self, css: &str) {
        if !(css.contains("block") || css.contains("pre") || css.contains("flex")) {
            return;
        }
        for rule in css.split('}') {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            let flow = flow_of(declarations);
            if flow == Flow::default() {
                continue;
            }
            let selectors = selectors.rsplit(['{', ';', '/']).next().unwrap_or_default();
            for name in selectors.split(',').filter_map(|selector| name(selector.trim())) {
                let known = self.0.entry(name).or_default();
                known.block |= flow.block;
                known.preformatted |= flow.preformatted;
            }
        }
    }

    /// What the rules and its own attribute say of an element.
    pub(crate) fn flow(&self, element: &Element) -> Flow {
        let own = attribute(element, "style").map(flow_of).unwrap_or_default();
        if self.0.is_empty() {
            return own;
        }
        let of = |name: &str| self.0.get(name).copied().unwrap_or_default();
        let named = names_of(element)
            .flat_map(str::split_ascii_whitespace)
            .flat_map(|name| [of(&format!(".{name}")), of(&format!("#{name}"))]);
        named.chain([of(element.name()), own]).fold(Flow::default(), |all, flow| Flow {
            block: all.block || flow.block,
            preformatted: all.preformatted || flow.preformatted,
        })
    }
}

/// What declarations say, as in a rule or in a `style` attribute.
pub(crate) fn flow_of(declarations: &str) -> Flow {
    let mut flow = Flow::default();
    for declaration in declarations.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.trim_ascii().to_ascii_lowercase();
        match property.trim_ascii().to_ascii_lowercase().as_str() {
            "display" => flow.block = matches!(word(&value), "block" | "flex" | "grid" | "list-item" | "table"),
            "white-space" => flow.preformatted = word(&value).starts_with("pre"),
            _ => {}
        }
    }
    flow
}

/// The first word of a value: `block !important`.
fn word(value: &str) -> &str {
    value.split([' ', '!']).next().unwrap_or_default()
}

/// The class, id or tag that a selector ends with, in lower case for a tag.
fn name(selector: &str) -> Option<String> {
    let last = selector.rsplit([' ', '>', '+', '~']).next()?;
    if last.is_empty() || last.contains([':', '[', '*']) {
        return None;
    }
    match last.rfind(['.', '#']) {
        Some(at) => last.get(at..).map(str::to_owned),
        None => (last == selector).then(|| last.to_ascii_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_counts_for_the_class_id_or_tag_that_it_ends_with() {
        let mut sheet = Sheet::default();
        sheet.read("/* x */ .a, div .b { display: block !important } #c{white-space:pre-wrap} span{display:block}");
        sheet.read(
            "@media screen{ .d{display:block} } nav em{display:block} .e:hover{display:block} .f{display:inline-block}",
        );
        let of = |name: &str| sheet.0.get(name).copied().unwrap_or_default();
        for name in [".a", ".b", "span", ".d"] {
            assert_eq!(of(name), Flow { block: true, preformatted: false }, "{name}");
        }
        assert_eq!(of("#c"), Flow { block: false, preformatted: true });
        for name in ["em", ".e", ".f", "nav"] {
            assert_eq!(of(name), Flow::default(), "{name}");
        }
    }

    #[test]
    fn a_style_attribute_is_read_alike() {
        for (css, block, preformatted) in [
            ("display:block", true, false),
            ("color:red; DISPLAY : Block", true, false),
            ("display:inline-block", false, false),
            ("white-space:pre-line", false, true),
            ("display:none", false, false),
        ] {
            assert_eq!(flow_of(css), Flow { block, preformatted }, "{css}");
        }
    }
}
