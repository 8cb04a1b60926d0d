//! Portal families, known by the form of their articles' addresses and by what only they write into their pages.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};
use url::Url;

use super::view::View;

/// A portal family: its id, the form of its articles' addresses (path and query), and what only it writes into its
/// pages. Of equals the first counts, which is the more particular.
const FAMILIES: [(&str, &str, &str); 20] = [
    ("shanghai", r"/\d{8}/[0-9a-f]{32}\.html$", r"ivs_content|ivs_title|trout-region-content"),
    (
        "trs_static",
        r"/t\d{8}_\d+\.s?html?$",
        r"(?i)TRS_U?Editor|trs_editor_view|trs_paper_default|Custom_UnionStyle|CurrChnlCls|createPageHTML\s*\(\s*\d+\s*,\s*\d",
    ),
    ("gkmlpt", r"/gkmlpt/content/", r"/gkmlpt/|gkmlpt_"),
    ("nfcms", r"/m?post_\d+\.html$", r#"NFCMS_(?:SITE|POST|CAT|PUB)|id="?NFCMS|class="?fjdown|id="?artContent"#),
    (
        "hanweb_jcms",
        r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$|/art/\d{4}/art_[0-9a-f]{32}\.html$",
        r"/module/(?:web/jpage|jpage|jslib)/|<recordset>|dataproxy\.jsp|barrierfree_container|bt_content|bt_link",
    ),
    (
        "hanweb_jpaas",
        r"/art/\d{4}/art_[0-9a-f]{32}\.html$",
        r"jpaas-|parseType=.buil?d?static|con_con|editor-content|pageidentify",
    ),
    ("hanweb_xxgk", r"/jcms_files/jcms1/.*/art_\d+_\d+\.html$", r"/module/xxgk/|xxgk_bmxl|<tr syh="),
    (
        "ucap_static",
        r"/\d{4}/?\d{1,2}/(?:\d{1,2}/)?[0-9a-f]{32}\.s?html?$|/c\d+/\d{6}/c?\d+_\d+\.shtml$",
        r#"(?i)ucap|createPageHTML\s*\(\s*['"]\w"#,
    ),
    ("vsb", r"/info/\d+/\d+\.html?$|wbnewsid=", r"(?i)_vsb_|vsb_content|v_news_content|wbtreeid|list_vsb|\.vsb\b"),
    ("siteserver", r"/contents/\d+/\d+\.html$", r"(?i)/channels/\d+\.html|sitefiles|siteserver|stl:"),
    ("jeecms", r"/\d+\.jhtml$|/\w+/\d+\.jhtml$", r"(?i)\.jhtml|jeecms|/r/cms/"),
    ("epoint", r"/\d{8}/[0-9a-f]{8}-[0-9a-f-]{27}\.html$", r"(?i)\bewb-|EpointWeb|categorynum"),
    (
        "lonsun",
        r"/public/\d+/\d+\.html$|/content/article/\d+",
        r"(?i)/site/label/\d+|lonsun|j-fontContent|j-info-hit|ls-article-info|newscontnet|gkwz_contnet",
    ),
    ("eportal", r"articleKey=|/eportal/ui\?", r"(?i)easysite-|/eportal/"),
    ("turbocms", r"/n\d{5,}(?:/n\d{5,})*/c\d+/content\.html$", r"(?i)/n\d{6,}/n\d{6,}/index\.html|turbocms"),
    ("xinhua", r"/20\d\d-?\d\d/\d\d/c_\d+\.htm$|/c_\d{8,}\.htm$", r"(?i)datasource:[0-9a-f]{8}|id=.showData0"),
    ("trs_igs", r"/was5/web/detail", r"/igs/front/search|/was5/web/search"),
    ("hunan", r"/c\d+/\d{8}/i\d+\.html$|/(?:\d+/)+content_\d+\.html$", r"tys-main|j-show-body|name=.publicclassName"),
    (
        "staticpages",
        r"(?i)/staticpages?/|/cms/html/.+/\d{4}-\d{2}-\d{2}/\d+\.html",
        r"id=.?contentDiv|name=.?urlMeta|/cms/siteresource/",
    ),
    ("aspx", r"\.aspx(?:\?|$)", r"__VIEWSTATE|__doPostBack"),
];

/// Families whose list pages have addresses of their own.
const PLACES: [(&str, &str); 1] = [("trs_igs", "/was5/web/")];

/// What the form of an address, the marks of a page and the address of a list are worth, of a hundred.
const WORTH: (usize, usize, usize) = (100, 60, 100);
/// Fewest of these that tell the family of a list and of an article.
const LEAST: (usize, usize) = (30, 60);

static ADDRESSES: LazyLock<Vec<Regex>> = LazyLock::new(|| FAMILIES.iter().map(|(_, form, _)| fixed(form)).collect());

/// The marks of all families, looked for at once.
static MARKS: LazyLock<RegexSet> =
    LazyLock::new(|| RegexSet::new(FAMILIES.iter().map(|(.., marks)| marks)).expect("patterns of the program"));

fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of the program")
}

/// The family of a list page: what most of its items look like, then what its markup says.
pub fn of_list<'a>(view: &View, items: impl Iterator<Item = &'a Url>) -> Option<&'static str> {
    let items: Vec<&Url> = items.collect();
    let place = |id: &str| PLACES.iter().any(|(placed, place)| *placed == id && view.url().path().starts_with(place));
    best(view, LEAST.0, |id, form| {
        let n_alike = items.iter().filter(|url| form.is_match(url.as_str())).count();
        // Links to other portals are among the items; half of those that lead somewhere is plenty.
        WORTH.0 * n_alike / items.len().max(1) + if place(id) { WORTH.2 } else { 0 }
    })
}

/// The family of an article: the form of its address, then what its markup says.
pub fn of_article(view: &View) -> Option<&'static str> {
    let address = view.page.url.as_ref().map(Url::as_str);
    best(view, LEAST.1, |_, form| if address.is_some_and(|url| form.is_match(url)) { WORTH.0 } else { 0 })
}

/// The family that is worth most, if it is worth so much.
fn best(view: &View, least: usize, of_addresses: impl Fn(&str, &Regex) -> usize) -> Option<&'static str> {
    let marked = MARKS.matches(view.markup());
    let worth = FAMILIES
        .iter()
        .zip(ADDRESSES.iter())
        .enumerate()
        .map(|(n, ((id, ..), form))| (of_addresses(id, form) + if marked.matched(n) { WORTH.1 } else { 0 }, *id));
    let best = worth.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(worth, _)| *worth >= least).map(|(_, id)| id)
}
