/**
 * How long a wait for one condition goes on before it is given up, in milliseconds. A quiet machine meets each within a second
 * or two; this is for machines that have other work, and for what never comes. It is the only limit in time that tests have.
 */
export const PATIENCE_MS = 180_000;

/** A test waits for several conditions, one after the other. */
export const PATIENCE_OF_A_TEST_MS = 10 * PATIENCE_MS;

/** Begins to be patient. @returns whether patience lasts */
export function patience(): () => boolean {
  const untilMs = performance.now() + PATIENCE_MS;
  return () => performance.now() < untilMs;
}
