/** A share of a finite whole, from samples drawn at random within its strata. */
import { normalReach } from '../distribution/normal.ts';
import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';

/** A part of the whole, with what a simple random sample without replacement found in it. */
export interface SampledStratum {
  /** Units of the whole in it. */
  readonly size: number;
  readonly sampled: number;
  readonly successes: number;
}

/**
 * Wilson's score interval for the share in one stratum, at the sample size that has the same variance without a finite
 * population, n (N − 1) / (N − n). It lies within what the sample leaves possible; a stratum looked at whole is known.
 *
 * @throws RangeError unless 0 ≤ successes ≤ sampled ≤ size and something was sampled
 */
export function finiteShareInterval({ size, sampled, successes }: SampledStratum, level = 0.95): Interval {
  const isCount = [size, sampled, successes].every(Number.isInteger);
  if (!isCount || sampled < 1 || successes < 0 || successes > sampled || sampled > size)
    throw new RangeError(`${successes} of ${sampled} sampled of ${size}`);
  const method = 'Wilson, finite population';
  const share = successes / sampled;
  if (sampled === size) return { low: share, high: share, level, method };
  const effective = (sampled * (size - 1)) / (size - sampled);
  const z = normalReach(level);
  const shrink = 1 + z ** 2 / effective;
  const centre = (share + z ** 2 / (2 * effective)) / shrink;
  const reach = (z / shrink) * Math.sqrt((share * (1 - share)) / effective + z ** 2 / (4 * effective ** 2));
  return {
    low: Math.max(successes / size, successes === 0 ? 0 : centre - reach),
    high: Math.min(1 - (sampled - successes) / size, successes === sampled ? 1 : centre + reach),
    level,
    method,
  };
}

/**
 * The share in the whole: strata weighted by their size, each side of the interval put together from the strata's
 * score intervals (the method of variance estimates recovery, Zou & Donner 2008, with Wilson's intervals as in Newcombe
 * 1998). Undefined where a stratum of the whole was not sampled at all.
 */
export function stratifiedShare(
  strata: readonly SampledStratum[],
  level = 0.95,
): Outcome<{ readonly value: number; readonly interval: Interval }> {
  const filled = strata.filter(({ size }) => size > 0);
  const whole = filled.reduce((sum, { size }) => sum + size, 0);
  if (whole === 0) return undefinedBecause('there is nothing to have a share of');
  if (filled.some(({ sampled }) => sampled === 0))
    return undefinedBecause('a part of the whole was not looked at');
  const parts = filled.map((stratum) => {
    const { low, high } = finiteShareInterval(stratum, level);
    return { weight: stratum.size / whole, share: stratum.successes / stratum.sampled, low, high };
  });
  const value = parts.reduce((sum, { weight, share }) => sum + weight * share, 0);
  const reach = (distance: (part: (typeof parts)[number]) => number) =>
    Math.sqrt(parts.reduce((sum, part) => sum + (part.weight * distance(part)) ** 2, 0));
  return {
    defined: true,
    value,
    interval: {
      low: Math.max(0, value - reach(({ share, low }) => share - low)),
      high: Math.min(1, value + reach(({ share, high }) => high - share)),
      level,
      method: 'stratified, variance recovered from Wilson intervals of a finite population',
    },
  };
}
