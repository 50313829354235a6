/** What a rater may read beside the pair at hand: worked examples, and the rater's own votes. */

import { createHash } from 'node:crypto';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { TakenBackVote } from '../../../shared/contract/rating-methods.ts';
import { noVoteOnPair } from '../../../shared/rating/refusals.ts';
import { seededUnit } from '../../../shared/study/presentation-kind.ts';
import type { Side } from '../../../shared/study/verdict.ts';
import { answerOfVerdict, detailsOnScreen, type VoteDetails } from '../../../shared/study/vote-details.ts';
import { excerptOf } from '../../../shared/text/excerpt.ts';
import type { AppContext } from '../context/app-context.ts';
import type { Store } from '../store/engine/database.ts';
import { conversationOf } from '../store/engine/stored-text.ts';
import {
  type OwnVoteDetails,
  type OwnVotesSince,
  ownVotes,
  voteOnPresentation,
  voteTakenBack,
} from '../store/rating/own-votes.ts';
import { answeredCount, presentationOfRater, storedPresentationById } from '../store/rating/presentations.ts';
import type { RaterRow } from '../store/rating/raters.ts';
import { pairById } from '../store/study/comparisons.ts';
import { knownAnswers } from '../store/study/known-answers.ts';
import type { StudyRow } from '../store/study/studies.ts';
import { blindExample, blindPresentation } from './blinding.ts';
import { OPEN_AHEAD } from './presentation-queue.ts';
import { requireSession, studyOfRater } from './rater-session.ts';

/** The worked examples, on sides that only the study's seed tells, the same for every rater. */
export function listExamples(
  { store }: AppContext,
  input: ParsedInputOf<'rating.examples'>,
): ReplyOf<'rating.examples'> {
  const study = studyOfRater(store, requireSession(store, input.session));
  const { seed } = study.design;
  return knownAnswers(store, study.id, 'example').flatMap((known) => {
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

/**
 * Since when a rater's votes can be looked at. Where pairs come again as checks, only as far back as none of them is
 * taken from, whatever is open: else what was said the first time could be looked up, or a vote that is hidden just
 * then would tell which pair it is. That is the open block; without blocks, the pairs since which nothing comes again.
 */
function ownVotesSince(store: Store, { design }: StudyRow, rater: RaterRow): OwnVotesSince {
  const { repeatShare, catchShare, repeatGap } = design.checks;
  if (repeatShare + catchShare === 0) return { position: 0, block: 0 };
  if (design.blockSize !== null) return { position: 0, block: rater.block };
  const newest = answeredCount(store, rater.id) + OPEN_AHEAD;
  return { position: Math.max(0, newest - repeatGap), block: 0 };
}

export function listOwnVotes(
  { store }: AppContext,
  { session, ...wanted }: ParsedInputOf<'rating.history'>,
): ReplyOf<'rating.history'> {
  const rater = requireSession(store, session);
  const since = ownVotesSince(store, studyOfRater(store, rater), rater);
  const { total, votes } = ownVotes(store, rater.id, since, wanted);
  return {
    total,
    isAll: since.position === 0 && since.block === 0,
    votes: votes.map(({ prompt, verdict, leftSide, block, ...vote }) => ({
      ...vote,
      task: excerptOf(saidIn(prompt)),
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
  const rater = requireSession(store, session);
  const row = presentationOfRater(store, rater.id, presentationId);
  const stored = row === undefined ? undefined : storedPresentationById(store, row.id);
  const vote = row === undefined ? undefined : voteOnPresentation(store, row.id);
  const since = ownVotesSince(store, studyOfRater(store, rater), rater);
  const isTraining = row?.kind === 'practice' || row?.kind === 'qualifying';
  const isPast = row !== undefined && (row.position < since.position || row.block < since.block);
  if (row === undefined || stored === undefined || vote === undefined || isTraining || isPast)
    throw noVoteOnPair();
  return {
    pair: blindPresentation(stored),
    ...saidOnScreen(vote, row.leftSide),
    canChange: row.block === rater.block,
  };
}

/** What a retraction took back, by its command, as it stood on the screen; null where it took nothing back. */
export function takenBackVote(store: Store, commandId: string): TakenBackVote | null {
  const vote = voteTakenBack(store, commandId);
  if (vote === undefined) return null;
  const { presentationId, leftSide, skipReason } = vote;
  return { presentationId, skipReason, ...saidOnScreen(vote, leftSide) };
}

function saidOnScreen(vote: OwnVoteDetails, leftSide: Side) {
  const { verdict, strength, confidence, note, details } = vote;
  return {
    answer: answerOfVerdict(verdict, leftSide),
    strength,
    confidence,
    note,
    details: details === null ? {} : detailsOnScreen(JSON.parse(details) as VoteDetails, leftSide),
  };
}

function saidIn(storedPrompt: string): string {
  return conversationOf(storedPrompt, 'user')
    .map(({ content }) => content)
    .join(' ');
}
