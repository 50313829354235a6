/** How sure a judge is of its verdict on each pair, from numbers that say what they are. */

import type { ScoreColumns, ScoreKind } from '../study/judgment-score.ts';
import { CODE } from '../study/verdict-codes.ts';

/** What sureness was made of. Probabilities can be right or wrong; the others only order verdicts. */
export type SurenessSource = 'probability' | 'preference' | 'points' | 'sureness' | 'votes';

export interface SurenessColumn {
  readonly source: SurenessSource;
  /** One entry per pair, more is surer; NaN where there is none. */
  readonly values: Float64Array;
}

const SOURCES: Readonly<Record<ScoreKind, SurenessSource>> = {
  verdict_probability: 'probability',
  first_probability: 'probability',
  preference: 'preference',
  points: 'points',
  sureness: 'sureness',
};

/**
 * What the numbers of all judgments of one pair say of the verdict over them: means over orders and samples.
 *
 * - Probabilities are of the verdict. Of a tie, or of orders that contradict each other, the probability of the first output
 *   says nothing.
 * - A preference is twice its distance from the middle of its range, which is 1 at either end; negative where it contradicts
 *   the verdict.
 * - Points are the winner's less the loser's.
 * - Where the verdict names no winner, preference and points count without their sign: the nearer to the middle, the less sure.
 */
export class SurenessCollector {
  readonly #pairs: number;
  readonly #columns = new Map<SurenessSource, Float64Array>();
  #preferences: Float64Array | null = null;
  #unstated = 0;

  constructor(pairs: number) {
    this.#pairs = pairs;
  }

  /** @param code the pair's verdict over all judgments */
  take(pair: number, judgments: readonly ScoreColumns[], code: number): void {
    let sums: Map<SurenessSource, { sum: number; count: number }> | null = null;
    const direction = code === CODE.first ? 1 : code === CODE.second ? -1 : 0;
    for (const { score, scoreKind, scoreFirst, scoreSecond } of judgments) {
      if (scoreKind === null) {
        if (score !== null) this.#unstated++;
        continue;
      }
      const about = signScore(scoreKind, score ?? 0, scoreFirst ?? 0, scoreSecond ?? 0, direction);
      if (Number.isNaN(about)) continue;
      const source = SOURCES[scoreKind];
      sums ??= new Map();
      const known = sums.get(source);
      if (known === undefined) sums.set(source, { sum: about, count: 1 });
      else {
        known.sum += about;
        known.count++;
      }
    }
    for (const [source, { sum, count }] of sums ?? []) {
      const mean = sum / count;
      if (source === 'preference') {
        this.#preferences ??= new Float64Array(this.#pairs).fill(Number.NaN);
        this.#preferences[pair] = mean;
      }
      const isSigned = source === 'preference' || source === 'points';
      this.#column(source)[pair] = !isSigned ? mean : direction === 0 ? Math.abs(mean) : mean * direction;
    }
  }

  /** The share of samples that say what the verdict says, where no number does. */
  takeVotes(pair: number, share: number): void {
    if (Number.isNaN(share)) return;
    const others = [...this.#columns].some(
      ([source, column]) => source !== 'votes' && !Number.isNaN(column[pair]),
    );
    if (!others) this.#column('votes')[pair] = share;
  }

  /** Null without any, and where numbers of several kinds stand beside each other, which no order can be made of. */
  column(): SurenessColumn | null {
    const [only, ...more] = this.#stated();
    return only === undefined || more.length > 0 ? null : { source: only[0], values: only[1] };
  }

  /** Mean preferences, from 1, surely the first output, to −1, surely the second; NaN where there is none, null without any. */
  preferences(): Float64Array | null {
    return this.#preferences;
  }

  /** Why numbers were left aside; null where none was. */
  whyLeftAside(): string | null {
    const several = this.#stated();
    if (several.length > 1)
      return `its numbers are of several kinds (${several.map(([source]) => source).join(', ')}), of which no one order of sureness can be made`;
    if (this.#unstated === 0) return null;
    return `${this.#unstated} of its numbers do not say what they are (a score may be {"kind": "verdict_probability", "value": 0.9}; touchstone schema lists the kinds), so they move no figure`;
  }

  /** Shares of votes give way to numbers. */
  #stated(): [SurenessSource, Float64Array][] {
    const all = [...this.#columns];
    return all.length > 1 ? all.filter(([source]) => source !== 'votes') : all;
  }

  #column(source: SurenessSource): Float64Array {
    let column = this.#columns.get(source);
    if (column === undefined) {
      column = new Float64Array(this.#pairs).fill(Number.NaN);
      this.#columns.set(source, column);
    }
    return column;
  }
}

/** About the verdict where the kind is; about the first output, positive for it, for preference and points; NaN for nothing. */
function signScore(kind: ScoreKind, score: number, first: number, second: number, direction: number): number {
  switch (kind) {
    case 'verdict_probability':
    case 'sureness':
      return score;
    case 'first_probability':
      return direction === 0 ? Number.NaN : direction > 0 ? score : 1 - score;
    case 'preference':
      return (2 * ((first + second) / 2 - score)) / (second - first);
    case 'points':
      return first - second;
  }
}
