import type { Clock, Entropy } from '../../electron/core/ports.ts';

/** A clock that moves one second per look. */
export function steppingClock(startMs = Date.UTC(2026, 0, 1)): Clock {
  let now = startMs;
  return {
    nowMs: () => {
      now += 1000;
      return now;
    },
  };
}

/** Digits that differ at every call and repeat from run to run. */
export function countingEntropy(): Entropy {
  let count = 0;
  return {
    hex: (byteCount) => {
      count++;
      return count.toString(16).padStart(byteCount * 2, '0');
    },
  };
}
