import { witnessCardSql } from '../card-sql.ts';
import type { Witness } from '../witness.ts';

/** Gives the card's figures from the exported tables. */
export const duckdb: Witness = {
  name: 'duckdb',
  environment: { registry: 'pypi', pins: 'tables' },
  witness: witnessCardSql,
};
