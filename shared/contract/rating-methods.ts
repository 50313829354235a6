import { z } from 'zod';
import { blindPresentationSchema } from '../blind/blind-presentation.ts';
import { raterNameSchema } from '../domain/study.ts';
import { ANSWERS, SKIP_REASONS, VERDICT_SCALES } from '../domain/verdict.ts';
import { raterMethod } from './method.ts';

const sessionId = z.string().min(16).max(128);
const commandId = z.uuid().describe('Made once per decision; the same id gives the same receipt.');

const progressSchema = z.strictObject({
  done: z.int(),
  total: z.int(),
  medianSeconds: z.number().nullable().describe('Median time per pair over the last votes, in seconds.'),
  canUndo: z.boolean(),
});
export type RatingProgress = z.infer<typeof progressSchema>;

/** The pair to rate now and the one after it, which the page prepares meanwhile. */
const queueSchema = z.array(blindPresentationSchema).max(2);

const receiptSchema = z.strictObject({
  commandId: z.string(),
  presentationId: z.string(),
  recordedAt: z.int().describe('Milliseconds since 1970; the vote was on disk before this reply was sent.'),
});

const turnSchema = z.strictObject({ queue: queueSchema, progress: progressSchema });

export const ratingMethods = {
  'rating.raters': raterMethod({
    kind: 'query',
    about: 'The pseudonyms that may continue in a study.',
    input: z.strictObject({ studyId: z.string() }),
    output: z.array(z.strictObject({ name: z.string(), done: z.int() })),
  }),
  'rating.begin': raterMethod({
    kind: 'command',
    about: 'Starts or resumes a rater’s work and takes it over from wherever it was open before.',
    input: z.strictObject({ studyId: z.string(), rater: raterNameSchema }),
    output: turnSchema.extend({
      session: sessionId,
      study: z.strictObject({
        name: z.string(),
        guideline: z.string(),
        scale: z.enum(VERDICT_SCALES),
        minimumViewingMs: z.int(),
        isSynthetic: z.boolean(),
        isUnblinded: z.boolean(),
      }),
    }),
  }),
  'rating.submit': raterMethod({
    kind: 'command',
    about: 'Records one vote. The reply is sent after the vote is on disk.',
    input: z
      .strictObject({
        session: sessionId,
        commandId,
        presentationId: z.string().max(64),
        answer: z.enum(ANSWERS),
        strength: z.int().min(1).max(3).optional(),
        skipReason: z.enum(SKIP_REASONS).optional(),
        note: z.string().max(20_000).optional(),
        viewedMs: z.int().min(0),
      })
      .refine((vote) => (vote.answer === 'skipped') === (vote.skipReason !== undefined), {
        message: 'a skipped pair needs a reason, and only a skipped pair has one',
        path: ['skipReason'],
      }),
    output: turnSchema.extend({ receipt: receiptSchema }),
  }),
  'rating.undo': raterMethod({
    kind: 'command',
    about: 'Retracts the rater’s latest vote and opens its pair again. Nothing is deleted.',
    input: z.strictObject({ session: sessionId, commandId }),
    output: turnSchema,
  }),
} as const;
