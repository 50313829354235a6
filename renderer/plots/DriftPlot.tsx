import { axisX, axisY, dot, gridY, lineY, ruleX } from '@observablehq/plot';
import { useCallback, useMemo } from 'react';
import type { DriftReport } from '../../shared/contract/judge-methods.ts';
import { PlotView } from './PlotView.tsx';

/** A control chart: how much each round differs from the reference, beside the noise and the limit. */
export function DriftPlot({ report }: { readonly report: DriftReport }) {
  const points = useMemo(
    () =>
      report.rounds.flatMap(({ round, change, noise, limit, isBeyond }) =>
        change === null || noise === null || limit === null
          ? []
          : [{ round, change: 100 * change, noise: 100 * noise, limit: 100 * limit, isBeyond }],
      ),
    [report],
  );
  const options = useCallback(
    () => ({
      height: 240,
      marginLeft: 48,
      marginBottom: 40,
      x: { domain: [0.5, Math.max(1, ...points.map(({ round }) => round)) + 0.5] },
      y: { domain: [0, Math.max(10, ...points.flatMap(({ change, limit }) => [change, limit]))], nice: true },
      marks: [
        gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
        axisX(
          points.map(({ round }) => round),
          {
            label: 'round',
            labelAnchor: 'center',
            labelArrow: 'none',
            tickSize: 0,
            fontSize: 12,
            tickFormat: 'd',
          },
        ),
        axisY({
          label: 'verdicts that changed (%)',
          labelArrow: 'none',
          tickSize: 0,
          fontSize: 12,
          ticks: 5,
        }),
        lineY(points, { x: 'round', y: 'noise', stroke: 'var(--ink-quiet)', strokeDasharray: '4 3' }),
        ruleX(points, { x: 'round', y1: 'noise', y2: 'limit', stroke: 'var(--plot-band)', strokeWidth: 18 }),
        dot(points, {
          x: 'round',
          y: 'change',
          r: 6,
          fill: 'var(--plot-judge)',
          symbol: ({ isBeyond }: { readonly isBeyond: boolean }) => (isBeyond ? 'times' : 'circle'),
          stroke: 'var(--plot-judge)',
          strokeWidth: 2,
        }),
      ],
    }),
    [points],
  );
  const describe = `Control chart. ${points
    .map(
      ({ round, change, limit, isBeyond }) =>
        `Round ${round}: ${change.toFixed(1)} % changed, limit ${limit.toFixed(1)} %${isBeyond ? ', beyond it' : ''}`,
    )
    .join('; ')}.`;
  return points.length === 0 ? null : <PlotView describe={describe} options={options} />;
}
