//! Feeds: RSS 2.0 and 1.0 (`item`), and Atom (RFC 4287, `entry`), with the next page of an archived one (RFC 5005).

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{Timestamp, tz};
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, Event};
use quick_xml::{Reader, escape};

use crate::discover::day::shown_day;
use crate::discover::found::FoundList;
use crate::discover::pager::Pager;
use crate::model::Target;
use crate::page::{View, parse_html};
use crate::text::{address_day, clean_line};

/// So far into the file its first element begins.
const HEAD: usize = 1000;
/// Most items of a feed.
const MOST: usize = 10_000;

/// What a feed says of an item.
#[derive(Default)]
struct Item {
    title: String,
    link: String,
    /// The `id` or `guid`, which is the address where nothing else is.
    id: String,
    /// When it was published, and when it was changed.
    published: String,
    updated: String,
}

/// The items of a feed.
pub(super) fn read(view: &View) -> Option<FoundList> {
    let text = view.markup().trim_start_matches('\u{feff}').trim_start();
    if !is_feed(text) {
        return None;
    }
    let (items, next) = items(text);
    let targets: Vec<Target> = items.iter().filter_map(|item| target(view, item)).collect();
    let next = next.and_then(|next| view.resolve(&next));
    let exhausted = targets.is_empty();
    let found = FoundList::of("feed", targets, Pager { next, ..Pager::default() });
    Some(FoundList { exhausted, ..found })
}

fn is_feed(text: &str) -> bool {
    let head: String = text.chars().take(HEAD).collect();
    text.starts_with('<')
        && ["<rss", "<feed", "<rdf:RDF"].iter().any(|root| head.contains(root))
        && !head.contains("<html")
}

/// The items in order, and the address of the next page; what is broken ends the feed where it stands.
fn items(text: &str) -> (Vec<Item>, Option<String>) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut items, mut next) = (Vec::new(), None);
    let mut item: Option<Item> = None;
    let mut field = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = local(tag.name().into_inner());
                if is_item(&name) {
                    item = Some(Item::default());
                } else if let Some((address, rel)) = (name == "link").then(|| link(tag.attributes())).flatten() {
                    match (&mut item, rel.as_str()) {
                        (Some(item), "alternate") => item.link = address,
                        (None, "next") => next = Some(address),
                        _ => {}
                    }
                }
                field = name;
            }
            Event::End(tag) => {
                if is_item(&local(tag.name().into_inner())) {
                    items.extend(item.take());
                }
                field.clear();
            }
            Event::Text(text) => write(item.as_mut(), &field, &text.xml10_content()),
            Event::CData(text) => write(item.as_mut(), &field, &text.xml10_content()),
            Event::GeneralRef(name) => write(item.as_mut(), &field, &character(&name)),
            Event::Eof => break,
            _ => {}
        }
        if items.len() == MOST {
            break;
        }
    }
    (items, next)
}

fn is_item(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

/// The name of an element without its prefix, in lower case.
fn local(name: &str) -> String {
    name.rsplit_once(':').map_or(name, |(_, local)| local).to_ascii_lowercase()
}

/// The address of an Atom link and what it leads to.
fn link(attributes: Attributes<'_>) -> Option<(String, String)> {
    let (mut address, mut rel) = (None, "alternate".to_owned());
    for attribute in attributes.flatten() {
        let value = escape::unescape(&attribute.value).unwrap_or_default().into_owned();
        match attribute.key.into_inner() {
            "href" => address = Some(value),
            "rel" => rel = value,
            _ => {}
        }
    }
    Some((address?, rel))
}

/// `&amp;`, `&#20113;`
fn character(name: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    escape::resolve_predefined_entity(name).map_or_else(|| format!("&{};", &**name), str::to_owned)
}

fn write(item: Option<&mut Item>, field: &str, text: &str) {
    let Some(item) = item else { return };
    let place = match field {
        "title" => &mut item.title,
        "link" => &mut item.link,
        "guid" | "id" => &mut item.id,
        "pubdate" | "published" | "date" | "issued" => &mut item.published,
        "updated" | "modified" => &mut item.updated,
        _ => return,
    };
    place.push_str(text);
}

fn target(view: &View, item: &Item) -> Option<Target> {
    // Titles may be markup themselves.
    let title = clean_line(&parse_html(&item.title).root_element().text().collect::<String>());
    let address =
        [&item.link, &item.id].into_iter().map(|address| address.trim()).find(|address| !address.is_empty())?;
    let url = view.resolve(address).filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let said = [&item.published, &item.updated].into_iter().map(|day| day.trim()).find(|day| !day.is_empty());
    let instant = |day: &str| {
        let rfc2822 = || DateTimeParser::new().relaxed_weekday(true).parse_timestamp(day).ok();
        day.parse::<Timestamp>().ok().or_else(rfc2822)
    };
    let day = said.and_then(|day| match instant(day) {
        Some(instant) => Some(tz::offset(8).to_datetime(instant).date()),
        None => shown_day(&[clean_line(day)], &url).day(),
    });
    (!title.is_empty()).then(|| Target { date: day.or_else(|| address_day(url.path())), url, title })
}
