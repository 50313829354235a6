/** The lines of a return: one thing that happened at the vendor's, in the order it happened, and never an item's text. */
import { z } from 'zod';
import { raterNameSchema } from '../study/study.ts';
import { ANSWERS, SKIP_REASONS } from '../study/verdict.ts';
import { CRITERION_ANSWERS } from '../study/vote-details.ts';
import { packIdSchema } from './pack-manifest.ts';
import { PUBLIC_KEY_PATTERN, SIGNATURE_PATTERN } from './signing.ts';

export const RETURN_VERSION = 1;

/** Longest line of a return, in UTF-16 code units. */
export const MOST_LINE_LENGTH = 512 * 1024;

const rowNumber = z.int().min(1).max(1e9).describe('Place in the log, from 1 on without gaps.');
const at = z.int().min(0).max(8.64e15).describe('Milliseconds since 1970 by the device’s clock.');
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/u);
const presentation = z.string().regex(/^[0-9a-f]{32}$/u);
const rater = raterNameSchema;
const command = z.uuid();

/** Marked places go by where they are: what stands there is the lead's own text. */
const detailsSchema = z.strictObject({
  criteria: z.record(z.string().max(60), z.enum(CRITERION_ANSWERS)).optional(),
  reasonTags: z.array(z.string().max(60)).max(20).optional(),
  spans: z
    .array(
      z
        .strictObject({ side: z.enum(['left', 'right']), from: z.int().min(0), to: z.int().min(1) })
        .refine(({ from, to }) => from < to, { message: 'ends after it starts', path: ['to'] }),
    )
    .max(50)
    .optional(),
});

export const voteRowSchema = z.strictObject({
  n: rowNumber,
  type: z.literal('vote'),
  rater,
  presentation,
  command: command.describe('Made once for each decision.'),
  at,
  answer: z.enum(ANSWERS),
  strength: z.int().min(1).max(3).optional(),
  skipReason: z.enum(SKIP_REASONS).optional(),
  note: z.string().max(20_000).optional(),
  confidence: z.int().min(1).max(3).optional(),
  details: detailsSchema.optional(),
  guideline: z.int().min(1),
  viewedMs: z.int().min(0).max(1e12),
  idleMs: z.int().min(0).max(1e12),
});
export type VoteRow = z.infer<typeof voteRowSchema>;

const retractionRowSchema = z.strictObject({
  n: rowNumber,
  type: z.literal('retraction'),
  rater,
  presentation,
  command,
  at,
});

const begunRowSchema = z.strictObject({
  n: rowNumber,
  type: z.literal('begun'),
  rater,
  at,
  product: z.string().max(40),
});
const consentRowSchema = z.strictObject({
  n: rowNumber,
  type: z.literal('consent'),
  rater,
  at,
  textSha256: sha256Schema,
});
const blockRowSchema = z.strictObject({
  n: rowNumber,
  type: z.literal('block_closed'),
  rater,
  at,
  block: z.int().min(0),
});
const clockRowSchema = z.strictObject({
  n: rowNumber,
  type: z.literal('clock'),
  at,
  shiftMs: z.int().describe('By how much the clock was set, against the time that had passed.'),
});

export const returnRowSchema = z.discriminatedUnion('type', [
  voteRowSchema,
  retractionRowSchema,
  begunRowSchema,
  consentRowSchema,
  blockRowSchema,
  clockRowSchema,
]);
export type ReturnRow = z.infer<typeof returnRowSchema>;

/** A row before its place in the log is known. */
export type NewReturnRow = ReturnRow extends infer Row
  ? Row extends ReturnRow
    ? Omit<Row, 'n'>
    : never
  : never;

export const returnHeaderSchema = z.strictObject({
  touchreturn: z.literal(RETURN_VERSION),
  packId: packIdSchema,
  revision: z.int().min(1),
  manifestSha256: sha256Schema.describe('Of the newest pack that was opened.'),
  study: z.string().min(1).max(64),
  key: z.string().regex(PUBLIC_KEY_PATTERN).describe('The vendor’s public key.'),
});
export type ReturnHeader = z.infer<typeof returnHeaderSchema>;

const signed = { before: sha256Schema, signature: z.string().regex(SIGNATURE_PATTERN) };

/** Signs the rows before it, each by its hash, and what was sealed before. */
export const sealSchema = z.strictObject({
  type: z.literal('seal'),
  from: rowNumber,
  rows: z.array(sha256Schema).min(1).max(256),
  chain: sha256Schema.describe('Hash of all rows so far, each bound to the one before.'),
  ...signed,
});
export type Seal = z.infer<typeof sealSchema>;

export const endSchema = z.strictObject({
  type: z.literal('end'),
  rows: z.int().min(0),
  isComplete: z.boolean().describe('Whether every pair of every rater of the pack has an answer.'),
  madeAt: at,
  ...signed,
});
export type ReturnEnd = z.infer<typeof endSchema>;

/** Rows under one seal, but for the last seal of a return. */
export const ROWS_PER_SEAL = 128;
