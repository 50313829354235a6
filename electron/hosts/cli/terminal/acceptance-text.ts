import type { AcceptanceReport, AcceptanceShare, Criterion } from '../../../../shared/pack/acceptance.ts';
import { tableText } from './table-text.ts';

const NAMES: Readonly<Record<Criterion['name'], string>> = {
  coverage: 'answered',
  skipped: 'skipped',
  anomalies: 'times that cannot be',
  agreement: 'raters agree',
  gold: 'known answers',
  catches: 'one right answer',
  self_consistency: 'same answer again',
  qualifying: 'qualifying set',
};

function verdictText({ verdict, open }: AcceptanceReport): string {
  switch (verdict) {
    case 'accepted':
      return 'Accepted: every criterion of the pack is met.';
    case 'rejected':
      return 'Not accepted: a criterion of the pack is not met.';
    case 'incomplete':
      return `Nothing failed yet, ${open} open: that takes the answer key or more votes.`;
  }
}

/** How far the work is: all that the pack gave to anybody. */
function workText({ answered, assigned, raters }: AcceptanceReport): string {
  const notBegun = raters.filter(({ hasBegun }) => !hasBegun).map(({ rater }) => rater);
  return `${answered} of ${assigned} answered${notBegun.length === 0 ? '' : `, not begun: ${notBegun.join(', ')}`}.`;
}

/** An acceptance report for people: the whole, then rater by rater. */
export function acceptanceText(report: AcceptanceReport): string {
  const { criteria, raters, rows } = report;
  const row = (rater: string, criterion: Criterion) => [
    rater,
    NAMES[criterion.name],
    shareText(criterion),
    `${criterion.hits} of ${criterion.of}`,
    rulesText(criterion),
    criterion.verdict,
  ];
  return [
    `${verdictText(report)} ${workText(report)} It rests on ${rows} rows.`,
    tableText(
      ['rater', 'criterion', 'share (95 %)', 'counted', 'asked for', 'verdict'],
      [
        ...criteria.map((criterion) => row('all', criterion)),
        ...raters.flatMap(({ rater, criteria: own }) => own.map((criterion) => row(rater, criterion))),
      ],
    ),
  ].join('\n');
}

function rulesText({ asked }: Criterion): string {
  if (asked === null) return 'nothing';
  const { limit, share, bound } = asked;
  const end = { estimate: '', lower: ', at the lower end', upper: ', at the upper end' }[bound];
  return `at ${limit} ${Number((100 * share).toFixed(1))} %${end}`;
}

function shareText({ share, low, high }: AcceptanceShare): string {
  if (share === null) return '–';
  const percent = (value: number) => `${(100 * value).toFixed(1)}`;
  return low === null || high === null
    ? `${percent(share)} %`
    : `${percent(share)} % (${percent(low)} to ${percent(high)})`;
}
