import { hash } from 'node:crypto';

const HASH_BYTES = 16;

function shortHash(text: string): Buffer {
  return hash('sha256', text, 'buffer').subarray(0, HASH_BYTES);
}

/**
 * Identifies an item by what is asked and its reference: the first 16 bytes of a SHA-256. A stored text is JSON
 * and holds no line end, so the two parts cannot run into each other.
 */
export function itemHash(storedPrompt: string, reference: string | null): Buffer {
  return shortHash(reference === null ? storedPrompt : `${storedPrompt}\n${reference}`);
}

/** Identifies a response by its text and its metadata. The system is not part of it. */
export function responseHash(storedOutput: string, meta: string | null): Buffer {
  return shortHash(meta === null ? storedOutput : `${storedOutput}\n${meta}`);
}
