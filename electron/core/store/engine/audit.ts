/** The log of everything that could bend a result: append-only, each row bound to the one before it. */
import type { AuditRow } from './audit-hash.ts';
import type { ReadStore, WriteStore } from './database.ts';

export interface AuditEntry {
  readonly at: number;
  readonly studyId: number | null;
  readonly actor: string;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** How many rows the log has, and the hash of the last one; empty before the first. */
export interface AuditHead {
  readonly entries: number;
  readonly hash: string;
}

export function auditHead(store: ReadStore): AuditHead {
  const head = store.query<AuditHead>('SELECT entries, hash FROM audit_head').get();
  if (head === undefined) throw new Error('the audit log has no head');
  return head;
}

/** The hash of one row; undefined where there is none of that number. */
export function auditRowHash(store: ReadStore, id: number): string | undefined {
  return store.query<{ hash: string }>('SELECT hash FROM audit_log WHERE id = ?').get(id)?.hash;
}

/** Appends one row to the audit log, bound to the one before it. Call it inside the transaction of what it records. */
export function appendAudit(store: WriteStore, { at, studyId, actor, action, details }: AuditEntry): void {
  const { changes } = store.run(
    `WITH entry (at, study_id, actor, action, details) AS (VALUES (?, ?, ?, ?, ?))
     INSERT INTO audit_log (id, at, study_id, actor, action, details, hash)
     SELECT head.entries + 1, at, study_id, actor, action, details,
       audit_hash(head.hash, head.entries + 1, at, study_id, actor, action, details)
     FROM entry CROSS JOIN audit_head head`,
    at,
    studyId,
    actor,
    action,
    JSON.stringify(details),
  );
  if (changes === 0) throw new Error('the audit log has no head');
}

/** Every row, first to last. */
export function auditRows(store: ReadStore): IterableIterator<AuditRow> {
  return store
    .query<AuditRow>(
      'SELECT id, at, study_id AS studyId, actor, action, details, hash FROM audit_log ORDER BY id',
    )
    .iterate();
}

export interface LoggedAct {
  readonly at: number;
  readonly action: string;
  /** As stored: JSON. */
  readonly details: string;
}

/** As the index of all rows but votes says it: SQLite takes a partial index only for the very words it was made with. */
const IS_NO_VOTE = "action NOT IN ('rating.recorded', 'rating.retracted')";

/**
 * Rows that record one of some actions, first to last; of one study, or of the whole store for null. Votes are not found
 * here: next to all rows of the log are theirs.
 */
export function loggedActs(
  store: ReadStore,
  actions: readonly string[],
  studyId: number | null,
): readonly LoggedAct[] {
  const isWanted = `action IN (${actions.map(() => '?').join(', ')})`;
  return studyId === null
    ? store
        .query<LoggedAct>(
          `SELECT at, action, details FROM audit_log WHERE ${IS_NO_VOTE} AND ${isWanted} ORDER BY id`,
        )
        .all(...actions)
    : store
        .query<LoggedAct>(
          `SELECT at, action, details FROM audit_log WHERE ${IS_NO_VOTE} AND ${isWanted} AND study_id = ? ORDER BY id`,
        )
        .all(...actions, studyId);
}
