/**
 * Label Studio's JSON export of pairwise tasks. A choice names a side; which system stood there stands only in the task's
 * data. Without a choice there is no result: a tie and no answer look alike, unless a Choices control tells them apart. The
 * same person may annotate a task again. Predictions are numbers where they were not asked to be written out.
 */

import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { type HumanVerdict, JUDGE_ORDERS, type JudgeOrder, SKIP_REASONS } from '../../../study/verdict.ts';
import { ORDER_BEHIND_NAME } from '../../own/order-behind-name.ts';
import { otherToolsTime } from '../../own/time.ts';
import { type HarnessFormat, nativeRows, rowsBy, withLeftOut, wrong } from './harness-format.ts';
import { type OrderedPair, orderPair, turnPair } from './ordered-pair.ts';
import { MOST_NOTE } from './run-format.ts';
import { harmless } from './unread-fields.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const name = z.string().min(1).max(200);

const result = z.looseObject({
  type: z.string(),
  from_name: z.string().max(200).optional(),
  value: z
    .looseObject({
      selected: z.unknown().optional(),
      choices: z.array(z.string()).optional().catch(undefined),
      text: z
        .union([text, z.array(text)])
        .optional()
        .catch(undefined),
      rating: z.number().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
type Result = z.output<typeof result>;

const said = z.object({ result: z.array(result).max(1000).nullable().optional() });

const annotation = said.extend({
  completed_by: z
    .union([
      z.number(),
      name,
      z.looseObject({ id: z.union([z.number(), name]).optional(), email: name.nullable().optional() }),
      z.null(),
    ])
    .optional(),
  was_cancelled: z.boolean().nullable().optional(),
  ground_truth: z.boolean().nullable().optional(),
  created_at: otherToolsTime,
  lead_time: z.number().min(0).max(1e7).nullable().optional(),
});

const prediction = said.extend({
  model_version: name.nullable().optional(),
  score: z.number().nullable().optional(),
});

const taskSchema = z.object({
  id: z.union([z.number(), name]).optional(),
  data: z.looseObject({
    id: z.union([z.number(), name]).optional(),
    prompt: text,
    left: text,
    right: text,
    system_left: name,
    system_right: name,
    reference: text.nullable().optional(),
  }),
  meta: z
    .looseObject({
      first: z.enum(['left', 'right']).optional().catch(undefined),
      slices: z.record(z.string().min(1).max(128), z.string().max(512)).optional().catch(undefined),
    })
    .nullable()
    .optional()
    .catch(undefined),
  annotations: z.array(annotation).max(1000).default([]),
  predictions: z
    .array(z.union([prediction, z.number()]))
    .max(1000)
    .default([]),
  drafts: z.array(z.unknown()).max(1000).nullable().optional(),
});

type Task = z.output<typeof taskSchema>;
type Annotation = Task['annotations'][number];

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
  reader: () => rowsBy(taskSchema, convert, HARMLESS),
};

/** What the server keeps about tasks, annotations and results beside what was answered. */
const HARMLESS = harmless(
  'meta.split',
  ...[
    ...['created_at', 'updated_at', 'inner_id', 'project', 'file_upload', 'updated_by', 'comment_authors'],
    ...['comment_count', 'unresolved_comment_count', 'last_comment_updated_at', 'total_annotations'],
    ...['cancelled_annotations', 'total_predictions', 'avg_lead_time', 'overlap', 'is_labeled', 'allow_skip'],
    ...['annotators', 'precomputed_agreement', 'agreement', 'draft_exists', 'locked_by'],
  ],
  ...['annotations[]', 'predictions[]'].flatMap((said) =>
    [
      ...[
        'id',
        'created_at',
        'updated_at',
        'draft_created_at',
        'created_username',
        'created_ago',
        'result_count',
      ],
      ...[
        'unique_id',
        'import_id',
        'last_action',
        'bulk_created',
        'task',
        'project',
        'updated_by',
        'prediction',
      ],
      ...['parent_prediction', 'parent_annotation', 'last_created_by', 'model', 'model_run', 'ground_truth'],
      ...['result[].id', 'result[].to_name', 'result[].origin', 'result[].original_width'],
      ...['result[].original_height', 'result[].image_rotation', 'result[].readonly', 'result[].hidden'],
    ].map((field) => `${said}.${field}`),
  ),
  ...['first_name', 'last_name', 'avatar', 'username', 'initials'].map(
    (field) => `annotations[].completed_by.${field}`,
  ),
);

function convert(task: Task) {
  const { data, meta } = task;
  const id = data.id ?? task.id;
  if (id === undefined) return wrong('id', 'is missing, as is data.id');
  if (data.system_left === data.system_right)
    return wrong('data.system_right', 'is the same system as data.system_left');
  const pair = pairOf(task);
  const leftOut = new Set<string>();
  const human = votesOf(task, pair, leftOut);
  const judge = verdictsOf(task, pair, leftOut);
  if ((task.drafts?.length ?? 0) > 0) leftOut.add('drafts of annotations');
  return withLeftOut(
    nativeRows([
      {
        id: String(id),
        prompt: data.prompt,
        ...(data.reference == null ? {} : { reference: data.reference }),
        a: pair.a,
        b: pair.b,
        ...(meta?.slices === undefined ? {} : { slices: meta.slices }),
        ...(human.length === 0 ? {} : { human }),
        ...(judge.length === 0 ? {} : { judge }),
      },
    ]),
    [...leftOut],
  );
}

/** The pair in the order that an export says it had; of any other task, in that of the systems' names. */
function pairOf({ data, meta }: Task): OrderedPair {
  const left = { system: data.system_left, output: { text: data.left } };
  const right = { system: data.system_right, output: { text: data.right } };
  if (meta?.first === undefined) return orderPair(left, right);
  return turnPair(left, right, meta.first === 'right');
}

function votesOf({ annotations }: Task, pair: OrderedPair, leftOut: Set<string>) {
  const votes = new Map<string, { readonly vote: Record<string, unknown>; readonly at: string }>();
  for (const [index, each] of annotations.entries()) {
    const results = each.result ?? [];
    const verdict = each.was_cancelled === true ? ('skipped' as const) : verdictOf(results, pair);
    if (verdict === null || verdict === 'several') {
      leftOut.add(verdict === null ? whyUnanswered(results) : 'answers whose controls contradict each other');
      continue;
    }
    for (const { from_name = '', type } of results.filter(isUnread))
      leftOut.add(
        `answers of controls that are not read: ${(from_name === '' ? type : from_name).slice(0, 60)}`,
      );
    if (each.ground_truth === true) leftOut.add('marks of annotations as ground truth');
    const rater = textOf(results, 'rater') ?? raterOf(each.completed_by, index);
    const at = each.created_at ?? '';
    const known = votes.get(rater);
    if (known !== undefined)
      leftOut.add('annotations that the same person made of a task before: the last one counts');
    // Times are read, and not compared as texts: they may be of several zones.
    if (known !== undefined && at !== '' && known.at !== '' && Date.parse(at) < Date.parse(known.at))
      continue;
    votes.set(rater, { at, vote: voteOf(each, { rater, verdict, results }, pair) });
  }
  return [...votes.values()].map(({ vote }) => vote);
}

function voteOf(
  { created_at, lead_time }: Annotation,
  {
    rater,
    verdict,
    results,
  }: { readonly rater: string; readonly verdict: HumanVerdict; readonly results: readonly Result[] },
  pair: OrderedPair,
): Record<string, unknown> {
  const note = textOf(results, 'note') ?? textOf(results, 'comment');
  const reason = textOf(results, 'reason');
  const isReason = (SKIP_REASONS as readonly (string | undefined)[]).includes(reason);
  const [strength, confidence] = [ratingOf(results, 'strength'), ratingOf(results, 'confidence')];
  return {
    rater,
    verdict,
    ...sidesOf(textOf(results, 'shown'), pair),
    ...(strength === undefined ? {} : { strength }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(created_at == null ? {} : { at: created_at }),
    ...(note === undefined ? {} : { note: note.slice(0, MOST_NOTE) }),
    ...(lead_time == null ? {} : { viewed_ms: Math.round(1000 * lead_time) }),
    ...(verdict === 'skipped' ? { reason: isReason ? reason : 'other' } : {}),
  };
}

/** Which output stood on the left: as the task has it, where nothing else is said of the vote. */
function sidesOf(said: string | undefined, pair: OrderedPair): { readonly shown?: string } {
  if (said === undefined) return { shown: pair.isSwapped ? 'b_left' : 'a_left' };
  return said === 'a_left' || said === 'b_left' ? { shown: said } : {};
}

function verdictsOf({ predictions }: Task, pair: OrderedPair, leftOut: Set<string>) {
  const ofLayout: JudgeOrder = pair.isSwapped ? 'b_first' : 'a_first';
  const samples = new Map<string, number>();
  return predictions.flatMap((each) => {
    if (typeof each === 'number') {
      leftOut.add('predictions that are named by their numbers alone');
      return [];
    }
    const results = each.result ?? [];
    const verdict = verdictOf(results, pair);
    if (verdict === null || verdict === 'several') {
      leftOut.add(verdict === null ? whyUnanswered(results) : 'answers whose controls contradict each other');
      return [];
    }
    const given = each.model_version ?? 'prediction';
    const [, named = given, behind, number] = ORDER_BEHIND_NAME.exec(given) ?? [];
    const order = JUDGE_ORDERS.find((known) => known === behind) ?? ofLayout;
    // A model may be asked again under its name.
    const place = JSON.stringify([named, order]);
    const sample = number === undefined ? (samples.get(place) ?? 0) : Number(number);
    samples.set(place, Math.max(sample, samples.get(place) ?? 0) + 1);
    return [
      {
        judge: named,
        order,
        sample,
        verdict,
        // A model's confidence in its prediction, by which tasks are put in order; not said to be a probability.
        ...(each.score == null ? {} : { score: { kind: 'sureness', value: each.score } }),
      },
    ];
  });
}

/** Choices that say something of two outputs. */
const CHOICES: Readonly<Record<string, 'left' | 'right' | 'tie' | 'both_bad'>> = {
  left: 'left',
  'left is better': 'left',
  right: 'right',
  'right is better': 'right',
  tie: 'tie',
  equal: 'tie',
  same: 'tie',
  'both bad': 'both_bad',
  both_bad: 'both_bad',
  'both are bad': 'both_bad',
  neither: 'both_bad',
};

/** What the controls of an answer say of the pair; null where none says anything. */
function verdictOf(results: readonly Result[], pair: OrderedPair): HumanVerdict | 'several' | null {
  const all = new Set(results.flatMap(answersIn));
  const [only, ...others] = all;
  if (only === undefined) return null;
  if (others.length > 0) return 'several';
  if (only === 'left') return pair.sideOf('first');
  return only === 'right' ? pair.sideOf('second') : only;
}

function answersIn({ type, value }: Result): ('left' | 'right' | 'tie' | 'both_bad')[] {
  if (type === 'pairwise')
    return value?.selected === 'left' || value?.selected === 'right' ? [value.selected] : [];
  if (type !== 'choices') return [];
  return (value?.choices ?? []).flatMap((choice) => {
    const said = choice.trim().toLowerCase();
    return Object.hasOwn(CHOICES, said) ? [CHOICES[said] as 'left'] : [];
  });
}

/** Controls by their names and types that say something beside a verdict. */
const BESIDE = new Set(
  ['rater', 'note', 'comment', 'reason', 'shown']
    .map((control) => `textarea ${control}`)
    .concat(['strength', 'confidence'].map((control) => `rating ${control}`)),
);

/** Whether it is the answer of a control that nothing is made of. */
function isUnread(result: Result): boolean {
  return answersIn(result).length === 0 && !BESIDE.has(`${result.type} ${result.from_name ?? ''}`);
}

function whyUnanswered(results: readonly Result[]): string {
  const [choice] = results.flatMap(({ type, value }) => (type === 'choices' ? (value?.choices ?? []) : []));
  return choice === undefined
    ? 'answers without a selection: a tie and no answer look alike'
    : `choices that say nothing of two outputs: “${choice.slice(0, 60)}”`;
}

function textOf(results: readonly Result[], control: string): string | undefined {
  const given = results.find(({ type, from_name }) => type === 'textarea' && from_name === control)?.value
    ?.text;
  const whole = Array.isArray(given) ? given.join('\n') : given;
  return whole === undefined || whole.trim() === '' ? undefined : whole;
}

/** A rating of three steps. */
function ratingOf(results: readonly Result[], control: string): number | undefined {
  const rating = results.find(({ type, from_name }) => type === 'rating' && from_name === control)?.value
    ?.rating;
  return rating === 1 || rating === 2 || rating === 3 ? rating : undefined;
}

function raterOf(by: Annotation['completed_by'], index: number): string {
  if (by == null) return `annotator ${index + 1}`;
  if (typeof by !== 'object') return typeof by === 'string' ? by : `user ${by}`;
  return by.id === undefined ? (by.email ?? `annotator ${index + 1}`) : `user ${by.id}`;
}
