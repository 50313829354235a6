import { standardErrorsOf } from '../regression/sandwich.ts';

/** Strengths less their mean over systems, with errors from the same covariance. */
export interface CentredStrengths {
  readonly strengths: Float64Array;
  readonly standardErrors: Float64Array;
  /** 1000 + 400/ln 10 · centred strength. */
  readonly elo: Float64Array;
}

/**
 * Moves the origin from system 0 to the mean of all systems. Intervals of single ratings overlap even where a
 * difference is significant: show differences to a baseline beside them.
 *
 * @param covariance of all systems, `players * players`
 */
export function centredStrengths(beta: Float64Array, covariance: Float64Array): CentredStrengths {
  const players = beta.length;
  const mean = beta.reduce((sum, each) => sum + each, 0) / players;
  const strengths = beta.map((each) => each - mean);
  const rowMeans = Float64Array.from(
    { length: players },
    (_mean, row) =>
      covariance.subarray(row * players, (row + 1) * players).reduce((sum, each) => sum + each, 0) / players,
  );
  const grand = rowMeans.reduce((sum, each) => sum + each, 0) / players;
  const centred = covariance.map(
    (each, index) =>
      each - (rowMeans[Math.floor(index / players)] ?? 0) - (rowMeans[index % players] ?? 0) + grand,
  );
  return {
    strengths,
    standardErrors: standardErrorsOf(centred, players),
    elo: strengths.map((each) => 1000 + (400 / Math.LN10) * each),
  };
}
