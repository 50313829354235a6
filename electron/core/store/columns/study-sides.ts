import type { PairSides } from '../../../../shared/rating/plan.ts';
import type { ReadStore } from '../engine/database.ts';
import { leftOutPairs } from '../study/pair-decisions.ts';
import { type PairColumns, readPairs } from './pair-columns.ts';
import { readSystems } from './study-columns.ts';

/**
 * Which responses of which systems every pair of a study has, read once: looked up pair by pair at random, the texts beside
 * them would be read from disk each time.
 */
export class StudySides {
  readonly #pairs: PairColumns;
  readonly #systems: ReturnType<typeof readSystems>;
  readonly #leftOut: ReadonlySet<number>;

  constructor(store: ReadStore, studyId: number) {
    this.#pairs = readPairs(store, studyId);
    this.#systems = readSystems(store, this.#pairs);
    this.#leftOut = leftOutPairs(store, studyId);
  }

  /** The sides of a pair; undefined for one of another study, and for one that is left out. */
  of(pairId: number): PairSides | undefined {
    const { placeOf, itemIds, itemOfPair, responses } = this.#pairs;
    const pair = placeOf(pairId);
    if (pair < 0 || this.#leftOut.has(pairId)) return undefined;
    const side = (which: 'first' | 'second') => ({
      responseId: responses[which][pair] ?? 0,
      systemId: this.#systems[which][pair] ?? 0,
    });
    return {
      pairId,
      itemId: itemIds[itemOfPair[pair] ?? 0] ?? 0,
      first: side('first'),
      second: side('second'),
    };
  }
}
