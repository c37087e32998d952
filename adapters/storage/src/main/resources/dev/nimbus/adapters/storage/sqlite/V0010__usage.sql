-- What a job that ended used, where its host could tell.
ALTER TABLE job ADD COLUMN cpu_millis INTEGER;

ALTER TABLE job ADD COLUMN peak_memory_bytes INTEGER;
