//! What a text states beyond its structure: works cited, figures, and the standard tables of a 信息公开年报.

mod citation;
mod cited;
mod figure;
mod foi;
pub mod gaps;
pub mod likeness;
mod numeral;
mod reading;

use crate::model::{Facts, Records};
use reading::Reading;

/// The facts of one document.
pub fn facts(records: &Records) -> Facts {
    let reading = Reading::new(records);
    let citations = citation::citations(&reading);
    let figures = figure::figures(&reading, &citations);
    Facts { figures, citations, foi: foi::foi(records) }
}
