/** What a lead should look at, in words that can be read to the rater. */
import type { Interval } from '../../stats/estimate.ts';
import type { RaterQuality, Share } from './rater-quality.ts';

export interface QualityWarning {
  readonly about: 'gold' | 'catch' | 'repeats' | 'too_fast' | 'side' | 'outlier' | 'drift';
  readonly text: string;
}

/** Shares that are wanted at least, and of votes too fast to have been read at most. */
const WANTED = { gold: 0.7, catch: 0.8, repeats: 0.6, tooFast: 0.1 } as const;

/**
 * Warns only of what chance does not explain: where a whole interval lies on the wrong side of what is wanted, where the
 * evidence against equal sides is 20 to 1 for each rater there is (an e-value, which holds at all looks), where the
 * outlier test names the rater, and where agreement fell. `npm run simulate:raters` measures how often each errs.
 *
 * @param raters how many are looked at together
 */
export function qualityWarnings(quality: RaterQuality, raters: number): QualityWarning[] {
  const warnings: QualityWarning[] = [];
  const tooFew = (about: 'gold' | 'catch' | 'repeats', share: Share | null, what: string) => {
    if (share === null || share.interval.high >= WANTED[about]) return;
    const text = `${share.successes} of ${share.n} ${what}: ${sharedText(share)}; at least ${percent(WANTED[about])} are wanted.`;
    warnings.push({ about, text });
  };
  tooFew('gold', quality.gold, 'gold pairs were answered as known');
  tooFew('catch', quality.caught, 'catch pairs were answered rightly');
  tooFew('repeats', quality.repeats, 'repeated pairs were answered as the first time');
  const { tooFast, left, outlier, drift } = quality;
  if (tooFast !== null && tooFast.interval.low > WANTED.tooFast) {
    warnings.push({
      about: 'too_fast',
      text: `${tooFast.successes} of ${tooFast.n} votes came faster than the texts can be skimmed: ${sharedText(tooFast)}.`,
    });
  }
  if (left !== null && left.logEvidence > Math.log(20 * Math.max(1, raters))) {
    warnings.push({
      about: 'side',
      text: `Left was chosen ${left.successes} times in ${left.n} answers for a side: ${sharedText(left)}, although each side stands there equally often (p ${left.p < 0.001 ? '< 0.001' : `= ${left.p.toFixed(3)}`}).`,
    });
  }
  if (outlier?.isOutlier === true) {
    const { n, contradictions, interval, others } = outlier;
    warnings.push({
      about: 'outlier',
      text: `${contradictions} of ${n} labels contradict another rater, ${range(interval)}; among the others ${others.contradictions} of ${others.n} do, ${range(others.interval)}.`,
    });
  }
  if (drift !== null && drift.interval.high < 0) {
    warnings.push({
      about: 'drift',
      text: `Agreement with the others fell from ${percent(drift.earlier.successes / drift.earlier.n)} in the earlier half of the labels to ${percent(drift.later.successes / drift.later.n)} in the later half.`,
    });
  }
  return warnings;
}

function sharedText(share: Share): string {
  return `${percent(share.successes / share.n)} (${range(share.interval)})`;
}

function range({ low, high, level }: Interval): string {
  return `${percent(low)} to ${percent(high)} at ${Number((100 * level).toFixed(2))} %`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
