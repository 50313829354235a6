-- Everything a first study needs. Times are integer milliseconds since 1970, UTC.

CREATE TABLE studies (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  guideline TEXT NOT NULL,
  scale TEXT NOT NULL CHECK (scale IN ('two_way', 'with_tie', 'with_tie_and_both_bad')),
  raters_per_pair INTEGER CHECK (raters_per_pair >= 1),
  minimum_viewing_ms INTEGER NOT NULL CHECK (minimum_viewing_ms >= 0),
  seed TEXT NOT NULL,
  is_synthetic INTEGER NOT NULL DEFAULT 0 CHECK (is_synthetic IN (0, 1)),
  created_at INTEGER NOT NULL,
  unblinded_at INTEGER
) STRICT;

CREATE TRIGGER studies_unblinding_is_one_way BEFORE UPDATE OF unblinded_at ON studies
WHEN old.unblinded_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a study is unblinded once and for all'); END;

CREATE TRIGGER studies_seed_is_fixed BEFORE UPDATE OF seed, public_id ON studies
WHEN old.seed IS NOT new.seed OR old.public_id IS NOT new.public_id
BEGIN SELECT RAISE(ABORT, 'the design seed of a study is fixed'); END;

CREATE TABLE systems (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  name TEXT NOT NULL,
  UNIQUE (study_id, name)
) STRICT;

CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  content_hash BLOB NOT NULL CHECK (length(content_hash) = 16),
  prompt TEXT NOT NULL,
  reference TEXT,
  UNIQUE (study_id, content_hash)
) STRICT;

CREATE TABLE responses (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES items (id),
  system_id INTEGER NOT NULL REFERENCES systems (id),
  content_hash BLOB NOT NULL CHECK (length(content_hash) = 16),
  output TEXT NOT NULL,
  meta TEXT,
  UNIQUE (item_id, system_id, content_hash)
) STRICT;

CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  imported_at INTEGER NOT NULL,
  first_ordinal INTEGER NOT NULL,
  pair_count INTEGER NOT NULL,
  counts TEXT NOT NULL,
  sources TEXT NOT NULL
) STRICT;

CREATE TABLE pairs (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  ordinal INTEGER NOT NULL,
  external_id TEXT NOT NULL,
  item_id INTEGER NOT NULL REFERENCES items (id),
  first_response_id INTEGER NOT NULL REFERENCES responses (id),
  second_response_id INTEGER NOT NULL REFERENCES responses (id),
  slices TEXT NOT NULL,
  UNIQUE (study_id, ordinal),
  UNIQUE (study_id, external_id)
) STRICT;

CREATE TABLE slice_counts (
  study_id INTEGER NOT NULL REFERENCES studies (id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  pairs INTEGER NOT NULL,
  PRIMARY KEY (study_id, name, value)
) STRICT, WITHOUT ROWID;

CREATE INDEX pairs_by_content ON pairs (item_id, first_response_id, second_response_id);

CREATE TABLE raters (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  name TEXT NOT NULL,
  joined_at INTEGER,
  next_position INTEGER NOT NULL DEFAULT 0,
  presented INTEGER NOT NULL DEFAULT 0,
  votes INTEGER NOT NULL DEFAULT 0,
  skips INTEGER NOT NULL DEFAULT 0,
  session TEXT,
  UNIQUE (study_id, name)
) STRICT;

CREATE TABLE side_counts (
  rater_id INTEGER NOT NULL REFERENCES raters (id),
  system_a INTEGER NOT NULL REFERENCES systems (id),
  system_b INTEGER NOT NULL REFERENCES systems (id),
  presentations INTEGER NOT NULL,
  PRIMARY KEY (rater_id, system_a, system_b),
  CHECK (system_a <= system_b)
) STRICT, WITHOUT ROWID;

CREATE TABLE presentations (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  rater_id INTEGER NOT NULL REFERENCES raters (id),
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  position INTEGER NOT NULL,
  left_side TEXT NOT NULL CHECK (left_side IN ('first', 'second')),
  created_at INTEGER NOT NULL,
  is_open INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1)),
  UNIQUE (rater_id, position)
) STRICT;

CREATE INDEX presentations_by_pair ON presentations (pair_id);
CREATE INDEX presentations_open ON presentations (rater_id, position) WHERE is_open = 1;

CREATE TRIGGER presentations_are_fixed
BEFORE UPDATE OF public_id, rater_id, pair_id, position, left_side ON presentations
BEGIN SELECT RAISE(ABORT, 'a presentation keeps its pair and its sides'); END;

