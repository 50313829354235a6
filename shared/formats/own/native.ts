/** The native interchange format: JSON Lines, one comparison a line. `touchstone schema` prints it. */
import { z } from 'zod';
import { canonicalJson } from '../../json/canonical-json.ts';
import { type TextHash, textSha256 } from '../../json/content-hash.ts';
import { type FieldProblem, readBy } from '../../json/read-by-schema.ts';
import { FAILURES } from '../../judge/judge-reply.ts';
import { conversationSchema, MAX_TEXT_LENGTH } from '../../study/conversation-schema.ts';
import type { JudgmentScore } from '../../study/judgment-score.ts';
import { raterNameSchema } from '../../study/study.ts';
import { HUMAN_VERDICTS, JUDGE_ORDERS, JUDGE_VERDICTS, SKIP_REASONS } from '../../study/verdict.ts';
import { plainComparison } from './plain-comparison.ts';
import { settleRecord } from './settled-record.ts';

const text = z.string().max(MAX_TEXT_LENGTH);
const comparisonId = z.string().min(1).max(512).describe('Unique within the study.');
const systemName = z.string().min(1).max(256);
const timestamp = z.iso.datetime({ offset: true }).describe('When, as ISO 8601 with an offset.');

const responseShape = {
  system: systemName.describe('What produced the output: model, version, configuration.'),
  meta: z.record(z.string().max(128), z.json()).describe('Anything else worth keeping.').optional(),
};

const responseSchema = z
  .strictObject({
    ...responseShape,
    text: text.optional(),
    messages: conversationSchema.optional(),
  })
  .refine((response) => (response.text === undefined) !== (response.messages === undefined), {
    message: 'needs either text or messages',
  });

/** One vote of one person. */
export const humanVoteSchema = z.strictObject({
  rater: raterNameSchema,
  verdict: z.enum(HUMAN_VERDICTS),
  strength: z.int().min(1).max(3).optional(),
  shown: z.enum(['a_left', 'b_left']).describe('Which response stood on the left.').optional(),
  at: timestamp.optional(),
  note: z.string().max(20_000).optional(),
  reason: z.enum(SKIP_REASONS).describe('Why it was skipped.').optional(),
  viewed_ms: z.int().min(0).describe('How long the pair was on screen, in milliseconds.').optional(),
  idle_ms: z.int().min(0).describe('Part of that in which nothing was touched.').optional(),
  confidence: z.int().min(1).max(3).describe('1: a guess, 2: fairly sure, 3: sure.').optional(),
  criteria: z
    .record(z.string().max(60), z.enum(['first', 'second', 'tie']))
    .describe('Verdicts by criterion of the rubric.')
    .optional(),
  reasons: z.array(z.string().max(60)).max(20).describe('Ticked reasons.').optional(),
  spans: z
    .array(
      z.strictObject({
        side: z.enum(['a', 'b']),
        from: z.int().min(0),
        to: z.int().min(1),
        quote: z.string().max(2000),
      }),
    )
    .max(50)
    .describe('Marked as the reason; counted in UTF-16 code units of the text that the output shows.')
    .optional(),
  guideline: z.int().min(1).describe('Version of guideline and rubric it was given under.').optional(),
  after_unblinding: z.literal(true).describe('The vote was given after the study was unblinded.').optional(),
});
export type HumanVote = z.infer<typeof humanVoteSchema>;

const number = z.number();
const probability = number.min(0).max(1);

