/** Statements that may go through a whole table, each with its reason. */
export const NAMED_WALKS: readonly { readonly of: RegExp; readonly why: string }[] = [
  {
    of: /^SELECT id, at, study_id AS studyId, actor, action, details, hash FROM audit_log ORDER BY id$/u,
    why: 'the check of the log reads every row of it',
  },
  {
    of: /^SELECT id FROM ratings WHERE command_id IS NOT NULL ORDER BY id$/u,
    why: 'the check of the log looks for votes that no row records',
  },
  {
    of: /^SELECT [\s\S]+ FROM (?:ratings|judgments) WHERE (?:command_id IS NULL AND )?id BETWEEN \? AND \? ORDER BY id$/u,
    why: 'a seal is made over all records since the seal before, in their order, and checked over the same',
  },
  {
    of: /^SELECT count\(\*\) AS count FROM (?:ratings|judgments) WHERE id >= \?/u,
    why: 'records that came after the last seal are counted when the log is checked',
  },
  {
    of: /^DELETE FROM (?:ratings|pairs|responses|raters|systems) WHERE (?:pair_id|id|item_id|study_id) /u,
    why: 'SQLite would look for what refers to each row: a study is deleted by a connection that looks once, at the end',
  },
  {
    of: /^(?:SELECT id, at, action, hash FROM audit_log|UPDATE audit_log SET details = '', actor = '') WHERE study_id = \?/u,
    why: 'the rows of the log that tell of a deleted study are emptied, once',
  },
  {
    of: /^SELECT count\(\*\) AS count FROM (?:pairs|ratings)$/u,
    why: 'the doctor counts what a store holds',
  },
  {
    of: /^SELECT DISTINCT responses\.id FROM presentations p JOIN pairs/u,
    why: 'whoever is through is asked once about outputs among all that they labelled',
  },
  {
    of: /^SELECT 1 FROM raters WHERE study_id = \? AND \(\s+EXISTS \(SELECT 1 FROM presentations p/u,
    why: 'the first pair that anybody was given to label is as good as any',
  },
  {
    of: /^SELECT pair_id FROM presentations WHERE rater_id = \? AND kind = 'ordinary'/u,
    why: 'a pack that is topped up gives its raters none of the pairs that they have',
  },
  {
    of: /^SELECT count\(\*\) AS count FROM presentations WHERE rater_id = \? AND kind IN/u,
    why: 'the pairs that train are counted when a pack is made or comes back',
  },
  {
    of: /^SELECT count\(\*\) AS count FROM identity_findings f CROSS JOIN/u,
    why: 'outputs that name themselves are few beside those that do not, each of which would be looked up',
  },
  {
    of: /^SELECT count\(\*\) AS count FROM presentations p WHERE is_open = \(/u,
    why: 'the doctor holds every presentation against its ratings',
  },
  {
    of: /^INSERT INTO \w+ \([\w, ]+\) VALUES (?:[(?, )]|NULL)+(?:ON CONFLICT|RETURNING|$)/u,
    why: 'SQLite would look for rows that wait for this one, but only where some row refers to one that is not there',
  },
  {
    of: /^SELECT id, (?:prompt|output|length\((?:prompt|output)\)) FROM (?:items|responses) WHERE id BETWEEN \? AND \?$/u,
    why: 'texts of a study are read over the range of their numbers, a piece at a time',
  },
  {
    of: /^SELECT id, system_id FROM responses WHERE item_id BETWEEN \? AND \?$/u,
    why: 'the systems of a study are read over the range of its items, a piece at a time',
  },
  {
    of: /^SELECT r\.id, r\.pair_id, r\.rater_id, [\s\S]+ FROM ratings r WHERE r\.verdict IS NOT NULL AND r\.role <> 'training' AND r\.id > \? /u,
    why: 'the card of a study that holds much of a store walks all votes',
  },
  {
    of: /^SELECT r\.id, r\.pair_id, r\.rater_id, [\s\S]+ FROM ratings r WHERE r\.verdict IS NOT NULL AND r\.role <> 'training' AND r\.pair_id BETWEEN \? AND \?/u,
    why: 'the votes of a study that holds little of a store are read over the range of its pairs, a piece at a time',
  },
  {
    of: /^SELECT j\.pair_id, j\.judge_id, [\s\S]+ FROM judgments j WHERE j\.pair_id BETWEEN \? AND \?\s+ORDER BY j\.pair_id, /u,
    why: 'the verdicts on a study are read over the numbers of its pairs, a few hundred at a time',
  },
  {
    of: /^SELECT supersedes FROM ratings WHERE supersedes IS NOT NULL$/u,
    why: 'the card marks the votes that later ones superseded',
  },
  {
    of: /^SELECT supersedes FROM ratings NOT INDEXED WHERE id > \? AND supersedes IS NOT NULL$/u,
    why: 'columns that are kept are brought up to date by the ratings since, and by no others',
  },
  {
    of: /\b(?:answers|questions|links|scores|given_references)\b/u,
    why: 'what an import of runs laid aside is read once when all its files are read',
  },
];
