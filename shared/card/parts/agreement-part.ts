import { placesWhere, valuesAt } from '../../columns/column.ts';
import { foldTable } from '../../labels/label-pairs.ts';
import type { Outcome } from '../../stats/estimate.ts';
import { undefinedBecause } from '../../stats/estimate.ts';
import { type ContingencyTable, marginsOf, totalOf } from '../../stats/paired-table/contingency-table.ts';
import {
  type ItemPatterns,
  patternJackknife,
  tableOfPatterns,
} from '../../stats/resampling/item-patterns.ts';
import { intervalOfJackknife } from '../../stats/resampling/jackknife-interval.ts';
import { ratioByItem } from '../../stats/resampling/ratio-by-item.ts';
import { averagedScores } from '../../stats/two-raters/class-scores.ts';
import { gwetsAC } from '../../stats/two-raters/gwets-ac.ts';
import { prevalenceAndBias } from '../../stats/two-raters/prevalence-and-bias.ts';
import { scottsPi } from '../../stats/two-raters/scotts-pi.ts';
import { tableAlpha } from '../../stats/two-raters/table-alpha.ts';
import { CODE, isSide } from '../../study/verdict-codes.ts';
import { judgeGrades, NO_GRADE, peopleGrades } from '../columns/grades.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import { SCALE_SIZE } from '../columns/people-votes.ts';
import { shareByItem } from '../columns/share-by-item.ts';
import {
  addAgreement,
  addMatrix,
  agreementOf,
  agreementWithPeople,
  comparedWithPeople,
  countedTable,
  ofPairs,
  type PatternAgreement,
  patternsOf,
  patternsOfCells,
  usedPatterns,
} from '../figures/compared-columns.ts';
import { type CardPart, estimateOf, PartBuilder } from '../figures/figure.ts';
import type { MeasureName } from '../figures/measures.ts';
import { addGradedKappa, addScaleKappa } from '../figures/scale-kappa.ts';
import { SUBJECT } from '../figures/subject.ts';

/** How well the judge agrees with people's label, by every coefficient the field uses, and with each rater. */
export function agreementPart(view: JudgeView): CardPart {
  const { data, judge, options, people } = view;
  const builder = new PartBuilder('agreement', view);
  const { itemOfPair, itemCount } = data;
  const { weights } = data;
  const compared = { rows: people, columns: judge.codes, itemOfPair, itemCount, weights };
  const { patterns, agreed } = agreementWithPeople(view);
  const between = { judge: judge.name };
  const behind = { between };
  addAgreement(builder, SUBJECT.consensus, agreed, behind, true);
  builder.add(SUBJECT.consensus, 'baseline', agreed.n, constantBaseline(agreed.table), { isWeighed: true });
  addWeightedKappa(builder, view);
  addStrengths(builder, view);
  addTieRates(builder, view);

  const used = usedPatterns(patterns);
  for (const [measure, coefficient] of COEFFICIENTS) {
    const estimate = coefficient(tableOfPatterns(used));
    builder.add(SUBJECT.consensus, measure, agreed.n, estimateOf(estimate), {
      behind,
      isWeighed: true,
      interval: jackknife(used, coefficient, options.level),
    });
  }
  addDecidedIndices(builder, view, agreed);
  for (const rater of data.raters) {
    const withRater = agreementOf(patternsOf({ ...compared, rows: rater.codes }, options), options.level);
    addAgreement(
      builder,
      { kind: 'rater', name: rater.name },
      withRater,
      { between: { judge: judge.name, rater: rater.name } },
      true,
    );
  }
  addMatrix(builder, null, countedTable(comparedWithPeople(view), agreed), between);
  return builder.part();
}

type Coefficient = (table: ContingencyTable) => Outcome<{ readonly value: number }>;

const macro =
  (score: 'precision' | 'recall' | 'f1'): Coefficient =>
  (table) => {
    const scores = averagedScores(table, 'macro');
    return scores.defined ? { defined: true, value: scores[score] } : scores;
  };

const COEFFICIENTS: readonly (readonly [MeasureName, Coefficient])[] = [
  ['ac1', (table) => gwetsAC(table)],
  ['alpha', (table) => tableAlpha(table)],
  ['scotts_pi', (table) => scottsPi(table)],
  ['macro_precision', macro('precision')],
  ['macro_recall', macro('recall')],
  ['macro_f1', macro('f1')],
];

/** An interval by leaving out one item at a time. */
export function jackknife(patterns: ItemPatterns, coefficient: Coefficient, level: number) {
  const estimate = coefficient(tableOfPatterns(patterns));
  if (!estimate.defined) return estimate;
  const point = (table: ContingencyTable) => {
    const each = coefficient(table);
    return each.defined ? each.value : null;
  };
  return intervalOfJackknife(estimate.value, patternJackknife(patterns, point), level);
}

function constantBaseline(table: ContingencyTable) {
  const n = totalOf(table);
  if (n === 0) return undefinedBecause('no comparison was labelled by both');
  return { defined: true as const, value: Math.max(...marginsOf(table).rows) / n };
}

