import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { normalTwoSidedP } from '../distribution/normal.ts';
import { type Outcome, undefinedBecause } from '../estimate.ts';
import type { ContingencyTable } from '../paired-table/contingency-table.ts';
import { cohensKappa, type KappaParts } from '../two-raters/cohens-kappa.ts';

/** Kappas of separate sets of items, compared and pooled. */
export interface IndependentKappas {
  readonly kappas: readonly number[];
  readonly standardErrors: readonly number[];
  /** First against second, with the non-null errors. */
  readonly z: number;
  readonly p: number;
  /** Weighted by inverse variance. */
  readonly pooled: number;
  readonly pooledStandardError: number;
  /** Q = Σ (κ_i − pooled)²/SE_i², with one degree of freedom less than there are kappas. */
  readonly homogeneityQ: number;
  readonly homogeneityP: number;
}

/**
 * Compares kappas of independent samples (slices, sites, periods). Never for two judges on the same items: that is a
 * paired design. Undefined when a kappa is, or has no error.
 */
export function independentKappas(tables: readonly ContingencyTable[]): Outcome<IndependentKappas> {
  const parts: (KappaParts & { readonly error: number })[] = [];
  for (const table of tables) {
    const kappa = cohensKappa(table);
    if (!kappa.defined) return kappa;
    if (!kappa.standardError.defined) return kappa.standardError;
    if (kappa.noInterval !== null) return undefinedBecause(kappa.noInterval);
    parts.push({ ...kappa, error: kappa.standardError.value });
  }
  const [first, second] = parts;
  if (first === undefined || second === undefined) return undefinedBecause('fewer than two kappas');
  const precision = parts.reduce((sum, { error }) => sum + error ** -2, 0);
  const pooled = parts.reduce((sum, { value, error }) => sum + value / error ** 2, 0) / precision;
  const homogeneityQ = parts.reduce((sum, { value, error }) => sum + ((value - pooled) / error) ** 2, 0);
  const z = (first.value - second.value) / Math.hypot(first.error, second.error);
  return {
    defined: true,
    kappas: parts.map(({ value }) => value),
    standardErrors: parts.map(({ error }) => error),
    z,
    p: normalTwoSidedP(z),
    pooled,
    pooledStandardError: 1 / Math.sqrt(precision),
    homogeneityQ,
    homogeneityP: chiSquareUpperTail(homogeneityQ, parts.length - 1),
  };
}
