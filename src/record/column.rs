//! The columns of a record type, read from its JSON Schema.

use serde_json::Value;

/// One key of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// The key.
    pub(super) name: String,
    /// The type of its values.
    pub(super) kind: Kind,
    /// Whether the value may be null.
    pub(super) nullable: bool,
    /// What it means.
    pub(super) meaning: String,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A string.
    Text,
    /// `YYYY-MM-DD`.
    Day,
    /// RFC 3339.
    Instant,
    /// A whole number that fits into 64 bits with a sign.
    Integer,
    /// A list.
    List(Box<Kind>),
    /// An object.
    Object(Vec<Column>),
}

/// The columns of an object schema, in the order of its keys.
pub(super) fn columns(schema: &Value) -> Vec<Column> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, property)| {
            let (schema, nullable) = without_null(property);
            Column {
                name: name.clone(),
                kind: kind(schema),
                nullable,
                meaning: property["description"].as_str().unwrap_or_default().to_owned(),
            }
        })
        .collect()
}

/// `anyOf: [T, null]` as `T`; the other way to say it, a list of types, is left to [`kind`].
fn without_null(schema: &Value) -> (&Value, bool) {
    let is_null = |schema: &Value| schema["type"] == "null";
    if let Some([one, other]) = schema["anyOf"].as_array().map(Vec::as_slice)
        && (is_null(one) || is_null(other))
    {
        return (if is_null(one) { other } else { one }, true);
    }
    (schema, schema["type"].as_array().is_some_and(|types| types.iter().any(|name| name == "null")))
}

fn kind(schema: &Value) -> Kind {
    let named = |name: &str| match &schema["type"] {
        Value::Array(types) => types.iter().any(|known| known == name),
        one => one == name,
    };
    let format = schema["format"].as_str().unwrap_or_default();
    if named("array") {
        Kind::List(Box::new(kind(&schema["items"])))
    } else if named("object") {
        Kind::Object(columns(schema))
    } else if named("integer") {
        Kind::Integer
    } else {
        match format {
            "date" => Kind::Day,
            "date-time" => Kind::Instant,
            _ => Kind::Text,
        }
    }
}

impl Column {
    /// The type in words.
    pub(super) fn plain(&self) -> String {
        self.kind.plain() + if self.nullable { " or null" } else { "" }
    }
}

impl Kind {
    /// The columns inside, if this is an object or a list of objects.
    pub(super) fn fields(&self) -> &[Column] {
        match self {
            Self::List(inner) => inner.fields(),
            Self::Object(fields) => fields,
            _ => &[],
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Day => "day".to_owned(),
            Self::Instant => "instant".to_owned(),
            Self::Integer => "integer".to_owned(),
            Self::List(inner) => format!("list of {}", inner.plain()),
            Self::Object(_) => "object".to_owned(),
        }
    }

    /// The type in `DuckDB`.
    pub(super) fn duckdb(&self) -> String {
        match self {
            Self::Text => "VARCHAR".to_owned(),
            Self::Day => "DATE".to_owned(),
            Self::Instant => "TIMESTAMPTZ".to_owned(),
            // With a sign, because `start - end` of numbers without one is an error.
            Self::Integer => "BIGINT".to_owned(),
            Self::List(inner) => inner.duckdb() + "[]",
            Self::Object(fields) => {
                let fields: Vec<String> =
                    fields.iter().map(|field| format!("\"{}\" {}", field.name, field.kind.duckdb())).collect();
                format!("STRUCT({})", fields.join(", "))
            }
        }
    }

    /// The type in polars, whose JSON reader leaves days and instants as text.
    pub(super) fn polars(&self) -> String {
        match self {
            Self::Text | Self::Day | Self::Instant => "pl.String".to_owned(),
            // polars' JSON reader stops at numbers of less than 32 bits.
            Self::Integer => "pl.Int64".to_owned(),
            Self::List(inner) => format!("pl.List({})", inner.polars()),
            Self::Object(fields) => {
                let fields: Vec<String> =
                    fields.iter().map(|field| format!("\"{}\": {}", field.name, field.kind.polars())).collect();
                format!("pl.Struct({{{}}})", fields.join(", "))
            }
        }
    }
}
