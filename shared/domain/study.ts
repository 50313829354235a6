import { z } from 'zod';
import { VERDICT_SCALES } from './verdict.ts';

/** The rules a study is run by. What may change after the first vote is decided by the study service. */
export const studyDesignSchema = z.strictObject({
  guideline: z.string().max(1_000_000).describe('What raters are asked to judge, in Markdown.'),
  scale: z.enum(VERDICT_SCALES).describe('Which answers are offered beside the two sides.'),
  ratersPerPair: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .describe('How many raters see each pair; null means every rater.'),
  minimumViewingMs: z
    .number()
    .int()
    .min(0)
    .max(60_000)
    .describe('Keys are ignored until a pair has been on screen this long, in milliseconds.'),
  seed: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe('Seed of the order of pairs and of sides: 16 hexadecimal digits.'),
});
export type StudyDesign = z.infer<typeof studyDesignSchema>;

export const studyNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .describe('A name for people; unique within one store.');

export const raterNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .describe('A pseudonym, not a person’s name.');

export const DEFAULT_GUIDELINE = `Read the task, then both answers. Choose the answer you would rather receive.

- **Correct** beats well written. An answer with a serious mistake loses to one without.
- Then **helpful**: it does what was asked, at the length that was asked.
- Choose *tie* when you would not mind which one you got, and *both bad* when neither is usable.
- Skip only when you cannot judge, and say why.`;

/** The design of a study for which nothing was chosen. The seed must come from the caller. */
export function defaultDesign(seed: string): StudyDesign {
  return {
    guideline: DEFAULT_GUIDELINE,
    scale: 'with_tie_and_both_bad',
    ratersPerPair: null,
    minimumViewingMs: 250,
    seed,
  };
}
