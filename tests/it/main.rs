//! The integration tests, one binary; the modules are listed here with what they hold.
