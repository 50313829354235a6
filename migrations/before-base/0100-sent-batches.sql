-- Batch files that were sent to the Batch API of an endpoint, and how far they are. What is noted here before something is
-- asked for lets a run that was killed go on where it was, and pay nothing twice.
CREATE TABLE judge_batches (
  id INTEGER PRIMARY KEY,
  judge_id INTEGER NOT NULL REFERENCES judge_versions (judge_id),
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL CHECK (length(file_sha256) = 64),
  requests INTEGER NOT NULL CHECK (requests > 0),
  sent_at INTEGER NOT NULL,
  -- The file as the endpoint knows it; null until it was uploaded.
  input_file_id TEXT,
  -- The batch was asked for, perhaps without an answer: it is looked for before another one is made.
  is_asked_for INTEGER NOT NULL DEFAULT 0 CHECK (is_asked_for IN (0, 1)),
  batch_id TEXT,
  -- As the endpoint said it last; empty before it said anything.
  status TEXT NOT NULL DEFAULT '',
  -- When its results were taken in, or it came to none.
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX judge_batches_under_way ON judge_batches (judge_id, file_sha256) WHERE ended_at IS NULL;

-- In which batch a request went out; null in files that were not sent from here.
ALTER TABLE judge_requests ADD COLUMN batch_id INTEGER REFERENCES judge_batches (id);
CREATE INDEX judge_requests_by_batch ON judge_requests (batch_id) WHERE batch_id IS NOT NULL;
