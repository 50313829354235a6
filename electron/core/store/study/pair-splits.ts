/** The stable split of a study's pairs: columns and slices of the card. */
import { type SlicePairs, SPLIT_SLICE } from '../../../../shared/card/columns/card-data.ts';
import type { Store } from '../engine/database.ts';
import { splitOf } from './content-split.ts';

export type Split = 'dev' | 'test';

/** Which side of the stable split each pair is on, in study order. */
export function pairSplits(store: Store, studyId: number): readonly Split[] {
  const splitOfItem = new Map<number, Split>();
  for (const [id, prompt] of store
    .rawQuery<[number, string]>('SELECT id, prompt FROM items WHERE study_id = ?')
    .iterate(studyId)) {
    splitOfItem.set(id, splitOf(prompt));
  }
  return store
    .rawQuery<[number]>('SELECT item_id FROM pairs WHERE study_id = ? ORDER BY ordinal')
    .all(studyId)
    .map(([itemId]) => splitOfItem.get(itemId) ?? 'test');
}

/** The two sides as slices; a side without pairs is none. */
export function splitSlices(splits: readonly Split[]): SlicePairs[] {
  return (['dev', 'test'] as const).flatMap((value) => {
    const pairs = Int32Array.from(splits.keys()).filter((pair) => splits[pair] === value);
    return pairs.length === 0 ? [] : [{ name: SPLIT_SLICE, value, pairs }];
  });
}
