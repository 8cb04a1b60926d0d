//! The bytes of one page or file → its records: decoding, extraction, structure and assembly joined, still pure.
//!
//! `build`, `extract` and the Python package all go this way, so that the same bytes give the same records everywhere.

mod file;
mod inputs;
mod line;
mod page;
mod parts;
mod picture;
mod plain;

pub use file::{file_text, is_of_a_file};
pub use inputs::{Input, inputs};
pub use line::line;
pub use page::{Files, Hanging, Made, RawPage, file_records, page_records, page_revision};
pub use parts::{PartPage, Parts};
pub use picture::PictureReader;
pub use plain::{plain_document, plain_records};
