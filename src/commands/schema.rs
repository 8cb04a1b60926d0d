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
    print(with_ids(shell, &String::from_utf8_lossy(&script)).as_bytes())
}

/// The script with the ids of the sources behind `--source`; the program is asked for them, so that they are those of the
/// folder in which the shell is.
fn with_ids(shell: clap_complete::Shell, script: &str) -> String {
    use clap_complete::Shell::{Bash, Fish, Zsh};
    const IDS: &str = "gongwen sources list 2>/dev/null | cut -d' ' -f1";
    match shell {
        Bash => script.replace(
            "--source)\n                    COMPREPLY=($(compgen -f \"${cur}\"))",
            &format!("--source)\n                    COMPREPLY=($(compgen -W \"$({IDS})\" -- \"${{cur}}\"))"),
        ),
        Zsh => script.replace(
            ":ID:_default' \\\n",
            &format!(":ID:{{compadd - ${{(f)\"$({})\"}}}}' \\\n", IDS.replace('\'', "\"")),
        ),
        Fish => format!("{script}complete -c gongwen -l source -x -a \"({IDS})\"\n"),
        _ => script.to_owned(),
    }
}

pub(super) fn print(bytes: &[u8]) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    written(out.write_all(bytes).and_then(|()| out.flush()))?;
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_complete_the_ids_of_sources() {
        use clap_complete::Shell::{Bash, Fish, Zsh};
        for shell in [Bash, Zsh, Fish] {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut cli::command(), "gongwen", &mut script);
            let script = with_ids(shell, &String::from_utf8(script).unwrap());
            let asked = script.matches("gongwen sources list").count();
            assert!(asked >= if shell == Fish { 1 } else { 4 }, "{shell}: {asked}\n{script}");
        }
    }
}
