import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoctorReport } from '../../../shared/contract/settings-methods.ts';
import type { AppContext } from '../context/app-context.ts';
import { productFolder, productVersion } from '../ports/product.ts';
import { checkedProblems, listBackups } from '../store/engine/backup.ts';
import { schemaVersionOf } from '../store/engine/migrate.ts';
import { listStudies } from '../store/study/studies.ts';
import { isOverdue } from '../studies/study-service.ts';

/** Where Electron's own program lies, if it was ever fetched; reads the package's files, never imports it. */
export function electronBinaryPath(): string | null {
  const folder = join(productFolder, 'node_modules', 'electron');
  try {
    const relative = readFileSync(join(folder, 'path.txt'), 'utf8').trim();
    const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), relative);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

export function doctorReport({ store, ports }: AppContext): DoctorReport {
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
      .filter((study) => isOverdue(study, ports.clock.nowMs()))
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
