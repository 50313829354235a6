/** One request to an OpenAI-compatible endpoint: what came back, or what kind of failure it was. */
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { JudgeDefinition } from '../../../shared/domain/judge/judge-definition.ts';
import type { ChatMessage } from '../../../shared/domain/judge/judge-prompt.ts';
import { connectionFailure } from './connection-failure.ts';
import {
  EndpointFailure,
  failureOfStatus,
  isFiltered,
  type SaidError,
  saidError,
} from './endpoint-failure.ts';
import { endpointFetch, NotNoted } from './endpoint-fetch.ts';
import { type EndpointReply, endpointReply, refusedReply } from './endpoint-reply.ts';
import { completionOfEvents, isEventStream } from './event-stream.ts';
import { firstForm, isAzure, nextForm, type RequestForm, requestBody } from './request-body.ts';
import { retryAfterMs } from './retry-delay.ts';

export interface EndpointOptions {
  readonly judge: JudgeDefinition;
  readonly apiKey: string | null;
  readonly timeoutMs: number;
  /** Called at the last moment before a request leaves; what it throws, {@link Endpoint.ask} throws. */
  readonly beforeSend: (idempotencyKey: string) => Promise<void>;
}

export interface JudgeQuestion {
  readonly messages: readonly ChatMessage[];
  readonly sample: number;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/** Where the key of an endpoint goes: as the judge says, as Azure has it, else where OpenAI's does. */
function keyHeader({ keyHeader: named, endpoint }: JudgeDefinition): string {
  return (named ?? (isAzure(new URL(endpoint).hostname) ? 'api-key' : 'authorization')).toLowerCase();
}

/** Asks one endpoint. Follows no redirect: a request goes to the address that was named, or nowhere. */
export class Endpoint {
  readonly #client: OpenAI;
  readonly #judge: JudgeDefinition;
  #form: RequestForm;

  constructor({ judge, apiKey, timeoutMs, beforeSend }: EndpointOptions) {
    this.#judge = judge;
    this.#form = firstForm(judge);
    const header = keyHeader(judge);
    const own = header === 'authorization' ? {} : { [header]: apiKey };
    this.#client = new OpenAI({
      apiKey: apiKey ?? 'none',
      adminAPIKey: null,
      baseURL: judge.endpoint,
      timeout: timeoutMs,
      maxRetries: 0,
      logLevel: 'off',
      organization: null,
      project: null,
      fetch: endpointFetch({
        endpoint: judge.endpoint,
        headers: [header, ...Object.keys(judge.headers ?? {})],
        beforeSend,
      }),
      defaultHeaders: {
        ...judge.headers,
        ...(apiKey === null || header !== 'authorization' ? { Authorization: null } : {}),
        ...(apiKey === null ? {} : own),
      },
      ...(judge.query === undefined ? {} : { defaultQuery: { ...judge.query } }),
    });
  }

  /** In which form the endpoint has been asked last, where that is not what the judge asks for. */
  get form(): RequestForm {
    return this.#form;
  }

  /** Throws an {@link EndpointFailure}, or a ServiceError `cancelled` where the signal said so. */
  async ask(question: JudgeQuestion): Promise<EndpointReply> {
    for (;;) {
      const form = this.#form;
      try {
        return await this.#askIn(form, question);
      } catch (error) {
        const refusal = refusalOf(error);
        const next = refusal === null ? null : nextForm(this.#judge, form, refusal);
        if (next === null) throw this.#failureOf(error);
        // Another request may have changed it meanwhile.
        if (this.#form === form) this.#form = next;
      }
    }
  }

  async #askIn(
    form: RequestForm,
    { messages, sample, idempotencyKey, signal }: JudgeQuestion,
  ): Promise<EndpointReply> {
    try {
      const response = await this.#client.chat.completions
        .create(requestBody(this.#judge, messages, sample, form), {
          headers: { 'Idempotency-Key': idempotencyKey },
          signal,
        })
        .asResponse();
      const text = await response.text();
      const data = isEventStream(response.headers.get('content-type'), text)
        ? completionOfEvents(text)
        : JSON.parse(text);
      return endpointReply(data, response.headers.get('x-request-id'), this.#judge.endpoint);
    } catch (error) {
      if (error instanceof APIError && typeof error.status === 'number') {
        const said = saidOf(error, error.status);
        if (isFiltered(error.status, said)) return refusedReply(said.message);
      }
      throw error;
    }
  }

  #failureOf(error: unknown): Error {
    if (error instanceof EndpointFailure) return error;
    if (error instanceof APIUserAbortError) return new ServiceError('cancelled', 'Stopped.');
    if (error instanceof APIConnectionTimeoutError)
      return new EndpointFailure('retry', 'The endpoint did not answer in time.', { mayBePaid: true });
    if (error instanceof APIConnectionError && error.cause instanceof NotNoted)
      return error.cause.cause instanceof Error ? error.cause.cause : error.cause;
    if (error instanceof APIConnectionError) return connectionFailure(error.cause, this.#judge.endpoint);
    if (error instanceof APIError && typeof error.status === 'number') {
      const { status, headers } = error;
      const said = saidOf(error, status);
      const waitMs = retryAfterMs((name) => headers?.get(name) ?? null, Date.now());
      return failureOfStatus(status, said, { waitMs, mayBePaid: false, address: this.#judge.endpoint });
    }
    if (error instanceof SyntaxError)
      return new EndpointFailure('retry', 'The endpoint’s answer broke off or is no JSON.', {
        mayBePaid: true,
      });
    return new EndpointFailure(
      'retry',
      `The request failed: ${error instanceof Error ? error.message : String(error)}`,
      { mayBePaid: true },
    );
  }
}

/** Statuses with which servers refuse the form of a request. */
const FORM_REFUSED: ReadonlySet<number> = new Set([400, 404, 415, 422, 500, 501]);

function refusalOf(error: unknown): SaidError | null {
  return error instanceof APIError && FORM_REFUSED.has(error.status ?? 0)
    ? saidOf(error, error.status ?? 0)
    : null;
}

function saidOf(error: APIError, status: number): SaidError {
  const message = error.message.startsWith(`${status} `)
    ? error.message.slice(`${status} `.length)
    : error.message;
  const body = error.error === undefined || error.error === null ? null : saidError({ error: error.error });
  return body ?? saidError(parsed(message)) ?? { message, codes: '', status: null };
}

/** The client gives a body without `error` as text. */
function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return message;
  }
}
