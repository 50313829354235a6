import { betaQuantile } from '../distribution/beta.ts';
import { binomialCdf, binomialProbability } from '../distribution/binomial.ts';
import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';

/** McNemar's test in its four forms; mid-p is the one to read (Fagerland, Lydersen & Laake 2013). */
export interface McNemarTest {
  readonly chiSquare: number;
  readonly p: number;
  /** Edwards' correction: (|b−c|−1)²/(b+c), and 0 when b = c. */
  readonly correctedChiSquare: number;
  readonly exactP: number;
  /** Twice the smaller tail with half the observed outcome, so 1 when b = c (Fagerland et al. print 1 − ½P there). */
  readonly midP: number;
}

/**
 * McNemar's test of equal marginal rates from the two discordant counts of a 2×2 table. On correct/incorrect of
 * two judges it compares their accuracies; on their verdicts it compares how often they say which. Undefined
 * without a discordant pair.
 */
export function mcNemar(firstOnly: number, secondOnly: number): Outcome<McNemarTest> {
  const discordant = firstOnly + secondOnly;
  if (discordant === 0) return undefinedBecause('there is no discordant pair');
  const difference = Math.abs(firstOnly - secondOnly);
  const chiSquare = difference ** 2 / discordant;
  const smaller = Math.min(firstOnly, secondOnly);
  const exactP = mcNemarExactP(firstOnly, secondOnly);
  return {
    defined: true,
    chiSquare,
    p: chiSquareUpperTail(chiSquare, 1),
    correctedChiSquare: Math.max(0, difference - 1) ** 2 / discordant,
    exactP,
    midP: Math.min(
      1,
      2 * binomialCdf(smaller, discordant, 0.5) - binomialProbability(smaller, discordant, 0.5),
    ),
  };
}

/**
 * The exact two-sided p alone: twice the smaller binomial tail, at most 1. Without a discordant pair it is 1, because
 * nothing speaks against equal rates.
 */
export function mcNemarExactP(firstOnly: number, secondOnly: number): number {
  return Math.min(1, 2 * binomialCdf(Math.min(firstOnly, secondOnly), firstOnly + secondOnly, 0.5));
}

/**
 * The conditional odds ratio b/c of a 2×2 table, with its Clopper–Pearson interval for b/(b+c) transformed. Infinite
 * when c is 0. Undefined without a discordant pair.
 */
export function conditionalOddsRatio(
  firstOnly: number,
  secondOnly: number,
  level = 0.95,
): Outcome<{ value: number; interval: Interval }> {
  if (firstOnly + secondOnly === 0) return undefinedBecause('there is no discordant pair');
  const tail = (1 - level) / 2;
  const odds = (share: number) => share / (1 - share);
  return {
    defined: true,
    value: firstOnly / secondOnly,
    interval: {
      low: firstOnly === 0 ? 0 : odds(betaQuantile(tail, firstOnly, secondOnly + 1)),
      high:
        secondOnly === 0 ? Number.POSITIVE_INFINITY : odds(betaQuantile(1 - tail, firstOnly + 1, secondOnly)),
      level,
      method: 'Clopper–Pearson, transformed',
    },
  };
}
