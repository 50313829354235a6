/** Shares of raters' votes in words, the same on the screen and in a terminal. */
import { FEWEST_FOR_PERCENT } from '../card/figures/figure-text.ts';
import type { Interval } from '../stats/estimate.ts';
import type { Share } from './rater-quality.ts';

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

/** “5 %”; of very few “1 of 3”. */
export function countedText(successes: number, n: number): string {
  return isCounted(n) ? `${successes} of ${n}` : percentText(successes / n);
}

/** Whether there are so few that a share of them is told as a count, which needs neither n nor interval beside it. */
export function isCounted(n: number): boolean {
  return n < FEWEST_FOR_PERCENT;
}

/** “5 % (3–9 %, n 120)”; a dash where there is nothing to count. */
export function shareText(share: Share | null): string {
  if (share === null) return '–';
  const { successes, n, interval } = share;
  const said = countedText(successes, n);
  return isCounted(n) ? said : `${said} (${rangeText(interval)}, n ${n.toLocaleString('en')})`;
}
