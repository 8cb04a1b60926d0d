//! What the `<style>` elements of a page say of line ends: boxes that are shown as blocks, text whose line ends count.

use std::collections::HashMap;

use super::dom::Element;

/// What a style says of the flow of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flow {
    /// Text before and after the element stands on lines of its own.
    pub(crate) block: bool,
    /// Line ends of the source are line ends of the text.
    pub(crate) preformatted: bool,
}

impl Flow {
    /// What two rules say together.
    fn and(self, other: Self) -> Self {
        Self { block: self.block || other.block, preformatted: self.preformatted || other.preformatted }
    }

    /// Adds a declaration, white space around its parts removed.
    pub(crate) fn declare(&mut self, property: &[u8], value: &[u8]) {
        if property.eq_ignore_ascii_case(b"display") {
            let (value, blocks) = (word(value), ["block", "flex", "grid", "list-item", "table"]);
            self.block = blocks.iter().any(|block| value.eq_ignore_ascii_case(block.as_bytes()));
        } else if property.eq_ignore_ascii_case(b"white-space") {
            self.preformatted = word(value).get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case(b"pre"));
        }
    }
}

/// The rules of a page that matter for line ends.
///
/// A rule counts if its last part names a class or an id, or if it is a tag alone; what stands above is not looked at.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// By class or id.
    named: HashMap<String, Flow>,
    /// By tag, in lower case.
    tags: HashMap<String, Flow>,
}

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
            for subject in selectors.split(',').filter_map(|selector| subject(selector.trim())) {
                let known = match subject {
                    Subject::Named(name) => self.named.entry(name.to_owned()).or_default(),
                    Subject::Tag(name) => self.tags.entry(name.to_ascii_lowercase()).or_default(),
                };
                *known = known.and(flow);
            }
        }
    }

    /// What the rules say of an element, and its own attribute.
    pub(crate) fn flow(&self, element: &Element, own: Flow) -> Flow {
        let mut flow = own;
        if let Some(&of_tag) = self.tags.get(element.name()) {
            flow = flow.and(of_tag);
        }
        if !self.named.is_empty() {
            let names = element.names().flat_map(str::split_ascii_whitespace);
            flow = names.filter_map(|name| self.named.get(name)).fold(flow, |all, &of_name| all.and(of_name));
        }
        flow
    }
}

/// What the declarations of a rule say.
fn flow_of(declarations: &str) -> Flow {
    let mut flow = Flow::default();
    for (property, value) in declared(declarations) {
        flow.declare(property, value);
    }
    flow
}

/// The declarations of a rule or a `style` attribute: property and value, without the white space around them.
///
/// As bytes, since a page has thousands of a few letters each.
pub(crate) fn declared(css: &str) -> impl Iterator<Item = (&[u8], &[u8])> {
    css.as_bytes().split(|&byte| byte == b';').filter_map(|declaration| {
        let (property, value) = declaration.split_at_checked(declaration.iter().position(|&byte| byte == b':')?)?;
        Some((property.trim_ascii(), value.strip_prefix(b":")?.trim_ascii()))
    })
}

/// The first word of a value: `block !important`.
fn word(value: &[u8]) -> &[u8] {
    value.split(|byte| matches!(byte, b' ' | b'!')).next().unwrap_or_default()
}

/// What a rule is for.
#[derive(Debug, Clone, Copy)]
enum Subject<'a> {
    /// Elements with this class or id.
    Named(&'a str),
    /// Elements with this tag.
    Tag(&'a str),
}

/// What a selector ends with.
fn subject(selector: &str) -> Option<Subject<'_>> {
    let last = selector.rsplit([' ', '>', '+', '~']).next()?;
    if last.is_empty() || last.contains([':', '[', '*']) {
        return None;
    }
    match last.rfind(['.', '#']) {
        Some(at) => last.get(at + 1..).map(Subject::Named),
        None => (last == selector).then_some(Subject::Tag(last)),
    }
}

#[cfg(test)]
mod tests {
    use html5ever::local_name;

    use super::*;
    use crate::page::parse::parse;

    #[test]
    fn a_rule_counts_for_the_class_id_or_tag_that_it_ends_with() {
        let mut sheet = Sheet::default();
        sheet.read("/* x */ .a, div .b { display: block !important } #c{white-space:pre-wrap} span{display:block}");
        sheet.read(
            "@media screen{ .d{display:block} } nav em{display:block} .e:hover{display:block} .f{display:inline-block}",
        );
        let of = |markup: &str| {
            let page = parse(markup);
            let body = page.named(&local_name!("body")).next().unwrap();
            sheet.flow(page.element(page.first_child(body).unwrap()).unwrap(), Flow::default())
        };
        for name in ["<i class='x a'>", "<i class=b>", "<span>", "<i class=d>"] {
            assert_eq!(of(name), Flow { block: true, preformatted: false }, "{name}");
        }
        assert_eq!(of("<i id=c>"), Flow { block: false, preformatted: true });
        for name in ["<em>", "<i class=e>", "<i class=f>", "<nav>"] {
            assert_eq!(of(name), Flow::default(), "{name}");
        }
    }

    #[test]
    fn declarations_tell_blocks_and_kept_line_ends() {
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