/** A number beside a verdict; its type is `JudgmentScore`. */
const scoreSchema: z.ZodType<JudgmentScore, JudgmentScore> = z
  .union([
    number.describe('As it was given. It does not say what it is, so it is kept and moves no figure.'),
    z
      .strictObject({ kind: z.literal('verdict_probability'), value: probability })
      .describe('How probable the judge holds its own verdict.'),
    z
      .strictObject({ kind: z.literal('first_probability'), value: probability })
      .describe('How probable the judge holds that a is the better one, whichever it read first.'),
    z
      .strictObject({ kind: z.literal('preference'), value: number, first: number, second: number })
      .refine(({ value, first, second }) => first !== second && (value - first) * (value - second) <= 0, {
        message: 'needs a value between two different ends',
        path: ['value'],
      })
      .describe(
        'A place between two ends: first is surely a, second surely b. AlpacaEval’s goes from 1 to 2.',
      ),
    z
      .strictObject({ kind: z.literal('points'), first: number, second: number })
      .describe('Points that each output was given by itself: of a and of b. More are better.'),
    z
      .strictObject({ kind: z.literal('sureness'), value: number })
      .describe('How sure the judge is of its verdict, on a scale without a unit. More is surer.'),
  ])
  .describe('What the judge gave beside its verdict, and what that is.');

/** One verdict of one judge. */
export const judgeVerdictSchema = z
  .strictObject({
    judge: z.string().min(1).max(256).describe('Model, prompt version and parameters, as one name.'),
    order: z.enum(JUDGE_ORDERS).default('unknown').describe('Which response the judge read first.'),
    verdict: z.enum(JUDGE_VERDICTS).describe('About a and b, already mapped back from the order shown.'),
    sample: z.int().min(0).max(9999).default(0),
    failure: z
      .enum(FAILURES)
      .optional()
      .describe('Why there is no verdict, more closely than unparsed or error.'),
    score: scoreSchema.optional(),
    raw: text.describe('The judge’s reply.').optional(),
    at: timestamp.optional(),
  })
  .refine(
    ({ verdict, failure }) =>
      failure === undefined || verdict === (failure === 'error' ? 'error' : 'unparsed'),
    {
      message: 'does not go with the verdict: refused and truncated are unparsed',
      path: ['failure'],
    },
  )
  .refine((judgment) => judgment.verdict !== 'inconsistent' || judgment.order === 'both', {
    message: 'inconsistent needs order "both": a single order cannot contradict itself',
    path: ['verdict'],
  });
export type JudgeRow = z.infer<typeof judgeVerdictSchema>;

/** What an adjudicator decided of a comparison. */
export const decisionSchema = z.strictObject({
  by: raterNameSchema,
  verdict: z.enum(['first', 'second', 'tie', 'both_bad']),
  shown: z.enum(['a_left', 'b_left']).describe('Which response stood on the left.').optional(),
  at: timestamp.optional(),
  note: z.string().max(20_000).optional(),
  changed: z.literal(true).describe('It was changed after the raters’ votes could be seen.').optional(),
  after_unblinding: z.literal(true).describe('It was made after the study was unblinded.').optional(),
});
export type DecisionRow = z.infer<typeof decisionSchema>;

const votes = {
  human: z.array(humanVoteSchema).max(1000).optional(),
  judge: z.array(judgeVerdictSchema).max(10_000).optional(),
  adjudicated: z.array(decisionSchema).max(100).optional(),
};

/** Written on export. The first two are ignored on import, because they are computed again. */
const derived = {
  gold: z.unknown().optional(),
  split: z.enum(['dev', 'test']).optional(),
  draw: z
    .strictObject({ wave: z.int().min(0), probability: z.number().gt(0).max(1) })
    .describe('The draw that chose it to be rated, and the chance it had; kept with a new study only.')
    .optional(),
  drawsBefore: z
    .int()
    .min(0)
    .max(1000)
    .describe('How many draws there were before it came into the study; kept with a new study only.')
    .optional(),
};

/** A comparison with everything known about it. */
export const comparisonSchema = z
  .strictObject({
    id: comparisonId,
    prompt: text.optional(),
    messages: conversationSchema.optional(),
    reference: text.optional(),
    a: responseSchema,
    b: responseSchema,
    slices: z.record(z.string().min(1).max(128), z.string().max(512)).optional(),
    ...votes,
    ...derived,
  })
  .refine((row) => (row.prompt === undefined) !== (row.messages === undefined), {
    message: 'needs either prompt or messages',
    path: ['prompt'],
  });
