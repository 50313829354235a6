import type { AcceptanceReport } from '../../../../shared/pack/acceptance.ts';
import { acceptanceReport } from '../../../../shared/report/acceptance-report.ts';
import { ACCEPTANCE_WORDS } from '../../../../shared/report/acceptance-words.ts';
import { englishTongue } from '../../../../shared/report/tongue.ts';
import { reportText } from './report-text.ts';

/** An acceptance report for people. */
export function acceptanceText(report: AcceptanceReport): string {
  return reportText(acceptanceReport(report, englishTongue(ACCEPTANCE_WORDS)));
}
