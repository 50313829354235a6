-- What was decided about a pair. The newest decision counts; none is taken back but by another one. A pair that is left out is
-- shown to no rater and counts in no figure.
ALTER TABLE pairs ADD COLUMN is_left_out INTEGER NOT NULL DEFAULT 0 CHECK (is_left_out IN (0, 1));
CREATE INDEX pairs_left_out ON pairs (study_id, ordinal) WHERE is_left_out = 1;

CREATE TABLE pair_decisions (
  id INTEGER PRIMARY KEY,
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  is_left_out INTEGER NOT NULL CHECK (is_left_out IN (0, 1)),
  reason TEXT NOT NULL,
  decided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX pair_decisions_by_pair ON pair_decisions (pair_id, id);
CREATE TRIGGER pair_decisions_are_never_updated BEFORE UPDATE ON pair_decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER pair_decisions_are_never_deleted BEFORE DELETE ON pair_decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER the_newest_decision_on_a_pair_counts AFTER INSERT ON pair_decisions
BEGIN
  UPDATE pairs SET is_left_out = new.is_left_out WHERE id = new.pair_id;
END;
-- Whatever chooses pairs for raters passes over those that are left out. What does not is a fault, and is told at once.
CREATE TRIGGER a_pair_left_out_is_given_to_nobody BEFORE INSERT ON presentations
WHEN (SELECT is_left_out FROM pairs WHERE id = new.pair_id) = 1
BEGIN SELECT RAISE(ABORT, 'a pair that is left out is given to nobody'); END;

-- A pair may also be looked at once more because the lead wants it.
CREATE TABLE reviewed_pairs_now (
  review_id INTEGER NOT NULL REFERENCES reviews (id),
  place INTEGER NOT NULL,
  pair_id INTEGER NOT NULL REFERENCES pairs (id),
  -- Why it was chosen.
  stratum TEXT NOT NULL CHECK (stratum IN ('raters_split', 'judge_differs', 'judge_agrees', 'lead_chose')),
  -- What people and the judge said when it was chosen, where they said anything.
  people TEXT CHECK (people IN ('first', 'second', 'tie', 'both_bad')),
  judge TEXT CHECK (judge IN ('first', 'second', 'tie', 'both_bad')),
  PRIMARY KEY (review_id, place),
  UNIQUE (review_id, pair_id)
) STRICT, WITHOUT ROWID;
INSERT INTO reviewed_pairs_now SELECT review_id, place, pair_id, stratum, people, judge FROM reviewed_pairs;
DROP TABLE reviewed_pairs;
ALTER TABLE reviewed_pairs_now RENAME TO reviewed_pairs;
CREATE INDEX reviewed_pairs_by_pair ON reviewed_pairs (pair_id);
CREATE TRIGGER reviewed_pairs_are_fixed BEFORE UPDATE ON reviewed_pairs
BEGIN SELECT RAISE(ABORT, 'a review is fixed; make another one'); END;
CREATE TRIGGER reviewed_pairs_stay BEFORE DELETE ON reviewed_pairs
BEGIN SELECT RAISE(ABORT, 'a review stays'); END;
