import { type Outcome, undefinedBecause } from '../estimate.ts';
import { choleskyFactor, choleskyInverse, choleskySolve } from '../linear-algebra/cholesky.ts';
import { logistic, softplus } from '../numeric/logistic.ts';

/** Observations of a yes/no outcome; several at the same predictors may be one row with a weight. */
export interface LogisticData {
  /** Row by row, `columns` predictors each; a column of ones is the intercept. */
  readonly predictors: Float64Array;
  readonly columns: number;
  /** The outcome in [0, 1]; a tie may be ½. */
  readonly outcome: ArrayLike<number>;
  /** How many observations a row stands for; 1 each by default. */
  readonly weights?: ArrayLike<number>;
}

/** A fitted model. */
export interface LogisticFit {
  readonly coefficients: Float64Array;
  /** Inverse information, `columns * columns`. */
  readonly covariance: Float64Array;
  readonly logLikelihood: number;
  /** The fitted probability of every row. */
  readonly fitted: Float64Array;
}

export interface LogisticOptions {
  /**
   * `firth` adds the Jeffreys penalty (Firth 1993), which keeps estimates finite under separation and takes out the
   * first-order bias.
   */
  readonly bias?: 'none' | 'firth';
  /** Adds ½·ridge·Σ coefficient² to the loss. 0 by default. */
  readonly ridge?: number;
}

const MOST_STEPS = 200;
/** Firth's fit goes by the information first, and where that crawls by the curvature of the penalised likelihood. */
const SCORING_STEPS = 15;
const SEPARATED = 'the outcome is separated by the predictors: the estimate is infinite';

/**
 * Maximum-likelihood logistic regression by Newton's method with halved steps. Undefined when the predictors are
 * collinear, or when the outcome is separated by them, completely or nearly, so that no finite estimate exists;
 * Firth's fit has one there.
 */
export function logisticRegression(data: LogisticData, options: LogisticOptions = {}): Outcome<LogisticFit> {
  const { columns } = data;
  const rows = data.predictors.length / columns;
  const ridge = options.ridge ?? 0;
  const isFirth = options.bias === 'firth';
  let coefficients: Float64Array = new Float64Array(columns);
  let state = evaluate(data, coefficients, ridge, isFirth);
  if (rows === 0) return undefinedBecause('there is no observation');
  if (state === null) return undefinedBecause('the predictors are collinear');
  let converged = false;
  for (let step = 0; step < MOST_STEPS; step++) {
    const score = scoreOf(data, coefficients, state, ridge, isFirth);
    const bent = isFirth && step >= SCORING_STEPS ? penalisedCurvature(data, coefficients, ridge) : null;
    const direction = choleskySolve(bent ?? state.factor, columns, score);
    const gain = direction.reduce((sum, each, index) => sum + each * (score[index] ?? 0), 0);
    if (gain < 1e-22 * Math.max(1, Math.abs(state.objective))) {
      converged = true;
      break;
    }
    let accepted: { at: Float64Array; state: State } | null = null;
    for (let scale = 1; scale > 1e-6; scale /= 2) {
      const at = coefficients.map((each, index) => each + scale * (direction[index] ?? 0));
      const next = evaluate(data, at, ridge, isFirth);
      if (next !== null && next.objective >= state.objective - 1e-12 * Math.abs(state.objective)) {
        accepted = { at, state: next };
        break;
      }
    }
    if (accepted === null) {
      // No step climbs any more: at the top to working precision, or on a slope that has become too flat to solve.
      converged = gain < 1e-9;
      break;
    }
    ({ at: coefficients, state } = accepted);
  }
  const covariance = choleskyInverse(state.factor, columns);
  if (!isFirth && ridge === 0 && (!converged || isFlat(data, covariance))) return undefinedBecause(SEPARATED);
  if (!converged) return undefinedBecause('the fit did not settle');
  return {
    defined: true,
    coefficients,
    covariance,
    logLikelihood: state.logLikelihood,
    fitted: state.fitted,
  };
}

interface State {
  readonly fitted: Float64Array;
  readonly factor: Float64Array;
  readonly logLikelihood: number;
  /** The log-likelihood with its penalties. */
  readonly objective: number;
}

