CREATE TABLE connection (
  connection_id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  settings TEXT NOT NULL,
  key_id TEXT NOT NULL,
  secrets TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX connection_name ON connection (org_id, name);

-- What was heard, so that it is not heard twice. What announced a job is remembered with the job.
CREATE TABLE delivery (
  org_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, connection_id, delivery_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_received ON delivery (received_at);

-- A job of a forge. seq is the job of ours that serves it; facts are missing until it is announced,
-- delivery is what announced it first.
CREATE TABLE forge_job (
  place INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  forge_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  stage TEXT NOT NULL,
  seq INTEGER,
  servings INTEGER NOT NULL,
  runner TEXT NOT NULL,
  conclusion TEXT NOT NULL,
  rule TEXT NOT NULL,
  delivery TEXT NOT NULL,
  queued_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  facts TEXT
) STRICT;

CREATE UNIQUE INDEX forge_job_key ON forge_job (org_id, connection_id, forge_id, attempt);

-- A job of ours serves one job at most.
CREATE UNIQUE INDEX forge_job_serving ON forge_job (seq) WHERE seq IS NOT NULL;

CREATE INDEX forge_job_open ON forge_job (org_id, connection_id, queued_at)
  WHERE stage <> 'finished';

CREATE INDEX forge_job_alone ON forge_job (changed_at) WHERE seq IS NULL;

-- Runners of ours that their forge may know.
CREATE TABLE forge_runner (
  org_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  runner TEXT NOT NULL,
  job_id TEXT NOT NULL,
  fence INTEGER NOT NULL,
  repository TEXT NOT NULL,
  registered_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, connection_id, runner)
) STRICT, WITHOUT ROWID;
