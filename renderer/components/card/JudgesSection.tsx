import { useMemo } from 'react';
import type { CardPart } from '../../../shared/card/figures/figure.ts';
import { rowsWith } from '../../../shared/card/figures/figure-text.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { ForestPlot } from '../../plots/ForestPlot.tsx';
import { CardSection, PartWords } from './CardSection.tsx';
import { FigureGrid } from './FigureGrid.tsx';

const EACH: readonly MeasureName[] = ['agreement', 'kappa'];
const TWO: readonly MeasureName[] = ['judges_difference', 'adjusted_p', 'judges_kappa'];

const SCALE = { reference: null, reach: [0, 1] as const, percent: false, title: 'kappa with people' };

/** The study's judges beside each other, and every two on the pairs both judged. */
export function JudgesSection({
  part,
  isLoading,
}: {
  readonly part: CardPart | undefined;
  readonly isLoading: boolean;
}) {
  return (
    <CardSection name="judges" part={part} isLoading={isLoading}>
      {(judges) => <Judges part={judges} />}
    </CardSection>
  );
}

function Judges({ part }: { readonly part: CardPart }) {
  const rows = useMemo(
    () => rowsWith(part, 'kappa').map((figure) => ({ label: figure.row, figure, group: 'judge' as const })),
    [part],
  );
  return (
    <>
      <PartWords part={part} />
      <ForestPlot rows={rows} scale={SCALE} />
      <FigureGrid part={part} rowTitle="Judge" measures={EACH} rows={rows.map(({ label }) => label)} />
      {rows.length > 1 && <h3>Each two judges, on the pairs both judged</h3>}
      <div className="tall-table">
        <FigureGrid part={part} rowTitle="First less second" measures={TWO} />
      </div>
    </>
  );
}
