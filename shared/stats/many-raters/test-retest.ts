import type { Estimate, Outcome } from '../estimate.ts';
import { totalOf } from '../paired-table/contingency-table.ts';
import type { Coefficient } from '../two-raters/chance-corrected.ts';
import { cohensKappa, type KappaResult } from '../two-raters/cohens-kappa.ts';
import { percentAgreement } from '../two-raters/percent-agreement.ts';
import { scottsPi } from '../two-raters/scotts-pi.ts';
import { tableOfLabels } from '../two-raters/table-of-labels.ts';

/** One rater against the same rater, on items shown twice. */
export interface TestRetest {
  /** Items labelled on both occasions. */
  readonly n: number;
  readonly agreement: Estimate;
  readonly kappa: KappaResult;
  /** Scott's pi, the natural coefficient here: the two occasions are exchangeable. */
  readonly scottsPi: Outcome<Coefficient>;
}

/**
 * Intra-rater agreement from hidden duplicates; only items labelled both times count. It bounds what any judge can
 * reach against this rater. With ten duplicates its interval is as wide as the scale.
 *
 * @param first codes of the first occasion, negative for missing
 * @param second codes of the second, aligned with the first
 */
export function testRetest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  categories: number,
): TestRetest {
  const table = tableOfLabels(first, second, categories);
  return {
    n: totalOf(table),
    agreement: percentAgreement(table),
    kappa: cohensKappa(table),
    scottsPi: scottsPi(table),
  };
}
