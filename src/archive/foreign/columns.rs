//! Pages as rows of a Parquet file with the columns `url` and `html`.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use ::parquet::errors::{ParquetError, Result};
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::reader::{ReaderIter, TreeBuilder};
use ::parquet::record::{Field, Row};
use ::parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};

use super::{Line, Told};
use crate::archive::ArchiveError;

/// The columns that are read; all others are let through.
const COLUMNS: [&str; 2] = ["url", "html"];
/// So many rows are unpacked at a time: pages are large, and a thousand of them would be the memory of the whole program.
const BATCH: usize = 16;

/// The rows of a file. What cannot be read of a row group is told as a whole, and the next one is read.
pub struct Rows {
    path: Box<Path>,
    file: Option<Opened>,
    told: Option<Told>,
}

struct Opened {
    reader: SerializedFileReader<File>,
    columns: SchemaDescPtr,
    group: usize,
    rows: Option<ReaderIter>,
    /// The number of the next row, in the file.
    next: u64,
    /// That of the first row behind the group.
    end: u64,
}

impl Rows {
    /// Whether a file is read as Parquet: by its name.
    pub fn are_in(path: &Path) -> bool {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("parquet"))
    }

    /// Opens a file.
    ///
    /// # Errors
    /// What the disk says; a file that is no Parquet is told as its only row.
    pub fn open(path: &Path) -> std::result::Result<Self, ArchiveError> {
        let file = File::open(path).map_err(|error| ArchiveError::at(path, error))?;
        let (file, told) = match guarded(|| Opened::new(file)) {
            Ok(file) => (Some(file), None),
            Err(error) => match on_disk(&error) {
                Some(error) => return Err(ArchiveError::at(path, error)),
                None => (None, Some(Told { offset: 0, why: format!("no Parquet with a column `html`: {error}") })),
            },
        };
        Ok(Self { path: path.into(), file, told })
    }
}

impl Iterator for Rows {
    type Item = std::result::Result<std::result::Result<Line, Told>, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(file) = &mut self.file else { return self.told.take().map(|told| Ok(Err(told))) };
        match guarded(|| file.row()) {
            Ok(row) => row.map(|(n, row)| Ok(line(n, row))),
            Err(error) => match on_disk(&error) {
                Some(error) => {
                    self.file = None;
                    Some(Err(ArchiveError::at(&self.path, error)))
                }
                None => Some(Ok(Err(file.give_up(&error)))),
            },
        }
    }
}

impl Opened {
    fn new(file: File) -> Result<Self> {
        let reader = SerializedFileReader::new(file)?;
        let schema = reader.metadata().file_metadata().schema_descr().root_schema();
        let fields = schema.get_fields().iter().filter(|field| COLUMNS.contains(&field.name()) && field.is_primitive());
        let fields: Vec<_> = fields.cloned().collect();
        if !fields.iter().any(|field| field.name() == "html") {
            let names: Vec<&str> = schema.get_fields().iter().map(|field| field.name()).collect();
            return Err(ParquetError::General(format!("its columns are {}", names.join(", "))));
        }
        let columns = Type::group_type_builder(schema.name()).with_fields(fields).build()?;
        let columns = Arc::new(SchemaDescriptor::new(Arc::new(columns)));
        Ok(Self { reader, columns, group: 0, rows: None, next: 0, end: 0 })
    }

    /// The next row and its number.
    fn row(&mut self) -> Result<Option<(u64, Row)>> {
        loop {
            if let Some(row) = self.rows.as_mut().and_then(Iterator::next) {
                let n = self.next;
                let row = row?;
                self.next += 1;
                return Ok(Some((n, row)));
            }
            // What a group promised and did not hold is passed over by the numbers too.
            (self.next, self.rows) = (self.end, None);
            let metadata = self.reader.metadata();
            let Some(group) = metadata.row_groups().get(self.group) else {
                let (said, all) = (metadata.file_metadata().num_rows(), i64::try_from(self.end).unwrap_or(i64::MAX));
                if said <= all {
                    return Ok(None);
                }
                self.end = u64::try_from(said).unwrap_or_default();
                return Err(ParquetError::General("no group holds them".to_owned()));
            };
            self.end += u64::try_from(group.num_rows()).unwrap_or_default();
            self.group += 1;
            let group = self.reader.get_row_group(self.group - 1)?;
            self.rows = Some(TreeBuilder::new().with_batch_size(BATCH).as_iter(Arc::clone(&self.columns), &*group)?);
        }
    }

    /// Leaves the rest of a group.
    fn give_up(&mut self, error: &ParquetError) -> Told {
        let (first, behind) = (self.next, self.end);
        (self.next, self.rows) = (behind, None);
        Told { offset: first, why: format!("{} rows cannot be read: {error}", behind - first) }
    }
}

/// What the library does with bytes that it does not expect: it fails, and at times it panics.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(ParquetError::General("the Parquet library failed at these bytes".to_owned())))
}

/// The error of the disk behind one of the library.
fn on_disk(error: &ParquetError) -> Option<std::io::Error> {
    let ParquetError::External(source) = error else { return None };
    source.downcast_ref::<std::io::Error>()?.raw_os_error().map(std::io::Error::from_raw_os_error)
}

fn line(n: u64, row: Row) -> std::result::Result<Line, Told> {
    let told = |why: &str| Err(Told { offset: n, why: why.to_owned() });
    let (mut url, mut html) = (None, None);
    for (name, field) in row.into_columns() {
        match (name.as_str(), field) {
            ("url", Field::Str(text)) => url = Some(text),
            // Text without its logical type, as old writers leave it.
            ("url", Field::Bytes(bytes)) => url = Some(String::from_utf8_lossy(bytes.data()).into_owned()),
            ("html", Field::Str(text)) => html = Some((text.into_bytes(), true)),
            ("html", Field::Bytes(bytes)) => html = Some((bytes.data().to_vec(), false)),
            ("html", Field::Null) => return told("a row without a page"),
            ("html", _) => return told("the column `html` holds no text"),
            _ => {}
        }
    }
    match html {
        Some((html, is_text)) => Ok(Line::of_row(n, url, html, is_text)),
        None => told("a row without a page"),
    }
}