/** Places on the scale first – tie – second; everything else has none. */
const SCALE_PLACE: Readonly<Record<number, number>> = { [CODE.first]: 0, [CODE.tie]: 1, [CODE.second]: 2 };

/** How often each says tie, on the pairs both said something readable of: a judge that hides in ties shows here. */
function addTieRates(builder: PartBuilder, { data, judge, options, people }: JudgeView): void {
  const isReadable = (code = CODE.missing as number) => code >= 0 && code <= CODE.both_bad;
  for (const [measure, codes] of [
    ['judge_tie_rate', judge.codes],
    ['people_tie_rate', people],
  ] as const) {
    const flags = codes.map((code, pair) =>
      isReadable(judge.codes[pair]) && isReadable(people[pair]) ? Number(code === CODE.tie) : -1,
    );
    const { n, share, interval } = shareByItem(
      flags,
      data.itemOfPair,
      options.level,
      'no pair has a verdict of both',
    );
    builder.add(SUBJECT.consensus, measure, n, share, { interval });
  }
}

function addWeightedKappa(builder: PartBuilder, view: JudgeView): void {
  const { judge, options, people } = view;
  // Codes 0, 1, 2 of a table whose category 2 is the tie would weigh wrongly, so labels move to their place on the scale.
  const placeOf = foldTable(options).map((code) => SCALE_PLACE[code] ?? CODE.missing);
  const place = (code: number) => placeOf[code + 1] ?? CODE.missing;
  addScaleKappa(builder, SUBJECT.consensus, 'weighted_kappa', view, {
    rows: people.map(place),
    columns: judge.codes.map(place),
    size: SCALE_SIZE,
    behind: { between: { judge: judge.name } },
  });
}

/** Where people say how strongly they prefer: the judge on their scale, and how often it is right by strength. */
function addStrengths(builder: PartBuilder, view: JudgeView): void {
  const { data, judge, options } = view;
  const reach = data.strengths;
  if (reach === 0) return;
  const grades = view.once('grades', () => peopleGrades(view));
  const between = { judge: judge.name };
  const own = judgeGrades(judge, reach, options);
  if (own !== null) addGradedKappa(builder, SUBJECT.consensus, view, grades, own, { between });
  const compared = comparedWithPeople(view);
  for (let steps = 1; steps <= reach; steps++) {
    const pairs = placesWhere(grades.length, (pair) => Math.abs(grades[pair] ?? NO_GRADE) === steps);
    const agreed = agreementOf(patternsOfCells(ofPairs(compared, pairs)), options.level);
    builder.add({ kind: 'strength', steps }, 'agreement', agreed.n, agreed.agreement, {
      interval: agreed.agreementInterval,
      isWeighed: true,
    });
  }
}

/** Kappa below this at an agreement above that tells another story than the agreement. */
const LOW_KAPPA = 0.4;
const HIGH_AGREEMENT = 0.7;

/** Prevalence and bias among pairs on which both chose a side, and one line where kappa and agreement part. */
function addDecidedIndices(
  builder: PartBuilder,
  { data, judge, options, people }: JudgeView,
  agreed: PatternAgreement,
): void {
  const pairs = placesWhere(people.length, (pair) => isSide(people[pair]) && isSide(judge.codes[pair]));
  const [ofPeople, ofJudge] = [valuesAt(people, pairs), valuesAt(judge.codes, pairs)];
  const counts = new Float64Array(4);
  for (let row = 0; row < pairs.length; row++) {
    const cell = (ofPeople[row] ?? 0) * 2 + (ofJudge[row] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  const indices = prevalenceAndBias({ size: 2, counts });
  const items = valuesAt(data.itemOfPair, pairs);
  const ones = new Uint8Array(pairs.length).fill(1);
  /** @param scores of each cell of people and judge */
  const mean = (scores: readonly number[]) =>
    ratioByItem(
      ofPeople.map((human, row) => scores[human * 2 + (ofJudge[row] ?? 0)] ?? 0),
      ones,
      items,
      options.level,
    );
  const figures = [
    ['prevalence_index', 'prevalenceIndex', [1, 0, 0, -1]],
    ['bias_index', 'biasIndex', [0, 1, -1, 0]],
    ['pabak', 'pabak', [1, -1, -1, 1]],
  ] as const satisfies readonly (readonly [
    MeasureName,
    keyof Extract<typeof indices, { defined: true }>,
    readonly number[],
  ])[];
  for (const [measure, index, scores] of figures) {
    builder.add(
      SUBJECT.consensus,
      measure,
      pairs.length,
      indices.defined ? { defined: true, value: indices[index] } : indices,
      { interval: indices.defined ? mean(scores) : null },
    );
  }
  const { agreement, kappa } = agreed;
  if (!agreement.defined || !kappa.defined) return;
  if (agreement.value < HIGH_AGREEMENT || kappa.value >= LOW_KAPPA) return;
  const baseline = constantBaseline(agreed.table);
  if (!baseline.defined) return;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  builder.say(
    SUBJECT.consensus,
    `Agreement of ${percent(agreement.value)} and a kappa of ${kappa.value.toFixed(3)} tell different stories: people’s most frequent label alone covers ${percent(baseline.value)}, so most of that agreement needs no judgement at all.`,
  );
}
