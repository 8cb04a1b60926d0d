//! Names of tags and attributes: a page has few, each many times.

use html5ever::LocalName;

/// Places for names; two that want the same one take turns.
const PLACES: usize = 256;

/// The names that a page had so far, as written in it.
pub(super) struct Names<'a> {
    known: Vec<Option<(&'a [u8], LocalName)>>,
}

impl<'a> Names<'a> {
    pub(super) fn new() -> Self {
        Self { known: vec![None; PLACES] }
    }

    /// The name that some bytes of a page write: in small letters.
    pub(super) fn get(&mut self, written: &'a [u8]) -> LocalName {
        let Some(place) = self.known.get_mut(place(written)) else { return made(written) };
        match place {
            Some((known, name)) if *known == written => name.clone(),
            _ => place.insert((written, made(written))).1.clone(),
        }
    }
}

fn place(written: &[u8]) -> usize {
    let at = |n: usize| usize::from(written.get(n).copied().unwrap_or_default());
    let len = written.len();
    (len + at(0) * 7 + at(len / 2) * 31 + at(len.saturating_sub(1)) * 53) % PLACES
}

fn made(written: &[u8]) -> LocalName {
    let name = String::from_utf8_lossy(written).to_ascii_lowercase();
    LocalName::from(if name.contains('\0') { name.replace('\0', "\u{fffd}") } else { name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        let mut names = Names::new();
        for _ in 0..2 {
            for written in ["div", "DIV", "Div"] {
                assert_eq!(&*names.get(written.as_bytes()), "div");
            }
            assert_eq!(&*names.get(b"a\0"), "a\u{fffd}");
            assert_eq!(&*names.get("栏目".as_bytes()), "栏目");
        }
    }

    #[test]
    fn more_names_than_places_are_told_apart() {
        let written: Vec<String> = (0..2000).map(|n| format!("data-{n}")).collect();
        let mut names = Names::new();
        assert!(written.iter().chain(&written).all(|name| *names.get(name.as_bytes()) == **name));
    }
}
