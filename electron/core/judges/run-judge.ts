/** Asks a judge about the pairs of a study, as fast as its endpoint allows, and keeps every answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { RunSelection } from '../../../shared/contract/judge-methods.ts';
import type { JudgeRunProgress, JudgeRunResult } from '../../../shared/contract/judge-run.ts';
import type { TaskControls } from '../jobs/task-controls.ts';
import { Store } from '../store/database.ts';
import type { RequestPlace } from '../store/judge-replies.ts';
import {
  deleteRequest,
  endRun,
  insertRequest,
  insertRun,
  openRequests,
  type RunKind,
} from '../store/judge-runs.ts';
import { type JudgeVersion, judgeVersionByName } from '../store/judge-versions.ts';
import { type StudyRow, studyByPublicId } from '../store/studies.ts';
import { CommitLog } from './commit-log.ts';
import { Endpoint, EndpointFailure, type EndpointReply, requestBody } from './endpoint.ts';
import { type JudgeRequest, type JudgeTask, judgeTasks } from './judge-tasks.ts';
import { costUsd, type Price, priceOf, priceTable } from './price.ts';
import {
  type OutcomeClass,
  type RecordingRun,
  recordKnownScores,
  recordOutcome,
  type TaskOutcome,
} from './record-outcome.ts';
import { retryDelayMs } from './retry-delay.ts';
import { Spending } from './spending.ts';

export interface JudgeRunRequest {
  readonly storePath: string;
  readonly studyId: string;
  /** A judge version by its name. */
  readonly judge: string;
  readonly selection: RunSelection;
  /** Stop before more than this is spent; null without a ceiling. */
  readonly maxCostUsd: number | null;
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** Held in memory for the run; never stored, logged or sent elsewhere. */
  readonly apiKey: string | null;
  readonly newRunId: string;
  readonly kind?: RunKind;
}

const MOST_TRIES = 6;
/** An endpoint that asks for a longer pause is not waited for: the run ends and can be taken up later. */
const LONGEST_WAIT_MS = 600_000;
/** How long requests on their way are waited for when the run is stopped. */
const DRAIN_MS = 15_000;
const PROGRESS_MS = 250;
const HELD_PAUSE_MS = 20;

/** Runs until everything is asked, the ceiling is reached, or it is stopped. Takes up where an earlier run ended. */
export async function runJudge(
  request: JudgeRunRequest,
  controls: TaskControls<JudgeRunProgress>,
): Promise<JudgeRunResult> {
  const store = new Store(request.storePath, { readonly: false });
  try {
    const study = studyByPublicId(store, request.studyId);
    if (study === undefined) throw new ServiceError('not_found', 'There is no such study in this store.');
    const version = judgeVersionByName(store, study.id, request.judge);
    if (version === undefined) {
      throw new ServiceError(
        'not_found',
        `This study has no judge “${request.judge}” that can be run from here.`,
      );
    }
    const price = priceOf(priceTable(store), version.definition.model);
    if (request.maxCostUsd !== null && price === null) {
      throw new ServiceError(
        'invalid_input',
        `There is no price for the model “${version.definition.model}”, so a ceiling cannot be kept. Set one, or run without a ceiling.`,
      );
    }
    // The tokenizer's table is large, and only a ceiling needs it.
    const countTokens = request.maxCostUsd === null ? null : (await import('./token-count.ts')).promptTokens;
    return await new JudgeRun(store, study, version, price, request, controls, countTokens).run();
  } finally {
    store.close();
  }
}

function countOf(tasks: Iterable<JudgeTask>): number {
  let count = 0;
  for (const _task of tasks) count++;
  return count;
}

type CountTokens = (messages: JudgeRequest['messages']) => number;

interface ReadyTask {
  readonly task: JudgeTask;
  readonly request: JudgeRequest;
  readonly mostUsd: number;
}

