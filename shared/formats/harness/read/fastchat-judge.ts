import { z } from 'zod';
import { judgeVerdictSchema } from '../../own/native.ts';

const name = z.string().min(1).max(200);

/** A judge as FastChat's files name one: a person or a program by one name, a model with its prompt by two. */
export const fastChatJudgeSchema = z.union([name, z.array(name).min(1).max(4)]);

/** What our own exports write beside a winner: each judgment as a native record has it, about the row's two models in their order. */
export const judgmentsBeside = z
  .array(judgeVerdictSchema)
  .min(1)
  .max(1000)
  .nullable()
  .optional()
  .catch(null)
  .describe('Where an export has more than a winner: what a judge said in each order.');

/**
 * FastChat gives one judge up to four prompts, by the category of a question and by its turn, and counts what it says as one
 * judge's (`resolve_pairwise_judgment_dict`, `compute_agreement.py`). The prompt in the file's name for all of them is the first.
 */
const ONE_JUDGE: readonly (readonly [string, RegExp])[] = [
  ['pair-v2', /^(?:pair-v2|pair-math-v1)(?:-multi-turn)?$/u],
  ['single-v1', /^(?:single-v1|single-math-v1)(?:-multi-turn)?$/u],
];

/** What is left out where a judgment's own prompt is another one than its judge is named by. */
export const PROMPT_NOT_NAMED =
  'names of prompts: those for maths and for second turns count as one judge with the first, as in FastChat’s own figures';

/** A judge's name for judgments of several kinds, and whether its prompt is the one that it is named by. */
export function fastChatJudge(judge: z.output<typeof fastChatJudgeSchema>): {
  readonly name: string;
  readonly isNamedByPrompt: boolean;
} {
  if (typeof judge === 'string') return { name: judge, isNamedByPrompt: true };
  const [model, prompt, ...more] = judge;
  const family =
    prompt === undefined || more.length > 0
      ? undefined
      : ONE_JUDGE.find(([, prompts]) => prompts.test(prompt));
  if (family === undefined) return { name: judge.join('/'), isNamedByPrompt: true };
  return { name: `${model}/${family[0]}`, isNamedByPrompt: family[0] === prompt };
}

/** Names judges of judgments, in the order of a file. A judgment of one judge that comes again on a pair is a further sample. */
export function judgesInTurn(): (
  pair: string,
  judge: z.output<typeof fastChatJudgeSchema>,
) => { readonly judge: string; readonly sample: number; readonly isNamedByPrompt: boolean } {
  const samples = new Map<string, number>();
  return (pair, given) => {
    const { name: judge, isNamedByPrompt } = fastChatJudge(given);
    const key = `${pair}\n${judge}`;
    const sample = samples.get(key) ?? 0;
    samples.set(key, sample + 1);
    return { judge, sample, isNamedByPrompt };
  };
}
