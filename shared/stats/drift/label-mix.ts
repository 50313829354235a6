import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { type Outcome, undefinedBecause } from '../estimate.ts';

/** How the mix of labels moved between two periods. */
export interface LabelMixChange {
  /** Pearson's chi-square of homogeneity over the categories used. */
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  readonly cramersV: number;
  /** Population stability index, natural logs, ½ added to every count when any is 0. Its 0.1/0.25 limits are folklore. */
  readonly stabilityIndex: number;
  /** Square root of the Jensen–Shannon divergence, natural logs. */
  readonly jensenShannonDistance: number;
}

/** Compares label counts of two periods, aligned by category. Undefined when a period is empty or one label is used. */
export function labelMixChange(before: ArrayLike<number>, after: ArrayLike<number>): Outcome<LabelMixChange> {
  const [first, second] = [Float64Array.from(before), Float64Array.from(after)];
  const total = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);
  const [firstTotal, secondTotal] = [total(first), total(second)];
  if (firstTotal === 0 || secondTotal === 0) return undefinedBecause('one of the periods has no label');
  const all = firstTotal + secondTotal;
  let chiSquare = 0;
  let used = 0;
  let divergence = 0;
  first.forEach((count, category) => {
    const other = second[category] ?? 0;
    const both = count + other;
    if (both === 0) return;
    used++;
    const [expectedFirst, expectedSecond] = [(both * firstTotal) / all, (both * secondTotal) / all];
    chiSquare +=
      (count - expectedFirst) ** 2 / expectedFirst + (other - expectedSecond) ** 2 / expectedSecond;
    const [p, q] = [count / firstTotal, other / secondTotal];
    const middle = (p + q) / 2;
    if (p > 0) divergence += (p * Math.log(p / middle)) / 2;
    if (q > 0) divergence += (q * Math.log(q / middle)) / 2;
  });
  if (used < 2) return undefinedBecause('one label only: there is no mix');
  return {
    defined: true,
    chiSquare,
    degreesOfFreedom: used - 1,
    p: chiSquareUpperTail(chiSquare, used - 1),
    cramersV: Math.sqrt(chiSquare / all),
    stabilityIndex: stabilityIndex(first, second),
    jensenShannonDistance: Math.sqrt(Math.max(0, divergence)),
  };
}

function stabilityIndex(first: Float64Array, second: Float64Array): number {
  const pad = first.includes(0) || second.includes(0) ? 0.5 : 0;
  const shares = (counts: Float64Array) => {
    const padded = counts.map((count) => count + pad);
    const total = padded.reduce((sum, count) => sum + count, 0);
    return padded.map((count) => count / total);
  };
  const [p, q] = [shares(first), shares(second)];
  return p.reduce((sum, share, category) => {
    const other = q[category] ?? 0;
    return sum + (other - share) * Math.log(other / share);
  }, 0);
}
