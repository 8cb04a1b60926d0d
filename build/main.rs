//! Prepares what the program would otherwise prepare at every start.
#![expect(clippy::print_stdout, reason = "so cargo is told what to watch")]
#![expect(clippy::disallowed_methods, reason = "cargo owns this folder")]

mod regions;

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // `include_dir!` alone does not see that a shipped configuration file changed.
    println!("cargo::rerun-if-changed=config");
    let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or(io::ErrorKind::NotFound)?;
    let read = |file: &str| {
        println!("cargo::rerun-if-changed={file}");
        fs::read_to_string(file)
    };
    let index = regions::index(&read("src/record/region/table.tsv")?, &read("src/words/peoples.txt")?);
    fs::write(out.join("region_lines.bin"), index.lines)?;
    fs::write(out.join("region_names.txt"), index.names)?;
    fs::write(out.join("region_named.bin"), index.named)
}
