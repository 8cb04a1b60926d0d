//! The columns of a record type, read from its JSON Schema.

use serde_json::Value;

/// One key of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The key.
    pub name: String,
    /// The type of its values.
    pub kind: Kind,
    /// Whether the value may be null.
    pub nullable: bool,
    /// What it means.
    pub meaning: String,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// One of these words.
    Choice(Vec<Choice>),
    /// `YYYY-MM-DD`.
    Day,
    /// RFC 3339.
    Instant,
    /// A whole number that fits into 64 bits with a sign.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Truth,
    /// A list.
    List(Box<Kind>),
    /// An object.
    Object(Vec<Column>),
}

/// A word that a value may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The word.
    pub word: String,
    /// What it means.
    pub meaning: String,
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
    let choices = choices(schema);
    let format = schema["format"].as_str().unwrap_or_default();
    if !choices.is_empty() {
        Kind::Choice(choices)
    } else if named("array") {
        Kind::List(Box::new(kind(&schema["items"])))
    } else if named("object") {
        Kind::Object(columns(schema))
    } else if named("integer") {
        Kind::Integer
    } else if named("number") {
        Kind::Number
    } else if named("boolean") {
        Kind::Truth
    } else {
        match format {
            "date" => Kind::Day,
            "date-time" => Kind::Instant,
            _ => Kind::Text,
        }
    }
}

/// The words of an enum: each with its own doc comment under `oneOf`, those without one together under `enum`.
fn choices(schema: &Value) -> Vec<Choice> {
    let list = |schema: &Value, key: &str| schema[key].as_array().cloned().unwrap_or_default();
    let choice = |word: &Value, meaning: &Value| {
        let meaning = meaning.as_str().unwrap_or_default().to_owned();
        word.as_str().map(|word| Choice { word: word.to_owned(), meaning })
    };
    let mut choices: Vec<Choice> = list(schema, "enum").iter().filter_map(|word| choice(word, &Value::Null)).collect();
    for variant in list(schema, "oneOf") {
        choices.extend(choice(&variant["const"], &variant["description"]));
        choices.extend(list(&variant, "enum").iter().filter_map(|word| choice(word, &Value::Null)));
    }
    choices
}

impl Column {
    /// The type in words.
    pub fn plain(&self) -> String {
        self.kind.plain() + if self.nullable { " or null" } else { "" }
    }
}

impl Kind {
    /// The columns inside, if this is an object or a list of objects.
    pub fn fields(&self) -> &[Column] {
        match self {
            Self::List(inner) => inner.fields(),
            Self::Object(fields) => fields,
            _ => &[],
        }
    }

    /// The words that the value, or each value of the list, may be; none if it may be any.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::List(inner) => inner.choices(),
            Self::Choice(choices) => choices,
            _ => &[],
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Choice(_) => "word".to_owned(),
            Self::Day => "day".to_owned(),
            Self::Instant => "instant".to_owned(),
            Self::Integer => "integer".to_owned(),
            Self::Number => "number".to_owned(),
            Self::Truth => "true or false".to_owned(),
            Self::List(inner) if matches!(**inner, Self::Choice(_)) => "list of words".to_owned(),
            Self::List(inner) => format!("list of {}", inner.plain()),
            Self::Object(_) => "object".to_owned(),
        }
    }
}
