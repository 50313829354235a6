/** What a rater may read beside the pair at hand: worked examples, and the rater's own votes. */

import { createHash } from 'node:crypto';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { TakenBackVote } from '../../../shared/contract/rating-methods.ts';
import { noVoteOnPair } from '../../../shared/rating/refusals.ts';
import { type HistoryStart, historyPairs, historyStart } from '../../../shared/rating/sitting.ts';
import { seededUnit } from '../../../shared/study/presentation-kind.ts';
import type { Side } from '../../../shared/study/verdict.ts';
import { answerOfVerdict, detailsOnScreen, type VoteDetails } from '../../../shared/study/vote-details.ts';
import { excerptOf } from '../../../shared/text/excerpt.ts';
import type { AppContext } from '../context/app-context.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { conversationOf } from '../store/engine/stored-text.ts';
import {
  hasVoteBefore,
  type OwnVoteDetails,
  ownVotes,
  voteOnPresentation,
  voteTakenBack,
} from '../store/rating/own-votes.ts';
import { answeredPositions, givenPair, storedPresentationById } from '../store/rating/presentations.ts';
import type { RaterRow } from '../store/rating/raters.ts';
import { pairById } from '../store/study/comparisons.ts';
import { knownAnswers } from '../store/study/known-answers.ts';
import { type StudyRow, studyById } from '../store/study/studies.ts';
import { blindExample, blindPresentation } from './blinding.ts';
import { requireRaterOfSession } from './work.ts';

/** The worked examples, on sides that only the study's seed tells, the same for every rater. */
export function listExamples(
  { store }: AppContext,
  input: ParsedInputOf<'rating.examples'>,
): ReplyOf<'rating.examples'> {
  const { id: studyId, design } = studyOf(store, requireRaterOfSession(store, input.session));
  const { seed } = design;
  return knownAnswers(store, studyId, 'example').flatMap((known) => {
    const pair = pairById(store, known.pairId);
    if (pair === undefined) return [];
    const leftSide: Side = seededUnit(seed, 'example side', pair.externalId) < 0.5 ? 'first' : 'second';
    const id = createHash('sha256').update(`example|${seed}|${pair.externalId}`).digest('hex').slice(0, 32);
    return [
      {
        pair: blindExample(pair, leftSide, id),
        answer: answerOfVerdict(known.verdict, leftSide),
        explanation: known.explanation,
      },
    ];
  });
}

/** Since when the votes of a rater here can be looked at. */
function historyOf(store: ReadStore, rater: RaterRow): HistoryStart {
  const { checks, blockSize } = studyOf(store, rater).design;
  const answered = answeredPositions(store, rater.id);
  return historyStart(historyPairs(checks), blockSize, { answered, block: rater.block });
}

function studyOf(store: ReadStore, { studyId }: RaterRow): StudyRow {
  const study = studyById(store, studyId);
  if (study === undefined) throw new Error('a rater of no study');
  return study;
}

export function listOwnVotes(
  { store }: AppContext,
  { session, ...wanted }: ParsedInputOf<'rating.history'>,
): ReplyOf<'rating.history'> {
  const rater = requireRaterOfSession(store, session);
  const since = historyOf(store, rater);
  const { total, votes } = ownVotes(store, rater.id, since, wanted);
  return {
    total,
    isAll: !hasVoteBefore(store, rater.id, since),
    votes: votes.map(({ prompt, verdict, leftSide, block, ...vote }) => ({
      ...vote,
      task: excerptOf(textOfPrompt(prompt)),
      answer: answerOfVerdict(verdict, leftSide),
      canChange: block === rater.block,
    })),
  };
}

/** A pair the rater voted on, on the sides it had. */
export function revisitOwnVote(
  { store }: AppContext,
  { session, presentationId }: ParsedInputOf<'rating.revisit'>,
): ReplyOf<'rating.revisit'> {
  const rater = requireRaterOfSession(store, session);
  const row = givenPair(store, rater.id, presentationId);
  const stored = row === undefined ? undefined : storedPresentationById(store, row.id);
  const vote = row === undefined ? undefined : voteOnPresentation(store, row.id);
  const since = historyOf(store, rater);
  const isTraining = row?.kind === 'practice' || row?.kind === 'qualifying';
  const isPast = row !== undefined && (row.position < since.place || row.block < since.block);
  if (row === undefined || stored === undefined || vote === undefined || isTraining || isPast)
    throw noVoteOnPair();
  return {
    pair: blindPresentation(stored),
    ...voteOnScreen(vote, row.leftSide),
    canChange: row.block === rater.block,
  };
}

/** What a retraction took back, by its command, as it stood on the screen; null where it took nothing back. */
export function voteTakenBackOnScreen(store: ReadStore, commandId: string): TakenBackVote | null {
  const vote = voteTakenBack(store, commandId);
  if (vote === undefined) return null;
  const { presentationId, leftSide } = vote;
  return { presentationId, ...voteOnScreen(vote, leftSide) };
}

export function voteOnScreen(vote: OwnVoteDetails, leftSide: Side) {
  const { verdict, strength, confidence, note, details, skipReason } = vote;
  return {
    answer: answerOfVerdict(verdict, leftSide),
    strength,
    confidence,
    note,
    skipReason,
    details: details === null ? {} : detailsOnScreen(JSON.parse(details) as VoteDetails, leftSide),
  };
}

function textOfPrompt(storedPrompt: string): string {
  return conversationOf(storedPrompt, 'user')
    .map(({ content }) => content)
    .join(' ');
}
