-- Every address that a list named, every list page, every attachment: one row a source and page.
CREATE TABLE urls (
  id            INTEGER PRIMARY KEY,
  source        TEXT NOT NULL,
  key           TEXT NOT NULL,           -- canonical address without its scheme: http and https twins are one page
  url           TEXT NOT NULL,
  kind          TEXT NOT NULL,           -- article, list, attachment
  title         TEXT,                    -- as the list shows it
  listed        TEXT,                    -- day that the list or the address shows
  state         TEXT NOT NULL,           -- pending, done, failed, gone
  attempts      INTEGER NOT NULL,        -- failures in a row
  checked_at    TEXT,                    -- when the portal was asked last
  status        INTEGER,                 -- HTTP status of that answer
  etag          TEXT,
  last_modified TEXT,
  stage         TEXT,                    -- why it failed: stage, reason, and words for a reader
  reason        TEXT,
  detail        TEXT,
  sha256        TEXT,                    -- digest of the newest capture
  UNIQUE (source, key)
) STRICT;
CREATE INDEX urls_by_state ON urls (source, kind, state);

CREATE TABLE files (
  id        INTEGER PRIMARY KEY,
  source    TEXT NOT NULL,
  serial    INTEGER NOT NULL,
  name      TEXT NOT NULL,
  committed INTEGER NOT NULL,            -- bytes; what lies behind them was never committed
  UNIQUE (source, serial)
) STRICT;

CREATE TABLE captures (
  id           INTEGER PRIMARY KEY,
  url          INTEGER NOT NULL REFERENCES urls (id),
  final_url    TEXT NOT NULL,
  fetched_at   TEXT NOT NULL,
  status       INTEGER NOT NULL,
  content_type TEXT,
  sha256       TEXT NOT NULL,
  bytes        INTEGER NOT NULL,
  file         INTEGER NOT NULL REFERENCES files (id),
  offset       INTEGER NOT NULL,
  length       INTEGER NOT NULL,
  reason       TEXT                      -- not null: a sample of an error page or wall, never a record
) STRICT;
CREATE INDEX captures_by_url ON captures (url, id);
CREATE INDEX samples ON captures (sha256) WHERE reason IS NOT NULL;
CREATE INDEX captures_by_file ON captures (file, offset);

CREATE TABLE runs (
  id          TEXT PRIMARY KEY,
  verb        TEXT NOT NULL,
  started_at  TEXT NOT NULL,
  finished_at TEXT,                      -- null: still running, or killed
  exit        INTEGER
) STRICT;

-- What one run found at one source; the history from which health is judged.
CREATE TABLE source_runs (
  source TEXT NOT NULL,
  run    TEXT NOT NULL REFERENCES runs (id),
  report TEXT NOT NULL,                  -- the source's entry in the run report, as JSON
  PRIMARY KEY (source, run)
) STRICT, WITHOUT ROWID;
