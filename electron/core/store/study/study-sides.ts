import type { PairSides } from '../../../../shared/rating/plan.ts';
import type { ReadStore } from '../engine/database.ts';

/**
 * Which responses of which systems every pair of a study has, read once: looked up pair by pair at random, the texts beside
 * them would be read from disk each time.
 */
export class StudySides {
  readonly #rows = new Map<number, number>();
  /** Item, first response, second response of each pair. */
  readonly #parts: Float64Array;
  readonly #systemOf = new Map<number, number>();

  constructor(store: ReadStore, studyId: number) {
    const pairs = store
      .rawQuery<[number, number, number, number]>(
        'SELECT id, item_id, first_response_id, second_response_id FROM pairs WHERE study_id = ?',
      )
      .all(studyId);
    this.#parts = new Float64Array(3 * pairs.length);
    for (const [row, [id, ...parts]] of pairs.entries()) {
      this.#rows.set(id, row);
      this.#parts.set(parts, 3 * row);
    }
    const responses = store.rawQuery<[number, number]>(
      'SELECT r.id, r.system_id FROM responses r JOIN items i ON i.id = r.item_id WHERE i.study_id = ?',
    );
    for (const [id, systemId] of responses.iterate(studyId)) this.#systemOf.set(id, systemId);
  }

  /** The sides of a pair; undefined for one of another study. */
  of(pairId: number): PairSides | undefined {
    const row = this.#rows.get(pairId);
    if (row === undefined) return undefined;
    const side = (place: number) => {
      const responseId = this.#parts[3 * row + place] ?? 0;
      return { responseId, systemId: this.#systemOf.get(responseId) ?? 0 };
    };
    return { pairId, itemId: this.#parts[3 * row] ?? 0, first: side(1), second: side(2) };
  }
}
