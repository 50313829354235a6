/** Whether the log is whole, and whether the votes are those it has receipts of. */
import type { AuditReport } from '../../../shared/contract/audit-methods.ts';
import { auditHead, auditRows } from '../store/audit.ts';
import { auditHash } from '../store/audit-hash.ts';
import { Store } from '../store/database.ts';
import { ratingReceipt } from '../store/rating-receipt.ts';

/** Opens the store for itself: a log of a million rows takes its time. */
export function verifyAudit({ storePath }: { readonly storePath: string }): AuditReport {
  const store = new Store(storePath, { readonly: true });
  try {
    return store.read(() => verifiedAudit(store));
  } finally {
    store.close();
  }
}

/**
 * Goes through the log from its first row and stops at the first that is not what was written there, or is not there.
 * A log and its head that were both written anew from some row on cannot be told from an honest one here: hold the
 * head's hash against one that was noted elsewhere.
 */
export function verifiedAudit(store: Store): AuditReport {
  const head = auditHead(store);
  const recorded = new Set<number>();
  let [entries, before] = [0, ''];
  const broken = (row: number, reason: string): AuditReport => ({
    entries: head.entries,
    hash: head.hash,
    broken: { row, reason },
  });
  for (const row of auditRows(store)) {
    if (row.id !== entries + 1) return broken(entries + 1, 'is missing');
    if (row.id > head.entries) return broken(row.id, 'was added behind the end of the log');
    if (row.hash !== auditHash(before, row))
      return broken(row.id, 'is not what was written, or not in its place');
    const receipt = receiptOf(row.action, row.details);
    if (receipt !== null) {
      recorded.add(receipt.ratingId);
      const now = ratingReceipt(store, receipt.ratingId);
      if (now === undefined) return broken(row.id, `records rating ${receipt.ratingId}, which is not there`);
      if (receipt.sha256 !== null && receipt.sha256 !== now)
        return broken(row.id, `records rating ${receipt.ratingId}, which says something else now`);
    }
    entries = row.id;
    before = row.hash;
  }
  if (entries < head.entries) return broken(entries + 1, 'is missing');
  if (before !== head.hash) return broken(entries, 'is not the row the log was closed with');
  const unrecorded = store
    .rawQuery<[number]>('SELECT id FROM ratings WHERE command_id IS NOT NULL ORDER BY id')
    .all()
    .find(([id]) => !recorded.has(id));
  if (unrecorded !== undefined)
    return broken(entries + 1, `is missing: rating ${unrecorded[0]} is recorded by no row`);
  return { entries, hash: head.hash, broken: null };
}

/** The rating a row stands for. Rows of older stores say which, and not what it said. */
function receiptOf(
  action: string,
  details: string,
): { readonly ratingId: number; readonly sha256: string | null } | null {
  if (action !== 'rating.recorded' && action !== 'rating.retracted') return null;
  const {
    ratingId,
    retractionId,
    sha256 = null,
  } = JSON.parse(details) as {
    readonly ratingId: number;
    readonly retractionId?: number;
    readonly sha256?: string;
  };
  return { ratingId: retractionId ?? ratingId, sha256 };
}
