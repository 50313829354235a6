import { hash } from 'node:crypto';

/**
 * The stable split of a prompt: about half of all prompts are `dev` (a judge may be tuned on them), the rest
 * are `test`. It depends on nothing but what is asked, so that one prompt never stands on both sides.
 *
 * @param storedPrompt the prompt as stored: a JSON string, or a JSON array of turns
 */
export function splitOf(storedPrompt: string): 'dev' | 'test' {
  return (hash('sha256', `split|${storedPrompt}`, 'buffer')[0] ?? 0) < 128 ? 'dev' : 'test';
}
