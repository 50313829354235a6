import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { PackPresentation } from '../../../shared/pack/pack-rows.ts';
import type { Store } from '../store/database.ts';
import { type PackedPresentation, storedOutput, storedPrompt } from '../store/packs.ts';
import { conversationOf } from '../store/stored-text.ts';
import type { PackSecret } from './pack-secret.ts';

/** A text of a pack: the id it has there, and how to read it here. */
export interface PackTextSource {
  readonly id: string;
  readonly read: (store: Store) => Conversation;
}

/** The texts a pack holds, each under an id of its own. */
export class PackTexts {
  readonly #secret: PackSecret;
  readonly #ids = new Map<string, PackTextSource>();
  readonly #byId = new Map<string, PackTextSource>();

  constructor(secret: PackSecret) {
    this.#secret = secret;
  }

  task(itemId: number): string {
    return this.#idOf(`task ${itemId}`, (store) => conversationOf(storedPrompt(store, itemId), 'user'));
  }

  output(responseId: number): string {
    return this.#idOf(`output ${responseId}`, (store) =>
      conversationOf(storedOutput(store, responseId), 'assistant'),
    );
  }

  find(id: string): PackTextSource | undefined {
    return this.#byId.get(id);
  }

  /** By their ids, which say nothing. */
  sorted(): PackTextSource[] {
    return [...this.#ids.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
  }

  #idOf(key: string, read: (store: Store) => Conversation): string {
    const known = this.#ids.get(key);
    if (known !== undefined) return known.id;
    const source = { id: this.#secret.id('text', key), read };
    this.#ids.set(key, source);
    this.#byId.set(source.id, source);
    return source.id;
  }
}

type Shown = Pick<PackedPresentation, 'publicId' | 'itemId' | 'first' | 'second' | 'leftSide'>;

/** A presentation as a pack has it. */
export function pairOf(
  { publicId, itemId, first, second, leftSide }: Shown,
  texts: PackTexts,
): Omit<PackPresentation, 'part'> {
  const [left, right] = leftSide === 'first' ? [first, second] : [second, first];
  return { id: publicId, task: texts.task(itemId), left: texts.output(left), right: texts.output(right) };
}

export function partOf({ kind }: Pick<PackedPresentation, 'kind'>): PackPresentation['part'] {
  return kind === 'practice' || kind === 'qualifying' ? kind : 'work';
}
