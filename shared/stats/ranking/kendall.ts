import { normalTwoSidedP } from '../distribution/normal.ts';
import { type Estimate, type Outcome, undefinedBecause } from '../estimate.ts';
import { midRanks } from './mid-ranks.ts';

/** Concordance of two orderings of the same things. */
export interface Concordance {
  readonly concordant: number;
  readonly discordant: number;
  /** Corrected for ties in both; the usual tau. */
  readonly tauB: Estimate;
  /** Stuart's tau-c, for tables whose sides differ. */
  readonly tauC: Estimate;
  /** Goodman & Kruskal's gamma: ties left out. */
  readonly gamma: Estimate;
  /** Somers' D of y given x: pairs tied on x left out. */
  readonly somersD: Estimate;
  /** z of no association with the tie-corrected variance, no continuity correction. */
  readonly test: Outcome<{ z: number; p: number }>;
}

/**
 * Kendall's family in O(n log n): pairs are counted by a merge sort (Knight 1966), not one by one. With five systems
 * the smallest exact two-sided p is 2/120, whatever z says.
 */
export function concordance(x: ArrayLike<number>, y: ArrayLike<number>): Concordance {
  const n = x.length;
  const pairs = (n * (n - 1)) / 2;
  const order = Array.from({ length: n }, (_value, index) => index).sort(
    (i, j) => (x[i] ?? 0) - (x[j] ?? 0) || (y[i] ?? 0) - (y[j] ?? 0),
  );
  const [xTies, yTies] = [midRanks(x).tieSizes, midRanks(y).tieSizes];
  const tiedPairs = (sizes: readonly number[]) =>
    sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  const bothTied = tiedPairs(runs(order, (i, j) => x[i] === x[j] && y[i] === y[j]));
  const discordant = inversions(Float64Array.from(order, (index) => y[index] ?? 0));
  const [xTied, yTied] = [tiedPairs(xTies), tiedPairs(yTies)];
  const concordant = pairs - xTied - yTied + bothTied - discordant;
  const balance = concordant - discordant;
  const constant = xTied === pairs ? 'no variation in x' : yTied === pairs ? 'no variation in y' : null;
  const ratio = (value: () => number): Estimate =>
    constant === null ? { defined: true, value: value() } : undefinedBecause(constant);
  const kinds = Math.min(xTies.length, yTies.length);
  return {
    concordant,
    discordant,
    tauB: ratio(() => balance / (Math.sqrt(pairs - xTied) * Math.sqrt(pairs - yTied))),
    tauC: ratio(() => (2 * balance * kinds) / (n * n * (kinds - 1))),
    gamma:
      concordant + discordant === 0
        ? undefinedBecause('every pair is tied')
        : { defined: true, value: balance / (concordant + discordant) },
    somersD:
      xTied === pairs
        ? undefinedBecause('no variation in x')
        : { defined: true, value: balance / (pairs - xTied) },
    test: constant === null ? tieCorrectedTest(balance, n, xTies, yTies) : undefinedBecause(constant),
  };
}

function tieCorrectedTest(
  balance: number,
  n: number,
  xTies: readonly number[],
  yTies: readonly number[],
): Outcome<{ z: number; p: number }> {
  const sumOf = (sizes: readonly number[], of: (size: number) => number) =>
    sizes.reduce((sum, size) => sum + of(size), 0);
  const third = (size: number) => size * (size - 1) * (2 * size + 5);
  const pairsOf = (size: number) => size * (size - 1);
  const triplesOf = (size: number) => size * (size - 1) * (size - 2);
  let variance = (third(n) - sumOf(xTies, third) - sumOf(yTies, third)) / 18;
  variance += (sumOf(xTies, pairsOf) * sumOf(yTies, pairsOf)) / (2 * n * (n - 1));
  if (n > 2) variance += (sumOf(xTies, triplesOf) * sumOf(yTies, triplesOf)) / (9 * n * (n - 1) * (n - 2));
  if (!(variance > 0)) return undefinedBecause('too few values for a test');
  const z = balance / Math.sqrt(variance);
  return { defined: true, z, p: normalTwoSidedP(z) };
}

/** Lengths of the runs of neighbours that are alike. */
function runs(order: readonly number[], alike: (i: number, j: number) => boolean): number[] {
  const sizes: number[] = [];
  order.forEach((index, place) => {
    const before = order[place - 1];
    if (before !== undefined && alike(before, index)) sizes[sizes.length - 1] = (sizes.at(-1) ?? 0) + 1;
    else sizes.push(1);
  });
  return sizes;
}

/** Pairs that stand in falling order, by merge sort; `values` is sorted afterwards. */
function inversions(values: Float64Array): number {
  const buffer = new Float64Array(values.length);
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let left = start;
      let right = middle;
      for (let place = start; place < end; place++) {
        const takeRight = left >= middle || (right < end && (values[right] ?? 0) < (values[left] ?? 0));
        if (takeRight) count += middle - left;
        buffer[place] = (takeRight ? values[right++] : values[left++]) ?? 0;
      }
    }
    values.set(buffer);
  }
  return count;
}
