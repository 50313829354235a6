/** Anytime-valid inference for a rate from 0/1 outcomes. */
import { logBeta } from '../distribution/log-gamma.ts';
import type { Interval } from '../estimate.ts';
import { increasingRoot } from '../numeric/root.ts';
import { mixturePrecision } from './normal-mixture.ts';

/**
 * ln of the e-value of `successes` in `trials` against a rate of ½, averaging the alternatives by Beta(1, 1). At any
 * time, min(1, 1/e) of the largest so far is a valid p-value.
 */
export function logEvidenceAgainstHalf(successes: number, trials: number): number {
  return logBeta(1 + successes, 1 + trials - successes) + trials * Math.LN2;
}

/**
 * The beta-binomial mixture interval for a rate (Howard et al. 2021): the rates whose mixture e-value is below
 * 1/alpha, the mixture being centred at each rate and tightest after `tightestAt` trials. Holds at all looks at once.
 */
export function betaBinomialInterval(
  successes: number,
  trials: number,
  alpha = 0.05,
  tightestAt = 100,
): Interval {
  const concentration = Math.max(mixturePrecision(tightestAt, alpha) - 1, 1e-3);
  const excess = (rate: number) => {
    const [a, b] = [concentration * rate, concentration * (1 - rate)];
    const likelihood = successes * Math.log(rate) + (trials - successes) * Math.log1p(-rate);
    return logBeta(a + successes, b + trials - successes) - logBeta(a, b) - likelihood + Math.log(alpha);
  };
  const share = successes / trials;
  const edge = 1e-12;
  const low = successes === 0 || excess(edge) < 0 ? 0 : increasingRoot((rate) => -excess(rate), edge, share);
  const high = successes === trials || excess(1 - edge) < 0 ? 1 : increasingRoot(excess, share, 1 - edge);
  return { low, high, level: 1 - alpha, method: 'beta-binomial mixture, anytime-valid' };
}
