/** What a judge is: everything that decides its verdicts. Any change makes another version. */
import { z } from 'zod';
import { canonicalJson } from '../json/canonical-json.ts';
import type { DeepReadonly } from '../json/deep-readonly.ts';

/** Which verdicts a pairwise judge may give. */
export const JUDGE_SCALES = ['forced', 'with_tie', 'with_tie_and_both_bad', 'graded'] as const;
export type JudgeScale = (typeof JUDGE_SCALES)[number];

/** Where in a reply the verdict stands; see `reply-grammar.ts` for each one's rules. */
export const REPLY_GRAMMARS = ['double_bracket', 'json', 'first_line', 'last_line'] as const;
export type ReplyGrammar = (typeof REPLY_GRAMMARS)[number];

const criterionSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/u, 'must be at most 40 of a to z, 0 to 9 and “_”, and begin with a letter')
    .describe('A short name in lower case.'),
  about: z.string().min(1).max(2000),
  weight: z.number().positive().max(100).default(1),
});

const pairwiseReply = z.strictObject({
  form: z.literal('pairwise'),
  scale: z.enum(JUDGE_SCALES),
  grammar: z.enum(REPLY_GRAMMARS),
  structured: z
    .boolean()
    .default(false)
    .describe('Ask the endpoint for JSON by a schema. Needs the grammar json.'),
});

const criteriaReply = z.strictObject({
  form: z.literal('criteria'),
  criteria: z.array(criterionSchema).min(1).max(20),
  structured: z.boolean().default(false).describe('Ask the endpoint for JSON by a schema.'),
});

const pointwiseReply = z.strictObject({
  form: z.literal('pointwise'),
  lowest: z.number().int().min(0).max(99),
  highest: z.number().int().min(1).max(100),
  tieBand: z.number().min(0).describe('Scores this close or closer are a tie.'),
  grammar: z.enum(['double_bracket', 'json', 'last_line']),
  structured: z
    .boolean()
    .default(false)
    .describe('Ask the endpoint for JSON by a schema. Needs the grammar json.'),
});

export const replyContractSchema = z.discriminatedUnion('form', [
  pairwiseReply,
  criteriaReply,
  pointwiseReply,
]);
export type ReplyContract = DeepReadonly<z.infer<typeof replyContractSchema>>;

export const ORDER_POLICIES = ['both', 'a_first', 'b_first'] as const;

const parametersSchema = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().gt(0).max(1).optional(),
  seed: z.number().int().optional(),
  maxTokens: z.number().int().min(1).max(1_000_000).default(1024),
  tokenLimit: z
    .enum(['max_tokens', 'max_completion_tokens', 'none'])
    .optional()
    .describe('By which name maxTokens is sent. Left out, it is the one that the endpoint takes.'),
  reasoningEffort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
  topLogProbabilities: z
    .number()
    .int()
    .min(1)
    .max(20)
    .optional()
    .describe('Ask for the log-probabilities of this many alternatives to each token.'),
});

const HEADER_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/u;
const HEADER_NAME_RULE = 'must be at most 100 letters, digits, “-” and “_”, and begin with a letter or digit';
const HEADER_VALUE = /^[\x20-\x7E]*$/u;

