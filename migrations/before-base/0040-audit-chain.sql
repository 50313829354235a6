-- Each row of the log carries a hash of itself and of the row before it. The head says how far the log goes, so that rows
-- missing at its end are missed.
ALTER TABLE audit_log ADD COLUMN hash TEXT CHECK (length(hash) = 64);
CREATE TABLE audit_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  entries INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;

DROP TRIGGER audit_log_is_never_updated;
CREATE TABLE chained (id INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT;
INSERT INTO chained (id, hash)
WITH RECURSIVE chain (id, hash) AS (
  SELECT id, audit_hash('', id, at, study_id, actor, action, details) FROM audit_log WHERE id = 1
  UNION ALL
  SELECT a.id, audit_hash(chain.hash, a.id, a.at, a.study_id, a.actor, a.action, a.details)
  FROM chain JOIN audit_log a ON a.id = chain.id + 1
)
SELECT id, hash FROM chain;
UPDATE audit_log SET hash = (SELECT hash FROM chained WHERE chained.id = audit_log.id);
DROP TABLE chained;
INSERT INTO audit_head (only, entries, hash)
  SELECT 1, count(*), coalesce((SELECT hash FROM audit_log ORDER BY id DESC LIMIT 1), '') FROM audit_log;

CREATE TRIGGER audit_log_is_never_updated BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_log_is_a_chain BEFORE INSERT ON audit_log
WHEN new.hash IS NOT audit_hash((SELECT hash FROM audit_head), new.id, new.at, new.study_id, new.actor, new.action,
  new.details) OR new.id <> (SELECT entries + 1 FROM audit_head)
BEGIN SELECT RAISE(ABORT, 'an audit row carries the hash of the row before it'); END;
CREATE TRIGGER the_audit_head_follows AFTER INSERT ON audit_log
BEGIN
  UPDATE audit_head SET entries = new.id, hash = new.hash;
END;
