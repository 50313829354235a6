import type { HumanVote } from '../../../shared/formats/own/native.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';
import type { VoteDetails } from '../../../shared/study/vote-details.ts';
import type { StoredVote } from '../store/rating/ratings.ts';

/** What a vote of a file says, as the store keeps it. */
export type VoteValues = Omit<StoredVote, 'rater'>;

export function voteValuesOf(vote: HumanVote): VoteValues {
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
    details: detailsTextOf(vote),
  };
}

function detailsTextOf({ criteria, reasons, spans }: HumanVote): string | null {
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

/**
 * The first field in which what a file says contradicts what is there; undefined where it does not. A file that says less, as a
 * table does that holds verdicts alone, contradicts nothing.
 */
export function fieldInContradiction<Values extends object>(
  existing: { readonly [Field in keyof Values]: unknown },
  said: Values,
): string | undefined {
  return Object.keys(said).find((field) => {
    const wanted = said[field as keyof Values];
    const isSaid = wanted !== null && wanted !== undefined && !(field === 'afterUnblinding' && wanted === 0);
    return isSaid && canonicalJson(wanted) !== canonicalJson(existing[field as keyof Values]);
  });
}

/** What of a vote or verdict is another now, in words that do not tell what is stored: the study may be blind. */
export function contradictionText(
  name: string,
  field: string,
  { verdict }: { readonly verdict: string },
): string {
  const what = FIELD_NAMES[field] ?? field;
  const now =
    field === 'verdict' ? ` than ${verdict}: keep one of the two, or give a repetition an id of its own` : '';
  return `${JSON.stringify(name)} already has another ${what} here${now}`;
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  recordedAt: 'time',
  judgedAt: 'time',
  leftSide: 'side shown',
  skipReason: 'reason',
  raw: 'reply',
};
