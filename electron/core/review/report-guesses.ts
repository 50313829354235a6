import { LEAST_BLIND_PAIRS } from '../../../shared/blind/few-pairs.ts';
import { type GuessResult, guessResult } from '../../../shared/review/guess-result.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { guessesOf } from '../store/rating/system-guesses.ts';
import type { StudyRow } from '../store/study/studies.ts';
import type { Asked } from '../work/asked.ts';

/** How often raters could tell which system wrote what. */
export function reportGuesses(
  store: ReadStore,
  study: StudyRow,
  _input: unknown,
  { isForPage }: Asked,
): GuessResult {
  const guesses = guessesOf(store, study.id);
  if (study.unblindedAt !== null) return guessResult(guesses);
  // A count that moved with a single answer would tell who wrote what: whoever is not through is not counted yet.
  const asked = new Map<string, number>();
  for (const { rater } of guesses) asked.set(rater, (asked.get(rater) ?? 0) + 1);
  return guessResult(
    guesses.filter(({ rater }) => (asked.get(rater) ?? 0) >= study.design.systemGuesses),
    isForPage ? LEAST_BLIND_PAIRS : 0,
  );
}
