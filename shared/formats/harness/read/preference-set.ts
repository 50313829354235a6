/**
 * Preference sets of the Hugging Face kind (TRL's `dataset_formats.md`): prompt, chosen and rejected, as texts or as
 * conversations; without a prompt, both begin with it, as in the sets of HH-RLHF, whose texts name the turns. They hold neither
 * ties nor systems, unless a column names them, nor people: of rows on one pair the first is one's, the second another's.
 */
import { z } from 'zod';
import type { Conversation, Message } from '../../../study/conversation.ts';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import {
  type HarnessContext,
  type HarnessFormat,
  leaveOut,
  nativeRows,
  rowsBy,
  wrong,
} from './harness-format.ts';
import { orderPair } from './ordered-pair.ts';
import { tabledConversation } from './tabled-conversation.ts';
import { textKey } from './text-key.ts';

const said = z.union([z.string().max(MAX_TEXT_LENGTH), tabledConversation]);
const name = z.string().min(1).max(200);

const rowSchema = z.object({
  prompt: said.nullish().transform((prompt) => prompt ?? undefined),
  chosen: said,
  rejected: said,
  chosen_model: name.nullable().optional(),
  rejected_model: name.nullable().optional(),
});

type Row = z.output<typeof rowSchema>;
type Said = z.output<typeof said>;

export const preferenceSet: HarnessFormat = {
  name: 'preference',
  title: 'preference set (prompt, chosen, rejected)',
  order: 'the chosen output is named; which was shown first is not said',
  recognise: (record) =>
    'chosen' in record && 'rejected' in record && !('chosen_score' in record && 'options' in record)
      ? 'it has chosen and rejected'
      : null,
  reader: (context) => {
    let furtherVotes = 0;
    const { read } = rowsBy(rowSchema, (row) =>
      convert(row, context, (id) => {
        const vote = context.numberVote(id, RATER);
        if (vote > 1) furtherVotes++;
        return vote === 1 ? RATER : `${RATER} ${vote}`;
      }),
    );
    return {
      read,
      warnings: () =>
        furtherVotes === 0
          ? []
          : [
              `${furtherVotes === 1 ? '1 row is' : `${furtherVotes} rows are`} on a pair that had one before, in this file or one before it. They count as votes of further people, “${RATER} 2” and so on, since the set names nobody; where they are mere repetitions, leave them out of the file.`,
            ],
    };
  },
};

/** Whoever a set without names is of. */
const RATER = 'data set';

const labelledSchema = z.object({
  prompt: said,
  completion: said,
  label: z.union([z.boolean(), z.literal([0, 1]), z.enum(['true', 'false', 'True', 'False'])]),
});
type Labelled = z.output<typeof labelledSchema>;

/**
 * TRL's unpaired sets, for KTO: a completion and whether it is a good one. One label compares nothing, so that a good and a bad
 * completion of one prompt are put together, each once, in the order of the file.
 */
export const unpairedSet: HarnessFormat = {
  name: 'kto',
  title: 'unpaired preference set (prompt, completion, label)',
  order:
    'of two completions of a prompt the one with a good label is the better one; nobody saw them side by side',
  recognise: (record) =>
    'prompt' in record && 'completion' in record && 'label' in record
      ? 'it has prompt, completion and label'
      : null,
  reader: (context) => {
    /** Completions that none of the other label was found for yet, by prompt and label. */
    const waiting = { good: new Map<string, Labelled[]>(), bad: new Map<string, Labelled[]>() };
    const open = { good: 0, bad: 0 };
    let pairs = 0;
    const { read } = rowsBy(labelledSchema, (row) => {
      const [mine, others] = isGood(row) ? (['good', 'bad'] as const) : (['bad', 'good'] as const);
      const prompt = context.sha256(textOf(row.prompt));
      const other = waiting[others].get(prompt)?.shift();
      if (other === undefined) {
        waiting[mine].set(prompt, [...(waiting[mine].get(prompt) ?? []), row]);
        open[mine]++;
        return { ok: true, rows: [] };
      }
      open[others]--;
      const [chosen, rejected] = mine === 'good' ? [row, other] : [other, row];
      const found = convert(
        { prompt: row.prompt, chosen: chosen.completion, rejected: rejected.completion },
        context,
        (id) => {
          const vote = context.numberVote(id, RATER);
          return vote === 1 ? RATER : `${RATER} ${vote}`;
        },
      );
      if (found.ok && found.rows.length > 0) pairs++;
      return found;
    });
    return {
      read,
      warnings: () => [
        ...(pairs === 0
          ? []
          : [
              `${pairs} ${pairs === 1 ? 'comparison was' : 'comparisons were'} made of a good and a bad completion of one prompt. Each was labelled by itself: nobody compared them.`,
            ]),
        ...(open.good + open.bad === 0
          ? []
          : [
              `${open.good + open.bad === 1 ? '1 completion' : `${open.good + open.bad} completions`} (${open.good} good, ${open.bad} bad) without one of the other label for the same prompt: nothing came of that, as one label compares nothing.`,
            ]),
      ],
    };
  },
};

