import type { AgreementOptions } from '../../labels/agreement-options.ts';
import { CONSENSUS_KINDS } from '../../labels/consensus.ts';
import type { Outcome } from '../../stats/estimate.ts';
import { fleissKappa } from '../../stats/many-raters/fleiss-kappa.ts';
import { fleissScoreInterval } from '../../stats/many-raters/fleiss-score-interval.ts';
import { gwetsACOfMany } from '../../stats/many-raters/gwets-ac-many.ts';
import { type ItemUnits, itemUnitsJackknife } from '../../stats/many-raters/item-units.ts';
import { krippendorffAlpha } from '../../stats/many-raters/krippendorff-alpha.ts';
import { pairwiseAgreement } from '../../stats/many-raters/pairwise-agreement.ts';
import type { UnitCounts } from '../../stats/many-raters/unit-counts.ts';
import { intervalOfJackknife } from '../../stats/resampling/jackknife-interval.ts';
import { CODE } from '../../study/verdict-codes.ts';
import { gradeOfVote, gradesOfRater, NO_GRADE } from '../columns/grades.ts';
import type { PeopleView } from '../columns/judge-view.ts';
import { gradedUnits, peopleUnits } from '../columns/people-votes.ts';
import {
  addAgreement,
  addMatrix,
  agreementOf,
  categoryName,
  cellsOfColumns,
  countedTable,
  patternsOfCells,
} from '../figures/compared-columns.ts';
import { type CardPart, estimateOf, PartBuilder } from '../figures/figure.ts';
import type { MeasureName } from '../figures/measures.ts';
import { addGradedKappa } from '../figures/scale-kappa.ts';
import { SUBJECT } from '../figures/subject.ts';

/** Every two of more raters than this are compared only when asked for: nobody reads such a table, and it outweighs the card. */
const MOST_RATERS_COMPARED = 20;

/** Agreement of people with each other, their labels and how these came about. */
export function peoplePart(view: PeopleView): CardPart {
  const { data, options, people, kinds } = view;
  const builder = new PartBuilder('people', view);
  addCoefficients(builder, view);
  const areCompared = view.withRaterPairs || data.raters.length <= MOST_RATERS_COMPARED;
  if (!areCompared)
    builder.say(
      'raters',
      `${data.raters.length} raters make ${((data.raters.length * (data.raters.length - 1)) / 2).toLocaleString('en')} pairs of raters; their table is worked out when asked for (--rater-pairs).`,
    );
  for (const [index, first] of areCompared ? data.raters.entries() : []) {
    for (const second of data.raters.slice(index + 1)) {
      const raters = { first: first.name, second: second.name };
      const between = { raterA: first.name, raterB: second.name };
      const { itemOfPair, itemCount, weights } = data;
      const compared = cellsOfColumns(
        { rows: first.codes, columns: second.codes, itemOfPair, itemCount, weights },
        options,
      );
      const agreed = agreementOf(patternsOfCells(compared), options.level);
      addAgreement(builder, { kind: 'raters', ...raters }, agreed, { between }, true);
      addMatrix(builder, raters, countedTable(compared, agreed), between);
      if (data.strengths === 0) continue;
      const [one, other] = [gradesOfRater(first, options), gradesOfRater(second, options)];
      addGradedKappa(builder, { kind: 'raters', ...raters }, view, one, other, { between });
    }
  }
  for (const kind of CONSENSUS_KINDS)
    builder.count({ kind: 'provenance', of: kind }, 'consensus_pairs', kinds[kind]);
  const labels = [CODE.first, CODE.second, CODE.tie, CODE.both_bad];
  const uses = (codes: Int8Array) => {
    const counts = new Int32Array(labels.length);
    for (const code of codes) if (code >= 0 && code < counts.length) counts[code] = (counts[code] ?? 0) + 1;
    return (label: number) => counts[label] ?? 0;
  };
  const labelUses = uses(people);
  for (const label of labels)
    builder.count({ kind: 'label', label: categoryName(label) }, 'consensus_label', labelUses(label));
  for (const { name, codes } of data.raters) {
    const own = uses(codes);
    for (const label of labels) {
      builder.count({ kind: 'votes', rater: name, label: categoryName(label) }, 'votes', own(label));
    }
  }
  sayStrengths(builder, view);
  if (data.excluded.length > 0)
    builder.say('excluded', `Votes left out by the lead: those of ${data.excluded.join(', ')}.`);
  builder.say('consensus', consensusSentence(options.consensus, kinds, data.itemOfPair.length));
  return builder.part();
}

