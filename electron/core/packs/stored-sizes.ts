import type { ReadStore } from '../store/engine/database.ts';
import { storedBytes } from '../store/packs/packs.ts';

/** How many bytes outputs take as they are stored: at least as many as either has characters. */
export class StoredSizes {
  readonly #store: ReadStore;
  #read: ReadonlyMap<number, number> = new Map();

  constructor(store: ReadStore) {
    this.#store = store;
  }

  /** Looks up those that are asked for next, together: one by one takes several times as long. */
  expect(responseIds: readonly number[]): void {
    this.#read = storedBytes(this.#store, responseIds);
  }

  of(responseId: number): number {
    return this.#read.get(responseId) ?? storedBytes(this.#store, [responseId]).get(responseId) ?? 0;
  }
}
