import type { WriteStore } from '../store/engine/database.ts';
import { keepReturnedRows, type ReturnedRow } from '../store/packs/returned-rows.ts';
import {
  insertRatings,
  isCommandRecorded,
  latestRatingIds,
  type NewRating,
  nextRatingId,
} from '../store/rating/ratings.ts';

const MOST_WAITING = 10_000;

/** What a merge writes, gathered so that many rows are inserted together, and what it must know of it meanwhile. */
export class MergeWrites {
  readonly #store: WriteStore;
  /** The last event on each presentation, by rater, as far as it was looked up. */
  readonly #latest = new Map<number, Map<number, number>>();
  readonly #commands = new Set<string>();
  #ratings: { readonly id: number; readonly rating: NewRating }[] = [];
  #rows: ReturnedRow[] = [];
  #nextId: number;

  constructor(store: WriteStore) {
    this.#store = store;
    this.#nextId = nextRatingId(store);
  }

  isCommandRecorded(commandId: string): boolean {
    return this.#commands.has(commandId) || isCommandRecorded(this.#store, commandId);
  }

  /** The last event on a rater's presentation: the one a new vote supersedes. */
  latestRatingId(raterId: number, presentationId: number): number | null {
    return this.#latestOf(raterId).get(presentationId) ?? null;
  }

  /** Returns the number the rating will have. */
  addRating(rating: NewRating & { readonly presentationId: number }): number {
    const id = this.#nextId++;
    this.#ratings.push({ id, rating });
    this.#latestOf(rating.raterId).set(rating.presentationId, id);
    if (rating.commandId !== null) this.#commands.add(rating.commandId);
    return id;
  }

  addRow(row: ReturnedRow): void {
    this.#rows.push(row);
    if (this.#rows.length >= MOST_WAITING) this.flush();
  }

  /** Writes what waits. */
  flush(): void {
    insertRatings(this.#store, this.#ratings);
    keepReturnedRows(this.#store, this.#rows);
    this.#ratings = [];
    this.#rows = [];
    this.#commands.clear();
  }

  #latestOf(raterId: number): Map<number, number> {
    const known = this.#latest.get(raterId);
    if (known !== undefined) return known;
    const latest = latestRatingIds(this.#store, raterId);
    this.#latest.set(raterId, latest);
    return latest;
  }
}
