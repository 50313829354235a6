import { z } from 'zod';
import type { Failure } from './envelope.ts';
import type { ImportResult } from './import-methods.ts';
import { leadMethod } from './method.ts';

export interface JobProgress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly records: number;
}

export interface JobStatus {
  readonly jobId: string;
  readonly kind: 'import' | 'dry_run';
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly startedAt: number;
  readonly progress: JobProgress;
  readonly result?: ImportResult;
  readonly error?: Failure;
}

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
