/**
 * Preference sets of the Hugging Face kind (TRL's `dataset_formats.md`): prompt, chosen and rejected, as texts or as
 * conversations; without a prompt, both begin with it, as in the sets of HH-RLHF, whose texts name the turns. They hold neither
 * ties nor systems, unless a column names them, nor people: of rows on one pair the first is one's, the second another's.
 */
import { z } from 'zod';
import type { Conversation, Message } from '../../domain/conversation.ts';
import { MAX_TEXT_LENGTH } from '../../domain/conversation-schema.ts';
import {
  type HarnessContext,
  type HarnessFormat,
  leftOut,
  nativeRows,
  rowsBy,
  wrong,
} from './harness-format.ts';
import { orderedPair } from './ordered-pair.ts';
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
    /** How many rows there were of each pair. */
    const votes = new Map<string, number>();
    let furtherVotes = 0;
    const { read } = rowsBy(rowSchema, (row) =>
      convert(row, context, (id) => {
        const vote = (votes.get(id) ?? 0) + 1;
        votes.set(id, vote);
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
              `${furtherVotes} rows are on a pair that had one before. They count as votes of further people, “${RATER} 2” and so on, since the set names nobody; where they are mere repetitions, leave them out of the file.`,
            ],
    };
  },
};

/** Whoever a set without names is of. */
const RATER = 'data set';

function convert(row: Row, { sha256 }: HarnessContext, raterOf: (id: string) => string) {
  // A prompt that is a text may stand in the conversations once more.
  const isWhole =
    typeof row.prompt === 'object' || (row.prompt !== undefined && typeof row.chosen === 'string');
  const repeated = isWhole ? null : implicit(row.chosen, row.rejected);
  const parts = repeated ?? (row.prompt === undefined ? null : { ...row, prompt: row.prompt });
  if (parts === null)
    return wrong('prompt', 'is missing, and chosen and rejected do not begin with the same turns or words');
  const [prompt, chosen, rejected] = [parts.prompt, parts.chosen, parts.rejected].map(spelled) as [
    string,
    string,
    string,
  ];
  if (chosen === rejected) return leftOut('chosen and rejected are the same text');
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
  const pair = orderedPair(
    { system: first.given ?? 'output 1', output: first.output },
    { system: second.given ?? 'output 2', output: second.output },
  );
  const id = digest.slice(0, 32);
  return nativeRows([
    {
      id,
      ...(typeof parts.prompt === 'string' ? { prompt: parts.prompt } : { messages: parts.prompt }),
      a: pair.a,
      b: pair.b,
      human: [{ rater: raterOf(id), verdict: pair.sideOf(isChosenFirst ? 'first' : 'second') }],
    },
  ]);
}

function spelled(said: Said): string {
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
