import { areaY, axisX, axisY, dot, gridY, lineY, ruleY } from '@observablehq/plot';
import { useCallback, useMemo } from 'react';
import type { CardPart } from '../../shared/domain/card/figure.ts';
import { rowsWith } from '../../shared/domain/card/figure-text.ts';
import { useCardActions } from '../components/card/card-actions.ts';
import { PlotView } from './PlotView.tsx';

/** Agreement when only the surest verdicts are left to the judge, by how many are. */
export function DeferralPlot({ part }: { readonly part: CardPart }) {
  const { openComparisons } = useCardActions();
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
    (width: number) => ({
      height: Math.min(340, Math.max(240, width * 0.62)),
      marginLeft: 48,
      marginBottom: 40,
      x: { domain: [0, 100] },
      y: { domain: [Math.min(50, ...points.map(({ low }) => low)), 100] },
      marks: [
        gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
        axisX({
          label: 'left to the judge, surest first (%)',
          labelAnchor: 'center',
          labelArrow: 'none',
          tickSize: 0,
          fontSize: 12,
          ticks: 5,
        }),
        axisY({
          label: 'agreement with people (%)',
          labelArrow: 'none',
          tickSize: 0,
          fontSize: 12,
          ticks: 5,
        }),
        areaY(points, { x: 'share', y1: 'low', y2: 'high', fill: 'var(--plot-band)' }),
        ruleY([95], { stroke: 'var(--ink-quiet)', strokeDasharray: '4 3' }),
        lineY(points, { x: 'share', y: 'value', stroke: 'var(--plot-judge)', strokeWidth: 2 }),
        dot(points, { x: 'share', y: 'value', r: 5, fill: 'var(--plot-judge)', className: 'plot-dots' }),
      ],
    }),
    [points],
  );
  const pick = useMemo(
    () => ({
      className: 'plot-dots',
      canPick: (row: number) => points[row]?.behind !== null,
      onPick: (row: number) => {
        const point = points[row];
        if (point?.behind !== null && point?.behind !== undefined) openComparisons(point.behind, point.row);
      },
    }),
    [points, openComparisons],
  );
  const describe = `Deferral curve, beside a line at 95 % agreement. ${points
    .map(({ row, value }) => `${row}: ${value.toFixed(1)} %`)
    .join('; ')}.`;
  return points.length === 0 ? null : <PlotView describe={describe} options={options} pick={pick} />;
}
