/** One request to an OpenAI-compatible endpoint: what came back, or what kind of failure it was. */
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import type {
  ChatCompletion,
  ChatCompletionCreateParamsNonStreaming,
} from 'openai/resources/chat/completions';
import { z } from 'zod';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { JudgeDefinition } from '../../../shared/domain/judge/judge-definition.ts';
import type { ChatMessage } from '../../../shared/domain/judge/judge-prompt.ts';
import type { JudgeReply } from '../../../shared/domain/judge/judge-reply.ts';
import { replyJsonSchema } from '../../../shared/domain/judge/read-reply.ts';
import { readBy } from '../../../shared/formats/native.ts';
import { BrokenAnswer, endpointFetch, RefusedAnswer } from './endpoint-fetch.ts';
import { retryAfterMs } from './retry-delay.ts';

/** A reply with what it cost to get. */
export interface EndpointReply {
  readonly reply: JudgeReply;
  readonly model: string | null;
  readonly requestId: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
}

/** Longer replies are kept up to here and count as truncated: no judge needs more, and the store is not a dump. */
const LONGEST_REPLY = 1_000_000;

/**
 * `retry`: the same request may be answered later. `this`: this request will never be answered. `all`: no request will,
 * so the run must stop: a wrong key, a wrong address, a model that is not there.
 */
export class EndpointFailure extends Error {
  readonly scope: 'retry' | 'this' | 'all';
  /** How long the endpoint asks to be left alone; null where it says nothing. */
  readonly waitMs: number | null;
  /** The endpoint may have worked on it, and charged for it, though no reply came of it. */
  readonly mayBePaid: boolean;

  constructor(
    scope: EndpointFailure['scope'],
    message: string,
    { waitMs = null, mayBePaid = false }: { waitMs?: number | null; mayBePaid?: boolean } = {},
  ) {
    super(message);
    this.scope = scope;
    this.waitMs = waitMs;
    this.mayBePaid = mayBePaid;
  }
}

export interface EndpointOptions {
  readonly endpoint: string;
  readonly apiKey: string | null;
  readonly timeoutMs: number;
}

/** The body of a request, also as it stands in a batch file. */
export function requestBody(
  judge: JudgeDefinition,
  messages: readonly ChatMessage[],
  sample: number,
): ChatCompletionCreateParamsNonStreaming {
  const { temperature, topP, seed, maxTokens, reasoningEffort, topLogProbabilities } = judge.parameters;
  const schema = replyJsonSchema(judge.reply);
  return {
    model: judge.model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(isOpenAi(judge.endpoint) ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    // Samples with one seed would all be the same sample.
    ...(seed === undefined ? {} : { seed: seed + sample }),
    ...(reasoningEffort === undefined ? {} : { reasoning_effort: reasoningEffort }),
    ...(topLogProbabilities === undefined ? {} : { logprobs: true, top_logprobs: topLogProbabilities }),
    ...(schema === null
      ? {}
      : {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'verdict', strict: true, schema: { ...schema } },
          },
        }),
  };
}

/** OpenAI’s own models refuse the old name of the limit; many other servers know no other. */
function isOpenAi(endpoint: string): boolean {
  return new URL(endpoint).hostname === 'api.openai.com';
}

/** Asks one endpoint. Follows no redirect: a request goes to the address that was named, or nowhere. */
export class Endpoint {
  readonly #client: OpenAI;

  constructor({ endpoint, apiKey, timeoutMs }: EndpointOptions) {
    this.#client = new OpenAI({
      apiKey: apiKey ?? 'none',
      adminAPIKey: null,
      baseURL: endpoint,
      timeout: timeoutMs,
      maxRetries: 0,
      logLevel: 'off',
      organization: null,
      project: null,
      fetch: endpointFetch(),
      ...(apiKey === null ? { defaultHeaders: { Authorization: null } } : {}),
    });
  }

  /** Throws an {@link EndpointFailure}, or a ServiceError `cancelled` where the signal said so. */
  async ask(
    body: ChatCompletionCreateParamsNonStreaming,
    { idempotencyKey, signal }: { readonly idempotencyKey: string; readonly signal: AbortSignal },
  ): Promise<EndpointReply> {
    try {
      const { data, response } = await this.#client.chat.completions
        .create(body, { headers: { 'Idempotency-Key': idempotencyKey }, signal })
        .withResponse();
      return endpointReply(data, response.headers.get('x-request-id'));
    } catch (error) {
      throw failureOf(error);
    }
  }
}

