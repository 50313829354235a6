import { axisX, axisY, dot, gridX, gridY, line, ruleX } from '@observablehq/plot';
import { useCallback, useMemo } from 'react';
import type { CardPart } from '../../shared/domain/card/figure.ts';
import { figureOf, rowsWith } from '../../shared/domain/card/figure-text.ts';
import { useCardActions } from '../components/card/card-actions.ts';
import { PlotView } from './PlotView.tsx';

/** Share of agreement against the judge's score, bin by bin, beside the diagonal of a calibrated judge. */
export function ReliabilityPlot({ part }: { readonly part: CardPart }) {
  const { openComparisons } = useCardActions();
  const bins = useMemo(
    () =>
      rowsWith(part, 'share_agreeing').map((share) => ({
        row: share.row,
        score: figureOf(part, share.row, 'mean_score')?.value ?? 0,
        share: share.value ?? 0,
        low: share.interval?.low ?? share.value ?? 0,
        high: share.interval?.high ?? share.value ?? 0,
        n: share.n,
        behind: share.behind,
      })),
    [part],
  );
  const options = useCallback(
    (width: number) => ({
      height: Math.min(340, Math.max(240, width * 0.62)),
      marginLeft: 48,
      marginBottom: 40,
      x: { domain: [0, 1] },
      y: { domain: [0, 1] },
      marks: [
        gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
        gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
        axisX({
          label: 'the judge’s score',
          labelAnchor: 'center',
          labelArrow: 'none',
          tickSize: 0,
          fontSize: 12,
          ticks: 5,
        }),
        axisY({
          label: 'share agreeing with people',
          labelArrow: 'none',
          tickSize: 0,
          fontSize: 12,
          ticks: 5,
        }),
        line(
          [
            [0, 0],
            [1, 1],
          ],
          { stroke: 'var(--ink-quiet)', strokeDasharray: '4 3' },
        ),
        ruleX(bins, { x: 'score', y1: 'low', y2: 'high', stroke: 'var(--plot-judge)', strokeWidth: 3 }),
        dot(bins, { x: 'score', y: 'share', r: 5, fill: 'var(--plot-judge)', className: 'plot-dots' }),
      ],
    }),
    [bins],
  );
  const pick = useMemo(
    () => ({
      className: 'plot-dots',
      canPick: (row: number) => bins[row]?.behind !== null,
      onPick: (row: number) => {
        const bin = bins[row];
        if (bin?.behind !== null && bin?.behind !== undefined) openComparisons(bin.behind, bin.row);
      },
    }),
    [bins, openComparisons],
  );
  const describe = `Reliability: share of agreement by score. ${bins
    .map(({ row, share, n }) => `${row}: ${(100 * share).toFixed(1)} % of ${n}`)
    .join('; ')}.`;
  return bins.length === 0 ? null : <PlotView describe={describe} options={options} pick={pick} />;
}
