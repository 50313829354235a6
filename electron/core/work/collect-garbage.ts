import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Below this, what is left behind is not worth the time of looking through all that is held. */
const WORTH_COLLECTING_BYTES = 20 * 1024 ** 2;

let collect: (() => void) | null | undefined;
let heldBytes = bytesHeld();

/**
 * Gives back what a step of large work left behind, where that is much. The engine itself waits until columns of 64 MB are
 * garbage, as it knows nothing of steps, and a process keeps what it once took.
 */
export function collectGarbage(): void {
  const held = bytesHeld();
  // Less where the engine collected of itself meanwhile.
  heldBytes = Math.min(heldBytes, held);
  if (held - heldBytes < WORTH_COLLECTING_BYTES) return;
  if (collect === undefined) collect = collector();
  collect?.();
  heldBytes = bytesHeld();
}

function bytesHeld(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** The engine's own collector, which it shows to contexts that are made once it was told so; null where it does not. */
function collector(): (() => void) | null {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('globalThis.gc');
  if (typeof found !== 'function') return null;
  return () => {
    found();
    // The memory of columns is given back on another thread, which the next collection waits for, be it a small one.
    found({ type: 'minor' });
  };
}
