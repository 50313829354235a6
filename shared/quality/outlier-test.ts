import type { Interval } from '../stats/estimate.ts';
import { betaBinomialInterval } from '../stats/sequential/beta-binomial.ts';
import { labelsOf, type RaterVotes } from './rater-votes.ts';

/** How often a rater contradicts others, beside how often the others contradict each other. */
export interface OutlierTest {
  /** Pairs on which this rater and another one were compared. */
  readonly n: number;
  readonly contradictions: number;
  readonly interval: Interval;
  readonly others: { readonly n: number; readonly contradictions: number; readonly interval: Interval };
  /** Whether the rater's rate is above the others', whatever number of looks was taken. */
  readonly isOutlier: boolean;
}

/**
 * Each label is compared with the one its pair got before it, and counts for the rater where it is the pair's first
 * comparison of that rater. Rates have
 * anytime-valid intervals (Howard et al. 2021), and a rater stands out where the own interval lies above the others':
 * with `alpha` shared out over raters and both intervals, no rater who contradicts as often as the others is named
 * with more than that chance, however often and whenever the lead looks. The order of votes alone decides what is
 * compared, so a later vote changes no earlier comparison.
 *
 * @returns by rater; raters without a comparison, or without others to be held against, are missing
 */
export function outlierTests(raters: readonly RaterVotes[], alpha = 0.05): Map<string, OutlierTest> {
  const labels = raters
    .flatMap((rater) => labelsOf(rater).map((vote) => ({ rater: rater.name, ...vote })))
    .sort((one, two) => one.order - two.order);
  const lastOnPair = new Map<
    number,
    { readonly rater: string; readonly code: number; readonly isCompared: boolean }
  >();
  const own = new Map(raters.map(({ name }) => [name, { n: 0, contradictions: 0 }]));
  // Comparisons by the two raters they are of, so that each rater's can be taken out of the whole.
  const whole = { n: 0, contradictions: 0 };
  const involving = new Map(raters.map(({ name }) => [name, { n: 0, contradictions: 0 }]));
  const count = (tally: { n: number; contradictions: number } | undefined, differs: number) => {
    if (tally === undefined) return;
    tally.n++;
    tally.contradictions += differs;
  };
  for (const { rater, pair, code } of labels) {
    const before = lastOnPair.get(pair);
    lastOnPair.set(pair, { rater, code, isCompared: before !== undefined });
    if (before === undefined) continue;
    const differs = Number(before.code !== code);
    count(whole, differs);
    count(own.get(rater), differs);
    for (const name of [rater, before.rater]) count(involving.get(name), differs);
    if (!before.isCompared) count(own.get(before.rater), differs);
  }
  const share = alpha / (2 * Math.max(1, raters.length));
  const tests = new Map<string, OutlierTest>();
  for (const { name } of raters) {
    const { n, contradictions } = own.get(name) ?? { n: 0, contradictions: 0 };
    const out = involving.get(name) ?? { n: 0, contradictions: 0 };
    const others = { n: whole.n - out.n, contradictions: whole.contradictions - out.contradictions };
    if (n === 0 || others.n === 0) continue;
    const interval = betaBinomialInterval(contradictions, n, share);
    const othersInterval = betaBinomialInterval(others.contradictions, others.n, share);
    tests.set(name, {
      n,
      contradictions,
      interval,
      others: { ...others, interval: othersInterval },
      isOutlier: interval.low > othersInterval.high,
    });
  }
  return tests;
}
