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

/** A place for each of many numbers that lie close together, as rows of a study do: an array beats a map. */
class PlacesByNumber {
  /** Places and 1; 0 for none. */
  #places = new Int32Array(1024);

  /** −1 without one. */
  of(number: number): number {
    return (this.#places[number] ?? 0) - 1;
  }

  set(number: number, place: number): void {
    if (number >= this.#places.length) {
      const larger = new Int32Array(Math.max(number + 1, 2 * this.#places.length));
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[number] = place + 1;
  }
}

/** The texts a pack holds, each under an id of its own. There are many, so that none is an object. */
export class PackTexts {
  readonly #secret: PackSecret;
  /** Of each text, in the order in which they come: its id, and its number, which is negative for an item. */
  readonly #ids: string[] = [];
  readonly #numbers: number[] = [];
  readonly #placesOf = { task: new PlacesByNumber(), output: new PlacesByNumber() };
  #placeOfId: Map<string, number> | null = null;

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
    this.#placeOfId ??= new Map(this.#ids.map((each, place) => [each, place]));
    const place = this.#placeOfId.get(id);
    return place === undefined ? undefined : this.#sourceAt(place);
  }

  /** By their ids, which say nothing. */
  *inOrderOfIds(): Generator<PackTextSource> {
    const ids = this.#ids;
    const places = Int32Array.from(ids.keys()).sort((one, two) =>
      (ids[one] ?? '') < (ids[two] ?? '') ? -1 : 1,
    );
    for (const place of places) yield this.#sourceAt(place);
  }

  #sourceAt(place: number): PackTextSource {
    const [id = '', number = 0] = [this.#ids[place], this.#numbers[place]];
    return number < 0 ? { id, kind: 'task', number: -number } : { id, kind: 'output', number };
  }

  #idOf(kind: PackTextSource['kind'], number: number): string {
    const places = this.#placesOf[kind];
    const known = places.of(number);
    if (known >= 0) return this.#ids[known] ?? '';
    const id = this.#secret.id('text', kind, number);
    places.set(number, this.#ids.push(id) - 1);
    this.#numbers.push(kind === 'task' ? -number : number);
    this.#placeOfId = null;
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
