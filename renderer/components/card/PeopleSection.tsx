import type { CardPart } from '../../../shared/card/figures/figure.ts';
import { matrixOf, rowsWith } from '../../../shared/card/figures/figure-text.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { ROW } from '../../../shared/card/figures/subject.ts';
import { labelWords } from '../../../shared/study/label-words.ts';
import { useCardActions } from '../../state/card-actions.ts';
import { ConfusionMatrix } from '../ConfusionMatrix.tsx';
import { CardSection, PartWords } from './CardSection.tsx';
import { FigureGrid } from './FigureGrid.tsx';
import { FigureList } from './FigureList.tsx';

const ALL: readonly MeasureName[] = [
  'pairwise_agreement',
  'fleiss_kappa',
  'alpha_nominal',
  'alpha_ordinal',
  'alpha_graded',
  'ac1_many',
];
const PAIRS: readonly MeasureName[] = ['agreement', 'kappa', 'kappa_independent', 'graded_kappa'];
const COUNTS: readonly MeasureName[] = ['consensus_pairs'];
const LABELS: readonly MeasureName[] = ['consensus_label'];
const VOTES: readonly MeasureName[] = ['votes'];

/** How well people agree with each other: what a judge can be asked to reach. */
export function PeopleSection({
  part,
  isLoading,
}: {
  readonly part: CardPart | undefined;
  readonly isLoading: boolean;
}) {
  return (
    <CardSection name="people" part={part} isLoading={isLoading}>
      {(people) => <People part={people} />}
    </CardSection>
  );
}

function People({ part }: { readonly part: CardPart }) {
  const { openComparisons } = useCardActions();
  const pairs = rowsWith(part, 'kappa');
  return (
    <>
      <PartWords part={part} />
      <div className="part-columns">
        <FigureList part={part} row={ROW.all_raters} measures={ALL} label="All raters with each other" />
        <div>
          <FigureGrid part={part} rowTitle="Votes on a pair" measures={COUNTS} />
          <FigureGrid part={part} rowTitle="People’s label" measures={LABELS} nameOf={withSpaces} />
        </div>
      </div>
      <h3>Each two raters</h3>
      <FigureGrid part={part} rowTitle="Raters" measures={PAIRS} rows={pairs.map(({ row }) => row)} />
      <details>
        <summary>Matrices and votes of each rater</summary>
        <FigureGrid part={part} rowTitle="Rater and label" measures={VOTES} nameOf={withSpaces} />
        <div className="columns">
          {pairs.map(({ row, subject, behind }) => {
            const matrix = subject.kind === 'raters' ? matrixOf(part, subject) : null;
            if (subject.kind !== 'raters' || matrix === null || behind === null) return null;
            return (
              <ConfusionMatrix
                key={row}
                matrix={matrix}
                rowTitle={subject.first}
                columnTitle={subject.second}
                onOpen={(of, against) =>
                  openComparisons(
                    { ...behind, row: of, column: against },
                    `${row}: ${labelWords(of)} and ${labelWords(against)}`,
                  )
                }
              />
            );
          })}
        </div>
      </details>
    </>
  );
}

/** A row may name a rater, whose name stays as it is. */
function withSpaces(row: string): string {
  return row.replace('both_bad', labelWords('both_bad'));
}
