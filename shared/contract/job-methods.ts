import { z } from 'zod';
import type { Failure } from './envelope.ts';
import type { ImportResult } from './import-methods.ts';
import type { JudgeRunProgress, JudgeRunResult } from './judge-run.ts';
import { leadMethod } from './method.ts';

export interface FileProgress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly records: number;
}

interface Job<Kind, Progress, Result> {
  readonly jobId: string;
  readonly kind: Kind;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly startedAt: number;
  readonly progress: Progress;
  readonly result?: Result;
  readonly error?: Failure;
}
export type ImportJob = Job<'import' | 'dry_run', FileProgress, ImportResult>;
export type JudgeJob = Job<'judge_run', JudgeRunProgress, JudgeRunResult>;
/** Work on packs, under an id that whoever asked for it named. Its result is the call's own. */
export type PackJob = Job<'pack', FileProgress, null>;
export type JobStatus = ImportJob | JudgeJob | PackJob;

const jobRef = z.strictObject({ jobId: z.string().min(1).max(64) });

/** Names a job for a call that answers only at its end. */
export const ownJobId = z
  .string()
  .regex(/^[0-9a-f-]{16,64}$/u)
  .optional()
  .describe('Under this id the caller can follow the work as a job, and stop it.');

export const jobMethods = {
  'jobs.get': leadMethod<JobStatus>()({
    kind: 'query',
    reveals: 'own_file',
    about: 'One job’s state, progress and result.',
    input: jobRef,
  }),
  'jobs.cancel': leadMethod<JobStatus>()({
    kind: 'command',
    reveals: 'own_file',
    about: 'Asks a running job to stop. A cancelled import leaves nothing behind.',
    input: jobRef,
  }),
} as const;
