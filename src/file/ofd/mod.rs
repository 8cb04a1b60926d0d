//! OFD (GB/T 33190-2016): the characters and lines of each page; what they mean is read in `layout`.

mod object;

use std::collections::HashMap;

use super::face::{is_bold, is_heading_face};
use super::layout::{Drawn, Sheet};
use super::package::Package;
use super::xml::{Element, Tree, decode};
use super::{FileError, Limits};
use object::Canvas;

/// Lengths of the format are millimetres.
const POINTS: f32 = 72.0 / 25.4;
/// A4, for a page that does not say its size.
const PAGE: [f32; 4] = [0.0, 0.0, 210.0, 297.0];

/// The characters, lines and pictures of every page of every document of the file.
pub(super) fn glyphs(bytes: &[u8], limits: &Limits) -> Result<Drawn, FileError> {
    let mut package = Package::open(bytes, limits)?;
    let main = part(&mut package, "OFD.xml")?.ok_or(FileError::Broken("OFD.xml"))?;
    let main = Tree::parse(&main, limits)?;
    let mut drawn = Drawn { title: None, sheets: Vec::new() };
    let mut glyphs = limits.glyphs;
    for body in main.root()?.children().filter(|child| child.name() == "DocBody") {
        let title = body.child("DocInfo").and_then(|info| info.child("Title"));
        let title = title.map(|title| crate::text::clean_line(&title.text())).filter(|title| !title.is_empty());
        drawn.title = drawn.title.or(title);
        let Some(root) = body.child("DocRoot").map(Element::text) else { continue };
        document(&mut package, root.trim(), limits, &mut glyphs, &mut drawn.sheets)?;
    }
    if drawn.sheets.is_empty() { Err(FileError::Broken("pages")) } else { Ok(drawn) }
}

fn document(
    package: &mut Package<'_>,
    path: &str,
    limits: &Limits,
    glyphs: &mut usize,
    sheets: &mut Vec<Sheet>,
) -> Result<(), FileError> {
    let text = part(package, path)?.ok_or(FileError::Broken("missing document"))?;
    let tree = Tree::parse(&text, limits)?;
    let root = tree.root()?;
    let common = root.child("CommonData");
    let parts = || common.into_iter().flat_map(Element::children);
    let named =
        |element: Element<'_>| Some((element.attr("ID")?.into_owned(), beside(path, &element.attr("BaseLoc")?)));
    let templates: HashMap<String, String> =
        parts().filter(|child| child.name() == "TemplatePage").filter_map(named).collect();
    let mut fonts = HashMap::new();
    for resource in parts().filter(|child| child.name().ends_with("Res")) {
        if let Some(text) = part(package, &beside(path, resource.text().trim()))? {
            heading_fonts(&Tree::parse(&text, limits)?, &mut fonts)?;
        }
    }
    let whole = common.and_then(|common| common.child("PageArea")).and_then(page_box).unwrap_or(PAGE);
    let pages = root.child("Pages").into_iter().flat_map(Element::children).filter(|child| child.name() == "Page");
    for page in pages {
        if sheets.len() >= limits.pages {
            return Err(FileError::TooLarge("pages"));
        }
        let Some(content) = page.attr("BaseLoc") else { continue };
        // A page that is named and missing is blank, as readers show it.
        let Some(text) = part(package, &beside(path, &content))? else {
            sheets.push(Sheet::default());
            continue;
        };
        let tree = Tree::parse(&text, limits)?;
        let root = tree.root()?;
        let area = root.child("Area").and_then(page_box).unwrap_or(whole);
        let mut canvas = Canvas::new(area, &fonts, glyphs);
        for template in root.children().filter(|child| child.name() == "Template") {
            let Some(path) = template.attr("TemplateID").and_then(|id| templates.get(id.as_ref())) else { continue };
            if let Some(text) = part(package, path)? {
                canvas.draw(Tree::parse(&text, limits)?.root()?)?;
            }
        }
        canvas.draw(root)?;
        sheets.push(canvas.sheet);
    }
    Ok(())
}

fn page_box(area: Element<'_>) -> Option<[f32; 4]> {
    let text = area.child("PhysicalBox")?.text();
    let numbers = object::numbers(&text);
    <[f32; 4]>::try_from(numbers.get(..4)?).ok().filter(|area| area[2] > 0.0 && area[3] > 0.0)
}

/// Fonts by their number, whether they make a heading.
fn heading_fonts(tree: &Tree<'_>, fonts: &mut HashMap<String, bool>) -> Result<(), FileError> {
    for font in tree.root()?.descendants().filter(|element| element.name() == "Font") {
        let Some(id) = font.attr("ID") else { continue };
        let names = ["FontName", "FamilyName"].into_iter().filter_map(|name| font.attr(name));
        let heading = names.into_iter().any(|name| is_heading_face(&name) || is_bold(&name));
        fonts.insert(id.into_owned(), heading || font.attr("Bold").as_deref() == Some("true"));
    }
    Ok(())
}

fn part(package: &mut Package<'_>, path: &str) -> Result<Option<String>, FileError> {
    Ok(package.part(path)?.map(|bytes| decode(&bytes).into_owned()))
}

/// A path as a part names it: from the root with a leading `/`, else from the folder of the part.
fn beside(part: &str, path: &str) -> String {
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if path.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in base.split('/').chain(path.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_from_where_they_stand() {
        for (part, path, whole) in [
            ("Doc_0/Document.xml", "Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
            ("Doc_0/Document.xml", "/Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
            ("Doc_0/Document.xml", "../Res/./Fonts.xml", "Res/Fonts.xml"),
            ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Document.xml"),
        ] {
            assert_eq!(beside(part, path), whole);
        }
    }
}
