//! How many documents have which field, over all and by host.

use std::collections::{BTreeMap, HashMap};

/// How many documents have which field.
#[derive(Debug, Default)]
pub(super) struct Fills {
    /// The fields in the order of the records.
    fields: Vec<String>,
    places: HashMap<String, usize>,
    hosts: BTreeMap<String, Host>,
}

/// The documents of one host.
#[derive(Debug, Default, Clone)]
pub(super) struct Host {
    /// How many there are.
    pub(super) documents: u64,
    /// How many of them have each field.
    filled: Vec<u64>,
}

impl Host {
    /// How many documents have a field, by its place among the fields.
    pub(super) fn filled(&self, field: usize) -> u64 {
        self.filled.get(field).copied().unwrap_or_default()
    }

    fn add(&mut self, field: usize, count: u64) {
        if self.filled.len() <= field {
            self.filled.resize(field + 1, 0);
        }
        self.filled[field] += count;
    }
}

impl Fills {
    /// Counts a document.
    pub(super) fn take(&mut self, host: &str, fills: &[(String, bool)]) {
        if !self.hosts.contains_key(host) {
            self.hosts.insert(host.to_owned(), Host::default());
        }
        let Some(found) = self.hosts.get_mut(host) else { return };
        found.documents += 1;
        for (field, is_filled) in fills {
            let next = self.fields.len();
            let place = *self.places.entry(field.clone()).or_insert(next);
            if place == next {
                self.fields.push(field.clone());
            }
            found.add(place, u64::from(*is_filled));
        }
    }

    /// The fields in the order of the records.
    pub(super) fn fields(&self) -> &[String] {
        &self.fields
    }

    /// All hosts, those with most documents first.
    pub(super) fn hosts(&self) -> Vec<(&str, &Host)> {
        let mut hosts: Vec<(&str, &Host)> = self.hosts.iter().map(|(name, host)| (name.as_str(), host)).collect();
        hosts.sort_by_key(|(name, host)| (std::cmp::Reverse(host.documents), *name));
        hosts
    }

    /// All documents.
    pub(super) fn all(&self) -> Host {
        let mut all = Host::default();
        for host in self.hosts.values() {
            all.documents += host.documents;
            for (field, count) in host.filled.iter().enumerate() {
                all.add(field, *count);
            }
        }
        all
    }
}
