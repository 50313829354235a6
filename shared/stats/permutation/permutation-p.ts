/** How a statistic lies among its values under rearrangement. */
export interface PermutationTest {
  readonly observed: number;
  /** Twice the smaller tail, at most 1. */
  readonly twoSidedP: number;
  /** The share of arrangements at least as large. */
  readonly greaterP: number;
  /** Arrangements looked at; all of them when `exact`. */
  readonly arrangements: number;
  readonly exact: boolean;
}

/** Counts arrangements at least as extreme as the observed statistic. Equal but for rounding counts as equal. */
export class ArrangementTally {
  readonly #observed: number;
  readonly #slack: number;
  #atLeast = 0;
  #atMost = 0;
  #counted = 0;

  constructor(observed: number) {
    this.#observed = observed;
    this.#slack = 1e-12 * Math.max(1, Math.abs(observed));
  }

  /** @param value null where the statistic is undefined: it counts as extreme both ways, which is conservative */
  add(value: number | null): void {
    this.#counted++;
    if (value === null || value >= this.#observed - this.#slack) this.#atLeast++;
    if (value === null || value <= this.#observed + this.#slack) this.#atMost++;
  }

  /**
   * @param exact whether every arrangement was counted. If not, the observed one is added to the drawn ones,
   * (1 + hits)/(1 + B), so that p is never 0
   */
  result(exact: boolean): PermutationTest {
    const own = exact ? 0 : 1;
    const share = (hits: number) => (hits + own) / (this.#counted + own);
    const greaterP = share(this.#atLeast);
    return {
      observed: this.#observed,
      twoSidedP: Math.min(1, 2 * Math.min(greaterP, share(this.#atMost))),
      greaterP,
      arrangements: this.#counted,
      exact,
    };
  }
}
