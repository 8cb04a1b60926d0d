//! The files that hang on an article: links, what scripts of links open, what frames show.

use std::borrow::Cow;

use url::Url;

use crate::model::Attachment;
use crate::page::line_class::{is_file_address, is_file_name};
use crate::page::{Id as _, NodeId, Span, Tag, Tree, View};
use crate::text::{clean_line, dates, is_blank};
use crate::words::DOWNLOAD_LABELS;

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
    let named = || {
        let text = clean_line(&tree.text(tree.span(at)));
        is_file_name(without_size(&text)) || !leads_to_page(href) && (announces(&text) || is_announced(tree, at))
    };
    let is_file = is_file_address(href) || tree.attribute(at, "download").is_some() || named();
    is_file.then_some(Cow::Borrowed(href))
}

/// The name of a file without its size: 报名表.docx (32KB).
fn without_size(text: &str) -> &str {
    let Some(inside) = text.trim_end().strip_suffix([')', '）', ']', '】']) else { return text };
    let Some((name, size)) = inside.rsplit_once(['(', '（', '[', '【']) else { return text };
    if is_size(size) { name.trim_end() } else { text }
}

/// `32KB`
fn is_size(text: &str) -> bool {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || ". ".contains(c)).to_ascii_uppercase();
    unit.len() < text.len() && matches!(unit.as_str(), "B" | "K" | "M" | "KB" | "MB" | "字节")
}

/// An address with the ending of a page or a picture, or none behind its host.
fn leads_to_page(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    // What sends files is asked for one of them.
    let sends = path.len() < href.len() && !href.contains('#');
    last.is_empty() || last.contains('.') && !sends
}

/// 附件1：报名表: what it links is one, whatever its address.
fn announces(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("附件") else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十 ".contains(c));
    rest.strip_prefix([':', '：', '.', '、']).is_some_and(|name| !name.trim().is_empty())
}

/// 附件： stands right before the link, or 附件下载 heads its list.
fn is_announced(tree: &Tree, at: NodeId) -> bool {
    /// So many nodes before the link its label stands; so far out from it a list is headed.
    const NEAR: usize = 3;
    const LEVELS: usize = 3;
    let before =
        (at - NEAR).to(at).iter().rev().find_map(|at| Some(clean_line(tree.text_of(at)?)).filter(|t| !t.is_empty()));
    let is_label = |text: &str| {
        let word = text.trim_end_matches([':', '：']);
        word.len() < text.len() && (word == "附件" || word == "附件下载" || word == "相关附件")
    };
    if before.is_some_and(|text| is_label(&text)) {
        return true;
    }
    tree.upwards(at).take(LEVELS).any(|inner| {
        let head = above(tree, inner).filter(|&head| tree.span(head).len() < 2 * NEAR);
        let text = head.map(|head| clean_line(&tree.text(tree.span(head))));
        text.is_some_and(|text| {
            matches!(text.trim_end_matches([':', '：']), "附件" | "附件下载" | "相关附件" | "附件列表")
        })
    })
}

/// The element before another in the same one, if only blanks part them and it is not deep.
fn above(tree: &Tree, inner: NodeId) -> Option<NodeId> {
    const DEEPEST: usize = 8;
    let parent = tree.parent(inner);
    let is_blank = |at: &NodeId| tree.text_of(*at).is_some_and(|text| text.trim().is_empty());
    let last = parent.max(inner - DEEPEST).to(inner).iter().rev().find(|at| !is_blank(at))?;
    tree.upwards(last).take(DEEPEST).find(|&at| at > parent && tree.parent(at) == parent)
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
    if is_way(&shown) {
        let said = ["title", "download"].into_iter().filter_map(|name| tree.attribute(at, name)).map(clean_line);
        let said = said.into_iter().find(|name| !name.is_empty() && !is_way(name));
        return said.or_else(|| beside(tree, at)).unwrap_or(shown);
    }
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
    let pictured = || tree.span(at).iter().filter_map(|at| tree.attribute(at, "alt")).find(|name| is_file_name(name));
    let whole = whole.or_else(|| pictured().filter(|_| shown.is_empty()).map(clean_line));
    whole.unwrap_or_else(|| if shown.is_empty() { file_name(address) } else { shown })
}

/// The text of a link that says how to get a file and not which: 点击下载.
fn is_way(text: &str) -> bool {
    DOWNLOAD_LABELS.is(text.trim_matches(|c: char| is_blank(c) || "[]【】（）()".contains(c)))
}

/// The name that stands before a link in its line or in the cells before it.
fn beside(tree: &Tree, at: NodeId) -> Option<String> {
    /// Most characters of a name, and how far out from the link it stands.
    const LONGEST: usize = 100;
    const LEVELS: usize = 4;
    let is_name = |text: &String| {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let day = dates(text).next().is_some_and(|found| found.start == 0);
        letters > 1
            && !day
            && !is_size(text)
            && !is_way(text)
            && !text.ends_with([':', '：'])
            && text.parse::<f64>().is_err()
    };
    let outer =
        tree.upwards(at).take(LEVELS).take_while(|&outer| !matches!(tree.name(outer), "table" | "ul" | "ol" | "body"));
    outer.into_iter().find_map(|outer| {
        // What stands before another link is its name.
        let before = outer.to(at);
        let from = before.iter().rfind(|&other| tree.tag(other) == Some(Tag::Link)).map(|link| tree.end(link));
        let texts = from.unwrap_or(outer).to(at).iter().filter_map(|at| tree.text_of(at)).map(clean_line);
        let names: Vec<String> = texts.filter(is_name).collect();
        let is_prose = names.iter().any(|name| name.contains('。') || name.chars().count() > LONGEST);
        let file = names.iter().find(|name| is_file_name(name));
        let name = file.or_else(|| names.iter().max_by_key(|name| name.chars().count()));
        name.filter(|_| !is_prose).cloned()
    })
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
