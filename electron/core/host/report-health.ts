import type { DoctorReport } from '../../../shared/contract/settings-methods.ts';
import { electronBinaryPath } from '../ports/electron-binary-path.ts';
import { productVersion } from '../ports/product.ts';
import { checkedProblems, listBackups } from '../store/engine/backup.ts';
import type { Store } from '../store/engine/database.ts';
import { schemaVersionOf } from '../store/engine/migrate.ts';
import { isOverdue, listStudies } from '../store/study/studies.ts';
import type { Asked } from '../work/asked.ts';

/** What there is to be said of a store and of the programs around it. */
export function reportHealth(store: Store, _input: unknown, { nowMs }: Pick<Asked, 'nowMs'>): DoctorReport {
  const integrity = checkedProblems(store, 'quick_check');
  const count = (table: 'studies' | 'pairs' | 'ratings') =>
    store.query<{ count: number }>(`SELECT count(*) AS count FROM ${table}`).get()?.count ?? 0;
  const foreignKeys = store.pragmaRows('foreign_key_check').length;
  const openWithVote = store
    .query<{ count: number }>(
      `SELECT count(*) AS count FROM presentations p WHERE is_open = (
         SELECT r.kind = 'vote' FROM ratings r WHERE r.presentation_id = p.id ORDER BY r.id DESC LIMIT 1)
         AND NOT (is_open = 1 AND is_asked_again = 1)`,
    )
    .get()?.count;
  const miscounted = store
    .query<{ count: number }>(
      `SELECT count(*) AS count FROM raters WHERE votes + skips <> (
         SELECT count(*) FROM ratings r WHERE r.rater_id = raters.id AND r.kind = 'vote' AND r.role = 'label'
           AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id))`,
    )
    .get()?.count;
  const problems = [
    ...(store.readOnlyOf === null ? [] : ['the store may only be read here: nothing can be recorded']),
    ...integrity,
    ...(foreignKeys > 0 ? [`${foreignKeys} rows refer to rows that are not there`] : []),
    ...((openWithVote ?? 0) > 0 ? [`${openWithVote} presentations contradict their ratings`] : []),
    ...((miscounted ?? 0) > 0 ? [`${miscounted} raters’ vote counts are not their votes`] : []),
    ...listStudies(store)
      .filter((study) => isOverdue(study, nowMs))
      .map(({ name, design }) => `“${name}” was to be kept until ${design.retainUntil}`),
  ];
  return {
    version: productVersion,
    node: process.versions.node,
    nodeApi: Number(process.versions.napi),
    sqlite: store.query<{ version: string }>('SELECT sqlite_version() AS version').get()?.version ?? '',
    electronBinary: electronBinaryPath() === null ? 'missing' : 'present',
    storePath: store.readOnlyOf ?? store.path,
    schemaVersion: schemaVersionOf(store),
    pragmas: {
      journal_mode: String(store.pragma('journal_mode')),
      synchronous: Number(store.pragma('synchronous')),
      foreign_keys: Number(store.pragma('foreign_keys')),
    },
    integrity: integrity.length === 0 ? ['ok'] : integrity,
    studies: count('studies'),
    pairs: count('pairs'),
    ratings: count('ratings'),
    backups: listBackups(store.readOnlyOf ?? store.path),
    problems,
  };
}
