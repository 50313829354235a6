/**
 * Prodigy: what one system made of inputs (`prodigy compare` takes two such files and joins them on `id`), and choices among
 * options as `db-out` writes them.
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { type HarnessFormat, leaveOut, nativeRows, rowsBy, wrong } from './harness-format.ts';
import { orderPair } from './ordered-pair.ts';
import { noPieces, pieces, piecesBy, type RunFormat } from './run-format.ts';
import { questionOfInput, textOfContent, textOfOutput } from './traced-text.ts';
import { harmless } from './unread-fields.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const name = z.string().min(1).max(200);
const key = z.union([z.number(), z.string().min(1).max(400)]);

export const prodigyOutputs: RunFormat = {
  name: 'prodigy-outputs',
  title: 'Prodigy outputs to compare',
  tool: 'Prodigy',
  joinedOn: 'id',
  areTurnsNumbered: false,
  recognise: ({ id, input, output, timestamp }) =>
    id !== undefined && timestamp === undefined && isObject(input) && isObject(output)
      ? 'it has id, input and output, and no timestamp'
      : null,
  reader: () =>
    piecesBy(
      z.looseObject({ id: key, input: z.unknown(), output: z.unknown() }),
      (row) => {
        const [asked, said] = [questionOfInput(row.input), textOfOutput(row.output)];
        if (asked === null || said === null) return noPieces('rows without an input or an output');
        return pieces(
          {
            kind: 'question',
            key: String(row.id),
            before: asked.before,
            turns: [asked.last],
            slices: {},
            reference: null,
          },
          { kind: 'answer', key: String(row.id), run: null, turns: [said] },
        );
      },
      harmless('_input_hash', '_task_hash'),
    ),
};

function isObject(value: unknown): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Options that are no output. */
const NO_OUTPUT: Readonly<Record<string, 'tie' | 'both_bad'>> = {
  tie: 'tie',
  equal: 'tie',
  both_bad: 'both_bad',
  neither: 'both_bad',
};

const rowSchema = z.looseObject({
  text: text.optional(),
  prompt: text.optional(),
  _task_hash: key,
  _input_hash: key.optional(),
  _session_id: name.nullable().optional(),
  _annotator_id: name.nullable().optional(),
  _timestamp: z.number().min(0).max(1e11).optional(),
  answer: z.enum(['accept', 'reject', 'ignore']),
  accept: z.array(key).max(100).default([]),
  options: z
    .array(
      z.looseObject({
        id: key,
        text: text.nullable().optional(),
        html: text.nullable().optional(),
        image: text.nullable().optional(),
        model: name.optional(),
      }),
    )
    .min(2)
    .max(20),
});

/** How a task was shown, and what its texts were cut into for that. */
const HARMLESS = harmless('_view_id', '_is_binary', 'config', 'tokens', 'options[].style');

export const prodigyChoices: HarnessFormat = {
  name: 'prodigy-choices',
  title: 'Prodigy choices between two options',
  order: 'the accepted option is named; options were shown in the order of the file',
  recognise: (record) =>
    '_task_hash' in record && 'options' in record && 'answer' in record
      ? 'it has _task_hash, options and answer'
      : null,
  reader: () => {
    const answered = new Map<string, string>();
    return rowsBy(
      rowSchema,
      (row) => {
        // Who answers a task again has two rows; of two that differ only one can be the vote.
        const rater = row._annotator_id ?? row._session_id ?? 'annotator';
        const place = JSON.stringify([row._task_hash, rater]);
        const said = JSON.stringify([row.answer, row.accept]);
        const known = answered.get(place);
        if (known !== undefined)
          return leaveOut(
            known === said
              ? 'answers that come again'
              : 'further answers of one person to a task, which differ from the first',
          );
        answered.set(place, said);
        return convert(row);
      },
      HARMLESS,
    );
  },
};

/** What an option shows: a text, HTML as it is written, or a picture that stands in the row itself. */
function textOfOption({
  text: plain,
  html,
  image,
}: z.output<typeof rowSchema>['options'][number]): string | null {
  if (plain != null) return plain;
  if (html != null) return html;
  return image == null ? null : textOfContent([{ type: 'image', image }]);
}

function convert(row: z.output<typeof rowSchema>) {
  const prompt = row.text ?? row.prompt;
  if (prompt === undefined) return wrong('text', 'is missing, as is prompt');
  const outputs = row.options.filter(({ id }) => !Object.hasOwn(NO_OUTPUT, String(id)));
  const [one, two, ...more] = outputs;
  if (one === undefined || two === undefined || more.length > 0)
    return leaveOut('choices among more or fewer than two outputs');
  const systemOf = ({ id, model }: (typeof outputs)[number]) => model ?? String(id);
  if (systemOf(one) === systemOf(two)) return wrong('options', 'name the same system twice');
  const [textOne, textTwo] = [textOfOption(one), textOfOption(two)];
  if (textOne === null || textTwo === null) return leaveOut('options with neither text, HTML nor a picture');
  const pair = orderPair(
    { system: systemOf(one), output: { text: textOne } },
    { system: systemOf(two), output: { text: textTwo } },
  );
  const verdict = verdictOf(row, String(one.id), String(two.id));
  if (verdict === null) return leaveOut('answers that accept none or several of the options');
  const isSide = verdict === 'first' || verdict === 'second';
  return nativeRows([
    {
      id: `${row._input_hash ?? row._task_hash}/${pair.a.system}/${pair.b.system}`.slice(0, 512),
      prompt,
      a: pair.a,
      b: pair.b,
      human: [
        {
          rater: row._annotator_id ?? row._session_id ?? 'annotator',
          verdict: isSide ? pair.sideOf(verdict) : verdict,
          shown: pair.isSwapped ? 'b_left' : 'a_left',
          ...(row._timestamp === undefined ? {} : { at: new Date(row._timestamp * 1000).toISOString() }),
          ...(verdict === 'skipped' ? { reason: 'other' } : {}),
        },
      ],
    },
  ]);
}

function verdictOf({ answer, accept }: z.output<typeof rowSchema>, one: string, two: string) {
  if (answer !== 'accept') return 'skipped' as const;
  const [only, ...others] = accept.map(String);
  if (only === undefined || others.length > 0) return null;
  if (only === one) return 'first' as const;
  if (only === two) return 'second' as const;
  return Object.hasOwn(NO_OUTPUT, only) ? (NO_OUTPUT[only] ?? null) : null;
}
