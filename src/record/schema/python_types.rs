//! The record format as types of Python: a `TypedDict` a record, and the columns of each file in plain words.

use std::fmt::Write as _;

use super::column::{Column, Kind};
use super::files;

/// The module `gongwen.records` of the Python package.
pub fn python() -> String {
    let mut out =
        "\"\"\"The records of gongwen: what a line of each file holds. Made by `gongwen schema --as python`.\"\"\"\n\n\
                   from typing import TypedDict, Union\n"
            .to_owned();
    let files = files();
    for file in &files {
        out += &classes(&class_of(file.name), &file.about, &file.columns);
    }
    out += "\n\nKind = Union[str, list[\"Kind\"], dict[str, \"Kind\"]]\n\n\
            # The type of every column: text, day, instant, integer, number or truth; a list of one, or the keys of an object.\n\
            COLUMNS: dict[str, dict[str, Kind]] = {\n";
    for file in &files {
        let _ = writeln!(out, "    \"{}\": {{", file.name);
        for column in &file.columns {
            let _ = writeln!(out, "        \"{}\": {},", column.name, plain(&column.kind));
        }
        out += "    },\n";
    }
    out + "}\n"
}

/// `citations` → `Citation`.
fn class_of(file: &str) -> String {
    let mut letters = file.strip_suffix('s').unwrap_or(file).chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A class and, before it, those of the objects in it.
fn classes(name: &str, about: &str, columns: &[Column]) -> String {
    let inner = columns.iter().filter(|column| !column.kind.fields().is_empty());
    let mut out: String =
        inner.map(|column| classes(&class_in(name, column), &column.meaning, column.kind.fields())).collect();
    let about = about.lines().next().unwrap_or_default();
    let _ = write!(out, "\n\nclass {name}(TypedDict):\n    \"\"\"{about}\"\"\"\n\n");
    for column in columns {
        let kind = annotation(&column.kind, &class_in(name, column));
        let null = if column.nullable { " | None" } else { "" };
        let _ = writeln!(out, "    {}: {kind}{null}", column.name);
    }
    out
}

/// `Section` and `items` → `SectionItem`.
fn class_in(name: &str, column: &Column) -> String {
    name.to_owned() + &class_of(&column.name)
}

fn annotation(kind: &Kind, class: &str) -> String {
    match kind {
        Kind::Text | Kind::Choice(_) | Kind::Day | Kind::Instant => "str".to_owned(),
        Kind::Integer => "int".to_owned(),
        Kind::Number => "float".to_owned(),
        Kind::Truth => "bool".to_owned(),
        Kind::List(inner) => format!("list[{}]", annotation(inner, class)),
        Kind::Object(_) => class.to_owned(),
    }
}

fn plain(kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::Choice(_) => "\"text\"".to_owned(),
        Kind::Day => "\"day\"".to_owned(),
        Kind::Instant => "\"instant\"".to_owned(),
        Kind::Integer => "\"integer\"".to_owned(),
        Kind::Number => "\"number\"".to_owned(),
        Kind::Truth => "\"truth\"".to_owned(),
        Kind::List(inner) => format!("[{}]", plain(inner)),
        Kind::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|field| format!("\"{}\": {}", field.name, plain(&field.kind))).collect();
            format!("{{{}}}", fields.join(", "))
        }
    }
}
