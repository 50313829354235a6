import { binomialAtLeast, binomialCdf, binomialProbability } from '../distribution/binomial.ts';
import { firstWhole } from '../numeric/root.ts';

/** Exact p-values of a proportion against `hypothesised`. */
export interface ExactBinomialTest {
  /** The probability of all outcomes no likelier than the observed one (R's `binom.test`). */
  readonly twoSidedP: number;
  /** P(X ≥ observed). */
  readonly greaterP: number;
  /** Twice the smaller tail less the observed outcome's probability, at most 1. */
  readonly midP: number;
}

/** Outcomes whose probability equals the observed one but for rounding count as no likelier. */
const EQUALLY_LIKELY = 1 + 1e-7;

/** The exact test of `successes` in `trials` against a probability in [0, 1]. */
export function exactBinomialTest(successes: number, trials: number, hypothesised = 0.5): ExactBinomialTest {
  const observed = binomialProbability(successes, trials, hypothesised);
  const below = binomialCdf(successes, trials, hypothesised);
  const above = binomialAtLeast(successes, trials, hypothesised);
  return {
    twoSidedP: Math.min(1, twoSided(successes, trials, hypothesised, observed)),
    greaterP: above,
    midP: Math.min(1, 2 * Math.min(below, above) - observed),
  };
}

function twoSided(successes: number, trials: number, probability: number, observed: number): number {
  const isNoLikelier = (outcome: number) =>
    binomialProbability(outcome, trials, probability) <= observed * EQUALLY_LIKELY;
  const mean = trials * probability;
  if (successes === mean) return 1;
  if (successes < mean) {
    const first = firstWhole(isNoLikelier, trials + 1, Math.ceil(mean));
    return binomialCdf(successes, trials, probability) + binomialAtLeast(first, trials, probability);
  }
  const first = firstWhole((outcome) => !isNoLikelier(outcome), Math.floor(mean) + 1);
  return binomialCdf(first - 1, trials, probability) + binomialAtLeast(successes, trials, probability);
}
