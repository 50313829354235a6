/** Which vendor's models a name points to. Names are all there is to go by, so this errs towards saying nothing. */

const FAMILIES: readonly (readonly [family: string, pattern: RegExp])[] = [
  ['OpenAI', /(^|[^a-z])(gpt-?\d|chatgpt|gpt\d*|davinci|openai|o[1345](-|$))/],
  ['Anthropic', /claude|anthropic/],
  ['Google', /gemini|gemma|palm-?\d|(^|[^a-z])bard([^a-z]|$)/],
  ['Mistral', /mi[sx]tral|magistral|ministral|codestral/],
  ['Qwen', /qwen|qwq/],
  ['DeepSeek', /deepseek/],
  ['Cohere', /command-?r|cohere/],
  ['xAI', /(^|[^a-z])grok/],
  ['Microsoft', /(^|[^a-z])phi-?\d/],
  // Tuned on Llama weights: what they learned to like need not be what Llama likes, so they are not counted as Llama.
  ['Guanaco', /guanaco/],
  ['Vicuna', /vicuna/],
  ['Alpaca', /alpaca/],
  ['Llama', /llama/],
];

/** The family of a model by its name; null where the name tells none. */
export function familyOf(name: string): string | null {
  const folded = name.toLowerCase();
  return FAMILIES.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

/**
 * Whether two names mean one model: equal after folding case and separators, or one is the other with a version of a
 * prompt or parameters behind “@”, “/”, “:” or a space.
 */
export function isSameModel(one: string, two: string): boolean {
  const names = [one, two].map((name) => {
    const [model = ''] = name.toLowerCase().split(/[@/:\s]/u);
    return model.replace(/[-_.]/gu, '');
  });
  return names[0] !== '' && names[0] === names[1];
}
