/** What a rater has said of a pair before the vote is given, kept beside the votes so that no lost page loses it. */

import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { notTheirPair } from '../../../shared/rating/refusals.ts';
import type { AppContext } from '../context/app-context.ts';
import { givenPair } from '../store/rating/presentations.ts';
import { putDraft } from '../store/rating/vote-drafts.ts';
import { requireRaterOfSession } from './work.ts';

/** Keeps a draft on a pair of this rater's. One that comes after the vote is let go: the vote has what was said. */
export function keepDraft(
  { store, ports }: AppContext,
  { session, presentationId, draft }: ParsedInputOf<'rating.keepDraft'>,
): ReplyOf<'rating.keepDraft'> {
  return store.write((store) => {
    const { id } = requireRaterOfSession(store, session);
    const pair = givenPair(store, id, presentationId);
    if (pair === undefined) throw notTheirPair();
    if (pair.isOpen) putDraft(store, presentationId, draft, ports.clock.nowMs());
    return { isKept: pair.isOpen };
  });
}
