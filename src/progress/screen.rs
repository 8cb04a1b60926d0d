//! The one screen that bars and lines share: a line is written above the bars, and a hint stands below them.

use std::sync::{Mutex, PoisonError};

use indicatif::{MultiProgress, ProgressBar};

use crate::language::told;

/// The bars that stand on the terminal, if any do. There is one terminal, so there is one of these.
static SCREEN: Mutex<Option<Screen>> = Mutex::new(None);

#[derive(Debug, Clone)]
struct Screen {
    bars: MultiProgress,
    hint: ProgressBar,
}

fn screen() -> Option<Screen> {
    SCREEN.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// From now on the bars stand on the terminal, with the hint below them.
pub(super) fn open(bars: &MultiProgress, hint: &ProgressBar) {
    let screen = Screen { bars: bars.clone(), hint: hint.clone() };
    *SCREEN.lock().unwrap_or_else(PoisonError::into_inner) = Some(screen);
}

/// Takes the bars away, before the program ends for instance.
pub fn clear() {
    let screen = SCREEN.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(Screen { bars, .. }) = screen {
        // A terminal that is gone has nothing to be cleared.
        let _ = bars.clear();
    }
}

/// Writes something while no bar is in the way.
pub fn above<T>(write: impl FnOnce() -> T) -> T {
    match screen() {
        Some(Screen { bars, .. }) => bars.suspend(write),
        None => write(),
    }
}

/// Shows another hint below the bars; says whether there are any.
pub fn hint(text: &str) -> bool {
    let screen = screen();
    if let Some(Screen { hint, .. }) = &screen {
        hint.set_message(told(text).into_owned());
    }
    screen.is_some()
}
