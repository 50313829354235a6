/** Wrong guesses that are let through without a wait: somebody mistypes. */
const FREE_GUESSES = 5;

const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [1000, 5 * 60 * 1000];

/**
 * How often a passphrase may be guessed: after some wrong guesses each next one has to wait, twice as long as the one before.
 * A guess that comes too early is refused before anything is worked out.
 */
export class GuessLimit {
  readonly #wrong = new Map<string, { count: number; openAtMs: number }>();

  /** Milliseconds until the next guess is heard; 0 where it is now. */
  waitMs(about: string, nowMs: number): number {
    return Math.max(0, (this.#wrong.get(about)?.openAtMs ?? 0) - nowMs);
  }

  /** Notes what became of a guess. */
  note(about: string, isRight: boolean, nowMs: number): void {
    if (isRight) {
      this.#wrong.delete(about);
      return;
    }
    const count = (this.#wrong.get(about)?.count ?? 0) + 1;
    const over = count - FREE_GUESSES;
    const wait = over < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** over);
    this.#wrong.set(about, { count, openAtMs: nowMs + wait });
  }
}
