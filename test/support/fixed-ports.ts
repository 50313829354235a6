import type { Clock } from '../../electron/core/ports.ts';

/** A clock that moves one second per look. */
export function steppingClock(startMs = Date.UTC(2026, 0, 1)): Clock {
  let now = startMs;
  return {
    nowMs: () => {
      now += 1000;
      return now;
    },
    monotonicMs: () => now,
  };
}
