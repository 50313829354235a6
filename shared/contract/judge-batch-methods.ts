import { z } from 'zod';
import { leadTask } from './method.ts';
import { placeId } from './place-id.ts';
import { lazily, type ReplyOfSchema } from './reply-schema.ts';
import { runSelectionSchema } from './run-selection.ts';

const judgeBatchResult = lazily(() =>
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

const sentBatch = lazily(() =>
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

const judgeCollectResult = lazily(() =>
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

const about = {
  studyId: z.string().min(1).max(64),
  judge: z.string().min(1).max(120).describe('A judge version by its name, such as careful@2.'),
};
const uploads = z.array(z.string().min(1).max(64)).max(1000);
const acceptCutPrompts = z
  .boolean()
  .default(false)
  .describe('Count verdicts although the endpoint reports to have read less than was sent.');

/** Judging through batch files, here or on a machine without a network. */
export const judgeBatchMethods = {
  'judges.createBatch': leadTask({
    beginsWork: true,
    kind: 'command',
    callers: 'commands',
    changes: ['studies'],
    reveals: 'blind',
    about: 'Writes what a judge has still to be asked as files for a batch runner.',
    input: z.strictObject({ ...about, selection: runSelectionSchema, folderId: placeId }),
    reply: judgeBatchResult,
  }),
  'judges.collectBatch': leadTask({
    kind: 'command',
    callers: 'commands',
    changes: ['studies'],
    reveals: 'own_file',
    about: 'Takes in the results of a batch, in any order, with its error files: all of them, or none.',
    input: z.strictObject({ ...about, uploads: uploads.min(1), acceptCutPrompts }),
    reply: judgeCollectResult,
  }),
  'judges.sendBatches': leadTask({
    beginsWork: true,
    kind: 'command',
    callers: 'commands',
    changes: ['studies'],
    reveals: 'own_file',
    about:
      'Sends batch files to the Batch API of the judge’s endpoint, and to nobody else; one that was sent before is left alone.',
    input: z.strictObject({
      ...about,
      uploads,
      maxCostUsd: z.number().positive().nullable().default(null).describe('Send nothing that may cost more.'),
    }),
    reply: () => z.array(sentBatch()),
  }),
  'judges.fetchBatches': leadTask({
    kind: 'command',
    callers: 'commands',
    changes: ['studies'],
    reveals: 'own_file',
    about: 'Looks at the batches that were sent, and takes in what is done.',
    input: z.strictObject({
      ...about,
      acceptCutPrompts,
      folderId: placeId.optional().describe('Where the results are kept beside the store.'),
    }),
    reply: () => z.array(sentBatch()),
  }),
  'judges.cancelBatches': leadTask({
    kind: 'command',
    callers: 'commands',
    changes: ['studies'],
    reveals: 'own_file',
    about: 'Stops the batches that were sent; what they got to can be fetched.',
    input: z.strictObject(about),
    reply: () => z.array(sentBatch()),
  }),
} as const;
