import type { CardPart } from '../../../shared/card/figures/figure.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { CardSection, PartWords } from './CardSection.tsx';
import { FigureGrid } from './FigureGrid.tsx';

const TEST: readonly MeasureName[] = ['winning_rate'];
const ADVANTAGE: readonly MeasureName[] = ['advantage'];
const RATES: readonly MeasureName[] = [
  'people_win_rate',
  'naive_win_rate',
  'ppi_win_rate',
  'naive_outright',
  'rogan_gladen',
];

/** From agreement to decisions: the alternative annotator test and win rates with the judge's errors counted. */
export function DecisionSection({
  part,
  isLoading,
}: {
  readonly part: CardPart | undefined;
  readonly isLoading: boolean;
}) {
  return (
    <CardSection name="decision" part={part} isLoading={isLoading}>
      {(decision) => (
        <>
          <PartWords part={decision} />
          <div className="part-columns">
            <FigureGrid part={decision} rowTitle="Alternative annotator test" measures={TEST} />
            <FigureGrid part={decision} rowTitle="In place of" measures={ADVANTAGE} />
          </div>
          <h3>Win rates</h3>
          <p className="quiet">
            The uncorrected rate takes every verdict for the truth. PPI++ assumes that the labelled pairs are
            a random sample; Rogan–Gladen assumes that the judge errs on the other pairs as it does on the
            labelled ones.
          </p>
          <FigureGrid part={decision} rowTitle="System" measures={RATES} />
        </>
      )}
    </CardSection>
  );
}
