import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import type { ChatMessage } from '../../../shared/judge/judge-prompt.ts';

/** What every message costs beside its text, and the start of the reply. */
const [PER_MESSAGE, PER_REPLY] = [4, 3];

/** Texts that look like the tokenizer's own control tokens are text. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

/**
 * Tokens of a prompt in OpenAI's o200k_base. Other models' tokenizers differ by some tenths, so what this feeds is an
 * estimate; what is booked is what the endpoint counted.
 */
export function promptTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + PER_MESSAGE + countTokens(content, AS_TEXT), PER_REPLY);
}
