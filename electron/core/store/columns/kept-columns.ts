/**
 * Columns that a thread keeps for the next report of the same study. Everything in them comes from tables that only grow as long as no study is deleted, so they are
 * brought up to date by what was added since. No connection is kept open, so that a store can be closed, moved and deleted: not
 * `data_version`, which only an open connection can ask for, but the chain of the audit log tells whether it is the same store.
 */

import { type AuditHead, auditHead, auditRowHash } from '../engine/audit.ts';
import type { ReadStore } from '../engine/database.ts';
import { isThreadKeeping, onForget } from '../engine/kept-in-thread.ts';
import { deletionCount } from '../study/studies.ts';
import { StudyColumns } from './study-columns.ts';

/** What is kept at most. */
const MOST_BYTES = 160 * 1024 * 1024;

interface Kept {
  readonly path: string;
  readonly studyId: number;
  readonly columns: StudyColumns;
  /** Where the log was at the time. */
  readonly audit: AuditHead;
  /** How many studies had been deleted: the numbers of their rows are given out again. */
  readonly deletions: number;
}

let kept: Kept | null = null;
onForget(() => {
  kept = null;
});

/** The columns of a study as the store has it; to be asked for inside one transaction with everything else that is read. */
export function studyColumnsOf(store: ReadStore, studyId: number): StudyColumns {
  if (!isThreadKeeping()) return new StudyColumns(store, studyId);
  const known = kept;
  kept = null;
  const columns =
    known !== null && isSame(known, store, studyId) && known.columns.refresh(store)
      ? known.columns
      : new StudyColumns(store, studyId);
  const audit = auditHead(store);
  if (audit.entries > 0 && columns.bytes() <= MOST_BYTES)
    kept = { path: store.path, studyId, columns, audit, deletions: deletionCount(store) };
  return columns;
}

/** Whether a store holds what it held: its log goes on from where it was. */
function isSame({ path, studyId, audit, deletions }: Kept, store: ReadStore, wanted: number): boolean {
  return (
    path === store.path &&
    studyId === wanted &&
    auditRowHash(store, audit.entries) === audit.hash &&
    deletionCount(store) === deletions
  );
}
