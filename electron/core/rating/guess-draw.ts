/** Draws what a rater is asked at the end: which output a system wrote. */
import { blockLeft, type Sitting } from '../../../shared/rating/sitting.ts';
import { seededUnit } from '../../../shared/study/presentation-kind.ts';
import type { Side } from '../../../shared/study/verdict.ts';
import type { ReadStore } from '../store/engine/database.ts';
import type { RaterRow } from '../store/rating/raters.ts';
import {
  answeredGuesses,
  openGuess,
  outputsOfSystem,
  type StoredGuess,
  unaskedPairs,
} from '../store/rating/system-guesses.ts';
import { sidesOfPair } from '../store/study/pair-runs.ts';
import type { RatedStudy } from '../store/study/studies.ts';

/** Pairs that are tried before it is given up to find one whose two systems the rater knows from elsewhere, too. */
const MOST_TRIED = 50;

/** Whose last questions are asked for. */
interface GuessingWork {
  readonly study: RatedStudy;
  readonly rater: RaterRow;
  readonly sitting: Sitting;
}

type NewGuess = Pick<StoredGuess, 'pairId' | 'leftSide' | 'sampleResponseId' | 'sampleSide'>;

/** How many of the last questions a rater has still to answer: none while a pair is open or a block waits to be closed. */
export function guessesLeft(store: ReadStore, { study, rater, sitting }: GuessingWork): number {
  const { systemGuesses } = study.design;
  if (systemGuesses === 0 || rater.role !== 'rater' || study.unblindedAt !== null) return 0;
  if (sitting.open > 0 || blockLeft(sitting) === 0) return 0;
  const left = systemGuesses - answeredGuesses(store, rater.id);
  if (left <= 0) return 0;
  return openGuess(store, rater.id) === undefined && newGuess(store, study, rater) === null ? 0 : left;
}

/** A pair the rater labelled, with an output the rater saw elsewhere by one of its systems; null where there is none. */
export function newGuess(store: ReadStore, study: RatedStudy, rater: RaterRow): NewGuess | null {
  const { seed } = study.design;
  const asked = answeredGuesses(store, rater.id);
  const unit = (about: string, number: number) =>
    seededUnit(seed, `guess ${about}`, rater.name, asked, number);
  const candidates = unaskedPairs(store, rater.id);
  for (let tried = 0; tried < MOST_TRIED && candidates.length > 0; tried++) {
    const [pairId] = candidates.splice(Math.floor(unit('pair', tried) * candidates.length), 1);
    const sides = pairId === undefined ? undefined : sidesOfPair(store, pairId);
    if (sides === undefined || sides.first.systemId === sides.second.systemId) continue;
    // Both systems must have an output to show, else which one is asked about would not be open.
    const outputs = {
      first: outputsOfSystem(store, rater.id, sides.first.systemId, sides.itemId),
      second: outputsOfSystem(store, rater.id, sides.second.systemId, sides.itemId),
    };
    if (outputs.first.length === 0 || outputs.second.length === 0) continue;
    const sampleSide: Side = unit('system', tried) < 0.5 ? 'first' : 'second';
    const shown = outputs[sampleSide];
    return {
      pairId: sides.pairId,
      leftSide: unit('side', tried) < 0.5 ? 'first' : 'second',
      sampleResponseId: shown[Math.floor(unit('output', tried) * shown.length)] ?? 0,
      sampleSide,
    };
  }
  return null;
}
