import type { Interval } from '../stats/estimate.ts';
import { betaBinomialInterval } from '../stats/sequential/beta-binomial.ts';
import type { LabelColumns } from './rater-votes.ts';

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
export function outlierTests(
  raters: readonly { readonly name: string; readonly labels: LabelColumns }[],
  pairs: number,
  alpha = 0.05,
): Map<string, OutlierTest> {
  const own = raters.map(() => ({ n: 0, contradictions: 0 }));
  // Comparisons by the two raters they are of, so that each rater's can be taken out of the whole.
  const whole = { n: 0, contradictions: 0 };
  const involving = raters.map(() => ({ n: 0, contradictions: 0 }));
  const count = (tally: { n: number; contradictions: number } | undefined, differs: number) => {
    if (tally === undefined) return;
    tally.n++;
    tally.contradictions += differs;
  };
  const lastRater = new Int32Array(pairs).fill(-1);
  const lastCode = new Int8Array(pairs);
  const wasCompared = new Uint8Array(pairs);
  inOrder(raters, (rater, pair, code) => {
    const before = lastRater[pair] ?? -1;
    if (before >= 0) {
      const differs = Number(lastCode[pair] !== code);
      count(whole, differs);
      count(own[rater], differs);
      for (const each of [rater, before]) count(involving[each], differs);
      if (wasCompared[pair] === 0) count(own[before], differs);
    }
    lastRater[pair] = rater;
    lastCode[pair] = code;
    wasCompared[pair] = Number(before >= 0);
  });
  const share = alpha / (2 * Math.max(1, raters.length));
  const tests = new Map<string, OutlierTest>();
  for (const [rater, { name }] of raters.entries()) {
    const { n, contradictions } = own[rater] ?? { n: 0, contradictions: 0 };
    const out = involving[rater] ?? { n: 0, contradictions: 0 };
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

/** Walks the labels of all raters in the order they were given. Each order is of one vote alone and each rater's are ascending. */
function inOrder(
  raters: readonly { readonly labels: LabelColumns }[],
  visit: (rater: number, pair: number, code: number) => void,
): void {
  const next = new Int32Array(raters.length);
  const take = (rater: number) => {
    const place = next[rater] ?? 0;
    next[rater] = place + 1;
    const labels = raters[rater]?.labels;
    visit(rater, labels?.pair[place] ?? 0, labels?.code[place] ?? 0);
  };
  let [all, first, last] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { labels } of raters) {
    all += labels.order.length;
    first = Math.min(first, labels.order[0] ?? first);
    last = Math.max(last, labels.order.at(-1) ?? last);
  }
  if (all === 0) return;
  // Row ids of one study lie close together: then a place for each is sooner walked than they are sorted.
  if (last - first <= MOST_PLACES_OF_VOTE * all) {
    const raterAt = new Int32Array(last - first + 1).fill(-1);
    for (const [rater, { labels }] of raters.entries())
      for (const order of labels.order) raterAt[order - first] = rater;
    for (const rater of raterAt) if (rater >= 0) take(rater);
    return;
  }
  const keys = new Float64Array(all);
  let filled = 0;
  for (const [rater, { labels }] of raters.entries())
    for (const order of labels.order) keys[filled++] = order * raters.length + rater;
  // The rater in the remainder of sorted numbers says whose label is next.
  for (const key of keys.sort()) take(key % raters.length);
}

const MOST_PLACES_OF_VOTE = 8;
