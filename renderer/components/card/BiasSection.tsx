import { useMemo } from 'react';
import type { CardPart } from '../../../shared/card/figures/figure.ts';
import { rowsWith } from '../../../shared/card/figures/figure-text.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { unbroken } from '../../language/unbroken.ts';
import { ForestPlot } from '../../plots/ForestPlot.tsx';
import { CardSection } from './CardSection.tsx';
import { FigureGrid } from './FigureGrid.tsx';

const EFFECTS: readonly MeasureName[] = [
  'bias',
  'adjusted_p',
  'judge_share',
  'people_share',
  'length_odds_ratio',
];

const SCALE = {
  reference: { value: 0, label: 'no bias' },
  reach: [-0.2, 0.2] as const,
  percent: true,
  title: 'favoured beyond what people favour, in percentage points',
};

/** What the judge favours beyond what people favour. */
export function BiasSection({
  part,
  isLoading,
}: {
  readonly part: CardPart | undefined;
  readonly isLoading: boolean;
}) {
  return (
    <CardSection name="bias" part={part} isLoading={isLoading}>
      {(bias) => <Biases part={bias} />}
    </CardSection>
  );
}

function Biases({ part }: { readonly part: CardPart }) {
  const rows = useMemo(
    () => rowsWith(part, 'bias').map((figure) => ({ label: figure.row, figure, group: 'judge' as const })),
    [part],
  );
  return (
    <>
      <div className="part-columns">
        <ForestPlot rows={rows} scale={SCALE} />
        <ul className="plain-list bias-words">
          {part.words.map(({ row, text }) => (
            <li key={row}>{unbroken(text)}</li>
          ))}
        </ul>
      </div>
      <FigureGrid part={part} rowTitle="Favours" measures={EFFECTS} rows={rows.map(({ label }) => label)} />
    </>
  );
}
