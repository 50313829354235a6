import type { DoctorReport } from '../../../shared/contract/settings-methods.ts';
import { electronBinaryPath } from '../ports/electron-binary-path.ts';
import { productVersion } from '../ports/product.ts';
import { findProblems, listBackups } from '../store/engine/backup.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { schemaVersionOf } from '../store/engine/migrate.ts';
import { contradictions, rowCounts, sqliteVersion } from '../store/engine/store-health.ts';
import { isOverdue, listStudies } from '../store/study/studies.ts';
import type { Asked } from '../work/asked.ts';

/** What there is to be said of a store and of the programs around it. */
export function reportHealth(
  store: ReadStore,
  _input: unknown,
  { nowMs, durability }: Pick<Asked, 'nowMs' | 'durability'>,
): DoctorReport {
  const integrity = findProblems(store, 'quick_check');
  const { foreignKeys, openWithVote, miscounted } = contradictions(store);
  const problems = [
    ...(store.readOnlyOf === null ? [] : ['the store may only be read here: nothing can be recorded']),
    ...integrity,
    ...(foreignKeys > 0 ? [`${foreignKeys} rows refer to rows that are not there`] : []),
    ...(openWithVote > 0 ? [`${openWithVote} presentations contradict their ratings`] : []),
    ...(miscounted > 0 ? [`${miscounted} raters’ vote counts are not their votes`] : []),
    ...listStudies(store)
      .filter((study) => isOverdue(study, nowMs))
      .map(({ name, design }) => `“${name}” was to be kept until ${design.retainUntil}`),
  ];
  return {
    version: productVersion,
    node: process.versions.node,
    nodeApi: Number(process.versions.napi),
    sqlite: sqliteVersion(store),
    electronBinary: electronBinaryPath() === null ? 'missing' : 'present',
    storePath: store.readOnlyOf ?? store.path,
    schemaVersion: schemaVersionOf(store),
    pragmas: durability,
    integrity: integrity.length === 0 ? ['ok'] : integrity,
    ...rowCounts(store),
    backups: listBackups(store.readOnlyOf ?? store.path),
    problems,
  };
}
