/** The figures published or recomputed for the real data sets, as ids of the card's figures under stated settings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SliceName } from '../../shared/card/columns/comparison-filter.ts';
import type { AgreementOptions } from '../../shared/labels/agreement-options.ts';

export interface ExpectedFigure {
  readonly id: string;
  readonly value: number;
  readonly n?: number;
  readonly interval?: readonly [number, number];
}

/** A card as it must be set up, and what it must show then. */
export interface ExpectedCard {
  readonly judge: string;
  readonly options: Partial<AgreementOptions>;
  readonly slice: SliceName | null;
  readonly figures: readonly ExpectedFigure[];
}

// biome-ignore lint/suspicious/noExplicitAny: files of others, read where each field is known
function expectedOf(folder: string): any {
  return JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
}

interface Cohen {
  readonly n: number;
  readonly agreement: number;
  readonly kappa: number;
  readonly se?: number;
  readonly ci95?: readonly [number, number];
}

/** Agreement and kappa of a row, with the large-sample error where the file has one. */
function cohenFigures(place: string, { n, agreement, kappa, se, ci95 }: Cohen): ExpectedFigure[] {
  return [
    { id: `${place}/agreement`, value: agreement, n },
    { id: `${place}/kappa`, value: kappa, n },
    ...(ci95 === undefined ? [] : [{ id: `${place}/kappa_independent`, value: kappa, interval: ci95 }]),
    ...(se === undefined ? [] : [{ id: `${place}/kappa_standard_error`, value: se }]),
  ];
}

const SIDES = ['first', 'second', 'tie'] as const;

/** Cells of a matrix whose rows and columns are A, B, tie. */
function matrixFigures(place: string, matrix: readonly (readonly number[])[]): ExpectedFigure[] {
  return SIDES.flatMap((row, i) =>
    SIDES.map((column, j) => ({
      id: `${place}: ${row} / ${column}/matrix_cell`,
      value: matrix[i]?.[j] ?? Number.NaN,
    })),
  );
}

