//! The command line: what may be said.
