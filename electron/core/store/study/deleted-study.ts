/** Takes a study out of the store for good. */
import { ServiceError } from '../../../../shared/errors/errors.ts';
import type { WriteStore } from '../engine/database.ts';

/** Pairs, or items, whose rows go together. */
const AT_ONCE = 500;

/** Of pairs whose ids are handed over as a JSON list. What refers to a row goes before it. */
const OF_PAIRS = [
  'DELETE FROM judge_replies WHERE pair_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM judgments WHERE pair_id IN (SELECT value FROM json_each(?))',
  `DELETE FROM erased_notes WHERE rating_id IN
     (SELECT id FROM ratings WHERE pair_id IN (SELECT value FROM json_each(?)))`,
  'DELETE FROM ratings WHERE pair_id IN (SELECT value FROM json_each(?))',
  `DELETE FROM vote_drafts WHERE presentation IN
     (SELECT public_id FROM presentations WHERE pair_id IN (SELECT value FROM json_each(?)))`,
  'DELETE FROM presentations WHERE pair_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM disagreement_classes WHERE pair_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM pair_decisions WHERE pair_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM reviewed_pairs WHERE pair_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM selected_pairs WHERE pair_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM known_answers WHERE pair_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM pairs WHERE id IN (SELECT value FROM json_each(?))',
];

const OF_ITEMS = [
  `DELETE FROM identity_findings WHERE response_id IN
     (SELECT id FROM responses WHERE item_id IN (SELECT value FROM json_each(?)))`,
  'DELETE FROM responses WHERE item_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM items WHERE id IN (SELECT value FROM json_each(?))',
];

const RATERS = '(SELECT id FROM raters WHERE study_id = ?)';
const JUDGES = '(SELECT id FROM judges WHERE study_id = ?)';
const PACKS = '(SELECT id FROM packs WHERE study_id = ?)';

/** Of the study as a whole, by its number: what is left once its pairs and items are gone. */
const OF_STUDY = [
  `DELETE FROM judge_requests WHERE run_id IN (SELECT id FROM judge_runs WHERE judge_id IN ${JUDGES})`,
  `DELETE FROM judge_batches WHERE judge_id IN ${JUDGES}`,
  `DELETE FROM judge_runs WHERE judge_id IN ${JUDGES}`,
  `DELETE FROM judge_panels WHERE judge_id IN ${JUDGES}`,
  `DELETE FROM judge_versions WHERE judge_id IN ${JUDGES}`,
  'DELETE FROM judges WHERE study_id = ?',
  `DELETE FROM returned_rows WHERE pack_id IN ${PACKS}`,
  `DELETE FROM merges WHERE pack_id IN ${PACKS}`,
  `DELETE FROM pack_keys WHERE pack_id IN ${PACKS}`,
  `DELETE FROM pack_revisions WHERE pack_id IN ${PACKS}`,
  'DELETE FROM packs WHERE study_id = ?',
  `DELETE FROM system_guesses WHERE rater_id IN ${RATERS}`,
  `DELETE FROM consents WHERE rater_id IN ${RATERS}`,
  `DELETE FROM rater_decisions WHERE rater_id IN ${RATERS}`,
  `DELETE FROM qualifications WHERE rater_id IN ${RATERS}`,
  `DELETE FROM side_counts WHERE rater_id IN ${RATERS}`,
  'DELETE FROM raters WHERE study_id = ?',
  'DELETE FROM reviews WHERE study_id = ?',
  'DELETE FROM selections WHERE study_id = ?',
  'DELETE FROM analysis_plans WHERE study_id = ?',
  'DELETE FROM guidelines WHERE study_id = ?',
  'DELETE FROM imports WHERE study_id = ?',
  'DELETE FROM slice_counts WHERE study_id = ?',
  'DELETE FROM systems WHERE study_id = ?',
];

/**
 * Deletes every row of a study but its own, which is left without a name: its number is given to no other study.
 *
 * @param store of a connection that checks no references: SQLite would look through whole tables for each row that goes. They
 * are checked here, once
 * @param look called with the pairs that are gone, every few pairs; what it throws ends the deletion
 */
export function deleteStudyRows(
  store: WriteStore,
  studyId: number,
  at: number,
  look: (pairsDone: number) => void,
): void {
  let pairsDone = 0;
  look(pairsDone);
  const next = (sql: string) =>
    store
      .rawQuery<[number]>(sql)
      .all(studyId, AT_ONCE)
      .map(([id]) => id);
  for (;;) {
    const ids = next('SELECT id FROM pairs WHERE study_id = ? ORDER BY ordinal LIMIT ?');
    if (ids.length === 0) break;
    for (const sql of OF_PAIRS) store.run(sql, JSON.stringify(ids));
    pairsDone += ids.length;
    look(pairsDone);
  }
  for (;;) {
    const ids = next('SELECT id FROM items WHERE study_id = ? ORDER BY content_hash LIMIT ?');
    if (ids.length === 0) break;
    for (const sql of OF_ITEMS) store.run(sql, JSON.stringify(ids));
    look(pairsDone);
  }
  for (const sql of OF_STUDY) store.run(sql, studyId);
  store.run(
    `UPDATE studies SET name = 'deleted ' || public_id, seed = '', design = '{}', is_synthetic = 0, archived_at = NULL,
       deleted_at = ? WHERE id = ?`,
    at,
    studyId,
  );
  if (store.pragmaRows('foreign_key_check').length > 0)
    throw new ServiceError('internal', { key: 'study.not_all_deleted' });
}

/** Guards of what only grows, and of a study's own row. */
const GUARDS = /\bBEFORE DELETE\b|\bTRIGGER (?:audit_log_is_never_updated|studies_seed_is_fixed)\b/u;

/** Lifts the guards of what is never deleted for as long as some work lasts. All are there again before the transaction ends. */
export function withoutGuards<Result>(store: WriteStore, work: () => Result): Result {
  const guards = store
    .query<{ name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all()
    .filter(({ sql }) => GUARDS.test(sql));
  for (const { name } of guards) store.execute(`DROP TRIGGER ${name}`);
  const result = work();
  for (const { sql } of guards) store.execute(sql);
  return result;
}

/** What of a study is out of the house: each as a few words. */
export function openWorkOf(store: WriteStore, studyId: number): string[] {
  const names = (sql: string) =>
    store
      .rawQuery<[string]>(sql)
      .all(studyId)
      .map(([name]) => name);
  return [
    ...names('SELECT name FROM packs WHERE study_id = ? AND closed_at IS NULL ORDER BY id').map(
      (name) => `the pack “${name}”`,
    ),
    ...names(
      `SELECT j.name FROM judge_batches b JOIN judges j ON j.id = b.judge_id
       WHERE j.study_id = ? AND b.ended_at IS NULL ORDER BY b.id`,
    ).map((name) => `a batch of “${name}”`),
    ...names(
      `SELECT j.name FROM judge_runs r JOIN judges j ON j.id = r.judge_id
       WHERE j.study_id = ? AND r.ended_at IS NULL ORDER BY r.id`,
    ).map((name) => `a run of “${name}”`),
  ];
}
