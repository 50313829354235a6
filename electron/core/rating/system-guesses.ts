/**
 * Whether raters can tell the systems apart, asked when their work is done. Names stay hidden: a rater sees a third output
 * and says which side of a pair its system wrote. Which system that is, and where it stands, is drawn at random, so that
 * whoever cannot tell is right half of the time, whatever the habits.
 */

import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { stageOf } from '../../../shared/rating/sitting.ts';
import type { Side } from '../../../shared/study/verdict.ts';
import { verdictOfAnswer } from '../../../shared/study/verdict.ts';
import type { AppContext } from '../context/app-context.ts';
import { appendAudit } from '../store/engine/audit.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { conversationOf } from '../store/engine/stored-text.ts';
import {
  answerGuess,
  guessByPublicId,
  insertGuess,
  openGuess,
  type StoredGuess,
} from '../store/rating/system-guesses.ts';
import { pairById } from '../store/study/comparisons.ts';
import { blindExample } from './blinding.ts';
import { guessesLeft, newGuess } from './guess-draw.ts';
import { requireRaterOfSession, requireWork } from './work.ts';

export function nextGuess(
  { store, ports }: AppContext,
  { session }: ParsedInputOf<'guess.next'>,
): ReplyOf<'guess.next'> {
  return store.write((store) => {
    const work = requireWork(store, ports.clock.nowMs(), { session });
    const { rater, study } = work;
    const left = stageOf(work.sitting) === 'working' ? guessesLeft(store, work) : 0;
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
    return { guess: guess === undefined ? null : guessOnScreen(store, guess), left };
  });
}

/** Keeps an answer. The same answer to the same question again changes nothing. */
export function giveGuess(
  context: AppContext,
  { session, guessId, answer }: ParsedInputOf<'guess.answer'>,
): ReplyOf<'guess.answer'> {
  const { store, ports } = context;
  store.write((store) => {
    const rater = requireRaterOfSession(store, session);
    const guess = guessByPublicId(store, rater.id, guessId);
    if (guess === undefined) throw new ServiceError('not_found', { key: 'rating.guess_not_theirs' });
    const said = answer === 'cannot_tell' ? answer : (verdictOfAnswer(answer, guess.leftSide) as Side);
    if (guess.answer !== null) {
      if (guess.answer === said) return;
      throw new ServiceError('conflict', { key: 'rating.guess_made' });
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
  return nextGuess(context, { session });
}

function guessOnScreen(store: ReadStore, guess: StoredGuess): NonNullable<ReplyOf<'guess.next'>['guess']> {
  const pair = pairById(store, guess.pairId);
  if (pair === undefined) throw new Error(`guess ${guess.id} is about no pair`);
  return {
    guessId: guess.publicId,
    sample: conversationOf(guess.sampleOutput, 'assistant'),
    pair: blindExample(pair, guess.leftSide, guess.publicId),
  };
}
