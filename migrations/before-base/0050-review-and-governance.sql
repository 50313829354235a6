-- Who somebody is in a study. Adjudicators decide on pairs that raters voted on; their votes are no labels of raters.
ALTER TABLE raters ADD COLUMN role TEXT NOT NULL DEFAULT 'rater' CHECK (role IN ('rater', 'adjudicator'));

-- What was decided about a rater. The newest decision counts; none is taken back but by another one.
ALTER TABLE raters ADD COLUMN is_excluded INTEGER NOT NULL DEFAULT 0 CHECK (is_excluded IN (0, 1));
ALTER TABLE raters ADD COLUMN is_paused INTEGER NOT NULL DEFAULT 0 CHECK (is_paused IN (0, 1));
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

-- Places are taken by raters who count: an excluded one gives all of them back, and takes them again when restored.
DROP TRIGGER a_presentation_takes_a_place;
CREATE TRIGGER a_presentation_takes_a_place AFTER INSERT ON presentations
WHEN new.kind = 'ordinary' AND (SELECT role = 'rater' AND is_excluded = 0 FROM raters WHERE id = new.rater_id)
BEGIN
  UPDATE pairs SET taken = taken + 1 WHERE id = new.pair_id;
END;
DROP TRIGGER a_skip_gives_a_place_back;
CREATE TRIGGER a_skip_gives_a_place_back AFTER INSERT ON ratings
WHEN new.presentation_id IS NOT NULL AND new.role = 'label' AND (new.kind = 'vote' AND new.verdict = 'skipped')
  <> coalesce((SELECT kind = 'vote' AND verdict = 'skipped' FROM ratings
    WHERE presentation_id = new.presentation_id AND id < new.id ORDER BY id DESC LIMIT 1), 0)
  AND (SELECT role = 'rater' AND is_excluded = 0 FROM raters WHERE id = new.rater_id)
BEGIN
  UPDATE pairs SET taken = taken + CASE WHEN new.kind = 'vote' AND new.verdict = 'skipped' THEN -1 ELSE 1 END
  WHERE id = new.pair_id;
END;
CREATE TRIGGER exclusion_gives_places_back AFTER UPDATE OF is_excluded ON raters
WHEN new.role = 'rater' AND new.is_excluded <> old.is_excluded
BEGIN
  UPDATE pairs SET taken = taken + CASE WHEN new.is_excluded = 1 THEN -1 ELSE 1 END
  WHERE id IN (SELECT p.pair_id FROM presentations p WHERE p.rater_id = new.id AND p.kind = 'ordinary'
    AND (p.is_open = 1
      OR (SELECT verdict FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1) <> 'skipped'));
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

-- Whether a labelled pair was given to its rater once more, under a newer guideline.
ALTER TABLE presentations ADD COLUMN is_asked_again INTEGER NOT NULL DEFAULT 0 CHECK (is_asked_again IN (0, 1));

-- What an adjudicator was shown for a review.
ALTER TABLE presentations ADD COLUMN review_id INTEGER REFERENCES reviews (id);
CREATE INDEX presentations_by_review ON presentations (review_id, pair_id) WHERE review_id IS NOT NULL;
CREATE TRIGGER presentations_keep_their_review BEFORE UPDATE OF review_id ON presentations
BEGIN SELECT RAISE(ABORT, 'a presentation keeps its review'); END;

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

-- Notes that were erased on request. Nothing else of a rating ever changes, and nothing but an erasure takes a note away.
-- A receipt holds a note by a salted hash. That hash outlives note and salt, so that the receipt still proves the rest.
ALTER TABLE ratings ADD COLUMN note_salt TEXT;
CREATE TABLE erased_notes (
  rating_id INTEGER PRIMARY KEY REFERENCES ratings (id),
  -- Null for a note whose receipt was made before receipts held notes by their hash.
  note_sha256 TEXT,
  erased_at INTEGER NOT NULL
) STRICT;
DROP TRIGGER ratings_are_never_updated;
CREATE TRIGGER ratings_are_never_updated
BEFORE UPDATE OF id, command_id, rater_id, pair_id, presentation_id, kind, verdict, strength, skip_reason, left_side,
  viewed_ms, recorded_at, after_unblinding, supersedes, role, guideline_version, idle_ms, confidence, details ON ratings
BEGIN SELECT RAISE(ABORT, 'ratings are append-only'); END;
CREATE TRIGGER notes_are_only_erased BEFORE UPDATE OF note, note_salt ON ratings
WHEN new.note IS NOT NULL OR new.note_salt IS NOT NULL OR NOT EXISTS (SELECT 1 FROM erased_notes WHERE rating_id = old.id)
BEGIN SELECT RAISE(ABORT, 'ratings are append-only'); END;

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
