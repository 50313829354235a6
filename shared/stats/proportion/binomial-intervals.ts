/** Intervals for a proportion: `successes` of `trials`. Whole counts only; half wins are for {@link winRate}. */
import { betaQuantile } from '../distribution/beta.ts';
import { chiSquareQuantile } from '../distribution/chi-square.ts';
import { normalReach } from '../distribution/normal.ts';
import type { Interval } from '../estimate.ts';

/**
 * Wilson's score interval (1927) without continuity correction: the default for a share. Stays inside [0, 1].
 *
 * @param trials positive; need not be whole when planning
 */
export function wilsonInterval(successes: number, trials: number, level = 0.95): Interval {
  requireCounts(successes, trials);
  const z = normalReach(level);
  const share = successes / trials;
  const shrink = 1 + z ** 2 / trials;
  const centre = (share + z ** 2 / (2 * trials)) / shrink;
  const reach = (z / shrink) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return {
    low: successes === 0 ? 0 : centre - reach,
    high: successes === trials ? 1 : centre + reach,
    level,
    method: 'Wilson',
  };
}

/**
 * Wilson's interval with Brown, Cai & DasGupta's correction (2001) of the end nearest 0 or 1 for up to three
 * successes or failures (two below 51 trials), where the plain one covers too little.
 */
export function modifiedWilsonInterval(successes: number, trials: number, level = 0.95): Interval {
  const plain = wilsonInterval(successes, trials, level);
  const few = trials <= 50 ? 2 : 3;
  const limit = (count: number) => chiSquareQuantile(1 - level, 2 * count) / (2 * trials);
  const failures = trials - successes;
  return {
    ...plain,
    low: successes >= 1 && successes <= few ? limit(successes) : plain.low,
    high: failures >= 1 && failures <= few ? 1 - limit(failures) : plain.high,
    method: 'Wilson, modified near 0 and 1',
  };
}

/** The Clopper–Pearson interval (1934), which never covers less than its level. 0 and 1 at the closed ends. */
export function clopperPearsonInterval(successes: number, trials: number, level = 0.95): Interval {
  requireCounts(successes, trials);
  const tail = (1 - level) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    high: successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes),
    level,
    method: 'Clopper–Pearson',
  };
}

/** The equal-tailed Jeffreys interval, Beta(x + ½, n − x + ½), with no special case at 0 or n. */
export function jeffreysInterval(successes: number, trials: number, level = 0.95): Interval {
  requireCounts(successes, trials);
  const tail = (1 - level) / 2;
  const [a, b] = [successes + 0.5, trials - successes + 0.5];
  return { low: betaQuantile(tail, a, b), high: betaQuantile(1 - tail, a, b), level, method: 'Jeffreys' };
}

/** Agresti & Coull's interval: Wald's around Wilson's centre, clipped to [0, 1] as statsmodels does. */
export function agrestiCoullInterval(successes: number, trials: number, level = 0.95): Interval {
  requireCounts(successes, trials);
  const z = normalReach(level);
  const size = trials + z ** 2;
  const share = (successes + z ** 2 / 2) / size;
  const reach = z * Math.sqrt((share * (1 - share)) / size);
  return {
    low: Math.max(0, share - reach),
    high: Math.min(1, share + reach),
    level,
    method: 'Agresti–Coull (clipped)',
  };
}

/** Wald's interval, p ± z·√(p(1−p)/n). For comparison with tools that print it; never the one to show. */
export function waldInterval(successes: number, trials: number, level = 0.95): Interval {
  requireCounts(successes, trials);
  const share = successes / trials;
  const reach = normalReach(level) * Math.sqrt((share * (1 - share)) / trials);
  return { low: share - reach, high: share + reach, level, method: 'Wald' };
}

function requireCounts(successes: number, trials: number): void {
  if (!(trials > 0 && successes >= 0 && successes <= trials)) {
    throw new RangeError(`${successes} of ${trials} is not a proportion`);
  }
}
