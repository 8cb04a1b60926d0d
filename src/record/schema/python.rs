//! What the forms for Python have in common: a template with the schemas and the folder put in.

/// The template with its two marked lines replaced.
pub(super) fn module(template: &str, output: &str, schemas: &str) -> String {
    // Python reads the escapes that JSON writes.
    let folder = serde_json::Value::from(format!("{output}/records"));
    template
        .replace("FOLDER = None\n", &format!("FOLDER = {folder}\n"))
        .replace("SCHEMAS = {}\n", &format!("SCHEMAS = {{}}\n{schemas}"))
}
