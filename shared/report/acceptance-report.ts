import type { AcceptanceReport, AcceptanceShare, Criterion } from '../pack/acceptance.ts';
import type { ACCEPTANCE_WORDS } from './acceptance-words.ts';
import { numbers, type Report, type ReportTable, words } from './report.ts';
import type { Tongue } from './tongue.ts';

type Speech = Tongue<typeof ACCEPTANCE_WORDS>;

/** What the rule of a pack says: the whole, then rater by rater. */
export function acceptanceReport(report: AcceptanceReport, speech: Speech): Report {
  const { verdict, open, answered, assigned, criteria, raters, rows } = report;
  const { say, number } = speech;
  const notBegun = raters.filter(({ hasBegun }) => !hasBegun).map(({ rater }) => rater);
  return {
    sentences: [
      say(verdict, { open: number(open) }),
      say('work', { answered: number(answered), assigned: number(assigned) }),
      ...(notBegun.length === 0 ? [] : [say('notBegun', { raters: notBegun.join(', ') })]),
      say('rows', { number: number(rows) }),
    ],
    tables: [
      criteriaTable(say('all'), criteria, speech),
      ...raters.map(({ rater, criteria: own }) => criteriaTable(rater, own, speech)),
    ],
  };
}

function criteriaTable(caption: string, criteria: readonly Criterion[], speech: Speech): ReportTable {
  const { say, number } = speech;
  return {
    caption,
    columns: [
      words(say('criterion')),
      numbers(say('share')),
      { ...numbers(say('interval')), intervals: criteria.map(intervalOf) },
      numbers(say('counted')),
      words(say('asked')),
      words(say('verdict')),
    ],
    rows: criteria.map((criterion) => [
      say(`criteria.${criterion.name}`),
      criterion.share === null ? '–' : `${percentText(criterion.share, speech)} %`,
      intervalText(criterion, speech),
      say('of', { hits: number(criterion.hits), of: number(criterion.of) }),
      askedText(criterion, speech),
      say(`verdicts.${criterion.verdict}`),
    ]),
  };
}

function intervalOf({ share, low, high }: AcceptanceShare) {
  return share === null || low === null || high === null ? null : { low, share, high };
}

function intervalText(share: AcceptanceShare, speech: Speech): string {
  const interval = intervalOf(share);
  if (interval === null) return '';
  return `${percentText(interval.low, speech)} – ${percentText(interval.high, speech)} %`;
}

function askedText({ asked }: Criterion, speech: Speech): string {
  const { say } = speech;
  if (asked === null) return say('nothing');
  const { limit, share, bound } = asked;
  const limitText = say(limit, { percent: percentText(share, speech) });
  return bound === 'estimate' ? limitText : `${limitText}, ${say(bound)}`;
}

function percentText(share: number, { number }: Speech): string {
  return number(Math.round(1000 * share) / 10);
}
