import { hash } from 'node:crypto';

export type Split = 'dev' | 'test';

/**
 * The stable split of a prompt: about half of all prompts are `dev` (a judge may be tuned on them), the rest
 * are `test`. It depends on nothing but what is asked, so that one prompt never stands on both sides.
 *
 * @param storedPrompt the prompt as stored: a JSON string, or a JSON array of turns
 */
export function splitOf(storedPrompt: string): Split {
  // The first of 256 bits, as the first digit tells it.
  return hash('sha256', `split|${storedPrompt}`, 'hex') < '8' ? 'dev' : 'test';
}