class JudgeRun {
  readonly #store: Store;
  readonly #version: JudgeVersion;
  readonly #price: Price | null;
  readonly #request: JudgeRunRequest;
  readonly #controls: TaskControls<JudgeRunProgress>;
  readonly #log: CommitLog;
  readonly #endpoint: Endpoint;
  readonly #spending: Spending;
  readonly #countTokens: CountTokens | null;
  /** One for each request under way: a signal that all shared would gather listeners for as long as the run lasts. */
  readonly #underWayAborts = new Set<AbortController>();
  readonly #tasks: Generator<JudgeTask>;
  readonly #total: number;
  readonly #counts: Record<OutcomeClass, number> = {
    read: 0,
    unparsed: 0,
    refused: 0,
    truncated: 0,
    error: 0,
  };
  readonly #otherModels = new Set<string>();
  readonly #startedAt = performance.now();
  readonly #ready: ReadyTask[] = [];
  #refilling: Promise<void> | null = null;
  #runId = 0;
  #ending: JudgeRunResult['ending'] | null = null;
  #message: string | null = null;
  #pausedUntil = 0;
  #failedInARow = 0;
  #isExhausted = false;
  /** A task the ceiling has no room for at the moment. */
  #held: ReadyTask | null = null;
  #underWay = 0;
  /** Judgments that need no answer of their own: made when the answers they rest on are there. */
  readonly #known: RequestPlace[] = [];

  constructor(
    store: Store,
    study: StudyRow,
    version: JudgeVersion,
    price: Price | null,
    request: JudgeRunRequest,
    controls: TaskControls<JudgeRunProgress>,
    countTokens: CountTokens | null,
  ) {
    this.#countTokens = countTokens;
    this.#store = store;
    this.#version = version;
    this.#price = price;
    this.#request = request;
    this.#controls = controls;
    this.#log = new CommitLog(store);
    this.#endpoint = new Endpoint({
      endpoint: version.definition.endpoint,
      apiKey: request.apiKey,
      timeoutMs: request.timeoutMs,
    });
    this.#spending = new Spending(request.maxCostUsd, price !== null);
    this.#tasks = judgeTasks(store, study, version, request.selection);
    this.#total = countOf(judgeTasks(store, study, version, request.selection));
  }

  async run(): Promise<JudgeRunResult> {
    const { newRunId, selection, maxCostUsd, concurrency, kind = 'live' } = this.#request;
    const plan = { selection, maxCostUsd, concurrency };
    await this.#log.add(() => {
      this.#runId = insertRun(this.#store, {
        publicId: newRunId,
        judgeId: this.#version.judgeId,
        kind,
        plan,
        startedAt: Date.now(),
      });
    });
    const progress = setInterval(() => this.#report(), PROGRESS_MS);
    let drain: NodeJS.Timeout | undefined;
    const poll = setInterval(() => {
      if (!this.#controls.isCancelled()) return;
      this.#stop('cancelled', 'Stopped. What was judged is kept; the run can be taken up again.');
      drain ??= setTimeout(() => this.#abortAll(), DRAIN_MS);
    }, 50);
    try {
      await Promise.all(Array.from({ length: concurrency }, () => this.#slot()));
      for (const place of this.#known.splice(0)) this.#recordKnown(place);
      await this.#finish(this.#ending ?? 'finished');
    } catch (error) {
      this.#stop('failed', 'The store refused what was to be kept.');
      this.#abortAll();
      await this.#finish('failed').catch(() => this.#closeRun());
      throw error;
    } finally {
      clearInterval(progress);
      clearInterval(poll);
      clearTimeout(drain);
    }
    this.#report();
    return {
      ...this.#progress(),
      runId: newRunId,
      judge: this.#version.name,
      ending: this.#ending ?? 'finished',
      message: this.#message,
      uncertain: openRequests(this.#store, this.#version.judgeId, 'sent'),
      otherModels: [...this.#otherModels].sort(),
    };
  }

  /** Forgets what was noted and never sent, and closes the run. */
  async #finish(ending: JudgeRunResult['ending']): Promise<void> {
    const unsent = this.#ready.splice(0);
    void this.#log.add(() => {
      for (const { request } of unsent) deleteRequest(this.#store, this.#runId, request.key);
      endRun(this.#store, this.#runId, ending, Date.now());
    });
    await this.#log.flush();
  }

  /** Ends the run without its log, which takes nothing more after a failure. */
  #closeRun(): void {
    try {
      this.#store.write(() => endRun(this.#store, this.#runId, 'failed', Date.now()));
    } catch {
      // The store is gone; the run stays open in it, as after a crash.
    }
  }

  /** Makes one request after the other. */
  async #slot(): Promise<void> {
    for (;;) {
      const ready = await this.#next();
      if (ready === null) return;
      const outcome = await this.#outcomeOf(ready).finally(() => this.#underWay--);
      if (outcome === null) return;
      void this.#log.add(() => {
        this.#counts[recordOutcome(this.#store, this.#recording(), ready.task.place, outcome)]++;
        deleteRequest(this.#store, this.#runId, ready.request.key);
      });
      // No more answers wait for the disk than requests are under way.
      if (this.#log.pending >= this.#request.concurrency) await this.#log.flush();
    }
  }

  /** The next task whose request is noted on disk; null when there is none or the run stops. */
  async #next(): Promise<ReadyTask | null> {
    for (;;) {
      if (this.#ending !== null) return null;
      // Refilling early keeps the slots from waiting for the disk.
      if (this.#ready.length < this.#request.concurrency && !this.#isExhausted)
        this.#refilling ??= this.#startRefill();
      const ready = this.#ready.shift();
      if (ready !== undefined) {
        // Counted before any other slot looks: one that finds nothing under way ends the run at its ceiling.
        this.#underWay++;
        return ready;
      }
      if (this.#refilling === null) return null;
      await this.#refilling;
      if (this.#ready.length > 0 || this.#held === null) continue;
      // The ceiling has no room for the next one at its dearest. What is under way may turn out cheaper.
      if (this.#underWay > 0) await sleep(HELD_PAUSE_MS);
      else this.#stop('ceiling', 'The ceiling is reached. What was judged is kept.');
    }
  }

  /** Starts refilling. Whoever waits for it hears of its failure; where nobody does, it is no unhandled one. */
  #startRefill(): Promise<void> {
    const refilling = this.#refill();
    refilling.catch(() => undefined);
    return refilling;
  }

  async #refill(): Promise<void> {
    try {
      const taken: ReadyTask[] = [];
      while (taken.length < 2 * this.#request.concurrency && this.#ending === null) {
        const next = this.#held ?? this.#prepared();
        this.#held = null;
        if (next === null) {
          this.#isExhausted = true;
          break;
        }
        if (next.task.isKnown) {
          this.#known.push(next.task.place);
        } else if (this.#spending.reserve(next.mostUsd)) taken.push(next);
        else {
          // Answers on their way may cost less than was set aside for them.
          this.#held = next;
          break;
        }
      }
      for (const { request, task } of taken) {
        void this.#log.add(() => insertRequest(this.#store, this.#runId, request.key, task.place));
      }
      await this.#log.flush();
      this.#ready.push(...taken);
    } finally {
      this.#refilling = null;
    }
  }

  #prepared(): ReadyTask | null {
    const { value: task, done } = this.#tasks.next();
    if (done === true || task === undefined) return null;
    const request = task.request();
    return { task, request, mostUsd: task.isKnown ? 0 : this.#mostUsd(request) };
  }

  #recordKnown(place: RequestPlace): void {
    void this.#log.add(() => {
      if (recordKnownScores(this.#store, this.#recording(), place)) this.#counts.read++;
    });
  }

  #recording(): RecordingRun {
    return { runId: this.#runId, version: this.#version, nowMs: Date.now() };
  }

  #mostUsd({ messages }: JudgeRequest): number {
    if (this.#countTokens === null) return 0;
    return (
      costUsd(this.#price, this.#countTokens(messages), this.#version.definition.parameters.maxTokens) ?? 0
    );
  }

  /** Asks until there is an answer, or no hope of one. Null where the run stops first. */
  async #outcomeOf({ task, request, mostUsd }: ReadyTask): Promise<TaskOutcome | null> {
    const body = requestBody(this.#version.definition, request.messages, task.place.sample);
    for (let tries = 1; ; tries++) {
      if (!(await this.#waitForPause())) return this.#unsent(request, mostUsd);
      const from = performance.now();
      try {
        const reply = await this.#ask(body, request.key);
        this.#failedInARow = 0;
        return this.#answered(reply, mostUsd, performance.now() - from, tries);
      } catch (error) {
        if (!(error instanceof EndpointFailure)) {
          // Aborted: whether it was paid is not known, so the note of it stays.
          if (error instanceof ServiceError && error.code === 'cancelled') return null;
          throw error;
        }
        const wait = error.waitMs;
        if (error.scope === 'all') this.#stop('failed', error.message);
        else if (wait !== null && wait > LONGEST_WAIT_MS) {
          this.#stop(
            'failed',
            `${error.message} It asks for a pause of ${Math.ceil(wait / 60_000)} minutes.`,
          );
        }
        if (this.#ending === 'failed') return this.#unsent(request, mostUsd);
        if (error.scope === 'this' || tries >= MOST_TRIES) {
          this.#spending.settle(mostUsd, 0);
          this.#noteFailure(error.message);
          return { error: error.message, tries };
        }
        const delay = retryDelayMs(tries, wait, Math.random());
        if (wait !== null) this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + delay);
        else if (!(await this.#pause(delay))) return this.#unsent(request, mostUsd);
      }
    }
  }

  async #ask(body: ReturnType<typeof requestBody>, idempotencyKey: string): Promise<EndpointReply> {
    const abort = new AbortController();
    this.#underWayAborts.add(abort);
    // The client's own time ends with the headers; a body may stop half-way and never end.
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      abort.abort();
    }, this.#request.timeoutMs);
    try {
      return await this.#endpoint.ask(body, { idempotencyKey, signal: abort.signal });
    } catch (error) {
      throw isLate ? new EndpointFailure('retry', 'The endpoint did not answer in time.') : error;
    } finally {
      clearTimeout(timer);
      this.#underWayAborts.delete(abort);
    }
  }

  #abortAll(): void {
    for (const abort of this.#underWayAborts) abort.abort();
  }

  #answered(reply: EndpointReply, mostUsd: number, latencyMs: number, tries: number): TaskOutcome {
    const cost = costUsd(this.#price, reply.promptTokens, reply.completionTokens);
    this.#spending.settle(mostUsd, cost);
    if (reply.model !== null && reply.model !== this.#version.definition.model)
      this.#otherModels.add(reply.model);
    return { reply, costUsd: cost, latencyMs, tries };
  }

  /** The request was refused or never sent: it may be asked again, and nothing is owed. */
  async #unsent({ key }: JudgeRequest, mostUsd: number): Promise<null> {
    this.#spending.settle(mostUsd, 0);
    void this.#log.add(() => deleteRequest(this.#store, this.#runId, key));
    return null;
  }

  /** An endpoint that fails every time would make an error of every pair. */
  #noteFailure(message: string): void {
    this.#failedInARow++;
    const most = Math.max(20, 2 * this.#request.concurrency);
    if (this.#failedInARow >= most)
      this.#stop('failed', `${most} requests in a row failed. The last: ${message}`);
  }

  #stop(ending: JudgeRunResult['ending'], message: string): void {
    if (this.#ending !== null) return;
    this.#ending = ending;
    this.#message = message;
  }

  /** Waits while the endpoint wants to be left alone; false when the run was stopped meanwhile. */
  async #waitForPause(): Promise<boolean> {
    for (;;) {
      const left = this.#pausedUntil - Date.now();
      if (left <= 0) return this.#ending === null || this.#ending === 'ceiling';
      if (!(await this.#pause(left))) return false;
    }
  }

  /** Sleeps in short steps; false when the run was stopped meanwhile. */
  async #pause(milliseconds: number): Promise<boolean> {
    const until = Date.now() + milliseconds;
    while (Date.now() < until) {
      if (this.#ending !== null && this.#ending !== 'ceiling') return false;
      await sleep(Math.min(100, Math.max(1, until - Date.now())));
    }
    return true;
  }

  #report(): void {
    this.#controls.onProgress(this.#progress());
  }

  #progress(): JudgeRunProgress {
    const done = Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
    const perSecond = done / Math.max(0.001, (performance.now() - this.#startedAt) / 1000);
    return {
      total: this.#total,
      done,
      ...this.#counts,
      costUsd: this.#spending.spentUsd,
      perSecond,
      secondsLeft: done === 0 ? null : (this.#total - done) / perSecond,
      pausedUntil: this.#pausedUntil > Date.now() ? this.#pausedUntil : null,
    };
  }
}
