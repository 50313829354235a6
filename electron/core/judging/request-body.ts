/** The body of a request, in the form that the endpoint takes. */
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { JudgeDefinition } from '../../../shared/judge/judge-definition.ts';
import type { ChatMessage } from '../../../shared/judge/judge-prompt.ts';
import { replyJsonSchema } from '../../../shared/judge/read-reply.ts';
import { isUnsupported, type SaidError } from './endpoint-failure.ts';

/** In which form servers are asked for what they have different names for. None of it changes what is asked. */
export interface RequestForm {
  readonly tokenLimit: 'max_tokens' | 'max_completion_tokens' | 'none';
  /** How a reply by a schema is asked for. */
  readonly format: 'json_schema' | 'json_object' | 'none';
  /** Names of the limit that this endpoint refused. */
  readonly refused: readonly string[];
}

/** The form to begin with: as the judge says, else as most servers like the one it names take it. */
export function firstForm({ parameters, endpoint }: JudgeDefinition): RequestForm {
  const { hostname } = new URL(endpoint);
  const isNew = hostname === 'api.openai.com' || isAzure(hostname);
  return {
    tokenLimit: parameters.tokenLimit ?? (isNew ? 'max_completion_tokens' : 'max_tokens'),
    format: 'json_schema',
    refused: [],
  };
}

export function isAzure(hostname: string): boolean {
  return /\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)$/u.test(hostname);
}

const NO_FORMAT = /response_format|json_schema|json_object|structured.?output|guided_|response.?schema/iu;

/**
 * The form to ask in after a refusal of the last one: another name of the limit, a looser way to ask for JSON. Null where
 * the refusal is about something else, or nothing is left to try.
 */
export function nextForm(judge: JudgeDefinition, form: RequestForm, said: SaidError): RequestForm | null {
  const text = `${said.codes} ${said.message}`;
  if (judge.reply.structured && form.format !== 'none' && NO_FORMAT.test(text))
    return { ...form, format: form.format === 'json_schema' ? 'json_object' : 'none' };
  const isLimit =
    form.tokenLimit !== 'none' &&
    new RegExp(`\\b${form.tokenLimit}\\b`, 'u').test(text) &&
    isUnsupported(said);
  if (judge.parameters.tokenLimit !== undefined || !isLimit) return null;
  const refused = [...form.refused, form.tokenLimit];
  const left = (['max_completion_tokens', 'max_tokens'] as const).find((name) => !refused.includes(name));
  return { ...form, tokenLimit: left ?? 'none', refused };
}

/** The body of a request, also as it stands in a batch file. */
export function requestBody(
  judge: JudgeDefinition,
  messages: readonly ChatMessage[],
  sample: number,
  form: RequestForm = firstForm(judge),
): ChatCompletionCreateParamsNonStreaming {
  const { temperature, topP, seed, maxTokens, reasoningEffort, topLogProbabilities } = judge.parameters;
  const schema = replyJsonSchema(judge.reply);
  return {
    model: judge.model,
    messages: (schema === null || form.format === 'json_schema'
      ? messages
      : withSchema(messages, schema)
    ).map(({ role, content }) => ({ role, content })),
    ...(form.tokenLimit === 'none' ? {} : { [form.tokenLimit]: maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    // Samples with one seed would all be the same sample.
    ...(seed === undefined ? {} : { seed: seed + sample }),
    ...(reasoningEffort === undefined ? {} : { reasoning_effort: reasoningEffort }),
    ...(topLogProbabilities === undefined ? {} : { logprobs: true, top_logprobs: topLogProbabilities }),
    ...(schema === null || form.format === 'none'
      ? {}
      : { response_format: responseFormat(schema, form.format) }),
  };
}

function responseFormat(schema: Readonly<Record<string, unknown>>, format: 'json_schema' | 'json_object') {
  return format === 'json_object'
    ? { type: 'json_object' as const }
    : {
        type: 'json_schema' as const,
        json_schema: { name: 'verdict', strict: true, schema: { ...schema } },
      };
}

/** The last message with the schema in words, for endpoints that hold no reply to it themselves. */
function withSchema(
  messages: readonly ChatMessage[],
  schema: Readonly<Record<string, unknown>>,
): readonly ChatMessage[] {
  const last = messages.at(-1);
  if (last === undefined) return messages;
  const asked = `${last.content}\n\nReply with one JSON object and nothing else, by this JSON Schema:\n${JSON.stringify(schema)}`;
  return [...messages.slice(0, -1), { ...last, content: asked }];
}
