/** Sends the requests of a run until each has an answer, or none can be hoped for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { JudgeRunResult } from '../../../shared/contract/judge-run.ts';
import type { JudgeVersion } from '../store/judge-versions.ts';
import { Endpoint, EndpointFailure, type EndpointReply, requestBody } from './endpoint.ts';
import type { JudgeRequest, JudgeTask } from './judge-tasks.ts';
import { costUsd, type Price } from './price.ts';
import type { TaskOutcome } from './record-outcome.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { Spending } from './spending.ts';

/** A request whose note is on disk. */
export interface ReadyTask {
  readonly task: JudgeTask;
  readonly request: JudgeRequest;
  /** What it costs at its dearest; 0 without a ceiling. */
  readonly mostUsd: number;
}

type Ending = JudgeRunResult['ending'];

export interface SenderOptions {
  readonly version: JudgeVersion;
  readonly price: Price | null;
  readonly spending: Spending;
  readonly apiKey: string | null;
  readonly timeoutMs: number;
  /** An endpoint that fails every time would make an error of every pair. */
  readonly mostFailuresInARow: number;
  /** How the run ends, as soon as that is known. */
  readonly ending: () => Ending | null;
  readonly stop: (ending: Ending, message: string) => void;
}

const MOST_TRIES = 6;
/** An endpoint that asks for a longer pause is not waited for: the run ends and can be taken up later. */
const LONGEST_WAIT_MS = 600_000;
/** How often to look whether the ceiling has room again. */
export const ROOM_PAUSE_MS = 20;
export const CEILING_REACHED = 'The ceiling is reached. What was judged is kept.';

