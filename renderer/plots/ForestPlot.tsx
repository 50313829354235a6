import { useCallback, useMemo } from 'react';
import { figureText, intervalText } from '../../shared/domain/card/figure-text.ts';
import { useCardActions } from '../components/card/card-actions.ts';
import { drawnRows, type ForestRow, type ForestScale, forestPlot } from './forest-plot.ts';
import { PlotView } from './PlotView.tsx';

/** Dots on their intervals; a dot opens the comparisons behind it. */
export function ForestPlot({
  rows,
  scale,
}: {
  readonly rows: readonly ForestRow[];
  readonly scale: ForestScale;
}) {
  const { openComparisons } = useCardActions();
  const drawn = useMemo(() => drawnRows(rows), [rows]);
  const options = useCallback((width: number) => forestPlot(rows, scale, width), [rows, scale]);
  const pick = useMemo(
    () => ({
      className: 'plot-dots',
      canPick: (row: number) => drawn[row]?.figure.behind !== null,
      onPick: (row: number) => {
        const { figure, label } = drawn[row] ?? {};
        if (figure?.behind !== null && figure?.behind !== undefined)
          openComparisons(figure.behind, label ?? '');
      },
    }),
    [drawn, openComparisons],
  );
  const describe = useMemo(
    () =>
      `${scale.title}, dots with intervals${scale.reference === null ? '' : `, beside ${scale.reference.label}`}. ${drawn
        .map(
          ({ label, figure }) =>
            `${label}: ${figureText(figure)}${figure.interval === null ? '' : `, ${intervalText(figure)}`}`,
        )
        .join('; ')}.`,
    [drawn, scale],
  );
  if (drawn.length === 0) return null;
  return <PlotView describe={describe} options={options} pick={pick} />;
}
