/** What of a reply is said and what was only thought. Models that think write drafts of a verdict, which are none. */
import { lenientObject } from './lenient-json.ts';

/** What thoughts are called, also with a word before or behind: <inner_monologue>, <thought_process>. */
const THOUGHT =
  '(?:(?:[a-z]{1,16}[_-]){0,2}(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflections?|scratchpad|analysis|deliberation|ponder(?:ing)?|plan(?:ning)?|monologue|chain[_-]of[_-]thought|cot)(?:[_-]?(?:process|content|tokens?|steps?|trace))?|internal|思考(?:过程|過程)?|思维(?:过程)?|推理(?:过程|過程)?|考え|생각)';
const [LESS, GREATER] = ['(?:<|&lt;|＜|〈)', '(?:>|&gt;|＞|〉)'];
/** Words in square brackets that also head a section of a reply; only their ends tell that they were thoughts. */
const BRACKETED = '(?:think(?:ing)?|thoughts?|reasoning)';

/** Marks with which models open and close their thoughts, in the groups `open` and `close`, or begin their answer (`answer`). */
const MARKS = new RegExp(
  [
    // <think>, <thinking time="2">, <seed:think>, <antThinking>, with their ends.
    `(?<open>(?:${LESS}(?:[a-z]{1,12}[:_]?)?${THOUGHT}(?:\\s[^<>\\n]{0,80})?${GREATER})`,
    `|\\[THINK(?:ING)?\\]|◁${THOUGHT}▷`,
    `|<[|｜](?!end)(?:(?:begin|start)_?(?:of_)?)?${THOUGHT}[|｜]>|<\\|inner_prefix\\|>|<unused94>|<\\|channel>thought`,
    `|<\\|im_start\\|>\\s?${THOUGHT}\\b|<\\|start_header_id\\|>${THOUGHT}<\\|end_header_id\\|>`,
    `|<details\\b[^<>\\n]{0,80}\\btype="?reasoning\\b[^<>\\n]{0,200}>|<details>\\s{0,9}<summary>\\s{0,9}(?:show\\s)?(?:${THOUGHT}|thought for)\\b`,
    '|<\\|channel\\|>(?!\\s*final\\b)[^<>]{0,60}(?:<\\|constrain\\|>[^<>]{0,40})?<\\|message\\|>)',
    `|(?<close>${LESS}\\s?/(?:[a-z]{1,12}[:_]?)?${THOUGHT}\\s?${GREATER}|\\[/${BRACKETED}\\]|◁/${THOUGHT}▷`,
    `|<[|｜](?:/|end_?(?:of_)?)${THOUGHT}[|｜]>|<\\|inner_suffix\\|>|<unused95>|<channel\\|>)`,
    '|(?<answer><\\|channel\\|>\\s*final\\b[^<>]{0,60}(?:<\\|constrain\\|>[^<>]{0,40})?<\\|message\\|>|<\\|begin_of_solution\\|>)',
    '|(?<end><\\|(?:im_)?end\\|>|<\\|eot_id\\|>|<\\|im_start\\|>\\s?(?:assistant|answer|final)\\b|<\\|start_header_id\\|>assistant<\\|end_header_id\\|>|</details>)',
  ].join(''),
  'giu',
);
/** A code fence that is named for thoughts, up to its end. */
const FENCED = new RegExp(`^(\`{3,})[ \\t]?${THOUGHT}[ \\t]*\\n[^]*?(?:^\\1|(?![^]))`, 'gimu');
/** The end of a turn, where something else than a word follows: what stands behind it is no reply, whoever it says it is. */
const TURN_ENDS =
  /(?:<\|(?:im_end|eot_id|eom_id|endoftext|return)\|>|<｜end▁of▁sentence｜>|<\/s>|<end_of_turn>|<eos>)(?=\s*(?:$|<[|｜]|\[\[|<(?:start_of_turn|s|bos)>|\[\/?INST|(?:user|human|assistant|system)\s*[:\n]))/giu;
/** What remains of a chat template once thoughts are gone. */
const TEMPLATE_TOKENS =
  /<\|start\|>\w{0,12}|<\|im_start\|>(?:assistant\b)?|<\|(?:start|end|return|call|message|channel|im_end|eot_id|eom_id|endoftext|end_of_solution|begin_of_solution|START_RESPONSE|END_RESPONSE)\|>|<\|start_header_id\|>\w{0,12}<\|end_header_id\|>|<｜end▁of▁sentence｜>|<\/s>|<end_of_turn>|<eos>|\[\/INST\]/giu;
/** Channels whose marks were taken out on the way, and thoughts that are announced in words. */
const WORDED = [
  { thought: /^\s*(?:assistant\s?)?analysis(?=[\p{Lu}"'“*[{])/u, answer: /assistant\s?final(?:json)?/giu },
  { thought: /^\s*thinking(?:\.{3}|…)\s*\n/iu, answer: /(?:\.{3}|…)\s?done thinking\.?/giu },
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
  const thoughts = thoughtRanges(reply);
  const template = [...reply.matchAll(TEMPLATE_TOKENS)];
  if ((thoughts.length === 0 && template.length === 0) || isOneObject(reply)) return reply;
  const said = blankRanges(reply, thoughts);
  const bare = blankRanges(
    said,
    template.map(({ index, 0: token }) => [index, index + token.length] as const),
  );
  return bare.slice(0, endOfTurn(said, bare.search(/\S/u)));
}

/** A text with ranges of it blanked out. */
function blankRanges(text: string, ranges: readonly (readonly [number, number])[]): string {
  let [result, at] = ['', 0];
  for (const [from, to] of ranges) {
    if (to <= at) continue;
    const start = Math.max(from, at);
    // A line of its own, so that what stood before a thought and after it does not become one line.
    result += `${text.slice(at, start)}\n${' '.repeat(to - start - 1)}`;
    at = to;
  }
  return result + text.slice(at);
}

function thoughtRanges(reply: string): (readonly [number, number])[] {
  const marks = [...reply.matchAll(MARKS)].filter((mark) => !isQuoted(reply, mark.index, mark[0].length));
  const worded = wordedThought(reply);
  const hidden: (readonly [number, number])[] = worded === 0 ? [] : [[0, worded]];
  for (const { index, 0: block } of reply.matchAll(FENCED)) hidden.push([index, index + block.length]);
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
  return hidden.sort(([one], [two]) => one - two);
}

/** Where the turn ends that begins to say something at `from`; the end of the text where it goes on to there. */
function endOfTurn(said: string, from: number): number {
  for (const { index, 0: token } of said.matchAll(TURN_ENDS)) {
    if (from >= 0 && index > from && !isQuoted(said, index, token.length)) return index;
  }
  return said.length;
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
