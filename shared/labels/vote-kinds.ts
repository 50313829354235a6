/** Pairs by how raters' votes on them fall: few kinds say all that rules for labels and coefficients of many raters ask. */
import { DistinctLists } from '../stats/resampling/distinct-lists.ts';
import { CODE } from '../study/verdict-codes.ts';
import type { AgreementOptions } from './agreement-options.ts';
import { LABELS, voteCounts } from './vote-counts.ts';

export interface VoteKinds {
  /** The kind of each pair; kinds are numbered in the order in which pairs come to them. */
  readonly kindOfPair: Int32Array;
  readonly kinds: number;
  /** How many votes each kind has of each label, `kinds * LABELS`. */
  readonly counts: Int32Array;
}

/** Every label as it was given. */
const AS_GIVEN = Int8Array.from({ length: CODE.skipped + 2 }, (_code, place) => place - 1);

export function voteKinds(raters: readonly { readonly codes: Int8Array }[], pairs: number): VoteKinds {
  const votes = voteCounts(raters, pairs, AS_GIVEN);
  const lists = new DistinctLists();
  const kindOfPair = new Int32Array(pairs);
  for (let pair = 0; pair < pairs; pair++)
    kindOfPair[pair] = lists.numberOf(votes, pair * LABELS, (pair + 1) * LABELS);
  return { kindOfPair, kinds: lists.count, counts: lists.lists().values };
}

/** The votes of one kind by label, both bad as a tie where the options have it so. */
export function countsOfKind(
  { counts }: Pick<VoteKinds, 'counts'>,
  kind: number,
  bothBad: AgreementOptions['bothBad'],
): Int32Array {
  const own = counts.slice(kind * LABELS, (kind + 1) * LABELS);
  if (bothBad !== 'tie') return own;
  own[CODE.tie] = (own[CODE.tie] ?? 0) + (own[CODE.both_bad] ?? 0);
  own[CODE.both_bad] = 0;
  return own;
}
