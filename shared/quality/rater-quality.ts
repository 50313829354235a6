/** What a lead may know of how a rater works. */

import { agreementOf, type PatternAgreement, patternsOf } from '../card/figures/compared-columns.ts';
import { agreementOptionsSchema } from '../labels/agreement-options.ts';
import { type Interval, type Outcome, undefinedBecause } from '../stats/estimate.ts';
import { wilsonInterval } from '../stats/proportion/binomial-intervals.ts';
import { exactBinomialTest } from '../stats/proportion/exact-binomial-test.ts';
import { newcombeInterval } from '../stats/proportion/two-proportions.ts';
import { ratioByItem } from '../stats/resampling/ratio-by-item.ts';
import { logEvidenceAgainstHalf } from '../stats/sequential/beta-binomial.ts';
import { CODE } from '../study/verdict-codes.ts';
import { type OutlierTest, outlierTests } from './outlier-test.ts';
import {
  COUNTED_ROLES,
  LABEL,
  LabelsByPair,
  labelsOf,
  placesWhere,
  type RaterVotes,
  type VoteColumns,
  valuesAt,
} from './rater-votes.ts';

/** A share with Wilson's interval; null where there is nothing to count. */
export interface Share {
  readonly successes: number;
  readonly n: number;
  readonly interval: Interval;
}

/** One rater's figures. Shares and differences are null, or say why there is none, where nothing can be counted. */
export interface RaterQuality {
  readonly rater: string;
  readonly labels: number;
  readonly skipped: number;
  readonly checks: number;
  /** Median of the time spent on a pair, idle time taken out. */
  readonly medianSeconds: number | null;
  /** Votes given faster than anybody can skim the texts. */
  readonly tooFast: Share | null;
  /**
   * Left among all answers for a side, which are balanced by design, with the exact p of a rate of one half, and the
   * logarithm of the evidence against it, which holds at all looks.
   */
  readonly left: (Share & { readonly p: number; readonly logEvidence: number }) | null;
  /** Ties per label less those of others on the same pairs, by pair. */
  readonly tiesAboveOthers: Outcome<{ readonly value: number; readonly interval: Interval }>;
  readonly gold: Share | null;
  readonly caught: Share | null;
  /** Repeats that were answered as the first time. */
  readonly repeats: Share | null;
  /** Labels beside what more than half of the others say. */
  readonly withOthers: Pick<
    PatternAgreement,
    'n' | 'agreement' | 'agreementInterval' | 'kappa' | 'kappaInterval'
  >;
  readonly outlier: OutlierTest | null;
  /** Agreement with the others in the later half of the labels less that in the earlier half. */
  readonly drift: { readonly earlier: Share; readonly later: Share; readonly interval: Interval } | null;
}

/** Nobody skims faster than this. In milliseconds for each character, and for the shortest and the longest texts. */
const SKIM = { perCharacterMs: 4, leastMs: 400, mostMs: 10_000 } as const;

/** Fewer labels than this on either side show no drift. */
const FEWEST_IN_HALF = 20;

/** The halves move with every vote, so that no interval holds at all looks; it is made for this many. */
const DRIFT_LOOKS = 10;

/**
 * @param itemOfPair the item of each pair, numbered from 0
 * @param only whose figures are wanted, beside all of `raters`; everybody's by default
 */
export function raterQuality(
  raters: readonly RaterVotes[],
  itemOfPair: Int32Array,
  {
    level = 0.95,
    alpha = 0.05,
    only,
  }: { readonly level?: number; readonly alpha?: number; readonly only?: string } = {},
): RaterQuality[] {
  const labelled = raters.map((rater) => ({ ...rater, labels: labelsOf(rater) }));
  const outliers = outlierTests(labelled, itemOfPair.length, alpha);
  const byPair = new LabelsByPair(
    labelled.map(({ labels }) => labels),
    itemOfPair.length,
  );
  return labelled.flatMap(({ name, votes, labels }) => {
    if (only !== undefined && name !== only) return [];
    const besides = byPair.besides(labels);
    const isCompared = placesWhere(labels.pair.length, (label) => (besides.others[label] ?? 0) >= 0);
    const [comparedPairs, codes, others] = [
      valuesAt(labels.pair, isCompared),
      valuesAt(labels.code, isCompared),
      valuesAt(besides.others, isCompared),
    ];
    const times = votes.activeMs.filter((time) => !Number.isNaN(time)).sort();
    const median = times[Math.floor(times.length / 2)];
    const countPassed = (role: (typeof COUNTED_ROLES)[number]) => {
      const of = COUNTED_ROLES.indexOf(role);
      const right = countWhere(votes, (vote) => votes.role[vote] === of && votes.isRight[vote] === 1);
      const wrong = countWhere(votes, (vote) => votes.role[vote] === of && votes.isRight[vote] === 0);
      return shareOf(right, right + wrong, level);
    };
    return [
      {
        rater: name,
        labels: labels.pair.length,
        skipped: countWhere(votes, (vote) => votes.code[vote] === CODE.skipped),
        checks: countWhere(votes, (vote) => votes.role[vote] !== LABEL),
        medianSeconds: median === undefined ? null : median / 1000,
        tooFast: shareOf(
          countWhere(votes, (vote) => isTooFast(votes, vote)),
          times.length,
          level,
        ),
        left: leftShare(votes, level),
        tiesAboveOthers: tiesAboveOthers(labels, besides, itemOfPair, level),
        gold: countPassed('gold'),
        caught: countPassed('catch'),
        repeats: countPassed('repeat'),
        withOthers: withOthers({ pair: comparedPairs, code: codes }, others, itemOfPair, level),
        outlier: outliers.get(name) ?? null,
        // On one side, shared out over raters and looks.
        drift: driftOf(codes, others, 1 - (2 * alpha) / (DRIFT_LOOKS * raters.length)),
      },
    ];
  });
}

