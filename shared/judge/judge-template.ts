/** A judge prompt to start from, with replies that show how it is read. */
import { z } from 'zod';
import { ServiceError } from '../errors/errors.ts';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import { readBy } from '../json/read-by-schema.ts';
import { type JudgeDefinition, judgeDefinitionSchema, replyContractSchema } from './judge-definition.ts';
import type { JudgeReply } from './judge-reply.ts';
import { readScore, readVerdict } from './read-reply.ts';

export const judgeTemplateSchema = z.strictObject({
  about: z.string(),
  systemPrompt: z.string(),
  prompt: z.string(),
  reply: replyContractSchema,
  examples: z.array(
    z.strictObject({
      reply: z.string(),
      reads: z
        .union([z.string(), z.number()])
        .describe('A, B, tie, both_bad, a score, or the class of failure.'),
      strength: z.number().optional(),
    }),
  ),
});
export type JudgeTemplate = DeepReadonly<z.output<typeof judgeTemplateSchema>>;

/**
 * A judge from a template.
 *
 * @throws ServiceError `invalid_input` naming what does not fit
 */
export function judgeOfTemplate(
  { systemPrompt, prompt, reply }: Pick<JudgeTemplate, 'systemPrompt' | 'prompt' | 'reply'>,
  chosen: Pick<JudgeDefinition, 'name' | 'model' | 'endpoint'>,
): JudgeDefinition {
  const read = readBy(judgeDefinitionSchema, { ...chosen, systemPrompt, prompt, reply });
  if (read.ok) return read.value;
  const problems = read.problems.map(({ field, reason }) => `${field}: ${reason}`).join('\n');
  throw new ServiceError('invalid_input', { key: 'judge.definition_unfit', values: { problems } });
}

/** What a reply would be read as: a choice, a score, or the class of failure. */
export function readingOf(
  text: string,
  contract: JudgeDefinition['reply'],
  finishReason: string | null = 'stop',
): { readonly reads: string | number; readonly strength: number | null } {
  const reply: JudgeReply = { text, finishReason, refusal: null, tokens: null };
  if (contract.form === 'pointwise') {
    const read = readScore(reply, contract);
    return { reads: read.failure ?? read.score, strength: null };
  }
  const read = readVerdict(reply, contract);
  return read.failure === null
    ? { reads: read.choice, strength: read.strength }
    : { reads: read.failure, strength: null };
}
