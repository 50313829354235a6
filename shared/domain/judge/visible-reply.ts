/** What of a reply is said and what was only thought. Models that think write drafts of a verdict, which are none. */
import { lenientObject } from './lenient-json.ts';

const THOUGHT =
  '(?:think(?:ing|_?process)?|thoughts?|reason(?:ing)?|reflection|scratchpad|analysis|deliberation|(?:inner_?)?monologue|chain_of_thought|cot)';

/** Marks with which models open and close their thoughts, in the groups `open` and `close`, or begin their answer (`answer`). */
const MARKS = new RegExp(
  [
    // <think>, <thinking time="2">, <seed:think>, <antThinking>, with their ends.
    `(?<open>(?:<(?:[a-z]{1,12}[:_]?)?${THOUGHT}(?:\\s[^<>\\n]{0,80})?>)`,
    `|\\[THINK(?:ING)?\\]|◁${THOUGHT}▷`,
    `|<[|｜](?:begin_of_|start_(?:of_)?)?${THOUGHT}[|｜]>|<\\|inner_prefix\\|>|<unused94>|<\\|channel>thought`,
    '|<\\|channel\\|>(?!\\s*final\\b)[^<>]{0,60}(?:<\\|constrain\\|>[^<>]{0,40})?<\\|message\\|>)',
    `|(?<close><\\s?/(?:[a-z]{1,12}[:_]?)?${THOUGHT}\\s?>|\\[/THINK(?:ING)?\\]|◁/${THOUGHT}▷`,
    `|<[|｜](?:/|end_(?:of_)?)${THOUGHT}[|｜]>|<\\|inner_suffix\\|>|<unused95>|<channel\\|>)`,
    '|(?<answer><\\|channel\\|>\\s*final\\b[^<>]{0,60}(?:<\\|constrain\\|>[^<>]{0,40})?<\\|message\\|>|<\\|begin_of_solution\\|>)',
    '|(?<end><\\|end\\|>)',
  ].join(''),
  'giu',
);
/** What remains of a chat template once thoughts are gone. */
const TEMPLATE_TOKENS =
  /<\|start\|>\w{0,12}|<\|(?:start|end|return|call|message|channel|im_end|im_start|eot_id|endoftext|end_of_solution|begin_of_solution|START_RESPONSE|END_RESPONSE)\|>|<｜end▁of▁sentence｜>|<\/s>/giu;
/** Channels whose marks were taken out on the way, and thoughts that are announced in words. */
const WORDED = [
  { thought: /^\s*analysis(?=[\p{Lu}"'“*[{])/u, answer: /assistant\s?final(?:json)?/giu },
  { thought: /^\s*here (?:is|are) my (?:thought|reasoning) process:/iu, answer: /here is my response:/giu },
] as const;
const QUOTES: Readonly<Record<string, string>> = {
  '`': '`',
  '"': '"',
  "'": "'",
  '“': '”',
  '‘': '’',
  '«': '»',
};

/**
 * The reply with its thoughts blanked out, every other character in its place. What stands before an end without a
 * beginning was thought (the beginning stood in the prompt), and so was everything after a beginning without an end. Marks
 * in quotation marks are spoken of, and in a reply that is one JSON object nothing is thought.
 */
export function visibleReply(reply: string): string {
  const hidden = hiddenRanges(reply);
  if (hidden.length === 0) return reply;
  let [text, at] = ['', 0];
  for (const [from, to] of hidden) {
    if (to <= at) continue;
    const start = Math.max(from, at);
    // A line of its own, so that what stood before a thought and after it does not become one line.
    text += `${reply.slice(at, start)}\n${' '.repeat(to - start - 1)}`;
    at = to;
  }
  return text + reply.slice(at);
}

function hiddenRanges(reply: string): (readonly [number, number])[] {
  const marks = [...reply.matchAll(MARKS)].filter((mark) => !isQuoted(reply, mark.index, mark[0].length));
  const worded = wordedThought(reply);
  const template = [...reply.matchAll(TEMPLATE_TOKENS)];
  if (marks.length === 0 && worded === 0 && template.length === 0) return [];
  if (isOneObject(reply)) return [];
  const hidden: (readonly [number, number])[] = worded === 0 ? [] : [[0, worded]];
  let open: number | null = null;
  for (const { index, 0: mark, groups = {} } of marks) {
    const end = index + mark.length;
    if (groups.open !== undefined) open ??= index;
    else if (groups.close !== undefined || groups.answer !== undefined) {
      hidden.push([open ?? 0, end]);
      open = null;
    } else if (open !== null) {
      hidden.push([open, end]);
      open = null;
    }
  }
  if (open !== null) hidden.push([open, reply.length]);
  for (const { index, 0: token } of template) hidden.push([index, index + token.length]);
  return hidden.sort(([one], [two]) => one - two);
}

function isQuoted(text: string, from: number, length: number): boolean {
  const close = QUOTES[text[from - 1] ?? ''];
  return close !== undefined && text[from + length] === close;
}

/** Up to where a reply that begins as a thought is one; 0 where it does not. */
function wordedThought(reply: string): number {
  for (const { thought, answer } of WORDED) {
    if (!thought.test(reply)) continue;
    const last = [...reply.matchAll(answer)].at(-1);
    return last === undefined ? reply.length : last.index + last[0].length;
  }
  return 0;
}

function isOneObject(reply: string): boolean {
  const text = reply.trim();
  const isFenced = text.startsWith('```') && text.endsWith('```') && text.length >= 6;
  const bare = isFenced ? text.slice(text.indexOf('\n') + 1, -3).trim() : text;
  return bare.startsWith('{') && lenientObject(bare) !== null;
}
