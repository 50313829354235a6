import type { Interval } from '../../../../shared/stats/estimate.ts';

/** A share in whole percent. */
export function percentText(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** An interval of shares in whole percent. */
export function percentRange({ low, high }: Interval): string {
  return `${percentText(low)} to ${percentText(high)}`;
}
