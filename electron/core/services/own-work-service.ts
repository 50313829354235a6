/** What a rater may read beside the pair at hand: worked examples, and the rater's own votes. */
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { Side } from '../../../shared/domain/verdict.ts';
import { answerOfVerdict, detailsOnScreen, type VoteDetails } from '../../../shared/domain/vote-details.ts';
import type { AppContext } from '../app-context.ts';
import { blindExample, blindPresentation } from '../blinding.ts';
import { pairById } from '../store/comparisons.ts';
import { knownAnswers } from '../store/known-answers.ts';
import { ownVotes, voteOnPresentation } from '../store/own-votes.ts';
import { presentationOfRater, storedPresentationById } from '../store/presentations.ts';
import { conversationOf } from '../store/stored-text.ts';
import { requireSession, studyOfRater } from './rater-session.ts';

const EXCERPT = 160;

/** The worked examples, on sides that the study's seed tells, the same for every rater. */
export function listExamples(
  { store }: AppContext,
  input: ParsedInputOf<'rating.examples'>,
): ReplyOf<'rating.examples'> {
  const study = studyOfRater(store, requireSession(store, input.session));
  return knownAnswers(store, study.id, 'example').flatMap((known, place) => {
    const pair = pairById(store, known.pairId);
    if (pair === undefined) return [];
    const leftSide: Side = place % 2 === 0 ? 'first' : 'second';
    return [
      {
        pair: blindExample(pair, leftSide, `example-${place}`),
        answer: answerOfVerdict(known.verdict, leftSide),
        explanation: known.explanation,
      },
    ];
  });
}

export function listOwnVotes(
  { store }: AppContext,
  { session, ...wanted }: ParsedInputOf<'rating.history'>,
): ReplyOf<'rating.history'> {
  const rater = requireSession(store, session);
  const { total, votes } = ownVotes(store, rater.id, wanted);
  return {
    total,
    votes: votes.map(({ prompt, verdict, leftSide, block, ...vote }) => ({
      ...vote,
      task: excerptOf(prompt),
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
  const isTraining = row?.kind === 'practice' || row?.kind === 'qualifying';
  if (row === undefined || stored === undefined || vote === undefined || isTraining)
    throw new ServiceError('not_found', 'This rater has no vote on this pair.');
  const { verdict, strength, confidence, note, details } = vote;
  return {
    pair: blindPresentation(stored),
    answer: answerOfVerdict(verdict, row.leftSide),
    strength,
    confidence,
    note,
    details: details === null ? {} : detailsOnScreen(JSON.parse(details) as VoteDetails, row.leftSide),
    canChange: row.block === rater.block,
  };
}

function excerptOf(storedPrompt: string): string {
  const text = conversationOf(storedPrompt, 'user')
    .map(({ content }) => content)
    .join(' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
}
