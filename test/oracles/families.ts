import type { Family } from './answer.ts';
import { classification } from './families/classification.ts';
import { intraRater, manyRaters } from './families/many-raters.ts';
import { pairedTables } from './families/paired-tables.ts';
import { power } from './families/planning.ts';
import { multiplicity, proportions } from './families/proportions.ts';
import { bradleyTerryFamily, rankCorrelation } from './families/ranking.ts';
import { bootstrap, kappaCompare, permutation } from './families/resampling.ts';
import { sequential } from './families/sequential.ts';
import { specialFunctions } from './families/special-functions.ts';
import { twoRaterLists, twoRaterTables } from './families/two-raters.ts';

/** Every family of oracle files the engine answers, by the name the file gives itself. */
export const families: Readonly<Record<string, Family>> = {
  bootstrap,
  'bradley-terry': bradleyTerryFamily,
  classification,
  'intra-rater': intraRater,
  'kappa-compare': kappaCompare,
  kappa2: twoRaterTables,
  'kappa2-raw': twoRaterLists,
  multirater: manyRaters,
  multiplicity,
  'paired-tables': pairedTables,
  permutation,
  power,
  proportions,
  'rank-correlation': rankCorrelation,
  sequential,
  'special-functions': specialFunctions,
};
