/** Bradley–Terry with a parameter for ties, from the same counts. */
import { type Outcome, undefinedBecause } from '../estimate.ts';
import { choleskyFactor, choleskyInverse, choleskySolve } from '../linear-algebra/cholesky.ts';
import { logistic } from '../numeric/logistic.ts';
import type { ComparisonCounts } from './comparison-counts.ts';
import { reasonForNoStrengths } from './win-graph.ts';

/** Strengths with system 0 at 0, and the tie parameter. */
export interface TieFit {
  readonly beta: Float64Array;
  /** Davidson: ln ν. Rao–Kupper: the threshold η. */
  readonly tie: number;
  /**
   * Covariance, `players * players`: Davidson in the order β₁ … , ln ν; Rao–Kupper in the order η, β₁ ….
   */
  readonly covariance: Float64Array;
  readonly logLikelihood: number;
}

const NO_TIES = 'there are no ties, so nothing tells how likely they are';

/**
 * Davidson's model (1970): P(tie) proportional to ν·√(π_i·π_j). A log-linear model, so Newton's method on observed
 * counts uses the exact information.
 */
export function davidson(counts: ComparisonCounts): Outcome<TieFit> {
  const { players } = counts;
  const tieAt = players - 1;
  const refused = reasonAgainst(counts);
  if (refused !== null) return undefinedBecause(refused);
  return climb(players, tieAt, 0, (parameters, add) => {
    const strength = (player: number) => (player === 0 ? 0 : (parameters[player - 1] ?? 0));
    let logLikelihood = 0;
    eachPair(counts, (i, j, won, lost, tied) => {
      const logits = [strength(i), strength(j), (parameters[tieAt] ?? 0) + (strength(i) + strength(j)) / 2];
      const top = Math.max(...logits);
      const weights = logits.map((logit) => Math.exp(logit - top));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const [toI = 0, toJ = 0, toTie = 0] = weights.map((weight) => weight / sum);
      logLikelihood += won * Math.log(toI) + lost * Math.log(toJ) + tied * Math.log(toTie);
      const met = won + lost + tied;
      // Sufficient statistics: wins plus half ties of each system, and ties.
      const directions: (readonly [number, number, number, number])[] = [
        [i - 1, 1, 0, 0.5],
        [j - 1, 0, 1, 0.5],
        [tieAt, 0, 0, 1],
      ];
      for (const [at, x, y, z] of directions) {
        if (at < 0) continue;
        const mean = x * toI + y * toJ + z * toTie;
        add.score(at, won * x + lost * y + tied * z - met * mean);
        for (const [other, u, v, w] of directions) {
          if (other < 0) continue;
          const otherMean = u * toI + v * toJ + w * toTie;
          add.information(at, other, met * (x * u * toI + y * v * toJ + z * w * toTie - mean * otherMean));
        }
      }
    });
    return logLikelihood;
  });
}

/**
 * Rao & Kupper's model (1967): P(i beats j) = logistic(β_i − β_j − η), a tie being the remainder: a cumulative logit
 * with symmetric thresholds. The covariance is from the observed information.
 */
