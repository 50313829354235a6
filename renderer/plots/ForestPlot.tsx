import { useCallback, useMemo } from 'react';
import { figureText, intervalText } from '../../shared/card/figures/figure-text.ts';
import { type ForestRow, type ForestScale, forestPlot, rowsToDraw } from './forest-plot.ts';
import { PlotView } from './PlotView.tsx';
import { usePick } from './use-pick.ts';

/** Dots on their intervals; a dot opens the comparisons behind it. */
export function ForestPlot({
  rows,
  scale,
}: {
  readonly rows: readonly ForestRow[];
  readonly scale: ForestScale;
}) {
  const drawn = useMemo(() => rowsToDraw(rows), [rows]);
  const dots = useMemo(
    () => drawn.map(({ label, figure }) => ({ row: label, behind: figure.behind })),
    [drawn],
  );
  const options = useCallback((width: number) => forestPlot(rows, scale, width), [rows, scale]);
  const pick = usePick(dots);
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
