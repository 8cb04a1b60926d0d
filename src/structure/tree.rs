//! Which candidates are sections, and how they nest: the most consistent reading of the whole document.
//!
//! A line's form decides little: `一、` may stand above or below `第六条`, `1.` above or below `（一）`, and `8.6个` may
//! be item 8 or a quantity. What decides is how the numbers run. So all readings are weighed against one another over
//! the whole document: a beam search keeps the best few, each a stack of open lists, and adds up for every candidate
//! what its form says, what its words say, and how well its number goes on. A reading wins because its lists are
//! complete, begin at 1, and nest the same way throughout; not because of what the next line alone looks like.

use crate::model::Flag;

use super::marker::{KINDS, Kind, Marker};

/// A place where a section or an attached document may begin.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    /// A line that may be numbered, in one of two ways.
    Number {
        /// Index of the line.
        line: usize,
        /// It is the second marker of its line, and nothing if the first is none.
        second: bool,
        /// The ways.
        candidates: [Option<Candidate>; 2],
    },
    /// A line that may open an attached document.
    Break {
        /// Evidence in tenths; below 0 it takes a count that begins again to make it one.
        worth: i32,
    },
}

/// A marker with what form and words say for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// The marker.
    pub(super) marker: Marker,
    /// Evidence of form and words, in tenths.
    pub(super) worth: i32,
    /// The words look like a heading line.
    pub(super) heading: bool,
    /// The line before ends with ：, as before a list or a quotation.
    pub(super) led: bool,
}

/// What became of a slot in the winning reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// It opens an attached document.
    Break,
    /// It is a section.
    Section {
        /// Which of its candidates.
        candidate: usize,
        /// How many sections of the same document it stands in.
        depth: usize,
        /// What is odd about its number.
        flag: Option<Flag>,
    },
}

/// Readings kept after each slot.
const BEAM: usize = 12;
/// Readings worse than the best by more than this are dropped.
const MARGIN: i32 = 90;
/// Deepest nesting.
const DEEPEST: usize = 8;

/// The number goes on.
const NEXT: i32 = 20;
/// A list opens.
const OPEN: i32 = -10;
/// A list opens in the place of one of another kind; and of one that usually stands above it.
const MIXED: i32 = -10;
const DISPLACED: i32 = -40;
/// A kind nests against the usual order, the first time; and again.
const INVERTED: i32 = -25;
const INVERTED_AGAIN: i32 = -5;
const CHAPTER_BELOW: i32 = -60;
/// A kind nests in itself; and directly below its heading.
const SAME_KIND: i32 = -35;
const SAME_KIND_BELOW_HEADING: i32 = -20;
/// Whole paragraphs nest in their own kind, behind a line that announces them.
const SAME_KIND_LED: i32 = -30;
/// A kind nests in itself with another mark.
const SAME_KIND_OTHER_MARK: i32 = -15;
/// The count goes on under a new parent.
const CONTINUES: i32 = 5;
/// A list does not begin at 1.
const MIDWAY: i32 = -45;
const MIDWAY_RELIEF: i32 = 15;
/// One number is missing, and each one more.
const SKIP: i32 = -20;
const SKIP_MORE: i32 = -10;
/// The number stood just before; it goes back to 1, which the upper kinds hardly do within a document; it goes back
/// elsewhere.
const REPEAT: i32 = -20;
const RESTART: i32 = -35;
const RESTART_ABOVE: i32 = -70;
const BACK: i32 = -60;
/// One list changes between `1.` and `1、`.
const OTHER_MARK: i32 = -5;
/// A decimal stands under another number than its own.
const STRAY_DECIMAL: i32 = -40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Level {
    kind: Kind,
    mark: char,
    number: u16,
    major: u16,
}

#[derive(Debug, Clone, Copy)]
struct State {
    score: i32,
    depth: usize,
    stack: [Level; DEEPEST],
    /// The last number of each kind in this document.
    last: [u16; KINDS],
    /// Which kinds have stood directly under which, as bits.
    nested: [u16; KINDS],
    /// Nothing was numbered yet in this document.
    fresh: bool,
    /// The line of the section taken last, and whether it was a heading.
    line: usize,
    heading: bool,
    step: usize,
}

struct Step {
    before: usize,
    slot: usize,
    taken: Taken,
}

const NONE: usize = usize::MAX;

