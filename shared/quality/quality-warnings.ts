/** What a lead should look at, in words that can be read to the rater. */
import type { Interval } from '../stats/estimate.ts';
import { betaBinomialInterval } from '../stats/sequential/beta-binomial.ts';
import type { Consequence, QualityRules } from '../study/quality-rules.ts';
import type { Share, WarningFigures } from './rater-quality.ts';

export interface QualityWarning {
  readonly about: 'gold' | 'catch' | 'repeats' | 'too_fast' | 'side' | 'outlier' | 'drift';
  readonly consequence: Exclude<Consequence, 'nothing'>;
  readonly text: string;
}

/** Chance that a rater who does just as well as is wanted is ever named for a share, shared out over raters. */
const ALPHA = 0.05;

/** Intervals of shares are tightest after so many: checks of one kind are few. */
const USUAL_CHECKS = 20;

/**
 * Warns only of what chance does not explain, however often it is looked: where the whole anytime-valid interval of a
 * share lies on the wrong side of what is wanted, where the evidence against equal sides is 20 to 1 for each rater there
 * is (an e-value), where the outlier test names the rater, and where agreement fell. `npm run simulate:raters` measures
 * how often each errs.
 *
 * @param raters how many are looked at together
 */
export function qualityWarnings(
  quality: WarningFigures,
  raters: number,
  rules: QualityRules,
): QualityWarning[] {
  const warnings: QualityWarning[] = [];
  const shared = Math.max(1, raters);
  const warn = (about: QualityWarning['about'], consequence: Consequence, text: string) => {
    if (consequence !== 'nothing') warnings.push({ about, consequence, text });
  };
  const anytime = ({ successes, n }: Share) =>
    betaBinomialInterval(successes, n, ALPHA / shared, USUAL_CHECKS);
  const tooFew = (about: 'gold' | 'catch' | 'repeats', share: Share | null, what: string) => {
    const { wanted, consequence } = rules[about];
    if (share === null || anytime(share).high >= wanted) return;
    const least = `at least ${percent(wanted)} are wanted`;
    warn(about, consequence, `${share.successes} of ${share.n} ${what}: ${shareOfText(share)}; ${least}.`);
  };
  tooFew('gold', quality.gold, 'gold pairs were answered as known');
  tooFew('catch', quality.caught, 'catch pairs were answered rightly');
  tooFew('repeats', quality.repeats, 'repeated pairs were answered as the first time');
  const { tooFast, left, outlier, drift } = quality;
  if (tooFast !== null && anytime(tooFast).low > rules.tooFast.wanted) {
    const { successes, n } = tooFast;
    const most = `at most ${percent(rules.tooFast.wanted)} may`;
    warn(
      'too_fast',
      rules.tooFast.consequence,
      `${successes} of ${n} votes came faster than the texts can be skimmed: ${shareOfText(tooFast)}; ${most}.`,
    );
  }
  if (left !== null && left.logEvidence > Math.log(shared / ALPHA)) {
    warn(
      'side',
      rules.side.consequence,
      `Left was chosen ${left.successes} times in ${left.n} answers for a side: ${shareOfText(left)}, although each side stands there equally often (p ${left.p < 0.001 ? '< 0.001' : `= ${left.p.toFixed(3)}`}).`,
    );
  }
  if (outlier?.isOutlier === true) {
    const { n, contradictions, interval, others } = outlier;
    warn(
      'outlier',
      rules.outlier.consequence,
      `${contradictions} of ${n} labels contradict another rater, ${range(interval)}; among the others ${others.contradictions} of ${others.n} do, ${range(others.interval)}.`,
    );
  }
  if (drift !== null && drift.interval.high < 0) {
    warn(
      'drift',
      rules.drift.consequence,
      `Agreement with the others fell from ${percent(drift.earlier.successes / drift.earlier.n)} in the earlier half of the labels to ${percent(drift.later.successes / drift.later.n)} in the later half.`,
    );
  }
  return warnings;
}

function shareOfText(share: Share): string {
  return `${percent(share.successes / share.n)} (${range(share.interval)})`;
}

function range({ low, high, level }: Interval): string {
  return `${percent(low)} to ${percent(high)} at ${Number((100 * level).toFixed(2))} %`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
