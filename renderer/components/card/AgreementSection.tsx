import { useMemo } from 'react';
import type { CardPart } from '../../../shared/card/figures/figure.ts';
import { figureOf, matrixOf, rowsWith } from '../../../shared/card/figures/figure-text.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { ROW } from '../../../shared/card/figures/subject.ts';
import { labelWords } from '../../../shared/study/label-words.ts';
import { ForestPlot } from '../../plots/ForestPlot.tsx';
import type { CardParts } from '../../state/card.ts';
import { useCardActions } from '../../state/card-actions.ts';
import { ConfusionMatrix } from '../ConfusionMatrix.tsx';
import { CardSection, PartWords } from './CardSection.tsx';
import { FigureGrid } from './FigureGrid.tsx';
import { FigureList } from './FigureList.tsx';

const COEFFICIENTS: readonly MeasureName[] = [
  'agreement',
  'baseline',
  'judge_tie_rate',
  'people_tie_rate',
  'kappa',
  'kappa_independent',
  'weighted_kappa',
  'graded_kappa',
  'ac1',
  'alpha',
  'scotts_pi',
  'macro_precision',
  'macro_recall',
  'macro_f1',
  'prevalence_index',
  'bias_index',
  'pabak',
];

const BY_STRENGTH: readonly MeasureName[] = ['agreement'];
const WITH_RATERS: readonly MeasureName[] = ['agreement', 'kappa', 'kappa_independent'];

/** The judge against people's label and against each rater, beside people with each other. */
export function AgreementSection({
  parts,
  judge,
  isLoading,
}: {
  readonly parts: CardParts;
  readonly judge: string;
  readonly isLoading: boolean;
}) {
  return (
    <CardSection name="agreement" part={parts.agreement} isLoading={isLoading}>
      {(part) => <Agreement part={part} people={parts.people} judge={judge} />}
    </CardSection>
  );
}

function Agreement({
  part,
  people,
  judge,
}: {
  readonly part: CardPart;
  readonly people: CardPart | undefined;
  readonly judge: string;
}) {
  const { openComparisons } = useCardActions();
  const rows = useMemo(
    () => [
      ...rowsWith(part, 'kappa').map((figure) => ({
        label: `${judge} – ${figure.row}`,
        figure,
        group: 'judge' as const,
      })),
      ...(people === undefined ? [] : rowsWith(people, 'kappa')).map((figure) => ({
        label: figure.row,
        figure,
        group: 'people' as const,
      })),
    ],
    [part, people, judge],
  );
  const ceiling = people === undefined ? undefined : figureOf(people, ROW.all_raters, 'fleiss_kappa');
  const scale = useMemo(() => {
    const value = ceiling?.value ?? null;
    return {
      reference: value === null ? null : { value, label: 'people with each other (Fleiss’ kappa)' },
      reach: [0, 1] as const,
      percent: false,
      title: value === null ? 'kappa' : 'kappa (dashed: people with each other)',
    };
  }, [ceiling]);
  const matrix = matrixOf(part, null);
  const strengths = part.figures.flatMap(({ row, subject }) => (subject.kind === 'strength' ? [row] : []));
  const raters = rowsWith(part, 'kappa').flatMap(({ row }) => (row === ROW.consensus ? [] : [row]));
  return (
    <>
      <PartWords part={part} />
      <div className="part-columns">
        <div>
          <ForestPlot rows={rows} scale={scale} />
          {matrix !== null && (
            <ConfusionMatrix
              matrix={matrix}
              rowTitle="people"
              columnTitle={judge}
              onOpen={(row, column) =>
                openComparisons(
                  { between: { judge }, row, column },
                  `People say ${labelWords(row)}, ${judge} says ${labelWords(column)}`,
                )
              }
            />
          )}
        </div>
        <FigureList
          part={part}
          row={ROW.consensus}
          measures={COEFFICIENTS}
          label="Agreement with people’s label"
        />
      </div>
      {strengths.length > 0 && (
        <>
          <h3>By how strongly people prefer</h3>
          <FigureGrid
            part={part}
            rowTitle="Steps better"
            measures={BY_STRENGTH}
            rows={strengths}
            nameOf={(row) => row.replace('strength ', '')}
          />
        </>
      )}
      <h3>With each rater</h3>
      <FigureGrid part={part} rowTitle="Rater" measures={WITH_RATERS} rows={raters} />
    </>
  );
}
