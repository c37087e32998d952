-- Until when nothing of a lane is granted: one that holds jobs given back to be tried later.
ALTER TABLE lane ADD COLUMN not_before BIGINT NOT NULL DEFAULT 0;