export function expectedPandaLm(folder: string): ExpectedCard[] {
  const { human, judges_vs_majority: judges, judges_vs_each_annotator: each, ...rest } = expectedOf(folder);
  const people: ExpectedFigure[] = [
    ...['1-2', '1-3', '2-3'].flatMap((pair) => {
      const [one, two] = pair.split('-');
      return cohenFigures(`people/annotator${one} – annotator${two}`, human.pairs[pair]);
    }),
    { id: 'people/all raters/pairwise_agreement', value: human.mean_pairwise_agreement, n: 999 },
    { id: 'people/all raters/fleiss_kappa', value: human.fleiss_kappa },
    { id: 'people/all raters/alpha_nominal', value: human.krippendorff_alpha_nominal },
    { id: 'people/all raters/alpha_ordinal', value: human.krippendorff_alpha_ordinal_A_tie_B },
    { id: 'people/all raters/ac1_many', value: human.gwet_ac1 },
    { id: 'people/unanimous/consensus_pairs', value: human.unanimous },
    { id: 'people/majority/consensus_pairs', value: human.two_against_one },
    { id: 'people/split/consensus_pairs', value: human.three_way_split },
    { id: 'people/first/consensus_label', value: human.majority_counts.A },
    { id: 'people/second/consensus_label', value: human.majority_counts.B },
    { id: 'people/tie/consensus_label', value: human.majority_counts.tie },
    ...['annotator1', 'annotator2', 'annotator3'].flatMap((name) => [
      { id: `people/${name}: first/votes`, value: human.label_counts[name].A },
      { id: `people/${name}: second/votes`, value: human.label_counts[name].B },
      { id: `people/${name}: tie/votes`, value: human.label_counts[name].tie },
    ]),
  ];
  const againstMajority = (
    figures: Record<string, number> & { cohen: Cohen; confusion?: { matrix: number[][] } },
  ) => [
    ...cohenFigures('agreement/people', figures.cohen),
    ...(figures.macro_f1 === undefined
      ? []
      : [
          { id: 'agreement/people/macro_precision', value: figures.macro_precision ?? Number.NaN },
          { id: 'agreement/people/macro_recall', value: figures.macro_recall ?? Number.NaN },
          { id: 'agreement/people/macro_f1', value: figures.macro_f1 },
        ]),
    ...(figures.scott_pi === undefined
      ? []
      : [{ id: 'agreement/people/scotts_pi', value: figures.scott_pi }]),
    ...(figures.confusion === undefined ? [] : matrixFigures('agreement/matrix', figures.confusion.matrix)),
  ];
  const perRater = (key: string) =>
    ['annotator1', 'annotator2', 'annotator3'].flatMap((name) =>
      cohenFigures(`agreement/${name}`, each[key][name]),
    );
  const substitution = (key: string): ExpectedFigure[] =>
    rest.alt_test[key].flatMap(
      (test: {
        epsilon: number;
        winning_rate: number;
        advantage_probability: number;
        per_annotator_advantage: Record<string, number>;
      }) => [
        { id: `decision/epsilon ${test.epsilon}/winning_rate`, value: test.winning_rate },
        { id: 'decision/mean over raters/advantage', value: test.advantage_probability },
        ...Object.entries(test.per_annotator_advantage).map(([name, value]) => ({
          id: `decision/${name}/advantage`,
          value,
        })),
      ],
    );
  const bySystems = (key: string): ExpectedFigure[] =>
    Object.entries<{ n: number; human_fleiss: number; judge_vs_majority: Record<string, Cohen> }>(
      rest['slices_by_model_pair(cmp_key)'],
    ).flatMap(([models, { n, human_fleiss, judge_vs_majority }]) => {
      const row = models.replace('_', ' – ');
      return [
        { id: `systems/${row}/agreement`, value: judge_vs_majority[key]?.agreement ?? Number.NaN, n },
        { id: `systems/${row}/kappa`, value: judge_vs_majority[key]?.kappa ?? Number.NaN },
        { id: `systems/${row}/people_kappa`, value: human_fleiss },
      ];
    });
  const winRates = Object.entries<number>(rest['win_rates_by_human_majority(tie=half)']).map(
    ([system, value]) => ({
      id: `decision/${system}/people_win_rate`,
      value,
    }),
  );
  const sizes = Object.entries<number>(rest.slice_sizes_by_motivation_app).map(([application, n]) => ({
    id: `slices/application=${application}/agreement`,
    n,
  }));
  const turbo = judges['gpt-3.5-turbo'];
  const asTie = turbo['unparsed counted as tie (this is what the published table did)'];
  const between = rest['judge_vs_judge(unparsed=tie)'];
  const card = (
    judge: string,
    options: ExpectedCard['options'],
    figures: ExpectedFigure[],
  ): ExpectedCard => ({
    judge,
    options,
    slice: null,
    figures,
  });
  const decided = (key: string): ExpectedFigure[] =>
    cohenFigures('agreement/people', rest.decisive_only[key]);
  return [
    card('pandalm-7b', {}, [
      ...people,
      ...againstMajority(judges['pandalm-7b']),
      ...perRater('pandalm-7b'),
      ...substitution('pandalm-7b'),
      ...bySystems('pandalm-7b'),
      ...winRates,
      ...sizes.map(({ id, n }) => ({ id, n, value: Number.NaN })),
    ]),
    card('gpt-3.5-turbo', { unparsed: 'tie' }, [
      ...againstMajority(asTie),
      ...perRater('gpt-3.5-turbo(unparsed=tie)'),
      ...substitution('gpt-3.5-turbo(unparsed=tie)'),
      ...bySystems('gpt-3.5-turbo(unparsed=tie)'),
      { id: 'policies/unparsed/verdicts', value: turbo.unparsed_verdicts },
      { id: 'judges/gpt-3.5-turbo less pandalm-7b/judges_kappa', value: between.kappa, n: between.n },
    ]),
    card('gpt-3.5-turbo', { unparsed: 'drop' }, againstMajority(turbo['unparsed dropped'])),
    card('gpt-3.5-turbo', { unparsed: 'class' }, [
      ...cohenFigures('agreement/people', turbo['unparsed as its own category'].cohen),
    ]),
    card('pandalm-7b', { ties: 'drop' }, decided('pandalm-7b')),
    card('gpt-3.5-turbo', { ties: 'drop' }, decided('gpt-3.5-turbo')),
  ];
}

