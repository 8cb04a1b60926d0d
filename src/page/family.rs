//! Portal families, known by the form of their articles' addresses and by what only they write into their pages.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::marks::Marks;
use super::view::View;

/// Id, form of the articles' addresses (path and query), and what only the family writes into its pages, in lower case.
type Family = (&'static str, &'static str, &'static [&'static str]);

/// The portal families; of equals the first counts, which is the more particular.
const FAMILIES: [Family; 20] = [
    ("shanghai", r"/\d{8}/[0-9a-f]{32}\.html$", &["ivs_content", "ivs_title", "trout-region-content"]),
    (
        "trs_static",
        r"/t\d{8}_\d+\.s?html?$",
        &[
            "trs_editor",
            "trs_ueditor",
            "trs_paper_default",
            "custom_unionstyle",
            "class=\"currchnlcls",
            "class=currchnlcls",
            PAGER_OF_NUMBERS,
        ],
    ),
    ("gkmlpt", r"/gkmlpt/content/", &["/gkmlpt/", "gkmlpt_"]),
    ("nfcms", r"/m?post_\d+\.html$", &["nfcms_", "id=\"nfcms", "class=\"fjdown", "id=\"artcontent"]),
    (
        "hanweb_jcms",
        r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$|/art/\d{4}/art_[0-9a-f]{32}\.html$",
        &[
            "/module/web/jpage/",
            "/module/jpage/",
            "/module/jslib/",
            "<recordset>",
            "dataproxy.jsp",
            "barrierfree_container",
            "bt_content",
            "bt_link",
        ],
    ),
    (
        "hanweb_jpaas",
        r"/art/\d{4}/art_[0-9a-f]{32}\.html$",
        &["jpaas-", "parsetype=\"bu", "parsetype='bu", "parsetype=bu", "con_con", "editor-content", "pageidentify"],
    ),
    ("hanweb_xxgk", r"/jcms_files/jcms1/.*/art_\d+_\d+\.html$", &["/module/xxgk/", "xxgk_bmxl", "<tr syh="]),
    (
        "ucap_static",
        r"/\d{4}/?\d{1,2}/(?:\d{1,2}/)?[0-9a-f]{32}\.s?html?$|/c\d+/\d{6}/c?\d+_\d+\.shtml$",
        &["ucap", PAGER_OF_NAMES],
    ),
    (
        "vsb",
        r"/info/\d+/\d+\.html?$|wbnewsid=",
        &["_vsb_", "vsb_content", "v_news_content", "wbtreeid", "list_vsb", ".vsb?", ".vsb\"", ".vsb'"],
    ),
    ("siteserver", r"/contents/\d+/\d+\.html$", &["/channels/", "sitefiles", "siteserver", "stl:"]),
    ("jeecms", r"/\d+\.jhtml$|/\w+/\d+\.jhtml$", &[".jhtml", "jeecms", "/r/cms/"]),
    ("epoint", r"/\d{8}/[0-9a-f]{8}-[0-9a-f-]{27}\.html$", &["\"ewb-", "'ewb-", " ewb-", "epointweb", "categorynum"]),
    (
        "lonsun",
        r"/public/\d+/\d+\.html$|/content/article/\d+",
        &["/site/label/", "lonsun", "j-fontcontent", "j-info-hit", "ls-article-info", "newscontnet", "gkwz_contnet"],
    ),
    ("eportal", r"articleKey=|/eportal/ui\?", &["easysite-", "/eportal/"]),
    ("turbocms", r"/n\d{5,}(?:/n\d{5,})*/c\d+/content\.html$", &["turbocms"]),
    (
        "xinhua",
        r"/20\d\d-?\d\d/\d\d/c_\d+\.htm$|/c_\d{8,}\.htm$",
        &["datasource:", "id=\"showdata0", "id='showdata0", "id=showdata0"],
    ),
    ("trs_igs", r"/was5/web/detail", &["/igs/front/search", "/was5/web/search"]),
    ("hunan", r"/c\d+/\d{8}/i\d+\.html$|/(?:\d+/)+content_\d+\.html$", &["tys-main", "j-show-body", "publicclassname"]),
    (
        "staticpages",
        r"(?i)/staticpages?/|/cms/html/.+/\d{4}-\d{2}-\d{2}/\d+\.html",
        &["id=\"contentdiv", "name=\"urlmeta", "/cms/siteresource/"],
    ),
    ("aspx", r"\.aspx(?:\?|$)", &["__viewstate", "__dopostback"]),
];

