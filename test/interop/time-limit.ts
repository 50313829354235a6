/** Why a tool did not run, or not to its end, which is no failure: no Python, a registry that does not answer, no time left. */
export class NotHere extends Error {}

const MINUTE_MS = 60_000;

/** How long a run may take in all. Every step of it is given what is left, so that none goes on beyond the end. */
export class TimeLimit {
  readonly minutes: number;
  readonly #nowMs: () => number;
  readonly #untilMs: number;

  /** @param nowMs a clock that only goes forward, in milliseconds of any fraction */
  constructor(minutes: number, nowMs: () => number = () => performance.now()) {
    this.minutes = minutes;
    this.#nowMs = nowMs;
    this.#untilMs = nowMs() + minutes * MINUTE_MS;
  }

  /**
   * What a step may take: no more than is left, in whole milliseconds, at least one. Throws {@link NotHere} where nothing is.
   *
   * @param mostMs what it may take where there is time enough
   */
  forStep(mostMs: number): number {
    const leftMs = this.#untilMs - this.#nowMs();
    if (leftMs <= 0) throw this.over();
    return Math.max(1, Math.floor(Math.min(mostMs, leftMs)));
  }

  over(doing = ''): NotHere {
    return new NotHere(
      `the ${this.minutes} minutes of this run were over${doing === '' ? '' : ` while ${doing}`}`,
    );
  }
}

/** The minutes that somebody asks for; null where that is no length of time. */
export function minutesOf(text: string): number | null {
  const minutes = Number(text);
  return text.trim() !== '' && minutes > 0 && minutes <= MOST_MINUTES ? minutes : null;
}

/** As many as Node's timers count. */
const MOST_MINUTES = 24 * 60;
