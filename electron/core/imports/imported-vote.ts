import type { VoteDetails } from '../../../shared/domain/vote-details.ts';
import { canonicalJson } from '../../../shared/formats/canonical-json.ts';
import type { HumanVote } from '../../../shared/formats/native.ts';
import type { StoredVote } from '../store/ratings.ts';

/** What a vote of a file says, as the store keeps it. */
export type VoteValues = Omit<StoredVote, 'rater'>;

export function storedVoteOf(vote: HumanVote): VoteValues {
  return {
    verdict: vote.verdict,
    strength: vote.strength ?? null,
    skipReason: vote.reason ?? null,
    note: vote.note ?? null,
    leftSide: vote.shown === undefined ? null : vote.shown === 'a_left' ? 'first' : 'second',
    viewedMs: vote.viewed_ms ?? null,
    recordedAt: vote.at === undefined ? null : Date.parse(vote.at),
    afterUnblinding: vote.after_unblinding === true ? 1 : 0,
    guidelineVersion: vote.guideline ?? null,
    idleMs: vote.idle_ms ?? null,
    confidence: vote.confidence ?? null,
    details: storedDetailsOf(vote),
  };
}

function storedDetailsOf({ criteria, reasons, spans }: HumanVote): string | null {
  const details: VoteDetails = {
    ...(criteria === undefined ? {} : { criteria }),
    ...(reasons === undefined ? {} : { reasonTags: reasons }),
    ...(spans === undefined
      ? {}
      : {
          spans: spans.map(({ side, from, to, quote }) => ({
            side: side === 'a' ? 'first' : 'second',
            from,
            to,
            quote,
          })),
        }),
  };
  return Object.keys(details).length === 0 ? null : JSON.stringify(details);
}

/** Whether a vote that is there says the same in every field. */
export function isSameVote(existing: StoredVote, wanted: VoteValues): boolean {
  const { rater: _rater, ...values } = existing;
  return canonicalJson(values) === canonicalJson(wanted);
}
