-- What the number beside a verdict is. Without a kind it says not what it is; of points there is one for each output and no score.
ALTER TABLE judgments ADD COLUMN score_kind TEXT CHECK (
  score_kind IN ('verdict_probability', 'first_probability', 'preference', 'points', 'sureness')
);
ALTER TABLE judgments ADD COLUMN score_first REAL;
ALTER TABLE judgments ADD COLUMN score_second REAL;

-- Numbers of judges that were run from here have always been probabilities of their verdicts.
DROP TRIGGER judgments_are_never_updated;
UPDATE judgments SET score_kind = 'verdict_probability'
WHERE score IS NOT NULL AND EXISTS (
  SELECT 1 FROM judge_replies r WHERE r.pair_id = judgments.pair_id AND r.judge_id = judgments.judge_id
    AND r.judge_order = judgments.judge_order AND r.sample = judgments.sample AND r.attempt = judgments.attempt
);
CREATE TRIGGER judgments_are_never_updated BEFORE UPDATE ON judgments
BEGIN SELECT RAISE(ABORT, 'judgments are append-only'); END;

-- The view's columns are those of the table as it was.
DROP VIEW current_judgments;
CREATE VIEW current_judgments AS SELECT * FROM judgments j WHERE NOT EXISTS (
  SELECT 1 FROM judgments later
  WHERE later.pair_id = j.pair_id AND later.judge_id = j.judge_id AND later.judge_order = j.judge_order
    AND later.sample = j.sample AND later.attempt > j.attempt
);
