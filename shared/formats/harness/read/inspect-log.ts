/**
 * Inspect's logs (`log/_log.py`, version 2), as `.json` or `.eval`. Long texts stand in a sample's `attachments`; messages that
 * several model events share stand in one pool and are named by ranges. A score that a person edited keeps its history: its
 * first value is the scorer's, its last the person's.
 *
 * A sample is its task, data set, id and epoch together with all that was asked: text, pictures, choices, target, files, setup.
 * Samples finish in any order and may ask the same of other files, so that no one of these tells it alone.
 */
import { z } from 'zod';
import { canonicalJson } from '../../../json/canonical-json.ts';
import type { TextHash } from '../../../json/content-hash.ts';
import { MAX_TEXT_LENGTH } from '../../../study/conversation-schema.ts';
import { otherToolsTime } from '../../own/time.ts';
import { documentPart } from './document-part.ts';
import {
  MOST_NOTE,
  noPieces,
  pieces,
  piecesBy,
  type RunFormat,
  type RunPieces,
  type Scale,
  type Score,
  wrongPiece,
} from './run-format.ts';
import { sliceOf } from './slice-of.ts';
import { type Asked, hasUnshown, messageSchema, questionOfMessages, textOfContent } from './traced-text.ts';
import { harmless } from './unread-fields.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const name = z.string().min(1).max(200);

const messages = z.array(messageSchema).max(10_000);
type LoggedMessage = z.output<typeof messages>[number];
const output = z.looseObject({
  completion: text.nullable().optional(),
  choices: z
    .array(
      z.looseObject({
        message: messageSchema,
        stop_reason: z.string().nullable().optional().catch(undefined),
      }),
    )
    .max(100)
    .nullable()
    .optional(),
});
const range = z.tuple([z.int().min(0), z.int().min(0)]);

const modelEvent = z.looseObject({
  event: z.literal('model'),
  role: name.nullable().optional(),
  model: name.optional(),
  input: messages.optional(),
  input_refs: z.array(range).max(10_000).nullable().optional(),
  output: output.nullable().optional(),
});

/** The sample as its data set gave it, before a solver changed anything of it. */
const initEvent = z.looseObject({
  event: z.literal('sample_init'),
  sample: z.looseObject({
    metadata: z.record(z.string(), z.unknown()).nullable().optional(),
    files: z.record(z.string(), z.string()).nullable().optional(),
  }),
});

const scoreValue = z.union([z.number(), z.string(), z.boolean(), z.null()]);
const said = {
  value: z.union([scoreValue, z.array(z.unknown()), z.record(z.string(), z.unknown())]).optional(),
  answer: text.nullable().optional(),
  explanation: text.nullable().optional(),
};
const edit = z.looseObject({
  ...said,
  provenance: z.looseObject({ author: name, timestamp: otherToolsTime }).nullable().optional(),
});
const score = z.looseObject({ ...said, history: z.array(edit).max(1000).nullable().optional() });

const sampleSchema = z.looseObject({
  id: z.union([z.string().max(1000), z.number()]),
  epoch: z.int().min(1),
  input: z.union([text, messages]),
  target: z
    .union([text, z.array(text)])
    .nullable()
    .optional(),
  choices: z.array(text).max(1000).nullable().optional(),
  files: z.array(z.string()).max(100_000).nullable().optional(),
  setup: text.nullable().optional(),
  metadata: z.record(z.string(), z.unknown()).nullable().optional(),
  messages: messages.nullable().optional(),
  output: output.nullable().optional(),
  scores: z.record(z.string(), score).nullable().optional(),
  attachments: z.record(z.string(), text).nullable().optional(),
  events: z.array(z.unknown()).max(1_000_000).nullable().optional(),
  events_data: z.looseObject({ messages: messages.optional() }).nullable().optional(),
  message_pool: messages.nullable().optional(),
  error: z.unknown().optional(),
  invalidation: z.unknown().optional(),
  limit: z
    .looseObject({ type: z.string().max(100) })
    .nullable()
    .optional()
    .catch(undefined),
});
type Sample = z.output<typeof sampleSchema>;

