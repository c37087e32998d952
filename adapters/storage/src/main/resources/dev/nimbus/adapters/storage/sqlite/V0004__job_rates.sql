-- Until when the jobs a tenant started have used up the rate at which it may.
ALTER TABLE org ADD COLUMN used_until INTEGER NOT NULL DEFAULT 0;
