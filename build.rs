//! Rebuilds when a shipped configuration file changes: `include_dir!` alone does not see it.

fn main() {
    println!("cargo::rerun-if-changed=config");
}
