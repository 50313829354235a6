import type { CardPart } from '../../../shared/card/figures/figure.ts';
import { rowsWith } from '../../../shared/card/figures/figure-text.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { labelWords } from '../../../shared/study/label-words.ts';
import { CardSection } from './CardSection.tsx';
import { FigureGrid } from './FigureGrid.tsx';

const AGREEMENT: readonly MeasureName[] = ['agreement', 'kappa'];
const VERDICTS: readonly MeasureName[] = ['verdicts'];

const NAMES: Readonly<Record<string, string>> = {
  'ties: separate': 'Ties a category',
  'ties: drop': 'Ties left out',
  'ties: half': 'Ties half to each side',
  'consensus: majority': 'Majority',
  'consensus: unanimous': 'Unanimous only',
  'consensus: plurality_or_tie': 'Plurality, else a tie',
  'consensus: sign_of_mean': 'Sign of the mean',
  'consensus: dawid_skene': 'Dawid–Skene model',
};

/** The same judge under every tie policy and every rule for people's label, and its verdicts before any folding. */
export function PoliciesSection({
  part,
  isLoading,
}: {
  readonly part: CardPart | undefined;
  readonly isLoading: boolean;
}) {
  return (
    <CardSection name="policies" part={part} isLoading={isLoading}>
      {(policies) => {
        const rows = rowsWith(policies, 'kappa').map(({ row }) => row);
        const starting = (start: string) => rows.filter((row) => row.startsWith(start));
        const nameOf = (row: string) => NAMES[row] ?? labelWords(row);
        return (
          <div className="part-columns">
            <FigureGrid
              part={policies}
              rowTitle="Ties"
              measures={AGREEMENT}
              rows={starting('ties')}
              nameOf={nameOf}
            />
            <FigureGrid
              part={policies}
              rowTitle="People’s label"
              measures={AGREEMENT}
              rows={starting('consensus')}
              nameOf={nameOf}
            />
            <FigureGrid part={policies} rowTitle="The judge said" measures={VERDICTS} nameOf={nameOf} />
          </div>
        );
      }}
    </CardSection>
  );
}
