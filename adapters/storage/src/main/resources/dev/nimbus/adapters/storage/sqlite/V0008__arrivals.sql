-- How many jobs of a pool came in an hour, and the squares of how many came in each of its minutes.
CREATE TABLE arrival (
  org_id TEXT NOT NULL,
  pool TEXT NOT NULL,
  hour_at INTEGER NOT NULL,
  jobs INTEGER NOT NULL,
  squares INTEGER NOT NULL,
  PRIMARY KEY (org_id, pool, hour_at)
) STRICT, WITHOUT ROWID;

-- The last job that was counted: one row.
CREATE TABLE arrival_mark (
  mark_id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT;

INSERT INTO arrival_mark (mark_id, seq) VALUES (1, 0);
