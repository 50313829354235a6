/** Draws pairs to be rated, each with a stated probability. */

import type { CardData } from '../card/columns/card-data.ts';
import type { RandomSource } from '../random/seeded-random.ts';
import { inclusionProbabilities } from '../stats/sampling/inclusion-probabilities.ts';
import { systematicSample } from '../stats/sampling/systematic-sample.ts';
import { pairPriorities } from './pair-priority.ts';
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
): DrawnPairs | { readonly missing: 'judge' | 'slice' } | { readonly refused: string } {
  if (candidates.length === 0) return { pairs: new Int32Array(), probabilities: new Float64Array() };
  switch (method.kind) {
    case 'random':
      return drawFrom(
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
      return drawFrom(candidates, inclusionProbabilities(sizes, method.pairs), random);
    }
    case 'stratified': {
      const strata = strataOf(data, candidates, method.slice);
      if (strata === null) return { missing: 'slice' };
      const refused = quotaProblem(strata, method.pairs, method.quotas ?? {});
      if (refused !== null) return { refused };
      const sizes = stratumSizes(strata, method.pairs, method.quotas ?? {});
      const parts = [...strata].flatMap(([value, pairs]) => {
        const wanted = sizes.get(value) ?? 0;
        if (wanted === 0) return [];
        return [
          drawFrom(pairs, inclusionProbabilities(new Float64Array(pairs.length).fill(1), wanted), random),
        ];
      });
      return shuffleParts(parts, random);
    }
  }
}

function drawFrom(candidates: Int32Array, probabilities: Float64Array, random: RandomSource): DrawnPairs {
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

/** Why a quota or a number of pairs cannot be kept; null where it can. */
function quotaProblem(
  strata: ReadonlyMap<string, Int32Array>,
  wanted: number,
  quotas: Readonly<Record<string, number>>,
): string | null {
  const unknown = Object.keys(quotas).find((value) => !strata.has(value));
  if (unknown !== undefined) return `no pair that could be drawn has the value “${unknown}”`;
  const none = Object.keys(quotas).find((value) => quotas[value] === 0);
  if (none !== undefined)
    return `a quota of 0 for “${none}” gives its pairs no chance, so nothing could be said of them`;
  const fixed = Object.values(quotas).reduce((sum, quota) => sum + quota, 0);
  const free = [...strata.keys()].filter((value) => !Object.hasOwn(quotas, value)).length;
  if (fixed + free > wanted)
    return `${wanted} pairs are too few for ${fixed} by quota and at least one from each of ${free} other values`;
  return null;
}

/** Quotas as far as there are pairs; the others one each and the rest in proportion, whole by largest remainders. */
function stratumSizes(
  strata: ReadonlyMap<string, Int32Array>,
  wanted: number,
  quotas: Readonly<Record<string, number>>,
): Map<string, number> {
  const sizes = new Map<string, number>();
  const free: { readonly value: string; readonly more: number }[] = [];
  let left = wanted;
  for (const [value, { length }] of strata) {
    const size = Object.hasOwn(quotas, value) ? Math.min(quotas[value] ?? 0, length) : 1;
    sizes.set(value, size);
    left -= size;
    if (!Object.hasOwn(quotas, value)) free.push({ value, more: length - 1 });
  }
  const total = free.reduce((sum, { more }) => sum + more, 0);
  const share = Math.max(0, Math.min(left, total));
  const parts = free.map(({ value, more }) => ({ value, exact: total === 0 ? 0 : (share * more) / total }));
  for (const { value, exact } of parts) sizes.set(value, (sizes.get(value) ?? 0) + Math.floor(exact));
  let missing = share - parts.reduce((sum, { exact }) => sum + Math.floor(exact), 0);
  for (const { value } of parts.toSorted((one, two) => (two.exact % 1) - (one.exact % 1))) {
    if (missing-- <= 0) break;
    sizes.set(value, (sizes.get(value) ?? 0) + 1);
  }
  return sizes;
}

function shuffleParts(parts: readonly DrawnPairs[], random: RandomSource): DrawnPairs {
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
