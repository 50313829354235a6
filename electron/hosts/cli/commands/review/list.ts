import type { ReviewSummary } from '../../../../../shared/contract/review-methods.ts';
import type { AuditResult, AuditShare } from '../../../../../shared/review/audit-result.ts';
import type { Interval, Outcome } from '../../../../../shared/stats/estimate.ts';
import type { CliCommand } from '../../client/command.ts';
import { studyOption } from '../../options/option.ts';
import { percentRange, percentText } from '../../terminal/percent-text.ts';
import { tableText } from '../../terminal/table-text.ts';

export const command: CliCommand<{ readonly study: string }, readonly ReviewSummary[]> = {
  spec: { about: 'adjudications and audits, and what audits say of the labels', options: [studyOption()] },
  run: async (client, { study }) => client.follow('reviews.list', { studyId: await client.studyId(study) }),
  text: (reviews) => (reviews.length === 0 ? 'No review yet.' : reviews.map(reviewText).join('\n\n')),
};

function reviewText(review: ReviewSummary): string {
  const { kind, judge, madeAt, pairs, answered, skipped, audit, notJudged, isWeighted } = review;
  const head = `${kind}${judge === null ? '' : ` (${judge})`}, ${new Date(madeAt).toISOString()}: ${answered} of ${pairs} decided, ${skipped} skipped`;
  if (audit === null) return head;
  const words = [
    'all: the pairs that had a label and a verdict when the audit was drawn',
    ...(notJudged > 0 ? [`${notJudged} more without a verdict that could be compared`] : []),
    ...(isWeighted ? ['pairs were drawn with different chances, which is not weighed'] : []),
    ...(audit.waiting > 0
      ? [`${audit.waiting} looks wait for pairs before them, for somebody who did not adjudicate those`]
      : []),
    ...(audit.withSkips === null
      ? []
      : [
          `${audit.skipped} skipped: ${percentText(audit.withSkips.allRight)} with all of those labels right, ${percentText(audit.withSkips.allWrong)} with all wrong`,
        ]),
  ];
  return `${head}\n${auditText(audit)}\n${words.join('; ')}`;
}

type Estimate = Outcome<{ readonly value: number; readonly interval: Interval }>;

function auditText(audit: AuditResult): string {
  const row = (name: string, share: Estimate | AuditShare | null) => {
    if (share === null) return [name, '–', ''];
    if ('defined' in share && !share.defined) return [name, '–', share.reason];
    return [name, percentText(share.value), percentRange(share.interval)];
  };
  return tableText(
    ['by the second look', 'share', '95 % interval'],
    [
      row('human label wrong, of all', audit.labelsWrong),
      row('… where the judge disagrees', audit.wrongWhereDiffering),
      row('… where it agrees', audit.wrongWhereAgreeing),
      row('judge right where it disagrees', audit.judgeRightWhereDiffering),
      row('judge right, of all', audit.judgeRight),
    ],
  );
}
