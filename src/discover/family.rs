//! Portal families as their list pages show them: the form of the items' addresses, and words in the markup.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern::pattern;
use crate::model::Target;
use crate::page::View;

struct Family {
    id: &'static str,
    /// Addresses of articles.
    item: Regex,
    /// What only this family writes into its list pages.
    marks: Regex,
    /// Where it alone puts them, if its addresses tell.
    place: Option<Regex>,
}

/// Families whose list pages have addresses of their own.
const PLACES: [(&str, &str); 1] = [("trs_igs", "/was5/web/")];

/// Id, form of the articles' addresses, marks of the list page, form of its address.
static FAMILIES: LazyLock<Vec<Family>> = LazyLock::new(|| {
    [
        (
            "trs_static",
            r"/t\d{8}_\d+\.s?html?$",
            r#"(?i)TRS_Editor|class="?CurrChnlCls|createPageHTML\s*\(\s*\d+\s*,\s*\d"#,
        ),
        ("nfcms", r"/m?post_\d+\.html$", r"NFCMS_(?:SITE|POST|CAT|PUB)"),
        ("gkmlpt", r"/gkmlpt/content/", r"/gkmlpt/(?:api|index)|gkmlpt_"),
        (
            "hanweb_jcms",
            r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$|/art/\d{4}/art_[0-9a-f]{32}\.html$",
            r"/module/(?:web/jpage|jpage|jslib)/|<recordset>|dataproxy\.jsp",
        ),
        ("hanweb_jpaas", r"/art/\d{4}/art_[0-9a-f]{32}\.html$", r"jpaas-publish-server|parseType=.buil?d?static"),
        (
            "ucap_static",
            r"/\d{4}/?\d{1,2}/(?:\d{1,2}/)?[0-9a-f]{32}\.s?html?$|/c\d+/\d{6}/c?\d+_\d+\.shtml$",
            r#"(?i)ucap|createPageHTML\s*\(\s*['"]\w"#,
        ),
        ("vsb", r"/info/\d+/\d+\.html?$", r"(?i)_vsb_|vsb_content|wbtreeid|list_vsb|\.vsb\b"),
        ("siteserver", r"/contents/\d+/\d+\.html$", r"(?i)/channels/\d+\.html|siteserver|stl:"),
        ("jeecms", r"/\d+\.jhtml$|/\w+/\d+\.jhtml$", r"(?i)\.jhtml|jeecms"),
        ("epoint", r"/\d{8}/[0-9a-f]{8}-[0-9a-f-]{27}\.html$", r"(?i)\bewb-|epoint|categorynum"),
        ("lonsun", r"/public/\d+/\d+\.html$|/content/article/\d+", r"(?i)/site/label/\d+|lonsun|j-fontContent"),
        ("eportal", r"articleKey=|/eportal/ui\?", r"(?i)easysite-|/eportal/"),
        ("turbocms", r"/n\d{5,}(?:/n\d{5,})*/c\d+/content\.html$", r"(?i)/n\d{6,}/n\d{6,}/index\.html|turbocms"),
        ("xinhua", r"/20\d\d-?\d\d/\d\d/c_\d+\.htm$|/c_\d{8,}\.htm$", r"(?i)datasource:[0-9a-f]{8}|id=.showData0"),
        ("trs_igs", r"/was5/web/detail", r"/igs/front/search|/was5/web/search"),
        ("aspx", r"\.aspx(?:\?|$)", r"__VIEWSTATE|__doPostBack"),
    ]
    .map(|(id, item, marks)| {
        let place = PLACES.iter().find(|(placed, _)| *placed == id).map(|(_, place)| pattern(place));
        Family { id, item: pattern(item), marks: pattern(marks), place }
    })
    .into()
});

/// The family of a list page: what most of its items look like, then what its markup says.
pub(super) fn recognise(view: &View, targets: &[Target]) -> Option<&'static str> {
    let scores = FAMILIES.iter().map(|family| {
        let n_alike = targets.iter().filter(|target| family.item.is_match(target.url.as_str())).count();
        // Links to other portals are among the items; half of those that lead somewhere is plenty.
        let alike = 100 * n_alike / targets.len().max(1);
        let marked = if family.marks.is_match(view.markup()) { 60 } else { 0 };
        let placed = if family.place.as_ref().is_some_and(|place| place.is_match(view.url().path())) { 100 } else { 0 };
        (alike + marked + placed, family.id)
    });
    // Of equals the first in the table: it is the more particular.
    let best = scores.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(score, _)| *score >= 30).map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::LIST_FAMILIES;

    #[test]
    fn every_family_that_is_recognised_can_be_named_in_a_source_file() {
        for family in FAMILIES.iter() {
            assert!(LIST_FAMILIES.contains(&family.id), "{}", family.id);
        }
    }
}
