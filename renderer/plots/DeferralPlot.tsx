import { areaY, dot, gridY, lineY, ruleY } from '@observablehq/plot';
import { useCallback, useMemo } from 'react';
import type { CardPart } from '../../shared/card/figures/figure.ts';
import { rowsWith } from '../../shared/card/figures/figure-text.ts';
import { PlotView } from './PlotView.tsx';
import { squarePlot } from './square-plot.ts';
import { DOTS, usePick } from './use-pick.ts';

/** Agreement when only the surest verdicts are left to the judge, by how many are. */
export function DeferralPlot({ part }: { readonly part: CardPart }) {
  const points = useMemo(
    () =>
      rowsWith(part, 'agreement_of_surest').map(({ row, value, interval, behind }) => ({
        row,
        share: Number.parseInt(row.replace(/\D/gu, ''), 10),
        value: 100 * (value ?? 0),
        low: 100 * (interval?.low ?? value ?? 0),
        high: 100 * (interval?.high ?? value ?? 0),
        behind,
      })),
    [part],
  );
  const options = useCallback(
    (width: number) =>
      squarePlot(
        width,
        { label: 'left to the judge, surest first (%)', domain: [0, 100] },
        {
          label: 'agreement with people (%)',
          domain: [Math.min(50, ...points.map(({ low }) => low)), 100],
        },
        [
          gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
          areaY(points, { x: 'share', y1: 'low', y2: 'high', fill: 'var(--plot-band)' }),
          ruleY([95], { stroke: 'var(--ink-quiet)', strokeDasharray: '4 3' }),
          lineY(points, { x: 'share', y: 'value', stroke: 'var(--plot-judge)', strokeWidth: 2 }),
          dot(points, { x: 'share', y: 'value', r: 5, fill: 'var(--plot-judge)', className: DOTS }),
        ],
      ),
    [points],
  );
  const pick = usePick(points);
  const describe = `Deferral curve, beside a line at 95 % agreement. ${points
    .map(({ row, value }) => `${row}: ${value.toFixed(1)} %`)
    .join('; ')}.`;
  return points.length === 0 ? null : <PlotView describe={describe} options={options} pick={pick} />;
}
