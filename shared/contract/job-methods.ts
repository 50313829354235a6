import { z } from 'zod';
import { ERROR_CODES } from '../errors/errors.ts';
import type { ErrorKey, ErrorValues } from '../errors/messages.ts';
import type { Failure } from './envelope.ts';
import { importResult } from './import-methods.ts';
import { judgeRunProgress, judgeRunResult } from './judge-run.ts';
import { leadMethod } from './method.ts';
import { lazily, type ReplyOfSchema, schemaOf } from './reply-schema.ts';

const fileProgress = lazily(() =>
  z.strictObject({
    bytesDone: z.number(),
    bytesTotal: z.number(),
    records: z.int(),
  }),
);
export type FileProgress = ReplyOfSchema<typeof fileProgress>;

const failureSchema = schemaOf<Failure>()(() =>
  z.strictObject({
    code: z.enum(ERROR_CODES),
    message: z.string().describe('In English.'),
    key: z.string().describe('Names the message.') as unknown as z.ZodType<ErrorKey>,
    values: z
      .record(z.string(), z.unknown())
      .exactOptional()
      .describe('What the message says beside its words.') as unknown as z.ZodExactOptional<
      z.ZodType<ErrorValues>
    >,
    details: z.record(z.string(), z.unknown()).exactOptional(),
    retryable: z.boolean(),
  }),
);

function jobOf<Kind extends z.ZodType, Progress extends z.ZodType, Result extends z.ZodType>(
  kind: Kind,
  progress: Progress,
  result: Result,
) {
  return z.strictObject({
    jobId: z.string(),
    kind,
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    startedAt: z.int().describe('Milliseconds since 1970.'),
    progress,
    result: result.exactOptional().describe('Of a job that is done.'),
    error: failureSchema().exactOptional().describe('Why it failed, or that it was stopped.'),
  });
}

const importJob = lazily(() => jobOf(z.enum(['import', 'dry_run']), fileProgress(), importResult()));
export type ImportJob = ReplyOfSchema<typeof importJob>;

const judgeJob = lazily(() => jobOf(z.literal('judge_run'), judgeRunProgress(), judgeRunResult()));
export type JudgeJob = ReplyOfSchema<typeof judgeJob>;

const followedJob = lazily(() => jobOf(z.literal('followed'), fileProgress(), z.null()));
/** A call that takes its time, under an id that whoever made it named. Its result is the call's own. */
export type FollowedJob = ReplyOfSchema<typeof followedJob>;

const jobStatus = lazily(() => z.discriminatedUnion('kind', [importJob(), judgeJob(), followedJob()]));
export type JobStatus = ReplyOfSchema<typeof jobStatus>;

const jobRef = z.strictObject({ jobId: z.string().min(1).max(64) });

export const jobMethods = {
  'jobs.get': leadMethod({
    kind: 'query',
    reveals: 'own_file',
    about: 'One job’s state, progress and result.',
    input: jobRef,
    reply: jobStatus,
  }),
  'jobs.cancel': leadMethod({
    kind: 'command',
    reveals: 'own_file',
    about: 'Asks a running job to stop. A cancelled import leaves nothing behind.',
    input: jobRef,
    reply: jobStatus,
  }),
} as const;
