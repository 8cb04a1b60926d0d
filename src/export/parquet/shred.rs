//! Rows taken apart into the columns of Parquet: for each leaf its values, and how deep each row is defined and repeated.

use ::parquet::data_type::ByteArray;
use jiff::civil::Date;
use jiff::{Timestamp, Unit};
use serde_json::Value;

use crate::export::{ExportError, Row};
use crate::record::schema::{Column, Kind};

/// The values of one leaf that are not null.
pub(super) enum Values {
    Text(Vec<ByteArray>),
    /// Days since 1970.
    Day(Vec<i32>),
    /// Microseconds since 1970.
    Instant(Vec<i64>),
    Whole(Vec<i64>),
    Number(Vec<f64>),
    Truth(Vec<bool>),
}

/// A column without columns inside.
pub(super) struct Leaf {
    name: String,
    pub(super) values: Values,
    pub(super) def: Vec<i16>,
    pub(super) rep: Vec<i16>,
    /// Whether it lies in a list.
    pub(super) repeats: bool,
}

/// The shape of a value; leaves are named by their place.
pub(super) enum Node {
    Leaf(usize),
    List(Box<Node>),
    Object(Vec<(String, Node)>),
}

/// Where in a row a value stands: how many optional things around it are there, and where it repeats.
#[derive(Clone, Copy)]
struct At {
    def: i16,
    /// The level at which it goes on.
    rep: i16,
    /// How many lists are around it.
    lists: i16,
}

impl Node {
    /// The shape of a row.
    pub(super) fn of_columns(columns: &[Column], leaves: &mut Vec<Leaf>) -> Self {
        Self::object(columns, leaves, false)
    }

    fn object(columns: &[Column], leaves: &mut Vec<Leaf>, repeats: bool) -> Self {
        let node = |column: &Column| (column.name.clone(), Self::of(&column.name, &column.kind, leaves, repeats));
        Self::Object(columns.iter().map(node).collect())
    }

    fn of(name: &str, kind: &Kind, leaves: &mut Vec<Leaf>, repeats: bool) -> Self {
        let values = match kind {
            Kind::List(inner) => return Self::List(Box::new(Self::of(name, inner, leaves, true))),
            Kind::Object(fields) => return Self::object(fields, leaves, repeats),
            Kind::Text | Kind::Choice(_) => Values::Text(Vec::new()),
            Kind::Day => Values::Day(Vec::new()),
            Kind::Instant => Values::Instant(Vec::new()),
            Kind::Integer => Values::Whole(Vec::new()),
            Kind::Number => Values::Number(Vec::new()),
            Kind::Truth => Values::Truth(Vec::new()),
        };
        leaves.push(Leaf { name: name.to_owned(), values, def: Vec::new(), rep: Vec::new(), repeats });
        Self::Leaf(leaves.len() - 1)
    }

    /// Takes a row apart; gives about how many bytes it is.
    pub(super) fn row(&self, row: &Row, leaves: &mut [Leaf]) -> Result<usize, ExportError> {
        let Self::Object(fields) = self else { return Ok(0) };
        let mut bytes = 0;
        for (name, node) in fields {
            bytes += node.put(row.get(name).unwrap_or(&Value::Null), At { def: 0, rep: 0, lists: 0 }, leaves)?;
        }
        Ok(bytes)
    }

    fn put(&self, value: &Value, at: At, leaves: &mut [Leaf]) -> Result<usize, ExportError> {
        let inside = At { def: at.def + 1, ..at };
        match (self, value) {
            (_, Value::Null) => Ok(self.stop(at, leaves)),
            (Self::List(_), Value::Array(values)) if values.is_empty() => Ok(self.stop(inside, leaves)),
            (Self::List(inner), Value::Array(values)) => {
                let lists = at.lists + 1;
                let mut bytes = 0;
                for (n, value) in values.iter().enumerate() {
                    let rep = if n == 0 { at.rep } else { lists };
                    bytes += inner.put(value, At { def: at.def + 2, rep, lists }, leaves)?;
                }
                Ok(bytes)
            }
            (Self::Object(fields), Value::Object(object)) => {
                let mut bytes = 0;
                for (name, node) in fields {
                    bytes += node.put(object.get(name).unwrap_or(&Value::Null), inside, leaves)?;
                }
                Ok(bytes)
            }
            (Self::Leaf(n), value) => leaves.get_mut(*n).map_or(Ok(0), |leaf| leaf.put(value, inside)),
            (_, value) => Err(ExportError::Value { column: String::new(), value: value.to_string() }),
        }
    }

    /// Nothing further is defined below here.
    fn stop(&self, at: At, leaves: &mut [Leaf]) -> usize {
        match self {
            Self::Leaf(n) => leaves.get_mut(*n).map_or(0, |leaf| leaf.level(at)),
            Self::List(inner) => inner.stop(at, leaves),
            Self::Object(fields) => fields.iter().map(|(_, node)| node.stop(at, leaves)).sum(),
        }
    }
}

impl Leaf {
    fn level(&mut self, at: At) -> usize {
        self.def.push(at.def);
        self.rep.push(at.rep);
        size_of::<i16>() * 2
    }

    fn put(&mut self, value: &Value, at: At) -> Result<usize, ExportError> {
        let wrong = || ExportError::Value { column: self.name.clone(), value: value.to_string() };
        let mut bytes = size_of::<i64>();
        match &mut self.values {
            Values::Text(values) => {
                let text = value.as_str().ok_or_else(wrong)?;
                bytes += text.len();
                values.push(text.into());
            }
            Values::Day(values) => values.push(value.as_str().and_then(day).ok_or_else(wrong)?),
            Values::Instant(values) => {
                let instant = value.as_str().and_then(|text| text.parse::<Timestamp>().ok()).ok_or_else(wrong)?;
                values.push(instant.as_microsecond());
            }
            Values::Whole(values) => values.push(value.as_i64().ok_or_else(wrong)?),
            Values::Number(values) => values.push(value.as_f64().ok_or_else(wrong)?),
            Values::Truth(values) => values.push(value.as_bool().ok_or_else(wrong)?),
        }
        Ok(bytes + self.level(at))
    }

    pub(super) fn clear(&mut self) {
        self.def.clear();
        self.rep.clear();
        match &mut self.values {
            Values::Text(values) => values.clear(),
            Values::Day(values) => values.clear(),
            Values::Instant(values) | Values::Whole(values) => values.clear(),
            Values::Number(values) => values.clear(),
            Values::Truth(values) => values.clear(),
        }
    }
}

fn day(text: &str) -> Option<i32> {
    let day: Date = text.parse().ok()?;
    let epoch = Date::new(1970, 1, 1).ok()?;
    epoch.until((Unit::Day, day)).ok().map(|span| span.get_days())
}
