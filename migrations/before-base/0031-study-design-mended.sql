-- Votes that check a rater, counted like labels: while a study is blind, counts of labels alone would tell which votes
-- were checks.
ALTER TABLE raters ADD COLUMN check_votes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE raters ADD COLUMN check_skips INTEGER NOT NULL DEFAULT 0;
UPDATE raters SET
  check_votes = (SELECT count(*) FROM ratings r WHERE r.rater_id = raters.id AND r.kind = 'vote' AND r.verdict <> 'skipped'
    AND r.role IN ('repeat', 'gold', 'catch') AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)),
  check_skips = (SELECT count(*) FROM ratings r WHERE r.rater_id = raters.id AND r.kind = 'vote' AND r.verdict = 'skipped'
    AND r.role IN ('repeat', 'gold', 'catch') AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id));
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

-- How many draws there were when a pair came into the study: it could be chosen by none of them.
ALTER TABLE pairs ADD COLUMN draws_before INTEGER NOT NULL DEFAULT 0;
UPDATE pairs SET draws_before = (
  SELECT count(*) FROM selections s WHERE s.study_id = pairs.study_id AND s.drawn_at < (
    SELECT imported_at FROM imports i WHERE i.study_id = pairs.study_id AND i.first_ordinal <= pairs.ordinal
    ORDER BY i.first_ordinal DESC LIMIT 1))
WHERE study_id IN (SELECT study_id FROM selections);

-- Raters who have a pair or gave it a label: whoever comes late must not count them pair by pair. A skip is none.
ALTER TABLE pairs ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;
UPDATE pairs SET taken = (SELECT count(*) FROM presentations p WHERE p.pair_id = pairs.id AND p.kind = 'ordinary'
  AND (p.is_open = 1
    OR (SELECT verdict FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1) <> 'skipped'))
WHERE id IN (SELECT pair_id FROM presentations);
CREATE INDEX pairs_by_taken ON pairs (study_id, taken);
CREATE TRIGGER a_presentation_takes_a_place AFTER INSERT ON presentations WHEN new.kind = 'ordinary'
BEGIN
  UPDATE pairs SET taken = taken + 1 WHERE id = new.pair_id;
END;
CREATE TRIGGER a_skip_gives_a_place_back AFTER INSERT ON ratings
WHEN new.presentation_id IS NOT NULL AND new.role = 'label' AND (new.kind = 'vote' AND new.verdict = 'skipped')
  <> coalesce((SELECT kind = 'vote' AND verdict = 'skipped' FROM ratings
    WHERE presentation_id = new.presentation_id AND id < new.id ORDER BY id DESC LIMIT 1), 0)
BEGIN
  UPDATE pairs SET taken = taken + CASE WHEN new.kind = 'vote' AND new.verdict = 'skipped' THEN -1 ELSE 1 END
  WHERE id = new.pair_id;
END;
