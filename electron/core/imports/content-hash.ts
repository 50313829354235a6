import { hash } from 'node:crypto';

const HASH_BYTES = 16;

/** By way of a text: asked for bytes, Node takes longer to make them than to hash. */
function shortHash(text: string): Buffer {
  return Buffer.from(hash('sha256', text, 'latin1').slice(0, HASH_BYTES), 'latin1');
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
