-- Everything that a store holds. Times are integer milliseconds since 1970, UTC.

CREATE TABLE studies (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  seed TEXT NOT NULL,
  is_synthetic INTEGER NOT NULL DEFAULT 0 CHECK (is_synthetic IN (0, 1)),
  created_at INTEGER NOT NULL,
  unblinded_at INTEGER,
  -- The other rules a study is run by, as one document that the code reads by a schema.
  design TEXT NOT NULL DEFAULT '{}'
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
  -- How many draws there were when a pair came into the study: it could be chosen by none of them.
  draws_before INTEGER NOT NULL DEFAULT 0,
  -- Raters who have a pair or gave it a label: whoever comes late must not count them pair by pair. A skip is none.
  taken INTEGER NOT NULL DEFAULT 0,
  UNIQUE (study_id, ordinal),
  UNIQUE (study_id, external_id)
) STRICT;
CREATE INDEX pairs_by_content ON pairs (item_id, first_response_id, second_response_id);
CREATE INDEX pairs_by_taken ON pairs (study_id, taken);

CREATE TABLE slice_counts (
  study_id INTEGER NOT NULL REFERENCES studies (id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  pairs INTEGER NOT NULL,
  PRIMARY KEY (study_id, name, value)
) STRICT, WITHOUT ROWID;

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
  block INTEGER NOT NULL DEFAULT 0,
  -- Votes that check a rater, counted like labels: while a study is blind, counts of labels alone would tell which votes
  -- were checks.
  check_votes INTEGER NOT NULL DEFAULT 0,
  check_skips INTEGER NOT NULL DEFAULT 0,
  -- Who somebody is in a study. Adjudicators decide on pairs that raters voted on; their votes are no labels of raters.
  role TEXT NOT NULL DEFAULT 'rater' CHECK (role IN ('rater', 'adjudicator')),
  -- What was decided about a rater. The newest decision counts; none is taken back but by another one.
  is_excluded INTEGER NOT NULL DEFAULT 0 CHECK (is_excluded IN (0, 1)),
  is_paused INTEGER NOT NULL DEFAULT 0 CHECK (is_paused IN (0, 1)),
  -- The pack a rater works in. Such a rater works nowhere else.
  pack_id INTEGER REFERENCES packs (id),
  -- Whether the pack is still out: places on its pairs are kept, however long it takes.
  is_away INTEGER NOT NULL DEFAULT 0 CHECK (is_away IN (0, 1)),
  UNIQUE (study_id, name)
) STRICT;
CREATE TRIGGER exclusion_gives_places_back AFTER UPDATE OF is_excluded ON raters
WHEN new.role = 'rater' AND new.is_excluded <> old.is_excluded
BEGIN
  UPDATE pairs SET taken = taken + CASE WHEN new.is_excluded = 1 THEN -1 ELSE 1 END
  WHERE id IN (SELECT p.pair_id FROM presentations p WHERE p.rater_id = new.id AND p.kind = 'ordinary'
    AND (p.is_open = 1
      OR (SELECT verdict FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1) <> 'skipped'));
END;
CREATE INDEX raters_by_pack ON raters (pack_id) WHERE pack_id IS NOT NULL;

CREATE TABLE side_counts (
  rater_id INTEGER NOT NULL REFERENCES raters (id),
  system_a INTEGER NOT NULL REFERENCES systems (id),
  system_b INTEGER NOT NULL REFERENCES systems (id),
  presentations INTEGER NOT NULL,
  -- How many more times system_a stood on the left than on the right: among labels, and among what checks or trains.
  lead INTEGER NOT NULL DEFAULT 0,
  check_lead INTEGER NOT NULL DEFAULT 0,
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
  -- What a presentation is for. None of it reaches the page.
  kind TEXT NOT NULL DEFAULT 'ordinary'
    CHECK (kind IN ('ordinary', 'repeat', 'gold', 'identical', 'off_topic', 'practice', 'qualifying')),
  -- The presentation that a repeat shows again.
  repeat_of INTEGER REFERENCES presentations (id),
  -- What a catch shows in place of the pair's own outputs.
  first_response_id INTEGER REFERENCES responses (id),
  second_response_id INTEGER REFERENCES responses (id),
  block INTEGER NOT NULL DEFAULT 0,
  -- Whether a labelled pair was given to its rater once more, under a newer guideline.
  is_asked_again INTEGER NOT NULL DEFAULT 0 CHECK (is_asked_again IN (0, 1)),
  -- What an adjudicator was shown for a review.
  review_id INTEGER REFERENCES reviews (id),
  UNIQUE (rater_id, position)
) STRICT;
CREATE INDEX presentations_by_pair ON presentations (pair_id);
CREATE INDEX presentations_open ON presentations (rater_id, position) WHERE is_open = 1;
CREATE INDEX presentations_by_block ON presentations (rater_id, block);
CREATE UNIQUE INDEX presentations_repeated_once ON presentations (repeat_of) WHERE repeat_of IS NOT NULL;
CREATE TRIGGER presentations_are_fixed
BEFORE UPDATE OF public_id, rater_id, pair_id, position, left_side, kind, repeat_of, first_response_id,
  second_response_id, block ON presentations
