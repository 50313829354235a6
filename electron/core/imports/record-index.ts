/** What is known of a study while records come in: what it has, and what is held back to be stored together. */

import type { HeldRows } from '../store/records/held-rows.ts';
import {
  itemByHash,
  type PairContent,
  pairByExternalId,
  pairWithSameContent,
  responseIdOf,
  type StudyPlace,
} from '../store/study/comparisons.ts';
import { PairSayings } from './pair-sayings.ts';
import type { OutputContent, RecordContent } from './record-content.ts';

/** An item with what was met of it since rows were last written. */
interface KnownItem {
  readonly id: number;
  /** Whether it came with these records, so that the store has nothing else of it. */
  readonly isWhole: boolean;
  readonly responses: Map<string, number>;
  /** Ids of pairs by their responses. */
  readonly pairs: Map<string, string>;
}

/** The numbers of a new pair's parts. */
export interface NewParts {
  readonly itemId: number;
  readonly isNewItem: boolean;
  readonly first: { readonly id: number; readonly isNew: boolean };
  readonly second: { readonly id: number; readonly isNew: boolean };
  /** The id of another pair that holds the same. */
  readonly twin: string | undefined;
}

/** Pairs of which so much is kept at most that was said: a file may hold nothing but what is known. */
const MOST_KEPT = 2000;

export class RecordIndex {
  readonly #place: StudyPlace;
  readonly #rows: HeldRows;
  readonly #pairs = new Map<string, PairContent>();
  readonly #items = new Map<string, KnownItem>();
  readonly #sayings = new Map<number, PairSayings>();

  constructor(place: StudyPlace, rows: HeldRows) {
    this.#place = place;
    this.#rows = rows;
  }

  /** Whether it is time to forget. */
  get isLarge(): boolean {
    return this.#sayings.size >= MOST_KEPT;
  }

  /** A pair by its id in the file. */
  pair(externalId: string): PairContent | undefined {
    return (
      this.#pairs.get(externalId) ?? pairByExternalId(this.#place.store, this.#place.studyId, externalId)
    );
  }

  /** What was said of a pair so far. */
  sayings(pairId: number): PairSayings {
    let sayings = this.#sayings.get(pairId);
    if (sayings === undefined) {
      sayings = new PairSayings(this.#place.store, pairId, false);
      this.#sayings.set(pairId, sayings);
    }
    return sayings;
  }

  /** Finds or adds the item and the two outputs of a new pair. */
  addParts(
    { prompt, reference, itemHash, first, second }: RecordContent,
    systems: readonly [number, number],
    externalId: string,
  ): NewParts {
    let item = this.#items.get(itemHash.key);
    const isMet = item !== undefined;
    if (item === undefined) {
      const { store, studyId } = this.#place;
      const known = itemByHash(store, studyId, itemHash.bytes);
      const id = known ?? this.#rows.addItem({ studyId, hash: itemHash.bytes, prompt, reference });
      item = { id, isWhole: known === undefined, responses: new Map(), pairs: new Map() };
      this.#items.set(itemHash.key, item);
    }
    const one = this.#response(item, first, systems[0]);
    const two = this.#response(item, second, systems[1]);
    const isNewItem = !isMet && item.isWhole;
    const responses = `${one.id} ${two.id}`;
    const stored =
      item.isWhole || one.isNew || two.isNew
        ? undefined
        : pairWithSameContent(this.#place.store, item.id, one.id, two.id);
    const twin = stored ?? item.pairs.get(responses);
    if (twin === undefined) item.pairs.set(responses, externalId);
    return { itemId: item.id, isNewItem, first: one, second: two, twin };
  }

  /** Keeps a pair that was added, until its row is written. */
  keepPair(externalId: string, pair: PairContent): void {
    this.#pairs.set(externalId, pair);
    this.#sayings.set(pair.pairId, new PairSayings(this.#place.store, pair.pairId, true));
  }

  /** To be called once the rows are written: from then on the store tells. */
  forget(): void {
    this.#pairs.clear();
    this.#items.clear();
    this.#sayings.clear();
  }

  #response(
    item: KnownItem,
    { hash, stored, meta }: OutputContent,
    systemId: number,
  ): { readonly id: number; readonly isNew: boolean } {
    const key = `${systemId} ${hash.key}`;
    const known =
      item.responses.get(key) ??
      (item.isWhole ? undefined : responseIdOf(this.#place.store, item.id, systemId, hash.bytes));
    const id =
      known ?? this.#rows.addResponse({ itemId: item.id, systemId, hash: hash.bytes, output: stored, meta });
    item.responses.set(key, id);
    return { id, isNew: known === undefined };
  }
}
