-- The sum of all migrations, to be read; a test compares them. Nothing runs this.
-- Times are microseconds since 1970. Labels are stored as ',a,b,' so that one is found by its commas.

CREATE TABLE schema_version (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT;

CREATE TABLE org (
  org_id TEXT PRIMARY KEY,
  max_running INTEGER NOT NULL,
  max_running_per_repository INTEGER NOT NULL,
  max_waiting INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  running INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  used_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX org_turn ON org (turn);

-- Tenants that may be granted something, least recently granted first.
CREATE UNIQUE INDEX org_ready ON org (turn) WHERE waiting > 0 AND running < max_running;

CREATE TABLE repository (
  org_id TEXT NOT NULL,
  repository TEXT NOT NULL,
  running INTEGER NOT NULL,
  PRIMARY KEY (org_id, repository)
) STRICT, WITHOUT ROWID;

-- The waiting jobs of one repository that ask for the same: shape says what, head is the oldest.
-- Those given back to be tried later have one of their own, of which nothing is granted before then.
CREATE TABLE lane (
  lane_id INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  repository TEXT NOT NULL,
  shape TEXT NOT NULL,
  labels TEXT NOT NULL,
  milli_cpus INTEGER NOT NULL,
  memory_bytes INTEGER NOT NULL,
  head INTEGER,
  not_before INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX lane_key ON lane (org_id, repository, shape);

CREATE UNIQUE INDEX lane_head ON lane (org_id, head) WHERE head IS NOT NULL;

CREATE TABLE lane_label (
  lane_id INTEGER NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (lane_id, label)
) STRICT, WITHOUT ROWID;

-- What changes about a job. seq is its place in the queue; lease_until is set while a host holds it.
CREATE TABLE job (
  seq INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL,
  org_id TEXT NOT NULL,
  repository TEXT NOT NULL,
  lane_id INTEGER NOT NULL,
  labels TEXT NOT NULL,
  milli_cpus INTEGER NOT NULL,
  memory_bytes INTEGER NOT NULL,
  once_key TEXT NOT NULL,
  digest TEXT NOT NULL,
  state TEXT NOT NULL,
  revision INTEGER NOT NULL,
  submitted_at INTEGER NOT NULL,
  queued_at INTEGER NOT NULL,
  fence INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  host_id TEXT,
  leased_at INTEGER,
  started_at INTEGER,
  lease_until INTEGER,
  cancel_by TEXT,
  exit_code INTEGER,
  reason TEXT,
  ended_at INTEGER,
  cpu_millis INTEGER,
  peak_memory_bytes INTEGER
) STRICT;

CREATE UNIQUE INDEX job_key ON job (job_id);

CREATE UNIQUE INDEX job_once ON job (org_id, once_key);

CREATE INDEX job_waiting ON job (lane_id, seq) WHERE state = 'waiting';

CREATE INDEX job_newest ON job (org_id, seq);

-- Changes only when a job comes and when it ends, not on its way from state to state.
CREATE INDEX job_open ON job (org_id, seq) WHERE ended_at IS NULL;

CREATE INDEX job_outcome ON job (org_id, state, seq) WHERE ended_at IS NOT NULL;

-- Held jobs only, of which there are never many: by host, and overdue ones by looking at all.
CREATE INDEX job_held ON job (host_id, lease_until) WHERE lease_until IS NOT NULL;

CREATE INDEX job_ended ON job (ended_at) WHERE ended_at IS NOT NULL;

-- What never changes about a job, apart so that a change does not rewrite it.
CREATE TABLE job_spec (
  seq INTEGER PRIMARY KEY,
  spec TEXT NOT NULL
) STRICT;

CREATE TABLE job_metadata (
  seq INTEGER NOT NULL,
  metadata_key TEXT NOT NULL,
  metadata_value TEXT NOT NULL,
  org_id TEXT NOT NULL,
  PRIMARY KEY (seq, metadata_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX job_metadata_value ON job_metadata (org_id, metadata_key, metadata_value, seq);

-- Ended leases.
CREATE TABLE attempt (
  seq INTEGER NOT NULL,
  fence INTEGER NOT NULL,
  host_id TEXT NOT NULL,
  leased_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER NOT NULL,
  ending TEXT NOT NULL,
  PRIMARY KEY (seq, fence)
) STRICT, WITHOUT ROWID;

CREATE TABLE host (
  host_id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  sharing TEXT NOT NULL,
  labels TEXT NOT NULL,
  milli_cpus INTEGER NOT NULL,
  memory_bytes INTEGER NOT NULL,
  slots INTEGER NOT NULL,
  reductions TEXT NOT NULL,
  version TEXT NOT NULL,
  registered_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX host_org ON host (org_id);

CREATE INDEX host_seen ON host (seen_at);

CREATE TABLE signing_key (
  key_id TEXT PRIMARY KEY,
  encoded TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  valid_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE subject (
  org_id TEXT NOT NULL,
  audience TEXT NOT NULL,
  subject TEXT NOT NULL,
  newest INTEGER NOT NULL,
  lowest_valid INTEGER NOT NULL,
  revoked_by TEXT,
  revoked_at INTEGER,
  PRIMARY KEY (org_id, audience, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE credential (
  org_id TEXT NOT NULL,
  audience TEXT NOT NULL,
  subject TEXT NOT NULL,
  version INTEGER NOT NULL,
  scopes TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  issued_by TEXT NOT NULL,
  PRIMARY KEY (org_id, audience, subject, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_in_code (
  digest TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  scopes TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Requests that made something under a key of their caller, and what: kept for a day.
CREATE TABLE seen_request (
  org_id TEXT NOT NULL,
  once_key TEXT NOT NULL,
  digest TEXT NOT NULL,
  made TEXT NOT NULL,
  forgotten_at INTEGER NOT NULL,
  PRIMARY KEY (org_id, once_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX seen_request_old ON seen_request (forgotten_at);

CREATE TABLE probe (
  probe_id INTEGER PRIMARY KEY,
  writes INTEGER NOT NULL
) STRICT;

INSERT INTO probe (probe_id, writes) VALUES (1, 0);

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
-- delivery is what announced it first. told_end is which end of ours the forge was told of: when that
-- was.
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
  facts TEXT,
  told_end INTEGER
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
-- billing is how it is paid for; worked_from and worked_until when it held that job, until it
-- ended well.
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
  revision INTEGER NOT NULL,
  billing TEXT NOT NULL DEFAULT 'per-second PT0S',
  worked_from INTEGER,
  worked_until INTEGER
) STRICT;

CREATE INDEX machine_live ON machine (name) WHERE stage <> 'gone';

-- Machines are counted along these two, without reading them.
CREATE INDEX machine_pool ON machine (org_id, pool, stage) WHERE stage <> 'gone';

CREATE INDEX machine_provider ON machine (org_id, provider, stage) WHERE stage <> 'gone';

CREATE INDEX machine_newest ON machine (org_id, asked_at, name);

CREATE INDEX machine_newest_live ON machine (org_id, asked_at, name) WHERE stage <> 'gone';

CREATE INDEX machine_gone ON machine (gone_at) WHERE gone_at IS NOT NULL;

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

-- What a machine that is gone cost, by day (days since 1970, UTC), and what that was spent on, in
-- millionths of a US dollar. first says whether it was asked for that day; a negative price that
-- nobody knew it. Its job is not known where repository is '-'.
CREATE TABLE machine_cost (
  org_id TEXT NOT NULL,
  day INTEGER NOT NULL,
  machine TEXT NOT NULL,
  first INTEGER NOT NULL,
  pool TEXT NOT NULL,
  provider TEXT NOT NULL,
  place TEXT NOT NULL,
  type TEXT NOT NULL,
  market TEXT NOT NULL,
  micros_per_hour INTEGER NOT NULL,
  job_id TEXT NOT NULL,
  repository TEXT NOT NULL,
  workflow TEXT NOT NULL,
  labels TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  gone_at INTEGER NOT NULL,
  millis INTEGER NOT NULL,
  job_micros INTEGER NOT NULL,
  idle_micros INTEGER NOT NULL,
  warm_micros INTEGER NOT NULL,
  failed_micros INTEGER NOT NULL,
  PRIMARY KEY (org_id, day, machine)
) STRICT, WITHOUT ROWID;

CREATE INDEX machine_cost_day ON machine_cost (day);

-- The same summed up by calendar month, of which this is the first day: what budgets look at.
CREATE TABLE month_cost (
  org_id TEXT NOT NULL,
  pool TEXT NOT NULL,
  provider TEXT NOT NULL,
  month INTEGER NOT NULL,
  micros INTEGER NOT NULL,
  PRIMARY KEY (org_id, pool, provider, month)
) STRICT, WITHOUT ROWID;
