import type { Store } from '../../electron/core/store/engine/database.ts';

/** Appends a row to the log, bound to the one before it, whatever it says. */
export function logRow(store: Store, action: string, details: string): void {
  store.write((store) =>
    store.run(
      `INSERT INTO audit_log (id, at, study_id, actor, action, details, hash)
       SELECT entries + 1, 1, NULL, 'lead', ?, ?, audit_hash(hash, entries + 1, 1, NULL, 'lead', ?, ?) FROM audit_head`,
      action,
      details,
      action,
      details,
    ),
  );
}
