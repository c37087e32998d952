-- How a machine is paid for, and when it held its one job, until that ended well.
ALTER TABLE machine ADD COLUMN billing TEXT NOT NULL DEFAULT 'per-second PT0S';

ALTER TABLE machine ADD COLUMN worked_from BIGINT;

ALTER TABLE machine ADD COLUMN worked_until BIGINT;

-- What a machine that is gone cost, by day (days since 1970, UTC), and what that was spent on, in
-- millionths of a US dollar. first says whether it was asked for that day; a negative price that
-- nobody knew it. Its job is not known where repository is '-'.
CREATE TABLE machine_cost (
  org_id TEXT NOT NULL,
  day BIGINT NOT NULL,
  machine TEXT NOT NULL,
  first BIGINT NOT NULL,
  pool TEXT NOT NULL,
  provider TEXT NOT NULL,
  place TEXT NOT NULL,
  type TEXT NOT NULL,
  market TEXT NOT NULL,
  micros_per_hour BIGINT NOT NULL,
  job_id TEXT NOT NULL,
  repository TEXT NOT NULL,
  workflow TEXT NOT NULL,
  labels TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  gone_at BIGINT NOT NULL,
  millis BIGINT NOT NULL,
  job_micros BIGINT NOT NULL,
  idle_micros BIGINT NOT NULL,
  warm_micros BIGINT NOT NULL,
  failed_micros BIGINT NOT NULL,
  PRIMARY KEY (org_id, day, machine)
);

CREATE INDEX machine_cost_day ON machine_cost (day);

-- The same summed up by calendar month, of which this is the first day: what budgets look at.
CREATE TABLE month_cost (
  org_id TEXT NOT NULL,
  pool TEXT NOT NULL,
  provider TEXT NOT NULL,
  month BIGINT NOT NULL,
  micros BIGINT NOT NULL,
  PRIMARY KEY (org_id, pool, provider, month)
);
