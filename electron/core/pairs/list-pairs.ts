import type { ParsedInputOf } from '../../../shared/contract/methods.ts';
import type { PairRow } from '../../../shared/contract/pair-methods.ts';
import type { PairStatus } from '../../../shared/pairs/pair-filter.ts';
import { excerptOf } from '../../../shared/text/excerpt.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { conversationOf } from '../store/engine/stored-text.ts';
import { splitOf } from '../store/study/content-split.ts';
import { type ListedPair, listedPairs, type PairView, promptOfPair } from '../store/study/pair-list.ts';
import type { StudyRow } from '../store/study/studies.ts';
import { viewOf } from './pair-view.ts';

/** Pairs by their numbers, in order, each with how it stands. */
export function listPairs(
  store: ReadStore,
  study: StudyRow,
  { numbers }: ParsedInputOf<'pairs.list'>,
): PairRow[] {
  const view = viewOf(store, study);
  const ordinals = [...new Set(numbers)].map((number) => number - 1);
  return listedPairs(store, view, ordinals).map((listed) => ({
    ...standingOf(listed, view),
    task: taskBeginning(listed),
    split: splitOf(listed.prompt ?? promptOfPair(store, listed.pairId)),
  }));
}

/** What a list and an open pair say alike of how a pair stands. */
export function standingOf(listed: ListedPair, view: PairView): Omit<PairRow, 'task' | 'split'> {
  const { pairId, ordinal, externalId, slices, labels, skips, stage, review, isLeftOut } = listed;
  return {
    pair: pairId,
    number: ordinal + 1,
    id: view.isBlind ? null : externalId,
    slices: JSON.parse(slices) as Record<string, string>,
    labels,
    skips,
    status: stage === null ? statusOf(labels, skips, view.places) : null,
    check: stage,
    class: listed.class,
    review,
    isLeftOut: isLeftOut === 1,
  };
}

function statusOf(labels: number, skips: number, places: number): PairStatus {
  if (labels === 0) return skips === 0 ? 'unlabelled' : 'skipped';
  return labels < places ? 'part' : 'done';
}

/** How the last turn of the user begins: what is asked. Of a task too long for a list, how its first turn does. */
function taskBeginning({ prompt, promptBeginning }: ListedPair): string {
  if (prompt !== null) {
    const turns = conversationOf(prompt, 'user');
    return excerptOf((turns.findLast(({ role }) => role === 'user') ?? turns[0])?.content ?? '');
  }
  const text = /(?:^|"content":)"((?:[^"\\]|\\u[0-9a-f]{4}|\\[^u])*)/u.exec(promptBeginning)?.[1] ?? '';
  return excerptOf(JSON.parse(`"${text}"`) as string);
}
