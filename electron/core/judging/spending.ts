/** Keeps a run under its ceiling: what was spent, and what is on its way at its dearest. */
export class Spending {
  readonly #ceilingUsd: number | null;
  #spentUsd = 0;
  #reservedUsd = 0;
  #isKnown: boolean;

  /** @param isKnown whether there is a price */
  constructor(ceilingUsd: number | null, isKnown: boolean) {
    this.#ceilingUsd = ceilingUsd;
    this.#isKnown = isKnown;
  }

  /** Sets aside what a request may cost; false where the ceiling has no room for it. */
  reserve(mostUsd: number): boolean {
    if (this.#ceilingUsd !== null && this.#spentUsd + this.#reservedUsd + mostUsd > this.#ceilingUsd)
      return false;
    this.#reservedUsd += mostUsd;
    return true;
  }

  /**
   * Gives back what was set aside and books what it cost: the reserve itself where the endpoint did not say. Where nothing was
   * set aside either, what is spent is not known any more.
   */
  settle(mostUsd: number, costUsd: number | null): void {
    if (costUsd === null && mostUsd === 0) this.#isKnown = false;
    this.#reservedUsd = Math.max(0, this.#reservedUsd - mostUsd);
    this.#spentUsd += costUsd ?? mostUsd;
  }

  /** Dollars spent in this run; null without a price, and where an endpoint did not count. */
  get spentUsd(): number | null {
    return this.#isKnown ? this.#spentUsd : null;
  }
}
