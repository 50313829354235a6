import type { Interval } from './estimate.ts';

/** A value with its interval. */
export interface EstimateWithInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Interval for first − second from the two intervals alone, each as long as it is on its own side: the method of variance
 * estimates recovery (Zou & Donner 2008, Statistics in Medicine 27:1693–1702, their equation 4 for independent estimates).
 * Where both rest on the same pairs they are correlated, nearly always positively, and the interval is too wide rather
 * than too narrow.
 *
 * @param level that both intervals have; it is the level of the result
 */
export function differenceOfEstimates(
  first: EstimateWithInterval,
  second: EstimateWithInterval,
  level: number,
): Interval {
  const difference = first.value - second.value;
  return {
    low: difference - Math.hypot(first.value - first.low, second.high - second.value),
    high: difference + Math.hypot(first.high - first.value, second.value - second.low),
    level,
    method: 'variance estimates recovered from both intervals (Zou & Donner)',
  };
}
