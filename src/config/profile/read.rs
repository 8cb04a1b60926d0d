//! A profile file → [`Profile`], with every problem reported at once.

use regex::Regex;
use toml::{Table, Value};

use super::{Layout, Marks, Pattern, Problem, Profile};

pub(super) fn profile(id: &str, text: &str) -> Result<Profile, Vec<Problem>> {
    let table: Table = text
        .parse()
        .map_err(|error: toml::de::Error| vec![Problem { key: String::new(), message: error.message().to_owned() }])?;
    let mut problems = Problems(Vec::new());
    problems.unknown(&table, "", &["name", "marks", "article"]);
    let name = if let Some(Value::String(name)) = table.get("name") {
        name.clone()
    } else {
        problems.add("name", "is missing: write the name of the portal family");
        String::new()
    };
    let marks = problems.table(&table, "marks", &["elements", "urls"]);
    let article = problems.table(&table, "article", &["body", "title", "remove"]);
    let profile = Profile {
        id: id.to_owned(),
        name,
        marks: Marks {
            elements: problems.list(&marks, "marks", "elements", Pattern::parse),
            urls: problems.list(&marks, "marks", "urls", |text| {
                Regex::new(text).map_err(|error| format!("is no regular expression: {error}"))
            }),
        },
        article: Layout {
            body: problems.list(&article, "article", "body", Pattern::parse),
            title: problems.list(&article, "article", "title", Pattern::parse),
            remove: problems.list(&article, "article", "remove", Pattern::parse),
        },
    };
    if problems.0.is_empty() { Ok(profile) } else { Err(problems.0) }
}

struct Problems(Vec<Problem>);

impl Problems {
    fn add(&mut self, key: &str, message: impl Into<String>) {
        self.0.push(Problem { key: key.to_owned(), message: message.into() });
    }

    fn unknown(&mut self, table: &Table, prefix: &str, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.as_str())) {
            self.add(&format!("{prefix}{key}"), format!("is unknown: here stand {}", known.join(", ")));
        }
    }

    fn table(&mut self, table: &Table, key: &str, known: &[&str]) -> Table {
        match table.get(key) {
            Some(Value::Table(inner)) => {
                self.unknown(inner, &format!("{key}."), known);
                inner.clone()
            }
            None => Table::new(),
            Some(_) => {
                self.add(key, "must be a table");
                Table::new()
            }
        }
    }

    fn list<T>(&mut self, table: &Table, prefix: &str, key: &str, read: impl Fn(&str) -> Result<T, String>) -> Vec<T> {
        let values = match table.get(key) {
            None => return Vec::new(),
            Some(Value::Array(values)) => values.as_slice(),
            Some(_) => {
                self.add(&format!("{prefix}.{key}"), "must be a list of strings");
                return Vec::new();
            }
        };
        let mut list = Vec::new();
        for (n, value) in values.iter().enumerate() {
            match value.as_str().ok_or("must be a string".to_owned()).and_then(&read) {
                Ok(item) => list.push(item),
                Err(message) => self.add(&format!("{prefix}.{key}[{n}]"), message),
            }
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_reported_with_its_key() {
        let text = "nmae = \"x\"\n[marks]\nurls = [\"(\"]\n[article]\nbody = [\"div p\", 3]\ncolour = 1\n";
        let keys: Vec<String> = profile("x", text).unwrap_err().into_iter().map(|problem| problem.key).collect();
        assert_eq!(keys, ["nmae", "name", "article.colour", "marks.urls[0]", "article.body[0]", "article.body[1]"]);
        assert_eq!(profile("x", "name = ").unwrap_err().len(), 1);
    }
}
