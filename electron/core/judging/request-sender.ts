/** Sends the requests of a run until each has an answer, or none can be hoped for. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { JudgeRunResult } from '../../../shared/contract/judge-run.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { isPromptCut } from '../../../shared/judge/least-tokens.ts';
import { PromptCap } from '../../../shared/judge/prompt-cap.ts';
import type { RequestPlace } from '../store/judging/judge-replies.ts';
import type { JudgeVersion } from '../store/judging/judge-versions.ts';
import { Endpoint } from './endpoint.ts';
import { EndpointFailure } from './endpoint-failure.ts';
import type { EndpointSecrets } from './endpoint-key.ts';
import type { EndpointReply } from './endpoint-reply.ts';
import { EndpointRest } from './endpoint-rest.ts';
import type { JudgeRequest, JudgeTask } from './judge-tasks.ts';
import { costUsd, type Price } from './price.ts';
import type { Answer, TaskOutcome } from './record-outcome.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { Spending } from './spending.ts';

/** A request that may be sent. */
export interface ReadyTask {
  readonly task: JudgeTask;
  readonly request: JudgeRequest;
  /** What was set aside for it: its cost at its dearest; 0 without a ceiling. */
  readonly mostUsd: number;
}

type Ending = JudgeRunResult['ending'];

export interface SenderOptions {
  readonly version: JudgeVersion;
  readonly price: Price | null;
  readonly spending: Spending;
  readonly secrets: EndpointSecrets;
  readonly timeoutMs: number;
  /** Requests under way at one time, at most. */
  readonly concurrency: number;
  /** Count verdicts on prompts that were read only in part. */
  readonly acceptCutPrompts: boolean;
  /** An endpoint that fails every time would make an error of every pair. */
  readonly mostFailuresInARow: number;
  /** How the run ends, as soon as that is known. */
  readonly ending: () => Ending | null;
  readonly stop: (ending: Ending, message: string) => void;
  /** Notes on disk that a request is sent now; it may have to be paid from then on. */
  readonly noteSent: (ready: ReadyTask) => Promise<void>;
  /** Takes that back: it was turned away and is not paid. */
  readonly noteUnsent: (ready: ReadyTask) => void;
}

const MOST_TRIES = 6;
/** An endpoint that asks for a longer pause is not waited for: the run ends and can be taken up later. */
const LONGEST_WAIT_MS = 600_000;
/** How often to look whether the ceiling has room again. */
export const ROOM_PAUSE_MS = 20;
export const CEILING_REACHED = 'The ceiling is reached. What was judged is kept.';
const TAKE_UP = 'What was judged is kept; run it again to go on.';

/** What is said of a reply to a prompt that was read in part. */
export function cutPromptError(leastTokens: number, readTokens: number): string {
  return `The endpoint read ${readTokens} tokens of a prompt of at least ${leastTokens}: it cut the texts that were to be judged.`;
}

/** What is said of the longest prompts where all were read as one count. */
export function cappedPromptError(tokens: number): string {
  return `The endpoint read the longest prompts as ${tokens} tokens each, however long they were: it cut the texts that were to be judged.`;
}

export class RequestSender {
  readonly #options: SenderOptions;
  readonly #endpoint: Endpoint;
  readonly #rest: EndpointRest;
  /** One for each request under way: a signal that all shared would gather listeners for as long as the run lasts. */
  readonly #aborts = new Set<AbortController>();
  /** Requests that are asked now, by their keys. */
  readonly #leaving = new Map<string, ReadyTask>();
  readonly #otherModels = new Set<string>();
  #underWay = 0;
  /** Of those under way, the ones that may not try again before the ceiling has room. */
  #waitingForRoom = 0;
  #failedInARow = 0;
  #hasHeard = false;
  #longestTokens = 0;
  #promptsCut = 0;
  readonly #cap = new PromptCap<RequestPlace>();
  /** Requests whose answers failed for it at once. */
  readonly #failedAsCut = new Set<RequestPlace>();

