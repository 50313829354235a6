/**
 * Texts that a model's tokenizer or chat template takes for its own marks and not for text: the turn ends, another role speaks,
 * thoughts are cut away. Nothing in a file of examples can keep them from that, so an export counts them and says which.
 */
import type { Conversation } from '../../../study/conversation.ts';
import type { Comparison } from '../../own/native.ts';
import { outputTurns, promptTurns } from './harness-exporter.ts';

/** Families of marks, as they are written, and how one is known. What is said names families alone, never what a model wrote. */
const FAMILIES: readonly (readonly [string, RegExp])[] = [
  // ChatML, Llama 3 and 4, Phi, Zephyr, GLM, Granite, Command, gpt-oss, and what marks a place to fill in.
  ['<|…|>', /<\|[A-Za-z_/][\w .:/-]{0,60}\|>/u],
  ['<｜…｜>', /<｜[^｜<>\n]{1,60}｜>/u],
  [
    '<|turn>',
    /<\|(?:turn|channel|tool\w*|think|image|audio|video|")>|<(?:turn|channel|tool\w*|image|audio)\|>/u,
  ],
  ['<s>, </s>', /<\/?s>/u],
  ['<start_of_turn>', /<(?:start|end)_of_(?:turn|image|text|role)>|<\/?start_of_role>/u],
  ['<bos>, <eos>', /<(?:bos|eos|pad|unk|mask|eod|eop|sop|sep|cls)>/u],
  ['[INST]', /\[\/?INST\]|<<\/?SYS>>/u],
  [
    '[TOOL_CALLS]',
    /\[\/?(?:SYSTEM_PROMPT|MODEL_SETTINGS|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|ARGS|CALL_ID|THINK|IMG|IMG_BREAK|IMG_END|AUDIO|BEGIN_AUDIO|PREFIX|MIDDLE|SUFFIX)\]/u,
  ],
  ['[CLS], [SEP]', /\[(?:CLS|SEP|MASK|PAD|UNK|gMASK|sMASK)\]/u],
  ['<think>', /<\/?think>/u],
  ['<tool_call>', /<\/?(?:minimax:)?tool_(?:call|response|calls|outputs?)>/u],
  [
    '<fim_prefix>',
    /<(?:fim_\w{1,20}|file_sep|repo_name|reponame|filename|extra_id_\d{1,4}|unused\d{1,4}|reserved_\d{1,4}|SPECIAL_\d{1,4}|seed:[\w/]{1,20})>/u,
  ],
  [']~b]', /\]~!?b[[\]]|\[e~\[/u],
];

/** Counts the pairs of an export in which a text holds such marks. */
export class ControlTokens {
  readonly #families = new Set<string>();
  #pairs = 0;

  add(row: Comparison): void {
    const texts = [promptTurns(row), outputTurns(row.a), outputTurns(row.b)].flatMap(textsOf);
    if (row.reference !== undefined) texts.push(row.reference);
    const found = FAMILIES.filter(([, mark]) => texts.some((text) => mark.test(text)));
    for (const [family] of found) this.#families.add(family);
    if (found.length > 0) this.#pairs++;
  }

  /** What is to be said of them; nothing where there are none. */
  warnings(): readonly { readonly what: string; readonly rows: number }[] {
    if (this.#pairs === 0) return [];
    const families = FAMILIES.map(([family]) => family).filter((family) => this.#families.has(family));
    return [
      {
        what: `pairs with control tokens of chat models in a text (${families.join(' ')}): a tokenizer takes them for its own, so a turn may end there or another role speak`,
        rows: this.#pairs,
      },
    ];
  }
}

function textsOf(turns: Conversation): string[] {
  return turns.map(({ content }) => content);
}