/// The best reading: for each slot what became of it, `None` = it is text.
pub(super) fn best_reading(slots: &[Slot]) -> Vec<Option<Taken>> {
    let nothing = Level { kind: Kind::Book, mark: '\0', number: 0, major: 0 };
    let mut states = vec![State {
        score: 0,
        depth: 0,
        stack: [nothing; DEEPEST],
        last: [0; KINDS],
        nested: [0; KINDS],
        fresh: true,
        line: NONE,
        heading: false,
        step: NONE,
    }];
    let mut steps: Vec<Step> = Vec::with_capacity(slots.len() * 4);
    let mut next = Vec::with_capacity(BEAM * 8);
    let mut order = Vec::with_capacity(BEAM * 8);
    for (n, slot) in slots.iter().enumerate() {
        next.clear();
        for state in &states {
            next.push(*state);
            match slot {
                Slot::Break { worth } => {
                    steps.push(Step { before: state.step, slot: n, taken: Taken::Break });
                    next.push(state.opened_document(*worth, steps.len() - 1));
                }
                Slot::Number { line, second, .. } if *second && state.line != *line => {}
                Slot::Number { line, candidates, .. } => {
                    for (which, candidate) in candidates.iter().enumerate() {
                        let Some(candidate) = candidate else { continue };
                        state.accept(candidate, *line, |mut state, depth, flag| {
                            let taken = Taken::Section { candidate: which, depth, flag };
                            steps.push(Step { before: state.step, slot: n, taken });
                            state.step = steps.len() - 1;
                            next.push(state);
                        });
                    }
                }
            }
        }
        keep_best(&next, &mut order, &mut states);
    }
    let mut taken = vec![None; slots.len()];
    let mut step = states.first().map_or(NONE, |best| best.step);
    while let Some(Step { before, slot, taken: what }) = steps.get(step) {
        taken[*slot] = Some(*what);
        step = *before;
    }
    taken
}

/// Moves the best readings over, one for each stack of open lists. The order is total, so the result is always the same.
fn keep_best(readings: &[State], order: &mut Vec<(i32, usize)>, kept: &mut Vec<State>) {
    order.clear();
    order.extend(readings.iter().enumerate().map(|(n, state)| (-state.score, n)));
    order.sort_unstable();
    kept.clear();
    let Some(&(best, _)) = order.first() else { return };
    for &(_, n) in order.iter().take_while(|(score, _)| *score <= best + MARGIN) {
        if kept.len() < BEAM && kept.iter().all(|other| !other.same_lists(&readings[n])) {
            kept.push(readings[n]);
        }
    }
}

impl State {
    fn open(&self) -> &[Level] {
        &self.stack[..self.depth]
    }

    fn same_lists(&self, other: &Self) -> bool {
        self.open() == other.open() && self.fresh == other.fresh && self.last == other.last
    }

    /// The state behind the line that opens an attached document.
    fn opened_document(&self, worth: i32, step: usize) -> Self {
        Self {
            score: self.score + worth,
            depth: 0,
            last: [0; KINDS],
            fresh: true,
            line: NONE,
            heading: false,
            step,
            ..*self
        }
    }

    /// Every way to take the candidate as a section, with its depth and what is odd about its number.
    fn accept(&self, candidate: &Candidate, line: usize, mut found: impl FnMut(Self, usize, Option<Flag>)) {
        let marker = &candidate.marker;
        for depth in 0..self.depth {
            if self.stack[depth].kind == marker.kind {
                let (score, flag) = follow(&self.stack[depth], marker);
                found(self.moved(candidate, line, depth, score, None), depth, flag);
            }
        }
        for depth in 0..=self.depth.min(DEEPEST - 1) {
            let beside = self.open().get(depth);
            if beside.is_some_and(|level| level.kind == marker.kind) {
                continue;
            }
            let Some(nesting) = self.nesting(candidate, line, depth) else { continue };
            let (begin, flag) = self.beginning(candidate);
            let mixed = beside.map_or(0, |level| if level.kind < marker.kind { DISPLACED } else { MIXED });
            let parent = depth.checked_sub(1).map(|above| self.stack[above].kind);
            found(self.moved(candidate, line, depth, OPEN + nesting + begin + mixed, parent), depth, flag);
        }
    }

