/** How often raters could tell which system wrote what. */
import type { Interval } from '../stats/estimate.ts';
import { clopperPearsonInterval } from '../stats/proportion/binomial-intervals.ts';
import { exactBinomialTest } from '../stats/proportion/exact-binomial-test.ts';

/** One answered question; null where the rater said that it cannot be told. */
export interface Guess {
  readonly rater: string;
  readonly isRight: boolean | null;
}

export interface GuessShare {
  /** Questions with an answer, those without a guess among them. */
  readonly asked: number;
  readonly cannotTell: number;
  readonly right: number;
  /** Of the guesses; null without one. Whoever cannot tell is right in half of them. */
  readonly rate: {
    readonly value: number;
    /** Clopper and Pearson's, which leaves one half out exactly where `p` is below 0.05. */
    readonly interval: Interval;
    /** Exact two-sided p of a rate of one half: the side was drawn for each question, so raters' habits change nothing. */
    readonly p: number;
  } | null;
}

export interface GuessResult extends GuessShare {
  readonly raters: readonly (GuessShare & { readonly rater: string })[];
  /** Raters of whom nothing is told, in the sums neither: they guessed too few times. */
  readonly withheld: number;
}

/** @param leastGuesses fewest of a rater of whom it is told how many were right */
export function guessResult(guesses: readonly Guess[], leastGuesses = 0): GuessResult {
  const byRater = [...Map.groupBy(guesses, ({ rater }) => rater)].map(([rater, given]) => ({
    rater,
    given,
    ...shareOf(given),
  }));
  const told = byRater.filter(
    ({ asked, cannotTell }) => cannotTell === asked || asked - cannotTell >= leastGuesses,
  );
  return {
    ...shareOf(told.flatMap(({ given }) => given)),
    raters: told.map(({ given: _given, ...share }) => share),
    withheld: byRater.length - told.length,
  };
}

function shareOf(guesses: readonly Guess[]): GuessShare {
  const given = guesses.filter(({ isRight }) => isRight !== null);
  const right = given.filter(({ isRight }) => isRight).length;
  return {
    asked: guesses.length,
    cannotTell: guesses.length - given.length,
    right,
    rate:
      given.length === 0
        ? null
        : {
            value: right / given.length,
            interval: clopperPearsonInterval(right, given.length),
            p: exactBinomialTest(right, given.length).twoSidedP,
          },
  };
}