/** Names, times and prices of samples and messages, and how they were logged and run. */
const HARMLESS = harmless(
  ...['uuid', 'started_at', 'completed_at', 'total_time', 'working_time', 'model_usage', 'role_usage'],
  ...['limit.limit', 'sandbox', 'error_retries', 'timelines', 'events_data.calls'],
  ...['model', 'usage', 'time', 'metadata', 'error'].map((field) => `output.${field}`),
  'output.choices[].logprobs',
  ...['input', 'messages', 'message_pool', 'events_data.messages']
    .map((list) => `${list}[]`)
    .concat('output.choices[].message')
    .flatMap((message) => [
      ...['id', 'model', 'metadata', 'tool_call_id', 'function', 'error'].map(
        (field) => `${message}.${field}`,
      ),
      // Parts of contents and calls of tools are written out, or named in brackets.
      ...['content[]', 'tool_calls[]'].map((field) => `${message}.${field}`),
    ]),
);

const headSchema = z.looseObject({
  model: name,
  task: z.string().max(1000).optional(),
  dataset: z
    .looseObject({ name: z.string().max(1000).nullable().optional() })
    .nullable()
    .optional()
    .catch(undefined),
  model_roles: z
    .record(z.string(), z.looseObject({ model: name.optional() }))
    .nullable()
    .optional()
    .catch(undefined),
});

/** What stands at the top of a log; `header` is that of an archive. */
const LOG_FIELDS =
  /^(header|version|status|eval|plan|results(\..*)?|stats|error|invalidated|samples(\[\])?|reductions(\[\])?|log_updates(\[\])?|location|etag|tags(\[\])?|metadata)$/u;

export const inspectLog: RunFormat = {
  name: 'inspect-log',
  title: 'Inspect log of a run',
  tool: 'Inspect',
  joinedOn: 'task, sample id and epoch, and all that was asked, pictures, files and metadata included',
  scores:
    'of two answers the one with the higher score is better (C is 1, P 0.5, I and N 0); two that are incorrect are both bad; no number is unparsed',
  areTurnsNumbered: false,
  isOneRun: true,
  recognise: (record) => {
    const part = documentPart(record);
    return part !== null && LOG_FIELDS.test(part.path)
      ? 'it has the version, eval and samples of a log'
      : null;
  },
  isRecord: (record) => documentPart(record)?.path === 'samples[]',
  reader: ({ sha256 }) => {
    const log = new InspectLog(sha256);
    const begin = piecesBy(
      headSchema,
      (head) => log.begin(head),
      () => true,
    );
    const sample = piecesBy(sampleSchema, (row) => log.take(row), HARMLESS);
    return (record) => {
      const { path, value } = documentPart(record) ?? { path: '', value: undefined };
      if (path === 'samples[]') return sample(value);
      if (path === 'eval') return begin(value);
      if (path === 'header') {
        const header = value as { readonly eval?: unknown; readonly status?: unknown } | null;
        const begun = begin(header?.eval);
        return begun.ok ? warnOfUnfinished(header?.status) : begun;
      }
      if (path === 'status') return warnOfUnfinished(value);
      if (path === 'samples') return noPieces('logs without their samples');
      if (LOG_FIELDS.test(path)) return { ok: true, pieces: [] };
      return wrongPiece('(record)', 'is no part of a log');
    };
  },
};

/** Samples of a log that was not finished are there, and others may be missing. */
function warnOfUnfinished(status: unknown): RunPieces {
  if (typeof status !== 'string' || status === 'success') return { ok: true, pieces: [] };
  return noPieces(`logs whose status is “${status.slice(0, 40)}”: samples may be missing`);
}

class InspectLog {
  readonly #sha256: TextHash;
  readonly #seen = new Set<string>();
  #model: string | null = null;
  #grader: string | null = null;
  #task = '';
  #dataset = '';

  constructor(sha256: TextHash) {
    this.#sha256 = sha256;
  }

  begin({ model, model_roles, task, dataset }: z.output<typeof headSchema>): RunPieces {
    this.#model = model;
    this.#grader = model_roles?.grader?.model ?? null;
    // A package's name stands before a task that was run from it, and not where its file was.
    this.#task = task?.split('/').at(-1) ?? '';
    this.#dataset = dataset?.name ?? '';
    return { ok: true, pieces: [] };
  }

