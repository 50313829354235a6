import { normalReach } from '../distribution/normal.ts';
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { exactBinomialTest } from './exact-binomial-test.ts';

/** A win rate that counts a tie as half a win. */
export interface WinRate {
  readonly value: number;
  /** Sample standard deviation (n − 1) of the scores 1, ½, 0 over √n; undefined for a single comparison. */
  readonly standardError: Estimate;
  /** value ± z·SE, unclipped, undefined where the error is. Rows of one item must be pooled or resampled by item instead. */
  readonly interval: Outcome<Interval>;
  /** Exact sign test of wins against losses, ties dropped; undefined when all are ties. */
  readonly signTestP: Estimate;
}

/** The win rate of independent comparisons with its error, interval and sign test. */
export function winRate(wins: number, ties: number, losses: number, level = 0.95): Outcome<WinRate> {
  const n = wins + ties + losses;
  if (n === 0) return undefinedBecause('there is no comparison');
  const value = (wins + ties / 2) / n;
  const signTestP = exactSignTest(wins, losses);
  if (n < 2) {
    const none = undefinedBecause('one comparison leaves no error to estimate');
    return { defined: true, value, standardError: none, interval: none, signTestP };
  }
  const squares = wins * (1 - value) ** 2 + ties * (0.5 - value) ** 2 + losses * value ** 2;
  const standardError = Math.sqrt(squares / (n - 1) / n);
  const reach = normalReach(level) * standardError;
  return {
    defined: true,
    value,
    standardError: { defined: true, value: standardError },
    interval: {
      defined: true,
      low: value - reach,
      high: value + reach,
      level,
      method: 'normal, ties as halves',
    },
    signTestP,
  };
}

function exactSignTest(wins: number, losses: number): Estimate {
  if (wins + losses === 0) return undefinedBecause('every comparison is a tie');
  return { defined: true, value: exactBinomialTest(wins, wins + losses).twoSidedP };
}
