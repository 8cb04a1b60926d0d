//! Which candidates are sections, and how they nest: the most consistent reading of the whole document.
//!
//! A line's form decides little: `一、` may stand above or below `第六条`, `1.` above or below `（一）`, and `8.6个` may
//! be item 8 or a quantity. What decides is how the numbers run. So all readings are weighed against one another over
//! the whole document: a beam search keeps the best few, each a stack of open lists, and adds up for every candidate
//! what its form says, what its words say, and how well its number goes on. A reading wins because its lists are
//! complete, begin at 1, and nest the same way throughout; not because of what the next line alone looks like.

mod ways;

use crate::model::Flag;

use super::cost::{Cost, Costs, sum};
use super::kind::{KINDS, Kind};
use super::marker::Marker;

pub(super) use ways::{Way, ways};

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
        /// Index of the line.
        line: usize,
        /// Evidence in tenths; below 0 it takes a count that begins again to make it one.
        worth: i32,
    },
}

impl Slot {
    /// Index of the line.
    pub(super) fn line(&self) -> usize {
        match self {
            Self::Number { line, .. } | Self::Break { line, .. } => *line,
        }
    }
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
    /// The last character of the line.
    pub(super) stop: char,
    /// The line of the last signed day above it.
    pub(super) signed: Option<usize>,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Level {
    kind: Kind,
    mark: char,
    number: u16,
    major: u16,
    inserted: u16,
    /// It ends with ；, as all items of one sentence but the last.
    item: bool,
    /// It ends with 。 behind one that ends with ；: the sentence is over, and its list.
    closed: bool,
}

#[derive(Debug, Clone, Copy)]
struct State {
    score: i32,
    depth: usize,
    stack: [Level; DEEPEST],
    /// The last number of each kind in this document.
    last: [u16; KINDS],
    /// Which kinds have stood directly under which, as bits.
    nested: [u32; KINDS],
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
    let mut states = vec![State::new()];
    let mut steps: Vec<Step> = Vec::with_capacity(slots.len() * 4);
    let mut next = Vec::with_capacity(BEAM * 8);
    let mut order = Vec::with_capacity(BEAM * 8);
    for (n, slot) in slots.iter().enumerate() {
        next.clear();
        for state in &states {
            next.push(*state);
            match slot {
                Slot::Break { worth, .. } => {
                    steps.push(Step { before: state.step, slot: n, taken: Taken::Break });
                    next.push(state.opened_document(*worth, steps.len() - 1));
                }
                Slot::Number { line, second, .. } if *second && state.line != *line => {}
                Slot::Number { line, candidates, .. } => {
                    for (which, candidate) in candidates.iter().enumerate() {
                        let Some(candidate) = candidate else { continue };
                        state.accept(candidate, *line, |mut state, depth, flag, _| {
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
    fn new() -> Self {
        let nothing =
            Level { kind: Kind::Book, mark: '\0', number: 0, major: 0, inserted: 0, item: false, closed: false };
        Self {
            score: 0,
            depth: 0,
            stack: [nothing; DEEPEST],
            last: [0; KINDS],
            nested: [0; KINDS],
            fresh: true,
            line: NONE,
            heading: false,
            step: NONE,
        }
    }

    fn open(&self) -> &[Level] {
        &self.stack[..self.depth]
    }

    fn same_lists(&self, other: &Self) -> bool {
        self.open() == other.open()
            && (self.fresh, &self.last, &self.nested) == (other.fresh, &other.last, &other.nested)
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

    /// Every way to take the candidate as a section: the state behind it, its depth, what is odd about its number, and
    /// what it costs.
    fn accept(&self, candidate: &Candidate, line: usize, mut found: impl FnMut(Self, usize, Option<Flag>, Costs)) {
        let marker = &candidate.marker;
        for depth in 0..self.depth {
            if self.stack[depth].kind == marker.kind {
                let (mut costs, flag) = follow(&self.stack[depth], marker);
                if costs[0] == Cost::RestartAbove && marker.kind == Kind::Cn && self.line + 1 < line {
                    costs[0] = Cost::RestartBehindText;
                }
                found(self.moved(candidate, line, depth, &costs, None), depth, flag, costs);
            }
        }
        for depth in 0..=self.depth.min(DEEPEST - 1) {
            let beside = self.open().get(depth);
            if beside.is_some_and(|level| level.kind == marker.kind) {
                continue;
            }
            let Some(nesting) = self.nesting(candidate, line, depth) else { continue };
            let (begin, flag) = self.beginning(candidate, depth);
            // Behind the signature nothing belongs to the last section of the letter.
            let outside = candidate.signed.is_some_and(|day| self.line < day);
            let mixed = match beside {
                _ if outside && depth > 0 => Cost::BelowSignature,
                _ if outside => Cost::Free,
                Some(_) if depth + 1 == self.depth && self.left_a_list(line) => Cost::Mixed,
                Some(_) if depth + 1 == self.depth && self.heading && self.line + 1 == line => Cost::MixedBelowHeading,
                // Whatever is counted behind a question is its answer's.
                Some(level) if level.kind < marker.kind || level.kind == Kind::Question => Cost::Displaced,
                Some(_) => Cost::Mixed,
                None => Cost::Free,
            };
            let costs = [Cost::Open, nesting, begin, mixed];
            let parent = depth.checked_sub(1).map(|above| self.stack[above].kind);
            found(self.moved(candidate, line, depth, &costs, parent), depth, flag, costs);
        }
    }

    /// What it costs to open a list at this depth, by what stands above it.
    fn nesting(&self, candidate: &Candidate, line: usize, depth: usize) -> Option<Cost> {
        let marker = &candidate.marker;
        let Some(parent) = depth.checked_sub(1).map(|above| &self.stack[above]) else {
            return Some(if matches!(marker.kind, Kind::Decimal2 | Kind::Decimal3 | Kind::Decimal4) {
                Cost::StrayDecimal
            } else {
                Cost::Free
            });
        };
        if let Some(level) = self.stack[..depth].iter().find(|level| level.kind == marker.kind) {
            if marker.kind <= Kind::Article {
                return Some(Cost::ChapterBelow);
            }
            // Inside itself a kind counts from 1: another number goes on in the list outside.
            if marker.number > 1 {
                return None;
            }
            // `1、` below `1.` is another list.
            if level.mark != marker.mark && marker.kind >= Kind::Arabic {
                // Where running text stands between, it hardly belongs to an item that is a mere sentence: two lists.
                let behind_text = !self.heading && self.line + 1 < line;
                let first = !self.holds(marker.kind, marker.kind);
                return Some(if behind_text && first { Cost::SameKindBehindText } else { Cost::SameKindOtherMark });
            }
            // Whole paragraphs numbered like the heading above them are a quotation, which 会议指出： may announce.
            let below_heading = self.heading && self.line + 1 == line;
            return match (candidate.heading, candidate.led) {
                (true, _) if below_heading => Some(Cost::SameKindBelowHeading),
                (true, _) => Some(Cost::SameKind),
                (false, true) => Some(Cost::SameKindLed),
                (false, false) if below_heading => Some(Cost::SameKindParagraphs),
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
            return Some(if own { Cost::Free } else { Cost::StrayDecimal });
        }
        if parent.kind < marker.kind || marker.kind.stands_anywhere() {
            let below = depth == self.depth && self.left_a_list(line);
            return Some(if below { Cost::BelowClosedList } else { Cost::Free });
        }
        // Chapters stand in books, never in articles or items.
        if marker.kind <= Kind::Sec {
            return Some(Cost::ChapterBelow);
        }
        Some(if self.holds(parent.kind, marker.kind) { Cost::InvertedAgain } else { Cost::Inverted })
    }

    /// The innermost list was one sentence, `1.…；2.…。`, and running text stands behind it.
    fn left_a_list(&self, line: usize) -> bool {
        self.line + 1 < line && self.open().last().is_some_and(|level| level.closed)
    }

    /// A list of the kind has stood directly under the other in this document.
    fn holds(&self, parent: Kind, kind: Kind) -> bool {
        self.nested[parent as usize] & (1 << kind as usize) != 0
    }

    /// What it costs that the list begins with this number.
    fn beginning(&self, candidate: &Candidate, depth: usize) -> (Cost, Option<Flag>) {
        let marker = &candidate.marker;
        let last = self.last[marker.kind as usize];
        match marker.number {
            0 | 1 => (Cost::Free, None),
            number if number == last + 1 => {
                // Under a parent of a kind that never held it, the list that goes on stood above the parent.
                let above = depth.checked_sub(1).filter(|_| marker.kind > Kind::Article);
                let known = above.is_none_or(|above| self.holds(self.stack[above].kind, marker.kind));
                let cost = if known { Cost::Continues } else { Cost::ContinuesElsewhere };
                (cost, (marker.kind != Kind::Article).then_some(Flag::NumberContinues))
            }
            _ => {
                let cost = match (candidate.heading, self.fresh) {
                    (true, true) => Cost::MidwayWellExcused,
                    (false, false) => Cost::Midway,
                    _ => Cost::MidwayExcused,
                };
                (cost, Some(Flag::StartsMidway))
            }
        }
    }

    /// The state behind the candidate, taken at this depth.
    fn moved(&self, candidate: &Candidate, line: usize, depth: usize, costs: &Costs, parent: Option<Kind>) -> Self {
        let Marker { kind, mark, number, major, inserted, .. } = candidate.marker;
        let before = self.open().get(depth).is_some_and(|level| level.kind == kind && level.item);
        let item = candidate.stop == ';';
        let closed = before && candidate.stop == '。';
        let mut state = *self;
        state.score += candidate.worth + sum(costs);
        state.stack[depth] = Level { kind, mark, number, major, inserted, item, closed };
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
fn follow(level: &Level, marker: &Marker) -> (Costs, Option<Flag>) {
    if level.major != marker.major {
        return ([Cost::StrayDecimal, Cost::Free, Cost::Free, Cost::Free], None);
    }
    let mark = if level.mark == marker.mark { Cost::Free } else { Cost::OtherMark };
    let article = marker.kind == Kind::Article;
    let (cost, flag) = match (level.number, marker.number) {
        (_, 0) => (Cost::Next, None),
        // 第七条之一 stands behind 第七条, 第七条之二 behind that.
        (last, number) if number == last && marker.inserted == level.inserted + 1 => (Cost::Next, None),
        (last, number) if number == last + 1 && marker.inserted == 0 => (Cost::Next, None),
        (last, number) if number == last && marker.inserted <= level.inserted => {
            (Cost::Repeated, Some(Flag::NumberRepeated))
        }
        (last, number) if number >= last && number <= last + 4 => {
            (Cost::Skipped((number - last).max(2) - 1), Some(Flag::NumberSkipped))
        }
        (last, number) if number > last => {
            (if article { Cost::ArticleJumped } else { Cost::Back }, Some(Flag::NumberSkipped))
        }
        _ if article => (Cost::ArticleBack, Some(Flag::NumberRestart)),
        (_, 1) if marker.kind <= Kind::Cn => (Cost::RestartAbove, Some(Flag::NumberRestart)),
        (_, 1) => (Cost::Restart, Some(Flag::NumberRestart)),
        _ => (Cost::Back, Some(Flag::NumberRestart)),
    };
    ([cost, mark, Cost::Free, Cost::Free], flag)
}
