import { fQuantile } from '../distribution/f.ts';
import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { isConstant } from '../numeric/moments.ts';

/** One intraclass correlation with its F statistic and F-based interval. */
export interface IntraclassCorrelation {
  readonly value: number;
  readonly f: number;
  readonly interval: Interval;
}

/**
 * The six forms of Shrout & Fleiss (1979). `one`: every unit by its own raters; `random`: the same raters, a sample
 * of many, absolute agreement (ICC2); `fixed`: the same raters and no others, consistency (ICC3). The `mean…` forms
 * are for the average of all k ratings.
 */
export interface IntraclassCorrelations {
  readonly one: IntraclassCorrelation;
  readonly random: IntraclassCorrelation;
  readonly fixed: IntraclassCorrelation;
  readonly meanOfOne: IntraclassCorrelation;
  readonly meanOfRandom: IntraclassCorrelation;
  readonly meanOfFixed: IntraclassCorrelation;
}

/**
 * Intraclass correlations of complete scores, units by raters (or occasions). Which form is meant must be stated
 * with the number. Undefined with fewer than two units or raters, or when nothing varies within the units.
 *
 * @param scores one row per unit, equal lengths, no missing
 */
export function intraclassCorrelations(
  scores: readonly (readonly number[])[],
  level = 0.95,
): Outcome<IntraclassCorrelations> {
  const units = scores.length;
  const raters = scores[0]?.length ?? 0;
  if (units < 2 || raters < 2) return undefinedBecause('at least two units and two ratings each are needed');
  const squares = meanSquares(scores, units, raters);
  const { between, within, ofRaters, residual } = squares;
  if (scores.every(isConstant)) return undefinedBecause('nothing varies within the units');
  if (!(between > 0 && residual > 0)) {
    return undefinedBecause('the units, or what is left beside the raters, do not vary');
  }
  const spare = raters - 1;
  const upper = (1 + level) / 2;
  const method = 'F (Shrout & Fleiss)';
  const interval = (low: number, high: number): Interval => ({ low, high, level, method });

  const fOne = between / within;
  const oneLow = fOne / fQuantile(upper, units - 1, units * spare);
  const oneHigh = fOne * fQuantile(upper, units * spare, units - 1);
  const fSame = between / residual;
  const fixedLow = fSame / fQuantile(upper, units - 1, (units - 1) * spare);
  const fixedHigh = fSame * fQuantile(upper, (units - 1) * spare, units - 1);
  const single = (f: number) => (f - 1) / (f + spare);
  const average = (f: number) => 1 - 1 / f;

  const random =
    (between - residual) / (between + spare * residual + (raters * (ofRaters - residual)) / units);
  const fRaters = ofRaters / residual;
  const bulk = units * (1 + spare * random) - raters * random;
  const freedom =
    (spare * (units - 1) * (raters * random * fRaters + bulk) ** 2) /
    ((units - 1) * raters ** 2 * random ** 2 * fRaters ** 2 + bulk ** 2);
  const rest = raters * ofRaters + (raters * units - raters - units) * residual;
  const above = fQuantile(upper, units - 1, freedom);
  const below = fQuantile(upper, freedom, units - 1);
  const randomLow = (units * (between - above * residual)) / (above * rest + units * between);
  const randomHigh = (units * (below * between - residual)) / (rest + units * below * between);
  const stepUp = (correlation: number) => (correlation * raters) / (1 + correlation * spare);

  return {
    defined: true,
    one: { value: single(fOne), f: fOne, interval: interval(single(oneLow), single(oneHigh)) },
    random: { value: random, f: fSame, interval: interval(randomLow, randomHigh) },
    fixed: { value: single(fSame), f: fSame, interval: interval(single(fixedLow), single(fixedHigh)) },
    meanOfOne: { value: average(fOne), f: fOne, interval: interval(average(oneLow), average(oneHigh)) },
    meanOfRandom: {
      value: (between - residual) / (between + (ofRaters - residual) / units),
      f: fSame,
      interval: interval(stepUp(randomLow), stepUp(randomHigh)),
    },
    meanOfFixed: {
      value: average(fSame),
      f: fSame,
      interval: interval(average(fixedLow), average(fixedHigh)),
    },
  };
}

function meanSquares(scores: readonly (readonly number[])[], units: number, raters: number) {
  const grand = scores.flat().reduce((sum, score) => sum + score, 0) / (units * raters);
  const raterMeans = new Float64Array(raters);
  let betweenSum = 0;
  let withinSum = 0;
  for (const row of scores) {
    const mean = row.reduce((sum, score) => sum + score, 0) / raters;
    betweenSum += raters * (mean - grand) ** 2;
    row.forEach((score, rater) => {
      withinSum += (score - mean) ** 2;
      raterMeans[rater] = (raterMeans[rater] ?? 0) + score / units;
    });
  }
  const raterSum = raterMeans.reduce((sum, mean) => sum + units * (mean - grand) ** 2, 0);
  return {
    between: betweenSum / (units - 1),
    within: withinSum / (units * (raters - 1)),
    ofRaters: raterSum / (raters - 1),
    residual: (withinSum - raterSum) / ((units - 1) * (raters - 1)),
  };
}
