/** What an endpoint counted, under whatever names it gives it. */
import { z } from 'zod';

/** Counts of one answer; null where they are not known. */
export interface TokenUsage {
  /** All of the prompt that is charged, what was read from a cache or written to one included. */
  readonly promptTokens: number | null;
  /** All that was written, thoughts included: they are charged like any other. */
  readonly completionTokens: number | null;
  /** The most of the prompt that can have been read. */
  readonly readTokens: number | null;
}

const SAFE = Number.MAX_SAFE_INTEGER;
/** Counts, also as text, as some gateways write them. One that is none is not known. */
const tokenCount = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/u)
      .transform(Number),
  ])
  .pipe(z.number().int().min(0).max(SAFE))
  .nullish()
  .catch(null);
const details = z
  .preprocess(
    snakeKeys,
    z.object({ reasoning_tokens: tokenCount, thinking_tokens: tokenCount, cached_tokens: tokenCount }),
  )
  .nullish()
  .catch(null);

export const usageSchema = z
  .preprocess(
    snakeKeys,
    z.object({
      // OpenAI and most others; Anthropic and Responses; Gemini; Ollama.
      prompt_tokens: tokenCount,
      input_tokens: tokenCount,
      prompt_token_count: tokenCount,
      prompt_eval_count: tokenCount,
      completion_tokens: tokenCount,
      output_tokens: tokenCount,
      candidates_token_count: tokenCount,
      eval_count: tokenCount,
      total_tokens: tokenCount,
      total_token_count: tokenCount,
      reasoning_tokens: tokenCount,
      thoughts_token_count: tokenCount,
      // Anthropic's own names, and Bedrock's.
      cache_read_input_tokens: tokenCount,
      cache_creation_input_tokens: tokenCount,
      cache_write_input_tokens: tokenCount,
      completion_tokens_details: details,
      output_tokens_details: details,
      prompt_tokens_details: details,
      input_tokens_details: details,
    }),
  )
  .nullish()
  .catch(null);

/** Keys as most have them: `promptTokens` and `prompt_tokens` are one. */
function snakeKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.replace(/(?<=[a-z])[A-Z]/gu, '_$&').toLowerCase(), each]),
  );
}

/**
 * What was read and written. Some count thoughts apart: in the total alone, or beside a completion that is shorter than
 * they are. They are charged all the same, so the larger count holds. Some leave out of the prompt what a cache held.
 */
export function tokenUsage(usage: z.output<typeof usageSchema>): TokenUsage {
  if (usage === null || usage === undefined)
    return { promptTokens: null, completionTokens: null, readTokens: null };
  const total = usage.total_tokens ?? usage.total_token_count ?? null;
  const said =
    usage.completion_tokens ??
    usage.output_tokens ??
    usage.candidates_token_count ??
    usage.eval_count ??
    null;
  // Gemini's own count of thoughts is never within that of its candidates.
  const completion = usage.thoughts_token_count == null ? said : (said ?? 0) + usage.thoughts_token_count;
  const cached = (usage.cache_read_input_tokens ?? 0) + cacheWriteTokens(usage);
  const named = usage.prompt_tokens ?? usage.prompt_token_count ?? usage.prompt_eval_count ?? null;
  const fresh = usage.input_tokens ?? null;
  const stated =
    named !== null
      ? // A prompt that is shorter than what was cached of it was counted without it.
        named + (cached > named ? cached : 0)
      : fresh === null
        ? null
        : fresh + cached;
  const prompt = stated ?? (total === null || said === null || total < said ? null : total - said);
  const thoughts = Math.max(
    usage.reasoning_tokens ?? 0,
    ...[usage.completion_tokens_details, usage.output_tokens_details].map((each) =>
      Math.max(each?.reasoning_tokens ?? 0, each?.thinking_tokens ?? 0),
    ),
  );
  const inTotal = total !== null && prompt !== null ? total - prompt : 0;
  const written = Math.max(
    completion ?? 0,
    thoughts > (completion ?? 0) ? thoughts + (completion ?? 0) : 0,
    inTotal,
  );
  const isKnown = completion !== null || thoughts > 0 || (total !== null && prompt !== null);
  const kept =
    (usage.prompt_tokens_details?.cached_tokens ?? usage.input_tokens_details?.cached_tokens ?? 0) +
    (named !== null && cached <= named ? cached : 0);
  return {
    promptTokens: prompt,
    completionTokens: isKnown ? written : null,
    readTokens: prompt === null || prompt === 0 ? null : prompt + kept,
  };
}

function cacheWriteTokens(usage: NonNullable<z.output<typeof usageSchema>>): number {
  return usage.cache_creation_input_tokens ?? usage.cache_write_input_tokens ?? 0;
}
