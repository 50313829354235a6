import { useMemo, useState } from 'react';
import type { CardPart } from '../../../shared/card/figures/figure.ts';
import { figureOf, rowsWith } from '../../../shared/card/figures/figure-text.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { ROW } from '../../../shared/card/figures/subject.ts';
import { ForestPlot } from '../../plots/ForestPlot.tsx';
import type { CardParts } from '../../state/card.ts';
import { CardSection, PartWords } from './CardSection.tsx';
import { FigureGrid } from './FigureGrid.tsx';

const FIGURES: readonly MeasureName[] = [
  'kappa',
  'agreement',
  'kappa_less_rest',
  'adjusted_p',
  'people_kappa',
  'consistency',
];

const ROW_TITLES = {
  slices: 'Slice',
  splits: 'Split',
  systems: 'Systems',
  length: 'Difference in length',
} as const;

/** A forest of more rows than this hides what it should show; the table has them all. */
const MOST_DRAWN = 24;

/** Kappa on every slice, pair of systems or length gap, the surest difference first. */
export function GroupsSection({
  name,
  parts,
  isLoading,
}: {
  readonly name: keyof typeof ROW_TITLES;
  readonly parts: CardParts;
  readonly isLoading: boolean;
}) {
  return (
    <CardSection name={name} part={parts[name]} isLoading={isLoading}>
      {(part) => <Groups part={part} rowTitle={ROW_TITLES[name]} whole={parts.agreement} />}
    </CardSection>
  );
}

function Groups({
  part,
  rowTitle,
  whole,
}: {
  readonly part: CardPart;
  readonly rowTitle: string;
  readonly whole: CardPart | undefined;
}) {
  const [isWhole, setIsWhole] = useState(false);
  const kappas = useMemo(() => rowsWith(part, 'kappa'), [part]);
  const rows = useMemo(
    () =>
      kappas
        .filter(({ value, interval }) => value !== null && interval !== null)
        .slice(0, isWhole ? kappas.length : MOST_DRAWN)
        .map((figure) => ({ label: figure.row, figure, group: 'judge' as const })),
    [kappas, isWhole],
  );
  const overall = figureOf(whole, ROW.consensus, 'kappa')?.value ?? null;
  const scale = useMemo(
    () => ({
      reference: overall === null ? null : { value: overall, label: 'kappa of the whole' },
      reach: [0, 1] as const,
      percent: false,
      title: 'kappa with people (dashed: the whole)',
    }),
    [overall],
  );
  return (
    <>
      <PartWords part={part} />
      <ForestPlot rows={rows} scale={scale} />
      {kappas.length > MOST_DRAWN && (
        <button type="button" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? `Draw the first ${MOST_DRAWN}` : `Draw all ${kappas.length}`}
        </button>
      )}
      <div className="tall-table">
        <FigureGrid part={part} rowTitle={rowTitle} measures={FIGURES} rows={kappas.map(({ row }) => row)} />
      </div>
    </>
  );
}
