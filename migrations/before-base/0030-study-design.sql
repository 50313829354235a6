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
INSERT INTO guidelines (study_id, version, guideline, rubric, created_at)
  SELECT id, 1, guideline, '{"criteria":[],"reasonTags":[]}', created_at FROM studies;
ALTER TABLE studies DROP COLUMN guideline;

-- The other rules a study is run by, as one document that the code reads by a schema.
ALTER TABLE studies ADD COLUMN design TEXT NOT NULL DEFAULT '{}';
UPDATE studies SET design = json_object(
  'scale', scale, 'ratersPerPair', raters_per_pair, 'minimumViewingMs', minimum_viewing_ms
);
ALTER TABLE studies DROP COLUMN scale;
ALTER TABLE studies DROP COLUMN raters_per_pair;
ALTER TABLE studies DROP COLUMN minimum_viewing_ms;

-- What a presentation is for. None of it reaches the page.
ALTER TABLE presentations ADD COLUMN kind TEXT NOT NULL DEFAULT 'ordinary'
  CHECK (kind IN ('ordinary', 'repeat', 'gold', 'identical', 'off_topic', 'practice', 'qualifying'));
-- The presentation that a repeat shows again.
ALTER TABLE presentations ADD COLUMN repeat_of INTEGER REFERENCES presentations (id);
-- What a catch shows in place of the pair's own outputs.
ALTER TABLE presentations ADD COLUMN first_response_id INTEGER REFERENCES responses (id);
ALTER TABLE presentations ADD COLUMN second_response_id INTEGER REFERENCES responses (id);
ALTER TABLE presentations ADD COLUMN block INTEGER NOT NULL DEFAULT 0;
CREATE INDEX presentations_by_block ON presentations (rater_id, block);
CREATE UNIQUE INDEX presentations_repeated_once ON presentations (repeat_of) WHERE repeat_of IS NOT NULL;
DROP TRIGGER presentations_are_fixed;
CREATE TRIGGER presentations_are_fixed
BEFORE UPDATE OF public_id, rater_id, pair_id, position, left_side, kind, repeat_of, first_response_id,
  second_response_id, block ON presentations
BEGIN SELECT RAISE(ABORT, 'a presentation keeps its pair and its sides'); END;

-- How many more times system_a stood on the left than on the right: among labels, and among what checks or trains.
ALTER TABLE side_counts ADD COLUMN lead INTEGER NOT NULL DEFAULT 0;
ALTER TABLE side_counts ADD COLUMN check_lead INTEGER NOT NULL DEFAULT 0;
UPDATE side_counts SET lead = coalesce((
  SELECT sum(CASE WHEN (p.left_side = 'first') = (f.system_id = side_counts.system_a) THEN 1 ELSE -1 END)
  FROM presentations p JOIN pairs ON pairs.id = p.pair_id
  JOIN responses f ON f.id = pairs.first_response_id JOIN responses s ON s.id = pairs.second_response_id
  WHERE p.rater_id = side_counts.rater_id AND min(f.system_id, s.system_id) = side_counts.system_a
    AND max(f.system_id, s.system_id) = side_counts.system_b
), 0);

ALTER TABLE raters ADD COLUMN block INTEGER NOT NULL DEFAULT 0;

-- What a vote is for: only labels are the study's result. The others measure the rater.
ALTER TABLE ratings ADD COLUMN role TEXT NOT NULL DEFAULT 'label'
  CHECK (role IN ('label', 'repeat', 'gold', 'catch', 'training'));
ALTER TABLE ratings ADD COLUMN guideline_version INTEGER;
-- Part of the viewing time in which nothing was touched.
ALTER TABLE ratings ADD COLUMN idle_ms INTEGER CHECK (idle_ms >= 0);
ALTER TABLE ratings ADD COLUMN confidence INTEGER CHECK (confidence BETWEEN 1 AND 3);
-- Verdicts by criterion, reason tags and marked spans, in terms of the pair.
ALTER TABLE ratings ADD COLUMN details TEXT;
CREATE INDEX ratings_that_check ON ratings (rater_id, role, id) WHERE role <> 'label';

DROP TRIGGER ratings_are_counted;
CREATE TRIGGER ratings_are_counted AFTER INSERT ON ratings WHEN new.kind = 'vote' AND new.role = 'label'
BEGIN
  UPDATE raters SET votes = votes + (new.verdict <> 'skipped'), skips = skips + (new.verdict = 'skipped')
  WHERE id = new.rater_id;
END;
DROP TRIGGER superseded_votes_are_not_counted;
CREATE TRIGGER superseded_votes_are_not_counted AFTER INSERT ON ratings
WHEN new.supersedes IS NOT NULL AND new.role = 'label'
BEGIN
  UPDATE raters SET
    votes = votes - (SELECT kind = 'vote' AND verdict <> 'skipped' FROM ratings WHERE id = new.supersedes),
    skips = skips - (SELECT kind = 'vote' AND verdict = 'skipped' FROM ratings WHERE id = new.supersedes)
  WHERE id = new.rater_id;
END;

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
CREATE TABLE selected_pairs (
  selection_id INTEGER NOT NULL REFERENCES selections (id),
  place INTEGER NOT NULL,
  pair_id INTEGER NOT NULL UNIQUE REFERENCES pairs (id),
  probability REAL NOT NULL CHECK (probability > 0 AND probability <= 1),
  PRIMARY KEY (selection_id, place)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER selections_are_fixed BEFORE UPDATE ON selections
BEGIN SELECT RAISE(ABORT, 'a draw is fixed'); END;
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
