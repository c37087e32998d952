-- What all control planes on this database have in common: one row.
CREATE TABLE installation (
  installation_id INTEGER PRIMARY KEY,
  controller TEXT NOT NULL
) STRICT;

CREATE TABLE provider (
  org_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  settings TEXT NOT NULL,
  key_id TEXT NOT NULL,
  secrets TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (org_id, name)
) STRICT, WITHOUT ROWID;

-- How many machines it may have is apart from the settings, because it is a condition in SQL.
CREATE TABLE pool (
  org_id TEXT NOT NULL,
  name TEXT NOT NULL,
  settings TEXT NOT NULL,
  max_machines INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (org_id, name)
) STRICT, WITHOUT ROWID;

-- A machine we had made or mean to have made. key_id and user_data are there until the provider's
-- answer is recorded or the machine is not wanted any more. seq is the one job its host was granted.
CREATE TABLE machine (
  name TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  pool TEXT NOT NULL,
  provider TEXT NOT NULL,
  place TEXT NOT NULL,
  type TEXT NOT NULL,
  image TEXT NOT NULL,
  market TEXT NOT NULL,
  disk_gib INTEGER NOT NULL,
  max_life TEXT NOT NULL,
  key_id TEXT,
  user_data TEXT,
  ticket TEXT NOT NULL,
  milli_cpus INTEGER NOT NULL,
  memory_bytes INTEGER NOT NULL,
  micros_per_hour INTEGER NOT NULL,
  warm INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  stage TEXT NOT NULL,
  seq INTEGER,
  provider_id TEXT NOT NULL,
  report_state TEXT NOT NULL,
  report_detail TEXT NOT NULL,
  end_cause TEXT,
  end_why TEXT,
  asked_at INTEGER NOT NULL,
  launched_at INTEGER,
  redeemed_at INTEGER,
  ready_at INTEGER,
  ending_at INTEGER,
  gone_at INTEGER,
  revision INTEGER NOT NULL
) STRICT;

CREATE INDEX machine_live ON machine (name) WHERE stage <> 'gone';

-- Machines are counted along these two, without reading them.
CREATE INDEX machine_pool ON machine (org_id, pool, stage) WHERE stage <> 'gone';

CREATE INDEX machine_provider ON machine (org_id, provider, stage) WHERE stage <> 'gone';

CREATE INDEX machine_newest ON machine (org_id, asked_at, name);

CREATE INDEX machine_newest_live ON machine (org_id, asked_at, name) WHERE stage <> 'gone';

CREATE INDEX machine_gone ON machine (gone_at) WHERE gone_at IS NOT NULL;
