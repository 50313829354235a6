/** Figures of raters in words, the same on every screen of the lead. */

import { valueText } from '../../../shared/card/figures/figure-text.ts';
import type { RaterReport } from '../../../shared/contract/quality-methods.ts';
import type { Share } from '../../../shared/quality/rater-quality.ts';
import type { Interval } from '../../../shared/stats/estimate.ts';

export function wholePercent(share: number): number {
  return Math.round(100 * share);
}

export function percentText(share: number): string {
  return `${wholePercent(share)} %`;
}

/** “3–9 %”. */
export function rangeText({ low, high }: Pick<Interval, 'low' | 'high'>): string {
  return `${wholePercent(low)}–${percentText(high)}`;
}

/** A kappa as figures of the card are written. */
export function kappaText(kappa: number): string {
  return valueText(Math.round(kappa * 100) / 100, 'coefficient').replace(/\d$/u, '');
}

/** “5 % (3–9 %, n 120)”; a dash where there is nothing to count. */
export function shareText(share: Share | null): string {
  if (share === null) return '–';
  const { successes, n, interval } = share;
  return `${percentText(successes / n)} (${rangeText(interval)}, n ${n.toLocaleString('en')})`;
}

/** A difference of shares in points, with its sign. */
export function pointsText(difference: number): string {
  const points = Math.round(100 * difference);
  return `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(points)}`;
}

/** What was decided about a rater, in a word or two; empty where nothing is. */
export function stateText({ isExcluded, isPaused }: Pick<RaterReport, 'isExcluded' | 'isPaused'>): string {
  return [...(isExcluded ? ['left out'] : []), ...(isPaused ? ['paused'] : [])].join(', ');
}
