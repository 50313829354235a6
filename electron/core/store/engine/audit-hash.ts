import { createHash } from 'node:crypto';

/** A row as it stands in the log. */
export interface AuditRow {
  readonly id: number;
  readonly at: number;
  readonly studyId: number | null;
  readonly actor: string;
  readonly action: string;
  /** JSON, as it was written. */
  readonly details: string;
  readonly hash: string | null;
}

/** SHA-256 of a row with the hash of the row before it, as lower-case hex. In SQL as `audit_hash`. */
export function auditHash(before: string, row: Omit<AuditRow, 'hash'>): string {
  const { id, at, studyId, actor, action, details } = row;
  return createHash('sha256')
    .update(JSON.stringify([before, id, at, studyId, actor, action, details]))
    .digest('hex');
}