BEGIN SELECT RAISE(ABORT, 'a presentation keeps its pair and its sides'); END;
CREATE TRIGGER a_presentation_takes_a_place AFTER INSERT ON presentations
WHEN new.kind = 'ordinary' AND (SELECT role = 'rater' AND is_excluded = 0 FROM raters WHERE id = new.rater_id)
BEGIN
  UPDATE pairs SET taken = taken + 1 WHERE id = new.pair_id;
END;
CREATE INDEX presentations_by_review ON presentations (review_id, pair_id) WHERE review_id IS NOT NULL;
CREATE TRIGGER presentations_keep_their_review BEFORE UPDATE OF review_id ON presentations
BEGIN SELECT RAISE(ABORT, 'a presentation keeps its review'); END;

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
  -- What a vote is for: only labels are the study's result. The others measure the rater.
  role TEXT NOT NULL DEFAULT 'label' CHECK (role IN ('label', 'repeat', 'gold', 'catch', 'training')),
  guideline_version INTEGER,
  -- Part of the viewing time in which nothing was touched.
  idle_ms INTEGER CHECK (idle_ms >= 0),
  confidence INTEGER CHECK (confidence BETWEEN 1 AND 3),
  -- Verdicts by criterion, reason tags and marked spans, in terms of the pair.
  details TEXT,
  -- Notes that were erased on request. Nothing else of a rating ever changes, and nothing but an erasure takes a note away.
  -- A receipt holds a note by a salted hash. That hash outlives note and salt, so that the receipt still proves the rest.
  note_salt TEXT,
  CHECK ((kind = 'vote') = (verdict IS NOT NULL)),
  CHECK (verdict IS NOT 'skipped' OR skip_reason IS NOT NULL OR presentation_id IS NULL)
) STRICT;
CREATE UNIQUE INDEX ratings_by_command ON ratings (command_id) WHERE command_id IS NOT NULL;
CREATE UNIQUE INDEX ratings_by_superseded ON ratings (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX ratings_by_pair ON ratings (pair_id, rater_id);
CREATE INDEX ratings_by_presentation ON ratings (presentation_id) WHERE presentation_id IS NOT NULL;
CREATE INDEX ratings_of_rater ON ratings (rater_id, id) WHERE presentation_id IS NOT NULL;
CREATE TRIGGER ratings_are_never_deleted BEFORE DELETE ON ratings
BEGIN SELECT RAISE(ABORT, 'ratings are append-only'); END;
CREATE INDEX ratings_that_check ON ratings (rater_id, role, id) WHERE role <> 'label';
-- Counts that screens show after every vote, kept by the database itself so that they cannot drift.
CREATE TRIGGER ratings_are_counted AFTER INSERT ON ratings WHEN new.kind = 'vote' AND new.role = 'label'
BEGIN
  UPDATE raters SET votes = votes + (new.verdict <> 'skipped'), skips = skips + (new.verdict = 'skipped')
  WHERE id = new.rater_id;
END;
CREATE TRIGGER superseded_votes_are_not_counted AFTER INSERT ON ratings
WHEN new.supersedes IS NOT NULL AND new.role = 'label'
BEGIN
  UPDATE raters SET
    votes = votes - (SELECT kind = 'vote' AND verdict <> 'skipped' FROM ratings WHERE id = new.supersedes),
    skips = skips - (SELECT kind = 'vote' AND verdict = 'skipped' FROM ratings WHERE id = new.supersedes)
  WHERE id = new.rater_id;
END;
CREATE TRIGGER check_votes_are_counted AFTER INSERT ON ratings
WHEN new.kind = 'vote' AND new.role IN ('repeat', 'gold', 'catch')
BEGIN
  UPDATE raters SET check_votes = check_votes + (new.verdict <> 'skipped'), check_skips = check_skips + (new.verdict = 'skipped')
  WHERE id = new.rater_id;
END;
CREATE TRIGGER superseded_check_votes_are_not_counted AFTER INSERT ON ratings
WHEN new.supersedes IS NOT NULL AND new.role IN ('repeat', 'gold', 'catch')
BEGIN
  UPDATE raters SET
    check_votes = check_votes - (SELECT kind = 'vote' AND verdict <> 'skipped' FROM ratings WHERE id = new.supersedes),
    check_skips = check_skips - (SELECT kind = 'vote' AND verdict = 'skipped' FROM ratings WHERE id = new.supersedes)
  WHERE id = new.rater_id;
END;
CREATE TRIGGER a_skip_gives_a_place_back AFTER INSERT ON ratings
WHEN new.presentation_id IS NOT NULL AND new.role = 'label' AND (new.kind = 'vote' AND new.verdict = 'skipped')
  <> coalesce((SELECT kind = 'vote' AND verdict = 'skipped' FROM ratings
    WHERE presentation_id = new.presentation_id AND id < new.id ORDER BY id DESC LIMIT 1), 0)
  AND (SELECT role = 'rater' AND is_excluded = 0 FROM raters WHERE id = new.rater_id)
BEGIN
  UPDATE pairs SET taken = taken + CASE WHEN new.kind = 'vote' AND new.verdict = 'skipped' THEN -1 ELSE 1 END
  WHERE id = new.pair_id;
END;
CREATE TRIGGER ratings_are_never_updated
BEFORE UPDATE OF id, command_id, rater_id, pair_id, presentation_id, kind, verdict, strength, skip_reason, left_side,
  viewed_ms, recorded_at, after_unblinding, supersedes, role, guideline_version, idle_ms, confidence, details ON ratings
BEGIN SELECT RAISE(ABORT, 'ratings are append-only'); END;
CREATE TRIGGER notes_are_only_erased BEFORE UPDATE OF note, note_salt ON ratings
WHEN new.note IS NOT NULL OR new.note_salt IS NOT NULL OR NOT EXISTS (SELECT 1 FROM erased_notes WHERE rating_id = old.id)
BEGIN SELECT RAISE(ABORT, 'ratings are append-only'); END;

CREATE TABLE judges (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  name TEXT NOT NULL,
  UNIQUE (study_id, name)
) STRICT;

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
  details TEXT NOT NULL,
  -- Each row of the log carries a hash of itself and of the row before it. The head says how far the log goes, so that rows
  -- missing at its end are missed.
  hash TEXT CHECK (length(hash) = 64)
) STRICT;
CREATE TRIGGER audit_log_is_never_deleted BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
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

