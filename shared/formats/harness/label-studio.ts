/**
 * Label Studio's JSON export of pairwise tasks. A choice names a side; which system stood there stands only in the task's
 * data. Without a choice there is no result: a tie and no answer look alike, unless a Choices control tells them apart.
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../domain/conversation-schema.ts';
import type { HumanVerdict } from '../../domain/verdict.ts';
import { otherToolsTime } from '../time.ts';
import { type HarnessFormat, nativeRows, rowsBy, wrong } from './harness-format.ts';
import { type OrderedPair, orderedPair } from './ordered-pair.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const name = z.string().min(1).max(200);

const result = z.object({
  type: z.string(),
  value: z.object({ selected: z.unknown().optional(), choices: z.array(z.string()).optional() }),
});

const said = z.object({ result: z.array(result).max(1000) });

const annotation = said.extend({
  completed_by: z
    .union([z.number(), name, z.object({ id: z.union([z.number(), name]) }), z.null()])
    .optional(),
  was_cancelled: z.boolean().nullable().optional(),
  created_at: otherToolsTime,
  lead_time: z.number().min(0).max(1e7).nullable().optional(),
});

const prediction = said.extend({
  model_version: name.nullable().optional(),
  score: z.number().nullable().optional(),
});

const taskSchema = z.object({
  id: z.union([z.number(), name]).optional(),
  data: z.object({
    id: z.union([z.number(), name]).optional(),
    prompt: text,
    left: text,
    right: text,
    system_left: name,
    system_right: name,
  }),
  annotations: z.array(annotation).max(1000).default([]),
  predictions: z.array(prediction).max(1000).default([]),
});

type Task = z.output<typeof taskSchema>;

export const labelStudio: HarnessFormat = {
  name: 'label-studio',
  title: 'Label Studio pairwise tasks',
  order: 'selections name sides; data.system_left and data.system_right tell which system stood there',
  recognise: (record) =>
    record.data !== null &&
    typeof record.data === 'object' &&
    ('annotations' in record || 'predictions' in record)
      ? 'it has data, and annotations or predictions beside it'
      : null,
  reader: () => rowsBy(taskSchema, convert),
};

function convert(task: Task) {
  const { data } = task;
  const id = data.id ?? task.id;
  if (id === undefined) return wrong('id', 'is missing, as is data.id');
  if (data.system_left === data.system_right)
    return wrong('data.system_right', 'is the same system as data.system_left');
  const pair = orderedPair(
    { system: data.system_left, output: { text: data.left } },
    { system: data.system_right, output: { text: data.right } },
  );
  const human = task.annotations.flatMap(
    ({ completed_by, was_cancelled, created_at, lead_time, ...each }, index) => {
      const verdict = was_cancelled === true ? ('skipped' as const) : verdictOf(each.result, pair);
      if (verdict === null) return [];
      return [
        {
          rater: raterOf(completed_by, index),
          verdict,
          shown: pair.isSwapped ? 'b_left' : 'a_left',
          ...(created_at == null ? {} : { at: created_at }),
          ...(lead_time == null ? {} : { viewed_ms: Math.round(1000 * lead_time) }),
          ...(verdict === 'skipped' ? { reason: 'other' } : {}),
        },
      ];
    },
  );
  const order = pair.isSwapped ? 'b_first' : 'a_first';
  const judge = task.predictions.flatMap(({ model_version, score, result: results }) => {
    const verdict = verdictOf(results, pair);
    if (verdict === null) return [];
    return [
      {
        judge: model_version ?? 'prediction',
        order,
        sample: 0,
        verdict,
        ...(score == null ? {} : { score }),
      },
    ];
  });
  const row = { id: String(id), prompt: data.prompt, a: pair.a, b: pair.b };
  const rows = nativeRows([
    { ...row, ...(human.length === 0 ? {} : { human }), ...(judge.length === 0 ? {} : { judge }) },
  ]);
  const silent = task.annotations.length + task.predictions.length - human.length - judge.length;
  return rows.ok && silent > 0
    ? { ...rows, leftOut: 'answers without a selection: a tie and no answer look alike' }
    : rows;
}

function verdictOf(results: Task['annotations'][number]['result'], pair: OrderedPair): HumanVerdict | null {
  for (const { type, value } of results) {
    if (type === 'pairwise' && value.selected === 'left') return pair.sideOf('first');
    if (type === 'pairwise' && value.selected === 'right') return pair.sideOf('second');
    const choice = type === 'choices' ? value.choices?.[0]?.toLowerCase() : undefined;
    if (choice === 'tie') return 'tie';
    if (choice === 'both bad' || choice === 'both_bad') return 'both_bad';
  }
  return null;
}

function raterOf(by: Task['annotations'][number]['completed_by'], index: number): string {
  if (by == null) return `annotator ${index + 1}`;
  return typeof by === 'string' ? by : `user ${typeof by === 'object' ? by.id : by}`;
}