    /// What it costs to open a list at this depth, by what stands above it.
    fn nesting(&self, candidate: &Candidate, line: usize, depth: usize) -> Option<i32> {
        let marker = &candidate.marker;
        let Some(parent) = depth.checked_sub(1).map(|above| &self.stack[above]) else {
            return Some(if matches!(marker.kind, Kind::Decimal2 | Kind::Decimal3 | Kind::Decimal4) {
                STRAY_DECIMAL
            } else {
                0
            });
        };
        if let Some(level) = self.stack[..depth].iter().find(|level| level.kind == marker.kind) {
            if marker.kind <= Kind::Article {
                return Some(CHAPTER_BELOW);
            }
            // Inside itself a kind counts from 1: another number goes on in the list outside.
            if marker.number > 1 {
                return None;
            }
            // `1、` below `1.` is another list.
            if level.mark != marker.mark && marker.kind >= Kind::Arabic {
                return Some(SAME_KIND_OTHER_MARK);
            }
            // Whole paragraphs numbered like the heading above them are a quotation, which 会议指出： may announce.
            let below_heading = self.heading && self.line + 1 == line;
            return match (candidate.heading, candidate.led) {
                (true, _) if below_heading => Some(SAME_KIND_BELOW_HEADING),
                (true, _) => Some(SAME_KIND),
                (false, true) => Some(SAME_KIND_LED),
                (false, false) => None,
            };
        }
        let decimal_parent = match marker.kind {
            Kind::Decimal2 => Some(Kind::Arabic),
            Kind::Decimal3 => Some(Kind::Decimal2),
            Kind::Decimal4 => Some(Kind::Decimal3),
            _ => None,
        };
        if let Some(kind) = decimal_parent {
            // 3.1 stands below 3, or below 第三章 or 三、.
            let above = parent.kind == kind || (kind == Kind::Arabic && parent.kind < kind);
            let own = above && parent.number == marker.major;
            return Some(if own { 0 } else { STRAY_DECIMAL });
        }
        if parent.kind < marker.kind {
            return Some(0);
        }
        // Chapters stand in books, never in articles or items.
        if marker.kind <= Kind::Sec {
            return Some(CHAPTER_BELOW);
        }
        let known = self.nested[parent.kind as usize] & (1 << marker.kind as usize) != 0;
        Some(if known { INVERTED_AGAIN } else { INVERTED })
    }

    /// What it costs that the list begins with this number.
    fn beginning(&self, candidate: &Candidate) -> (i32, Option<Flag>) {
        let marker = &candidate.marker;
        let last = self.last[marker.kind as usize];
        match marker.number {
            0 | 1 => (0, None),
            number if number == last + 1 => {
                (CONTINUES, (marker.kind != Kind::Article).then_some(Flag::NumberContinues))
            }
            _ => {
                let relief = [candidate.heading, self.fresh].iter().filter(|yes| **yes).count();
                (MIDWAY + MIDWAY_RELIEF * i32::try_from(relief).unwrap_or(0), Some(Flag::StartsMidway))
            }
        }
    }

    /// The state behind the candidate, taken at this depth.
    fn moved(&self, candidate: &Candidate, line: usize, depth: usize, score: i32, parent: Option<Kind>) -> Self {
        let Marker { kind, mark, number, major, .. } = candidate.marker;
        let mut state = *self;
        state.score += candidate.worth + score;
        state.stack[depth] = Level { kind, mark, number, major };
        state.depth = depth + 1;
        state.last[kind as usize] = number;
        if let Some(parent) = parent {
            state.nested[parent as usize] |= 1 << kind as usize;
        }
        state.fresh = false;
        state.line = line;
        state.heading = candidate.heading;
        state
    }
}

/// What it costs that `marker` comes next in an open list.
fn follow(level: &Level, marker: &Marker) -> (i32, Option<Flag>) {
    let mark = if level.mark == marker.mark { 0 } else { OTHER_MARK };
    if level.major != marker.major {
        return (STRAY_DECIMAL, None);
    }
    let (score, flag) = match (level.number, marker.number) {
        (_, 0) => (NEXT, None),
        (last, number) if number == last + 1 => (NEXT, None),
        (last, number) if number == last => (REPEAT, Some(Flag::NumberRepeated)),
        (last, number) if number > last + 1 && number <= last + 4 => {
            let missing = i32::from(number - last - 2);
            (SKIP + SKIP_MORE * missing, Some(Flag::NumberSkipped))
        }
        (_, 1) if marker.kind <= Kind::Cn => (RESTART_ABOVE, Some(Flag::NumberRestart)),
        (_, 1) => (RESTART, Some(Flag::NumberRestart)),
        _ => (BACK, Some(Flag::NumberRestart)),
    };
    (score + mark, flag)
}
