import { logGamma } from '../distribution/log-gamma.ts';
import { type Outcome, undefinedBecause } from '../estimate.ts';

/** The distribution a bootstrap converges to, from every resample there is. */
export interface ExactBootstrap {
  readonly mean: number;
  readonly standardError: number;
  /** The probability of a resample on which the statistic is undefined. */
  readonly undefinedShare: number;
  /** The smallest value whose cumulative probability, among defined resamples, reaches `probability`. */
  readonly quantile: (probability: number) => number;
}

/** Most units for which every resample is looked at: 12 different ones have 1.35 million. */
const MOST_UNITS = 12;

/**
 * The bootstrap distribution by enumeration, for a handful of units: nothing random in it, so it also tells whether
 * a random generator is fair. Undefined for more than 12 units or when no resample has a value.
 *
 * @param unitCounts how many units there are of each kind
 * @param statistic of a sample stated as how often each kind stands in it; null where undefined
 */
export function exactBootstrap(
  unitCounts: Float64Array,
  statistic: (multiplicity: Float64Array) => number | null,
): Outcome<ExactBootstrap> {
  const units = unitCounts.reduce((sum, count) => sum + count, 0);
  if (units > MOST_UNITS) return undefinedBecause(`${units} units have too many resamples to list`);
  const outcomes: { value: number; probability: number }[] = [];
  let undefinedShare = 0;
  const drawn = new Float64Array(unitCounts.length);
  const visit = (kind: number, left: number, logProbability: number) => {
    if (kind === unitCounts.length) {
      if (left > 0) return;
      const probability = Math.exp(logProbability + logGamma(units + 1));
      const value = statistic(drawn);
      if (value === null) undefinedShare += probability;
      else outcomes.push({ value, probability });
      return;
    }
    const share = Math.log((unitCounts[kind] ?? 0) / units);
    const most = (unitCounts[kind] ?? 0) === 0 ? 0 : left;
    for (let times = 0; times <= most; times++) {
      drawn[kind] = times;
      visit(kind + 1, left - times, logProbability + (times === 0 ? 0 : times * share) - logGamma(times + 1));
    }
  };
  visit(0, units, 0);
  const defined = 1 - undefinedShare;
  if (outcomes.length === 0) return undefinedBecause('the statistic is undefined on every resample');
  outcomes.sort((first, second) => first.value - second.value);
  const mean = outcomes.reduce((sum, { value, probability }) => sum + value * probability, 0) / defined;
  const variance =
    outcomes.reduce((sum, { value, probability }) => sum + probability * (value - mean) ** 2, 0) / defined;
  return {
    defined: true,
    mean,
    standardError: Math.sqrt(variance),
    undefinedShare,
    quantile: (probability) => {
      let reached = 0;
      for (const outcome of outcomes) {
        reached += outcome.probability / defined;
        if (reached >= probability - 1e-12) return outcome.value;
      }
      return outcomes.at(-1)?.value ?? Number.NaN;
    },
  };
}
