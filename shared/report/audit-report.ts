import type { ReviewSummary } from '../contract/review-methods.ts';
import { percentText, rangeText } from '../quality/share-text.ts';
import type { AuditResult, AuditShare } from '../review/audit-result.ts';
import type { Interval, Outcome } from '../stats/estimate.ts';
import { countedText } from './number-texts.ts';
import { numbers, type Report, words } from './report.ts';

type Estimate = Outcome<{ readonly value: number; readonly interval: Interval }>;

/** What a second look at some labels says of all of them. */
export function reportOfAudit(audit: AuditResult, review: ReviewSummary): Report {
  const judge = review.judge ?? 'the judge';
  const looks = `${countedText(audit.answered, 'look')}, weighted back`;
  const row = (name: string, share: Estimate | AuditShare | null, from: string) => [
    name,
    ...cellsOf(share),
    from,
  ];
  return {
    sentences: [sentencesOf(audit, review)],
    tables: [
      {
        caption: 'What the audit says',
        columns: [words('By the second look'), numbers('Share'), numbers('95 % interval'), words('From')],
        rows: [
          row('Human label wrong, of all', audit.labelsWrong, looks),
          row('… where the judge disagrees', audit.wrongWhereDiffering, countOf(audit.wrongWhereDiffering)),
          row('… where it agrees', audit.wrongWhereAgreeing, countOf(audit.wrongWhereAgreeing)),
          row(
            `${judge} right where it disagrees`,
            audit.judgeRightWhereDiffering,
            countOf(audit.judgeRightWhereDiffering),
          ),
          row(`${judge} right, of all`, audit.judgeRight, looks),
        ],
      },
    ],
  };
}

function cellsOf(share: Estimate | AuditShare | null): [share: string, interval: string] {
  if (share === null) return ['–', 'nothing was looked at yet'];
  if ('defined' in share && !share.defined) return ['–', share.reason];
  return [percentText(share.value), rangeText(share.interval)];
}

function countOf(share: AuditShare | null): string {
  return share === null ? '' : `${share.successes} of ${share.n}`;
}

/** What the shares are of, and what they leave out. */
function sentencesOf(
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
          `${countedText(waiting, 'more look waits', 'more looks wait')} for pairs before them, which somebody has to take who did not adjudicate them.`,
        ]
      : []),
    ...(withSkips === null
      ? []
      : [
          `${countedText(skipped, 'look was', 'looks were')} skipped: with all of those labels right it would be ${percentText(withSkips.allRight)}, with all wrong ${percentText(withSkips.allWrong)}.`,
        ]),
  ].join(' ');
}
