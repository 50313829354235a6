-- The last attempt of each judgment: what counts.
CREATE VIEW current_judgments AS SELECT * FROM judgments j WHERE NOT EXISTS (
  SELECT 1 FROM judgments later
  WHERE later.pair_id = j.pair_id AND later.judge_id = j.judge_id AND later.judge_order = j.judge_order
    AND later.sample = j.sample AND later.attempt > j.attempt
);

-- Rounds are no judges of the study: they measure one.
CREATE VIEW study_judges AS SELECT * FROM judges WHERE NOT EXISTS (
  SELECT 1 FROM judge_versions rounds WHERE rounds.judge_id = judges.id AND rounds.wave_of IS NOT NULL
);
