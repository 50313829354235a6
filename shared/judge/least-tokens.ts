import type { ChatMessage } from './judge-prompt.ts';

/** Characters that a token of any usual tokenizer holds at most, on average over a text. */
const [CHARACTERS_A_TOKEN, IDEOGRAPHS_A_TOKEN] = [7, 2.5];
/** Shorter prompts are cut by nobody, and say too little. */
const SHORTEST_TOKENS = 256;

/**
 * Fewer tokens than any usual tokenizer makes of a prompt: about two thirds of what most make. An endpoint that reports
 * less has not read all of it. 0 for short prompts, of which nothing can be said. Cheap, because it is worked out for every
 * request; what it will cost is counted with a real tokenizer.
 */
export function leastPromptTokens(messages: readonly ChatMessage[]): number {
  let tokens = 0;
  for (const { content } of messages) {
    // Runs of one character, such as rules and indents, are a token or two however long they are.
    const text = content.replace(/(.)\1{3,}/gsu, '$1');
    const ideographs = text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu,
    );
    const count = ideographs?.length ?? 0;
    tokens += (text.length - count) / CHARACTERS_A_TOKEN + count / IDEOGRAPHS_A_TOKEN;
  }
  return tokens < SHORTEST_TOKENS ? 0 : Math.floor(tokens);
}

/** Whether an endpoint that read so many tokens cannot have read the whole prompt. */
export function isPromptCut(leastTokens: number, readTokens: number | null): boolean {
  return readTokens !== null && readTokens < leastTokens;
}
