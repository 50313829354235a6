import type { Clock } from './ports.ts';

/**
 * A clock for work in a thread of its own, which cannot be handed the host's: it goes on from the time of the call.
 *
 * @param startMs milliseconds since 1970 as the host's clock had them
 */
export function clockFrom(startMs: number): Pick<Clock, 'nowMs'> {
  const began = performance.now();
  return { nowMs: () => Math.round(startMs + performance.now() - began) };
}
