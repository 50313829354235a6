import { type Outcome, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, cell, totalOf } from '../paired-table/contingency-table.ts';

/** What makes kappa of a 2×2 table high or low at the same agreement. */
export interface PrevalenceAndBias {
  /** Prevalence- and bias-adjusted kappa, 2·po − 1. */
  readonly pabak: number;
  /** (a − d)/n, signed: positive when the first category is the common one. */
  readonly prevalenceIndex: number;
  /** (b − c)/n, signed: positive when rater A uses the first category more. */
  readonly biasIndex: number;
}

/**
 * PABAK and the two indices (Byrt, Bishop & Carlin 1993). Two categories only; for more, Brennan–Prediger is the
 * analogue of PABAK and the indices have none.
 */
export function prevalenceAndBias(table: ContingencyTable): Outcome<PrevalenceAndBias> {
  const n = totalOf(table);
  if (table.size !== 2) return undefinedBecause('these indices exist for two categories only');
  if (n === 0) return undefinedBecause('no comparison was labelled by both');
  const both = cell(table, 0, 0);
  const neither = cell(table, 1, 1);
  return {
    defined: true,
    pabak: (2 * (both + neither)) / n - 1,
    prevalenceIndex: (both - neither) / n,
    biasIndex: (cell(table, 0, 1) - cell(table, 1, 0)) / n,
  };
}
