/**
 * Inspect's logs (`log/_log.py`, version 2), as `.json` or `.eval`. Long texts stand in a sample's `attachments`; messages that
 * several model events share stand in one pool and are named by ranges. A score that a person edited keeps its history: its
 * first value is the scorer's, its last the person's.
 */
import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../domain/conversation-schema.ts';
import type { TextHash } from '../../pack/content-hash.ts';
import { otherToolsTime } from '../time.ts';
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
import { type Asked, askedIn, contentSchema, keyOfAsked, textOfContent } from './traced-text.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const name = z.string().min(1).max(200);

const message = z.looseObject({ role: z.string(), content: contentSchema.optional() });
const messages = z.array(message).max(10_000);
const output = z.looseObject({
  completion: text.nullable().optional(),
  choices: z.array(z.looseObject({ message })).max(100).nullable().optional(),
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

const scoreValue = z.union([z.number(), z.string(), z.boolean(), z.null()]);
const said = {
  value: z.union([scoreValue, z.array(z.unknown()), z.record(z.string(), z.unknown())]).optional(),
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
  output: output.nullable().optional(),
  scores: z.record(z.string(), score).nullable().optional(),
  attachments: z.record(z.string(), text).nullable().optional(),
  events: z.array(z.unknown()).max(1_000_000).nullable().optional(),
  events_data: z.looseObject({ messages: messages.optional() }).nullable().optional(),
  message_pool: messages.nullable().optional(),
  error: z.unknown().optional(),
  invalidation: z.unknown().optional(),
});
type Sample = z.output<typeof sampleSchema>;

const headSchema = z.looseObject({
  model: name,
  task: name.optional(),
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
  joinedOn: 'input and target, and the epoch',
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
  reader: ({ sha256 }) => {
    const log = new InspectLog(sha256);
    const begin = piecesBy(headSchema, (head) => log.begin(head));
    const sample = piecesBy(sampleSchema, (row) => log.take(row));
    return (record) => {
      const { path, value } = documentPart(record) ?? { path: '', value: undefined };
      if (path === 'samples[]') return sample(value);
      if (path === 'eval') return begin(value);
      if (path === 'header') return begin((value as { readonly eval?: unknown } | null)?.eval);
      if (path === 'samples') return noPieces('logs without their samples');
      if (LOG_FIELDS.test(path)) return { ok: true, pieces: [] };
      return wrongPiece('(record)', 'is no part of a log');
    };
  },
};

class InspectLog {
  readonly #sha256: TextHash;
  readonly #seen = new Set<string>();
  #model: string | null = null;
  #grader: string | null = null;

  constructor(sha256: TextHash) {
    this.#sha256 = sha256;
  }

  begin({ model, model_roles }: z.output<typeof headSchema>): RunPieces {
    this.#model = model;
    this.#grader = model_roles?.grader?.model ?? null;
    return { ok: true, pieces: [] };
  }

  take(row: Sample): RunPieces {
    if (row.error != null) return noPieces('samples that ended with an error');
    if (row.invalidation != null) return noPieces('samples that were invalidated');
    const asked = askedOf(row);
    const answer = answerOf(row);
    if (asked === null) return noPieces('samples whose input does not end with the user');
    if (answer === null) return noPieces('samples without an answer');
    const target = Array.isArray(row.target) ? row.target.join('\n') : (row.target ?? '');
    const resolved = attached(row, target);
    const key = `${keyOfAsked(asked, this.#sha256, resolved)}-${row.epoch}`;
    if (this.#seen.has(key)) return noPieces('samples that ask the same as one before');
    this.#seen.add(key);
    const isListed = Object.values(row.scores ?? {}).some(({ value }) => Array.isArray(value));
    const found = pieces(
      {
        kind: 'question',
        key,
        before: asked.before,
        turns: [asked.last],
        slices: {},
        reference: resolved === '' ? null : resolved,
      },
      {
        kind: 'answer',
        key,
        run: this.#model,
        turns: [answer],
        meta: { sample_id: String(row.id), epoch: String(row.epoch) },
      },
      ...Object.entries(row.scores ?? {}).flatMap(([scorer, given]) => this.#scores(row, key, scorer, given)),
    );
    return isListed ? { ...found, leftOut: 'scores that are lists' } : found;
  }

  #scores(row: Sample, key: string, scorer: string, given: z.output<typeof score>): Score[] {
    const grader = this.#grader ?? graderOf(row);
    const judge = grader === null ? scorer : `${scorer} · ${grader}`;
    const [original, ...edits] = given.history ?? [];
    const by = (who: Score['by'], { value, explanation }: z.output<typeof edit>, at?: string): Score[] =>
      valuesOf(value).map(({ criterion, ...read }) => ({
        kind: 'score',
        of: { key, run: this.#model },
        by: 'judge' in who ? { judge: named(who.judge, criterion) } : who,
        group: criterion === null ? null : `criterion ${criterion}`,
        ...read,
        ...(explanation == null || explanation === ''
          ? {}
          : 'judge' in who
            ? { raw: attached(row, explanation) }
            : { note: attached(row, explanation).slice(0, MOST_NOTE) }),
        ...(at === undefined ? {} : { at }),
      }));
    const last = edits.findLast(({ provenance }) => provenance != null);
    return [
      ...by({ judge }, original ?? given),
      ...(last?.provenance == null
        ? []
        : by({ rater: last.provenance.author }, edited(last, given), last.provenance.timestamp ?? undefined)),
    ];
  }
}

function named(judge: string, criterion: string | null): string {
  return (criterion === null ? judge : `${judge} · ${criterion}`).slice(0, 256);
}

/** What an edit says of a field that it leaves as it is. */
const UNCHANGED = 'UNCHANGED';

function edited(last: z.output<typeof edit>, given: z.output<typeof score>): z.output<typeof edit> {
  const isSame = last.value === undefined || last.value === UNCHANGED;
  return {
    ...last,
    value: isSame ? given.value : last.value,
    explanation: last.explanation === UNCHANGED ? null : last.explanation,
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
function attached({ attachments }: Sample, given: string): string {
  if (!given.startsWith(ATTACHMENT)) return given;
  const hash = given.slice(ATTACHMENT.length);
  return attachments != null && Object.hasOwn(attachments, hash) ? (attachments[hash] ?? given) : given;
}

function askedOf(row: Sample): Asked | null {
  if (typeof row.input === 'string') return { before: [], last: attached(row, row.input) };
  const resolved = (row.input.length > 0 ? row.input : firstInput(row)).map(({ role, content }) => ({
    role,
    content: attachedContent(row, content),
  }));
  return resolved.length === 0 ? null : askedIn(resolved);
}

function attachedContent(row: Sample, content: z.output<typeof message>['content']): string {
  if (typeof content === 'string') return attached(row, content);
  const parts = (content ?? []).map((part) => {
    if (typeof part === 'string') return attached(row, part);
    return part.text === undefined ? part : { ...part, text: attached(row, part.text) };
  });
  return textOfContent(parts);
}

function answerOf(row: Sample): string | null {
  const found = outputText(row.output) ?? outputText(modelEvents(row).findLast(isAnswer)?.output);
  return found === null ? null : attached(row, found);
}

function outputText(given: Sample['output']): string | null {
  if (given == null) return null;
  if (typeof given.completion === 'string' && given.completion !== '') return given.completion;
  const content = given.choices?.[0]?.message.content;
  const spoken = textOfContent(content);
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
