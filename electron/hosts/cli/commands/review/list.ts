import type { ReviewSummary } from '../../../../../shared/contract/review-methods.ts';
import { reportOfAudit } from '../../../../../shared/report/audit-report.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { reportText } from '../../terminal/report-text.ts';

export const command: CliCommand<{ readonly study: string }, readonly ReviewSummary[]> = {
  spec: { about: 'adjudications and audits, and what audits say of the labels', options: [studyOption()] },
  run: async (client, { study }) => client.follow('reviews.list', { studyId: await client.studyId(study) }),
  text: (reviews) => (reviews.length === 0 ? 'No review yet.' : reviews.map(reviewText).join('\n\n')),
};

function reviewText(review: ReviewSummary): string {
  const { kind, judge, madeAt, pairs, answered, skipped, audit } = review;
  const head = `${kind}${judge === null ? '' : ` (${judge})`}, ${new Date(madeAt).toISOString()}: ${answered} of ${pairs} decided, ${skipped} skipped`;
  if (audit === null) return head;
  return `${head}\n${reportText(reportOfAudit(audit, review))}`;
}
