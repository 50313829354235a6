import { failure, failureOf } from '../../../shared/contract/envelope.ts';
import type { AppEvent } from '../../../shared/contract/events.ts';
import type { FollowedJob, JobStatus } from '../../../shared/contract/job-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { ErrorMessage } from '../../../shared/errors/messages.ts';
import type { Clock, Entropy } from '../ports/ports.ts';
import { NO_CONTROLS, type TaskControls } from './task-controls.ts';

const KEPT_JOBS = 50;

interface Job<Status extends JobStatus = JobStatus> {
  status: Status;
  isCancelled: boolean;
}

/** Logs what the program is at fault for; what a service refused is said by whoever asked for it. */
function logFault(error: unknown): void {
  if (!(error instanceof ServiceError)) console.error(error);
}

/** Running and recent imports, judge runs and calls that are followed. A page that reloads finds its job again by id. */
export class Jobs {
  readonly #clock: Clock;
  readonly #entropy: Entropy;
  readonly #announce: (event: AppEvent) => void;
  readonly #jobs = new Map<string, Job>();
  readonly #running = new Set<Promise<void>>();
  #isEnding = false;

  constructor(clock: Clock, entropy: Entropy, announce: (event: AppEvent) => void) {
    this.#clock = clock;
    this.#entropy = entropy;
    this.#announce = announce;
  }

  /**
   * Starts work that nobody waits for; whoever has the id follows it.
   *
   * @param fault what is said where the program is at fault
   */
  start<Status extends JobStatus>(
    about: Pick<Status, 'kind' | 'progress'>,
    run: (controls: TaskControls<Status['progress']>) => Promise<Status['result']>,
    { changesStudies, fault }: { readonly changesStudies: boolean; readonly fault: ErrorMessage },
  ): string {
    const job = this.#add<Status>(about);
    this.#settle(job, run(this.#controlsOf(job)), { changesStudies, onFault: fault });
    return job.status.jobId;
  }

  /**
   * Runs work whose result is its caller's own. Under the id the caller named it can be followed and stopped meanwhile.
   *
   * @throws ServiceError `conflict` where the id is taken, and whatever the work throws
   */
  async follow<Result>(
    jobId: string | undefined,
    work: (controls: TaskControls) => Promise<Result>,
  ): Promise<Result> {
    if (jobId === undefined) return work(this.#unnamedControls());
    if (this.#jobs.has(jobId)) throw new ServiceError('conflict', { key: 'work.job_id_taken' });
    const progress = { bytesDone: 0, bytesTotal: 0, records: 0 };
    const job = this.#add<FollowedJob>({ kind: 'followed', progress }, jobId);
    try {
      const result = await work(this.#controlsOf(job));
      this.#update(job, { state: 'done', result: null });
      return result;
    } catch (error) {
      const isCancelled = error instanceof ServiceError && error.code === 'cancelled';
      this.#update(job, { state: isCancelled ? 'cancelled' : 'failed' });
      throw error;
    }
  }

  /**
   * Does what nobody asked for and nobody follows; the end stops it and waits for it. What fails in it is dropped, and logged
   * where the program is at fault.
   */
  runAside(work: (controls: TaskControls) => Promise<void>): void {
    this.#waitFor(work(this.#unnamedControls()).catch(logFault));
  }

  #unnamedControls(): TaskControls {
    return { ...NO_CONTROLS, isCancelled: () => this.#isEnding };
  }

  #waitFor(work: Promise<void>): void {
    const settled = work.finally(() => this.#running.delete(settled));
    this.#running.add(settled);
  }

  #add<Status extends JobStatus>(
    about: Pick<Status, 'kind' | 'progress'>,
    jobId = this.#entropy.hex(8),
  ): Job<Status> {
    const job = {
      isCancelled: false,
      status: { ...about, jobId, state: 'running', startedAt: this.#clock.nowMs() } as Status,
    };
    this.#jobs.set(jobId, job);
    for (const old of [...this.#jobs.keys()].slice(0, -KEPT_JOBS)) this.#jobs.delete(old);
    return job;
  }

  #controlsOf<Status extends JobStatus>(job: Job<Status>): TaskControls<Status['progress']> {
    return {
      ...NO_CONTROLS,
      isCancelled: () => job.isCancelled || this.#isEnding,
      onProgress: (progress) => this.#update(job, { progress } as Partial<Status>),
    };
  }

  #settle<Status extends JobStatus>(
    job: Job<Status>,
    run: Promise<Status['result']>,
    { changesStudies, onFault }: { readonly changesStudies: boolean; readonly onFault: ErrorMessage },
  ): void {
    const settled = run
      .then((result) => {
        this.#update(job, { state: 'done', result } as Partial<Status>);
        if (changesStudies) this.#announce({ type: 'changed', area: 'studies' });
      })
      .catch((error: unknown) => {
        logFault(error);
        const envelope = error instanceof ServiceError ? failureOf(error) : failure('internal', onFault);
        if (!envelope.ok) {
          const state = envelope.error.code === 'cancelled' ? 'cancelled' : 'failed';
          this.#update(job, { state, error: envelope.error } as Partial<Status>);
        }
      });
    this.#waitFor(settled);
  }

  get(jobId: string): JobStatus {
    return this.#require(jobId).status;
  }

  cancel(jobId: string): JobStatus {
    const job = this.#require(jobId);
    job.isCancelled = true;
    return job.status;
  }

  /** Stops what runs, also what nobody named. */
  cancelAll(): void {
    this.#isEnding = true;
    for (const job of this.#jobs.values()) job.isCancelled = true;
  }

  /** Resolves once nothing runs that nobody waits for, nor what that began. */
  async waitForEnd(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #require(jobId: string): Job {
    const job = this.#jobs.get(jobId);
    if (job === undefined) throw new ServiceError('not_found', { key: 'work.job_unknown' });
    return job;
  }

  #update<Status extends JobStatus>(job: Job<Status>, change: Partial<Status>): void {
    job.status = { ...job.status, ...change };
    this.#announce({ type: 'job', jobId: job.status.jobId, state: job.status.state });
  }
}