function isGood({ label }: Labelled): boolean {
  return label === true || label === 1 || label === 'true' || label === 'True';
}

function convert(row: Row, { sha256 }: HarnessContext, raterOf: (id: string) => string) {
  // A prompt that is a text may stand in the conversations once more.
  const isWhole =
    typeof row.prompt === 'object' || (row.prompt !== undefined && typeof row.chosen === 'string');
  const repeated = isWhole ? null : implicit(row.chosen, row.rejected);
  const parts = repeated ?? (row.prompt === undefined ? null : { ...row, prompt: row.prompt });
  if (parts === null)
    return wrong('prompt', 'is missing, and chosen and rejected do not begin with the same turns or words');
  const [prompt, chosen, rejected] = [parts.prompt, parts.chosen, parts.rejected].map(textOf) as [
    string,
    string,
    string,
  ];
  if (chosen === rejected) return leaveOut('chosen and rejected are the same text');
  const given = [row.chosen_model ?? '', row.rejected_model ?? ''] as const;
  const isInOrder = chosen < rejected;
  const digest = sha256(
    textKey(
      isInOrder ? [prompt, chosen, rejected, ...given] : [prompt, rejected, chosen, given[1], given[0]],
    ),
  );
  // Which comes first says nothing of which was chosen: the texts in their order, or the other way round by a coin they toss.
  const isTurned = Number.parseInt(digest.slice(-1), 16) % 2 === 1;
  const isChosenFirst = isInOrder !== isTurned;
  const ofChosen = { given: row.chosen_model, output: outputOf(parts.chosen) };
  const ofRejected = { given: row.rejected_model, output: outputOf(parts.rejected) };
  const [first, second] = isChosenFirst ? [ofChosen, ofRejected] : [ofRejected, ofChosen];
  const pair = orderPair(
    { system: first.given ?? 'output 1', output: first.output },
    { system: second.given ?? 'output 2', output: second.output },
  );
  const id = digest.slice(0, 32);
  const rater = raterOf(id);
  const found = nativeRows([
    {
      id,
      ...(typeof parts.prompt === 'string' ? { prompt: parts.prompt } : { messages: parts.prompt }),
      a: pair.a,
      b: pair.b,
      human: [{ rater, verdict: pair.sideOf(isChosenFirst ? 'first' : 'second') }],
    },
  ]);
  return found.ok ? { ...found, unnamed: [rater] } : found;
}

function textOf(said: Said): string {
  return typeof said === 'string' ? said : JSON.stringify(said);
}

function outputOf(text: Said): Record<string, unknown> {
  return typeof text === 'string' ? { text } : { messages: text };
}

/** What two conversations or texts begin with, and how each goes on; null where they do not begin alike. */
function implicit(chosen: Said, rejected: Said): { prompt: Said; chosen: Said; rejected: Said } | null {
  if (typeof chosen === 'string' && typeof rejected === 'string') {
    const turns = [namedTurns(chosen), namedTurns(rejected)] as const;
    return turns[0] !== null && turns[1] !== null
      ? implicit(turns[0], turns[1])
      : sharedBeginning(chosen, rejected);
  }
  if (typeof chosen === 'string' || typeof rejected === 'string') return null;
  let shared = 0;
  while (
    shared < Math.min(chosen.length, rejected.length) - 1 &&
    chosen[shared]?.role === rejected[shared]?.role &&
    chosen[shared]?.content === rejected[shared]?.content
  )
    shared++;
  return shared === 0
    ? null
    : { prompt: chosen.slice(0, shared), chosen: chosen.slice(shared), rejected: rejected.slice(shared) };
}

/** A text of HH-RLHF as its turns: each stands after a blank line and who speaks. Null for any other. */
function namedTurns(text: string): Conversation | null {
  const parts = text.split(/(?:^|\n\n)(Human|Assistant): ?/u);
  if (parts.length < 5 || parts[0]?.trim() !== '') return null;
  const turns: Message[] = [];
  for (let part = 1; part < parts.length; part += 2)
    turns.push({ role: parts[part] === 'Human' ? 'user' : 'assistant', content: parts[part + 1] ?? '' });
  return turns;
}

/** As TRL takes a prompt out of two texts: what they begin with, up to the last blank. */
function sharedBeginning(
  chosen: string,
  rejected: string,
): { prompt: string; chosen: string; rejected: string } | null {
  let shared = 0;
  while (shared < Math.min(chosen.length, rejected.length) && chosen[shared] === rejected[shared]) shared++;
  const end = chosen.slice(0, shared).search(/\s\S*$/u) + 1;
  if (end <= 0 || chosen.slice(0, end).trim() === '') return null;
  return { prompt: chosen.slice(0, end), chosen: chosen.slice(end), rejected: rejected.slice(end) };
}
