//! The files that hang on an article: links, what scripts of links open, what frames show.

use std::borrow::Cow;

use url::Url;

use crate::model::Attachment;
use crate::page::line_class::{is_file_address, is_file_name};
use crate::page::{NodeId, Span, Tag, Tree, View};
use crate::text::clean_line;

/// Most files of one article.
const MOST_FILES: usize = 500;

/// The files beside the body.
pub(super) fn attachments(view: &View, body: NodeId, base: Option<&Url>) -> Vec<Attachment> {
    /// Portals put the list of files beside the body, so far out; a parent that holds much more is the page.
    const LEVELS: usize = 4;
    const MUCH_MORE: (usize, usize) = (3, 60);
    let tree = &view.tree;
    let mut found = Vec::new();
    let Some(base) = base else { return found };
    let size = |at: NodeId| tree.span(at).len();
    let around = tree.upwards(body).take(LEVELS).take_while(|&at| size(at) < size(body) * MUCH_MORE.0 + MUCH_MORE.1);
    linked(tree, tree.span(around.last().unwrap_or(body)), base, &mut found);
    found
}

/// The files of a page that has no text beside them: where none hangs near the body, those of the article, else those
/// that a script of the page shows.
pub(super) fn complete(view: &View, article: Span<NodeId>, found: &mut Vec<Attachment>, base: Option<&Url>) {
    let (tree, Some(base)) = (&view.tree, base) else { return };
    if found.is_empty() {
        linked(tree, article, base, found);
    }
    if found.is_empty() {
        for address in tree.scripts().filter_map(file_in_script) {
            add(found, base, address, file_name);
        }
    }
}

/// Adds the files that the elements link or show.
fn linked(tree: &Tree, among: Span<NodeId>, base: &Url, found: &mut Vec<Attachment>) {
    for at in among.iter() {
        if let Some(address) = address(tree, at) {
            add(found, base, &address, |address| name(tree, at, address));
        }
    }
}

fn add(found: &mut Vec<Attachment>, base: &Url, address: &str, name: impl Fn(&str) -> String) {
    let Ok(url) = base.join(address.trim()) else { return };
    let is_new = || found.iter().all(|known| known.url != url);
    if found.len() < MOST_FILES && matches!(url.scheme(), "http" | "https") && is_new() {
        found.push(Attachment { name: name(address), url });
    }
}

/// The address of the file that an element links or shows.
pub(super) fn address(tree: &Tree, at: NodeId) -> Option<Cow<'_, str>> {
    if matches!(tree.name(at), "iframe" | "embed" | "object" | "frame") {
        let shown = tree.attribute(at, "src").or_else(|| tree.attribute(at, "data"))?;
        return shown_file(shown);
    }
    if tree.tag(at) != Some(Tag::Link) {
        return None;
    }
    let href = tree.attribute(at, "href").unwrap_or_default().trim();
    // Where a script opens it, the address may stand beside the link's own.
    let kept = ["data-href", "data-url", "data-src"].into_iter().filter_map(|name| tree.attribute(at, name));
    if let Some(kept) = kept.map(str::trim).find(|kept| is_file_address(kept)).filter(|_| !is_file_address(href)) {
        return Some(Cow::Borrowed(kept));
    }
    let is_script = href.get(..11).is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript:"));
    if is_script || href.is_empty() || href.starts_with('#') {
        let scripts = [Some(href).filter(|_| is_script), tree.attribute(at, "onclick")];
        return scripts.into_iter().flatten().find_map(file_in_script).map(Cow::Borrowed);
    }
    let named = || tree.attribute(at, "download").is_some() || is_file_name(&clean_line(&tree.text(tree.span(at))));
    (is_file_address(href) || named()).then_some(Cow::Borrowed(href))
}

