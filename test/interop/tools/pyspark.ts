import { witnessCardSql } from '../card-sql.ts';
import type { Witness } from '../witness.ts';

/** Gives the card's figures from the exported tables, as DuckDB does, in a dialect that is not DuckDB's. */
export const pyspark: Witness = {
  name: 'pyspark',
  environment: { registry: 'pypi', pins: 'pyspark', oldestJava: 17 },
  // Half a gigabyte is fetched for it.
  isLarge: true,
  witness: witnessCardSql,
};
