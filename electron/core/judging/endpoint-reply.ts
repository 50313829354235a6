/** A completion as servers send it: what was said, and what it cost. */
import { z } from 'zod';
import type { JudgeReply, ReplyToken } from '../../../shared/judge/judge-reply.ts';
import {
  describeError,
  EndpointFailure,
  failureOfStatus,
  isFiltered,
  type SaidError,
} from './endpoint-failure.ts';
import { type TokenUsage, tokenUsage, usageSchema } from './token-usage.ts';

/** A reply with what it cost to get. */
export interface EndpointReply extends TokenUsage {
  readonly reply: JudgeReply;
  readonly model: string | null;
  readonly requestId: string | null;
}

/** Longer replies are kept up to here and count as truncated: no judge needs more, and the store is not a dump. */
const LONGEST_REPLY = 1_000_000;

const choiceSchema = z.object({
  index: z.number().nullish().catch(null),
  finish_reason: z.string().nullish().catch(null),
  error: z.unknown().optional(),
  text: z.string().nullish().catch(null),
  message: z
    .object({ content: z.unknown().optional(), refusal: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
  logprobs: z.unknown().optional(),
});

const completionSchema = z.object({
  model: z.string().nullish().catch(null),
  error: z.unknown().optional(),
  choices: z.array(choiceSchema).min(1),
  usage: usageSchema,
});

/** Reasons to finish that mean the generation failed: what was said up to then is no reply. */
const FAILED: ReadonlySet<string> = new Set([
  ...['error', 'abort', 'aborted', 'cancelled', 'canceled', 'failed', 'timeout', 'network_error'],
  ...['server_error', 'internal_error', 'engine_error', 'insufficient_system_resource'],
]);

/**
 * Checks a completion as it came. Throws an {@link EndpointFailure} where it is none, or says that it failed.
 *
 * @param address where it was asked, for what is said of a failure
 */
export function endpointReply(data: unknown, requestId: string | null, address: string): EndpointReply {
  const body = typeof data === 'string' ? parseText(data) : data;
  const parsed = completionSchema.safeParse(body);
  if (!parsed.success && isOfOtherApi(body))
    throw new EndpointFailure(
      'all',
      `The endpoint answered as another API than OpenAI’s chat completions does. Asked at ${address}: name the address under which it speaks that one, which usually ends in /v1.`,
      { mayBePaid: true },
    );
  const said =
    (parsed.success && parsed.data.error == null) || typeof body === 'string' ? null : describeError(body);
  if (!parsed.success || said !== null) {
    if (said === null)
      throw new EndpointFailure('retry', 'The endpoint answered with something that is no completion.', {
        mayBePaid: true,
      });
    return replyOrFailure(said, address, false);
  }
  const { model, choices, usage } = parsed.data;
  const [choice] = choices.toSorted((one, two) => (one.index ?? 0) - (two.index ?? 0));
  const finish = choice?.finish_reason ?? null;
  if (choice?.error != null || FAILED.has((finish ?? '').toLowerCase())) {
    const failed = describeError({ error: choice?.error }) ?? NO_REASON;
    return replyOrFailure(failed, address, true);
  }
  const { text, refusal } = contentOf(choice?.message?.content ?? choice?.text);
  return {
    reply: {
      text: text.slice(0, LONGEST_REPLY),
      finishReason: text.length > LONGEST_REPLY ? 'length' : finish,
      refusal: choice?.message?.refusal ?? refusal,
      tokens: tokensOf(choice?.logprobs),
    },
    model: model ?? null,
    requestId,
    ...tokenUsage(usage),
  };
}

/** The answers of Anthropic's, Gemini's, Ollama's and the Responses API. */
const otherApiSchema = z.union([
  z.object({ type: z.literal('message'), content: z.array(z.unknown()) }),
  z.object({ candidates: z.array(z.unknown()) }),
  z.object({ object: z.literal('response'), output: z.array(z.unknown()) }),
  z.object({ done: z.boolean(), message: z.unknown() }).refine(({ message }) => message !== undefined),
]);

function isOfOtherApi(body: unknown): boolean {
  return otherApiSchema.safeParse(body).success;
}

const NO_REASON: SaidError = { message: 'the generation failed on the way', codes: '', status: null };

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An error inside an answer that went well: it may have been worked on, unless it was turned away before that. */
function replyOrFailure(said: SaidError, address: string, hasBegun: boolean): EndpointReply {
  if (isFiltered(said.status ?? 400, said)) return refusalReply(said.message);
  if (said.status !== null || said.codes !== '') {
    const mayBePaid = hasBegun || said.status !== 429;
    const failure = failureOfStatus(said.status ?? 500, said, { waitMs: null, mayBePaid, address });
    if (said.status !== null || failure.scope === 'all') throw failure;
  }
  throw new EndpointFailure('retry', `The endpoint answered with an error: ${said.message.slice(0, 500)}`, {
    mayBePaid: true,
  });
}

/** The reply that a provider's filter stands in place of. */
export function refusalReply(message: string): EndpointReply {
  return {
    reply: { text: '', finishReason: 'content_filter', refusal: message.slice(0, 600), tokens: null },
    model: null,
    requestId: null,
    promptTokens: 0,
    completionTokens: 0,
    readTokens: null,
  };
}

/** The text of a message: as it is, or of those of its parts that are said. Parts that are thought are none of it. */
function contentOf(content: unknown): { readonly text: string; readonly refusal: string | null } {
  if (typeof content === 'string') return { text: content, refusal: null };
  const parts = (Array.isArray(content) ? content : [content]).map((part) => partSchema.safeParse(part));
  let [text, refusal] = ['', ''];
  for (const { data: part } of parts) {
    if (typeof part === 'string') text += part;
    else if (part !== undefined && SAID.has(part.type ?? 'text'))
      text += typeof part.text === 'string' ? part.text : (part.text?.value ?? '');
    else if (part?.type === 'refusal') refusal += part.refusal ?? '';
  }
  return { text, refusal: refusal === '' ? null : refusal };
}

const SAID: ReadonlySet<string> = new Set(['text', 'output_text']);
const partSchema = z.union([
  z.string(),
  z.object({
    type: z.string().nullish(),
    text: z
      .union([z.string(), z.object({ value: z.string() })])
      .nullish()
      .catch(null),
    refusal: z.string().nullish().catch(null),
  }),
]);

const probability = z.number().nullish().catch(null);
const bytes = z.array(z.number().int().min(0).max(255)).nullish().catch(null);
const tokenSchema = z.object({ token: z.string(), logprob: probability });
const tokensSchema = z.object({
  content: z.array(tokenSchema.extend({ bytes, top_logprobs: z.array(z.unknown()).nullish().catch(null) })),
});

/** Log-probabilities in the form that is read here; null for any other: they are no reason to lose a reply. */
function tokensOf(logprobs: unknown): readonly ReplyToken[] | null {
  const parsed = tokensSchema.safeParse(logprobs);
  if (!parsed.success || parsed.data.content.length === 0) return null;
  return parsed.data.content.map(({ token, logprob, bytes: ofToken, top_logprobs }) => ({
    token,
    logProbability: logprob ?? null,
    bytes: ofToken ?? null,
    alternatives: (top_logprobs ?? []).flatMap((each) => {
      const one = tokenSchema.safeParse(each);
      return one.success ? [{ token: one.data.token, logProbability: one.data.logprob ?? null }] : [];
    }),
  }));
}
