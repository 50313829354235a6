import { failure, failureOf } from '../../../shared/contract/envelope.ts';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { AppEvent } from '../../../shared/contract/events.ts';
import type { JobStatus } from '../../../shared/contract/job-methods.ts';
import type { Clock, Entropy } from '../ports.ts';
import { runInWorker } from './run-in-worker.ts';
import { NO_CONTROLS } from './task-controls.ts';
import type { TaskRequest } from './tasks.ts';

const KEPT_JOBS = 50;

interface Job {
  status: JobStatus;
  isCancelled: boolean;
}

/** Running and recent imports. A page that reloads finds its job again by id. */
export class Jobs {
  readonly #clock: Clock;
  readonly #entropy: Entropy;
  readonly #announce: (event: AppEvent) => void;
  readonly #jobs = new Map<string, Job>();

  constructor(clock: Clock, entropy: Entropy, announce: (event: AppEvent) => void) {
    this.#clock = clock;
    this.#entropy = entropy;
    this.#announce = announce;
  }

  startImport(request: TaskRequest<'import'>): string {
    const jobId = this.#entropy.hex(8);
    const job: Job = {
      isCancelled: false,
      status: {
        jobId,
        kind: request.dryRun ? 'dry_run' : 'import',
        state: 'running',
        startedAt: this.#clock.nowMs(),
        progress: { bytesDone: 0, bytesTotal: 0, records: 0 },
      },
    };
    this.#jobs.set(jobId, job);
    for (const old of [...this.#jobs.keys()].slice(0, -KEPT_JOBS)) this.#jobs.delete(old);
    runInWorker('import', request, {
      ...NO_CONTROLS,
      isCancelled: () => job.isCancelled,
      onProgress: (progress) => this.#update(job, { progress }),
    })
      .then((result) => {
        this.#update(job, { state: 'done', result });
        if (!request.dryRun) this.#announce({ type: 'changed', area: 'studies' });
      })
      .catch((error: unknown) => {
        const isService = error instanceof ServiceError;
        if (!isService) console.error(error);
        const envelope = isService
          ? failureOf(error)
          : failure(
              'internal',
              'The import stopped because of a fault in the program. Nothing was imported.',
            );
        if (!envelope.ok) {
          const state = envelope.error.code === 'cancelled' ? 'cancelled' : 'failed';
          this.#update(job, { state, error: envelope.error });
        }
      });
    return jobId;
  }

  get(jobId: string): JobStatus {
    return this.#require(jobId).status;
  }

  cancel(jobId: string): JobStatus {
    const job = this.#require(jobId);
    job.isCancelled = true;
    return job.status;
  }

  cancelAll(): void {
    for (const job of this.#jobs.values()) job.isCancelled = true;
  }

  #require(jobId: string): Job {
    const job = this.#jobs.get(jobId);
    if (job === undefined) throw new ServiceError('not_found', 'There is no such job.');
    return job;
  }

  #update(job: Job, change: Partial<JobStatus>): void {
    job.status = { ...job.status, ...change };
    this.#announce({ type: 'job', jobId: job.status.jobId, state: job.status.state });
  }
}
