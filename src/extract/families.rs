//! The portal family of a page and what its profile says of the elements.

use html5ever::{LocalName, local_name};
use url::Url;

use super::explain::ProfileMarks;
use crate::config::{Fit, Names, Part, ProfileChoice, Profiles};
use crate::page::{At, Dom};

/// What the profiles say of a page.
#[derive(Debug, Default)]
pub(super) struct Families {
    /// The family of the page.
    pub(super) id: Option<String>,
    /// Elements that may hold the body, best pattern first.
    pub(super) bodies: Vec<At>,
    /// Elements that may hold the title.
    pub(super) titles: Vec<At>,
    /// Elements that are no part of the text.
    pub(super) removed: Vec<At>,
    /// For a reader: who left marks.
    pub(super) marks: Vec<ProfileMarks>,
}

impl Families {
    pub(super) fn new(dom: &Dom<'_>, url: Option<&Url>, profiles: &Profiles, choice: &ProfileChoice) -> Self {
        if *choice == ProfileChoice::None {
            return Self::default();
        }
        let fits = fits(dom, profiles);
        let marks = marks(&fits, url, profiles);
        // Some families are known by their lists only; their articles are read by whatever marks they bear.
        let named = match choice {
            ProfileChoice::Named(id) => profiles.iter().position(|profile| profile.id == *id),
            _ => None,
        };
        let marked = || marks.iter().enumerate().rev().max_by_key(|(_, found)| found.len()).map(|(n, _)| n);
        let Some(chosen) = named.or_else(|| marked().filter(|&n| !marks.get(n).is_none_or(Vec::is_empty))) else {
            return Self::default();
        };
        let of = |wanted: fn(Part) -> Option<usize>| {
            let mut found: Vec<(usize, At)> = fits
                .iter()
                .filter(|(_, fit)| fit.profile == chosen)
                .filter_map(|&(at, fit)| Some((wanted(fit.part)?, at)))
                .collect();
            found.sort_unstable();
            found.into_iter().map(|(_, at)| at).collect::<Vec<_>>()
        };
        Self {
            id: profiles.iter().nth(chosen).map(|profile| profile.id.clone()),
            bodies: of(|part| if let Part::Body(rank) = part { Some(rank) } else { None }),
            titles: of(|part| (part == Part::Title).then_some(0)),
            removed: of(|part| (part == Part::Remove).then_some(0)),
            marks: profiles
                .iter()
                .zip(marks)
                .enumerate()
                .filter(|(_, (_, marks))| !marks.is_empty())
                .map(|(n, (profile, marks))| ProfileMarks { profile: profile.id.clone(), marks, chosen: n == chosen })
                .collect(),
        }
    }
}

fn fits(dom: &Dom<'_>, profiles: &Profiles) -> Vec<(At, Fit)> {
    let (mut all, mut found) = (Vec::new(), Vec::new());
    for at in 0..dom.nodes.len() {
        if let Some((_, element)) = dom.element(at) {
            let of = |wanted: &LocalName| {
                element.attrs.iter().find(|(name, _)| name.local == *wanted).map(|(_, value)| &**value)
            };
            let (id, classes) = (of(&local_name!("id")), of(&local_name!("class")).unwrap_or_default());
            profiles.fits(Names { tag: &element.name.local, id, classes }, of, &mut found);
            all.extend(found.drain(..).map(|fit| (at, fit)));
        }
    }
    all
}

/// For every profile its marks that were found, each once.
fn marks(fits: &[(At, Fit)], url: Option<&Url>, profiles: &Profiles) -> Vec<Vec<String>> {
    let address = url.map(|url| url.query().map_or(url.path().to_owned(), |query| format!("{}?{query}", url.path())));
    let of = |(n, profile): (usize, &crate::config::Profile)| {
        let elements = profile.marks.elements.iter().enumerate().filter(|&(rank, _)| {
            fits.iter().any(|(_, fit)| fit.profile == n && fit.part == Part::Mark && fit.rank == rank)
        });
        let urls = profile.marks.urls.iter().filter(|form| address.as_deref().is_some_and(|url| form.is_match(url)));
        elements.map(|(_, pattern)| pattern.to_string()).chain(urls.map(ToString::to_string)).collect()
    };
    profiles.iter().enumerate().map(of).collect()
}
