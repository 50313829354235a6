import { useMemo } from 'react';
import type { CardPart } from '../../shared/card/figures/figure.ts';
import { figureOf } from '../../shared/card/figures/figure-text.ts';
import { ROW } from '../../shared/card/figures/subject.ts';
import { AS_GOOD_MARGIN } from '../../shared/card/figures/verdict-sentence.ts';
import { ForestPlot } from './ForestPlot.tsx';

/** Judge and rater on one axis, each against the label of the other raters; the judge's bar is the interval of its difference. */
export function StandingPlot({ part }: { readonly part: CardPart }) {
  const drawn = useMemo(() => {
    const difference = figureOf(part, ROW.judge_less_rater, 'kappa_difference');
    const judge = figureOf(part, ROW.mean_over_raters, 'judge_left_out_kappa');
    const rater = figureOf(part, ROW.mean_over_raters, 'rater_left_out_kappa');
    const interval = difference?.interval ?? null;
    if (judge === undefined || rater === undefined || rater.value === null || interval === null) return null;
    const ofRater = rater.value;
    const at = (end: number) => Math.max(-1, Math.min(1, ofRater + end));
    const placed = { ...interval, low: at(interval.low), high: at(interval.high) };
    return {
      rows: [
        { label: 'a rater', figure: rater, group: 'people' as const },
        { label: 'the judge', figure: { ...judge, interval: placed }, group: 'judge' as const },
      ],
      scale: {
        reference: { value: ofRater, label: 'a rater’s kappa' },
        band: { from: ofRater - AS_GOOD_MARGIN, to: 1 },
        reach: [0, 1] as const,
        percent: false,
        title: `kappa with the other raters (bar: ${Math.round(100 * interval.level)} % interval of the difference; shaded: as good as a rater)`,
      },
    };
  }, [part]);
  return drawn === null ? null : <ForestPlot rows={drawn.rows} scale={drawn.scale} />;
}
