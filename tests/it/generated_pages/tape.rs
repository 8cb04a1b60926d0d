//! The choices that make a page: a tape of numbers, so that a failing page shrinks to a simple one.

use std::collections::BTreeMap;

/// Numbers that decide; behind its end every choice is the simplest one.
pub(super) struct Tape<'a> {
    numbers: &'a [u16],
    at: usize,
    /// What was chosen, by the kind of choice.
    pub(super) chosen: BTreeMap<&'static str, &'static str>,
}

impl<'a> Tape<'a> {
    pub(super) fn new(numbers: &'a [u16]) -> Self {
        Self { numbers, at: 0, chosen: BTreeMap::new() }
    }

    /// A number below `n`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        let number = self.numbers.get(self.at).copied().map_or(0, usize::from);
        self.at += 1;
        number % n.max(1)
    }

    /// True one time in `n`.
    pub(super) fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    /// One of the things.
    pub(super) fn of<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    /// A named choice, which the figures count.
    pub(super) fn named<T: Copy>(&mut self, kind: &'static str, things: &[(&'static str, T)]) -> T {
        let (name, thing) = self.of(things);
        self.chosen.insert(kind, name);
        thing
    }
}

/// A tape of `n` numbers for the page with this number (splitmix64, Steele and others 2014).
pub(super) fn tape(seed: u64, n: usize) -> Vec<u16> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u16::try_from((mixed ^ (mixed >> 31)) >> 48).expect("sixteen bits")
    };
    (0..n).map(|_| next()).collect()
}
