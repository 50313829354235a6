/**
 * Confidence sequences for the mean of values in [0, 1] (agreement, a win rate with ties as ½): intervals that hold at
 * every look at once, so that people may look whenever they like. Items must arrive in random order. Ends are clipped
 * to [0, 1]; no running intersection is taken.
 */
import { normalMixtureBound } from './normal-mixture.ts';
import { predictableBets } from './predictable-bets.ts';

/** Lower and upper ends after each value. */
export interface ConfidenceSequence {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Bets of the empirical-Bernstein sequence are cut off at ½. */
const MOST_BERNSTEIN_BET = 0.5;

/**
 * The empirical-Bernstein sequence with predictable plug-in bets (Waudby-Smith & Ramdas 2024, theorem 2), half of
 * alpha on each side. Adapts to the variance; the default where values are not 0/1.
 */
export function empiricalBernsteinSequence(stream: ArrayLike<number>, alpha = 0.05): ConfidenceSequence {
  const mirrored = Float64Array.from(stream, (value) => 1 - value);
  return {
    lower: bernsteinLower(stream, alpha / 2),
    upper: bernsteinLower(mirrored, alpha / 2).map((limit) => 1 - limit),
  };
}

function bernsteinLower(stream: ArrayLike<number>, alpha: number): Float64Array {
  const bets = predictableBets(stream, alpha, MOST_BERNSTEIN_BET);
  const lower = new Float64Array(stream.length);
  let sum = 0;
  let betSum = 0;
  let weighted = 0;
  let penalty = 0;
  for (let index = 0; index < stream.length; index++) {
    const value = stream[index] ?? 0;
    const bet = bets[index] ?? 0;
    const mean = index === 0 ? 0 : sum / index;
    betSum += bet;
    weighted += bet * value;
    penalty += (value - mean) ** 2 * (-Math.log1p(-bet) - bet);
    sum += value;
    lower[index] = Math.max(0, (weighted - penalty - Math.log(1 / alpha)) / betSum);
  }
  return lower;
}

/** Hoeffding's sequence with predictable bets √(8·log(2/α) / (t·log(1+t))), at most 1. Ignores the variance. */
export function hoeffdingSequence(stream: ArrayLike<number>, alpha = 0.05): ConfidenceSequence {
  const lower = new Float64Array(stream.length);
  const upper = new Float64Array(stream.length);
  const cost = Math.log(2 / alpha);
  let betSum = 0;
  let weighted = 0;
  let penalty = 0;
  for (let index = 0; index < stream.length; index++) {
    const t = index + 1;
    const bet = Math.min(1, Math.sqrt((8 * cost) / (t * Math.log(1 + t))));
    betSum += bet;
    weighted += bet * (stream[index] ?? 0);
    penalty += bet ** 2 / 8;
    lower[index] = Math.max(0, (weighted - penalty - cost) / betSum);
    upper[index] = Math.min(1, (weighted + penalty + cost) / betSum);
  }
  return { lower, upper };
}

/**
 * The sequence of the two-sided normal mixture with Hoeffding's variance ¼ per value, tightest after `tightestAt`.
 */
export function normalMixtureSequence(
  stream: ArrayLike<number>,
  alpha = 0.05,
  tightestAt = 100,
): ConfidenceSequence {
  const lower = new Float64Array(stream.length);
  const upper = new Float64Array(stream.length);
  let sum = 0;
  for (let index = 0; index < stream.length; index++) {
    const t = index + 1;
    sum += stream[index] ?? 0;
    const reach = normalMixtureBound(t / 4, tightestAt / 4, alpha) / t;
    lower[index] = Math.max(0, sum / t - reach);
    upper[index] = Math.min(1, sum / t + reach);
  }
  return { lower, upper };
}

/** The best lower end so far: valid too, because the sequence holds at all looks at once. Report it as such. */
export function runningLower(lower: Float64Array): Float64Array {
  let best = Number.NEGATIVE_INFINITY;
  return lower.map((limit) => {
    best = Math.max(best, limit);
    return best;
  });
}
