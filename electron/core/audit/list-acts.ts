import type { AuditPage } from '../../../shared/contract/audit-methods.ts';
import { auditHead, latestActs } from '../store/engine/audit.ts';
import { isAuditAction, readAct } from '../store/engine/audit-actions.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { requireStudy } from '../store/study/studies.ts';
import { actText } from './act-text.ts';

/** Acts of a study, or of the store as a whole, the latest first. Votes have receipts of their own and are not listed. */
export function listActs(
  store: ReadStore,
  {
    studyId,
    before,
    limit,
  }: { readonly studyId: string | null; readonly before: number | null; readonly limit: number },
): AuditPage {
  const study = studyId === null ? null : requireStudy(store, studyId);
  const isBlind = study !== null && study.unblindedAt === null;
  const rows = latestActs(store, study?.id ?? null, before, limit + 1);
  return {
    head: auditHead(store),
    acts: rows.slice(0, limit).map(({ id, at, actor, action, details }) => ({
      row: id,
      at,
      actor,
      action,
      text: details === '' || !isAuditAction(action) ? '' : actText(readAct(action, details), isBlind),
    })),
    older: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
  };
}
