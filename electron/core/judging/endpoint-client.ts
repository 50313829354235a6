/** The client of one endpoint, with its keys, and what its errors mean. */
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { JudgeDefinition } from '../../../shared/judge/judge-definition.ts';
import { connectionFailure } from './connection-failure.ts';
import { describeError, EndpointFailure, failureOfStatus, type SaidError } from './endpoint-failure.ts';
import { endpointFetch, NotNoted } from './endpoint-fetch.ts';
import type { EndpointSecrets } from './endpoint-key.ts';
import { isAzure } from './request-body.ts';
import { retryAfterMs } from './retry-delay.ts';

export interface EndpointAccess {
  readonly judge: JudgeDefinition;
  readonly secrets: EndpointSecrets;
  readonly timeoutMs: number;
  /** Called at the last moment before a request leaves; what it throws, {@link failureOf} gives back. */
  readonly beforeSend: (idempotencyKey: string) => Promise<void>;
}

/** Where the key of an endpoint goes: as the judge says, as Azure has it, else where OpenAI's does. */
function keyHeader({ keyHeader: named, endpoint }: JudgeDefinition): string {
  return (named ?? (isAzure(new URL(endpoint).hostname) ? 'api-key' : 'authorization')).toLowerCase();
}

/** A client that sends to the address that was named or nowhere, follows no redirect, and tries nothing twice. */
export function endpointClient({ judge, secrets, timeoutMs, beforeSend }: EndpointAccess): OpenAI {
  const { apiKey, headers: secretHeaders } = secrets;
  const header = keyHeader(judge);
  const own = header === 'authorization' ? {} : { [header]: apiKey };
  return new OpenAI({
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
      headers: [header, ...Object.keys(judge.headers ?? {}), ...Object.keys(secretHeaders)],
      secrets: [...(apiKey === null ? [] : [apiKey]), ...Object.values(secretHeaders)],
      beforeSend,
    }),
    defaultHeaders: {
      ...judge.headers,
      ...(apiKey === null || header !== 'authorization' ? { Authorization: null } : {}),
      ...(apiKey === null ? {} : own),
      ...secretHeaders,
    },
    ...(judge.query === undefined ? {} : { defaultQuery: { ...judge.query } }),
  });
}

/** What an error of the client means: an {@link EndpointFailure}, a ServiceError `cancelled`, or what `beforeSend` threw. */
export function failureOf(error: unknown, endpoint: string): Error {
  if (error instanceof EndpointFailure || error instanceof ServiceError) return error;
  if (error instanceof APIUserAbortError) return new ServiceError('cancelled', { key: 'work.stopped' });
  if (error instanceof APIConnectionTimeoutError)
    return new EndpointFailure('retry', 'The endpoint did not answer in time.', { mayBePaid: true });
  if (error instanceof APIConnectionError && error.cause instanceof NotNoted)
    return error.cause.cause instanceof Error ? error.cause.cause : error.cause;
  if (error instanceof APIConnectionError) return connectionFailure(error.cause, endpoint);
  if (error instanceof APIError && typeof error.status === 'number') {
    const { status, headers } = error;
    const said = describeApiError(error, status);
    const waitMs = retryAfterMs((name) => headers?.get(name) ?? null, Date.now());
    return failureOfStatus(status, said, { waitMs, mayBePaid: false, address: endpoint });
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

/** What an endpoint says of an error it answered with. */
export function describeApiError(error: APIError, status: number): SaidError {
  const message = error.message.startsWith(`${status} `)
    ? error.message.slice(`${status} `.length)
    : error.message;
  const body =
    error.error === undefined || error.error === null ? null : describeError({ error: error.error });
  return body ?? describeError(parseMessage(message)) ?? { message, codes: '', status: null };
}

/** The client gives a body without `error` as text. */
function parseMessage(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return message;
  }
}
