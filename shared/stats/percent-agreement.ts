import { type ContingencyTable, cell, totalOf } from './contingency-table.ts';
import { defined, type Estimate, undefinedBecause } from './estimate.ts';

/** The share of comparisons on which both gave the same label: the diagonal over the total, 0 to 1. */
export function percentAgreement(table: ContingencyTable): Estimate {
  const total = totalOf(table);
  if (total === 0) return undefinedBecause('no comparison was labelled by both');
  let agreeing = 0;
  for (let category = 0; category < table.size; category++) agreeing += cell(table, category, category);
  return defined(agreeing / total);
}
