import type { Family } from './answer.ts';
import { auc, calibration } from './families/calibration.ts';
import { classification } from './families/classification.ts';
import { judgeCorrection, predictionPowered } from './families/correction.ts';
import { dawidSkeneFamily } from './families/dawid-skene.ts';
import { drift } from './families/drift.ts';
import { judgeBias } from './families/judge-bias.ts';
import { intraRater, manyRaters } from './families/many-raters.ts';
import { pairedTables } from './families/paired-tables.ts';
import { power } from './families/planning.ts';
import { multiplicity, proportions } from './families/proportions.ts';
import { bradleyTerryFamily, rankCorrelation } from './families/ranking.ts';
import { bootstrap, kappaCompare, permutation } from './families/resampling.ts';
import { sequential } from './families/sequential.ts';
import { specialFunctions } from './families/special-functions.ts';
import { alternativeTest } from './families/substitution.ts';
import { twoRaterLists, twoRaterTables } from './families/two-raters.ts';

/** Every family of oracle files the engine answers, by the name the file gives itself. */
export const families: Readonly<Record<string, Family>> = {
  'alt-test': alternativeTest,
  auc,
  bootstrap,
  'bradley-terry': bradleyTerryFamily,
  calibration,
  classification,
  'dawid-skene': dawidSkeneFamily,
  drift,
  'intra-rater': intraRater,
  'judge-bias': judgeBias,
  'judge-correction': judgeCorrection,
  'kappa-compare': kappaCompare,
  kappa2: twoRaterTables,
  'kappa2-raw': twoRaterLists,
  multirater: manyRaters,
  multiplicity,
  'paired-tables': pairedTables,
  permutation,
  power,
  ppi: predictionPowered,
  proportions,
  'rank-correlation': rankCorrelation,
  sequential,
  'special-functions': specialFunctions,
};
