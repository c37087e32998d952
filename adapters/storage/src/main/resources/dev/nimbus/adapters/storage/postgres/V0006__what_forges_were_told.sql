-- Which end of our job its forge was told of: when that was. Missing until it is.
ALTER TABLE forge_job ADD COLUMN told_end BIGINT;
