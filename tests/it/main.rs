//! The integration tests, one binary; the modules are listed here with what they hold.
mod config; // every mistake is reported at once, layers overrule one another, what is shipped is sound
