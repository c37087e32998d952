-- Requests that made something under a key of their caller, and what: kept for a day.
CREATE TABLE seen_request (
  org_id TEXT NOT NULL,
  once_key TEXT NOT NULL,
  digest TEXT NOT NULL,
  made TEXT NOT NULL,
  forgotten_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, once_key)
);

CREATE INDEX seen_request_old ON seen_request (forgotten_at);
