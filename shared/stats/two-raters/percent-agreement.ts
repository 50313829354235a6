import { defined, type Estimate, type Outcome, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, cell, totalOf } from '../paired-table/contingency-table.ts';
import type { Coefficient } from './chance-corrected.ts';

/** The share of comparisons on which both gave the same label: the diagonal over the total, 0 to 1. */
export function percentAgreement(table: ContingencyTable): Estimate {
  const agreement = percentAgreementWithError(table);
  return agreement.defined ? defined(agreement.value) : agreement;
}

/**
 * The same share with its standard error √(po(1−po)/n). The error is for reports; an interval is Wilson's, or a
 * bootstrap by item where items hold several comparisons.
 */
export function percentAgreementWithError(table: ContingencyTable): Outcome<Coefficient> {
  const total = totalOf(table);
  if (total === 0) return undefinedBecause('no comparison was labelled by both');
  let agreeing = 0;
  for (let category = 0; category < table.size; category++) agreeing += cell(table, category, category);
  const value = agreeing / total;
  return { defined: true, value, standardError: Math.sqrt((value * (1 - value)) / total) };
}
