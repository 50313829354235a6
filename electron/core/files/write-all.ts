import { writeSync } from 'node:fs';

/**
 * Writes every byte: one call of the system may take some of them and say so, as a disk does that is about to be full.
 *
 * @param place where in the file, in bytes; where the last write ended without it
 */
export function writeAll(handle: number, bytes: Uint8Array, place?: number): void {
  for (let from = 0; from < bytes.length; ) {
    const at = place === undefined ? null : place + from;
    const taken = writeSync(handle, bytes, from, bytes.length - from, at);
    // Nothing taken and no error: asking again would ask for ever.
    if (taken === 0) throw Object.assign(new Error('nothing more is taken'), { code: 'ENOSPC' });
    from += taken;
  }
}
