//! `gongwen schema` and `completions`: what the program says about itself.

use std::io::{self, Write as _};

use super::terminal::written;
use super::{Context, Exit};
use crate::cli::{self, SchemaArgs, SchemaForm};
use crate::record::schema;

pub(super) fn schema(args: &SchemaArgs, context: &Context) -> anyhow::Result<Exit> {
    let output = context.global.output.to_string_lossy();
    let text = match args.form {
        SchemaForm::Jsonschema => serde_json::to_string_pretty(&schema::jsonschema())? + "\n",
        SchemaForm::Markdown => schema::markdown(),
        SchemaForm::Duckdb => schema::duckdb(&output),
        SchemaForm::Polars => schema::polars(&output),
        SchemaForm::Arrow => schema::arrow(&output),
        SchemaForm::Python => schema::python(),
    };
    print(text.as_bytes())
}

pub(super) fn completions(shell: clap_complete::Shell) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::command(), "gongwen", &mut script);
    print(&script)
}

pub(super) fn print(bytes: &[u8]) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    written(out.write_all(bytes).and_then(|()| out.flush()))?;
    Ok(Exit::Done)
}
