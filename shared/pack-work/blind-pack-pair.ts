import type { BlindPresentation } from '../blind/blind-presentation.ts';
import type { PackPresentation } from '../pack/pack-rows.ts';
import type { Conversation } from '../study/conversation.ts';

type Pair = Pick<PackPresentation, 'id' | 'task' | 'left' | 'right'>;

/** Ids of the texts of some pairs. */
export function textIdsOf(pairs: readonly Pair[]): string[] {
  return pairs.flatMap(({ task, left, right }) => [task, left, right]);
}

/** A pair of a pack as a rater sees it. */
export function blindPackPair(pair: Pair, texts: ReadonlyMap<string, Conversation>): BlindPresentation {
  const text = (id: string): Conversation => {
    const found = texts.get(id);
    if (found === undefined) throw new Error(`the pack has no text ${id}`);
    return found;
  };
  return { presentationId: pair.id, task: text(pair.task), left: text(pair.left), right: text(pair.right) };
}
