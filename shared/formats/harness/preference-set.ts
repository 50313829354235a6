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
  const [chosen, rejected] = [JSON.stringify(parts.chosen), JSON.stringify(parts.rejected)];
  if (chosen === rejected) return leftOut('chosen and rejected are the same text');
  const prompt = JSON.stringify(parts.prompt);
  // Names that say nothing of which was chosen: by the hashes of the texts.
  const [first, second] =
    sha256(`${prompt}${chosen}`) < sha256(`${prompt}${rejected}`)
      ? (['output 1', 'output 2'] as const)
      : (['output 2', 'output 1'] as const);
  const pair = orderedPair(
    { system: row.chosen_model ?? first, output: outputOf(parts.chosen) },
    { system: row.rejected_model ?? second, output: outputOf(parts.rejected) },
  );
  return nativeRows([
    {
      id: sha256(JSON.stringify([prompt, pair.a, pair.b])).slice(0, 32),
      ...(typeof parts.prompt === 'string' ? { prompt: parts.prompt } : { messages: parts.prompt }),
      a: pair.a,
      b: pair.b,
      human: [{ rater: 'data set', verdict: pair.sideOf('first') }],
    },
  ]);
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
