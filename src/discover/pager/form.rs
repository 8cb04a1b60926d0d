//! Pagers that send a form: ASP.NET postbacks, and JSP pages whose script fills in the number of the page.

use std::sync::LazyLock;

use regex::Regex;
use scraper::{ElementRef, Selector};
use url::Url;

use crate::discover::pager::query;
use crate::discover::pattern::{pattern, selector};
use crate::model::Posted;
use crate::page::View;

/// Where the script of a pager's link leads, if it sends a form.
pub(super) fn sent(view: &View, element: ElementRef<'_>) -> Option<Url> {
    let scripts = [element.attr("href"), element.attr("onclick")];
    scripts.into_iter().flatten().find_map(|script| post_back(view, script).or_else(|| numbered(view, element, script)))
}

/// `javascript:__doPostBack('AspNetPager1','2')`: all hidden fields, the target and its argument.
fn post_back(view: &View, script: &str) -> Option<Url> {
    static CALL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"__doPostBack\(\s*['"]([^'"]*)['"]\s*,\s*['"]([^'"]*)['"]"#));
    static STATE: LazyLock<Selector> = LazyLock::new(|| selector("input[name=__VIEWSTATE]"));
    let call = CALL.captures(script)?;
    let form = view.html().select(&STATE).next().and_then(form_of)?;
    let set = [("__EVENTTARGET", &call[1]), ("__EVENTARGUMENT", &call[2])];
    let mut fields: Vec<(String, String)> =
        fields(form).into_iter().filter(|(name, _)| !set.iter().any(|(key, _)| name == key)).collect();
    fields.extend(set.map(|(key, value)| (key.to_owned(), value.to_owned())));
    Some(Posted::form(&action(view, form)?, &fields))
}

/// `goPage(2)`, `javascript:page('2')`: the form with a field for the number of the page, or the query with one.
fn numbered(view: &View, element: ElementRef<'_>, script: &str) -> Option<Url> {
    static CALL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"(?i)\b\w*(?:page|turn|goto|jump|fy)\w*\(\s*['"]?(\d{1,6})['"]?\s*[,)]"#));
    static FORMS: LazyLock<Selector> = LazyLock::new(|| selector("form"));
    let number = &CALL.captures(script)?[1];
    let own = form_of(element).into_iter();
    for form in own.chain(view.html().select(&FORMS)) {
        let mut fields = fields(form);
        let Some(page) = fields.iter_mut().find(|(name, _)| query::counts_pages(name)) else { continue };
        number.clone_into(&mut page.1);
        let action = action(view, form)?;
        let posts = form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
        if posts {
            return Some(Posted::form(&action, &fields));
        }
        let mut url = action;
        url.query_pairs_mut().clear().extend_pairs(fields);
        return Some(url);
    }
    query::page_of(view.url(), number.parse().ok()?)
}

fn form_of(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    element.ancestors().filter_map(ElementRef::wrap).find(|above| above.value().name() == "form")
}

/// Where a form is sent to; without an action to the page that it stands on.
fn action(view: &View, form: ElementRef<'_>) -> Option<Url> {
    match form.attr("action").map(str::trim).filter(|action| !action.is_empty()) {
        Some(action) => view.resolve(action),
        None => Some(Posted::bare(view.url())),
    }
}

/// The fields that a browser sends without a button being pressed.
fn fields(form: ElementRef<'_>) -> Vec<(String, String)> {
    static INPUTS: LazyLock<Selector> = LazyLock::new(|| selector("input[name]"));
    let sent = |input: &ElementRef<'_>| {
        let kind = input.attr("type").unwrap_or("text").to_ascii_lowercase();
        let ticked = !matches!(kind.as_str(), "checkbox" | "radio") || input.attr("checked").is_some();
        ticked && !matches!(kind.as_str(), "submit" | "button" | "image" | "reset" | "file")
    };
    let pair = |input: ElementRef<'_>| {
        (input.attr("name").unwrap_or_default().to_owned(), input.attr("value").unwrap_or_default().to_owned())
    };
    form.select(&INPUTS).filter(sent).map(pair).collect()
}