  take(row: Sample): RunPieces {
    const sample = `${row.id}${row.epoch === 1 ? '' : ` (epoch ${row.epoch})`}`;
    if (row.error != null) return noPieces('samples that ended with an error', sample);
    if (row.invalidation != null) return noPieces('samples that were invalidated', sample);
    const input = inputOf(row);
    const given = questionOfMessages(input);
    const answer = answerOf(row);
    if (given === null) return noPieces('samples whose input does not end with the user', sample);
    if (answer === null) return noPieces('samples without an answer', sample);
    const target = (Array.isArray(row.target) ? row.target : [row.target ?? ''])
      .map((each) => attachmentText(row, each))
      .join('\n');
    const asks = this.#asksOf(row, input, target);
    const key = this.#keyOf(row, asks);
    if (this.#seen.has(key)) return noPieces('further answers to a sample of the same id and epoch', sample);
    this.#seen.add(key);
    const asked = reallyAsked(row, input) ?? given;
    const found = pieces(
      {
        kind: 'question',
        key,
        before: asked.before,
        turns: [withChoices(asked, row.choices)],
        instead: { before: given.before, turns: [withChoices(given, row.choices)] },
        slices: sliceOf('task', this.#task),
        reference: target === '' ? null : target,
      },
      {
        kind: 'answer',
        key,
        sample: this.#task === '' ? sample : `${this.#task} ${sample}`,
        asks,
        facts: this.#factsOf(row),
        run: this.#model,
        turns: [answer],
        meta: {
          sample_id: String(row.id),
          epoch: String(row.epoch),
          ...(row.limit == null ? {} : { limit: row.limit.type }),
        },
      },
      ...Object.entries(row.scores ?? {}).flatMap(([scorer, each]) => this.#scores(row, key, scorer, each)),
    );
    return { ...found, leftOut: describeLeftOut(row, input).map((what) => ({ what, sample })) };
  }

  /** A hash of all that was asked, without the sample's name. */
  #asksOf(row: Sample, input: ReturnType<typeof inputOf>, target: string): string {
    return this.#short(
      canonicalJson({
        task: this.#task,
        dataset: this.#dataset,
        input: input.map(({ role, content, tool_calls }) => [role, contentKey(content), tool_calls ?? null]),
        target,
        choices: row.choices ?? [],
        files: [...(row.files ?? [])].sort(),
        setup: attachmentText(row, row.setup ?? ''),
      }),
    );
  }

  /** Hashes of what else is known of a sample. A log without its events knows the names of files alone, and metadata as solvers left them. */
  #factsOf(row: Sample): Record<string, string> {
    const init = initOf(row);
    const facts = Object.entries(init?.metadata ?? row.metadata ?? {}).map(
      ([field, value]): [string, unknown] => [`metadata ${field}`, value],
    );
    if (init?.files != null) facts.push(['files', init.files]);
    return Object.fromEntries(
      facts.map(([field, value]) => [
        field,
        this.#short(canonicalJson(resolveAttachments(row, value) ?? null)),
      ]),
    );
  }

  #short(text: string): string {
    return this.#sha256(text).slice(0, 24);
  }

  /** What people can look up, and a hash of all that was asked; of names too long for that a hash. */
  #keyOf({ id, epoch }: Sample, asks: string): string {
    const names = [...(this.#task === '' ? [] : [this.#task]), String(id), String(epoch)].join('/');
    return `${names.length > 160 ? this.#short(names) : names}-${asks.slice(0, 12)}`;
  }

  #scores(row: Sample, key: string, scorer: string, given: z.output<typeof score>): Score[] {
    const grader = this.#grader ?? graderOf(row);
    const judge = grader === null ? scorer : `${scorer} · ${grader}`;
    const [original, ...edits] = given.history ?? [];
    const by = (who: Score['by'], said: z.output<typeof edit>, at?: string): Score[] => {
      const { value, answer } = said;
      // What a scorer took for the answer says why it scored so, where it does not say itself.
      const explanation = said.explanation || (answer == null || answer === '' ? '' : `Answer: ${answer}`);
      return valuesOf(value).map(({ criterion, ...read }) => ({
        kind: 'score',
        of: { key, run: this.#model },
        by: 'judge' in who ? { judge: judgeName(who.judge, criterion) } : who,
        group: criterion === null ? null : `criterion ${criterion}`,
        ...read,
        ...(explanation === ''
          ? {}
          : 'judge' in who
            ? { raw: attachmentText(row, explanation) }
            : { note: attachmentText(row, explanation).slice(0, MOST_NOTE) }),
        ...(at === undefined ? {} : { at }),
      }));
    };
    const last = edits.findLast(({ provenance }) => provenance != null);
    return [
      ...by({ judge }, original ?? given),
      ...(last?.provenance == null
        ? []
        : by(
            { rater: last.provenance.author },
            applyEdit(last, given),
            last.provenance.timestamp ?? undefined,
          )),
    ];
  }
}

