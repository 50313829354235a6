/** The log of everything that could bend a result: append-only, each row bound to the one before it. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  AUDIT_ACTIONS,
  type AuditAction,
  readAct,
  type StoredAct,
  type WrittenAct,
} from './audit-actions.ts';
import type { AuditRow } from './audit-hash.ts';
import type { ReadStore, WriteStore } from './database.ts';

/** The tests' seam: the details of every act are held against its schema, in whatever process it is logged. */
const CHECKS_DETAILS = process.env.TOUCHSTONE_CHECK_REPLIES === '1';

type AuditEntry = WrittenAct & {
  readonly at: number;
  readonly studyId: number | null;
  readonly actor: string;
};

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
  const text = JSON.stringify(details);
  if (CHECKS_DETAILS) requireWhole(action, text);
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
    text,
  );
  if (changes === 0) throw new Error('the audit log has no head');
}

/** How many rows of the log are about a study, and one hash over what is left of them when they are emptied. */
export interface EmptiedRows {
  readonly rows: number;
  readonly sha256: string;
}

/** Reads rows of one study as they are left when they are emptied. */
export class EmptiedDigest {
  readonly #hash = createHash('sha256');
  #rows = 0;

  take({ id, at, action, hash }: Pick<AuditRow, 'id' | 'at' | 'action' | 'hash'>): void {
    this.#hash.update(`${JSON.stringify([id, at, action, hash])}\n`);
    this.#rows++;
  }

  /** To be asked for once. */
  end(): EmptiedRows {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}

/** Whether a row was emptied: what was done, and when, is left of it, and its hash. */
export function isEmptied({ details }: Pick<AuditRow, 'details'>): boolean {
  return details === '';
}

/**
 * Takes what rows of a study say out of the log, and who did it. The hash of each stays, so that the chain holds; the log itself
 * is to keep what this returns.
 */
export function emptyRowsOfStudy(store: WriteStore, studyId: number): EmptiedRows {
  const digest = new EmptiedDigest();
  const rows = store.query<Pick<AuditRow, 'id' | 'at' | 'action' | 'hash'>>(
    'SELECT id, at, action, hash FROM audit_log WHERE study_id = ? ORDER BY id',
  );
  for (const row of rows.iterate(studyId)) digest.take(row);
  store.run("UPDATE audit_log SET details = '', actor = '' WHERE study_id = ?", studyId);
  return digest.end();
}

/** How often a study was deleted, as the log has it. */
export function loggedDeletions(store: ReadStore): number {
  return (
    store
      .query<{ count: number }>(
        `SELECT count(*) AS count FROM audit_log WHERE ${IS_NO_VOTE} AND action = 'study.deleted'`,
      )
      .get()?.count ?? 0
  );
}

/** Every row, first to last. */
export function auditRows(store: ReadStore): IterableIterator<AuditRow> {
  return store
    .query<AuditRow>(
      'SELECT id, at, study_id AS studyId, actor, action, details, hash FROM audit_log ORDER BY id',
    )
    .iterate();
}

/** Details are read back as they were written: a schema that drops or fills in something does not hold them. */
function requireWhole(action: AuditAction, text: string): void {
  const details: unknown = JSON.parse(text);
  if (!isDeepStrictEqual(AUDIT_ACTIONS[action].written.parse(details), details))
    throw new Error(`the details of “${action}” are not what its schema makes of them`);
}

type LoggedAct<Action extends AuditAction> = StoredAct<Action> & { readonly at: number };

/** As the index of all rows but votes says it: SQLite takes a partial index only for the very words it was made with. */
const IS_NO_VOTE = "action NOT IN ('rating.recorded', 'rating.retracted')";

/** Rows that record no vote, of one study, or of none for null: the latest before some row, latest first. */
export function latestActs(
  store: ReadStore,
  studyId: number | null,
  before: number | null,
  limit: number,
): readonly Pick<AuditRow, 'id' | 'at' | 'actor' | 'action' | 'details'>[] {
  return store
    .query<Pick<AuditRow, 'id' | 'at' | 'actor' | 'action' | 'details'>>(
      `SELECT id, at, actor, action, details FROM audit_log
       WHERE ${IS_NO_VOTE} AND action IN (SELECT value FROM json_each(?)) AND study_id IS ? AND id < ?
       ORDER BY id DESC LIMIT ?`,
    )
    .all(ACTS_BUT_VOTES, studyId, before ?? Number.MAX_SAFE_INTEGER, limit);
}

/** By name, so that the index of all rows but votes finds them. */
const ACTS_BUT_VOTES = JSON.stringify(
  Object.keys(AUDIT_ACTIONS).filter(
    (action) => action !== 'rating.recorded' && action !== 'rating.retracted',
  ),
);

interface LoggedRow<Action extends AuditAction> {
  readonly at: number;
  readonly action: Action;
  readonly details: string;
}

/**
 * Acts of one of some kinds, first to last; of one study, or of the whole store for null. Votes are not found here: next to
 * all rows of the log are theirs.
 *
 * @throws where a row's details are not what its action holds
 */
export function loggedActs<Action extends Exclude<AuditAction, 'rating.recorded' | 'rating.retracted'>>(
  store: ReadStore,
  actions: readonly Action[],
  studyId: number | null,
): readonly LoggedAct<Action>[] {
  const isWanted = `action IN (${actions.map(() => '?').join(', ')})`;
  const rows =
    studyId === null
      ? store
          .query<LoggedRow<Action>>(
            `SELECT at, action, details FROM audit_log WHERE ${IS_NO_VOTE} AND ${isWanted} AND details <> '' ORDER BY id`,
          )
          .all(...actions)
      : store
          .query<LoggedRow<Action>>(
            `SELECT at, action, details FROM audit_log WHERE ${IS_NO_VOTE} AND ${isWanted} AND details <> '' AND study_id = ? ORDER BY id`,
          )
          .all(...actions, studyId);
  return rows.map(({ at, action, details }) => ({ at, ...readAct(action, details) }));
}
