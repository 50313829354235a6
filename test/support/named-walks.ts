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
    of: /^SELECT count\(\*\) AS count FROM (?:pairs|ratings)$/u,
    why: 'the doctor counts what a store holds',
  },
  {
    of: /^SELECT count\(\*\) AS count FROM presentations p WHERE is_open = \(/u,
    why: 'the doctor holds every presentation against its ratings',
  },
  {
    of: /^INSERT INTO ratings /u,
    why: 'SQLite would look for returned rows that wait for this rating, but only where some row in the transaction refers to one that is not there',
  },
  {
    of: /\b(?:answers|questions|links|scores|given_references)\b/u,
    why: 'what an import of runs laid aside is read once when all its files are read',
  },
];
