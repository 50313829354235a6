/** Figures of raters in words, the same on every screen of the lead. */

import { valueText } from '../../../shared/card/figures/figure-text.ts';
import type { RaterReport } from '../../../shared/contract/quality-methods.ts';

/** A kappa as figures of the card are written. */
export function kappaText(kappa: number): string {
  return valueText(Math.round(kappa * 100) / 100, 'coefficient').replace(/\d$/u, '');
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
