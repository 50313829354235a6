import { scrypt } from '@noble/hashes/scrypt.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Claim } from './pack-storage.ts';

/** Takes about a tenth of a second; it keeps colleagues at one machine apart, no more. */
const COST = { N: 2 ** 14, r: 8, p: 1, dkLen: 32 };

type Hashed = NonNullable<Claim['passphrase']>;

export function hashPassphrase(passphrase: string, salt: string): Hashed {
  return { salt, hash: bytesToHex(scrypt(utf8ToBytes(passphrase.normalize('NFC')), hexToBytes(salt), COST)) };
}

export function isPassphrase(typed: string, { salt, hash }: Hashed): boolean {
  return hashPassphrase(typed, salt).hash === hash;
}
