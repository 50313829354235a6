import { busyDelayMs } from './retry-delay.ts';

/**
 * Pauses in a row without an answer before nothing more is hoped for. Seven are over a minute, which most limits are about;
 * an address that never answered is wrong rather than busy.
 */
const MOST_PAUSES = { long: 7, short: 3 } as const;

/** When an endpoint may be asked, and by how many requests at one time: fewer after each time it said there were too many. */
export class EndpointRest {
  readonly #most: number;
  #allowed: number;
  #open = 0;
  #until = 0;
  /** Pauses since the last answer. */
  #pauses = 0;
  #answeredInARow = 0;
  #hasAnswered = false;
  /** When the last pause began, by the clock of `performance`. */
  #pausedAt = Number.NEGATIVE_INFINITY;

  /** @param most requests at one time as long as the endpoint takes them */
  constructor(most: number) {
    this.#most = most;
    this.#allowed = most;
  }

  /** When the pause ends, in milliseconds since 1970; in the past where there is none. */
  get until(): number {
    return this.#until;
  }

  get hasRoom(): boolean {
    return this.#open < this.#allowed;
  }

  begin(): void {
    this.#open++;
  }

  end(): void {
    this.#open--;
  }

  /** Takes back what was slowed down, a step at a time. */
  speedUp(): void {
    this.#pauses = 0;
    this.#hasAnswered = true;
    this.#answeredInARow++;
    if (this.#allowed < this.#most && this.#answeredInARow >= 4 * this.#allowed) {
      this.#allowed++;
      this.#answeredInARow = 0;
    }
  }

  pauseFor(milliseconds: number): void {
    this.#until = Math.max(this.#until, Date.now() + milliseconds);
  }

  /**
   * The endpoint turned a request away. False where it has been left alone often enough.
   *
   * @param sentAt when that request was sent, by the clock of `performance`: those sent before the pause began are news of
   * the same
   * @param patience `short` for an endpoint that is not reached, as long as it never was
   */
  leaveAlone(askedMs: number | null, sentAt: number, patience: keyof typeof MOST_PAUSES): boolean {
    const isNews = sentAt > this.#pausedAt;
    if (isNews) {
      this.#pauses++;
      this.#pausedAt = performance.now();
      this.#allowed = Math.max(1, Math.floor(this.#allowed / 2));
      this.#answeredInARow = 0;
    }
    if (this.#pauses > MOST_PAUSES[this.#hasAnswered ? 'long' : patience]) return false;
    if (isNews || askedMs !== null)
      this.pauseFor(busyDelayMs(Math.max(1, this.#pauses), askedMs, Math.random()));
    return true;
  }
}