export const judgeDefinitionSchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[^@\s/][^@\n\r]{0,79}$/u,
        'must be one line of at most 80 characters without “@”, and begin with neither a space nor “/”',
      )
      .describe('A name for people, without “@”: versions are name@1, name@2 …'),
    model: z.string().min(1).max(200),
    endpoint: z
      .url({ protocol: /^https?$/u })
      .max(2000)
      .describe('Base address of an OpenAI-compatible API, such as http://127.0.0.1:8000/v1.'),
    keyHeader: z
      .string()
      .regex(HEADER_NAME, HEADER_NAME_RULE)
      .optional()
      .describe(
        'The header in which the key of the endpoint is sent, such as api-key. Left out, it is Authorization, and api-key at Azure.',
      ),
    headers: z
      .record(
        z.string().regex(HEADER_NAME, HEADER_NAME_RULE),
        z.string().regex(HEADER_VALUE, 'must be letters and signs of ASCII').max(1000),
      )
      .optional()
      .describe('Headers that are sent beside the usual ones. No keys: those are kept apart.'),
    secretHeaders: z
      .array(z.string().regex(HEADER_NAME, HEADER_NAME_RULE))
      .min(1)
      .max(8)
      .optional()
      .describe(
        'Names of headers whose values are secret, such as CF-Access-Client-Secret. Their values are kept with “judge key --header”, or stand in the environment.',
      ),
    query: z
      .record(z.string().min(1).max(100), z.string().max(1000))
      .optional()
      .describe('What stands behind “?” of every request, such as {"api-version": "2024-10-21"}. No keys.'),
    systemPrompt: z.string().max(100_000).default(''),
    prompt: z
      .string()
      .min(1)
      .max(200_000)
      .describe(
        'With {{prompt}}, {{output_a}}, {{output_b}}, or {{output}} for pointwise; {{reference}}, {{guideline}}, {{criteria}}.',
      ),
    reply: replyContractSchema,
    parameters: parametersSchema.default({ maxTokens: 1024 }),
    guideline: z
      .string()
      .max(1_000_000)
      .optional()
      .describe(
        'What stands for {{guideline}}. Left out, it is the study’s guideline as it is when the judge is kept.',
      ),
    orders: z.enum(ORDER_POLICIES).default('both'),
    samplesPerOrder: z.number().int().min(1).max(50).default(1),
    tunedOn: z
      .strictObject({
        splits: z
          .array(z.enum(['dev', 'test']))
          .max(3)
          .default([]),
        pairs: z
          .array(z.string().max(256))
          .max(10_000)
          .default([])
          .describe('Ids of pairs the prompt was written against or shows as examples.'),
      })
      .default({ splits: [], pairs: [] })
      .describe('What this judge was written against: its figures on these pairs never headline.'),
  })
  .superRefine((judge, context) => {
    const problem = definitionProblem(judge);
    if (problem !== null)
      context.addIssue({ code: 'custom', path: [problem.field], message: problem.reason });
  });
export type JudgeDefinition = DeepReadonly<z.output<typeof judgeDefinitionSchema>>;
export type JudgeDefinitionInput = z.input<typeof judgeDefinitionSchema>;

interface DefinitionProblem {
  readonly field: string;
  readonly reason: string;
}

/** Names that carry keys, whatever comes before or behind. */
const KEY_NAME =
  /(?:^|[-_])(?:(?:x?api|subscription|access)?[-_]?key|token|secret|password|credentials?|signature|sig|auth|authorization|cookie)(?:$|[-_])/iu;
const KEY_VALUE = /^(?:bearer|basic)\s|^(?:sk|pk|rk|xai|gsk|hf|ghp|AIza|eyJ)[-_A-Za-z0-9]{12,}/iu;
/** What the connection itself is made of. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  ...['host', 'connection', 'content-length', 'content-type', 'content-encoding', 'transfer-encoding', 'te'],
  ...['accept', 'accept-encoding', 'upgrade', 'trailer', 'expect', 'idempotency-key', 'keep-alive'],
]);

/** A judge's definition is shown, exported and packed, so no key may stand in it. */
function connectionProblem({
  keyHeader,
  headers = {},
  secretHeaders = [],
  query = {},
}: Connection): DefinitionProblem | null {
  if (keyHeader !== undefined && OWN_HEADERS.has(keyHeader.toLowerCase()))
    return { field: 'keyHeader', reason: `${keyHeader} is not for keys` };
  if (Object.keys(headers).length > 20 || Object.keys(query).length > 20)
    return { field: 'headers', reason: 'more than twenty' };
  const names = secretHeaders.map((name) => name.toLowerCase());
  const twice = names.find(
    (name, place) =>
      names.indexOf(name) < place ||
      name === keyHeader?.toLowerCase() ||
      Object.keys(headers).some((other) => other.toLowerCase() === name),
  );
  if (twice !== undefined) return { field: 'secretHeaders', reason: `${twice} is named twice` };
  const notForKeys = names.find((name) => OWN_HEADERS.has(name));
  if (notForKeys !== undefined) return { field: 'secretHeaders', reason: `${notForKeys} is not for keys` };
  const own = Object.keys(headers).find((name) => OWN_HEADERS.has(name.toLowerCase()));
  if (own !== undefined) return { field: 'headers', reason: `${own} is set by the request itself` };
  for (const [field, values] of [
    ['headers', headers],
    ['query', query],
  ] as const) {
    const key = Object.entries(values).find(
      ([name, value]) =>
        KEY_NAME.test(name) || KEY_VALUE.test(value) || (field === 'query' && name === 'code'),
    );
    if (key !== undefined)
      return {
        field,
        reason: `${key[0]} looks like a key, which must not stand in a judge: keep it with “judge key”, and name its header in keyHeader or secretHeaders`,
      };
  }
  return null;
}

