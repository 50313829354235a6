import { ed25519 } from '@noble/curves/ed25519.js';

/**
 * Whether 32 bytes are a point of Ed25519 in its one canonical encoding that a key or a signature may have: under a key of
 * small order any signature fits any message, and two encodings of one point are two names of one key (RFC 8032, 5.1.3;
 * Chalkias, Garillot and Nikolaenko 2020, “Taming the many EdDSAs”).
 */
export function isSoundPoint(bytes: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(bytes, false).isSmallOrder();
  } catch {
    return false;
  }
}

/** Whether 32 bytes are a public key that somebody can hold the private part of: a sound point of the prime-order group. */
export function isSoundKey(bytes: Uint8Array): boolean {
  return isSoundPoint(bytes) && ed25519.Point.fromBytes(bytes, false).isTorsionFree();
}
