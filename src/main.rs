//! Parses the command line, sets up logging, runs the verb and chooses the exit code.

fn main() {}
