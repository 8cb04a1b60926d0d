//! What stands in a file that another program wrote, item by item, not read yet.

use std::path::Path;

use crate::archive::{ArchiveError, ForeignArchive, Found, Line, Lines, Placed, Told};

/// One item of a file.
pub(super) enum Item {
    /// A record of a WARC file.
    Record(Box<Placed>),
    /// A line of JSON or a row of Parquet.
    Line(Line),
    /// Bytes that are neither.
    Told(Told),
}

/// Where an item stands, and what it is called.
#[derive(Default)]
pub(super) struct Place {
    pub(super) offset: u64,
    pub(super) url: Option<String>,
}

impl Item {
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Record(placed) => Place { offset: placed.offset, url: placed.url().map(Into::into) },
            Self::Line(line) => Place { offset: line.offset, url: None },
            Self::Told(told) => Place { offset: told.offset, url: None },
        }
    }
}

/// The items of a file in their order.
pub(super) type Items = Box<dyn Iterator<Item = Result<Item, ArchiveError>> + Send>;

/// Opens a file; its name tells JSON Lines and Parquet from WARC.
pub(super) fn items(path: &Path) -> Result<Items, ArchiveError> {
    if Lines::are_in(path) {
        return Ok(of_lines(Lines::open(path)?));
    }
    #[cfg(feature = "parquet")]
    if crate::archive::Rows::are_in(path) {
        return Ok(of_lines(crate::archive::Rows::open(path)?));
    }
    #[cfg(not(feature = "parquet"))]
    if path.extension().is_some_and(|ending| ending == "parquet") {
        let why = "this program was built without Parquet: build it with its default features";
        let source = std::io::Error::new(std::io::ErrorKind::Unsupported, why);
        return Err(ArchiveError::Io { path: path.to_owned(), source });
    }
    let records = ForeignArchive::open(path)?;
    Ok(Box::new(records.map(|found| {
        found.map(|found| match found {
            Found::Record(placed) => Item::Record(placed),
            Found::Told(told) => Item::Told(told),
        })
    })))
}

fn of_lines(lines: impl Iterator<Item = Result<Result<Line, Told>, ArchiveError>> + Send + 'static) -> Items {
    Box::new(lines.map(|line| line.map(|line| line.map_or_else(Item::Told, Item::Line))))
}
