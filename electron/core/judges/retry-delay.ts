/** How long to leave an endpoint alone. */

const FIRST_MS = 500;
const LONGEST_MS = 60_000;

/**
 * What the response itself asks for: `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110, 10.2.3). Null
 * where it asks for nothing that can be read.
 */
export function retryAfterMs(header: (name: string) => string | null, nowMs: number): number | null {
  const milliseconds = Number.parseFloat(header('retry-after-ms') ?? '');
  if (milliseconds >= 0) return milliseconds;
  const text = header('retry-after');
  if (text === null) return null;
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0) return 1000 * seconds;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/**
 * The pause before a try: what the response asks for plus up to a quarter, so that many do not come back at once; else
 * twice as long each time, somewhere in its upper half (“equal jitter”).
 *
 * @param tries how many have failed, 1 or more
 * @param unit a random number in [0, 1)
 */
export function retryDelayMs(tries: number, askedMs: number | null, unit: number): number {
  if (askedMs !== null) return Math.ceil(askedMs * (1 + unit / 4));
  const step = Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries - 1));
  return Math.ceil(step / 2 + (unit * step) / 2);
}
