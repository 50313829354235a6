-- The main figures of the agreement card, from the Parquet tables of one or more studies. Plain SQL: a test holds it to the card
-- in DuckDB, and nothing in it is DuckDB's own, for Spark and BigQuery. The tables are to be there as pairs, votes, verdicts and
-- decisions. In DuckDB, in the folder itself:
--   CREATE VIEW pairs     AS SELECT * FROM read_parquet('pairs/*/*.parquet', hive_partitioning = true);
--   CREATE VIEW votes     AS SELECT * FROM read_parquet('votes/*/*.parquet', hive_partitioning = true);
--   CREATE VIEW verdicts  AS SELECT * FROM read_parquet('verdicts/*/*.parquet', hive_partitioning = true);
--   CREATE VIEW decisions AS SELECT * FROM read_parquet('decisions/*/*.parquet', hive_partitioning = true);
-- The policies are the card's own: majority, an adjudicator where there is none, “agree, else inconsistent” over orders, every
-- label a class of its own. A row says what it is about by subject_kind and names (subject, other; of a matrix cell also the
-- two labels), as the card does. Numbers are written as 1e0, a double: of 1.0 Spark makes a decimal, and its quotients are cut to six places.
-- Where pairs were drawn with unequal chances, the card weighs them and this does not: note says so.
WITH
counted AS (
  SELECT study, pair_id, rater, verdict FROM votes WHERE is_counted AND verdict <> 'skipped'
),
tallied AS (
  SELECT study, pair_id, verdict, count(*) AS k,
    sum(count(*)) OVER (PARTITION BY study, pair_id) AS n
  FROM counted GROUP BY study, pair_id, verdict
),
decided AS (
  SELECT study, pair_id, min(verdict) AS verdict FROM decisions
  GROUP BY study, pair_id HAVING count(DISTINCT verdict) = 1
),
people AS (
  SELECT p.study, p.pair_id, coalesce(t.verdict, d.verdict) AS verdict
  FROM pairs p
  LEFT JOIN tallied t ON t.study = p.study AND t.pair_id = p.pair_id AND 2 * t.k > t.n
  LEFT JOIN decided d ON d.study = p.study AND d.pair_id = p.pair_id
),
-- A judge: the most frequent readable verdict of each order, then what the orders agree on.
sampled AS (
  SELECT study, pair_id, judge, judge_order, verdict,
    CASE WHEN verdict IN ('unparsed', 'error') THEN 0 ELSE count(*) END AS k
  FROM verdicts WHERE is_counted GROUP BY study, pair_id, judge, judge_order, verdict
),
topped AS (
  SELECT study, pair_id, judge, judge_order, verdict, k,
    max(k) OVER (PARTITION BY study, pair_id, judge, judge_order) AS most
  FROM sampled
),
ordered AS (
  SELECT study, pair_id, judge, judge_order,
    CASE
      WHEN max(most) = 0 THEN max(verdict)
      WHEN sum(CASE WHEN k = most THEN 1 ELSE 0 END) > 1 THEN 'inconsistent'
      ELSE max(CASE WHEN k = most THEN verdict END)
    END AS verdict
  FROM topped GROUP BY study, pair_id, judge, judge_order
),
judged AS (
  SELECT study, pair_id, judge,
    CASE
      WHEN count(*) = 1 THEN max(verdict)
      WHEN max(CASE WHEN verdict = 'error' THEN 1 ELSE 0 END) = 1 THEN 'error'
      WHEN max(CASE WHEN verdict = 'unparsed' THEN 1 ELSE 0 END) = 1 THEN 'unparsed'
      WHEN count(DISTINCT verdict) = 1 THEN max(verdict)
      ELSE 'inconsistent'
    END AS verdict
  FROM ordered GROUP BY study, pair_id, judge
),
-- Everything that two sources say of the same pairs.
labels AS (
  SELECT study, pair_id, 'consensus' AS kind, '' AS source, verdict FROM people WHERE verdict IS NOT NULL
  UNION ALL SELECT study, pair_id, 'rater', rater, verdict FROM counted
),
compared AS (
  SELECT l.study, 'agreement' AS part, j.judge, l.kind, l.source AS one, '' AS other, l.verdict AS a, j.verdict AS b
  FROM labels l JOIN judged j ON j.study = l.study AND j.pair_id = l.pair_id
  WHERE j.verdict NOT IN ('unparsed', 'error')
  UNION ALL
  SELECT one.study, 'people', NULL, 'raters', one.rater, two.rater, one.verdict, two.verdict
  FROM counted one JOIN counted two ON two.study = one.study AND two.pair_id = one.pair_id AND one.rater < two.rater
),
cells AS (
  SELECT study, part, coalesce(judge, '') AS judge, kind, one, other, a, b, count(*) AS k
  FROM compared GROUP BY study, part, coalesce(judge, ''), kind, one, other, a, b
),
margins AS (
  SELECT study, part, judge, kind, one, other, label, sum(in_rows) AS in_rows, sum(in_columns) AS in_columns
  FROM (
    SELECT study, part, judge, kind, one, other, a AS label, k AS in_rows, 0 AS in_columns FROM cells
    UNION ALL SELECT study, part, judge, kind, one, other, b, 0, k FROM cells
  ) both_sides
  GROUP BY study, part, judge, kind, one, other, label
),
totals AS (
  SELECT study, part, judge, kind, one, other, sum(in_rows) AS n, sum(in_rows * in_columns) AS together, count(*) AS labels,
    sum((in_rows + in_columns) * (in_rows + in_columns)) AS squares, max(in_rows) AS most_in_rows,
    max(in_columns) AS most_in_columns
  FROM margins GROUP BY study, part, judge, kind, one, other
),
hits AS (
  SELECT study, part, judge, kind, one, other, sum(CASE WHEN a = b THEN k ELSE 0 END) AS hits
  FROM cells GROUP BY study, part, judge, kind, one, other
),
summed AS (
  SELECT t.*, h.hits,
    1e0 * h.hits / t.n AS po,
    1e0 * t.together / t.n / t.n AS pe,
    1e0 * t.squares / 4 / t.n / t.n AS pi_chance
  FROM totals t JOIN hits h
    ON h.study = t.study AND h.part = t.part AND h.judge = t.judge AND h.kind = t.kind AND h.one = t.one AND h.other = t.other
),
coefficients AS (
  SELECT *,
    CASE WHEN pe < 1 THEN (po - pe) / (1 - pe) END AS kappa,
    CASE WHEN pi_chance < 1 THEN (po - pi_chance) / (1 - pi_chance) END AS scotts_pi,
    CASE WHEN labels > 1 THEN (1 - pi_chance) / (labels - 1) END AS ac1_chance
  FROM summed
),
-- Fleiss, Cohen & Everitt 1969, as a sum over cells of the squared influence.
influences AS (
  SELECT c.study, c.part, c.judge, c.kind, c.one, c.other,
    sum(c.k * power(
      ((1 - s.kappa) * (2 - 1e0 * r.in_columns / s.n - 1e0 * l.in_rows / s.n - (1 - s.pe))
        - CASE WHEN c.a = c.b THEN 0 ELSE 1 END) / nullif(1 - s.pe, 0), 2)) AS variance
  FROM cells c
  JOIN coefficients s ON s.study = c.study AND s.part = c.part AND s.judge = c.judge AND s.kind = c.kind AND s.one = c.one AND s.other = c.other
  JOIN margins r ON r.study = c.study AND r.part = c.part AND r.judge = c.judge AND r.kind = c.kind AND r.one = c.one AND r.other = c.other AND r.label = c.a
  JOIN margins l ON l.study = c.study AND l.part = c.part AND l.judge = c.judge AND l.kind = c.kind AND l.one = c.one AND l.other = c.other AND l.label = c.b
  WHERE s.pe < 1 AND s.most_in_rows < s.n AND s.most_in_columns < s.n
  GROUP BY c.study, c.part, c.judge, c.kind, c.one, c.other
),
errors AS (
  SELECT s.*, sqrt(i.variance) / s.n AS standard_error
  FROM coefficients s LEFT JOIN influences i
    ON i.study = s.study AND i.part = s.part AND i.judge = s.judge AND i.kind = s.kind AND i.one = s.one AND i.other = s.other
),
-- Agreement of all raters: of the pairs of votes on a pair, the share that says the same; the mean over pairs. A database may
-- divide before it leaves rows out, so that no divisor may be 0 in a row that is left out.
rated AS (
  SELECT study, pair_id, max(n) AS n, 1e0 * sum(k * (k - 1)) / max(n) / nullif(max(n) - 1, 0) AS agreeing
  FROM tallied GROUP BY study, pair_id HAVING max(n) > 1
),
-- Win rates: 1 for the one that people prefer, a half for each where they prefer none.
sides AS (
  SELECT p.study, p.system_a AS system_name,
    CASE l.verdict WHEN 'first' THEN 1e0 WHEN 'second' THEN 0e0 ELSE 5e-1 END AS win
  FROM pairs p JOIN people l ON l.study = p.study AND l.pair_id = p.pair_id
  WHERE l.verdict IS NOT NULL AND p.system_a <> p.system_b
  UNION ALL
  SELECT p.study, p.system_b,
    CASE l.verdict WHEN 'first' THEN 0e0 WHEN 'second' THEN 1e0 ELSE 5e-1 END
  FROM pairs p JOIN people l ON l.study = p.study AND l.pair_id = p.pair_id
  WHERE l.verdict IS NOT NULL AND p.system_a <> p.system_b
),
drawn AS (
  SELECT study,
    CASE WHEN min(draw_probability) < max(draw_probability) OR count(draw_probability) BETWEEN 1 AND count(*) - 1
      THEN 'pairs were drawn with unequal chances, which this does not weigh' END AS note
  FROM pairs GROUP BY study
),
figures AS (
  SELECT study, judge, part, 'agreement' AS measure, kind, one, other, NULL AS label, NULL AS other_label, n, po AS value,
    NULL AS low, NULL AS high FROM errors
  UNION ALL SELECT study, judge, part, 'kappa', kind, one, other, NULL, NULL, n, kappa, NULL, NULL FROM errors
  -- Without an error there is no interval: nobody is certain because nobody erred yet.
  UNION ALL SELECT study, judge, part, 'kappa_independent', kind, one, other, NULL, NULL, n, kappa,
    CASE WHEN standard_error > 1e-12 THEN kappa - 1.959963984540054e0 * standard_error END,
    CASE WHEN standard_error > 1e-12 THEN kappa + 1.959963984540054e0 * standard_error END FROM errors
  UNION ALL SELECT study, judge, part, 'kappa_standard_error', kind, one, other, NULL, NULL, n, standard_error, NULL, NULL
    FROM errors
  UNION ALL SELECT study, judge, part, 'scotts_pi', kind, one, other, NULL, NULL, n, scotts_pi, NULL, NULL
    FROM errors WHERE kind = 'consensus'
  UNION ALL SELECT study, judge, part, 'alpha', kind, one, other, NULL, NULL, n,
    scotts_pi + (1 - scotts_pi) / (2 * n), NULL, NULL FROM errors WHERE kind = 'consensus'
  UNION ALL SELECT study, judge, part, 'ac1', kind, one, other, NULL, NULL, n, 1 - (1 - po) / (1 - ac1_chance), NULL, NULL
    FROM errors WHERE kind = 'consensus'
  UNION ALL SELECT study, judge, part, 'baseline', kind, one, other, NULL, NULL, n, 1e0 * most_in_rows / n, NULL, NULL
    FROM errors WHERE kind = 'consensus'
  UNION ALL SELECT study, judge, part, 'matrix_cell', 'cell', one, other, a, b, k, k, NULL, NULL
    FROM cells WHERE kind <> 'rater'
  UNION ALL SELECT study, '', 'people', 'pairwise_agreement', 'all_raters', '', '', NULL, NULL, count(*), avg(agreeing),
    NULL, NULL FROM rated GROUP BY study
  UNION ALL SELECT study, '', 'decision', 'people_win_rate', 'system', system_name, '', NULL, NULL, count(*), avg(win),
    NULL, NULL FROM sides GROUP BY study, system_name
)
SELECT f.study, judge, part, measure, kind AS subject_kind, one AS subject, other AS subject_other, label, other_label, n,
  value, low, high, note
FROM figures f JOIN drawn d ON d.study = f.study
ORDER BY f.study, judge, part, measure, kind, one, other, label, other_label;
