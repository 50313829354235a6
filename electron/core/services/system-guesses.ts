/**
 * Whether raters can tell the systems apart, asked when their work is done. Names stay hidden: a rater sees a third output
 * and says which side of a pair its system wrote. Which system that is, and where it stands, is drawn at random, so that
 * whoever cannot tell is right half of the time, whatever the habits.
 */
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { seededUnit } from '../../../shared/domain/presentation-kind.ts';
import type { Side } from '../../../shared/domain/verdict.ts';
import { verdictOfAnswer } from '../../../shared/domain/verdict.ts';
import type { AppContext } from '../app-context.ts';
import { blindExample } from '../blinding.ts';
import { runInWorker } from '../jobs/run-in-worker.ts';
import { appendAudit } from '../store/audit.ts';
import { pairById } from '../store/comparisons.ts';
import type { Store } from '../store/database.ts';
import { sidesOfPair } from '../store/pair-runs.ts';
import type { RaterRow } from '../store/raters.ts';
import { conversationOf } from '../store/stored-text.ts';
import type { StudyRow } from '../store/studies.ts';
import {
  answeredGuesses,
  answerGuess,
  guessByPublicId,
  insertGuess,
  openGuess,
  outputsOfSystem,
  type StoredGuess,
  unaskedPairs,
} from '../store/system-guesses.ts';
import { requireSession, studyOfRater } from './rater-session.ts';

/** Pairs that are tried before it is given up to find one whose two systems the rater knows from elsewhere, too. */
const MOST_TRIED = 50;

type NewGuess = Pick<StoredGuess, 'pairId' | 'leftSide' | 'sampleResponseId' | 'sampleSide'>;

/** How many of the last questions a rater has still to answer. */
export function guessesLeft(store: Store, study: StudyRow, rater: RaterRow): number {
  const { systemGuesses } = study.design;
  if (systemGuesses === 0 || rater.role !== 'rater' || study.unblindedAt !== null) return 0;
  const left = systemGuesses - answeredGuesses(store, rater.id);
  if (left <= 0) return 0;
  return openGuess(store, rater.id) === undefined && newGuess(store, study, rater) === null ? 0 : left;
}

export function nextGuess(
  { store, ports }: AppContext,
  { session }: ParsedInputOf<'guess.next'>,
): ReplyOf<'guess.next'> {
  return store.write(() => {
    const rater = requireSession(store, session);
    const study = studyOfRater(store, rater);
    const left = guessesLeft(store, study, rater);
    if (left === 0) return { guess: null, left };
    if (openGuess(store, rater.id) === undefined) {
      const made = newGuess(store, study, rater);
      if (made === null) return { guess: null, left: 0 };
      insertGuess(store, rater.id, {
        ...made,
        publicId: ports.entropy.hex(16),
        askedAt: ports.clock.nowMs(),
      });
    }
    const guess = openGuess(store, rater.id);
    return { guess: guess === undefined ? null : shownGuess(store, guess), left };
  });
}

/** Keeps an answer. The same answer to the same question again changes nothing. */
export function giveGuess(
  context: AppContext,
  { session, guessId, answer }: ParsedInputOf<'guess.answer'>,
): ReplyOf<'guess.answer'> {
  const { store, ports, announce } = context;
  store.write(() => {
    const rater = requireSession(store, session);
    const guess = guessByPublicId(store, rater.id, guessId);
    if (guess === undefined) throw new ServiceError('not_found', 'This question is not one of this rater’s.');
    const said = answer === 'cannot_tell' ? answer : (verdictOfAnswer(answer, guess.leftSide) as Side);
    if (guess.answer !== null) {
      if (guess.answer === said) return;
      throw new ServiceError('conflict', 'This question has an answer. It stays as it is.');
    }
    const at = ports.clock.nowMs();
    answerGuess(store, guess.id, said, at);
    appendAudit(store, {
      at,
      studyId: rater.studyId,
      actor: rater.name,
      action: 'guess.given',
      details: { guess: guess.id },
    });
  });
  announce({ type: 'changed', area: 'ratings' });
  return nextGuess(context, { session });
}

export function guessReport(
  { store }: AppContext,
  { studyId }: ParsedInputOf<'guess.report'>,
): Promise<ReplyOf<'guess.report'>> {
  return runInWorker('reportGuesses', { storePath: store.path, studyId });
}

/** A pair the rater labelled, with an output the rater saw elsewhere by one of its systems; null where there is none. */
function newGuess(store: Store, study: StudyRow, rater: RaterRow): NewGuess | null {
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

function shownGuess(store: Store, guess: StoredGuess): NonNullable<ReplyOf<'guess.next'>['guess']> {
  const pair = pairById(store, guess.pairId);
  if (pair === undefined) throw new Error(`guess ${guess.id} is about no pair`);
  return {
    guessId: guess.publicId,
    sample: conversationOf(guess.sampleOutput, 'assistant'),
    pair: blindExample(pair, guess.leftSide, guess.publicId),
  };
}