function evaluate(
  { predictors, columns, outcome, weights }: LogisticData,
  coefficients: Float64Array,
  ridge: number,
  isFirth: boolean,
): State | null {
  const rows = predictors.length / columns;
  const fitted = new Float64Array(rows);
  const information = new Float64Array(columns * columns);
  let logLikelihood = 0;
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    let linear = 0;
    for (let column = 0; column < columns; column++) {
      linear += (predictors[from + column] ?? 0) * (coefficients[column] ?? 0);
    }
    const times = weights === undefined ? 1 : (weights[row] ?? 0);
    const share = logistic(linear);
    fitted[row] = share;
    logLikelihood += times * ((outcome[row] ?? 0) * linear - softplus(linear));
    const curvature = times * share * (1 - share);
    for (let i = 0; i < columns; i++) {
      const scaled = curvature * (predictors[from + i] ?? 0);
      if (scaled === 0) continue;
      for (let j = 0; j <= i; j++) {
        information[i * columns + j] =
          (information[i * columns + j] ?? 0) + scaled * (predictors[from + j] ?? 0);
      }
    }
  }
  let penalty = 0;
  for (let column = 0; column < columns; column++) {
    information[column * columns + column] = (information[column * columns + column] ?? 0) + ridge;
    penalty += (ridge * (coefficients[column] ?? 0) ** 2) / 2;
  }
  const factor = choleskyFactor(information, columns);
  if (factor === null) return null;
  let objective = logLikelihood - penalty;
  if (isFirth)
    for (let column = 0; column < columns; column++)
      objective += Math.log(factor[column * columns + column] ?? 1);
  return { fitted, factor, logLikelihood, objective };
}

function scoreOf(
  { predictors, columns, outcome, weights }: LogisticData,
  coefficients: Float64Array,
  { fitted, factor }: State,
  ridge: number,
  isFirth: boolean,
): Float64Array {
  const score = coefficients.map((each) => -ridge * each);
  const inverse = isFirth ? choleskyInverse(factor, columns) : null;
  for (let row = 0; row < fitted.length; row++) {
    const share = fitted[row] ?? 0;
    const times = weights === undefined ? 1 : (weights[row] ?? 0);
    const from = row * columns;
    let residual = times * ((outcome[row] ?? 0) - share);
    if (inverse !== null) {
      const leverage = times * share * (1 - share) * quadratic(inverse, predictors, from, columns);
      residual += leverage * (0.5 - share);
    }
    for (let column = 0; column < columns; column++) {
      score[column] = (score[column] ?? 0) + residual * (predictors[from + column] ?? 0);
    }
  }
  return score;
}

function quadratic(matrix: Float64Array, predictors: Float64Array, from: number, columns: number): number {
  let sum = 0;
  for (let i = 0; i < columns; i++) {
    const left = predictors[from + i] ?? 0;
    if (left === 0) continue;
    for (let j = 0; j < columns; j++)
      sum += left * (matrix[i * columns + j] ?? 0) * (predictors[from + j] ?? 0);
  }
  return sum;
}

/**
 * The Cholesky factor of minus the derivative of Firth's score, by central differences, or null where it is not positive
 * definite. With one row of high leverage the information alone is a poor guide.
 */
function penalisedCurvature(data: LogisticData, at: Float64Array, ridge: number): Float64Array | null {
  const { columns } = data;
  const curvature = new Float64Array(columns * columns);
  const shifted = at.slice();
  for (let column = 0; column < columns; column++) {
    const step = 1e-5 * (1 + Math.abs(at[column] ?? 0));
    const scores = [step, -step].map((by) => {
      shifted[column] = (at[column] ?? 0) + by;
      const state = evaluate(data, shifted, ridge, true);
      return state === null ? null : scoreOf(data, shifted, state, ridge, true);
    });
    shifted[column] = at[column] ?? 0;
    const [above, below] = scores;
    if (above === null || below === null || above === undefined || below === undefined) return null;
    for (let row = 0; row < columns; row++) {
      curvature[row * columns + column] = ((below[row] ?? 0) - (above[row] ?? 0)) / (2 * step);
    }
  }
  return choleskyFactor(curvature, columns);
}

/** A standard error of some row's log odds beyond this means the likelihood hardly changes along its direction. */
const FLAT_ERROR = 1_000;

/** Whether the likelihood is flat in a direction that tells rows apart, as it is where outcomes are separated. */
function isFlat({ predictors, columns }: LogisticData, covariance: Float64Array): boolean {
  for (let from = 0; from < predictors.length; from += columns) {
    if (quadratic(covariance, predictors, from, columns) > FLAT_ERROR ** 2) return true;
  }
  return false;
}