/// A file that a frame shows, by itself or in a viewer: `viewer.html?file=/upload/report.pdf`.
fn shown_file(source: &str) -> Option<Cow<'_, str>> {
    let (path, query) = source.split_once('?').unwrap_or((source, ""));
    if is_file_address(path) {
        return Some(Cow::Borrowed(source));
    }
    let (query, fragment) = query.split_once('#').or(path.split_once('#')).unwrap_or((query, ""));
    let path = path.split('#').next().unwrap_or_default();
    if is_file_address(fragment) {
        return in_viewer(path, fragment).map(Cow::Owned);
    }
    let mut values = url::form_urlencoded::parse(query.as_bytes()).map(|(_, value)| value);
    values.find(|value| is_file_address(value)).map(|value| Cow::Owned(value.into_owned()))
}

/// The address behind the `#` of a viewer, which is relative to it: `/ViewerJS/#../upload/report.pdf`.
fn in_viewer(viewer: &str, file: &str) -> Option<String> {
    // Where the page itself stands does not matter, so that any host serves.
    let somewhere = Url::parse("http://page.invalid/").ok()?;
    let url = somewhere.join(viewer).ok()?.join(file).ok()?;
    let relative = !viewer.contains("://") && !file.contains("://");
    Some(if relative { url.path().to_owned() } else { url.to_string() })
}

/// The first constant of a script that is the address of a file: `downFile('/upload/a1.docx')`.
fn file_in_script(script: &str) -> Option<&str> {
    // Between quotes every second part is a constant.
    let constants = script.split(['\'', '"']).skip(1).step_by(2);
    let template = |text: &str| text.contains(['{', '}', '<', '>', '+', '$']);
    constants.map(str::trim).find(|text| is_file_address(text) && !template(text))
}

/// The name of a file: the text of its link, or what says it whole.
fn name(tree: &Tree, at: NodeId, address: &str) -> String {
    let shown = clean_line(&tree.text(tree.span(at)));
    let cut = shown.ends_with(['…', '.']) && !is_file_name(&shown);
    if !shown.is_empty() && !cut {
        // `download` names the file as it is saved, with its ending.
        let saved = tree.attribute(at, "download").map(str::trim).filter(|name| is_file_name(name));
        let saved = saved.filter(|name| !is_file_name(&shown) && name.starts_with(&shown));
        return saved.map_or(shown, str::to_owned);
    }
    let begins = |title: &&str| shown.is_empty() || title.starts_with(shown.trim_end_matches(['…', '.']));
    let whole = ["title", "download"].into_iter().filter_map(|name| tree.attribute(at, name));
    let whole = whole.map(str::trim).find(|title| !title.is_empty() && begins(title)).map(str::to_owned);
    whole.unwrap_or_else(|| if shown.is_empty() { file_name(address) } else { shown })
}

/// The last part of an address.
fn file_name(address: &str) -> String {
    address.rsplit('/').next().unwrap_or(address).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constant_of_a_script_that_is_a_file_is_found() {
        for (script, file) in [
            ("javascript:downFile('/upload/a1.docx')", Some("/upload/a1.docx")),
            ("window.open(\"/f/c5.zip\")", Some("/f/c5.zip")),
            ("down('12', './list.xls'); return false", Some("./list.xls")),
            ("javascript:window.print()", None),
            ("javascript:go('/zwgk/index.html')", None),
            ("open('${file}.pdf')", None),
            ("javascript:void(0)", None),
        ] {
            assert_eq!(file_in_script(script), file, "{script}");
        }
    }

    #[test]
    fn a_viewer_shows_the_file_of_its_query() {
        for (source, file) in [
            ("/pdfjs/web/viewer.html?file=/upload/2023/report.pdf", Some("/upload/2023/report.pdf")),
            ("/v?x=1&file=%2Fupload%2Freport.ofd#page=2", Some("/upload/report.ofd")),
            ("/ViewerJS/#../upload/report.pdf", Some("/upload/report.pdf")),
            ("https://docs.example/v/index.html#/f/report.ofd", Some("https://docs.example/f/report.ofd")),
            ("./P0202303.pdf", Some("./P0202303.pdf")),
            ("./P0202303.pdf?t=1", Some("./P0202303.pdf?t=1")),
            ("https://map.example/embed?q=1", None),
            ("/viewer.html", None),
        ] {
            assert_eq!(shown_file(source).as_deref(), file, "{source}");
        }
    }
}
