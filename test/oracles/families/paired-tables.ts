import { bowker } from '../../../shared/stats/paired-table/bowker.ts';
import { tableOfRows } from '../../../shared/stats/paired-table/contingency-table.ts';
import { bhapkar, stuartMaxwell } from '../../../shared/stats/paired-table/marginal-homogeneity.ts';
import { conditionalOddsRatio, mcNemar, mcNemarExactP } from '../../../shared/stats/paired-table/mcnemar.ts';
import { family } from '../answer.ts';
import { partOf } from '../part-of.ts';

export const pairedTables = family<{ table: number[][] }>({
  answers: (input) => {
    const table = tableOfRows(input.table);
    const [firstOnly, secondOnly] = [input.table[0]?.[1] ?? 0, input.table[1]?.[0] ?? 0];
    const test = mcNemar(firstOnly, secondOnly);
    const odds = conditionalOddsRatio(firstOnly, secondOnly);
    const symmetry = bowker(table);
    const stuart = stuartMaxwell(table);
    const wald = bhapkar(table);
    return {
      mcnemarChi2: () => partOf(test, ({ chiSquare }) => chiSquare),
      mcnemarP: () => partOf(test, ({ p }) => p),
      mcnemarChi2Corrected: () => partOf(test, ({ correctedChiSquare }) => correctedChiSquare),
      mcnemarExactP: () => mcNemarExactP(firstOnly, secondOnly),
      mcnemarMidP: () => partOf(test, ({ midP }) => midP),
      conditionalOddsRatio: () => partOf(odds, ({ value }) => value),
      conditionalOddsRatioLower95: () => partOf(odds, ({ interval }) => interval.low),
      conditionalOddsRatioUpper95: () => partOf(odds, ({ interval }) => interval.high),
      bowkerChi2: () => partOf(symmetry, ({ chiSquare }) => chiSquare),
      bowkerDf: () => partOf(symmetry, ({ degreesOfFreedom }) => degreesOfFreedom),
      bowkerP: () => partOf(symmetry, ({ p }) => p),
      bowkerP_allPairsDf: () => partOf(symmetry, ({ allPairsP }) => allPairsP),
      stuartMaxwellChi2: () => partOf(stuart, ({ chiSquare }) => chiSquare),
      stuartMaxwellDf: () => partOf(stuart, ({ degreesOfFreedom }) => degreesOfFreedom),
      stuartMaxwellP: () => partOf(stuart, ({ p }) => p),
      bhapkarChi2: () => partOf(wald, ({ chiSquare }) => chiSquare),
      bhapkarP: () => partOf(wald, ({ p }) => p),
    };
  },
  about: { trap_irrStuartMaxwell: 'stuartMaxwellChi2' },
});
