import type { PackPresentation } from '../../../shared/pack/pack-rows.ts';
import type { Conversation } from '../../../shared/study/conversation.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { conversationOf } from '../store/engine/stored-text.ts';
import { type PackedPresentation, storedOutput, storedPrompt } from '../store/packs/packs.ts';
import type { PackSecret } from './pack-secret.ts';

/** A text of a pack: the id it has there, and where it stands here. */
export interface PackTextSource {
  readonly id: string;
  readonly kind: 'task' | 'output';
  /** Of the item or the response. */
  readonly number: number;
}

export function textOf(
  store: ReadStore,
  { kind, number }: Pick<PackTextSource, 'kind' | 'number'>,
): Conversation {
  return kind === 'task'
    ? conversationOf(storedPrompt(store, number), 'user')
    : conversationOf(storedOutput(store, number), 'assistant');
}

/** The texts a pack holds, each under an id of its own. */
export class PackTexts {
  readonly #secret: PackSecret;
  readonly #ids = { task: new Map<number, string>(), output: new Map<number, string>() };
  /** Items by their negative numbers, responses by theirs: an object each would take the room of the ids again. */
  readonly #sources = new Map<string, number>();

  constructor(secret: PackSecret) {
    this.#secret = secret;
  }

  task(itemId: number): string {
    return this.#idOf('task', itemId);
  }

  output(responseId: number): string {
    return this.#idOf('output', responseId);
  }

  find(id: string): PackTextSource | undefined {
    const number = this.#sources.get(id);
    if (number === undefined) return undefined;
    return number < 0 ? { id, kind: 'task', number: -number } : { id, kind: 'output', number };
  }

  /** By their ids, which say nothing. */
  *inOrderOfIds(): Generator<PackTextSource> {
    for (const id of [...this.#sources.keys()].sort()) {
      const source = this.find(id);
      if (source !== undefined) yield source;
    }
  }

  #idOf(kind: PackTextSource['kind'], number: number): string {
    const known = this.#ids[kind].get(number);
    if (known !== undefined) return known;
    const id = this.#secret.id('text', kind, number);
    this.#ids[kind].set(number, id);
    this.#sources.set(id, kind === 'task' ? -number : number);
    return id;
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
