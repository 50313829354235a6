-- Judges that are run from here: their versions, runs, and every reply they gave.

-- A failed judgment can be asked for again. The new one stands beside the old one under the next attempt; the last counts.
CREATE TABLE judgments_with_attempts (
  id INTEGER PRIMARY KEY,
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  judge_id INTEGER NOT NULL REFERENCES judges (id),
  judge_order TEXT NOT NULL CHECK (judge_order IN ('a_first', 'b_first', 'both', 'unknown')),
  sample INTEGER NOT NULL CHECK (sample >= 0),
  attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  verdict TEXT NOT NULL CHECK (
    verdict IN ('first', 'second', 'tie', 'both_bad', 'unparsed', 'error', 'inconsistent')
  ),
  failure TEXT CHECK (failure IN ('unparsed', 'refused', 'truncated', 'error')),
  score REAL,
  raw TEXT,
  judged_at INTEGER,
  UNIQUE (pair_id, judge_id, judge_order, sample, attempt),
  CHECK (failure IS NULL OR verdict = CASE failure WHEN 'error' THEN 'error' ELSE 'unparsed' END)
) STRICT;
INSERT INTO judgments_with_attempts (id, pair_id, judge_id, judge_order, sample, verdict, score, raw, judged_at)
SELECT id, pair_id, judge_id, judge_order, sample, verdict, score, raw, judged_at FROM judgments;
DROP TABLE judgments;
ALTER TABLE judgments_with_attempts RENAME TO judgments;

CREATE INDEX judgments_by_judge ON judgments (judge_id, pair_id);

CREATE TRIGGER judgments_are_never_updated BEFORE UPDATE ON judgments
BEGIN SELECT RAISE(ABORT, 'judgments are append-only'); END;
CREATE TRIGGER judgments_are_never_deleted BEFORE DELETE ON judgments
BEGIN SELECT RAISE(ABORT, 'judgments are append-only'); END;

-- A judge whose definition is known. Its name in judges is the definition's name, “@” and the version.
CREATE TABLE judge_versions (
  judge_id INTEGER PRIMARY KEY REFERENCES judges (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
  definition TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- A round of an earlier version on its anchor pairs: the same definition, asked anew. It is no judge of the study.
  wave_of INTEGER REFERENCES judges (id),
  wave INTEGER CHECK (wave >= 1),
  CHECK ((wave_of IS NULL) = (wave IS NULL)),
  UNIQUE (wave_of, wave)
) STRICT;
CREATE TRIGGER judge_versions_are_fixed BEFORE UPDATE ON judge_versions
BEGIN SELECT RAISE(ABORT, 'a judge version is fixed; a change makes another one'); END;
CREATE TRIGGER judge_versions_stay BEFORE DELETE ON judge_versions
BEGIN SELECT RAISE(ABORT, 'a judge version stays'); END;

CREATE TABLE judge_runs (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  judge_id INTEGER NOT NULL REFERENCES judge_versions (judge_id),
  kind TEXT NOT NULL CHECK (kind IN ('live', 'batch', 'probe', 'anchor')),
  plan TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  ending TEXT CHECK (ending IN ('finished', 'ceiling', 'cancelled', 'failed')),
  CHECK ((ended_at IS NULL) = (ending IS NULL))
) STRICT;
CREATE INDEX judge_runs_by_judge ON judge_runs (judge_id);

-- One row per request that was answered or given up. A pairwise request has part 0; a pointwise one is about one
-- response, and two of them make a judgment.
CREATE TABLE judge_replies (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES judge_runs (id),
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  judge_id INTEGER NOT NULL REFERENCES judge_versions (judge_id),
  judge_order TEXT NOT NULL CHECK (judge_order IN ('a_first', 'b_first', 'both')),
  sample INTEGER NOT NULL CHECK (sample >= 0),
  attempt INTEGER NOT NULL CHECK (attempt >= 0),
  part INTEGER NOT NULL CHECK (part IN (0, 1, 2)),
  response_id INTEGER REFERENCES responses (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('read', 'unparsed', 'refused', 'truncated', 'error')),
  score REAL,
  strength INTEGER CHECK (strength BETWEEN 1 AND 3),
  probability_first REAL CHECK (probability_first BETWEEN 0 AND 1),
  criteria TEXT,
  is_contradictory INTEGER NOT NULL DEFAULT 0 CHECK (is_contradictory IN (0, 1)),
  raw TEXT,
  error TEXT,
  model TEXT,
  request_id TEXT,
  finish_reason TEXT,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  cost_usd REAL,
  latency_ms INTEGER,
  tries INTEGER NOT NULL DEFAULT 1,
  replied_at INTEGER NOT NULL,
  CHECK ((part = 0) = (response_id IS NULL)),
  UNIQUE (pair_id, judge_id, judge_order, sample, attempt, part)
) STRICT;
CREATE INDEX judge_replies_by_response ON judge_replies (response_id, judge_id, sample) WHERE response_id IS NOT NULL;
CREATE INDEX judge_replies_by_judge ON judge_replies (judge_id, pair_id);
CREATE INDEX judge_replies_by_run ON judge_replies (run_id);
CREATE TRIGGER judge_replies_are_never_updated BEFORE UPDATE ON judge_replies
BEGIN SELECT RAISE(ABORT, 'replies are append-only'); END;
CREATE TRIGGER judge_replies_are_never_deleted BEFORE DELETE ON judge_replies
BEGIN SELECT RAISE(ABORT, 'replies are append-only'); END;

-- Requests that were sent, or are about to be, and have no outcome yet. What is left here after a crash was perhaps paid.
-- In a batch they are out until the results are collected.
CREATE TABLE judge_requests (
  run_id INTEGER NOT NULL REFERENCES judge_runs (id),
  request_key TEXT NOT NULL,
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  judge_order TEXT NOT NULL CHECK (judge_order IN ('a_first', 'b_first', 'both')),
  sample INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  part INTEGER NOT NULL,
  response_id INTEGER REFERENCES responses (id),
  PRIMARY KEY (run_id, request_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX judge_requests_by_key ON judge_requests (request_key);

-- A panel: judges of the study that give one verdict together. Its verdicts are worked out from theirs, never stored.
CREATE TABLE judge_panels (
  judge_id INTEGER PRIMARY KEY REFERENCES judges (id),
  rule TEXT NOT NULL CHECK (rule IN ('majority', 'mean_probability', 'weighted')),
  members TEXT NOT NULL,
  weights TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER judge_panels_are_fixed BEFORE UPDATE ON judge_panels
BEGIN SELECT RAISE(ABORT, 'a panel is fixed; make another one'); END;
CREATE TRIGGER judge_panels_stay BEFORE DELETE ON judge_panels
BEGIN SELECT RAISE(ABORT, 'a panel stays'); END;