export function raoKupper(counts: ComparisonCounts): Outcome<TieFit> {
  const { players } = counts;
  const refused = reasonAgainst(counts);
  if (refused !== null) return undefinedBecause(refused);
  return climb(players, 0, 0.5, (parameters, add) => {
    const eta = parameters[0] ?? 0;
    if (eta <= 0) return Number.NEGATIVE_INFINITY;
    const strength = (player: number) => (player === 0 ? 0 : (parameters[player] ?? 0));
    let logLikelihood = 0;
    eachPair(counts, (i, j, won, lost, tied) => {
      const difference = strength(i) - strength(j);
      const below = logistic(difference - eta);
      const above = logistic(difference + eta);
      const between = above - below;
      logLikelihood += won * Math.log(below) + lost * Math.log1p(-above) + tied * Math.log(between);
      const [slopeBelow, slopeAbove] = [below * (1 - below), above * (1 - above)];
      const [bendBelow, bendAbove] = [slopeBelow * (1 - 2 * below), slopeAbove * (1 - 2 * above)];
      const scoreBelow = won * (1 - below) - (tied * slopeBelow) / between;
      const scoreAbove = -lost * above + (tied * slopeAbove) / between;
      const belowBelow = won * slopeBelow + tied * (bendBelow / between + (slopeBelow / between) ** 2);
      const aboveAbove = lost * slopeAbove - tied * (bendAbove / between - (slopeAbove / between) ** 2);
      const belowAbove = (-tied * slopeBelow * slopeAbove) / between ** 2;
      // The lower threshold moves as −η, the upper as +η; both move with β_i and against β_j.
      const directions: (readonly [number, number, number])[] = [
        [0, -1, 1],
        [i, 1, 1],
        [j, -1, -1],
      ];
      for (const [at, x, y] of directions) {
        if (at === 0 && !(x === -1 && y === 1)) continue;
        add.score(at, x * scoreBelow + y * scoreAbove);
        for (const [other, u, v] of directions) {
          if (other === 0 && !(u === -1 && v === 1)) continue;
          add.information(at, other, x * u * belowBelow + y * v * aboveAbove + (x * v + y * u) * belowAbove);
        }
      }
    });
    return logLikelihood;
  });
}

interface Accumulator {
  score(at: number, amount: number): void;
  information(row: number, column: number, amount: number): void;
}

/** Newton's method with halved steps over `size` parameters, one of them for ties. */
function climb(
  size: number,
  tieAt: number,
  tieStart: number,
  evaluate: (parameters: Float64Array, add: Accumulator) => number,
): Outcome<TieFit> {
  const at = (parameters: Float64Array) => {
    const score = new Float64Array(size);
    const information = new Float64Array(size * size);
    const logLikelihood = evaluate(parameters, {
      score: (index, amount) => {
        score[index] = (score[index] ?? 0) + amount;
      },
      information: (row, column, amount) => {
        information[row * size + column] = (information[row * size + column] ?? 0) + amount;
      },
    });
    return { score, information, logLikelihood };
  };
  let parameters = new Float64Array(size);
  parameters[tieAt] = tieStart;
  let state = at(parameters);
  for (let step = 0; step < 100; step++) {
    const factor = choleskyFactor(state.information, size);
    if (factor === null) break;
    const move = choleskySolve(factor, size, state.score);
    if (move.every((each) => Math.abs(each) < 1e-12)) {
      return {
        defined: true,
        beta: Float64Array.of(0, ...parameters.filter((_value, index) => index !== tieAt)),
        tie: parameters[tieAt] ?? 0,
        covariance: choleskyInverse(factor, size),
        logLikelihood: state.logLikelihood,
      };
    }
    let scale = 1;
    let next = parameters.map((each, index) => each + (move[index] ?? 0));
    let nextState = at(next);
    while (!(nextState.logLikelihood >= state.logLikelihood - 1e-9) && scale > 1e-8) {
      scale /= 2;
      next = parameters.map((each, index) => each + scale * (move[index] ?? 0));
      nextState = at(next);
    }
    [parameters, state] = [next, nextState];
  }
  return undefinedBecause('the tie model did not settle on finite values');
}

function eachPair(
  { players, wins, ties }: ComparisonCounts,
  visit: (i: number, j: number, won: number, lost: number, tied: number) => void,
): void {
  for (let i = 1; i < players; i++) {
    for (let j = 0; j < i; j++) {
      const won = wins[i * players + j] ?? 0;
      const lost = wins[j * players + i] ?? 0;
      const tied = ties[i * players + j] ?? 0;
      if (won + lost + tied > 0) visit(i, j, won, lost, tied);
    }
  }
}

function reasonAgainst(counts: ComparisonCounts): string | null {
  const reason = reasonForNoStrengths(counts);
  if (reason !== null) return reason;
  if (!counts.ties.some((count) => count > 0)) return NO_TIES;
  return counts.wins.some((count) => count > 0) ? null : 'every comparison is a tie';
}
