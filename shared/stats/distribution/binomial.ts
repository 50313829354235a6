/** The binomial distribution. */
import { betaCdf, betaUpperTail } from './beta.ts';
import { logChoose } from './log-gamma.ts';

/** P(X = successes) in `trials` independent trials. */
export function binomialProbability(successes: number, trials: number, probability: number): number {
  if (successes < 0 || successes > trials) return 0;
  if (probability === 0) return successes === 0 ? 1 : 0;
  if (probability === 1) return successes === trials ? 1 : 0;
  return Math.exp(
    logChoose(trials, successes) +
      successes * Math.log(probability) +
      (trials - successes) * Math.log1p(-probability),
  );
}

/** P(X ≤ successes). */
export function binomialCdf(successes: number, trials: number, probability: number): number {
  if (successes < 0) return 0;
  return successes >= trials ? 1 : betaUpperTail(probability, successes + 1, trials - successes);
}

/** P(X ≥ successes): this value and above. */
export function binomialAtLeast(successes: number, trials: number, probability: number): number {
  if (successes <= 0) return 1;
  return successes > trials ? 0 : betaCdf(probability, successes, trials - successes + 1);
}
