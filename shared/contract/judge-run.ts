import { z } from 'zod';
import { lazily, type ReplyOfSchema } from './reply-schema.ts';

export const judgeRunProgress = lazily(() =>
  z.strictObject({
    total: z.int().describe('Requests the run is about, without those that need not be made again.'),
    done: z.int(),
    read: z.int(),
    unparsed: z.int(),
    refused: z.int(),
    truncated: z.int(),
    error: z.int(),
    costUsd: z.number().nullable().describe('Null where no price is known.'),
    perSecond: z.number(),
    secondsLeft: z.number().nullable(),
    pausedUntil: z
      .int()
      .nullable()
      .describe('The endpoint asked to be left alone until then, in milliseconds since 1970; null else.'),
  }),
);
/** How a judge run stands. */
export type JudgeRunProgress = ReplyOfSchema<typeof judgeRunProgress>;

export const judgeRunResult = lazily(() =>
  judgeRunProgress().extend({
    runId: z.string(),
    judge: z.string(),
    ending: z.enum(['finished', 'ceiling', 'cancelled', 'failed']),
    message: z.string().nullable().describe('Why it ended before its end; null where it did not.'),
    uncertain: z
      .int()
      .describe(
        'Requests of this judge that were sent, now or before, and whose fate is unknown: perhaps paid.',
      ),
    otherModels: z
      .array(z.string())
      .describe('Models that said they answered, other than the one asked for.'),
    notes: z
      .array(z.string())
      .describe(
        'What whoever reads the figures should know of how the endpoint was asked and what it did, a sentence each.',
      ),
  }),
);
export type JudgeRunResult = ReplyOfSchema<typeof judgeRunResult>;
