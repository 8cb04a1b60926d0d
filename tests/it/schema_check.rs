//! A JSON Schema validator for the few keywords that our schema uses; another keyword makes it fail.

use serde_json::Value;

/// What is wrong with the value, as `pointer: reason`.
pub(crate) fn violations(root: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(root, root, value, "", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let holds = |schema: &Value| {
        let mut inner = Vec::new();
        check(root, schema, value, at, &mut inner);
        inner.is_empty()
    };
    let count = |schemas: &Value| schemas.as_array().unwrap().iter().filter(|schema| holds(schema)).count();
    for (keyword, rule) in schema.as_object().unwrap() {
        let fine = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "properties" | "items" => true,
            "$ref" => holds(root.pointer(rule.as_str().unwrap().trim_start_matches('#')).unwrap()),
            "type" => match rule {
                Value::Array(kinds) => kinds.iter().any(|kind| is(value, kind)),
                kind => is(value, kind),
            },
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "oneOf" => count(rule) == 1,
            "anyOf" => count(rule) > 0,
            "required" => rule.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
            "format" => value.as_str().is_none_or(|text| has_format(text, rule.as_str().unwrap())),
            other => panic!("the validator does not know `{other}`"),
        };
        if !fine {
            found.push(format!("{at}: {keyword} {rule} does not hold for {value}"));
        }
    }
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(key) {
            check(root, inner, value, &format!("{at}/{key}"), found);
        }
    }
    if let (Some(inner), Some(values)) = (schema.get("items"), value.as_array()) {
        for (n, value) in values.iter().enumerate() {
            check(root, inner, value, &format!("{at}/{n}"), found);
        }
    }
}

fn is(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the validator does not know the type `{other}`"),
    }
}

fn has_format(text: &str, format: &str) -> bool {
    match format {
        "date" => text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10,
        "date-time" => text.parse::<jiff::Timestamp>().is_ok(),
        other => panic!("the validator does not know the format `{other}`"),
    }
}
