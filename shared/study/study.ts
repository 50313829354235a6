import { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import { checkRatesSchema } from './check-rates.ts';
import { qualityRulesSchema } from './quality-rules.ts';
import { NO_RUBRIC, rubricSchema } from './rubric.ts';
import { NO_CHECKS, USUAL_QUALITY_RULES } from './usual-rules.ts';
import { VERDICT_SCALES } from './verdict.ts';

/** Raters qualify before they work: they must answer this share of the qualifying set as it is known to be answered. */
const trainingSchema = z.strictObject({
  passMark: z.number().min(0).max(1).describe('Share of the qualifying set to be answered as known.'),
  attempts: z.int().min(1).max(20).describe('How often the qualifying set may be tried.'),
});

/** The rules a study is run by. What may change after the first vote is decided by the study service. */
export const studyDesignSchema = z.strictObject({
  guideline: z.string().max(1_000_000).describe('What raters are asked to judge, in Markdown.'),
  rubric: rubricSchema,
  scale: z.enum(VERDICT_SCALES).describe('Which answers are offered beside the two sides.'),
  ratersPerPair: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .describe('How many raters see each pair; null means every rater.'),
  ratersWhereSplit: z
    .int()
    .min(2)
    .max(1000)
    .nullable()
    .describe('How many raters see a pair on which those before were split; null means no more than others.'),
  overlapShare: z
    .number()
    .min(0)
    .max(1)
    .describe('Share of pairs that every rater sees, whatever the number of raters per pair.'),
  blockSize: z
    .int()
    .min(2)
    .max(10_000)
    .nullable()
    .describe('Pairs after which a rater closes a block: votes before are then final. Null: never.'),
  checks: checkRatesSchema,
  training: trainingSchema.nullable(),
  asksConfidence: z.boolean().describe('Whether raters may say how sure they are, 1 to 3.'),
  marksSpans: z.boolean().describe('Whether raters may mark the reason in either text.'),
  breakAfterMinutes: z
    .int()
    .min(5)
    .max(240)
    .nullable()
    .describe('Minutes of work after which a break is suggested. Null: never.'),
  quality: qualityRulesSchema,
  systemGuesses: z
    .int()
    .min(0)
    .max(100)
    .describe('How many times each rater is asked at the end which output a system wrote.'),
  consent: z
    .string()
    .max(100_000)
    .describe('What raters agree to before their first vote, in Markdown. Empty: nothing is asked.'),
  retainUntil: z.iso
    .date()
    .nullable()
    .describe('Until when the study may be kept. Null: nothing was settled.'),
  minimumViewingMs: z
    .number()
    .int()
    .min(0)
    .max(60_000)
    .describe('The least reading time: keys are ignored until a pair has been on screen this long, in ms.'),
  seed: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe('Seed of the order of pairs and of sides: 16 hexadecimal digits.'),
});
export type StudyDesign = DeepReadonly<z.infer<typeof studyDesignSchema>>;

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

/** What a design is where nothing was chosen, beside what is asked and the seed. */
const UNCHOSEN = {
  rubric: NO_RUBRIC,
  scale: 'with_tie_and_both_bad',
  ratersPerPair: null,
  ratersWhereSplit: null,
  overlapShare: 0,
  blockSize: null,
  checks: NO_CHECKS,
  training: null,
  asksConfidence: false,
  marksSpans: false,
  breakAfterMinutes: 45,
  quality: USUAL_QUALITY_RULES,
  systemGuesses: 0,
  consent: '',
  retainUntil: null,
  minimumViewingMs: 250,
} as const satisfies Partial<StudyDesign>;

/** A design as files and stores hold it: what an older one does not say is unchosen. */
export const writtenDesignSchema = z
  .looseObject({})
  .transform((written): unknown => ({ ...UNCHOSEN, ...written }))
  .pipe(studyDesignSchema);

/** The design of a study for which nothing was chosen. The seed must come from the caller. */
export function defaultDesign(seed: string): StudyDesign {
  return { guideline: DEFAULT_GUIDELINE, ...UNCHOSEN, seed };
}
