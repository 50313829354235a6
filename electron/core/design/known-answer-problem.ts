import { type HumanVerdict, offersVerdict, type VerdictScale } from '../../../shared/domain/verdict.ts';
import type { Store } from '../store/database.ts';
import type { KnownAnswer } from '../store/known-answers.ts';
import { knownAnswerOf } from '../store/known-answers.ts';
import { isPresentedOrVoted } from '../store/presentations.ts';
import { drawOf } from '../store/selections.ts';

/** Why the answer of a pair cannot be a known one: a known answer trains or checks and is no part of the result. */
export function knownAnswerProblem(
  store: Store,
  scale: VerdictScale,
  { pairId, verdict }: Pick<KnownAnswer, 'pairId'> & { readonly verdict: HumanVerdict },
): string | undefined {
  if (!offersVerdict(scale, verdict)) return 'has a known answer that this study does not offer';
  if (knownAnswerOf(store, pairId) !== undefined) return 'already has a known answer';
  if (isPresentedOrVoted(store, pairId)) return 'was already given to a rater or has a vote';
  if (drawOf(store, pairId).draw !== undefined) return 'was drawn to be labelled';
  return undefined;
}
