//! What was weighed at each slot of a reading, for those who ask why it won.

use crate::structure::cost::{Cost, Costs, sum};

use super::{NONE, Slot, State, Taken};

/// A way to take a slot, with what counts for it and against it.
#[derive(Debug, Clone, Copy)]
pub(in crate::structure) struct Way {
    /// What becomes of the slot; `None` = it is text.
    pub(in crate::structure) taken: Option<Taken>,
    /// Evidence of form and words.
    pub(in crate::structure) worth: i32,
    /// What the sequence adds to it.
    pub(in crate::structure) costs: Costs,
}

impl Way {
    /// What the way adds to the reading.
    pub(in crate::structure) fn total(&self) -> i32 {
        self.worth + sum(&self.costs)
    }
}

/// For each slot of a reading the way that it takes, and all others at that point, best first.
pub(in crate::structure) fn ways(slots: &[Slot], reading: &[Option<Taken>]) -> Vec<(Way, Vec<Way>)> {
    let mut state = State::new();
    let mut found = Vec::with_capacity(slots.len());
    for (slot, taken) in slots.iter().zip(reading) {
        let mut ways = vec![(state, Way { taken: None, worth: 0, costs: [Cost::Free; 4] })];
        match slot {
            Slot::Break { worth, .. } => {
                let way = Way { taken: Some(Taken::Break), worth: *worth, costs: [Cost::Free; 4] };
                ways.push((state.opened_document(*worth, NONE), way));
            }
            Slot::Number { line, second, .. } if *second && state.line != *line => {}
            Slot::Number { line, candidates, .. } => {
                for (which, candidate) in candidates.iter().enumerate() {
                    let Some(candidate) = candidate else { continue };
                    state.accept(candidate, *line, |state, depth, flag, costs| {
                        let taken = Some(Taken::Section { candidate: which, depth, flag });
                        ways.push((state, Way { taken, worth: candidate.worth, costs }));
                    });
                }
            }
        }
        let chosen = ways.iter().position(|(_, way)| way.taken == *taken).unwrap_or(0);
        let (behind, way) = ways.remove(chosen);
        state = behind;
        let mut others: Vec<Way> = ways.into_iter().map(|(_, way)| way).collect();
        others.sort_by_key(|way| -way.total());
        found.push((way, others));
    }
    found
}
