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
/** A call that takes its time, under an id that whoever made it named. Its result is the call's own. */
export type FollowedJob = Job<'followed', FileProgress, null>;
export type JobStatus = ImportJob | JudgeJob | FollowedJob;

const jobRef = z.strictObject({ jobId: z.string().min(1).max(64) });

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
