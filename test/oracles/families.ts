import type { Family } from './answer.ts';
import { classification } from './families/classification.ts';
import { intraRater, manyRaters } from './families/many-raters.ts';
import { pairedTables } from './families/paired-tables.ts';
import { specialFunctions } from './families/special-functions.ts';
import { twoRaterLists, twoRaterTables } from './families/two-raters.ts';

/** Every family of oracle files the engine answers, by the name the file gives itself. */
export const families: Readonly<Record<string, Family>> = {
  classification,
  'intra-rater': intraRater,
  kappa2: twoRaterTables,
  'kappa2-raw': twoRaterLists,
  multirater: manyRaters,
  'paired-tables': pairedTables,
  'special-functions': specialFunctions,
};
