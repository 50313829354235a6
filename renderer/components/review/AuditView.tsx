import type { ReviewSummary } from '../../../shared/contract/review-methods.ts';
import { reportOfAudit } from '../../../shared/report/audit-report.ts';
import type { AuditResult } from '../../../shared/review/audit-result.ts';
import { ReportTableView } from '../ReportTableView.tsx';

/** What a second look at some labels says of all of them. */
export function AuditView({
  audit,
  review,
}: {
  readonly audit: AuditResult;
  readonly review: ReviewSummary;
}) {
  const { sentences, tables } = reportOfAudit(audit, review);
  return (
    <>
      {tables.map((table) => (
        <ReportTableView key={table.caption} table={table} />
      ))}
      <p className="quiet">{sentences.join(' ')}</p>
    </>
  );
}