const RULES: Readonly<Record<AgreementOptions['consensus'], string>> = {
  majority: 'what more than half of the votes on a pair say',
  unanimous: 'what all of at least two votes on a pair say',
  plurality_or_tie: 'the most frequent vote on a pair, a tie where several are',
  sign_of_mean: 'the sign of the mean vote, a tie at 0',
  dawid_skene: 'the likeliest label under the Dawid–Skene model of each rater’s errors',
};

function consensusSentence(
  rule: AgreementOptions['consensus'],
  kinds: PeopleView['kinds'],
  pairs: number,
): string {
  const count = (value: number) => value.toLocaleString('en');
  const splits =
    kinds.split === 0
      ? 'No pair’s votes are split without a majority'
      : `${count(kinds.split)} of ${count(pairs)} pairs are split without a majority${
          rule === 'majority' || rule === 'unanimous'
            ? ' and have no label by votes'
            : ', which this rule decides'
        }`;
  const decided =
    kinds.adjudicated === 0 ? '' : ` ${count(kinds.adjudicated)} labels were decided by an adjudicator.`;
  return `People’s label is ${RULES[rule]}. ${splits}.${decided}`;
}

/** How many votes for a side say nothing of strength, where others do. */
function sayStrengths(builder: PartBuilder, { data, options }: PeopleView): void {
  if (data.strengths === 0) return;
  let [graded, plain] = [0, 0];
  for (const rater of data.raters)
    rater.codes.forEach((code, pair) => {
      if (code !== CODE.first && code !== CODE.second) return;
      if (gradeOfVote(rater, pair, options) === NO_GRADE) plain++;
      else graded++;
    });
  const of = `${graded.toLocaleString('en')} of ${(graded + plain).toLocaleString('en')} votes for a side say by how many of ${data.strengths} steps it is better`;
  builder.say('strengths', plain === 0 ? `${of}.` : `${of}; the others stand in no graded figure.`);
}

function addCoefficients(builder: PartBuilder, view: PeopleView): void {
  const { level } = view.options;
  const units = peopleUnits(view, { bothBad: 'category' });
  const onScale = peopleUnits(view, { bothBad: 'left_out' });
  const add = (
    measure: MeasureName,
    of: ItemUnits,
    coefficient: (counts: UnitCounts) => Outcome<{ readonly value: number }>,
  ) => {
    const estimate = coefficient(of.counts);
    const point = (counts: UnitCounts) => {
      const each = coefficient(counts);
      return each.defined ? each.value : null;
    };
    const interval = estimate.defined
      ? intervalOfJackknife(estimate.value, itemUnitsJackknife(of, point), level)
      : null;
    builder.add(SUBJECT.all_raters, measure, of.counts.pairable, estimateOf(estimate), { interval });
  };
  add('pairwise_agreement', units, pairwiseAgreement);
  const fleiss = fleissKappa(units.counts);
  builder.add(SUBJECT.all_raters, 'fleiss_kappa', units.counts.pairable, estimateOf(fleiss), {
    interval: fleiss.defined ? fleissScoreInterval(units, level) : null,
  });
  add('alpha_nominal', units, (counts) => krippendorffAlpha(counts, 'nominal'));
  add('alpha_ordinal', onScale, (counts) => krippendorffAlpha(counts, 'ordinal'));
  add('ac1_many', units, gwetsACOfMany);
  if (view.data.strengths > 0)
    add('alpha_graded', gradedUnits(view), (counts) => krippendorffAlpha(counts, 'ordinal'));
}
