import type { AcceptanceReport, AcceptanceShare, Criterion } from '../../../../shared/pack/acceptance.ts';
import { tableText } from '../terminal.ts';

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

const VERDICTS = {
  accepted: 'Accepted: every criterion of the pack is met.',
  rejected: 'Rejected: a criterion of the pack is not met.',
  incomplete: 'Open: the part about checks takes the answer key.',
} as const;

/** An acceptance report for people: the whole, then rater by rater. */
export function acceptanceText({ verdict, criteria, raters, rows }: AcceptanceReport): string {
  const row = (rater: string, criterion: Criterion) => [
    rater,
    NAMES[criterion.name],
    shareText(criterion),
    `${criterion.hits} of ${criterion.of}`,
    askedText(criterion),
    criterion.verdict,
  ];
  return [
    `${VERDICTS[verdict]} It rests on ${rows} rows.`,
    tableText(
      ['rater', 'criterion', 'share (95 %)', 'counted', 'asked for', 'verdict'],
      [
        ...criteria.map((criterion) => row('all', criterion)),
        ...raters.flatMap(({ rater, criteria: own }) => own.map((criterion) => row(rater, criterion))),
      ],
    ),
  ].join('\n');
}

function askedText({ asked }: Criterion): string {
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
