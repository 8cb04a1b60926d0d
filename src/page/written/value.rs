//! A constant of a script.

/// A value that is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(i64),
    Truth(bool),
    /// The letters of a pattern that stands for them everywhere: `/-/g`.
    Pattern(String),
    Null,
}

impl Value {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Pattern(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::Null => "null".to_owned(),
        }
    }

    pub(super) fn holds(&self) -> bool {
        match self {
            Self::Text(text) | Self::Pattern(text) => !text.is_empty(),
            Self::Number(number) => *number != 0,
            Self::Truth(truth) => *truth,
            Self::Null => false,
        }
    }

    pub(super) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Null, _) | (_, Self::Null) => false,
            _ => self.text() == other.text(),
        }
    }
}