interface Connection {
  readonly keyHeader?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly secretHeaders?: readonly string[] | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
}

function definitionProblem(
  judge: Connection & {
    readonly prompt: string;
    readonly reply: ReplyContract;
    readonly orders: string;
    readonly guideline?: string | undefined;
  },
): DefinitionProblem | null {
  const connection = connectionProblem(judge);
  if (connection !== null) return connection;
  const { prompt, reply } = judge;
  const lacks = (name: string) => !prompt.includes(`{{${name}}}`);
  if (judge.guideline !== undefined && lacks('guideline'))
    return { field: 'guideline', reason: 'the prompt has no {{guideline}}' };
  if (reply.form === 'pointwise') {
    if (lacks('output')) return { field: 'prompt', reason: 'a pointwise judge needs {{output}}' };
    if (!lacks('output_a') || !lacks('output_b'))
      return { field: 'prompt', reason: 'a pointwise judge sees one {{output}} at a time' };
    if (reply.lowest >= reply.highest)
      return { field: 'reply', reason: 'the lowest score must be below the highest' };
    if (judge.orders !== 'both')
      return { field: 'orders', reason: 'a pointwise judge has no order; leave it at both' };
  } else if (lacks('output_a') || lacks('output_b')) {
    return { field: 'prompt', reason: 'a pairwise judge needs {{output_a}} and {{output_b}}' };
  }
  if (reply.form !== 'criteria' && reply.structured && reply.grammar !== 'json') {
    return { field: 'reply', reason: 'structured output is JSON, so its grammar is json' };
  }
  const unknown = [...prompt.matchAll(/\{\{([^{}]*)\}\}/gu)].find(([, name = '']) => !PLACEHOLDERS.has(name));
  if (unknown !== undefined)
    return { field: 'prompt', reason: `there is nothing to put in place of ${unknown[0]}` };
  return null;
}

const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'prompt',
  'output',
  'output_a',
  'output_b',
  'reference',
  'guideline',
  'criteria',
]);

/** Changes when the text around a template changes, so that a version is all that was sent. */
const RENDERING = 1;

/**
 * What a version's hash is taken of: everything that can change a verdict. Its name for people and what it was tuned on
 * change none.
 */
export function definitionToHash({ name: _name, tunedOn: _tunedOn, ...rest }: JudgeDefinition): string {
  return canonicalJson({ rendering: RENDERING, ...rest });
}

/** A definition that says all that is sent: a guideline that changes later is another judge's. */
export function withGuideline(definition: JudgeDefinition, guideline: string): JudgeDefinition {
  const isAsked = definition.guideline === undefined && definition.prompt.includes('{{guideline}}');
  return isAsked ? { ...definition, guideline } : definition;
}

/** The JSON Schema of a judge file. */
export function judgeJsonSchema(): unknown {
  return z.toJSONSchema(judgeDefinitionSchema, { io: 'input' });
}
