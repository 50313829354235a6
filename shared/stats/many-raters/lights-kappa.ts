import { type Estimate, undefinedBecause } from '../estimate.ts';
import { kappaPoint } from '../two-raters/cohens-kappa.ts';
import { tableOfLabels } from '../two-raters/table-of-labels.ts';
import type { RatingMatrix } from './rating-matrix.ts';

/**
 * Light's kappa (1971): the mean of the Cohen kappas of all pairs of raters, each over the units both rated.
 * Undefined when the kappa of any pair is, because leaving that pair out would change what is averaged.
 */
export function lightsKappa(matrix: RatingMatrix): Estimate {
  const { raters, categories, codes } = matrix;
  const column = (rater: number) => codes.filter((_code, index) => index % raters === rater);
  const columns = Array.from({ length: raters }, (_rater, rater) => column(rater));
  let sum = 0;
  let pairs = 0;
  for (const [index, first] of columns.entries()) {
    for (const second of columns.slice(index + 1)) {
      const kappa = kappaPoint(tableOfLabels(first, second, categories));
      if (kappa === null) return undefinedBecause('the kappa of a pair of raters is undefined');
      sum += kappa;
      pairs++;
    }
  }
  return pairs === 0 ? undefinedBecause('fewer than two raters') : { defined: true, value: sum / pairs };
}
