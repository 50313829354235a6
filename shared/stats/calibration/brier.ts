import { type Outcome, undefinedBecause } from '../estimate.ts';
import { reliabilityBins } from './reliability.ts';

/** The Brier score and its parts over distinct scores (Murphy 1973). */
export interface BrierScore {
  readonly value: number;
  /** Squared distance of scores from what comes true at them; 0 is calibrated. */
  readonly reliability: number;
  /** How far what comes true at a score lies from the base rate; larger is better. */
  readonly resolution: number;
  /** Base rate × (1 − base rate). */
  readonly uncertainty: number;
  /** 1 − value/uncertainty; undefined parts aside, 0 is no better than the base rate. */
  readonly skill: Outcome<{ value: number }>;
}

/**
 * Mean squared distance of scores from 0/1 labels. Reliability − resolution + uncertainty is exactly the score,
 * because the groups are the distinct scores; with bins it would not be.
 */
export function brierScore(scores: ArrayLike<number>, labels: ArrayLike<number>): Outcome<BrierScore> {
  const n = scores.length;
  if (n === 0) return undefinedBecause('there is no score');
  let squares = 0;
  let positives = 0;
  for (let index = 0; index < n; index++) {
    squares += ((scores[index] ?? 0) - (labels[index] ?? 0)) ** 2;
    positives += labels[index] ?? 0;
  }
  const base = positives / n;
  let reliability = 0;
  let resolution = 0;
  for (const { count, meanScore, shareTrue } of reliabilityBins(scores, labels, 'distinct')) {
    reliability += (count / n) * (meanScore - shareTrue) ** 2;
    resolution += (count / n) * (shareTrue - base) ** 2;
  }
  const uncertainty = base * (1 - base);
  return {
    defined: true,
    value: squares / n,
    reliability,
    resolution,
    uncertainty,
    skill:
      uncertainty === 0
        ? undefinedBecause('every label is the same')
        : { defined: true, value: 1 - squares / n / uncertainty },
  };
}
