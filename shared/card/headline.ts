/** The figures people quote, one judge's and the people's own, to be set beside those of another state of the study. */
import type { CardMaker } from './agreement-card.ts';
import { type Figure, figureId, type PartName } from './figures/figure.ts';
import type { MeasureName } from './figures/measures.ts';
import { ROW } from './figures/subject.ts';

const HEADLINE: readonly {
  readonly part: PartName;
  readonly row: string;
  readonly measures: readonly MeasureName[];
}[] = [
  { part: 'standing', row: 'judge less rater', measures: ['kappa_difference'] },
  {
    part: 'standing',
    row: ROW.mean_over_raters,
    measures: ['judge_left_out_kappa', 'rater_left_out_kappa'],
  },
  { part: 'agreement', row: ROW.consensus, measures: ['agreement', 'kappa', 'ac1', 'alpha', 'scotts_pi'] },
  {
    part: 'people',
    row: ROW.all_raters,
    measures: ['pairwise_agreement', 'fleiss_kappa', 'alpha_nominal', 'alpha_ordinal', 'ac1_many'],
  },
];

export interface HeadlineFigure {
  readonly id: string;
  readonly part: PartName;
  readonly figure: Figure;
}

/** Those of them that a card has. */
export function headlineFigures(maker: CardMaker): HeadlineFigure[] {
  return HEADLINE.flatMap(({ part, row, measures }) => {
    if (!maker.parts.includes(part)) return [];
    const { figures } = maker.part(part);
    return measures.flatMap((measure) => {
      const figure = figures.find((each) => each.row === row && each.measure === measure);
      return figure === undefined ? [] : [{ id: figureId(part, figure), part, figure }];
    });
  });
}
