import { useMemo } from 'react';
import type { CardPart } from '../../../shared/card/figures/figure.ts';
import { figureOf, rowsWith } from '../../../shared/card/figures/figure-text.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { ROW } from '../../../shared/card/figures/subject.ts';
import { ForestPlot } from '../../plots/ForestPlot.tsx';
import { CardSection, PartWords } from './CardSection.tsx';
import { FigureGrid } from './FigureGrid.tsx';
import { FigureList } from './FigureList.tsx';

const AGREEMENT: readonly MeasureName[] = ['kendall_tau', 'spearman'];
const SYSTEMS: readonly MeasureName[] = [
  'people_ranked_rate',
  'judge_ranked_rate',
  'people_graded_rate',
  'judge_graded_rate',
  'people_rank',
  'judge_rank',
  'people_elo',
  'judge_elo',
];

const SCALE = {
  reference: { value: 0.5, label: 'an even half' },
  reach: [0, 1] as const,
  percent: true,
  title: 'win rate in %, ties as halves (grey: people, amber: the judge)',
};

/** Systems ranked by people and by the judge. */
export function RankingSection({
  part,
  isLoading,
}: {
  readonly part: CardPart | undefined;
  readonly isLoading: boolean;
}) {
  return (
    <CardSection name="ranking" part={part} isLoading={isLoading}>
      {(ranking) => <Ranking part={ranking} />}
    </CardSection>
  );
}

function Ranking({ part }: { readonly part: CardPart }) {
  const systems = useMemo(
    () =>
      rowsWith(part, 'people_rank')
        .toSorted((one, two) => (one.value ?? 0) - (two.value ?? 0))
        .map(({ row }) => row),
    [part],
  );
  const rows = useMemo(
    () =>
      systems.flatMap((system) => [
        ...[figureOf(part, system, 'people_ranked_rate')].flatMap((figure) =>
          figure === undefined ? [] : [{ label: `${system}, people`, figure, group: 'people' as const }],
        ),
        ...[figureOf(part, system, 'judge_ranked_rate')].flatMap((figure) =>
          figure === undefined ? [] : [{ label: `${system}, judge`, figure, group: 'judge' as const }],
        ),
      ]),
    [part, systems],
  );
  return (
    <>
      <PartWords part={part} />
      <FigureList
        part={part}
        row={ROW.both_rankings}
        measures={AGREEMENT}
        label="Agreement of the rankings"
      />
      <ForestPlot rows={rows} scale={SCALE} />
      <FigureGrid part={part} rowTitle="System" measures={SYSTEMS} rows={systems} />
    </>
  );
}
