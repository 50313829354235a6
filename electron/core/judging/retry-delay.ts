/** How long to leave an endpoint alone. */

const FIRST_MS = 500;
const LONGEST_MS = 60_000;

/**
 * What the response itself asks for: `retry-after-ms` (or Azure's `x-ms-retry-after-ms`), or `retry-after` in seconds, with
 * a unit, or as a date (RFC 9110, 10.2.3). Null where it asks for nothing that can be read; 0 for what is over.
 */
export function retryAfterMs(header: (name: string) => string | null, nowMs: number): number | null {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const milliseconds = durationMs(header(name) ?? '', 1);
    if (milliseconds !== null) return milliseconds;
  }
  const text = header('retry-after');
  if (text === null) return null;
  const milliseconds = durationMs(text, 1000);
  if (milliseconds !== null) return milliseconds;
  // A number that is no duration, such as a negative one, would be read as a year.
  const date = /[a-z]/iu.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function durationMs(text: string, unitMs: number): number | null {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?(?:e\d+)?)\s*(ms|s|m|h)?\s*$/iu.exec(text) ?? [];
  if (number === undefined) return null;
  return Number(number) * (unit === undefined ? unitMs : (UNITS_MS[unit.toLowerCase()] ?? unitMs));
}

/**
 * The pause before a try: twice as long each time, somewhere in its upper half (“equal jitter”), or what the response asks
 * for plus up to a quarter where that is longer, so that many do not come back at once. A response can ask for more
 * patience than one has, never for none.
 *
 * @param tries how many have failed, 1 or more
 * @param unit a random number in [0, 1)
 */
export function retryDelayMs(tries: number, askedMs: number | null, unit: number): number {
  const step = stepMs(tries);
  return Math.ceil(Math.max(step / 2 + (unit * step) / 2, (askedMs ?? 0) * (1 + unit / 4)));
}

/**
 * The pause of all requests after an endpoint said that there are too many: at least the whole step, because limits are
 * mostly by the minute and half-steps would not last one.
 *
 * @param pauses how many there were without an answer between them, this one included
 * @param unit a random number in [0, 1)
 */
export function busyDelayMs(pauses: number, askedMs: number | null, unit: number): number {
  return Math.ceil(Math.max(stepMs(pauses), askedMs ?? 0) * (1 + unit / 4));
}

function stepMs(tries: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries - 1));
}