  constructor(options: SenderOptions) {
    this.#options = options;
    const { version, secrets, timeoutMs, concurrency } = options;
    this.#endpoint = new Endpoint({
      judge: version.definition,
      secrets,
      timeoutMs,
      beforeSend: async (key) => {
        const ready = this.#leaving.get(key);
        if (ready !== undefined) await options.noteSent(ready);
      },
    });
    this.#rest = new EndpointRest(concurrency);
  }

  /** Requests that are not settled yet. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Whether anything came back, so that it is known what an answer takes. */
  get hasHeard(): boolean {
    return this.#hasHeard;
  }

  /** When the endpoint may be asked again, in milliseconds since 1970; null where it may be now. */
  get pausedUntil(): number | null {
    return this.#rest.until > Date.now() ? this.#rest.until : null;
  }

  /** The most tokens that an answer may be charged for: as many as are allowed, or as one was charged for already. */
  get mostTokens(): number {
    return Math.max(this.#options.version.definition.parameters.maxTokens, this.#longestTokens);
  }

  /** Models that answered in place of the one that was asked. */
  get otherModels(): ReadonlySet<string> {
    return this.#otherModels;
  }

  /** Requests that were answered before it showed that their prompts were cut, and why their verdicts are none. */
  get foundCut(): { readonly places: readonly RequestPlace[]; readonly error: string } {
    const places = this.#cap.cut.filter((place) => !this.#failedAsCut.has(place));
    return { places, error: cappedPromptError(this.#cap.tokens) };
  }

  /** What whoever reads the figures should know, a sentence each. */
  get notes(): readonly string[] {
    const { definition } = this.#options.version;
    const { maxTokens } = definition.parameters;
    const { format, tokenLimit } = this.#endpoint.form;
    const isLooser = definition.reply.structured && format !== 'json_schema';
    const promptsCut = Math.max(this.#promptsCut, this.#cap.cut.length);
    return [
      ...(promptsCut === 0
        ? []
        : [
            `The endpoint read only a part of ${promptsCut} prompts: verdicts on them rest on texts that were cut.`,
          ]),
      ...(this.#longestTokens <= maxTokens
        ? []
        : [
            `Replies were charged up to ${this.#longestTokens} tokens, more than the ${maxTokens} asked for: thoughts are charged apart, and a ceiling holds only as well as the next reply resembles the longest so far.`,
          ]),
      ...(isLooser
        ? [
            `The endpoint takes no JSON schema: it was asked for ${format === 'json_object' ? 'a JSON object' : 'JSON'} in words.`,
          ]
        : []),
      ...(tokenLimit === 'none' ? ['The endpoint was told no limit of tokens.'] : []),
    ];
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

  async #outcomeOf(ready: ReadyTask): Promise<TaskOutcome | 'unsent' | 'perhaps_paid'> {
    const { spending } = this.#options;
    const { mostUsd } = ready;
    let ifStopped: 'unsent' | 'perhaps_paid' = 'unsent';
    let failures = 0;
    for (let tries = 1; ; tries++) {
      if (!(await this.#mayAsk())) break;
      const from = performance.now();
      try {
        const reply = await this.#ask(ready);
        this.#failedInARow = 0;
        this.#rest.speedUp();
        return this.#answered(reply, ready, performance.now() - from, tries);
      } catch (error) {
        if (error instanceof ServiceError && error.code === 'cancelled') {
          spending.settle(mostUsd, null);
          return 'perhaps_paid';
        }
        if (!(error instanceof EndpointFailure)) throw error;
        this.#hasHeard = true;
        const isOfAll = error.scope === 'busy' || error.scope === 'unreachable';
        if (!isOfAll) failures++;
        const isLast = error.scope === 'this' || failures >= MOST_TRIES;
        this.#stopIfHopeless(error);
        if (error.mayBePaid) {
          ifStopped = 'perhaps_paid';
          spending.settle(mostUsd, null);
          // Another try is another request that may have to be paid.
          if (!isLast && !(await this.#roomFor(mostUsd))) return ifStopped;
        } else if (ifStopped === 'unsent') this.#options.noteUnsent(ready);
        if (this.#options.ending() === 'failed') break;
        if (isOfAll) this.#leaveAlone(error, from);
        else if (isLast) {
          if (!error.mayBePaid) spending.settle(mostUsd, 0);
          this.#noteFailure(error.message);
          return { error: error.message, tries };
        } else {
          const delay = retryDelayMs(failures, error.waitMs, Math.random());
          if (error.waitMs !== null) this.#rest.pauseFor(delay);
          else if (!(await this.#pause(delay))) break;
        }
      }
    }
    spending.settle(mostUsd, 0);
    return ifStopped;
  }

  async #ask(ready: ReadyTask): Promise<EndpointReply> {
    const { task, request } = ready;
    const abort = new AbortController();
    this.#aborts.add(abort);
    this.#leaving.set(request.key, ready);
    this.#rest.begin();
    try {
      return await this.#endpoint.ask({
        messages: request.messages,
        sample: task.place.sample,
        idempotencyKey: request.key,
        signal: abort.signal,
      });
    } finally {
      this.#rest.end();
      this.#leaving.delete(request.key);
      this.#aborts.delete(abort);
    }
  }

  #answered(
    reply: EndpointReply,
    { task: { place }, request: { leastTokens }, mostUsd }: ReadyTask,
    latencyMs: number,
    tries: number,
  ): TaskOutcome {
    const { version, price, spending, stop, acceptCutPrompts } = this.#options;
    const cost = costUsd(price, reply.promptTokens, reply.completionTokens);
    spending.settle(mostUsd, cost);
    this.#hasHeard = true;
    this.#longestTokens = Math.max(this.#longestTokens, reply.completionTokens ?? 0);
    if (reply.model !== null && reply.model !== version.definition.model) this.#otherModels.add(reply.model);
    const isCapped = this.#cap.add(leastTokens, reply.promptTokens, place);
    const isCut = isPromptCut(leastTokens, reply.readTokens) || isCapped;
    const answer: Answer = { reply, costUsd: cost, latencyMs, isPromptCut: isCut };
    if (!isCut) return { ...answer, tries };
    this.#promptsCut++;
    if (acceptCutPrompts) return { ...answer, tries };
    this.#failedAsCut.add(place);
    const error = isCapped
      ? cappedPromptError(this.#cap.tokens)
      : cutPromptError(leastTokens, reply.readTokens ?? 0);
    stop(
      'failed',
      `${error} Give the server a longer context (Ollama: OLLAMA_CONTEXT_LENGTH or num_ctx) and run it again with --retry-failed; where its count is wrong, with --accept-cut-prompts.`,
    );
    // A verdict on half of the texts is none; it was paid all the same.
    return { error, tries, answer };
  }

  #stopIfHopeless({ scope, waitMs, message }: EndpointFailure): void {
    if (scope === 'all') this.#options.stop('failed', message);
    else if (waitMs !== null && waitMs > LONGEST_WAIT_MS)
      this.#options.stop(
        'failed',
        `${message} It asks for a pause of ${waitMs > 86_400_000 ? 'more than a day' : `${Math.ceil(waitMs / 60_000)} minutes`}. ${TAKE_UP}`,
      );
  }

  /** Every request would be turned away now, so all wait; the run ends where waiting does not help. */
  #leaveAlone({ scope, waitMs, message }: EndpointFailure, sentAt: number): void {
    const patience = scope === 'busy' ? 'long' : 'short';
    if (this.#rest.leaveAlone(waitMs, sentAt, patience)) return;
    const said = scope === 'busy' ? 'It said so again and again, whatever the pause.' : '';
    const whole = /[.!?]$/u.test(message) ? message : `${message}.`;
    this.#options.stop('failed', [whole, said, TAKE_UP].filter((each) => each !== '').join(' '));
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

  /** Waits while the endpoint wants to be left alone, or has enough to do; false when the run was stopped meanwhile. */
  async #mayAsk(): Promise<boolean> {
    for (;;) {
      if (this.#isStopped()) return false;
      const left = this.#rest.until - Date.now();
      if (left > 0) await this.#pause(left);
      else if (this.#rest.hasRoom) return true;
      else await sleep(ROOM_PAUSE_MS);
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
