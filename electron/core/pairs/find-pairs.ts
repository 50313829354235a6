import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { PairFilter } from '../../../shared/pairs/pair-filter.ts';
import { PAIRS_FOUND } from '../../../shared/pairs/pair-limits.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { splitOf } from '../store/study/content-split.ts';
import {
  type OrdinalRange,
  ordinalOfId,
  type PairView,
  pairsThatFit,
  promptsThatFit,
} from '../store/study/pair-list.ts';
import { pairCountOf, type StudyRow } from '../store/study/studies.ts';
import { viewOf } from './pair-view.ts';

/**
 * How many pairs one call looks at, by what is asked of them, and how many together. A call takes about half a second for pairs
 * of a few thousand characters; whoever asks shows how far it is, and stops by not asking on.
 */
const LOOKED_AT = { votes: 50_000, texts: 10_000 } as const;
const TOGETHER = { votes: 1_000, texts: 100 } as const;

/** Numbers of the pairs that fit. Texts are looked through as they are: an index of them would take as much room again. */
export function findPairs(
  store: ReadStore,
  study: StudyRow,
  { filter, from }: ParsedInputOf<'pairs.find'>,
): ReplyOf<'pairs.find'> {
  const view = viewOf(store, study);
  const pairs = pairCountOf(store, study.id);
  const kind = filter.text === undefined && filter.split === undefined ? 'votes' : 'texts';
  const only = filter.id === undefined ? null : ordinalOfId(store, study.id, filter.id);
  if (only !== null && (only === undefined || only < from - 1)) return { numbers: [], next: null, pairs };
  const end = only === null ? Math.min(pairs, from - 1 + LOOKED_AT[kind]) : only + 1;
  const numbers: number[] = [];
  let at = only ?? from - 1;
  while (at < end && numbers.length < PAIRS_FOUND) {
    const range = { from: at, to: Math.min(end, at + TOGETHER[kind]) };
    for (const ordinal of fitting(store, view, filter, range)) numbers.push(ordinal + 1);
    at = range.to;
  }
  // What one step found too much is found again by whoever asks on.
  const kept = numbers.slice(0, PAIRS_FOUND);
  const last = kept.at(-1);
  if (kept.length < numbers.length && last !== undefined) at = last;
  return { numbers: kept, next: at >= pairs || only !== null ? null : at + 1, pairs };
}

function fitting(store: ReadStore, view: PairView, filter: PairFilter, range: OrdinalRange): number[] {
  if (filter.split === undefined) return pairsThatFit(store, view, filter, range);
  return promptsThatFit(store, view, filter, range)
    .filter(([_ordinal, prompt]) => splitOf(prompt) === filter.split)
    .map(([ordinal]) => ordinal);
}
