import { type HumanVerdict, offersVerdict, type VerdictScale } from '../../../shared/study/verdict.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { isPresentedOrVoted } from '../store/rating/presentations.ts';
import type { KnownAnswer } from '../store/study/known-answers.ts';
import { knownAnswerOf } from '../store/study/known-answers.ts';
import { isLeftOut } from '../store/study/pair-decisions.ts';
import { drawsOfPairs } from '../store/study/selections.ts';

/** Why the answer of a pair cannot be a known one: a known answer trains or checks and is no part of the result. */
export function knownAnswerProblem(
  store: ReadStore,
  scale: VerdictScale,
  { pairId, verdict }: Pick<KnownAnswer, 'pairId'> & { readonly verdict: HumanVerdict },
): string | undefined {
  if (!offersVerdict(scale, verdict)) return 'has a known answer that this study does not offer';
  if (knownAnswerOf(store, pairId) !== undefined) return 'already has a known answer';
  if (isLeftOut(store, pairId)) return 'is left out';
  if (isPresentedOrVoted(store, pairId)) return 'was already given to a rater or has a vote';
  if (drawsOfPairs(store, [pairId])(pairId) !== undefined) return 'was drawn to be labelled';
  return undefined;
}