function judgeName(judge: string, criterion: string | null): string {
  return (criterion === null ? judge : `${judge} · ${criterion}`).slice(0, 256);
}

/** What an edit says of a field that it leaves as it is. */
const UNCHANGED = 'UNCHANGED';

function applyEdit(last: z.output<typeof edit>, given: z.output<typeof score>): z.output<typeof edit> {
  const isSame = last.value === undefined || last.value === UNCHANGED;
  return {
    ...last,
    value: isSame ? given.value : last.value,
    explanation: last.explanation === UNCHANGED ? null : last.explanation,
    answer: null,
  };
}

/** As Inspect's own `value_to_float` reads them. */
const LETTERS: Readonly<Record<string, number>> = { C: 1, P: 0.5, I: 0, N: 0 };
const WORDS: Readonly<Record<string, number>> = { yes: 1, true: 1, no: 0, false: 0 };

/** A value as scores: a dictionary has one a criterion; a list has none that could be compared. */
function valuesOf(
  value: z.output<typeof score>['value'],
): { readonly criterion: string | null; readonly score: number | null; readonly scale: Scale }[] {
  if (Array.isArray(value)) return [];
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([criterion, inner]) => {
      const parsed = scoreValue.safeParse(inner);
      return parsed.success ? [{ criterion, ...scalar(parsed.data) }] : [];
    });
  return [{ criterion: null, ...scalar(value ?? null) }];
}

function scalar(value: z.output<typeof scoreValue>): {
  readonly score: number | null;
  readonly scale: Scale;
} {
  if (typeof value === 'number') return { score: value, scale: 'score' };
  if (typeof value === 'boolean') return { score: Number(value), scale: 'pass' };
  if (value === null) return { score: null, scale: 'score' };
  if (Object.hasOwn(LETTERS, value)) return { score: LETTERS[value] ?? null, scale: 'pass' };
  const word = value.trim().toLowerCase();
  if (Object.hasOwn(WORDS, word)) return { score: WORDS[word] ?? null, scale: 'pass' };
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return { score: Number.isFinite(number) ? number : null, scale: 'score' };
}

const ATTACHMENT = 'attachment://';

/** A text, or the attachment that stands for it. */
function attachmentText({ attachments }: Sample, given: string): string {
  if (!given.startsWith(ATTACHMENT)) return given;
  const hash = given.slice(ATTACHMENT.length);
  return attachments != null && Object.hasOwn(attachments, hash) ? (attachments[hash] ?? given) : given;
}

/** The input as messages, each with its long texts. */
function inputOf(row: Sample): LoggedMessage[] {
  if (typeof row.input === 'string') return [{ role: 'user', content: attachmentText(row, row.input) }];
  return (row.input.length > 0 ? row.input : firstInput(row)).map((each) => resolveMessage(row, each));
}

/**
 * What the model was asked, as its solvers made it of the input: all before its first answer. Null where that cannot be told.
 */
function reallyAsked(row: Sample, input: readonly LoggedMessage[]): Asked | null {
  const logged = row.messages ?? [];
  const isGiven = ({ role, source }: LoggedMessage) => role !== 'assistant' || source === 'input';
  const first = logged.findIndex((each) => !isGiven(each));
  const asked = (first === -1 ? [] : logged.slice(0, first)).map((each) => resolveMessage(row, each));
  const answersGiven = (all: readonly LoggedMessage[]) =>
    all.filter(({ role }) => role === 'assistant').length;
  return asked.length === 0 || answersGiven(asked) < answersGiven(input) ? null : questionOfMessages(asked);
}

/** The last turn with the choices behind it that stand nowhere in what was asked. */
function withChoices({ before, last }: Asked, choices: Sample['choices']): string {
  const whole = [...before.map(({ content }) => content), last].join('\n');
  if (choices == null || choices.length === 0 || choices.every((choice) => whole.includes(choice)))
    return last;
  const lines = choices.map((choice, index) => `${String.fromCharCode(65 + (index % 26))}) ${choice}`);
  return `${last}\n\n${lines.join('\n')}`;
}

