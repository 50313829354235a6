import type { AuditReport } from '../../../shared/contract/audit-methods.ts';
import type { AppContext } from '../app-context.ts';
import { runInWorker } from '../jobs/run-in-worker.ts';

export function verifyAuditLog({ store }: AppContext): Promise<AuditReport> {
  return runInWorker('verifyAudit', { storePath: store.path });
}
