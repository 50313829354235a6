/** Pearson's and Spearman's correlations with their intervals. */
import { normalReach } from '../distribution/normal.ts';
import { studentTwoSidedP } from '../distribution/student-t.ts';
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { isConstant, meanOf } from '../numeric/moments.ts';
import { midRanks } from './mid-ranks.ts';

/** A correlation, its interval and its test of 0. */
export interface Correlation {
  readonly value: number;
  /** Fisher's z; Bonett & Wright's error for Spearman. Undefined below four values. */
  readonly interval: Outcome<Interval>;
  /** t approximation with n − 2 degrees of freedom; undefined below three values. */
  readonly p: Estimate;
}

/** Pearson's product-moment correlation. Undefined when either side does not vary. */
export function pearsonCorrelation(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  level = 0.95,
): Outcome<Correlation> {
  return correlation(x, y, level, () => 1, 'Fisher z');
}

/** Spearman's rank correlation with mid-ranks. Undefined when either side does not vary. */
export function spearmanCorrelation(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  level = 0.95,
): Outcome<Correlation> {
  return correlation(
    midRanks(x).ranks,
    midRanks(y).ranks,
    level,
    (value) => 1 + value ** 2 / 2,
    'Fisher z with Bonett & Wright’s error',
  );
}

function correlation(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  level: number,
  inflation: (value: number) => number,
  method: string,
): Outcome<Correlation> {
  const n = x.length;
  const [xMean, yMean] = [meanOf(x), meanOf(y)];
  let [product, xSquares, ySquares] = [0, 0, 0];
  for (let index = 0; index < n; index++) {
    const [dx, dy] = [(x[index] ?? 0) - xMean, (y[index] ?? 0) - yMean];
    product += dx * dy;
    xSquares += dx * dx;
    ySquares += dy * dy;
  }
  if (isConstant(x)) return undefinedBecause('no variation in x');
  if (isConstant(y)) return undefinedBecause('no variation in y');
  const value = Math.max(-1, Math.min(1, product / Math.sqrt(xSquares) / Math.sqrt(ySquares)));
  const reach = normalReach(level) * Math.sqrt(inflation(value) / (n - 3));
  const z = Math.atanh(value);
  const t = value * Math.sqrt((n - 2) / ((1 - value) * (1 + value)));
  return {
    defined: true,
    value,
    interval:
      n > 3
        ? { defined: true, low: Math.tanh(z - reach), high: Math.tanh(z + reach), level, method }
        : undefinedBecause('fewer than four values'),
    p:
      n > 2
        ? { defined: true, value: studentTwoSidedP(t, n - 2) }
        : undefinedBecause('fewer than three values'),
  };
}