function initOf(row: Sample): z.output<typeof initEvent>['sample'] | undefined {
  for (const event of row.events ?? []) {
    const parsed = initEvent.safeParse(event);
    if (parsed.success) return parsed.data.sample;
  }
  return undefined;
}

/** Reasons to stop at which an answer is whole. */
const WHOLE = new Set(['stop', 'tool_calls', 'unknown']);

/** What is passed over of a sample that is used. */
function describeLeftOut(row: Sample, input: readonly LoggedMessage[]): string[] {
  const said = (row.messages ?? []).filter(({ role, source }) => role === 'assistant' && source !== 'input');
  const hasSteps =
    said.length > 1 || said.some(({ tool_calls }) => tool_calls != null && tool_calls.length > 0);
  const isUnseen = [...input, ...said].some(({ content }) => hasUnshown(content));
  return [
    ...(Object.values(row.scores ?? {}).some(({ value }) => Array.isArray(value))
      ? ['scores that are lists']
      : []),
    ...(hasSteps ? ['steps and tool calls before the last answer: that alone is shown'] : []),
    ...(isUnseen ? ['pictures, sounds and documents that stand in no log: their places are named'] : []),
    ...((row.files?.length ?? 0) > 0 ? ['files of samples, which are not shown'] : []),
    ...(WHOLE.has(row.output?.choices?.[0]?.stop_reason ?? 'stop')
      ? []
      : [`stop_reason “${row.output?.choices?.[0]?.stop_reason?.slice(0, 40)}”: the answer is not whole`]),
    ...((row.output?.choices?.length ?? 0) > 1 ? ['further choices of an output'] : []),
  ];
}

function resolveMessage(row: Sample, each: LoggedMessage): LoggedMessage {
  const { content } = each;
  if (typeof content === 'string') return { ...each, content: attachmentText(row, content) };
  return { ...each, content: content?.map((part) => resolveAttachments(row, part) as typeof part) };
}

/** Any value with its long texts where attachments stand for them. */
function resolveAttachments(row: Sample, value: unknown): unknown {
  if (typeof value === 'string') return attachmentText(row, value);
  if (Array.isArray(value)) return value.map((each) => resolveAttachments(row, each));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, resolveAttachments(row, inner)]),
  );
}

/** Fields of a part of a message that are of one run, and not of what was asked. */
const OF_RUN = new Set(['id', 'internal', 'signature', 'citations']);

function contentKey(content: LoggedMessage['content']): unknown {
  if (typeof content === 'string' || content == null) return [content ?? ''];
  return content.map((part) => {
    if (typeof part === 'string') return part;
    if (part.type === 'text' && part.text !== undefined) return part.text;
    return Object.fromEntries(Object.entries(part).filter(([field]) => !OF_RUN.has(field)));
  });
}

function answerOf(row: Sample): string | null {
  const found = outputText(row.output) ?? outputText(modelEvents(row).findLast(isAnswer)?.output);
  return found === null ? null : attachmentText(row, found);
}

function outputText(given: Sample['output']): string | null {
  if (given == null) return null;
  if (typeof given.completion === 'string' && given.completion !== '') return given.completion;
  const spoken = textOfContent(given.choices?.[0]?.message.content);
  return spoken === '' ? null : spoken;
}

/** What the model was shown first, where the sample itself does not say. */
function firstInput(row: Sample): z.output<typeof messages> {
  const first = modelEvents(row).find(isAnswer);
  if (first === undefined) return [];
  if (first.input !== undefined && first.input.length > 0) return first.input;
  const pool = row.events_data?.messages ?? row.message_pool ?? [];
  return (first.input_refs ?? []).flatMap(([from, to]) => pool.slice(from, to));
}

function isAnswer({ role }: z.output<typeof modelEvent>): boolean {
  return role == null || role === '';
}

/** The model that graded, where an event names it by its role. */
function graderOf(row: Sample): string | null {
  return modelEvents(row).find(({ role }) => role === 'grader')?.model ?? null;
}

function modelEvents({ events }: Sample): z.output<typeof modelEvent>[] {
  return (events ?? []).flatMap((each) => {
    const parsed = modelEvent.safeParse(each);
    return parsed.success ? [parsed.data] : [];
  });
}
