import type { ErrorMessage } from '../errors/messages.ts';

/** How much work an age file asks for before its passphrase can be tried (age-encryption.org/v1, scrypt recipient stanza). */

/**
 * Most of it, as a power of two: 256 MiB and about a second, which is what the format's own programs ask for. Each one more
 * doubles both.
 */
const MOST_AGE_WORK = 18;

/** Bytes in which the header of an age file for a pack ends. */
export const MOST_AGE_HEADER_BYTES = 64 * 1024;

const STANZA = /^-> scrypt [^\n]* (\d+)$/mu;

/**
 * Why a passphrase is not even tried on a file; null where it may be.
 *
 * @param start its first bytes, at least `MOST_AGE_HEADER_BYTES` of them where it has so many
 */
export function ageWorkProblem(start: Uint8Array): ErrorMessage | null {
  let header = '';
  for (const byte of start.subarray(0, MOST_AGE_HEADER_BYTES)) header += String.fromCharCode(byte);
  const end = header.indexOf('\n---');
  const factor = STANZA.exec(end === -1 ? header : header.slice(0, end))?.[1];
  return factor === undefined || Number(factor) <= MOST_AGE_WORK
    ? null
    : { key: 'pack.costly', values: { factor: factor.slice(0, 20), most: MOST_AGE_WORK } };
}
