//! JSON Lines over all sources.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use super::part::Part;
use super::{ExportError, Row, TableWriter, Written};

pub(super) struct Table {
    part: Part,
    out: BufWriter<File>,
    rows: u64,
}

impl Table {
    pub(super) fn begin(path: &Path) -> Result<Self, ExportError> {
        let part = Part::begin(path)?;
        let out = BufWriter::with_capacity(1 << 16, part.create()?);
        Ok(Self { part, out, rows: 0 })
    }
}

impl TableWriter for Table {
    fn row(&mut self, row: &Row) -> Result<(), ExportError> {
        let line = serde_json::to_vec(row).map_err(|error| self.part.failed(error))?;
        self.out.write_all(&line).and_then(|()| self.out.write_all(b"\n")).map_err(|error| self.part.failed(error))?;
        self.rows += 1;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Written, ExportError> {
        let Self { part, out, rows } = *self;
        out.into_inner().map_err(|error| part.failed(error.into_error()))?;
        Ok(Written { path: part.commit()?, rows })
    }
}