/** A count that is none is not known; it must not fail a reply that is there. */
const tokenCount = z.number().int().nonnegative().nullish().catch(null);

const completionSchema = z.object({
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        logprobs: z
          .object({
            content: z
              .array(
                z.object({
                  token: z.string(),
                  logprob: z.number(),
                  top_logprobs: z.array(z.object({ token: z.string(), logprob: z.number() })).nullish(),
                }),
              )
              .nullish(),
          })
          .nullish(),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: tokenCount, completion_tokens: tokenCount }).nullish().catch(null),
});

/** Checks a completion as it came. Throws an {@link EndpointFailure} to be tried again where it is none. */
export function endpointReply(data: ChatCompletion | unknown, requestId: string | null): EndpointReply {
  const parsed = readBy(completionSchema, data);
  if (!parsed.ok) {
    const said = errorBodyOf(data);
    throw new EndpointFailure(
      'retry',
      said === null
        ? 'The endpoint answered with something that is no completion.'
        : `The endpoint answered with an error: ${said}`,
      { mayBePaid: true },
    );
  }
  const { model, choices, usage } = parsed.value;
  const choice = choices[0];
  const text = choice?.message.content ?? '';
  return {
    reply: {
      text: text.slice(0, LONGEST_REPLY),
      finishReason: text.length > LONGEST_REPLY ? 'length' : (choice?.finish_reason ?? null),
      refusal: choice?.message.refusal ?? null,
      tokens:
        choice?.logprobs?.content?.map(({ token, logprob, top_logprobs }) => ({
          token,
          logProbability: logprob,
          alternatives: (top_logprobs ?? []).map((each) => ({
            token: each.token,
            logProbability: each.logprob,
          })),
        })) ?? null,
    },
    model: model ?? null,
    requestId,
    promptTokens: usage?.prompt_tokens ?? null,
    completionTokens: usage?.completion_tokens ?? null,
  };
}

function errorBodyOf(data: unknown): string | null {
  const parsed = z.object({ error: z.object({ message: z.string() }) }).safeParse(data);
  return parsed.success ? parsed.data.error.message.slice(0, 500) : null;
}

const NEVER: ReadonlySet<number> = new Set([401, 403, 404, 405, 410]);
const LATER: ReadonlySet<number> = new Set([408, 409, 425, 429]);

function failureOf(error: unknown): Error {
  if (error instanceof EndpointFailure) return error;
  if (error instanceof APIUserAbortError) return new ServiceError('cancelled', 'Stopped.');
  if (error instanceof APIConnectionTimeoutError)
    return new EndpointFailure('retry', 'The endpoint did not answer in time.', { mayBePaid: true });
  if (error instanceof APIConnectionError) return connectionFailure(error.cause);
  if (error instanceof APIError && typeof error.status === 'number') {
    const { status, headers } = error;
    const message = `The endpoint answered ${status}: ${withoutStatus(error.message, status)}`.slice(0, 600);
    const waitMs = retryAfterMs((name) => headers?.get(name) ?? null, Date.now());
    if (NEVER.has(status)) return new EndpointFailure('all', message);
    // A spent quota looks like a rate limit and never ends.
    if (error.code === 'insufficient_quota') return new EndpointFailure('all', message);
    return new EndpointFailure(LATER.has(status) || status >= 500 ? 'retry' : 'this', message, { waitMs });
  }
  if (error instanceof SyntaxError)
    return new EndpointFailure('retry', 'The endpoint’s answer broke off or is no JSON.', {
      mayBePaid: true,
    });
  return new EndpointFailure(
    'retry',
    `The request failed: ${error instanceof Error ? error.message : String(error)}`.slice(0, 600),
    { mayBePaid: true },
  );
}

/** The address was not reached, so nothing was asked. */
const NEVER_SENT: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function connectionFailure(cause: unknown): EndpointFailure {
  if (cause instanceof RefusedAnswer) {
    return cause.why === 'redirect'
      ? new EndpointFailure(
          'all',
          'The endpoint sent the request elsewhere. Nothing is sent there; name the address itself.',
        )
      : new EndpointFailure('this', 'The endpoint’s answer is longer than any reply.', { mayBePaid: true });
  }
  if (cause instanceof BrokenAnswer)
    return new EndpointFailure('retry', 'The endpoint’s answer broke off.', { mayBePaid: true });
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return new EndpointFailure('retry', 'The connection to the endpoint failed.', {
    mayBePaid: !NEVER_SENT.has(code),
  });
}

function withoutStatus(message: string, status: number): string {
  return message.startsWith(`${status} `) ? message.slice(`${status} `.length) : message;
}
