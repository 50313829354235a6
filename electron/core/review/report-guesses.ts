import { type GuessResult, guessResult } from '../../../shared/domain/review/guess-result.ts';
import { readStudy, type StudyAddress } from '../store/read-study.ts';
import { guessesOf } from '../store/system-guesses.ts';

/** How often raters could tell which system wrote what. */
export function reportGuesses(address: StudyAddress): GuessResult {
  return readStudy(address, (store, study) => guessResult(guessesOf(store, study.id)));
}
