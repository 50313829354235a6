/** Prompts are of one length where they are of one step: each is 4 % longer than the last. */
const STEP = Math.log(1.04);
/** Steps of length that must all be read as one count. */
const FEWEST_STEPS = 4;
/** No tokenizer makes more tokens than this of what it is known to be at least: a larger count is no count of the prompt. */
const MOST_PER_LEAST = 8;

/**
 * Notices a server that cuts prompts at a length of its own and reports what it kept: its longest prompts, of clearly
 * different lengths, are all read as the same number of tokens, and none as more. This needs no knowledge of the
 * tokenizer, and finds cuts of a tenth where {@link leastPromptTokens} finds those of a third and more.
 *
 * How sure it is: the test of this module draws runs with tokenizers of 0.6 to 1.6 times our count, prose, code and
 * Chinese, equal outputs and both orders, and says how many of them were alarms.
 */
export class PromptCap<Item> {
  #most = 0;
  /** The longest prompt, in steps, that was read as fewer tokens than the most. */
  #below = Number.NEGATIVE_INFINITY;
  readonly #steps = new Set<number>();
  #items: { readonly step: number; readonly item: Item }[] = [];

  /**
   * Takes in what was reported of a prompt; true where the longest are all cut.
   *
   * @param leastTokens see `leastPromptTokens`; 0 for short prompts
   */
  add(leastTokens: number, readTokens: number | null, item: Item): boolean {
    if (readTokens === null || readTokens <= 0) return false;
    const step = leastTokens <= 0 ? Number.NEGATIVE_INFINITY : Math.floor(Math.log(leastTokens) / STEP);
    if (readTokens > this.#most) {
      this.#most = readTokens;
      for (const each of this.#steps) this.#below = Math.max(this.#below, each);
      this.#steps.clear();
      this.#items = [];
    }
    if (readTokens < this.#most || readTokens > MOST_PER_LEAST * leastTokens) {
      this.#below = Math.max(this.#below, step);
      return false;
    }
    this.#steps.add(step);
    this.#items.push({ step, item });
    return this.isFound;
  }

  /** Whether the longest prompts are all read as one count. */
  get isFound(): boolean {
    let above = 0;
    for (const each of this.#steps) if (each > this.#below) above++;
    return above >= FEWEST_STEPS;
  }

  /** As how many tokens the longest are read. */
  get tokens(): number {
    return this.#most;
  }

  /** What was taken in of prompts that are cut. The shortest step may have been read whole, and counts with them. */
  get cut(): readonly Item[] {
    return this.isFound ? this.#items.filter(({ step }) => step > this.#below).map(({ item }) => item) : [];
  }
}
