import { hash } from 'node:crypto';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import { canonicalJson } from '../../../shared/formats/canonical-json.ts';
import { storedTextOf } from '../store/stored-text.ts';

const HASH_BYTES = 16;

function shortHash(text: string): Buffer {
  return hash('sha256', text, 'buffer').subarray(0, HASH_BYTES);
}

/** Identifies an item by what is asked and its reference: the first 16 bytes of a SHA-256. */
export function itemHash(prompt: Conversation, reference: string | null): Buffer {
  return shortHash(JSON.stringify([storedTextOf(prompt, 'user'), reference]));
}

/** Identifies a response by its text and its metadata. The system is not part of it. */
export function responseHash(
  output: Conversation,
  meta: Readonly<Record<string, unknown>> | undefined,
): Buffer {
  return shortHash(
    JSON.stringify([storedTextOf(output, 'assistant'), meta === undefined ? null : canonicalJson(meta)]),
  );
}

/**
 * The stable split of an item: half of all items are `dev` (a judge may be tuned on them), half are
 * `test`. It depends on nothing but the item's content.
 */
export function splitOf(hashOfItem: Buffer): 'dev' | 'test' {
  return (shortHash(`split|${hashOfItem.toString('hex')}`)[0] ?? 0) < 128 ? 'dev' : 'test';
}
