import { dot, gridX, gridY, line, ruleX } from '@observablehq/plot';
import { useCallback, useMemo } from 'react';
import type { CardPart } from '../../shared/card/figures/figure.ts';
import { figureOf, rowsWith } from '../../shared/card/figures/figure-text.ts';
import { PlotView } from './PlotView.tsx';
import { squarePlot } from './square-plot.ts';
import { DOTS, usePick } from './use-pick.ts';

const CALIBRATED: [number, number][] = [
  [0, 0],
  [1, 1],
];

/** Share of agreement against the judge's score, bin by bin, beside the diagonal of a calibrated judge. */
export function ReliabilityPlot({ part }: { readonly part: CardPart }) {
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
    (width: number) =>
      squarePlot(
        width,
        { label: 'the judge’s score', domain: [0, 1] },
        { label: 'share agreeing with people', domain: [0, 1] },
        [
          gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
          gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
          line(CALIBRATED, { stroke: 'var(--ink-quiet)', strokeDasharray: '4 3' }),
          ruleX(bins, { x: 'score', y1: 'low', y2: 'high', stroke: 'var(--plot-judge)', strokeWidth: 3 }),
          dot(bins, { x: 'score', y: 'share', r: 5, fill: 'var(--plot-judge)', className: DOTS }),
        ],
      ),
    [bins],
  );
  const pick = usePick(bins);
  const describe = `Reliability: share of agreement by score. ${bins
    .map(({ row, share, n }) => `${row}: ${(100 * share).toFixed(1)} % of ${n}`)
    .join('; ')}.`;
  return bins.length === 0 ? null : <PlotView describe={describe} options={options} pick={pick} />;
}
