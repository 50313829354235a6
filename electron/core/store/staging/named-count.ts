const MOST_NAMES = 5;

/** How often something was so, and the first few it was so of, by name. */
export class NamedCount {
  readonly #names = new Set<string>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(name?: string, times = 1): void {
    this.#count += times;
    if (name !== undefined && this.#names.size < MOST_NAMES) this.#names.add(name);
  }

  /** What was so, with the names behind it. */
  describe(what: string): string {
    if (this.#names.size === 0) return what;
    return `${what}: ${[...this.#names].join(', ')}${this.#count > this.#names.size ? ' …' : ''}`;
  }
}
