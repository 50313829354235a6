/** Finds places where an output says who wrote it. Findings go to the lead; nothing is changed. */

export interface IdentityMatch {
  readonly rule: 'self_identification' | 'vendor_or_model' | 'system_name';
  readonly excerpt: string;
}

const SELF =
  /\b(?:as|i am|i['’]m|my name is|this is)\s+(?:an?\s+)?(?:(?:(?:ai|large|language|chat)[\s-]+)+(?:model|assistant|bot)|\p{L}[\p{L}\d.-]+(?:\s+[\p{L}\d.-]+)?,\s+(?:an?\s+)?(?:ai|language model|assistant|large)\b)[^.\n]{0,80}/iu;

const NAMES =
  /\b(?:chatgpt|gpt-?[345][\w.-]*|openai|anthropic|claude|gemini|google bard|deepmind|llama[\s-]?\d*|mistral|mixtral|qwen|deepseek|cohere|command-r|grok|vicuna|alpaca|falcon-?\d+b|palm-?2|copilot)\b/iu;

/** Without one of these no match is possible; looking for them first spares most texts the slower patterns. */
const SELF_OPENINGS = /as |i am|i['’]m|my name is|this is/;
const NAME_STEMS =
  /gpt|openai|anthropic|claude|gemini|bard|deepmind|llama|mistral|mixtral|qwen|deepseek|cohere|command-r|grok|vicuna|alpaca|falcon|palm|copilot/;

/** Most texts hold none of either, which one look tells. */
const EITHER = new RegExp(`${SELF_OPENINGS.source}|${NAME_STEMS.source}`);

const AROUND = 40;

/**
 * At most one match per rule in one output.
 *
 * @param output the text of a response
 * @param systemNames names of the study's own systems; those under four characters are not looked for
 */
export function scanForIdentity(output: string, systemNames: readonly string[]): IdentityMatch[] {
  const matches: IdentityMatch[] = [];
  const folded = output.toLowerCase();
  const isLikely = EITHER.test(folded);
  const self = isLikely && SELF_OPENINGS.test(folded) ? SELF.exec(output) : null;
  if (self !== null)
    matches.push({ rule: 'self_identification', excerpt: excerptAround(output, self.index, self[0].length) });
  const vendor = isLikely && NAME_STEMS.test(folded) ? NAMES.exec(output) : null;
  if (vendor !== null)
    matches.push({ rule: 'vendor_or_model', excerpt: excerptAround(output, vendor.index, vendor[0].length) });
  const named = systemPattern(systemNames)?.exec(output);
  if (named !== null && named !== undefined) {
    matches.push({ rule: 'system_name', excerpt: excerptAround(output, named.index, named[0].length) });
  }
  return matches;
}

/** Every place of a text that says who wrote it, in the order they stand; places of two rules may overlap. */
export function identitySpans(
  text: string,
  systemNames: readonly string[],
): { readonly rule: IdentityMatch['rule']; readonly from: number; readonly to: number }[] {
  const folded = text.toLowerCase();
  const patterns: [IdentityMatch['rule'], RegExp | null][] = [
    ['self_identification', SELF_OPENINGS.test(folded) ? SELF : null],
    ['vendor_or_model', NAME_STEMS.test(folded) ? NAMES : null],
    ['system_name', systemPattern(systemNames)],
  ];
  return patterns
    .flatMap(([rule, pattern]) =>
      pattern === null
        ? []
        : [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map(({ 0: found, index }) => ({
            rule,
            from: index,
            to: index + found.length,
          })),
    )
    .sort((left, right) => left.from - right.from || right.to - left.to);
}

let compiled: { readonly names: readonly string[]; readonly pattern: RegExp | null } | null = null;

/** Words that files call a system by where they do not name it, and that any output may hold. */
const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    'a the an one two three first second third other both left right top new old original base baseline basic control ' +
    'default standard reference ref example sample demo test trial gold golden truth target expected correct good bad best ' +
    'better worse worst chosen rejected preferred winner loser model models system systems output outputs response responses ' +
    'answer answers reply completion candidate candidates generation generator generated assistant agent bot chat ' +
    'ai llm human person people expert writer student teacher user author text prompt instruct instruction tuned finetuned ' +
    'fine large small medium mini tiny big long short fast slow simple full final draft current previous next latest ' +
    'version run run1 experiment variant option choice alternative source data set policy before after with without no ' +
    'random unknown none main production prod staging dev local greedy sampled'
  ).split(' '),
);

/** A word of that kind, a letter, or a number. */
function isCommon(part: string): boolean {
  return /^(?:\p{L}|v?\d+(?:\.\d+)*)$/iu.test(part) || COMMON_WORDS.has(part.toLowerCase());
}

/**
 * Finds any system's full name with spaces, hyphens or underscores between its parts, or its leading word
 * where that has five letters or more: an output of “juniper-mini” may call itself Juniper Mini. The
 * pattern is kept while the same list is passed.
 */
function systemPattern(names: readonly string[]): RegExp | null {
  if (compiled?.names === names) return compiled.pattern;
  const alternatives = names.flatMap((name) => {
    const parts = name.split(/[\s_-]+/u).filter((part) => part !== '');
    if (parts.every(isCommon)) return [];
    const whole = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')).join('[\\s_-]*');
    const [leading] = parts;
    const lead = leading !== undefined && /^\p{L}{5,}$/u.test(leading) && !isCommon(leading) ? [leading] : [];
    return name.length >= 4 ? [whole, ...lead] : [];
  });
  const pattern =
    alternatives.length === 0
      ? null
      : new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
  compiled = { names, pattern };
  return pattern;
}

function excerptAround(text: string, start: number, length: number): string {
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, start + length + AROUND);
  const middle = text.slice(from, to).replace(/\s+/gu, ' ').trim();
  return `${from > 0 ? '…' : ''}${middle}${to < text.length ? '…' : ''}`;
}
