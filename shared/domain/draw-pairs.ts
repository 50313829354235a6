/** Draws pairs to be rated, each with a stated probability. */
import { inclusionProbabilities } from '../stats/sampling/inclusion-probabilities.ts';
import { systematicSample } from '../stats/sampling/systematic-sample.ts';
import type { CardData } from './card/card-data.ts';
import { pairPriorities } from './pair-priority.ts';
import type { RandomSource } from './seeded-random.ts';
import type { SelectionMethod } from './selection-method.ts';

export interface DrawnPairs {
  /** Places of the drawn pairs in the data, in the order of the draw, and the probability of each. */
  readonly pairs: Int32Array;
  readonly probabilities: Float64Array;
}

/**
 * Draws among some pairs. All of them where no more are there.
 *
 * @param candidates places of the pairs that may be drawn
 */
export function drawPairs(
  data: CardData,
  candidates: Int32Array,
  method: SelectionMethod,
  random: RandomSource,
): DrawnPairs | { readonly missing: 'judge' | 'slice' } {
  if (candidates.length === 0) return { pairs: new Int32Array(), probabilities: new Float64Array() };
  switch (method.kind) {
    case 'random':
      return drawn(
        candidates,
        inclusionProbabilities(new Float64Array(candidates.length).fill(1), method.pairs),
        random,
      );
    case 'prioritised': {
      const priorities = pairPriorities(data, method.by);
      if ('missing' in priorities) return priorities;
      const sizes = Float64Array.from(
        candidates,
        (pair) => 1 + (method.emphasis - 1) * (priorities[pair] ?? 0),
      );
      return drawn(candidates, inclusionProbabilities(sizes, method.pairs), random);
    }
    case 'stratified': {
      const strata = strataOf(data, candidates, method.slice);
      if (strata === null) return { missing: 'slice' };
      const sizes = stratumSizes(strata, method.pairs, method.quotas ?? {});
      const parts = [...strata].flatMap(([value, pairs]) => {
        const wanted = sizes.get(value) ?? 0;
        if (wanted === 0) return [];
        return [drawn(pairs, inclusionProbabilities(new Float64Array(pairs.length).fill(1), wanted), random)];
      });
      return shuffled(parts, random);
    }
  }
}

function drawn(candidates: Int32Array, probabilities: Float64Array, random: RandomSource): DrawnPairs {
  const places = systematicSample(probabilities, random);
  return {
    pairs: places.map((place) => candidates[place] ?? 0),
    probabilities: Float64Array.from(places, (place) => probabilities[place] ?? 1),
  };
}

/** The candidates by their value of a slice; those without one form a stratum of their own, named by nothing. */
function strataOf(data: CardData, candidates: Int32Array, slice: string): Map<string, Int32Array> | null {
  const values = data.slices().filter(({ name }) => name === slice);
  if (values.length === 0) return null;
  const stratumOf = new Map<number, string>();
  for (const { value, pairs } of values) for (const pair of pairs) stratumOf.set(pair, value);
  const found = new Map<string, number[]>();
  for (const pair of candidates) {
    const value = stratumOf.get(pair) ?? '';
    const known = found.get(value);
    if (known === undefined) found.set(value, [pair]);
    else known.push(pair);
  }
  return new Map([...found].map(([value, pairs]) => [value, Int32Array.from(pairs)]));
}

/** Quotas as far as there are pairs; what is left goes to the others in proportion, whole by largest remainders. */
function stratumSizes(
  strata: ReadonlyMap<string, Int32Array>,
  wanted: number,
  quotas: Readonly<Record<string, number>>,
): Map<string, number> {
  const sizes = new Map<string, number>();
  let left = wanted;
  const free: [string, number][] = [];
  for (const [value, { length }] of strata) {
    const quota = Object.hasOwn(quotas, value) ? quotas[value] : undefined;
    if (quota === undefined) free.push([value, length]);
    else {
      sizes.set(value, Math.min(quota, length));
      left -= Math.min(quota, length);
    }
  }
  const total = free.reduce((sum, [, length]) => sum + length, 0);
  const share = Math.max(0, Math.min(left, total));
  const parts = free.map(([value, length]) => ({
    value,
    exact: total === 0 ? 0 : (share * length) / total,
  }));
  for (const { value, exact } of parts) sizes.set(value, Math.floor(exact));
  let missing = share - parts.reduce((sum, { exact }) => sum + Math.floor(exact), 0);
  for (const { value, exact } of parts.toSorted((one, two) => (two.exact % 1) - (one.exact % 1))) {
    if (missing-- <= 0) break;
    sizes.set(value, Math.floor(exact) + 1);
  }
  return sizes;
}

function shuffled(parts: readonly DrawnPairs[], random: RandomSource): DrawnPairs {
  const pairs = parts.flatMap((part) =>
    Array.from(part.pairs, (pair, place) => ({ pair, probability: part.probabilities[place] ?? 1 })),
  );
  for (let last = pairs.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const [one, two] = [pairs[last], pairs[other]];
    if (one !== undefined && two !== undefined) [pairs[last], pairs[other]] = [two, one];
  }
  return {
    pairs: Int32Array.from(pairs, ({ pair }) => pair),
    probabilities: Float64Array.from(pairs, ({ probability }) => probability),
  };
}
