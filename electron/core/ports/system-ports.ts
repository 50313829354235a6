import { randomBytes } from 'node:crypto';
import type { Clock, Entropy } from './ports.ts';

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

export const systemEntropy: Entropy = { hex: (byteCount) => randomBytes(byteCount).toString('hex') };
