import { hash } from 'node:crypto';

const HASH_BYTES = 16;

/** The first 16 bytes of a SHA-256: as a text to look things up by, and as the store has it. */
export interface ContentHash {
  readonly key: string;
  readonly bytes: Buffer;
}

/** The bytes come by way of the text: asked for bytes, Node takes longer to make them than to hash. */
function shortHash(text: string): ContentHash {
  const key = hash('sha256', text, 'binary').slice(0, HASH_BYTES);
  return { key, bytes: Buffer.from(key, 'latin1') };
}

/**
 * Identifies an item by what is asked and its reference. A stored text is JSON and holds no line end, so the two parts cannot
 * run into each other.
 */
export function itemHash(storedPrompt: string, reference: string | null): ContentHash {
  return shortHash(reference === null ? storedPrompt : `${storedPrompt}\n${reference}`);
}

/** Identifies a response by its text and its metadata. The system is not part of it. */
export function responseHash(storedOutput: string, meta: string | null): ContentHash {
  return shortHash(meta === null ? storedOutput : `${storedOutput}\n${meta}`);
}
