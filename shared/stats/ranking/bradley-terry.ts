import { type Outcome, undefinedBecause } from '../estimate.ts';
import { choleskyFactor, choleskyInverse, choleskySolve } from '../linear-algebra/cholesky.ts';
import { logistic, softplus } from '../numeric/logistic.ts';
import { sandwich } from '../regression/sandwich.ts';
import { type ComparisonCounts, halfWins } from './comparison-counts.ts';
import { reasonForNoStrengths } from './win-graph.ts';

/** Strengths on the natural-log scale, system 0 at 0. */
export interface Strengths {
  readonly beta: Float64Array;
  /** Covariance of all systems' strengths, row and column 0 zero; `players * players`. */
  readonly covariance: Float64Array;
  readonly logLikelihood: number;
}

/**
 * The Bradley–Terry model (1952), P(i beats j) = logistic(β_i − β_j), ties as half a win each, by Newton's method on
 * the table of counts. The log-likelihood leaves out the binomial coefficients. Model-based errors are too large
 * where ties are common; {@link strengthSandwich} is not.
 *
 * Undefined unless the graph of wins is strongly connected: logistic software "converges" to some large number there.
 */
export function bradleyTerry(counts: ComparisonCounts): Outcome<Strengths> {
  const reason = reasonForNoStrengths(counts);
  if (reason !== null) return undefinedBecause(reason);
  const fit = fitStrengths(halfWins(counts), counts.players);
  return fit === null
    ? undefinedBecause('the fit did not settle on finite strengths')
    : { defined: true, ...fit };
}

const MOST_STEPS = 100;

/**
 * The fit without the check of the graph, for resamples. Null when Newton's method does not settle.
 *
 * @param wins with ties as halves, `players * players`
 * @param start strengths to begin from, system 0 at 0
 */
export function fitStrengths(wins: Float64Array, players: number, start?: Float64Array): Strengths | null {
  const free = players - 1;
  const beta = start?.slice() ?? new Float64Array(players);
  const score = new Float64Array(free);
  const information = new Float64Array(free * free);
  for (let step = 0; step < MOST_STEPS; step++) {
    const logLikelihood = accumulate(wins, players, beta, score, information);
    const factor = choleskyFactor(information, free);
    if (factor === null) return null;
    const move = choleskySolve(factor, free, score);
    let largest = 0;
    for (const each of move) largest = Math.max(largest, Math.abs(each));
    // A step longer than 3 on the log scale has overshot; shortened steps still climb.
    const scale = largest > 3 ? 3 / largest : 1;
    for (let index = 0; index < free; index++)
      beta[index + 1] = (beta[index + 1] ?? 0) + scale * (move[index] ?? 0);
    if (!(largest < 50)) return null;
    if (largest < 1e-9) {
      return { beta, covariance: withReference(choleskyInverse(factor, free), players), logLikelihood };
    }
  }
  return null;
}

/** Score and information of the free strengths at `beta`; returns the log-likelihood there. */
function accumulate(
  wins: Float64Array,
  players: number,
  beta: Float64Array,
  score: Float64Array,
  information: Float64Array,
): number {
  const free = players - 1;
  score.fill(0);
  information.fill(0);
  let logLikelihood = 0;
  for (let i = 1; i < players; i++) {
    for (let j = 0; j < i; j++) {
      const won = wins[i * players + j] ?? 0;
      const lost = wins[j * players + i] ?? 0;
      const met = won + lost;
      if (met === 0) continue;
      const difference = (beta[i] ?? 0) - (beta[j] ?? 0);
      const share = logistic(difference);
      logLikelihood -= won * softplus(-difference) + lost * softplus(difference);
      const residual = won - met * share;
      const curvature = met * share * (1 - share);
      const row = i - 1;
      score[row] = (score[row] ?? 0) + residual;
      information[row * free + row] = (information[row * free + row] ?? 0) + curvature;
      if (j === 0) continue;
      const column = j - 1;
      score[column] = (score[column] ?? 0) - residual;
      information[column * free + column] = (information[column * free + column] ?? 0) + curvature;
      information[row * free + column] = (information[row * free + column] ?? 0) - curvature;
    }
  }
  return logLikelihood;
}

