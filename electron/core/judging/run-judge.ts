/** Asks a judge about the pairs of a study, as fast as its endpoint allows, and keeps every answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { JudgeRunProgress, JudgeRunResult } from '../../../shared/contract/judge-run.ts';
import type { RunSelection } from '../../../shared/contract/run-selection.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { Store } from '../store/engine/database.ts';
import type { RequestPlace } from '../store/judging/judge-replies.ts';
import {
  deleteRequest,
  endRun,
  insertRequest,
  insertRun,
  openRequests,
  type RunKind,
} from '../store/judging/judge-runs.ts';
import { type JudgeVersion, judgeVersionByName } from '../store/judging/judge-versions.ts';
import { type StudyRow, studyByPublicId } from '../store/study/studies.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { CommitLog } from './commit-log.ts';
import { type JudgeRequest, type JudgeTask, judgeTasks } from './judge-tasks.ts';
import { costUsd, type Price, priceOf, priceTable } from './price.ts';
import {
  type OutcomeClass,
  type RecordingRun,
  recordKnownScores,
  recordOutcome,
  withdrawVerdict,
} from './record-outcome.ts';
import { CEILING_REACHED, type ReadyTask, RequestSender, ROOM_PAUSE_MS } from './request-sender.ts';
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
  /** Values of the headers that the judge says are secret, held as the key is. */
  readonly secretHeaders?: Readonly<Record<string, string>>;
  /** Count verdicts on prompts that the endpoint reports to have read only a part of. */
  readonly acceptCutPrompts?: boolean;
  readonly newRunId: string;
  readonly kind?: RunKind;
}

/** How long requests on their way are waited for when the run is stopped. */
const DRAIN_MS = 15_000;
const PROGRESS_MS = 250;