function countWhere({ pair }: VoteColumns, holds: (vote: number) => boolean): number {
  let count = 0;
  for (let vote = 0; vote < pair.length; vote++) if (holds(vote)) count++;
  return count;
}

function shareOf(successes: number, n: number, level: number): Share | null {
  return n === 0 ? null : { successes, n, interval: wilsonInterval(successes, n, level) };
}

/** False where the time was not measured. */
function isTooFast({ activeMs, characters }: VoteColumns, vote: number): boolean {
  const least = Math.min(SKIM.mostMs, Math.max(SKIM.leastMs, SKIM.perCharacterMs * (characters[vote] ?? 0)));
  return (activeMs[vote] ?? Number.NaN) < least;
}

function leftShare(votes: VoteColumns, level: number): RaterQuality['left'] {
  const { code, leftSide } = votes;
  const isSided = (vote: number) =>
    leftSide[vote] !== CODE.missing && (code[vote] === CODE.first || code[vote] === CODE.second);
  const sided = countWhere(votes, isSided);
  const left = countWhere(votes, (vote) => isSided(vote) && code[vote] === leftSide[vote]);
  const share = shareOf(left, sided, level);
  if (share === null) return null;
  return {
    ...share,
    p: exactBinomialTest(left, sided).twoSidedP,
    logEvidence: logEvidenceAgainstHalf(left, sided),
  };
}

function tiesAboveOthers(
  { pair, code }: VoteColumns,
  { count, ties }: ReturnType<LabelsByPair['besides']>,
  itemOfPair: Int32Array,
  level: number,
): RaterQuality['tiesAboveOthers'] {
  const rows = placesWhere(pair.length, (label) => (count[label] ?? 0) > 0);
  if (rows.length === 0) return undefinedBecause('nobody else labelled these pairs');
  const ratio = ratioByItem(
    Float64Array.from(
      rows,
      (label) => Number(code[label] === CODE.tie) - (ties[label] ?? 0) / (count[label] ?? 1),
    ),
    new Uint8Array(rows.length).fill(1),
    Int32Array.from(rows, (label) => itemOfPair[pair[label] ?? 0] ?? 0),
    level,
  );
  return ratio.defined ? { defined: true, value: ratio.value, interval: ratio.interval } : ratio;
}

function withOthers(
  { pair, code }: Pick<VoteColumns, 'pair' | 'code'>,
  others: Int8Array,
  itemOfPair: Int32Array,
  level: number,
): RaterQuality['withOthers'] {
  const numberOf = new Int32Array(itemOfPair.length).fill(-1);
  let itemCount = 0;
  const items = Int32Array.from(pair, (each) => {
    const item = itemOfPair[each] ?? 0;
    if ((numberOf[item] ?? 0) < 0) numberOf[item] = itemCount++;
    return numberOf[item] ?? 0;
  });
  const columns = { rows: others, columns: code, itemOfPair: items, itemCount, weights: null };
  const { n, agreement, agreementInterval, kappa, kappaInterval } = agreementOf(
    patternsOf(columns, agreementOptionsSchema.parse({})),
    level,
  );
  return {
    n,
    agreement,
    agreementInterval: intervalAlone(agreementInterval),
    kappa,
    kappaInterval: intervalAlone(kappaInterval),
  };
}

/** What a report says of an interval, without what it was worked out from. */
function intervalAlone(outcome: Outcome<{ readonly interval: Interval }>): typeof outcome {
  return outcome.defined ? { defined: true, interval: outcome.interval } : outcome;
}

function driftOf(codes: Int8Array, others: Int8Array, level: number): RaterQuality['drift'] {
  const half = Math.floor(codes.length / 2);
  if (half < FEWEST_IN_HALF) return null;
  const agreeing = (from: number, to: number) => {
    let successes = 0;
    for (let label = from; label < to; label++) successes += Number(codes[label] === others[label]);
    return { successes, trials: to - from };
  };
  const [earlier, later] = [agreeing(0, half), agreeing(half, codes.length)];
  const asShare = ({ successes, trials }: typeof earlier): Share => ({
    successes,
    n: trials,
    interval: wilsonInterval(successes, trials, level),
  });
  return {
    earlier: asShare(earlier),
    later: asShare(later),
    interval: newcombeInterval(later, earlier, level),
  };
}