/**
 * The sandwich covariance over single comparisons (HC0): a win contributes (1 − p)², a tie (½ − p)². Right for ties
 * as halves, where the model-based errors are too large. Rows of one prompt need a bootstrap over prompts instead.
 */
export function strengthSandwich(counts: ComparisonCounts, fit: Strengths): Float64Array {
  const { players, wins, ties } = counts;
  const meat = new Float64Array(players * players);
  for (let i = 1; i < players; i++) {
    for (let j = 0; j < i; j++) {
      const share = logistic((fit.beta[i] ?? 0) - (fit.beta[j] ?? 0));
      const squares =
        (wins[i * players + j] ?? 0) * (1 - share) ** 2 +
        (wins[j * players + i] ?? 0) * share ** 2 +
        (ties[i * players + j] ?? 0) * (0.5 - share) ** 2;
      for (const [row, column, sign] of [
        [i, i, 1],
        [j, j, 1],
        [i, j, -1],
        [j, i, -1],
      ] as const) {
        meat[row * players + column] = (meat[row * players + column] ?? 0) + sign * squares;
      }
    }
  }
  return sandwich(fit.covariance, meat, players);
}

/** Comparisons one by one: who met whom, the first one's score between 0 and 1, and the prompt they share, numbered from 0 without large gaps. */
export interface ScoredComparisons {
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
  readonly score: ArrayLike<number>;
  readonly items: ArrayLike<number>;
  /** How much each counts, 0 or more, in the fit as well; 1 by default. */
  readonly weights?: ArrayLike<number>;
}

/**
 * The sandwich covariance with items as units: the scores of one item's comparisons, each times its weight, are summed
 * before they are squared, and G/(G − 1) is applied. Undefined with fewer than two items.
 */
export function strengthClusterSandwich(
  { first, second, score, items, weights }: ScoredComparisons,
  fit: Strengths,
): Outcome<{ readonly covariance: Float64Array; readonly items: number }> {
  const players = fit.beta.length;
  let last = -1;
  for (let row = 0; row < items.length; row++) last = Math.max(last, items[row] ?? 0);
  const sums = new Float64Array((last + 1) * players);
  const seen = new Uint8Array(last + 1);
  for (let row = 0; row < items.length; row++) {
    const [one, two, item] = [first[row] ?? 0, second[row] ?? 0, items[row] ?? 0];
    const weight = weights === undefined ? 1 : (weights[row] ?? 0);
    if (weight === 0) continue;
    const expected = logistic((fit.beta[one] ?? 0) - (fit.beta[two] ?? 0));
    const residual = weight * ((score[row] ?? 0) - expected);
    const from = item * players;
    seen[item] = 1;
    sums[from + one] = (sums[from + one] ?? 0) + residual;
    sums[from + two] = (sums[from + two] ?? 0) - residual;
  }
  const groups = seen.reduce((count, each) => count + each, 0);
  if (groups < 2) return undefinedBecause('all comparisons are of one item');
  const meat = new Float64Array(players * players);
  for (let from = 0; from < sums.length; from += players) {
    for (let row = 0; row < players; row++) {
      const own = sums[from + row] ?? 0;
      if (own === 0) continue;
      for (let column = 0; column < players; column++) {
        const cell = row * players + column;
        meat[cell] = (meat[cell] ?? 0) + own * (sums[from + column] ?? 0);
      }
    }
  }
  const factor = groups / (groups - 1);
  const covariance = sandwich(fit.covariance, meat, players).map((each) => factor * each);
  return { defined: true, covariance, items: groups };
}

/** A covariance of systems 1, 2, … with a zero row and column for the reference, system 0. */
export function withReference(covariance: Float64Array, players: number): Float64Array {
  const full = new Float64Array(players * players);
  for (let row = 1; row < players; row++) {
    for (let column = 1; column < players; column++) {
      full[row * players + column] = covariance[(row - 1) * (players - 1) + column - 1] ?? 0;
    }
  }
  return full;
}
