-- How a machine is paid for, and when it held its one job, until that ended well.
ALTER TABLE machine ADD COLUMN billing TEXT NOT NULL DEFAULT 'per-second PT0S';

ALTER TABLE machine ADD COLUMN worked_from INTEGER;

ALTER TABLE machine ADD COLUMN worked_until INTEGER;

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