/** Runs until everything is asked, the ceiling is reached, or it is stopped. Takes up where an earlier run ended. */
export async function runJudge(
  request: JudgeRunRequest,
  controls: TaskControls<JudgeRunProgress>,
): Promise<JudgeRunResult> {
  const store = new Store(request.storePath, { readonly: false });
  try {
    const study = studyByPublicId(store, request.studyId);
    if (study === undefined) throw new ServiceError('not_found', { key: 'rating.study_unknown' });
    const version = judgeVersionByName(store, study.id, request.judge);
    if (version === undefined) {
      throw new ServiceError('not_found', { key: 'judge.not_runnable', values: { name: request.judge } });
    }
    const price = priceOf(priceTable(store), version.definition.model);
    if (request.maxCostUsd !== null && price === null) {
      throw new ServiceError('invalid_input', {
        key: 'judge.price_unknown_for_run',
        values: { model: version.definition.model },
      });
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

interface SentTask {
  readonly ready: ReadyTask;
  readonly outcome: ReturnType<RequestSender['send']>;
}

type CountTokens = (messages: JudgeRequest['messages']) => number;

class JudgeRun {
  readonly #store: Store;
  readonly #version: JudgeVersion;
  readonly #price: Price | null;
  readonly #request: JudgeRunRequest;
  readonly #controls: TaskControls<JudgeRunProgress>;
  readonly #log: CommitLog;
  readonly #sender: RequestSender;
  readonly #spending: Spending;
  readonly #countTokens: CountTokens | null;
  readonly #tasks: Generator<JudgeTask>;
  readonly #total: number;
  readonly #counts: Record<OutcomeClass, number> = {
    read: 0,
    unparsed: 0,
    refused: 0,
    truncated: 0,
    error: 0,
  };
  readonly #startedAt = performance.now();
  /** A request for which the ceiling has no room yet. */
  #next: Omit<ReadyTask, 'mostUsd'> | null = null;
  #runId = 0;
  #ending: JudgeRunResult['ending'] | null = null;
  #message: string | null = null;
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
    this.#spending = new Spending(request.maxCostUsd, price !== null);
    this.#sender = new RequestSender({
      version,
      price,
      spending: this.#spending,
      secrets: { apiKey: request.apiKey, headers: request.secretHeaders ?? {} },
      timeoutMs: request.timeoutMs,
      concurrency: request.concurrency,
      acceptCutPrompts: request.acceptCutPrompts === true,
      mostFailuresInARow: Math.max(20, 2 * request.concurrency),
      ending: () => this.#ending,
      stop: (ending, message) => this.#stop(ending, message),
      noteSent: async ({ request: { key, leastTokens }, task }) => {
        void this.#log.add((store) => insertRequest(store, this.#runId, key, task.place, leastTokens));
        await this.#log.flush();
      },
      noteUnsent: ({ request: { key } }) => {
        void this.#log.add((store) => deleteRequest(store, this.#runId, key));
      },
    });
    this.#tasks = judgeTasks(store, study, version, request.selection);
    this.#total = countOf(judgeTasks(store, study, version, request.selection));
  }

  async run(): Promise<JudgeRunResult> {
    const { newRunId, selection, maxCostUsd, concurrency, kind = 'live' } = this.#request;
    const plan = { selection, maxCostUsd, concurrency };
    await this.#log.add((store) => {
      this.#runId = insertRun(store, {
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
      drain ??= setTimeout(() => this.#sender.abortAll(), DRAIN_MS);
    }, 50);
    try {
      await Promise.all(Array.from({ length: concurrency }, () => this.#slot()));
      for (const place of this.#known.splice(0)) this.#recordKnown(place);
      if (this.#request.acceptCutPrompts !== true) this.#withdrawCut();
      await this.#finish(this.#ending ?? 'finished');
    } catch (error) {
      this.#stop('failed', 'The store refused what was to be kept.');
      this.#sender.abortAll();
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
      otherModels: [...this.#sender.otherModels].sort(),
      notes: this.#sender.notes,
    };
  }

  async #finish(ending: JudgeRunResult['ending']): Promise<void> {
    void this.#log.add((store) => endRun(store, this.#runId, ending, Date.now()));
    await this.#log.flush();
  }

  /** Ends the run without its log, which takes nothing more after a failure. */
  #closeRun(): void {
    try {
      this.#store.write((store) => endRun(store, this.#runId, 'failed', Date.now()));
    } catch {
      // The store is gone; the run stays open in it, as after a crash.
    }
  }

  /** Makes one request after the other. */
  async #slot(): Promise<void> {
    for (;;) {
      const sent = await this.#sendNext();
      if (sent === null) return;
      const { request, task } = sent.ready;
      const outcome = await sent.outcome;
      // What is noted of a request that is perhaps paid stays noted.
      if (outcome === 'perhaps_paid' || outcome === 'unsent') return;
      void this.#log.add((store) => {
        this.#counts[recordOutcome(store, this.#recording(), task.place, outcome)]++;
        deleteRequest(store, this.#runId, request.key);
      });
      // No more answers wait for the disk than requests are under way.
      if (this.#log.pending >= this.#request.concurrency) await this.#log.flush();
    }
  }

  /** Sends the next task; null when there is none or the run stops. */
  async #sendNext(): Promise<SentTask | null> {
    for (;;) {
      if (this.#ending !== null) return null;
      // With a ceiling nothing follows the first request before it is known what an answer takes.
      const isFirst =
        this.#request.maxCostUsd !== null && !this.#sender.hasHeard && this.#sender.underWay > 0;
      if (isFirst) {
        await sleep(ROOM_PAUSE_MS);
        continue;
      }
      this.#next ??= this.#prepared();
      if (this.#next === null) return null;
      const mostUsd = this.#mostUsd(this.#next.request);
      if (this.#spending.reserve(mostUsd)) {
        const ready = { ...this.#next, mostUsd };
        this.#next = null;
        // Sent before any other slot looks: one that finds nothing under way ends the run at its ceiling.
        return { ready, outcome: this.#sender.send(ready) };
      }
      // The ceiling has no room for it at its dearest. What is under way may turn out cheaper.
      if (this.#sender.underWay > 0) await sleep(ROOM_PAUSE_MS);
      else this.#stop('ceiling', CEILING_REACHED);
    }
  }

  #prepared(): Omit<ReadyTask, 'mostUsd'> | null {
    for (;;) {
      const { value: task, done } = this.#tasks.next();
      if (done === true || task === undefined) return null;
      if (!task.isKnown) return { task, request: task.request() };
      this.#known.push(task.place);
    }
  }

  #recordKnown(place: RequestPlace): void {
    void this.#log.add((store) => {
      if (recordKnownScores(store, this.#recording(), place)) this.#counts.read++;
    });
  }

  #withdrawCut(): void {
    const { places, error } = this.#sender.foundCut;
    void this.#log.add((store) => {
      for (const place of places) {
        if (!withdrawVerdict(store, this.#recording(), place, error)) continue;
        this.#counts.read--;
        this.#counts.error++;
      }
    });
  }

  #recording(): RecordingRun {
    return { runId: this.#runId, version: this.#version, nowMs: Date.now() };
  }

  #mostUsd({ messages }: JudgeRequest): number {
    if (this.#countTokens === null) return 0;
    return costUsd(this.#price, this.#countTokens(messages), this.#sender.mostTokens) ?? 0;
  }

  #stop(ending: JudgeRunResult['ending'], message: string): void {
    if (this.#ending !== null) return;
    this.#ending = ending;
    this.#message = message;
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
      pausedUntil: this.#sender.pausedUntil,
    };
  }
}
