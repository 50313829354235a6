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
 * The stable split of a prompt: about half of all prompts are `dev` (a judge may be tuned on them), the rest
 * are `test`. It depends on nothing but what is asked, so that one prompt never stands on both sides.
 *
 * @param storedPrompt the prompt as stored: a JSON string, or a JSON array of turns
 */
export function splitOf(storedPrompt: string): 'dev' | 'test' {
  return (shortHash(`split|${storedPrompt}`)[0] ?? 0) < 128 ? 'dev' : 'test';
}