export function expectedGuanaco(folder: string): ExpectedCard[] {
  const { human, judges } = expectedOf(folder).computed;
  const judge = judges['gpt-4'];
  const { swap } = judge;
  const doubled = judge['doubled (each item in both orders, unparsed=tie) vs sign-of-mean consensus'];
  const merged = judge['merged(agree else tie) vs sign-of-mean consensus'];
  const plurality = judge['merged(agree else tie) vs plurality consensus'];
  const decisive = judge['merged, decisive on both sides'];
  const rates = (place: string, measure: string, values: Record<string, number>) =>
    Object.entries(values).map(([system, value]) => ({ id: `${place}/${system}/${measure}`, value }));
  const folded = { unparsed: 'tie', inconsistent: 'tie' } as const;
  const card = (options: ExpectedCard['options'], figures: ExpectedFigure[]): ExpectedCard => ({
    judge: 'gpt-4',
    options,
    slice: null,
    figures,
  });
  const labels = human['consensus_counts(sign of mean)'];
  const pluralityLabels = human['consensus_counts(plurality, no plurality = tie)'];
  return [
    card({ consensus: 'sign_of_mean', ...folded }, [
      { id: 'people/all raters/pairwise_agreement', value: human.mean_pairwise_agreement, n: 1760 },
      { id: 'people/all raters/fleiss_kappa', value: human.fleiss_kappa },
      { id: 'people/all raters/alpha_nominal', value: human.krippendorff_alpha_nominal },
      { id: 'people/all raters/alpha_ordinal', value: human.krippendorff_alpha_ordinal_A_tie_B },
      { id: 'people/all raters/ac1_many', value: human.gwet_ac1 },
      { id: 'people/unanimous/consensus_pairs', value: human.unanimous },
      { id: 'people/majority/consensus_pairs', value: human.two_against_one },
      { id: 'people/split/consensus_pairs', value: human.three_way_split },
      { id: 'people/first/consensus_label', value: labels.A },
      { id: 'people/second/consensus_label', value: labels.B },
      { id: 'people/tie/consensus_label', value: labels.tie },
      ...cohenFigures('agreement/people', merged),
      { id: 'agreement/people/scotts_pi', value: merged.scott_pi },
      ...matrixFigures('agreement/matrix', merged.confusion.matrix),
      { id: 'policies/consensus: plurality_or_tie/agreement', value: plurality.agreement, n: plurality.n },
      { id: 'policies/consensus: plurality_or_tie/kappa', value: plurality.kappa },
      { id: 'orders/both orders/consistency', value: swap.consistency, n: swap.n },
      { id: 'orders/same output twice/flips', value: swap.consistent },
      { id: 'orders/first place twice/flips', value: swap.prefers_first_both_times },
      { id: 'orders/second place twice/flips', value: swap.prefers_second_both_times },
      { id: 'orders/other flips/flips', value: swap.other_flips },
      { id: 'orders/both orders/order_kappa', value: swap.kappa_between_orders },
      { id: 'orders/first place/place_verdicts', value: swap.raw_position_counts.first },
      { id: 'orders/second place/place_verdicts', value: swap.raw_position_counts.second },
      { id: 'orders/tie/place_verdicts', value: swap.raw_position_counts.tie },
      { id: 'orders/unparsed/place_verdicts', value: swap.raw_position_counts.unparsed },
      { id: 'orders/both orders/agreement', value: doubled.accuracy, n: doubled.n },
      { id: 'orders/both orders/pooled_pi', value: doubled.fleiss_or_scott },
      { id: 'orders/both orders/pooled_kappa', value: doubled.cohen },
      ...cohenFigures('orders/first output shown first', judge['A-first order vs consensus']),
      ...cohenFigures('orders/second output shown first', judge['B-first order vs consensus']),
      ...rates('decision', 'people_win_rate', human['win_rates(sign-of-mean consensus, tie=half)']),
      ...rates('ranking', 'judge_ranked_rate', judge['win_rates(both orders, tie=half)']),
      ...Object.entries<{
        n: number;
        merged_agreement: number;
        merged_kappa: number;
        swap_consistency: number;
      }>(judge.slices_by_question_category).flatMap(([category, slice]) => [
        { id: `slices/category=${category}/agreement`, value: slice.merged_agreement, n: slice.n },
        { id: `slices/category=${category}/kappa`, value: slice.merged_kappa },
        { id: `slices/category=${category}/consistency`, value: slice.swap_consistency },
      ]),
    ]),
    card({ consensus: 'plurality_or_tie', ...folded }, [
      { id: 'agreement/people/agreement', value: plurality.agreement, n: plurality.n },
      { id: 'agreement/people/kappa', value: plurality.kappa },
      { id: 'people/first/consensus_label', value: pluralityLabels.A },
      { id: 'people/second/consensus_label', value: pluralityLabels.B },
      { id: 'people/tie/consensus_label', value: pluralityLabels.tie },
    ]),
    card({ consensus: 'sign_of_mean', unparsed: 'tie', inconsistent: 'drop', ties: 'drop' }, [
      { id: 'agreement/people/agreement', value: decisive.agreement, n: decisive.n },
    ]),
  ];
}

