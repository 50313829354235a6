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
import { labelsOf, othersLabel, type RaterVote, type RaterVotes } from './rater-votes.ts';

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
 */
export function raterQuality(
  raters: readonly RaterVotes[],
  itemOfPair: Int32Array,
  { level = 0.95, alpha = 0.05 }: { readonly level?: number; readonly alpha?: number } = {},
): RaterQuality[] {
  const outliers = outlierTests(raters, alpha);
  const byPair = new Map<number, Map<string, number>>();
  for (const rater of raters) {
    for (const { pair, code } of labelsOf(rater)) {
      const labels = byPair.get(pair) ?? new Map<string, number>();
      byPair.set(pair, labels.set(rater.name, code));
    }
  }
  return raters.map((rater) => {
    const { name, votes } = rater;
    const labels = labelsOf(rater).map((vote) => ({ ...vote, others: othersLabel(byPair, name, vote.pair) }));
    const compared = labels.filter(({ others }) => others >= 0);
    const times = votes.flatMap(({ activeMs }) => activeMs ?? []).sort((one, two) => one - two);
    const median = times[Math.floor(times.length / 2)];
    const timed = votes.filter(({ activeMs }) => activeMs !== null);
    const checksOf = (role: RaterVote['role']) =>
      votes.filter((vote) => vote.role === role && vote.isRight !== null);
    const passed = (role: RaterVote['role']) =>
      shareOf(checksOf(role).filter(({ isRight }) => isRight).length, checksOf(role).length, level);
    return {
      rater: name,
      labels: labels.length,
      skipped: votes.filter(({ code }) => code === CODE.skipped).length,
      checks: votes.filter(({ role }) => role !== 'label').length,
      medianSeconds: median === undefined ? null : median / 1000,
      tooFast: shareOf(timed.filter(isTooFast).length, timed.length, level),
      left: leftShare(votes, level),
      tiesAboveOthers: tiesAboveOthers(labels, byPair, name, itemOfPair, level),
      gold: passed('gold'),
      caught: passed('catch'),
      repeats: passed('repeat'),
      withOthers: withOthers(compared, itemOfPair, level),
      outlier: outliers.get(name) ?? null,
      // On one side, shared out over raters and looks.
      drift: driftOf(compared, 1 - (2 * alpha) / (DRIFT_LOOKS * raters.length)),
    };
  });
}

type ComparedVote = RaterVote & { readonly others: number };

function shareOf(successes: number, n: number, level: number): Share | null {
  return n === 0 ? null : { successes, n, interval: wilsonInterval(successes, n, level) };
}

function isTooFast({ activeMs, characters }: RaterVote): boolean {
  const least = Math.min(SKIM.mostMs, Math.max(SKIM.leastMs, SKIM.perCharacterMs * characters));
  return activeMs !== null && activeMs < least;
}

function leftShare(votes: readonly RaterVote[], level: number): RaterQuality['left'] {
  const sided = votes.filter(
    ({ code, leftSide }) => leftSide !== null && (code === CODE.first || code === CODE.second),
  );
  const left = sided.filter(({ code, leftSide }) => (code === CODE.first) === (leftSide === 'first')).length;
  const share = shareOf(left, sided.length, level);
  if (share === null) return null;
  return {
    ...share,
    p: exactBinomialTest(left, sided.length).twoSidedP,
    logEvidence: logEvidenceAgainstHalf(left, sided.length),
  };
}

function tiesAboveOthers(
  labels: readonly RaterVote[],
  byPair: ReadonlyMap<number, ReadonlyMap<string, number>>,
  rater: string,
  itemOfPair: Int32Array,
  level: number,
): RaterQuality['tiesAboveOthers'] {
  const rows = labels.flatMap(({ pair, code }) => {
    const others = [...(byPair.get(pair) ?? [])].filter(([name]) => name !== rater).map(([, each]) => each);
    if (others.length === 0) return [];
    const theirs = others.filter((each) => each === CODE.tie).length / others.length;
    return [{ difference: Number(code === CODE.tie) - theirs, item: itemOfPair[pair] ?? 0 }];
  });
  if (rows.length === 0) return undefinedBecause('nobody else labelled these pairs');
  return ratioByItem(
    rows.map(({ difference }) => difference),
    rows.map(() => 1),
    rows.map(({ item }) => item),
    level,
  );
}

function withOthers(
  compared: readonly ComparedVote[],
  itemOfPair: Int32Array,
  level: number,
): RaterQuality['withOthers'] {
  const numberOf = new Map<number, number>();
  const items = Int32Array.from(compared, ({ pair }) => {
    const item = itemOfPair[pair] ?? 0;
    if (!numberOf.has(item)) numberOf.set(item, numberOf.size);
    return numberOf.get(item) ?? 0;
  });
  const columns = {
    rows: Int8Array.from(compared, ({ others }) => others),
    columns: Int8Array.from(compared, ({ code }) => code),
    itemOfPair: items,
    itemCount: numberOf.size,
    weights: null,
  };
  const { n, agreement, agreementInterval, kappa, kappaInterval } = agreementOf(
    patternsOf(columns, agreementOptionsSchema.parse({})),
    level,
  );
  return { n, agreement, agreementInterval, kappa, kappaInterval };
}

function driftOf(compared: readonly ComparedVote[], level: number): RaterQuality['drift'] {
  const half = Math.floor(compared.length / 2);
  if (half < FEWEST_IN_HALF) return null;
  const agreeing = (votes: readonly ComparedVote[]) => ({
    successes: votes.filter(({ code, others }) => code === others).length,
    trials: votes.length,
  });
  const [earlier, later] = [agreeing(compared.slice(0, half)), agreeing(compared.slice(half))];
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
