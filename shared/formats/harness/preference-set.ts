/**
 * Preference sets of the Hugging Face kind (TRL's `dataset_formats.md`): prompt, chosen and rejected, as texts or as
 * conversations; without a prompt, both begin with it. They hold neither ties nor systems, unless a column names them.
 */
import { z } from 'zod';
import { conversationSchema, MAX_TEXT_LENGTH } from '../../domain/conversation-schema.ts';
import {
  type HarnessContext,
  type HarnessFormat,
  leftOut,
  nativeRows,
  rowsBy,
  wrong,
} from './harness-format.ts';
import { orderedPair } from './ordered-pair.ts';
import { textKey } from './text-key.ts';

const said = z.union([z.string().max(MAX_TEXT_LENGTH), conversationSchema]);
const name = z.string().min(1).max(200);

const rowSchema = z.object({
  prompt: said.optional(),
  chosen: said,
  rejected: said,
  chosen_model: name.optional(),
  rejected_model: name.optional(),
  margin: z.number().nullable().optional(),
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
  reader: (context) => rowsBy(rowSchema, (row) => convert(row, context)),
};

function convert(row: Row, { sha256 }: HarnessContext) {
  const parts =
    row.prompt === undefined ? implicit(row.chosen, row.rejected) : { ...row, prompt: row.prompt };
  if (parts === null)
    return wrong('prompt', 'is missing, and chosen and rejected do not begin with the same turns');
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
  // Names that say nothing of which was chosen: the texts in their order, or the other way round by a coin that they toss.
  const isTurned = Number.parseInt(digest.slice(-1), 16) % 2 === 1;
  const [first, second] =
    isInOrder !== isTurned ? (['output 1', 'output 2'] as const) : (['output 2', 'output 1'] as const);
  const pair = orderedPair(
    { system: row.chosen_model ?? first, output: outputOf(parts.chosen) },
    { system: row.rejected_model ?? second, output: outputOf(parts.rejected) },
  );
  return nativeRows([
    {
      id: digest.slice(0, 32),
      ...(typeof parts.prompt === 'string' ? { prompt: parts.prompt } : { messages: parts.prompt }),
      a: pair.a,
      b: pair.b,
      human: [{ rater: 'data set', verdict: pair.sideOf('first') }],
    },
  ]);
}

function spelled(said: Said): string {
  return typeof said === 'string' ? said : JSON.stringify(said);
}

function outputOf(text: Said): Record<string, unknown> {
  return typeof text === 'string' ? { text } : { messages: text };
}

/** What two conversations begin with, and how each goes on; null where they do not begin alike. */
function implicit(chosen: Said, rejected: Said): { prompt: Said; chosen: Said; rejected: Said } | null {
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