export function expectedLlmBar(folder: string): ExpectedCard[] {
  const { subsets } = expectedOf(folder) as {
    subsets: Record<string, { evaluators: Record<string, { computed: Record<string, number> }> }>;
  };
  return Object.entries(subsets).flatMap(([path, { evaluators }]) =>
    Object.entries(evaluators).map(([judge, { computed }]): ExpectedCard => {
      const swap = computed.swap as unknown as Record<string, number> & {
        raw_position_counts: Record<string, number>;
      };
      const n = swap.n ?? Number.NaN;
      const of = (name: string, from: Record<string, number> = computed) => from[name] ?? Number.NaN;
      const places = swap.raw_position_counts;
      return {
        judge,
        options: { unparsed: 'class' },
        slice: { name: 'subset', value: path.replace('LLMBar/', '') },
        figures: [
          { id: 'orders/first output shown first/agreement', value: of('correct_given_order') / n, n },
          { id: 'orders/second output shown first/agreement', value: of('correct_swapped') / n, n },
          { id: 'orders/first output shown first/kappa', value: of('kappa_vs_gold_given_order') },
          { id: 'orders/second output shown first/kappa', value: of('kappa_vs_gold_swapped') },
          { id: 'orders/both orders/agreement', value: of('average_accuracy'), n: 2 * n },
          { id: 'agreement/people/agreement', value: of('correct_both') / n, n },
          { id: 'orders/both orders/consistency', value: of('positional_agreement'), n },
          { id: 'orders/same output twice/flips', value: of('orders_equal') },
          { id: 'orders/first place twice/flips', value: of('prefers_first_both_times', swap) },
          { id: 'orders/second place twice/flips', value: of('prefers_second_both_times', swap) },
          { id: 'orders/other flips/flips', value: of('other_flips', swap) },
          { id: 'orders/both orders/order_kappa', value: of('kappa_between_orders'), n },
          { id: 'orders/first place/place_verdicts', value: of('first', places) },
          { id: 'orders/second place/place_verdicts', value: of('second', places) },
          { id: 'orders/tie/place_verdicts', value: places.tie ?? 0 },
          { id: 'orders/unparsed/place_verdicts', value: places.unparsed ?? 0 },
        ],
      };
    }),
  );
}
