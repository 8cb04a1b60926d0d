//! Typed Parquet: lists and structs as such, days as dates, instants as timestamps in UTC, packed with zstd.

mod shred;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::parser::parse_message_type;
use ::parquet::schema::types::ColumnPath;

use self::shred::{Leaf, Node, Values};
use super::part::Part;
use super::{ExportError, Row, TableWriter, Written};
use crate::record::schema::{Column, Kind};

/// So much text is held before it is written as one row group.
const GROUP_BYTES: usize = 64 << 20;

pub(super) struct Table {
    part: Part,
    out: SerializedFileWriter<File>,
    root: Node,
    leaves: Vec<Leaf>,
    bytes: usize,
    rows: u64,
}

impl Table {
    pub(super) fn begin(columns: &[Column], path: &Path) -> Result<Self, ExportError> {
        let part = Part::begin(path)?;
        let fields: String = columns.iter().map(field).collect();
        let schema =
            parse_message_type(&format!("message record {{ {fields} }}")).map_err(|error| part.failed(error))?;
        let properties = properties(columns).map_err(|error| part.failed(error))?;
        let out = SerializedFileWriter::new(part.create()?, Arc::new(schema), Arc::new(properties))
            .map_err(|error| part.failed(error))?;
        let mut leaves = Vec::new();
        let root = Node::of_columns(columns, &mut leaves);
        Ok(Self { part, out, root, leaves, bytes: 0, rows: 0 })
    }

    /// Writes what is held as one row group.
    fn flush(&mut self) -> Result<(), ParquetError> {
        let mut group = self.out.next_row_group()?;
        for leaf in &mut self.leaves {
            let Some(mut column) = group.next_column()? else { break };
            write(column.untyped(), leaf)?;
            column.close()?;
            leaf.clear();
        }
        group.close()?;
        self.bytes = 0;
        Ok(())
    }
}

/// Tables of reports are small and mostly text: what is kept besides the values themselves soon weighs as much as they do.
fn properties(columns: &[Column]) -> Result<WriterProperties, ParquetError> {
    let level = ZstdLevel::try_new(15)?;
    let builder = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_created_by(concat!("gongwen ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_offset_index_disabled(true)
        .set_statistics_enabled(EnabledStatistics::None);
    // Readers pass over row groups by days and numbers, never by text.
    let counted = columns.iter().filter(|column| matches!(column.kind, Kind::Day | Kind::Instant | Kind::Integer));
    let builder = counted.fold(builder, |builder, column| {
        builder.set_column_statistics_enabled(ColumnPath::from(column.name.as_str()), EnabledStatistics::Chunk)
    });
    Ok(builder.build())
}

fn write(column: &mut ColumnWriter<'_>, leaf: &Leaf) -> Result<(), ParquetError> {
    let (def, rep) = (Some(leaf.def.as_slice()), leaf.repeats.then_some(leaf.rep.as_slice()));
    match (column, &leaf.values) {
        (ColumnWriter::ByteArrayColumnWriter(out), Values::Text(values)) => out.write_batch(values, def, rep),
        (ColumnWriter::Int32ColumnWriter(out), Values::Day(values)) => out.write_batch(values, def, rep),
        (ColumnWriter::Int64ColumnWriter(out), Values::Whole(values) | Values::Instant(values)) => {
            out.write_batch(values, def, rep)
        }
        (ColumnWriter::DoubleColumnWriter(out), Values::Number(values)) => out.write_batch(values, def, rep),
        (ColumnWriter::BoolColumnWriter(out), Values::Truth(values)) => out.write_batch(values, def, rep),
        _ => Err(ParquetError::General("a column has another type than its values".to_owned())),
    }
    .map(drop)
}

impl TableWriter for Table {
    fn row(&mut self, row: &Row) -> Result<(), ExportError> {
        self.bytes += self.root.row(row, &mut self.leaves)?;
        self.rows += 1;
        if self.bytes >= GROUP_BYTES {
            self.flush().map_err(|error| self.part.failed(error))?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Written, ExportError> {
        if self.bytes > 0 {
            self.flush().map_err(|error| self.part.failed(error))?;
        }
        let Self { part, out, rows, .. } = *self;
        out.close().map_err(|error| part.failed(error))?;
        Ok(Written { path: part.commit()?, rows })
    }
}

/// A column in the language of Parquet's schemas. All may be null, so that files of older records can be read beside.
fn field(column: &Column) -> String {
    named(&column.name, &column.kind)
}

fn named(name: &str, kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::Choice(_) => format!("OPTIONAL BYTE_ARRAY {name} (STRING); "),
        Kind::Day => format!("OPTIONAL INT32 {name} (DATE); "),
        Kind::Instant => format!("OPTIONAL INT64 {name} (TIMESTAMP(MICROS,true)); "),
        Kind::Integer => format!("OPTIONAL INT64 {name}; "),
        Kind::Number => format!("OPTIONAL DOUBLE {name}; "),
        Kind::Truth => format!("OPTIONAL BOOLEAN {name}; "),
        Kind::List(inner) => {
            format!("OPTIONAL group {name} (LIST) {{ REPEATED group list {{ {} }} }} ", named("element", inner))
        }
        Kind::Object(fields) => {
            let fields: String = fields.iter().map(field).collect();
            format!("OPTIONAL group {name} {{ {fields} }} ")
        }
    }
}
