import type { Store } from './database.ts';

export interface AuditEntry {
  readonly at: number;
  readonly studyId: number | null;
  readonly actor: string;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Appends one row to the audit log. Call it inside the transaction of what it records. */
export function appendAudit(store: Store, entry: AuditEntry): void {
  store.run(
    'INSERT INTO audit_log (at, study_id, actor, action, details) VALUES (?, ?, ?, ?, ?)',
    entry.at,
    entry.studyId,
    entry.actor,
    entry.action,
    JSON.stringify(entry.details),
  );
}
