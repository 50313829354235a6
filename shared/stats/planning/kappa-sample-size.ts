/** How many items a kappa of a binary label needs. Sizes are not rounded; take the ceiling. */
import { chiSquareQuantile } from '../distribution/chi-square.ts';
import { normalCdf, normalQuantile } from '../distribution/normal.ts';
import { type Estimate, undefinedBecause } from '../estimate.ts';
import { increasingRoot } from '../numeric/root.ts';
import type { ContingencyTable } from '../paired-table/contingency-table.ts';
import { cohensKappa } from '../two-raters/cohens-kappa.ts';
import type { PlannedTest } from './proportion-sample-size.ts';

/**
 * Items for a test of Cohen's kappa against a fixed one, two raters with given rates of the first category (Cantor
 * 1996): the large-sample variance at each of the two kappas. Undefined when no table has these margins and kappa.
 */
export function kappaSampleSize(
  rates: readonly [number, number],
  kappa: number,
  against: number,
  { alpha, power, sides = 2 }: PlannedTest,
): Estimate {
  if (kappa === against) return undefinedBecause('there is no difference to find between equal kappas');
  const [null0, alternative] = [unitVariance(rates, against), unitVariance(rates, kappa)];
  if (!null0.defined) return null0;
  if (!alternative.defined) return alternative;
  const spread =
    normalQuantile(1 - alpha / sides) * Math.sqrt(null0.value) +
    normalQuantile(power) * Math.sqrt(alternative.value);
  return { defined: true, value: (spread / (kappa - against)) ** 2 };
}

/** n times the variance of kappa for the 2×2 table with these margins and kappa. */
function unitVariance([first, second]: readonly [number, number], kappa: number): Estimate {
  const chance = first * second + (1 - first) * (1 - second);
  const agreement = kappa * (1 - chance) + chance;
  const both = (agreement - 1 + first + second) / 2;
  const cells = [both, first - both, second - both, 1 - first - second + both];
  if (cells.some((share) => share < -1e-12)) {
    return undefinedBecause(`no table with these rates has a kappa of ${kappa}`);
  }
  const table: ContingencyTable = {
    size: 2,
    counts: Float64Array.from(cells, (share) => Math.max(0, share)),
  };
  const { standardError } = { standardError: undefinedBecause('kappa is undefined'), ...cohensKappa(table) };
  return standardError.defined ? { defined: true, value: standardError.value ** 2 } : standardError;
}

/** A kappa of several raters of a binary label, to be told from another (common correlation model). */
export interface PlannedKappa {
  readonly kappa: number;
  readonly against: number;
  /** Share of the first category, in (0, 1). */
  readonly prevalence: number;
  /** 2 or more. */
  readonly raters: number;
}

/**
 * Items for the goodness-of-fit test of kappa (Donner & Eliasziw 1992, more raters as in kappaSize): the noncentrality
 * that gives the power, over what one item contributes.
 */
export function kappaFitSampleSize(planned: PlannedKappa, { alpha, power }: PlannedTest): number {
  const critical = normalQuantile(1 - alpha / 2);
  const noncentrality = increasingRoot(
    (lambda) => normalCdf(Math.sqrt(lambda) - critical) + normalCdf(-Math.sqrt(lambda) - critical) - power,
    0,
    10,
  );
  return noncentrality / perItem(planned);
}

/**
 * Items so that the expected lower limit of the one-sided interval of kappa is `against` (Donner & Rotondi 2010).
 */
export function kappaLimitSampleSize(planned: PlannedKappa, alpha: number): number {
  return chiSquareQuantile(1 - 2 * alpha, 1) / perItem(planned);
}

/** Σ (p − q)²/q over the number of raters choosing the first category, at the two kappas. */
function perItem({ kappa, against, prevalence, raters }: PlannedKappa): number {
  if (kappa === against || against >= 1) {
    throw new RangeError(`a kappa of ${kappa} cannot be planned to be told from ${against}`);
  }
  const expected = outcomeShares(against, prevalence, raters);
  return outcomeShares(kappa, prevalence, raters).reduce((sum, share, count) => {
    const other = expected[count] ?? 0;
    return sum + (share - other) ** 2 / other;
  }, 0);
}

/** With probability kappa all raters say the same; otherwise they are independent. */
function outcomeShares(kappa: number, prevalence: number, raters: number): number[] {
  let choose = 1;
  return Array.from({ length: raters + 1 }, (_share, count) => {
    if (count > 0) choose = (choose * (raters - count + 1)) / count;
    const independent = choose * prevalence ** count * (1 - prevalence) ** (raters - count);
    const together = count === 0 ? 1 - prevalence : count === raters ? prevalence : 0;
    return kappa * together + (1 - kappa) * independent;
  });
}
