/** Betting against a hypothesised mean (Waudby-Smith & Ramdas 2024): wealth that grows only if the mean is wrong. */
import type { ConfidenceSequence } from './confidence-sequence.ts';
import { predictableBets } from './predictable-bets.ts';

/** Bets risk at most half of what could be lost. */
const MOST_RISK = 0.5;

/** The wealth after each value of betting half above and half below a mean; reject when it reaches 1/alpha. */
export interface BettingWealth {
  /** The larger of the two halves; what the betting interval uses. */
  readonly larger: Float64Array;
  /** Their sum, the hedged wealth. Also a valid e-process, and never smaller. */
  readonly hedged: Float64Array;
}

/**
 * Wealth of the hedged bet against `mean`. Bets depend on past values only.
 *
 * @param stream values in [0, 1] in the order they came
 * @param mean hypothesised, in [0, 1]
 */
export function bettingWealth(stream: ArrayLike<number>, mean: number, alpha = 0.05): BettingWealth {
  return wealthOf(stream, mean, predictableBets(stream, alpha / 2, Number.POSITIVE_INFINITY));
}

function wealthOf(stream: ArrayLike<number>, mean: number, bets: Float64Array): BettingWealth {
  const larger = new Float64Array(stream.length);
  const hedged = new Float64Array(stream.length);
  let above = 0.5;
  let below = 0.5;
  for (let index = 0; index < stream.length; index++) {
    const gain = (stream[index] ?? 0) - mean;
    const bet = bets[index] ?? 0;
    above *= 1 + Math.min(bet, MOST_RISK / mean) * gain;
    below *= 1 - Math.min(bet, MOST_RISK / (1 - mean)) * gain;
    larger[index] = Math.max(above, below);
    hedged[index] = above + below;
  }
  return { larger, hedged };
}

/** Means tried for the interval, one per thousandth. */
const GRID = 1_000;

/**
 * The betting confidence sequence: after each value, all means on a grid of 0.001 whose wealth is below 1/alpha,
 * widened by one step either way for what lies between the grid's points. Clipped to [0, 1]. The tightest of the
 * sequences for small samples; `stream.length` times a thousand steps.
 */
export function bettingSequence(stream: ArrayLike<number>, alpha = 0.05): ConfidenceSequence {
  const bets = predictableBets(stream, alpha / 2, Number.POSITIVE_INFINITY);
  const leastWealth = new Float64Array(stream.length).fill(Number.POSITIVE_INFINITY);
  const likeliest = new Float64Array(stream.length);
  const lowest = new Float64Array(stream.length).fill(1);
  const highest = new Float64Array(stream.length).fill(0);
  for (let step = 0; step <= GRID; step++) {
    const mean = step / GRID;
    const { larger } = wealthOf(stream, mean, bets);
    for (let index = 0; index < larger.length; index++) {
      const wealth = larger[index] ?? 0;
      if (wealth < (leastWealth[index] ?? 0)) {
        leastWealth[index] = wealth;
        likeliest[index] = mean;
      }
      if (wealth >= 1 / alpha) continue;
      lowest[index] = Math.min(lowest[index] ?? 1, mean);
      highest[index] = Math.max(highest[index] ?? 0, mean);
    }
  }
  // Narrower than the grid: every mean on it is rejected, and the least rejected one is all that is left.
  lowest.forEach((mean, index) => {
    if (mean > (highest[index] ?? 0)) lowest[index] = highest[index] = likeliest[index] ?? 0;
  });
  return {
    lower: lowest.map((mean) => Math.max(0, mean - 1 / GRID)),
    upper: highest.map((mean) => Math.min(1, mean + 1 / GRID)),
  };
}
