import { z } from 'zod';
import { lazily, type ReplyOfSchema } from './reply-schema.ts';

export const judgeBatchResult = lazily(() =>
  z.strictObject({
    runId: z.string(),
    judge: z.string(),
    files: z.array(
      z.strictObject({
        name: z.string(),
        bytes: z.int(),
        sha256: z.string(),
        rows: z.int(),
      }),
    ),
    requests: z.int(),
    alreadyOut: z.int().describe('Left out, because they are in an earlier batch that was not collected.'),
  }),
);
/** Batch files that were written. */
export type JudgeBatchResult = ReplyOfSchema<typeof judgeBatchResult>;

export const sentBatch = lazily(() =>
  z.strictObject({
    file: z.string(),
    batchId: z.string().nullable().describe('As the endpoint knows it; null until it has been begun.'),
    status: z.string().describe('As the endpoint said it last.'),
    what: z.enum(['sent', 'sent_before', 'not_sent', 'at_work', 'failed', 'collected']),
    requests: z.int(),
    completed: z.int().nullable().describe('As the endpoint counts them; null where it does not.'),
    failed: z.int().nullable(),
    problems: z.array(z.string()).describe('Why it failed as a whole.'),
    collected: judgeCollectResult().nullable().describe('What was taken in.'),
    unanswered: z
      .int()
      .describe('Requests that it left without a result, which are asked again in the next batch or run.'),
  }),
);
/** A batch file that was sent to an endpoint, and what came of it. */
export type SentBatch = ReplyOfSchema<typeof sentBatch>;

export const judgeCollectResult = lazily(() =>
  z.strictObject({
    judge: z.string(),
    lines: z.int(),
    read: z.int(),
    unparsed: z.int(),
    refused: z.int(),
    truncated: z.int(),
    error: z.int(),
    promptsCut: z.int().describe('Replies to prompts that the runner read only a part of.'),
    unknown: z.int().describe('Lines whose request is not out: collected before, or of another judge.'),
    stillOut: z.int().describe('Requests that are still out.'),
  }),
);
/** What came of collecting results. */
export type JudgeCollectResult = ReplyOfSchema<typeof judgeCollectResult>;
