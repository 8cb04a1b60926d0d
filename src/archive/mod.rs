//! The archive: fetched bytes in WARC files and what is known about them in SQLite.
