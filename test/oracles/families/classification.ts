import {
  averagedScores,
  balancedAccuracy,
  classScores,
} from '../../../shared/stats/two-raters/class-scores.ts';
import { cohensKappa } from '../../../shared/stats/two-raters/cohens-kappa.ts';
import { matthewsCorrelation } from '../../../shared/stats/two-raters/matthews-correlation.ts';
import { percentAgreement } from '../../../shared/stats/two-raters/percent-agreement.ts';
import { tableOfLabels } from '../../../shared/stats/two-raters/table-of-labels.ts';
import { family } from '../answer.ts';
import { partOf } from '../part-of.ts';
import { rowsOf } from './two-raters.ts';

export const classification = family<{ classes: number; truth: number[]; predicted: number[] }>({
  answers: ({ classes, truth, predicted }) => {
    const table = tableOfLabels(truth, predicted, classes);
    const scores = classScores(table);
    const averaged = (average: 'macro' | 'weighted') => {
      return partOf(averagedScores(table, average), ({ precision, recall, f1 }) => [precision, recall, f1]);
    };
    const accuracy = percentAgreement(table);
    return {
      confusion: () => rowsOf(table),
      precision: () => scores.map(({ precision }) => precision),
      recall: () => scores.map(({ recall }) => recall),
      f1: () => scores.map(({ f1 }) => f1),
      specificity: () => scores.map(({ specificity }) => specificity),
      support: () => scores.map(({ support }) => support),
      accuracy: () => accuracy,
      macroZeroDivision0: () => averaged('macro'),
      weightedZeroDivision0: () => averaged('weighted'),
      microZeroDivision0: () => [accuracy, accuracy, accuracy],
      balancedAccuracy: () => balancedAccuracy(table),
      mcc: () => matthewsCorrelation(table),
      kappa: () => cohensKappa(table),
    };
  },
});