export class RequestSender {
  readonly #options: SenderOptions;
  readonly #endpoint: Endpoint;
  /** One for each request under way: a signal that all shared would gather listeners for as long as the run lasts. */
  readonly #aborts = new Set<AbortController>();
  readonly #otherModels = new Set<string>();
  #underWay = 0;
  /** Of those under way, the ones that may not try again before the ceiling has room. */
  #waitingForRoom = 0;
  #failedInARow = 0;
  #pausedUntil = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#endpoint = new Endpoint({
      endpoint: options.version.definition.endpoint,
      apiKey: options.apiKey,
      timeoutMs: options.timeoutMs,
    });
  }

  /** Requests that are not settled yet. */
  get underWay(): number {
    return this.#underWay;
  }

  /** When the endpoint may be asked again, in milliseconds since 1970; null where it may be now. */
  get pausedUntil(): number | null {
    return this.#pausedUntil > Date.now() ? this.#pausedUntil : null;
  }

  /** Models that answered in place of the one that was asked. */
  get otherModels(): ReadonlySet<string> {
    return this.#otherModels;
  }

  /** Gives up what is under way at once. Whether it is paid cannot be known. */
  abortAll(): void {
    for (const abort of this.#aborts) abort.abort();
  }

  /**
   * Sends what {@link Spending.reserve} has room for. The outcome; or, where the run stops first, `unsent` when nothing can be owed for the request and `perhaps_paid` when
   * the endpoint may have worked on it.
   */
  async send(ready: ReadyTask): Promise<TaskOutcome | 'unsent' | 'perhaps_paid'> {
    this.#underWay++;
    try {
      return await this.#outcomeOf(ready);
    } finally {
      this.#underWay--;
    }
  }

  async #outcomeOf({ task, request, mostUsd }: ReadyTask): Promise<TaskOutcome | 'unsent' | 'perhaps_paid'> {
    const { version, spending } = this.#options;
    const body = requestBody(version.definition, request.messages, task.place.sample);
    let ifStopped: 'unsent' | 'perhaps_paid' = 'unsent';
    for (let tries = 1; ; tries++) {
      if (!(await this.#mayAsk())) break;
      const from = performance.now();
      try {
        const reply = await this.#ask(body, request.key);
        this.#failedInARow = 0;
        return this.#answered(reply, mostUsd, performance.now() - from, tries);
      } catch (error) {
        if (error instanceof ServiceError && error.code === 'cancelled') {
          spending.settle(mostUsd, null);
          return 'perhaps_paid';
        }
        if (!(error instanceof EndpointFailure)) throw error;
        const isLast = error.scope === 'this' || tries >= MOST_TRIES;
        this.#stopIfHopeless(error);
        if (error.mayBePaid) {
          ifStopped = 'perhaps_paid';
          spending.settle(mostUsd, null);
          // Another try is another request that may have to be paid.
          if (!isLast && !(await this.#roomFor(mostUsd))) return ifStopped;
        }
        if (this.#options.ending() === 'failed') break;
        if (isLast) {
          if (!error.mayBePaid) spending.settle(mostUsd, 0);
          this.#noteFailure(error.message);
          return { error: error.message, tries };
        }
        const delay = retryDelayMs(tries, error.waitMs, Math.random());
        if (error.waitMs !== null) this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + delay);
        else if (!(await this.#pause(delay))) break;
      }
    }
    spending.settle(mostUsd, 0);
    return ifStopped;
  }

  async #ask(body: ReturnType<typeof requestBody>, idempotencyKey: string): Promise<EndpointReply> {
    const abort = new AbortController();
    this.#aborts.add(abort);
    try {
      return await this.#endpoint.ask(body, { idempotencyKey, signal: abort.signal });
    } finally {
      this.#aborts.delete(abort);
    }
  }

  #answered(reply: EndpointReply, mostUsd: number, latencyMs: number, tries: number): TaskOutcome {
    const { version, price, spending } = this.#options;
    const cost = costUsd(price, reply.promptTokens, reply.completionTokens);
    spending.settle(mostUsd, cost);
    if (reply.model !== null && reply.model !== version.definition.model) this.#otherModels.add(reply.model);
    return { reply, costUsd: cost, latencyMs, tries };
  }

  #stopIfHopeless({ scope, waitMs, message }: EndpointFailure): void {
    if (scope === 'all') this.#options.stop('failed', message);
    else if (waitMs !== null && waitMs > LONGEST_WAIT_MS)
      this.#options.stop(
        'failed',
        `${message} It asks for a pause of ${Math.ceil(waitMs / 60_000)} minutes.`,
      );
  }

  #noteFailure(message: string): void {
    this.#failedInARow++;
    const most = this.#options.mostFailuresInARow;
    if (this.#failedInARow >= most)
      this.#options.stop('failed', `${most} requests in a row failed. The last: ${message}`);
  }

  /** Sets aside what another try may cost, perhaps when others have turned out cheaper; false when none can any more. */
  async #roomFor(mostUsd: number): Promise<boolean> {
    const { spending, stop } = this.#options;
    this.#waitingForRoom++;
    try {
      while (!this.#isStopped()) {
        if (spending.reserve(mostUsd)) return true;
        if (this.#underWay <= this.#waitingForRoom) stop('ceiling', CEILING_REACHED);
        if (this.#options.ending() === 'ceiling') return false;
        await sleep(ROOM_PAUSE_MS);
      }
      return false;
    } finally {
      this.#waitingForRoom--;
    }
  }

  /** A run at its ceiling still waits for what it has sent. */
  #isStopped(): boolean {
    const ending = this.#options.ending();
    return ending !== null && ending !== 'ceiling';
  }

  /** Waits while the endpoint wants to be left alone; false when the run was stopped meanwhile. */
  async #mayAsk(): Promise<boolean> {
    for (;;) {
      const left = this.#pausedUntil - Date.now();
      if (left <= 0) return !this.#isStopped();
      if (!(await this.#pause(left))) return false;
    }
  }

  /** Sleeps in short steps; false when the run was stopped meanwhile. */
  async #pause(milliseconds: number): Promise<boolean> {
    const until = Date.now() + milliseconds;
    while (Date.now() < until) {
      if (this.#isStopped()) return false;
      await sleep(Math.min(100, Math.max(1, until - Date.now())));
    }
    return true;
  }
}
