import { type TextHash, textSha256 } from '../json/content-hash.ts';

/** The chain before the first row. */
export const CHAIN_START = '0'.repeat(64);

/** The hash of all rows up to one, given that up to the row before it and the row's own line. */
export function chainHash(chain: string, lineSha256: string, sha256: TextHash = textSha256): string {
  return sha256(`${chain}${lineSha256}`);
}
