import { createHash } from 'node:crypto';
import type { Clock, Entropy } from '../../electron/core/ports/ports.ts';

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

/** Bytes that look random and are the same with every run. */
export function seededEntropy(seed: string): Entropy {
  let drawn = 0;
  return {
    hex: (byteCount) => {
      let digits = '';
      while (digits.length < 2 * byteCount)
        digits += createHash('sha256').update(`${seed}|${drawn++}`).digest('hex');
      return digits.slice(0, 2 * byteCount);
    },
  };
}