export type Comparison = z.infer<typeof comparisonSchema>;

/** Votes and verdicts for a comparison that is already stored, or stands earlier in the same import. */
export const verdictsSchema = z
  .strictObject({ id: comparisonId, ...votes })
  .refine((row) => [row.human, row.judge, row.adjudicated].some((said) => said !== undefined), {
    message: 'needs human, judge or adjudicated',
    path: ['human'],
  });
export type VerdictsRow = z.infer<typeof verdictsSchema>;

export type NativeRow =
  | {
      readonly kind: 'comparison';
      readonly row: Comparison;
      /** The record had no id: it is the hash of what is compared. */
      readonly isIdMade?: true;
    }
  | { readonly kind: 'verdicts'; readonly row: VerdictsRow };

export type NativeResult =
  | { readonly ok: true; readonly value: NativeRow }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/**
 * Reads one parsed record. A record without `a`, `b`, `prompt` and `messages` is a verdicts row. Null is absent, a whole number
 * is the text of a name, and a comparison without an id has the hash of what is compared.
 */
export function readNativeRecord(record: unknown, sha256: TextHash = textSha256): NativeResult {
  if (record === null || typeof record !== 'object' || Array.isArray(record)) {
    return { ok: false, problems: [{ field: '(record)', reason: 'is not an object' }] };
  }
  const plain = plainComparison(record);
  if (plain !== null) return { ok: true, value: { kind: 'comparison', row: plain as unknown as Comparison } };
  const settled = settleRecord(record);
  if ('a' in settled || 'b' in settled || 'prompt' in settled || 'messages' in settled) {
    const isIdMade = settled.id === undefined;
    if (isIdMade) settled.id = UNKNOWN_ID;
    const plainWithId = plainComparison(settled);
    if (plainWithId !== null) return comparisonOf(plainWithId as unknown as Comparison, isIdMade, sha256);
    const parsed = readBy(comparisonSchema, settled);
    return parsed.ok ? comparisonOf(parsed.value, isIdMade, sha256) : parsed;
  }
  const parsed = readBy(verdictsSchema, settled);
  return parsed.ok ? { ok: true, value: { kind: 'verdicts', row: parsed.value } } : parsed;
}

/** Stands in while a record is read that has none. */
const UNKNOWN_ID = 'not known yet';

const MADE_ID_LENGTH = 24;

function comparisonOf(row: Comparison, isIdMade: boolean, sha256: TextHash): NativeResult {
  if (!isIdMade) return { ok: true, value: { kind: 'comparison', row } };
  const { prompt, messages, reference, a, b } = row;
  const output = ({ system, text: said, messages: turns, meta }: Comparison['a']) => ({
    system,
    turns: turns ?? [{ role: 'assistant', content: said }],
    meta,
  });
  const compared = canonicalJson({
    asked: messages ?? [{ role: 'user', content: prompt }],
    reference,
    a: output(a),
    b: output(b),
  });
  const id = sha256(compared).slice(0, MADE_ID_LENGTH);
  return { ok: true, value: { kind: 'comparison', row: { ...row, id }, isIdMade: true } };
}

/** Whether a record is meant to be in the native format, however wrong it may be. */
export function looksNative(record: unknown): boolean {
  if (record === null || typeof record !== 'object' || Array.isArray(record)) return false;
  const has = (key: string) => Object.hasOwn(record, key);
  if (['human', 'judge', 'adjudicated'].some(has)) return true;
  const isOutput = (key: string) => {
    const value: unknown = has(key) ? Reflect.get(record, key) : null;
    return value !== null && typeof value === 'object';
  };
  return isOutput('a') || isOutput('b');
}

/** The published JSON Schema of one line. */
export function nativeJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(z.union([comparisonSchema, verdictsSchema]), { io: 'input' });
  return {
    ...schema,
    $id: 'urn:touchstone:comparison:1',
    title: 'Touchstone comparison, one JSON Lines record',
  };
}