CREATE TABLE mappings (
  name TEXT PRIMARY KEY,
  definition TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- A failed judgment can be asked for again. The new one stands beside the old one under the next attempt; the last counts.
CREATE TABLE judgments (
  id INTEGER PRIMARY KEY,
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  judge_id INTEGER NOT NULL REFERENCES judges (id),
  judge_order TEXT NOT NULL CHECK (judge_order IN ('a_first', 'b_first', 'both', 'unknown')),
  sample INTEGER NOT NULL CHECK (sample >= 0),
  attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  verdict TEXT NOT NULL
    CHECK (verdict IN ('first', 'second', 'tie', 'both_bad', 'unparsed', 'error', 'inconsistent')),
  failure TEXT CHECK (failure IN ('unparsed', 'refused', 'truncated', 'error')),
  score REAL,
  raw TEXT,
  judged_at INTEGER,
  -- What the number beside a verdict is. Without a kind it says not what it is; of points there is one for each output and no score.
  score_kind TEXT
    CHECK (score_kind IN ('verdict_probability', 'first_probability', 'preference', 'points', 'sureness')),
  score_first REAL,
  score_second REAL,
  UNIQUE (pair_id, judge_id, judge_order, sample, attempt),
  CHECK (failure IS NULL OR verdict = CASE failure WHEN 'error' THEN 'error' ELSE 'unparsed' END)
) STRICT;
CREATE INDEX judgments_by_judge ON judgments (judge_id, pair_id);
CREATE TRIGGER judgments_are_never_deleted BEFORE DELETE ON judgments
BEGIN SELECT RAISE(ABORT, 'judgments are append-only'); END;
CREATE TRIGGER judgments_are_never_updated BEFORE UPDATE ON judgments
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
  -- Servers with a short context cut long prompts without a word. What they report to have read tells.
  is_prompt_cut INTEGER NOT NULL DEFAULT 0 CHECK (is_prompt_cut IN (0, 1)),
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
  -- What a request that is out in a batch must at least be read as; 0 where that is not known.
  least_tokens INTEGER NOT NULL DEFAULT 0 CHECK (least_tokens >= 0),
  -- In which batch a request went out; null in files that were not sent from here.
  batch_id INTEGER REFERENCES judge_batches (id),
  PRIMARY KEY (run_id, request_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX judge_requests_by_key ON judge_requests (request_key);
CREATE INDEX judge_requests_by_batch ON judge_requests (batch_id) WHERE batch_id IS NOT NULL;

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

-- Guidelines and rubrics are versioned: a vote says under which one it was given.
CREATE TABLE guidelines (
  study_id INTEGER NOT NULL REFERENCES studies (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  guideline TEXT NOT NULL,
  rubric TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (study_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER guidelines_are_fixed BEFORE UPDATE ON guidelines
BEGIN SELECT RAISE(ABORT, 'a guideline version is fixed; a change makes another one'); END;
CREATE TRIGGER guidelines_stay BEFORE DELETE ON guidelines
BEGIN SELECT RAISE(ABORT, 'a guideline version stays'); END;

-- Pairs whose answer is known. They train and check raters and are no part of the result.
CREATE TABLE known_answers (
  pair_id INTEGER PRIMARY KEY REFERENCES pairs (id),
  study_id INTEGER NOT NULL REFERENCES studies (id),
  stage TEXT NOT NULL CHECK (stage IN ('example', 'practice', 'qualifying', 'gold')),
  verdict TEXT NOT NULL CHECK (verdict IN ('first', 'second', 'tie', 'both_bad')),
  explanation TEXT NOT NULL,
  place INTEGER NOT NULL,
  UNIQUE (study_id, stage, place)
) STRICT;

-- How a rater did in a qualifying set, and when it was finished.
CREATE TABLE qualifications (
  id INTEGER PRIMARY KEY,
  rater_id INTEGER NOT NULL REFERENCES raters (id),
  attempt INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  correct INTEGER NOT NULL,
  pass_mark REAL NOT NULL,
  passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
  finished_at INTEGER NOT NULL,
  UNIQUE (rater_id, attempt)
) STRICT;

-- Draws of pairs to be rated. Without one all pairs are. Each pair has the probability it was drawn with.
CREATE TABLE selections (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  wave INTEGER NOT NULL,
  method TEXT NOT NULL,
  pairs INTEGER NOT NULL,
  -- Pairs that could have been drawn.
  candidates INTEGER NOT NULL,
  drawn_at INTEGER NOT NULL,
  UNIQUE (study_id, wave)
) STRICT;
CREATE TRIGGER selections_are_fixed BEFORE UPDATE ON selections
BEGIN SELECT RAISE(ABORT, 'a draw is fixed'); END;

CREATE TABLE selected_pairs (
  selection_id INTEGER NOT NULL REFERENCES selections (id),
  place INTEGER NOT NULL,
  pair_id INTEGER NOT NULL UNIQUE REFERENCES pairs (id),
  probability REAL NOT NULL CHECK (probability > 0 AND probability <= 1),
  PRIMARY KEY (selection_id, place)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER selected_pairs_are_fixed BEFORE UPDATE ON selected_pairs
BEGIN SELECT RAISE(ABORT, 'a draw is fixed'); END;
CREATE TRIGGER selected_pairs_stay BEFORE DELETE ON selected_pairs
BEGIN SELECT RAISE(ABORT, 'a draw stays'); END;

-- How the study is to be analysed, as it was settled at some time; the newest counts.
CREATE TABLE analysis_plans (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  plan TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  -- Votes that were there when it was stored: none, for a plan made in time.
  votes INTEGER NOT NULL,
  stored_at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER analysis_plans_are_never_updated BEFORE UPDATE ON analysis_plans
BEGIN SELECT RAISE(ABORT, 'plans are append-only'); END;
CREATE TRIGGER analysis_plans_are_never_deleted BEFORE DELETE ON analysis_plans
BEGIN SELECT RAISE(ABORT, 'plans are append-only'); END;

CREATE TABLE audit_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  entries INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head (only, entries, hash) VALUES (1, 0, '');

CREATE TABLE rater_decisions (
  id INTEGER PRIMARY KEY,
  rater_id INTEGER NOT NULL REFERENCES raters (id),
  about TEXT NOT NULL CHECK (about IN ('exclusion', 'pause')),
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
  reason TEXT NOT NULL,
  -- 'lead', or 'thresholds' where the study's own rules decided.
  decided_by TEXT NOT NULL CHECK (decided_by IN ('lead', 'thresholds')),
  decided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX rater_decisions_by_rater ON rater_decisions (rater_id, about, id);
CREATE TRIGGER rater_decisions_are_never_updated BEFORE UPDATE ON rater_decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER rater_decisions_are_never_deleted BEFORE DELETE ON rater_decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER the_newest_decision_counts AFTER INSERT ON rater_decisions
BEGIN
  UPDATE raters SET is_excluded = new.is_on WHERE id = new.rater_id AND new.about = 'exclusion';
  UPDATE raters SET is_paused = new.is_on WHERE id = new.rater_id AND new.about = 'pause';
END;

-- Pairs to be looked at once more, chosen at one time and kept as they were then.
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  -- adjudication: the vote becomes the pair's label. audit: the vote measures how good the labels are.
  kind TEXT NOT NULL CHECK (kind IN ('adjudication', 'audit')),
  plan TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reviews_by_study ON reviews (study_id);
CREATE TRIGGER reviews_are_fixed BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'a review is fixed; make another one'); END;
CREATE TRIGGER reviews_stay BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'a review stays'); END;

CREATE TABLE reviewed_pairs (
  review_id INTEGER NOT NULL REFERENCES reviews (id),
  place INTEGER NOT NULL,
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  -- Why it was chosen.
  stratum TEXT NOT NULL CHECK (stratum IN ('raters_split', 'judge_differs', 'judge_agrees')),
  -- What people and the judge said when it was chosen, where they said anything.
  people TEXT CHECK (people IN ('first', 'second', 'tie', 'both_bad')),
  judge TEXT CHECK (judge IN ('first', 'second', 'tie', 'both_bad')),
  PRIMARY KEY (review_id, place),
  UNIQUE (review_id, pair_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reviewed_pairs_by_pair ON reviewed_pairs (pair_id);
CREATE TRIGGER reviewed_pairs_are_fixed BEFORE UPDATE ON reviewed_pairs
BEGIN SELECT RAISE(ABORT, 'a review is fixed; make another one'); END;
CREATE TRIGGER reviewed_pairs_stay BEFORE DELETE ON reviewed_pairs
BEGIN SELECT RAISE(ABORT, 'a review stays'); END;

-- Why people, or people and a judge, part on a pair, as the lead sees it; null takes the class away.
CREATE TABLE disagreement_classes (
  id INTEGER PRIMARY KEY,
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  class TEXT CHECK (class IN ('ambiguous_item', 'guideline_gap', 'rater_error', 'judge_error', 'both_fine')),
  -- The guideline that was in force: a gap is a gap of this version.
  guideline_version INTEGER NOT NULL,
  classified_at INTEGER NOT NULL
) STRICT;
CREATE INDEX disagreement_classes_by_pair ON disagreement_classes (pair_id, id);
CREATE TRIGGER disagreement_classes_are_never_updated BEFORE UPDATE ON disagreement_classes
BEGIN SELECT RAISE(ABORT, 'classes are append-only'); END;
CREATE TRIGGER disagreement_classes_are_never_deleted BEFORE DELETE ON disagreement_classes
BEGIN SELECT RAISE(ABORT, 'classes are append-only'); END;

-- The text each rater agreed to before the first vote, by its hash.
CREATE TABLE consents (
  id INTEGER PRIMARY KEY,
  rater_id INTEGER NOT NULL REFERENCES raters (id),
  text_sha256 TEXT NOT NULL CHECK (length(text_sha256) = 64),
  consented_at INTEGER NOT NULL,
  UNIQUE (rater_id, text_sha256)
) STRICT;
CREATE TRIGGER consents_are_never_updated BEFORE UPDATE ON consents
BEGIN SELECT RAISE(ABORT, 'consents are append-only'); END;

CREATE TABLE erased_notes (
  rating_id INTEGER PRIMARY KEY REFERENCES ratings (id),
  -- Null for a note whose receipt was made before receipts held notes by their hash.
  note_sha256 TEXT,
  erased_at INTEGER NOT NULL
) STRICT;

-- At the end raters are asked which output is by the system that wrote a third one. Right as often as chance would have
-- it, they could not tell the systems apart.
CREATE TABLE system_guesses (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  rater_id INTEGER NOT NULL REFERENCES raters (id),
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  left_side TEXT NOT NULL CHECK (left_side IN ('first', 'second')),
  sample_response_id INTEGER NOT NULL REFERENCES responses (id),
  -- The side of the pair that the sample's system wrote.
  sample_side TEXT NOT NULL CHECK (sample_side IN ('first', 'second')),
  asked_at INTEGER NOT NULL,
  answer TEXT CHECK (answer IN ('first', 'second', 'cannot_tell')),
  answered_at INTEGER,
  UNIQUE (rater_id, pair_id),
  CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;
CREATE TRIGGER guesses_are_fixed
BEFORE UPDATE OF public_id, rater_id, pair_id, left_side, sample_response_id, sample_side, asked_at ON system_guesses
BEGIN SELECT RAISE(ABORT, 'what was asked stays'); END;
CREATE TRIGGER guesses_are_given_once BEFORE UPDATE OF answer, answered_at ON system_guesses
WHEN old.answer IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a guess is given once'); END;

-- The key this store signs packs or returns with. Whoever has the store has the key.
CREATE TABLE signing_key (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  public_key TEXT NOT NULL,
  private_key TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE packs (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  name TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  -- Rows recorded after this are late.
  closed_at INTEGER,
  UNIQUE (study_id, name)
) STRICT;

CREATE TABLE pack_revisions (
  pack_id INTEGER NOT NULL REFERENCES packs (id),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  -- What was asked for, as a document that the code reads by a schema.
  options TEXT NOT NULL,
  -- What the pack says beside its texts; null until it was written once.
  manifest TEXT,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (pack_id, revision)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER pack_revisions_keep_their_options BEFORE UPDATE OF pack_id, revision, options ON pack_revisions
BEGIN SELECT RAISE(ABORT, 'a revision of a pack is fixed'); END;

-- Whose signature a rater's rows must bear, once the lead has compared its words.
CREATE TABLE pack_keys (
  pack_id INTEGER NOT NULL REFERENCES packs (id),
  rater_id INTEGER NOT NULL REFERENCES raters (id),
  public_key TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  PRIMARY KEY (pack_id, rater_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE merges (
  id INTEGER PRIMARY KEY,
  pack_id INTEGER NOT NULL REFERENCES packs (id),
  public_key TEXT NOT NULL,
  file TEXT NOT NULL,
  counts TEXT NOT NULL,
  -- Whether only what was intact of a file that was cut off was taken.
  is_recovered INTEGER NOT NULL CHECK (is_recovered IN (0, 1)),
  merged_at INTEGER NOT NULL
) STRICT;

-- Every row a return brought, once. Rows that were taken have their rating; the others are kept aside with the reason.
CREATE TABLE returned_rows (
  pack_id INTEGER NOT NULL REFERENCES packs (id),
  public_key TEXT NOT NULL,
  n INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  line TEXT NOT NULL,
  -- Null for a row that was taken.
  fault TEXT,
  reason TEXT,
  -- Whether the lead took it although it has a fault.
  is_accepted INTEGER NOT NULL DEFAULT 0 CHECK (is_accepted IN (0, 1)),
  rating_id INTEGER REFERENCES ratings (id),
  PRIMARY KEY (pack_id, public_key, n, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE opened_packs (
  pack_id TEXT PRIMARY KEY,
  study TEXT NOT NULL,
  revision INTEGER NOT NULL,
  manifest TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  public_key TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  -- The log so far: how many rows, and their hash, each bound to the one before.
  rows INTEGER NOT NULL DEFAULT 0,
  chain TEXT NOT NULL
) STRICT;

CREATE TABLE packed_texts (
  pack_id TEXT NOT NULL REFERENCES opened_packs (pack_id),
  id TEXT NOT NULL,
  messages TEXT NOT NULL,
  PRIMARY KEY (pack_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE packed_pairs (
  pack_id TEXT NOT NULL REFERENCES opened_packs (pack_id),
  rater TEXT NOT NULL,
  place INTEGER NOT NULL,
  id TEXT NOT NULL,
  task TEXT NOT NULL,
  left_text TEXT NOT NULL,
  right_text TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('practice', 'qualifying', 'work')),
  PRIMARY KEY (pack_id, rater, place)
) STRICT, WITHOUT ROWID;

-- Worked examples, and what is known of practice pairs, as the pack has them.
CREATE TABLE packed_known (
  pack_id TEXT NOT NULL REFERENCES opened_packs (pack_id),
  stage TEXT NOT NULL CHECK (stage IN ('example', 'practice')),
  place INTEGER NOT NULL,
  id TEXT NOT NULL,
  row TEXT NOT NULL,
  PRIMARY KEY (pack_id, stage, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE pack_claims (
  pack_id TEXT NOT NULL REFERENCES opened_packs (pack_id),
  rater TEXT NOT NULL,
  passphrase TEXT,
  session TEXT NOT NULL UNIQUE,
  done INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (pack_id, rater)
) STRICT, WITHOUT ROWID;

-- What happened, in its order, each row as it goes into a return.
CREATE TABLE pack_log (
  pack_id TEXT NOT NULL REFERENCES opened_packs (pack_id),
  n INTEGER NOT NULL,
  -- Null for what concerns the device alone.
  rater TEXT,
  command TEXT,
  at INTEGER NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (pack_id, n)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX pack_log_by_command ON pack_log (command) WHERE command IS NOT NULL;
CREATE INDEX pack_log_by_rater ON pack_log (pack_id, rater, n);
CREATE TRIGGER pack_log_is_never_updated BEFORE UPDATE ON pack_log
BEGIN SELECT RAISE(ABORT, 'the log of a pack is append-only'); END;
CREATE TRIGGER pack_log_is_never_deleted BEFORE DELETE ON pack_log
BEGIN SELECT RAISE(ABORT, 'the log of a pack is append-only'); END;

-- A key that signed packs of a study. Another one for the same study is a loud stop.
CREATE TABLE pinned_keys (
  study TEXT PRIMARY KEY,
  public_key TEXT NOT NULL,
  pinned_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a rater has said of a pair that has no vote yet, as the rater's page keeps it. A presentation is one rater's, here
-- and in packs, and so is its draft. It goes with the vote.
CREATE TABLE vote_drafts (
  presentation TEXT PRIMARY KEY,
  draft TEXT NOT NULL,
  kept_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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

-- Rounds are no judges of the study: they measure one.
CREATE VIEW study_judges AS SELECT * FROM judges WHERE NOT EXISTS (
  SELECT 1 FROM judge_versions rounds WHERE rounds.judge_id = judges.id AND rounds.wave_of IS NOT NULL
);

-- The last attempt of each judgment: what counts.
CREATE VIEW current_judgments AS SELECT * FROM judgments j WHERE NOT EXISTS (
  SELECT 1 FROM judgments later
  WHERE later.pair_id = j.pair_id AND later.judge_id = j.judge_id AND later.judge_order = j.judge_order
    AND later.sample = j.sample AND later.attempt > j.attempt
);
