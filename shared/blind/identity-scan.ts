/** Finds places where an output says who wrote it. Findings go to the lead; nothing is changed. */

export interface IdentityMatch {
  readonly rule: 'self_identification' | 'vendor_or_model' | 'system_name';
  readonly excerpt: string;
}

const SELF =
  /\b(?:as|i am|i['’]m|my name is|this is)\s+(?:an?\s+)?(?:(?:ai|large language|language|chat)[\s-]*(?:model|assistant|bot)|[A-Z][\p{L}\d.-]+(?:\s+[A-Z\d][\p{L}\d.-]*)?,\s+(?:an?\s+)?(?:ai|language model|assistant|large))[^.\n]{0,80}/iu;

const NAMES =
  /\b(?:chatgpt|gpt-?[345][\w.-]*|openai|anthropic|claude|gemini|google bard|deepmind|llama[\s-]?\d*|mistral|mixtral|qwen|deepseek|cohere|command-r|grok|vicuna|alpaca|falcon-?\d+b|palm-?2|copilot)\b/iu;

const AROUND = 40;

/**
 * At most one match per rule in one output.
 *
 * @param output the text of a response
 * @param systemNames names of the study's own systems, at least four characters each to be looked for
 */
export function scanForIdentity(output: string, systemNames: readonly string[]): IdentityMatch[] {
  const matches: IdentityMatch[] = [];
  const self = SELF.exec(output);
  if (self !== null) matches.push({ rule: 'self_identification', excerpt: excerptAround(output, self.index, self[0].length) });
  const vendor = NAMES.exec(output);
  if (vendor !== null) matches.push({ rule: 'vendor_or_model', excerpt: excerptAround(output, vendor.index, vendor[0].length) });
  const folded = output.toLowerCase();
  for (const name of systemNames) {
    const at = name.length >= 4 ? folded.indexOf(name.toLowerCase()) : -1;
    if (at >= 0) {
      matches.push({ rule: 'system_name', excerpt: excerptAround(output, at, name.length) });
      break;
    }
  }
  return matches;
}

function excerptAround(text: string, start: number, length: number): string {
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, start + length + AROUND);
  const middle = text.slice(from, to).replace(/\s+/gu, ' ').trim();
  return `${from > 0 ? '…' : ''}${middle}${to < text.length ? '…' : ''}`;
}
