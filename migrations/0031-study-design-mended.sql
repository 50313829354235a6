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