/// The call that draws a pager: TRS gives it numbers, UCAP names.
const PAGER: &str = "createpagehtml";
const PAGER_OF_NUMBERS: &str = "createpagehtml(1";
const PAGER_OF_NAMES: &str = "createpagehtml('";

/// Families whose list pages have addresses of their own.
const PLACES: [(&str, &str); 1] = [("trs_igs", "/was5/web/")];

/// What the form of an address, the marks of a page and the address of a list are worth, of a hundred.
const WORTH: (usize, usize, usize) = (100, 60, 100);
/// Fewest of these that tell the family of a list and of an article.
const LEAST: (usize, usize) = (30, 60);

/// An address has the digits of ASCII alone; those of every script would take ten times as long to compile.
static ADDRESSES: LazyLock<Vec<Regex>> =
    LazyLock::new(|| FAMILIES.iter().map(|(_, form, _)| fixed(&form.replace(r"\d", "[0-9]"))).collect());

/// The marks of all families, looked for at once, with the family of each.
static MARKS: LazyLock<(Marks, Vec<usize>)> = LazyLock::new(|| {
    let of = |(n, (.., marks)): (usize, &Family)| marks.iter().map(move |mark| (*mark, n));
    let marks = FAMILIES.iter().enumerate().flat_map(of).filter(|(mark, _)| !is_call(mark));
    let (mut words, families): (Vec<&str>, Vec<usize>) = marks.unzip();
    words.push(PAGER);
    (Marks::new(words), families)
});

fn is_call(mark: &str) -> bool {
    mark.starts_with(PAGER)
}

/// For every family whether it left a mark.
fn marked(markup: &str) -> [bool; FAMILIES.len()] {
    let (marks, families) = &*MARKS;
    let mut marked = [false; FAMILIES.len()];
    marks.each(markup, |mark, end| {
        let family = families.get(mark).copied();
        if let Some(family) = family.or_else(|| called(markup.get(end..).unwrap_or_default())) {
            marked[family] = true;
        }
    });
    marked
}

/// The family that calls what draws a pager with such arguments.
fn called(behind: &str) -> Option<usize> {
    let argument = behind.trim_ascii_start().strip_prefix('(')?.trim_ascii_start();
    let mark = match argument.bytes().next()? {
        b'0'..=b'9' => PAGER_OF_NUMBERS,
        b'\'' | b'"' => PAGER_OF_NAMES,
        _ => return None,
    };
    FAMILIES.iter().position(|(.., marks)| marks.contains(&mark))
}

fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of the program")
}

/// The family of a list page: what most of its items look like, then what its markup says.
pub fn of_list<'a>(view: &View, items: impl Iterator<Item = &'a Url>) -> Option<&'static str> {
    let items: Vec<&Url> = items.collect();
    let place = |id: &str| PLACES.iter().any(|(placed, place)| *placed == id && view.url().path().starts_with(place));
    best(view, LEAST.0, |n, id| {
        let n_alike = items.iter().filter(|url| ADDRESSES[n].is_match(url.as_str())).count();
        // Links to other portals are among the items; half of those that lead somewhere is plenty.
        WORTH.0 * n_alike / items.len().max(1) + if place(id) { WORTH.2 } else { 0 }
    })
}

/// The family of an article: the form of its address, then what its markup says.
pub fn of_article(view: &View) -> Option<&'static str> {
    let address = view.page.url.as_ref().map(Url::as_str);
    let alike = |n: usize| address.is_some_and(|url| ADDRESSES[n].is_match(url));
    best(view, LEAST.1, |n, _| if alike(n) { WORTH.0 } else { 0 })
}

/// The family that is worth most, if it is worth so much.
fn best(view: &View, least: usize, of_addresses: impl Fn(usize, &str) -> usize) -> Option<&'static str> {
    let by_address: Vec<usize> = FAMILIES.iter().enumerate().map(|(n, (id, ..))| of_addresses(n, id)).collect();
    let most = by_address.iter().copied().max().unwrap_or(0);
    // The markup need not be looked through where nothing in it can change the choice.
    let near = by_address.iter().filter(|worth| **worth + WORTH.1 >= most).count();
    let marked = (near > 1).then(|| marked(view.markup()));
    let marks = |n: usize| if marked.is_none_or(|marked| marked[n]) { WORTH.1 } else { 0 };
    let worth = FAMILIES.iter().zip(&by_address).enumerate().map(|(n, ((id, ..), worth))| (worth + marks(n), *id));
    let best = worth.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(worth, _)| *worth >= least).map(|(_, id)| id)
}
