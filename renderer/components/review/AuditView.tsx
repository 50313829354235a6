import type { ReviewSummary } from '../../../shared/contract/review-methods.ts';
import { rangeText, wholePercent } from '../../../shared/quality/share-text.ts';
import type { AuditResult, AuditShare } from '../../../shared/review/audit-result.ts';
import type { Interval, Outcome } from '../../../shared/stats/estimate.ts';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';

type Estimate = Outcome<{ readonly value: number; readonly interval: Interval }>;

/** What a second look at some labels says of all of them. */
export function AuditView({
  audit,
  review,
}: {
  readonly audit: AuditResult;
  readonly review: ReviewSummary;
}) {
  const judge = review.judge ?? '';
  const rows: readonly (readonly [string, Estimate | AuditShare | null, string])[] = [
    ['Human label wrong, of all', audit.labelsWrong, `${audit.answered} looks, weighted back`],
    ['… where the judge disagrees', audit.wrongWhereDiffering, countOf(audit.wrongWhereDiffering)],
    ['… where it agrees', audit.wrongWhereAgreeing, countOf(audit.wrongWhereAgreeing)],
    [
      `${judge} right where it disagrees`,
      audit.judgeRightWhereDiffering,
      countOf(audit.judgeRightWhereDiffering),
    ],
    [`${judge} right, of all`, audit.judgeRight, `${audit.answered} looks, weighted back`],
  ];
  return (
    <>
      <TableScroll label="What the audit says">
        <table className="data">
          <thead>
            <tr>
              <th scope="col">By the second look</th>
              <NumberHead>Share</NumberHead>
              <NumberHead>95 % interval</NumberHead>
              <th scope="col">From</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, share, from]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {share === null || ('defined' in share && !share.defined) ? (
                  <>
                    <td className="number">–</td>
                    <td className="reason">
                      {share !== null && 'reason' in share ? share.reason : 'nothing was looked at yet'}
                    </td>
                  </>
                ) : (
                  <>
                    <td className="number">{wholePercent(share.value)} %</td>
                    <td className="number">{rangeText(share.interval)}</td>
                  </>
                )}
                <td>{from}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <p className="quiet">{wordsOf(audit, review)}</p>
    </>
  );
}

/** What the shares are of, and what they leave out. */
function wordsOf(
  { waiting, skipped, withSkips }: AuditResult,
  { notJudged, isWeighted }: Pick<ReviewSummary, 'notJudged' | 'isWeighted'>,
): string {
  return [
    'All: the pairs that had a label of people and a verdict of the judge when the audit was drawn.',
    ...(notJudged > 0 ? [`On ${notJudged} more the judge gave no verdict that could be compared.`] : []),
    ...(isWeighted
      ? ['Pairs of this study were drawn with different chances, which these shares do not weigh.']
      : []),
    ...(waiting > 0
      ? [
          `${waiting} more looks wait for pairs before them, which somebody has to take who did not adjudicate them.`,
        ]
      : []),
    ...(withSkips === null
      ? []
      : [
          `${skipped} looks were skipped: with all of those labels right it would be ${wholePercent(withSkips.allRight)} %, with all wrong ${wholePercent(withSkips.allWrong)} %.`,
        ]),
  ].join(' ');
}

function countOf(share: AuditShare | null): string {
  return share === null ? '' : `${share.successes} of ${share.n}`;
}
