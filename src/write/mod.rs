//! Putting records and reports on disk, atomically.