CREATE TABLE ratings (
  id INTEGER PRIMARY KEY,
  command_id TEXT,
  rater_id INTEGER NOT NULL REFERENCES raters (id),
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  presentation_id INTEGER REFERENCES presentations (id),
  kind TEXT NOT NULL CHECK (kind IN ('vote', 'retraction')),
  verdict TEXT CHECK (verdict IN ('first', 'second', 'tie', 'both_bad', 'skipped')),
  strength INTEGER CHECK (strength BETWEEN 1 AND 3),
  skip_reason TEXT,
  note TEXT,
  left_side TEXT CHECK (left_side IN ('first', 'second')),
  viewed_ms INTEGER,
  recorded_at INTEGER,
  after_unblinding INTEGER NOT NULL DEFAULT 0 CHECK (after_unblinding IN (0, 1)),
  supersedes INTEGER REFERENCES ratings (id),
  CHECK ((kind = 'vote') = (verdict IS NOT NULL)),
  CHECK (verdict IS NOT 'skipped' OR skip_reason IS NOT NULL OR presentation_id IS NULL)
) STRICT;

CREATE UNIQUE INDEX ratings_by_command ON ratings (command_id) WHERE command_id IS NOT NULL;
CREATE UNIQUE INDEX ratings_by_superseded ON ratings (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX ratings_by_pair ON ratings (pair_id, rater_id);
CREATE INDEX ratings_by_presentation ON ratings (presentation_id) WHERE presentation_id IS NOT NULL;
CREATE INDEX ratings_of_rater ON ratings (rater_id, id) WHERE presentation_id IS NOT NULL;

CREATE TRIGGER ratings_are_never_updated BEFORE UPDATE ON ratings
BEGIN SELECT RAISE(ABORT, 'ratings are append-only'); END;
CREATE TRIGGER ratings_are_never_deleted BEFORE DELETE ON ratings
BEGIN SELECT RAISE(ABORT, 'ratings are append-only'); END;

-- Counts that screens show after every vote, kept by the database itself so that they cannot drift.
CREATE TRIGGER ratings_are_counted AFTER INSERT ON ratings WHEN new.kind = 'vote'
BEGIN
  UPDATE raters SET votes = votes + (new.verdict <> 'skipped'), skips = skips + (new.verdict = 'skipped')
  WHERE id = new.rater_id;
END;
CREATE TRIGGER superseded_votes_are_not_counted AFTER INSERT ON ratings WHEN new.supersedes IS NOT NULL
BEGIN
  UPDATE raters SET
    votes = votes - (SELECT kind = 'vote' AND verdict <> 'skipped' FROM ratings WHERE id = new.supersedes),
    skips = skips - (SELECT kind = 'vote' AND verdict = 'skipped' FROM ratings WHERE id = new.supersedes)
  WHERE id = new.rater_id;
END;

CREATE TABLE judges (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  name TEXT NOT NULL,
  UNIQUE (study_id, name)
) STRICT;

CREATE TABLE judgments (
  id INTEGER PRIMARY KEY,
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  judge_id INTEGER NOT NULL REFERENCES judges (id),
  judge_order TEXT NOT NULL CHECK (judge_order IN ('a_first', 'b_first', 'both', 'unknown')),
  sample INTEGER NOT NULL CHECK (sample >= 0),
  verdict TEXT NOT NULL CHECK (
    verdict IN ('first', 'second', 'tie', 'both_bad', 'unparsed', 'error', 'inconsistent')
  ),
  score REAL,
  raw TEXT,
  judged_at INTEGER,
  UNIQUE (pair_id, judge_id, judge_order, sample)
) STRICT;

CREATE TRIGGER judgments_are_never_updated BEFORE UPDATE ON judgments
BEGIN SELECT RAISE(ABORT, 'judgments are append-only'); END;
CREATE TRIGGER judgments_are_never_deleted BEFORE DELETE ON judgments
BEGIN SELECT RAISE(ABORT, 'judgments are append-only'); END;

CREATE TABLE identity_findings (
  id INTEGER PRIMARY KEY,
  response_id INTEGER NOT NULL REFERENCES responses (id),
  rule TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  UNIQUE (response_id, rule)
) STRICT;

CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  study_id INTEGER REFERENCES studies (id),
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  details TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_log_is_never_updated BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_log_is_never_deleted BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE mappings (
  name TEXT PRIMARY KEY,
  definition TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
