-- How many jobs of a pool came in an hour, and the squares of how many came in each of its minutes.
CREATE TABLE arrival (
  org_id TEXT NOT NULL,
  pool TEXT NOT NULL,
  hour_at BIGINT NOT NULL,
  jobs BIGINT NOT NULL,
  squares BIGINT NOT NULL,
  PRIMARY KEY (org_id, pool, hour_at)
);

-- The last job that was counted: one row.
CREATE TABLE arrival_mark (
  mark_id BIGINT PRIMARY KEY,
  seq BIGINT NOT NULL
);

INSERT INTO arrival_mark (mark_id, seq) VALUES (1, 0);
